"""Where tables are joined: DuckDB or Spark, both through Ibis and with the same few verbs."""

import itertools
import os
import shutil
from abc import ABC, abstractmethod
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.model import InputError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

PYTHON_MB = 440
"""What the interpreter, Arrow and the sets of licences take beside the engine's own memory."""
SLICE = 250_000
"""Rows that are put together for the output at a time."""
_TYPES = {
    "int64": "BIGINT",
    "int32": "INTEGER",
    "boolean": "BOOLEAN",
    "string": "VARCHAR",
    "array<string>": "VARCHAR[]",
}
"""What DuckDB calls the types of kept tables; what it would make of an expression is narrower now and then."""
_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".jsonl": "read_json", ".ndjson": "read_json"}


class Engine(ABC):
    """What the pipeline asks of a backend."""

    @abstractmethod
    def read(self, paths: list[Path]) -> "ibis.Table":
        """The rows of all files of one kind."""

    @abstractmethod
    def has(self, name: str) -> bool:
        """Whether a table was kept."""

    @abstractmethod
    def keep(self, name: str, make: Callable[[], "ibis.Table"], *, durable: bool = False) -> "ibis.Table":
        """The kept table of that name, made where there is none; a durable one outlives the process."""

    @abstractmethod
    def small(self, columns: Mapping[str, Any], types: Mapping[str, str]) -> "ibis.Table":
        """A small table made here, to be joined there; of int64, int32, bool and string."""

    @abstractmethod
    def numbered(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """A kept table with a number `n` for each row, from 0, in the order of the files."""

    @abstractmethod
    def drop(self, name: str) -> None:
        """Forget a kept table."""

    @abstractmethod
    def narrow(self, name: str, columns: Sequence[str]) -> "ibis.Table":
        """A kept and numbered table without some columns, which are forgotten where that gives room."""

    @abstractmethod
    def arrow(self, table: "ibis.Table") -> "pa.Table":
        """The rows of an expression, in memory."""

    @abstractmethod
    def batches(
        self, one: "ibis.Table", other: "ibis.Table", some: "ibis.Table | None", count: int
    ) -> "Iterator[tuple[pa.Table, pa.Table | None]]":
        """Two tables of the same `count` numbers `n` side by side, in order, and what a third has of them."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and memory."""

    def rows(self, table: "ibis.Table") -> list[dict[str, Any]]:
        """A small result, as Python values."""
        found: list[dict[str, Any]] = self.arrow(table).to_pylist()
        return found

    def number(self, value: Any) -> int | None:
        """A single number."""
        found: int | None = self.arrow(value.as_table()).column(0)[0].as_py()
        return found


def connect(kind: str, folder: Path, megabytes: int) -> Engine:
    """The engine of that name. Raises InputError where its package is not installed."""
    try:
        return Duck(folder, megabytes) if kind == "duckdb" else Spark(folder, megabytes)
    except ImportError as problem:
        extra = "bulk" if kind == "duckdb" else "spark"
        told = f"the {kind} engine is not installed ({problem}); pip install 'modelcheck[{extra}]'"
        raise InputError([told]) from None


def _reader(paths: list[Path]) -> str:
    kinds = sorted({path.suffix.lower() for path in paths})
    if len(kinds) != 1 or kinds[0] not in _READERS:
        raise InputError([f"input files are all .parquet, all .csv or all .jsonl, not {', '.join(kinds)}"])
    return _READERS[kinds[0]]


class Duck(Engine):
    """DuckDB in memory, which spills to the work folder; durable tables are Parquet files there."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        import ibis  # noqa: PLC0415 - half a second that only this command pays

        self._con: Any = ibis.duckdb.connect()
        self._con.raw_sql(f"SET memory_limit='{max(megabytes - PYTHON_MB, 128)}MB'")
        self._con.raw_sql(f"SET temp_directory={_quoted(folder / 'spill')}")
        self._con.raw_sql("SET enable_progress_bar=false")
        self._folder = folder
        self._kept: dict[str, ibis.Table] = {}
        self._inputs: list[Path] = []
        self._smalls = 0

    def read(self, paths: list[Path]) -> "ibis.Table":
        """See Engine."""
        reader = _reader(paths)
        more: dict[str, Any] = {"all_varchar": True, "header": True} if reader == "read_csv" else {}
        if reader == "read_json":
            more = {"format": "newline_delimited", "sample_size": -1}
        if len(paths) > 1:
            more["union_by_name"] = True
        self._inputs = paths
        try:
            table: ibis.Table = getattr(self._con, reader)([str(path) for path in paths], **more)
        except Exception as problem:
            if type(problem).__module__.startswith(("duckdb", "_duckdb", "ibis")):
                raise self._unreadable(problem) from None
            raise
        return table

    def _unreadable(self, problem: Exception) -> InputError:
        """What the database says of the file that it names, without its advice on its own options."""
        lines = str(problem).splitlines()
        path = next((path for path in self._inputs if str(path) in "".join(lines[1:])), self._inputs[0])
        told = [line for line in lines[:3] if line and not line.startswith(("Original", "Possible", "LINE"))]
        return InputError([f"{path}: cannot be read ({'; '.join(told)})"])

    def has(self, name: str) -> bool:
        """See Engine."""
        return name in self._kept or (self._folder / f"{name}.parquet").exists()

    def keep(self, name: str, make: Callable[[], "ibis.Table"], *, durable: bool = False) -> "ibis.Table":
        """See Engine."""
        if name not in self._kept:
            place = self._folder / f"{name}.parquet"
            table = self._con.read_parquet(place) if place.exists() else make()
            try:
                self._kept[name] = self._made(name, table)
            except Exception as problem:  # rows are read as late as here
                if type(problem).__name__ in {"InvalidInputException", "ConversionException"}:
                    raise self._unreadable(problem) from None
                raise
            if durable and not place.exists():
                half = place.with_suffix(".half")
                self._con.raw_sql(f"COPY {name} TO {_quoted(half)} (FORMAT PARQUET)")
                os.replace(half, place)
        return self._kept[name]

    def _made(self, name: str, table: "ibis.Table") -> "ibis.Table":
        """A table stored under a name, as Ibis would, but without asking the database what is known."""
        import ibis  # noqa: PLC0415

        kinds = {column: str(kind).replace("!", "") for column, kind in table.schema().items()}
        columns = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in kinds.items())
        self._con.raw_sql(f"CREATE TABLE {name} ({columns})")
        self._con.raw_sql(f"INSERT INTO {name} {self._con.compile(table)}")
        return ibis.table(kinds, name=name)

    def small(self, columns: Mapping[str, Any], types: Mapping[str, str]) -> "ibis.Table":
        """See Engine."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._smalls += 1
        name, place = f"small{self._smalls}", self._folder / "small.parquet"
        made = pa.table({key: column(columns[key], kind) for key, kind in types.items()})
        pq.write_table(made, place)  # by way of a file, since DuckDB's own way imports pandas
        self._con.raw_sql(f"CREATE TABLE {name} AS FROM read_parquet({_quoted(place)})")
        return ibis.table(types, name=name)

    def numbered(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """See Engine."""
        table: Any = self.keep(name, make)
        numbered: ibis.Table = table.mutate(n=table.rowid())
        return numbered

    def drop(self, name: str) -> None:
        """See Engine."""
        if self._kept.pop(name, None) is not None:
            self._con.raw_sql(f"DROP TABLE {name}")

    def narrow(self, name: str, columns: Sequence[str]) -> "ibis.Table":
        """See Engine."""
        import ibis  # noqa: PLC0415

        for column in columns:
            self._con.raw_sql(f"ALTER TABLE {name} DROP COLUMN {column}")
        left = {key: kind for key, kind in self._kept[name].schema().items() if key not in columns}
        self._kept[name] = ibis.table(left, name=name)
        return self.numbered(name, given(self._kept[name]))

    def arrow(self, table: "ibis.Table") -> "pa.Table":
        """See Engine."""
        found: pa.Table = self._con.con.sql(self._con.compile(table)).to_arrow_table()
        return found

    def batches(
        self, one: "ibis.Table", other: "ibis.Table", some: "ibis.Table | None", count: int
    ) -> "Iterator[tuple[pa.Table, pa.Table | None]]":
        """See Engine."""
        for start in range(0, count, SLICE):
            left, right = (_ordered(self.arrow(_cut(table, start))) for table in (one, other))
            for name in right.column_names:
                if name != "n":
                    left = left.append_column(name, right[name])
            yield left, None if some is None else self.arrow(_cut(some, start))

    def close(self) -> None:
        """See Engine."""
        self._con.disconnect()


class Spark(Engine):
    """Spark in local mode or on the cluster that its configuration names; kept tables are folders of Parquet."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        import ibis  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

        settings = SparkSession.builder.appName("modelcheck").config("spark.driver.memory", f"{max(megabytes, 512)}m")
        for key, value in (("spark.sql.shuffle.partitions", "8"), ("spark.ui.enabled", "false"),
                           ("spark.sql.session.timeZone", "UTC"), ("spark.sql.ansi.enabled", "true")):  # fmt: skip
            settings = settings.config(key, value)
        self._con: Any = ibis.pyspark.connect(settings.getOrCreate())
        self._folder = folder

    def read(self, paths: list[Path]) -> "ibis.Table":
        """See Engine."""
        reader = _reader(paths)
        more = {"header": True} if reader == "read_csv" else {}
        tables = [getattr(self._con, reader)(str(path), **more) for path in paths]
        table: ibis.Table = tables[0]
        return table.union(*tables[1:]) if tables[1:] else table

    def has(self, name: str) -> bool:
        """See Engine."""
        return (self._folder / name / "_SUCCESS").exists()

    def keep(self, name: str, make: Callable[[], "ibis.Table"], *, durable: bool = True) -> "ibis.Table":  # noqa: ARG002
        """See Engine."""
        place = self._folder / name
        if not self.has(name):
            shutil.rmtree(place, ignore_errors=True)
            self._con.to_parquet_dir(make(), place)
        table: Any = self._con.read_parquet(str(place))
        narrow = {column: "int64" for column, kind in table.schema().items() if kind.is_integer()}
        wide: ibis.Table = table.cast(narrow)
        return wide

    def small(self, columns: Mapping[str, Any], types: Mapping[str, str]) -> "ibis.Table":
        """See Engine."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        return ibis.memtable(pa.table({name: column(columns[name], kind) for name, kind in types.items()}))

    def numbered(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """See Engine."""
        import ibis  # noqa: PLC0415

        return self.keep(name, lambda: make().mutate(n=ibis.row_number().cast("int64")))

    def drop(self, name: str) -> None:
        """See Engine."""
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def narrow(self, name: str, columns: Sequence[str]) -> "ibis.Table":
        """See Engine; on disk they take none."""
        table: ibis.Table = self._con.read_parquet(str(self._folder / name))
        return table.drop(*columns)

    def arrow(self, table: "ibis.Table") -> "pa.Table":
        """See Engine."""
        return table.to_pyarrow()

    def batches(
        self, one: "ibis.Table", other: "ibis.Table", some: "ibis.Table | None", count: int,  # noqa: ARG002
    ) -> "Iterator[tuple[pa.Table, pa.Table | None]]":  # fmt: skip
        """See Engine."""
        import pyarrow as pa  # noqa: PLC0415

        whole = one.join(other, "n")
        if some is not None:
            whole = whole.left_join(some, "n").drop("n_right")
        for batch in whole.order_by("n").to_pyarrow_batches():
            part = pa.Table.from_batches([batch])
            yield part, None if some is None else part

    def close(self) -> None:
        """See Engine."""
        self._con.disconnect()


def given(table: "ibis.Table") -> Callable[[], "ibis.Table"]:
    """A table to be kept as it is."""
    return lambda: table


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _cut(table: "ibis.Table", low: int) -> "ibis.Table":
    return table.filter((table.n >= low) & (table.n < low + SLICE))


def _ordered(found: "pa.Table") -> "pa.Table":
    """Rows in the order of their numbers, in which they come most often."""
    import pyarrow.compute as pc  # noqa: PLC0415

    steps = pc.min_max(pc.pairwise_diff(found["n"].combine_chunks())).as_py()
    return found if steps["min"] == steps["max"] == 1 or len(found) == 1 else found.sort_by("n")


def column(values: Sequence[Any], kind: str) -> "pa.Array":
    """Integers, truth values or texts as Arrow has them; from bytes, since `pyarrow.array` imports pandas."""
    import pyarrow as pa  # noqa: PLC0415

    size = len(values)
    if kind != "string":
        codes = {"int64": "q", "int32": "i", "bool": "b"}
        wide = {"int64": pa.int64(), "int32": pa.int32(), "bool": pa.int8()}[kind]
        made = pa.Array.from_buffers(wide, size, [None, pa.py_buffer(array(codes[kind], values))])
        return made.cast(pa.bool_()) if kind == "bool" else made
    parts = [None if value is None else value.encode() for value in values]
    ends = itertools.accumulate((len(part or b"") for part in parts), initial=0)
    there = column([part is not None for part in parts], "bool").buffers()[1]
    buffers = [there, pa.py_buffer(array("i", ends)), pa.py_buffer(b"".join(part or b"" for part in parts))]
    return pa.Array.from_buffers(pa.string(), size, buffers)
