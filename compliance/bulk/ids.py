"""The ids of all rows with a mark of each, so that the input is not read again for them; in a file if they are many."""

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import numpy as np

from compliance.bulk.engines import SLICE, column
from compliance.bulk.numbering import among, arrow, numbers, twice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

_OF_A_ROW, _OF_A_MARK = 200, 50
"""Bytes that a row takes, at most, where rows are compared, and where marks are."""


class Ids:
    """Ids by the numbers of rows; all slices but the last have SLICE rows."""

    def __init__(self, file: "Path", room: int) -> None:
        """Those that do not fit in `room`, in bytes of memory, are written to `file`."""
        self._file, self._room = file, room
        self.at_once = max(room // _OF_A_ROW, 1)
        """Rows that may be compared at a time."""
        self.count = 0
        self._held: list[pa.RecordBatch] = []
        """All of them, or none where they stand in the file."""

    def write(self, slices: "Iterable[pa.Table]") -> "Iterator[pa.Table]":
        """Take the columns `id` and `mark` of some slices, which are passed on."""
        import pyarrow as pa  # noqa: PLC0415

        schema = pa.schema({"id": pa.string(), "mark": pa.int64()})
        self._held, self.count, size = [], 0, 0
        with ExitStack() as opened:
            file: Any = None
            for part in slices:
                (made,) = part.select(schema.names).cast(schema).combine_chunks().to_batches()
                size += made.nbytes
                self.count += len(made)
                self._held.append(made)
                if size > self._room:
                    if file is None:
                        sink = opened.enter_context(pa.OSFile(str(self._file), "wb"))
                        file = opened.enter_context(pa.ipc.new_file(sink, schema))
                    for waiting in self._held:
                        file.write_batch(waiting)
                    self._held.clear()
                yield part

    def slices(self, columns: "list[int] | None" = None) -> "Iterator[pa.RecordBatch]":
        """All rows in their order, as they were written; of a file only some columns are read where they are given."""
        import pyarrow as pa  # noqa: PLC0415

        if self._held:
            yield from self._held
            return
        options = pa.ipc.IpcReadOptions(included_fields=columns)
        with pa.OSFile(str(self._file), "rb") as source, pa.ipc.open_file(source, options=options) as file:
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
        for low, part in self._marks():
            found.append(among(part, marks) + low)
        return np.concatenate(found)

    def is_twice(self) -> bool:
        """Whether a mark comes more than once."""
        return any(twice(marks) for _, marks in self.by_mark(_OF_A_MARK))

    def by_mark(self, size: int = _OF_A_ROW) -> "Iterator[tuple[Any, Any]]":
        """All rows with their marks, some at a time, so that rows of one mark come together.

        `size` is that of what is done with each, in bytes.
        """
        parts = 1 << (self.count * size // max(self._room, 1)).bit_length()
        for number in range(parts):
            found = [(np.empty(0, np.int64), np.empty(0, np.int64))]
            for low, marks in self._marks():
                some = np.flatnonzero(marks & (parts - 1) == number)
                found.append((some + low, marks[some]))
            rows, marks = map(np.concatenate, zip(*found, strict=True))
            yield rows, marks

    def _marks(self) -> "Iterator[tuple[int, Any]]":
        for place, part in enumerate(self.slices([1])):
            yield place * SLICE, numbers(part.column("mark"))
