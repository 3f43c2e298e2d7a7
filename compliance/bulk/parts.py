"""Parquet files that hold some columns each of the same rows, made one without encoding anything again.

Only their footers are read and written here: https://parquet.apache.org/docs/file-format/metadata/ in Thrift's compact
form, https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
"""

import io
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

_MAGIC = b"PAR1"
_AT_ONCE = 1 << 20
_TRUTHS, _NUMBERS, _BYTES, _LISTS, _STRUCT = {1, 2}, {4, 5, 6}, 8, {9, 10}, 12
_SIZES = {3: 1, 7: 8}
"""Kinds that take as many bytes whatever they are: a byte and a fraction."""
_LONG = 15
"""Lists from here on, and fields that are further apart, have their size beside the kind."""
_ROWS, _GROUPS = 3, 4
_CHUNKS, _SIZE, _PACKED = 1, 2, 6
"""Of a group of rows: its chunks, one a column, and what they take."""
_META, _PATH = 3, 3
_PLACES_OF_CHUNK, _PLACES_OF_META = (2, 4, 6), (9, 10, 11, 14)
"""Where something stands in the file, 0 where it does not."""
Fields = dict[int, tuple[int, Any]]
"""What a struct has, by number: the kind and the value."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def value(self, kind: int) -> Any:
        """A value of a kind. Raises ValueError for one that no footer has."""
        if kind in _TRUTHS:
            return None  # the kind says it
        if kind in _NUMBERS:
            found = self._number()
            return found >> 1 ^ -(found & 1)
        if kind == _BYTES or kind in _SIZES:
            return self._some(_SIZES.get(kind) or self._number())
        if kind in _LISTS:
            head = self._some(1)[0]
            size, item = head >> 4, head & 15
            if item not in _TRUTHS:
                return item, [self.value(item) for _ in range(self._number() if size == _LONG else size)]
        if kind == _STRUCT:
            return self._fields()
        raise ValueError(f"a footer with a value of kind {kind}")

    def _fields(self) -> Fields:
        found: Fields = {}
        name = 0
        while head := self._some(1)[0]:
            name = name + (head >> 4) if head >> 4 else self.value(4)
            found[name] = head & 15, self.value(head & 15)
        return found

    def _number(self) -> int:
        found = shift = 0
        while (byte := self._some(1)[0]) >> 7:
            found |= (byte & 127) << shift
            shift += 7
        return found | byte << shift

    def _some(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]


def _written(kind: int, value: Any) -> bytes:
    """The way back."""
    if kind in _TRUTHS:
        return b""
    if kind in _NUMBERS:
        return _number(value << 1 if value >= 0 else ~(value << 1))
    if kind in _LISTS:
        item, values = value
        head = (
            bytes([len(values) << 4 | item])
            if len(values) < _LONG
            else bytes([_LONG << 4 | item]) + _number(len(values))
        )
        return head + b"".join(_written(item, one) for one in values)
    if kind != _STRUCT:
        return (_number(len(value)) if kind == _BYTES else b"") + bytes(value)
    made, before = [], 0
    for name, (held, one) in value.items():
        near = 0 < name - before <= _LONG
        made.append(bytes([(name - before) << 4 | held]) if near else bytes([held]) + _written(4, name))
        made.append(_written(held, one))
        before = name
    return b"".join(made) + b"\0"


def _number(value: int) -> bytes:
    made = bytearray()
    while value >> 7:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])


def footer(data: bytes) -> Fields:
    """What a file of Parquet says of itself, from its footer without length and sign. Raises ValueError."""
    found: Fields = _Reader(data).value(_STRUCT)
    return found


def written(found: Fields) -> bytes:
    """The way back: the same bytes."""
    return _written(_STRUCT, found)


def join(parts: Sequence[Path], schema: pa.Schema) -> None:
    """Append to the first of some files what the others hold, and remove them; columns are in the order of the schema.

    All have as many groups of rows, and in each the same rows. Raises OSError.
    """
    whole = _cut(_empty(schema))
    groups = []
    with parts[0].open("r+b") as file:
        for part in parts:
            if part == parts[0]:
                says, shift = _cut(file), 0
            else:
                with part.open("r+b") as other:
                    says, shift = _cut(other), file.tell() - len(_MAGIC)
                    other.seek(len(_MAGIC))
                    shutil.copyfileobj(other, file, _AT_ONCE)
                part.unlink()
            groups.append([_moved(group, shift) for group in says[_GROUPS][1][1]])
            whole[_ROWS] = says[_ROWS]
        whole[_GROUPS] = 9, (_STRUCT, [_together(several, schema.names) for several in zip(*groups, strict=True)])
        data = written(whole)
        file.write(data + len(data).to_bytes(4, "little") + _MAGIC)


def _empty(schema: pa.Schema) -> io.BytesIO:
    found = io.BytesIO()
    pq.ParquetWriter(found, schema).close()
    return found


def _cut(file: BinaryIO) -> Fields:
    """Take a file's footer off, and go to its end."""
    size = 4 + len(_MAGIC)
    end = file.seek(-size, os.SEEK_END)
    start = end - int.from_bytes(file.read(4), "little")
    file.seek(start)
    found = footer(file.read(end - start))
    file.truncate(start)
    file.seek(start)
    return found


def _moved(group: Fields, shift: int) -> Fields:
    """A group of rows whose chunks stand further on."""
    for chunk in group[_CHUNKS][1][1]:
        for fields, names in ((chunk, _PLACES_OF_CHUNK), (chunk[_META][1], _PLACES_OF_META)):
            fields |= {name: (kind, place and place + shift) for name in names if name in fields
                       for kind, place in (fields[name],)}  # fmt: skip
    return group


def _together(groups: Sequence[Fields], order: Sequence[str]) -> Fields:
    """Groups of the same rows as one with the chunks of all."""
    chunks = {chunk[_META][1][_PATH][1][1][0].decode(): chunk for group in groups for chunk in group[_CHUNKS][1][1]}
    sums = {name: (kind, sum(group[name][1] for group in groups))
            for name, (kind, _) in groups[0].items() if name in {_SIZE, _PACKED}}  # fmt: skip
    return {**groups[0], **sums, _CHUNKS: (groups[0][_CHUNKS][0], (_STRUCT, [chunks[name] for name in order]))}
