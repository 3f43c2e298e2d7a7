"""Numbers for numbers and for combinations of them, in the order in which they first come, slice by slice."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

_MOST = 1 << 62


class Numbering:
    """Numbers what has the same `first`, which may be any number, and the same small numbers beside it."""

    def __init__(self, first: str, small: Mapping[str, int]) -> None:
        """`small` has the least number that each of the others never reaches."""
        self._first, self._small = first, small
        self._firsts, self._whole = _Places(), _Places()
        self._between = {name: _Places() for name in small}

    def of(self, part: "pa.Table") -> tuple[Any, Any]:
        """The number of each row of a slice, and the rows by which there are more numbers than before, in order."""
        packed, _ = self._firsts.of(numbers(part[self._first]))
        size = self._firsts.count
        for name, count in self._small.items():
            if size * count > _MOST:
                packed, _ = self._between[name].of(packed)
                size = self._between[name].count
            packed = packed * count + numbers(part[name])
            size *= count
        return self._whole.of(packed)


class _Places:
    """Numbers whole numbers."""

    def __init__(self) -> None:
        self._seen = arrow(np.empty(0, np.int64))

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._seen)

    def of(self, values: Any) -> tuple[Any, Any]:
        """The number of each value, and the places of those that are met for the first time."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415

        encoded = arrow(values).dictionary_encode()
        among = numbers(encoded.indices)
        first = np.empty(len(encoded.dictionary), np.int64)
        first[among[::-1]] = np.arange(len(values) - 1, -1, -1)  # of several the last stands: the first
        known = pc.index_in(encoded.dictionary, self._seen)
        places, new = numbers(known).copy(), numbers(known.is_null()) > 0
        places[new] = np.arange(self.count, self.count + np.count_nonzero(new))
        self._seen = pa.concat_arrays([self._seen, arrow(numbers(encoded.dictionary)[new])])
        return places[among], first[new]


def twice(values: Any) -> bool:
    """Whether a number comes more than once."""
    found = np.sort(numbers(values))
    return bool((found[1:] == found[:-1]).any())


def numbers(found: Any) -> Any:
    """Whole numbers of Arrow, of which none is null, as NumPy has them; its own way there imports pandas."""
    import pyarrow as pa  # noqa: PLC0415

    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    wide = whole.cast(pa.int64())
    return np.frombuffer(wide.buffers()[1], np.int64, len(wide), wide.offset * 8)


def arrow(found: Any) -> "pa.Array":
    """The way back."""
    import pyarrow as pa  # noqa: PLC0415

    made = np.ascontiguousarray(found)
    return pa.Array.from_buffers(pa.from_numpy_dtype(made.dtype), len(made), [None, pa.py_buffer(made)])
