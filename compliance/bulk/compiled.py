"""What Ibis made of expressions for DuckDB, kept by their signs and for this code and these versions only."""

import os
import stat
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from compliance import files
from compliance.bulk import written
from compliance.model import Struct

_SIZE = 16
_MOST = 2_000
"""Expressions that are kept; where there are more, those of this run alone."""


class Query(Struct, frozen=True):
    """An expression in SQL, and its columns with their types."""

    sql: str
    columns: tuple[tuple[str, str], ...]

    @property
    def kinds(self) -> dict[str, str]:
        """The types by column, in their order."""
        return dict(self.columns)


class Compiled:
    """The expressions of a run: none is compiled twice, and none that was for a run before."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is where they are kept: its name tells code and versions from others; None keeps nothing."""
        self._path = path
        self._found: dict[bytes, Query] = {}
        self._kept = {} if path is None else kept(path)
        self._real: dict[int, tuple[Any, Any]] = {}
        self._new = False

    def of(self, table: Any) -> Query:
        """An expression as the database has it."""
        sign = written.sign(table)
        if sign not in self._found:
            made = self._kept.get(sign.hex())
            self._new = self._new or made is None
            self._found[sign] = made or self._compiled(table)
        return self._found[sign]

    def _compiled(self, table: Any) -> Query:
        import ibis  # noqa: PLC0415 - half a second

        made = written.real(table, self._real)
        columns = tuple((name, str(kind).replace("!", "")) for name, kind in made.schema().items())
        return Query(sql=ibis.duckdb.compile(made), columns=columns)

    def keep(self) -> None:
        """Keep what was compiled, for another run."""
        if self._path is None or not self._new:
            return
        found = {sign.hex(): query for sign, query in self._found.items()}
        every = {**self._kept, **found}
        data = msgspec.msgpack.encode(found if len(every) > _MOST else every, order="deterministic")
        files.keep(self._path, _digest(data) + data)
        self._new = False


def kept(path: Path) -> dict[str, Query]:
    """What a run before kept; nothing where it is not whole, or where a stranger may have written it."""
    try:
        status = path.stat()
        data = files.kept(path)
        ours = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
        if ours and not status.st_mode & stat.S_IWOTH and data[:_SIZE] == _digest(data[_SIZE:]):
            return msgspec.msgpack.decode(data[_SIZE:], type=dict[str, Query])
    except (OSError, msgspec.DecodeError):
        pass
    return {}


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()
