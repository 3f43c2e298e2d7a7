"""The ids of all rows in a file, with a mark of each: the input is not read again for them, and they take no memory."""

from typing import TYPE_CHECKING, Any

import numpy as np

from compliance.bulk.engines import SLICE, column
from compliance.bulk.numbering import arrow, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa


class Ids:
    """Ids by the numbers of rows; all slices but the last have SLICE rows."""

    def __init__(self, file: "Path") -> None:
        self._file = file

    def write(self, slices: "Iterable[pa.Table]") -> "Iterator[pa.Table]":
        """Take the columns `id` and `mark` of some slices, which are passed on."""
        import pyarrow as pa  # noqa: PLC0415

        schema = pa.schema({"id": pa.string(), "mark": pa.int64()})
        with pa.OSFile(str(self._file), "wb") as sink, pa.ipc.new_file(sink, schema) as file:
            for part in slices:
                made = part.select(schema.names).cast(schema).combine_chunks()
                file.write_table(made)
                yield part

    def slices(self) -> "Iterator[pa.RecordBatch]":
        """All rows in their order, as they were written."""
        import pyarrow as pa  # noqa: PLC0415

        with pa.OSFile(str(self._file), "rb") as source, pa.ipc.open_file(source) as file:
            for place in range(file.num_record_batches):
                yield file.get_batch(place)

    def of(self, rows: Any) -> "pa.Array":
        """The ids of some rows, whose numbers ascend."""
        import pyarrow as pa  # noqa: PLC0415

        found = [column([], "string")]
        with pa.OSFile(str(self._file), "rb") as source, pa.ipc.open_file(source) as file:
            for place in range(file.num_record_batches):
                some = slice(*np.searchsorted(rows, (place * SLICE, (place + 1) * SLICE)))
                if some.start < some.stop:
                    found.append(file.get_batch(place).column(0).take(arrow(rows[some] - place * SLICE)))
        return pa.concat_arrays(found)

    def among(self, marks: Any) -> Any:
        """The rows that have one of some marks."""
        import pyarrow.compute as pc  # noqa: PLC0415

        wanted = arrow(marks)
        found = [np.empty(0, np.int64)]
        for place, part in enumerate(self.slices()):
            found.append(np.flatnonzero(numbers(pc.is_in(part.column(1), wanted))) + place * SLICE)
        return np.concatenate(found)
