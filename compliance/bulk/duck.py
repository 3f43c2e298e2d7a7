"""DuckDB in memory, which spills to the work folder; stored tables are Parquet files there.

Tables are made in the order in which they are asked for, while Python goes on until it needs what is in one.
"""

import itertools
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from compliance.bulk import places, work
from compliance.bulk.ahead import Ahead, in_order
from compliance.bulk.engines import MOST, ROW, Engine, column, given, is_packed, marking, reader, shown
from compliance.model import InputError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

T = TypeVar("T")
PYTHON_MB = 440
"""What the interpreter, Arrow and the sets of licences take beside the database's own memory."""
_TYPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "boolean": "BOOLEAN",
    "string": "VARCHAR",
    "array<string>": "VARCHAR[]",
}
"""What DuckDB calls the types of kept tables; what it would make of an expression is narrower now and then."""
_NUMBERING = {"file_row_number", "filename"}
"""Columns that the database adds to those of a Parquet file."""
_OF_THE_INPUT = {"InvalidInputException", "ConversionException"}


class Duck(Engine):
    """See Engine."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self._folder = folder
        self._kept: dict[str, ibis.Table] = {}
        self._inputs: list[Path] = []
        self._smalls = self._views = 0
        self._compiled: dict[Any, str] = {}
        self._tables: dict[Any, ibis.Table] = {}
        self._fetching: list[Ahead] = []
        self._worker = ThreadPoolExecutor(1)
        self._failed: Exception | None = None
        limit = max(megabytes - PYTHON_MB, 64)
        self._con: Any = self._now(lambda: connected(limit, folder / "spill"))

    # -- one after the other ---------------------------------------------------------------------------------------

    def _later(self, task: Callable[[], T]) -> "Future[T]":
        """Work that is done after all before it; of a failure whoever waits next is told, and nothing follows it."""

        def turn() -> T:
            if self._failed is not None:
                raise self._failed
            try:
                return task()
            except Exception as problem:
                self._failed = problem
                raise

        return self._worker.submit(turn)

    def _now(self, task: Callable[[], T]) -> T:
        return self._later(task).result()

    # -- the input -------------------------------------------------------------------------------------------------

    def read(self, paths: list[Path]) -> "ibis.Table":
        """See Engine."""
        kind = reader(paths)
        more: dict[str, Any] = {"union_by_name": True} if len(paths) > 1 else {}
        if kind == "read_csv":
            more |= {
                "all_varchar": True,
                "header": True,
                "quote": '"',
                "escape": '"',
            }  # else it guesses that there are none
        if kind == "read_json":
            more |= {"format": "newline_delimited", "sample_size": -1}
        self._inputs = paths
        try:
            table = self._now(lambda: self._view(kind, paths, more))
            if kind == "read_parquet" and _NUMBERING.isdisjoint(table.columns):
                return self._counted(paths, more)
        except Exception as problem:
            if type(problem).__module__.startswith(("duckdb", "_duckdb", "ibis")):
                raise self._unreadable(problem) from None
            raise
        if kind == "read_csv":
            self._refuse_head(table.columns)
        if kind == "read_json" and table.columns == ("json",):
            told = 'some lines are no objects; write one on each line, such as {"id": "acme/one", "license": "mit"}'
            raise InputError([f"{shown(paths)}: {told}"])
        return table

    def _refuse_head(self, names: Sequence[str]) -> None:
        """Refuse a CSV file whose first line is none of names. Raises InputError."""
        told_of = shown(self._inputs)
        if names[0].startswith("sep="):
            raise InputError([f"{told_of}: begins with a line `sep=` for Excel; remove that line"])
        if len(names) == 1 and {",", ";", "\t"} & set(names[0]):
            raise self._unreadable(ValueError(f"lines do not all have the fields of the first, {names[0]}"))

    def _view(self, reader: str, paths: list[Path], more: Mapping[str, Any]) -> "ibis.Table":
        """Files under a name; unlike that of Ibis, it is there for all connections."""
        self._views += 1
        named = ", ".join(_quoted(_literal(path)) for path in paths)
        more = {**more, "hive_partitioning": False}  # no folder called `license=mit` states anything
        asked = "".join(f", {key} = {value!r}" for key, value in more.items())
        self._con.con.execute(f"CREATE VIEW read{self._views} AS FROM {reader}([{named}]{asked})")
        found: ibis.Table = self._con.table(f"read{self._views}")
        return found

    def _counted(self, paths: list[Path], more: dict[str, Any]) -> "ibis.Table":
        """Parquet files with the numbers of their rows, for which nothing has to be copied."""
        names = [str(path) for path in paths]
        more = {**more, "file_row_number": True}
        if len(names) == 1:
            raw = self._now(lambda: self._view("read_parquet", paths, more))
            one: ibis.Table = raw.rename({ROW: "file_row_number"})
            return one
        raw = self._now(lambda: self._view("read_parquet", paths, {**more, "filename": True}))
        counted = "SELECT file_name, num_rows FROM parquet_file_metadata($names)"
        literal = list(map(_literal, paths))
        counts = self._now(lambda: dict(self._con.con.execute(counted, {"names": literal}).fetchall()))
        starts = list(itertools.accumulate((counts[name] for name in names[:-1]), initial=0))
        files = self.small({"file": names, "start": starts}, {"file": "string", "start": "int64"})
        found = raw.left_join(files, raw.filename == files.file)
        many: ibis.Table = found.mutate(**{ROW: found.file_row_number + found.start})
        return many.drop("file", "start", *_NUMBERING)

    def numbered(self, table: "ibis.Table") -> "ibis.Table":
        """See Engine."""
        if "n" in table.columns:
            return table
        place = self._place("input")
        if not work.is_sealed(place):
            self.write(table, place)
            work.seal(place)
        found = self._now(lambda: self._view("read_parquet", [place], {"file_row_number": True}))
        return found.rename(n="file_row_number")

    def decode(self, table: "ibis.Table") -> None:
        """Read every value of an expression. Raises InputError at a text that is none."""
        query = self._sql(table)
        self._now(lambda: self._found(f"FROM ({query}) SELECT bit_xor(hash(COLUMNS(*)))"))

    def mark(self, *texts: Any) -> Any:
        """See Engine."""
        return (marking("hash", texts) & MOST).cast("int64")

    def _unreadable(self, problem: Exception) -> InputError:
        """What the database says of the file that it names, without its advice on its own options."""
        lines = str(problem).splitlines()
        path = next((path for path in self._inputs if str(path) in str(problem)), self._inputs[0])
        if "not utf-8 encoded" in str(problem):
            line = re.search(r"CSV Error on Line: (\d+)", str(problem))
            place = f"line {line[1]}" if line is not None else "it"
            return InputError([f"{path}: {place} is not utf-8; save it as such (in Excel: CSV UTF-8)"])
        of_lines = path.suffix.lower() == ".csv"
        for text in self._inputs if of_lines else ():
            if (told := places.of_csv(text)) is not None:
                return InputError([f"{text}: {told}"])
        said = [line for line in lines[:3] if line and not line.startswith(("Original", "Possible", "LINE"))]
        told = "; ".join(said).partition(" Try ")[0]
        return InputError([f"{path}: cannot be read ({told if is_packed(path) else places.in_json(told, path)})"])

    # -- tables ----------------------------------------------------------------------------------------------------

    def has(self, name: str) -> bool:
        """See Engine."""
        return name in self._kept or work.is_sealed(self._place(name))

    def keep(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """See Engine."""
        if name not in self._kept:
            place = self._place(name)
            stored = work.is_sealed(place)
            table = self._now(lambda: self._view("read_parquet", [place], {})) if stored else make()
            self._kept[name] = self._made(name, table)
        return self._kept[name]

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}.parquet"

    def _made(self, name: str, table: "ibis.Table") -> "ibis.Table":
        """A table stored under a name, as Ibis would, but without asking the database what is known."""
        import ibis  # noqa: PLC0415

        key = (name, table.op())
        if key not in self._tables:
            kinds = {column: str(kind).replace("!", "") for column, kind in table.schema().items()}
            self._tables[key] = ibis.table(kinds, name=name)
        made = self._tables[key]
        columns = ", ".join(f'"{column}" {_TYPES[str(kind)]}' for column, kind in made.schema().items())
        query = self._sql(table)
        self._later(lambda: self._run(f"CREATE TABLE {name} ({columns})", f"INSERT INTO {name} {query}"))
        return made

    def add(self, name: str, table: "ibis.Table") -> "ibis.Table":
        """See Engine."""
        if name not in self._kept:
            return self.keep(name, given(table))
        query = self._sql(table)
        self._later(lambda: self._run(f"INSERT INTO {name} {query}"))
        return self._kept[name]

    def store(self, name: str, under: str = "") -> None:
        """See Engine."""
        place = self._place(under or name)
        if not work.is_sealed(place):
            self._copy(f"FROM {name}", place)
            work.seal(place)

    def write(self, table: "ibis.Table", place: Path) -> None:
        """Write an expression as a Parquet file, whole or not at all."""
        self._copy(self._sql(table), place)

    def _copy(self, query: str, place: Path) -> None:
        half = place.with_suffix(".half")
        self._now(lambda: self._run(f"COPY ({query}) TO {_quoted(half)} (FORMAT PARQUET)"))
        os.replace(half, place)

    def _run(self, *statements: str) -> None:
        try:
            for statement in statements:
                self._con.con.execute(statement)
        except Exception as problem:  # rows are read as late as here
            if _is_of_the_input(problem):
                raise self._unreadable(problem) from None
            raise

    def small(self, columns: Mapping[str, Any], types: Mapping[str, str], name: str = "") -> "ibis.Table":
        """See Engine."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._smalls += 1
        place = self._folder / f"small{self._smalls}.half"
        name = name or place.stem
        self.drop(name)
        made = pa.table({key: column(columns[key], kind) for key, kind in types.items()})
        pq.write_table(made, place, compression="none")  # by way of a file, since DuckDB's own way imports pandas
        self._later(lambda: self._run(f"CREATE TABLE {name} AS FROM read_parquet({_quoted(place)})"))
        self._kept[name] = ibis.table(types, name=name)
        return self._kept[name]

    def drop(self, *names: str) -> None:
        """See Engine."""
        for name in names:
            if self._kept.pop(name, None) is not None:
                self._later(partial(self._run, f"DROP TABLE {name}"))

    def _sql(self, table: "ibis.Table") -> str:
        """An expression as the database has it; turns of a loop over tables of the same names are one expression."""
        key = table.op()
        if key not in self._compiled:
            self._compiled[key] = self._con.compile(table)
        return self._compiled[key]

    def arrow(self, table: "ibis.Table") -> "pa.Table":
        """See Engine."""
        query = self._sql(table)
        return self._now(lambda: self._found(query))

    def _found(self, query: str) -> "pa.Table":
        try:
            found: pa.Table = self._con.con.sql(query).to_arrow_table()
        except Exception as problem:
            if _is_of_the_input(problem):
                raise self._unreadable(problem) from None
            raise
        return found

    def slices(self, table: "ibis.Table") -> "Iterator[pa.Table]":
        """See Engine; some are fetched ahead, from now on."""
        query = self._sql(table)
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
                parts = self._ahead(f"FROM ({query}) WHERE n >= {done} ORDER BY n")
        raise RuntimeError(f"there is no row {done}, or more than one")

    def _ahead(self, query: str) -> Ahead:
        made = Ahead(self._now(self._cursor), query, self._told)
        self._fetching.append(made)
        return made

    def _told(self, problem: Exception) -> Exception:
        return self._unreadable(problem) if _is_of_the_input(problem) else problem

    def _cursor(self) -> Any:
        return self._con.con.cursor()

    def close(self) -> None:
        """See Engine."""
        self._con.con.interrupt()  # where something failed, or was stopped, what goes on is of no more use
        for fetching in self._fetching:
            fetching.end()
        self._worker.shutdown(cancel_futures=True)
        self._con.disconnect()


def connected(megabytes: int, spill: Path) -> Any:
    """A new database; like all that it is asked by the worker, for in the main thread it makes an error of Ctrl-C."""
    import ibis  # noqa: PLC0415 - half a second that only this command pays

    found = ibis.duckdb.connect()
    found.raw_sql(f"SET memory_limit='{megabytes}MB'")
    found.raw_sql(f"SET temp_directory={_quoted(spill)}")
    found.raw_sql("SET enable_progress_bar=false")
    return found


def _literal(path: Path) -> str:
    """The name of one file, for a reader that takes some letters for patterns."""
    return re.sub(r"[*?[]", r"[\g<0>]", str(path))


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _is_of_the_input(problem: Exception) -> bool:
    return type(problem).__name__ in _OF_THE_INPUT
