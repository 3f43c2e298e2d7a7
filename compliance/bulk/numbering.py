"""Numbers for numbers and for combinations of them, in the order in which they first come, slice by slice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

_WIDE = 31
"""Bits of a number that is given here: there are no more of them than rows."""
_LONG, _SHORT = 62, 22
"""Bits of a mark, and as many of them as tell most of those apart that are looked for."""
_HALF, _ODD = np.uint64(32), np.uint64(0x9E3779B97F4A7C15)
"""Any shift and any odd number would do."""


class Numbering:
    """Numbers combinations of as many whole numbers as there are columns.

    By one number that is mixed of all, as long as no two combinations have the same; else one column after the other.
    """

    def __init__(self, columns: int) -> None:
        self._mixed = Places()
        self._firsts = [np.empty(0, np.int64) for _ in range(columns)]
        """The combination of each number."""
        self._one_by_one: _OneByOne | None = None

    def of(self, columns: Sequence[Any]) -> tuple[Any, Any]:
        """The number of each row of a slice, and the rows by which there are more numbers than before, in order."""
        if self._one_by_one is None:
            whole, new = self._mixed.of(mixed(columns))
            firsts = [np.append(kept, column[new]) for kept, column in zip(self._firsts, columns, strict=True)]
            if all((first[whole] == column).all() for first, column in zip(firsts, columns, strict=True)):
                self._firsts = firsts
                return whole, new
            self._one_by_one = _OneByOne(len(columns))
            self._one_by_one.of(self._firsts)  # by which each keeps its number
        return self._one_by_one.of(columns)


def mixed(columns: Sequence[Any]) -> Any:
    """One number of several, which others hardly ever have."""
    found = columns[0].view(np.uint64)
    for column in columns[1:]:
        found = (found ^ (found >> _HALF)) * _ODD + column.view(np.uint64)
    return found.view(np.int64)


class _OneByOne:
    """The same, whatever the numbers are."""

    def __init__(self, columns: int) -> None:
        self._each = [Places() for _ in range(columns)]
        self._with = [Places() for _ in range(columns - 1)]

    def of(self, columns: Sequence[Any]) -> tuple[Any, Any]:
        """See Numbering."""
        whole, new = self._each[0].of(columns[0])
        for column, places, pairs in zip(columns[1:], self._each[1:], self._with, strict=True):
            whole, new = pairs.of(whole << _WIDE | places.of(column)[0])
        return whole, new


class Places:
    """Numbers whole numbers."""

    def __init__(self) -> None:
        self._seen = arrow(np.empty(0, np.int64))

    @property
    def known(self) -> Any:
        """The value of each number."""
        return numbers(self._seen)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._seen)

    def of(self, values: Any) -> tuple[Any, Any]:
        """The number of each value, and the places of those that are met for the first time."""
        import pyarrow as pa  # noqa: PLC0415

        before = self.count
        encoded = pa.concat_arrays([self._seen, arrow(values)]).dictionary_encode()
        self._seen = encoded.dictionary  # begins with what it was
        places = numbers(encoded.indices)[before:]
        met = np.flatnonzero(places >= before)
        first = np.empty(self.count - before, np.int64)
        first[places[met[::-1]] - before] = met[::-1]  # of several the last stands: the first
        return places, first


def found_among(keys: Any, values: Any) -> Any:
    """The place of each value among the keys, -1 where it is none."""
    import pyarrow.compute as pc  # noqa: PLC0415

    found = pc.index_in(arrow(values), arrow(keys))
    return np.where(numbers(found.is_valid()) > 0, numbers(found), -1)


def among(marks: Any, wanted: Any) -> Any:
    """The places of marks that are one of those wanted, as few are."""
    import pyarrow.compute as pc  # noqa: PLC0415

    may_be = np.zeros(1 << _SHORT, bool)
    may_be[wanted >> (_LONG - _SHORT)] = True
    some = np.flatnonzero(may_be[marks >> (_LONG - _SHORT)])
    return some[numbers(pc.is_in(arrow(marks[some]), arrow(wanted))) > 0]


def looked_up(found: Any, keys: Sequence[int], values: Sequence[int]) -> Any:
    """The value of each number that is found among the keys, which are all different."""
    order = np.argsort(np.array(keys, np.int64))
    places = np.searchsorted(np.array(keys, np.int64)[order], found)
    return np.array(values, np.int64)[order][places]


def twice(values: Any) -> bool:
    """Whether a number comes more than once."""
    found = np.sort(values)
    return bool((found[1:] == found[:-1]).any())


def unlike(marks: Any, values: Any) -> Any:
    """The places of marks that come with different values, mark by mark; there is a mark."""
    order = np.argsort(marks)
    marks, values = marks[order], values[order]
    starts = np.flatnonzero(np.append(True, marks[1:] != marks[:-1]))
    several = np.minimum.reduceat(values, starts) < np.maximum.reduceat(values, starts)
    return order[np.repeat(several, np.diff(starts, append=len(marks)))]


def numbers(found: Any) -> Any:
    """Whole numbers of Arrow, of which none is null, as NumPy has them; its own way there imports pandas."""
    import pyarrow as pa  # noqa: PLC0415

    if not len(found):
        return np.empty(0, np.int64)  # to put no chunks together, Arrow imports pandas as well
    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    wide = whole.cast(pa.int64())
    return np.frombuffer(wide.buffers()[1], np.int64, len(wide), wide.offset * 8)


def arrow(found: Any) -> "pa.Array":
    """The way back."""
    import pyarrow as pa  # noqa: PLC0415

    made = np.ascontiguousarray(found)
    if made.dtype == bool:
        return arrow(made.view(np.int8)).cast(pa.bool_())
    return pa.Array.from_buffers(pa.from_numpy_dtype(made.dtype), len(made), [None, pa.py_buffer(made)])


def nullable(found: Any, known: Any) -> "pa.Array":
    """The way back of numbers of which some are not known."""
    if known.all():
        return arrow(found)
    import pyarrow as pa  # noqa: PLC0415

    there = pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(pa.from_numpy_dtype(found.dtype), len(found), [there, arrow(found).buffers()[1]])
