"""Slices of a large result, fetched by a thread of their own while the ones before are made use of."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any

from compliance.bulk.engines import SLICE, even

if TYPE_CHECKING:
    import pyarrow as pa


class Ahead:
    """What a query finds, by a connection that is not used for anything else."""

    def __init__(self, connection: Any, query: str, told: Callable[[Exception], Exception], most: int) -> None:
        """`told` makes of what goes wrong what is raised where the slices are used, `most` of which wait for that."""
        self._connection, self._query, self._told = connection, query, told
        self._fetched: Queue[pa.Table | Exception | None] = Queue(most)
        Thread(target=self._fetch, daemon=True).start()

    def __iter__(self) -> "Iterator[pa.Table]":
        while (found := self._fetched.get()) is not None:
            if isinstance(found, Exception):
                raise found
            yield found

    def _fetch(self) -> None:
        try:
            result = self._connection.execute(self._query)
            read = result.to_arrow_reader if hasattr(result, "to_arrow_reader") else result.fetch_record_batch
            for part in even(read(SLICE)):
                self._fetched.put(part)
            self._fetched.put(None)
        except Exception as problem:  # noqa: BLE001 - it is raised by the reader
            self._fetched.put(self._told(problem))

    def end(self) -> None:
        """Stop, and let go whoever waits: the thread, which may have no room, and the reader."""
        self._connection.interrupt()
        while True:
            try:
                self._fetched.put_nowait(RuntimeError("the database was closed"))
            except Full:
                with suppress(Empty):
                    self._fetched.get_nowait()
            else:
                return


def in_order(part: "pa.Table", low: int) -> bool:
    """Whether rows have the numbers from `low` on."""
    import numpy as np  # noqa: PLC0415 - with packages that only this command needs

    from compliance.bulk.numbering import numbers  # noqa: PLC0415

    return bool((numbers(part["n"]) == np.arange(low, low + len(part))).all())
