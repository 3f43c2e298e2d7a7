"""The ids of all rows with a mark of each, so that the input is not read again for them; in a file if they are many."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import numpy as np

from compliance.bulk.engines import SLICE, column
from compliance.bulk.numbering import among, arrow, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa


class Ids:
    """Ids by the numbers of rows; all slices but the last have SLICE rows."""

    def __init__(self, file: "Path", room: int) -> None:
        """Those that do not fit in `room`, in bytes of memory, are written to `file`."""
        self._file, self._room = file, room
        self._held: list[pa.RecordBatch] = []
        """All of them, or none where they stand in the file."""

    def write(self, slices: "Iterable[pa.Table]") -> "Iterator[pa.Table]":
        """Take the columns `id` and `mark` of some slices, which are passed on."""
        import pyarrow as pa  # noqa: PLC0415

        schema = pa.schema({"id": pa.string(), "mark": pa.int64()})
        self._held, size = [], 0
        with ExitStack() as opened:
            file: Any = None
            for part in slices:
                (made,) = part.select(schema.names).cast(schema).combine_chunks().to_batches()
                size += made.nbytes
                self._held.append(made)
                if size > self._room:
                    if file is None:
                        sink = opened.enter_context(pa.OSFile(str(self._file), "wb"))
                        file = opened.enter_context(pa.ipc.new_file(sink, schema))
                    for waiting in self._held:
                        file.write_batch(waiting)
                    self._held.clear()
                yield part

    def slices(self) -> "Iterator[pa.RecordBatch]":
        """All rows in their order, as they were written."""
        import pyarrow as pa  # noqa: PLC0415

        if self._held:
            yield from self._held
            return
        with pa.OSFile(str(self._file), "rb") as source, pa.ipc.open_file(source) as file:
            for place in range(file.num_record_batches):
                yield file.get_batch(place)

    def of(self, rows: Any) -> "pa.Array":
        """The ids of some rows, whose numbers ascend."""
        import pyarrow as pa  # noqa: PLC0415

        found = [column([], "string")]
        for place, part in enumerate(self.slices()):
            some = slice(*np.searchsorted(rows, (place * SLICE, (place + 1) * SLICE)))
            if some.start < some.stop:
                found.append(part.column(0).take(arrow(rows[some] - place * SLICE)))
        return pa.concat_arrays(found)

    def among(self, marks: Any) -> Any:
        """The rows that have one of some marks."""
        found = [np.empty(0, np.int64)]
        for place, part in enumerate(self.slices()):
            found.append(among(numbers(part.column(1)), marks) + place * SLICE)
        return np.concatenate(found)
