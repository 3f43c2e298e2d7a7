"""DuckDB in memory, which spills to the work folder; stored tables are Parquet files there.

Tables are made in the order in which they are asked for, while Python goes on until it needs what is in one.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.bulk import work
from compliance.bulk.ahead import Ahead, in_order
from compliance.bulk.compiled import Compiled
from compliance.bulk.engines import LINES, MOST, SLICE, Engine, column, given, room_of_ids
from compliance.bulk.views import Views, quoted
from compliance.bulk.worker import Worker
from compliance.bulk.written import Table, marking, table
from compliance.model import InputError

if TYPE_CHECKING:
    import pyarrow as pa

PYTHON_MB = 440
"""What the interpreter, Arrow and the sets of licences take beside the database's own memory."""
_LEAST_MB = 64
"""What the database does with where there is next to nothing to be joined."""
_FEW = 100_000
"""Lines of bases, or texts, that fit in all that."""
_OF_A_LINE, _OF_A_LINE_HERE, _OF_A_WAY, _OF_A_TEXT = 650, 100, 600, 900
"""Bytes for each beyond them: of a line for Python, for the database, and while those of a slice are written."""
_OF_A_SLICE = 125
"""Megabytes of the memory of a run for each slice that waits to be made use of: of rows some 16 MB."""
_TYPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "bool": "BOOLEAN",
    "boolean": "BOOLEAN",
    "string": "VARCHAR",
    "array<string>": "VARCHAR[]",
}
"""What DuckDB calls the types of kept tables; what it would make of an expression is narrower now and then."""


class Duck(Engine):
    """See Engine."""

    def __init__(self, folder: Path, megabytes: int, cache: Path | None = None) -> None:
        """`cache` is where the SQL of expressions is kept."""
        if find_spec("ibis") is None:
            raise ImportError("No module named 'ibis'")  # it may not be asked for anything, but that is not known yet
        self._folder = folder
        self._kept: dict[str, Table] = {}
        self._smalls = 0
        self._compiled = Compiled(cache)
        self._fetching: list[Ahead] = []
        self._worker = Worker()
        self._later, self._now = self._worker.later, self._worker.now
        self._most, self._megabytes = megabytes // _OF_A_SLICE, megabytes
        self._free = max(megabytes - PYTHON_MB - room_of_ids(megabytes) // 1_000_000, _LEAST_MB)
        """Megabytes for the database's own memory."""
        self._con: Any = self._now(lambda: connected(self._free, folder / "spill"))
        self._views = Views(self._con, self._worker)

    def expect(self, count: int, what: str) -> None:
        """See Engine."""
        more = max(count - _FEW, 0)
        size, here = (_OF_A_LINE, _OF_A_LINE_HERE) if what == LINES else (_OF_A_TEXT, 0)
        self._free -= (more * size + min(more, SLICE) * _OF_A_WAY * (what == LINES)) // 1_000_000
        lacks = _LEAST_MB + more * here // 1_000_000 - self._free
        if more and lacks > 0:
            least = self._megabytes + lacks * 10 // 9  # a tenth is for ids
            told = f"{self._megabytes} MB are too little for {count:,} different {what}"
            raise InputError([f"{told}; give {least // 100 + 1}00MB or more with --memory"])
        if more:
            limit = f"SET memory_limit='{self._free}MB'"
            self._later(lambda: self._run(limit))

    def read(self, paths: list[Path]) -> Table:
        """See Engine."""
        return self._views.of_input(paths)

    def numbered(self, rows: Table) -> Table:
        """See Engine."""
        if "n" in self._compiled.of(rows).kinds:
            return self._views.of_query(self._sql(rows))
        place = self._place("input")
        if not work.is_sealed(place):
            self.write(rows, place)
            work.seal(place)
        told = "* EXCLUDE (file_row_number), file_row_number AS n"
        return self._views.of_files("read_parquet", [place], {"file_row_number": True}, told)

    def decode(self, rows: Table) -> None:
        """Read every value of an expression. Raises InputError at a text that is none."""
        query = self._sql(rows)
        self._now(lambda: self._found(f"FROM ({query}) SELECT bit_xor(hash(COLUMNS(*)))"))

    def mark(self, *texts: Any) -> Any:
        """See Engine."""
        return (marking("hash", *texts) & MOST).cast("int64")

    def has(self, name: str) -> bool:
        """See Engine."""
        return name in self._kept or work.is_sealed(self._place(name))

    def keep(self, name: str, make: Callable[[], Table]) -> Table:
        """See Engine."""
        if name not in self._kept:
            place = self._place(name)
            stored = work.is_sealed(place)
            rows = self._views.of_files("read_parquet", [place], {}) if stored else make()
            self._kept[name] = self._made(name, rows)
        return self._kept[name]

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"

    def _made(self, name: str, rows: Table) -> Table:
        """A table stored under a name."""
        query = self._compiled.of(rows)
        named = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in query.kinds.items())
        self._later(lambda: self._run(f"CREATE TABLE {name} ({named})", f"INSERT INTO {name} {query.sql}"))
        return table(name, query.kinds)

    def add(self, name: str, rows: Table) -> Table:
        """See Engine."""
        if name not in self._kept:
            return self.keep(name, given(rows))
        query = self._sql(rows)
        self._later(lambda: self._run(f"INSERT INTO {name} {query}"))
        return self._kept[name]

    def store(self, name: str, under: str = "") -> None:
        """See Engine."""
        place = self._place(under or name)
        if not work.is_sealed(place):
            self._copy(f"FROM {name}", place)
            work.seal(place)

    def write(self, rows: Table, place: Path) -> None:
        """Write an expression as a Parquet file, whole or not at all."""
        self._copy(self._sql(rows), place)

    def _copy(self, query: str, place: Path) -> None:
        half = place.with_suffix(".half")
        self._now(lambda: self._run(f"COPY ({query}) TO {quoted(half)} (FORMAT PARQUET)"))
        os.replace(half, place)

    def _run(self, *statements: str) -> None:
        with self._views.telling():
            for statement in statements:
                self._con.execute(statement)

    def small(self, columns: Mapping[str, Any], types: Mapping[str, str], name: str = "") -> Table:
        """See Engine."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._smalls += 1
        place = self._folder / f"small{self._smalls}.half"
        name = name or place.stem
        self.drop(name)
        made = pa.table({key: column(columns[key], kind) for key, kind in types.items()})
        pq.write_table(made, place, compression="none")  # by way of a file, since DuckDB's own way imports pandas
        self._later(lambda: self._run(f"CREATE TABLE {name} AS FROM read_parquet({quoted(place)})"))
        self._kept[name] = table(name, types)
        return self._kept[name]

    def drop(self, *names: str) -> None:
        """See Engine."""
        for name in names:
            if self._kept.pop(name, None) is not None:
                self._later(partial(self._run, f"DROP TABLE {name}"))

    def _sql(self, rows: Table) -> str:
        return self._compiled.of(rows).sql

    def arrow(self, rows: Table) -> "pa.Table":
        """See Engine."""
        query = self._sql(rows)
        return self._now(lambda: self._found(query))

    def _found(self, query: str) -> "pa.Table":
        with self._views.telling():
            found: pa.Table = self._con.sql(query).to_arrow_table()
            return found

    def slices(self, rows: Table) -> "Iterator[pa.Table]":
        """See Engine; some are fetched ahead, from now on."""
        query = self._sql(rows)
        return self._in_slices(query, self._ahead(query))

    def _in_slices(self, query: str, parts: Ahead) -> "Iterator[pa.Table]":
        done = 0
        for turn in ("as they come", "in order"):  # most often the one is the other
            for part in parts:
                if not in_order(part, done):
                    break
                yield part
                done += len(part)
            else:
                return
            if turn == "as they come":
                parts.end()  # else it would keep what nobody asks for any more
                self._fetching.remove(parts)
                parts = self._ahead(f"FROM ({query}) WHERE n >= {done} ORDER BY n")
        raise RuntimeError(f"there is no row {done}, or more than one")

    def _ahead(self, query: str) -> Ahead:
        made = Ahead(self._now(self._cursor), query, self._views.told, self._most)
        self._fetching.append(made)
        return made

    def _cursor(self) -> Any:
        return self._con.cursor()

    def close(self) -> None:
        """See Engine."""
        self._con.interrupt()  # where something failed, or was stopped, what goes on is of no more use
        for fetching in self._fetching:
            fetching.end()
        self._worker.end()
        self._con.close()
        self._compiled.keep()


def connected(megabytes: int, spill: Path) -> Any:
    """A new database; like all that it is asked by the worker, for in the main thread it makes an error of Ctrl-C."""
    import duckdb  # noqa: PLC0415 - a tenth of a second that only this command pays

    found = duckdb.connect()
    for setting in (
        f"memory_limit='{megabytes}MB'",
        f"temp_directory={quoted(spill)}",
        "enable_progress_bar=false",
        "streaming_buffer_size='16MB'",  # of the least, who reads waits for its threads, and they for who reads
        "GLOBAL TimeZone='UTC'",
        "python_enable_replacements=false",  # no name of a table is that of a variable here
    ):
        found.execute(f"SET {setting}")
    return found
