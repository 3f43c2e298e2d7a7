"""Where tables are joined: DuckDB or Spark, both through Ibis and with the same few verbs."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from compliance.model import InputError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

PYTHON_MB = 360
"""What the interpreter, Arrow and the sets of licences take beside the engine's own memory."""
SLICE = 250_000
"""Rows that are put together for the output at a time."""
_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".jsonl": "read_json", ".ndjson": "read_json"}


class Engine(Protocol):
    """What the pipeline asks of a backend."""

    def read(self, paths: list[Path]) -> "ibis.Table":
        """The rows of all files of one kind."""

    def has(self, name: str) -> bool:
        """Whether a table was kept."""

    def keep(self, name: str, make: Callable[[], "ibis.Table"], *, durable: bool = False) -> "ibis.Table":
        """The kept table of that name, made where there is none; a durable one outlives the process."""

    def numbered(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """A kept table with a number `n` for each row, from 0, in the order of the files."""

    def drop(self, name: str) -> None:
        """Forget a kept table."""

    def batches(self, make: Callable[[int, int], "ibis.Table"], count: int) -> "Iterator[pa.RecordBatch]":
        """The rows that `make` gives for the numbers from one up to another, in order of `n`."""

    def close(self) -> None:
        """Let go of files and memory."""


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


class Duck:
    """DuckDB in memory, which spills to the work folder; durable tables are Parquet files there."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        import ibis  # noqa: PLC0415 - half a second that only this command pays

        self._con: Any = ibis.duckdb.connect()
        self._con.raw_sql(f"SET memory_limit='{max(megabytes - PYTHON_MB, 128)}MB'")
        self._con.raw_sql(f"SET temp_directory='{str(folder / 'spill').replace(chr(39), chr(39) * 2)}'")
        self._con.raw_sql("SET enable_progress_bar=false")
        self._folder = folder
        self._kept: dict[str, ibis.Table] = {}
        self._input = Path()

    def read(self, paths: list[Path]) -> "ibis.Table":
        """See Engine."""
        reader = _reader(paths)
        more: dict[str, Any] = {"all_varchar": True} if reader == "read_csv" else {}
        if reader == "read_json":
            more = {"format": "newline_delimited", "sample_size": -1}
        self._input = paths[0]
        try:
            table: ibis.Table = getattr(self._con, reader)([str(path) for path in paths], **more)
        except Exception as problem:
            if type(problem).__module__.startswith(("duckdb", "_duckdb", "ibis")):
                raise self._unreadable(problem) from None
            raise
        return table

    def _unreadable(self, problem: Exception) -> InputError:
        return InputError([f"{self._input}: cannot be read ({str(problem).splitlines()[0]})"])

    def has(self, name: str) -> bool:
        """See Engine."""
        return name in self._kept or (self._folder / f"{name}.parquet").exists()

    def keep(self, name: str, make: Callable[[], "ibis.Table"], *, durable: bool = False) -> "ibis.Table":
        """See Engine."""
        if name not in self._kept:
            place = self._folder / f"{name}.parquet"
            table = self._con.read_parquet(place) if place.exists() else make()
            try:
                self._kept[name] = self._con.create_table(name, table)
            except Exception as problem:  # rows are read as late as here
                if type(problem).__name__ in {"InvalidInputException", "ConversionException"}:
                    raise self._unreadable(problem) from None
                raise
            if durable and not place.exists():
                half = place.with_suffix(".half")
                self._con.to_parquet(self._kept[name], half)
                os.replace(half, place)
        return self._kept[name]

    def numbered(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """See Engine."""
        table: Any = self.keep(name, make)
        numbered: ibis.Table = table.mutate(n=table.rowid())
        return numbered

    def drop(self, name: str) -> None:
        """See Engine."""
        if self._kept.pop(name, None) is not None:
            self._con.drop_table(name)

    def batches(self, make: Callable[[int, int], "ibis.Table"], count: int) -> "Iterator[pa.RecordBatch]":
        """See Engine."""
        for start in range(0, count, SLICE):
            yield from make(start, start + SLICE).order_by("n").to_pyarrow().to_batches()

    def close(self) -> None:
        """See Engine."""
        self._con.disconnect()


class Spark:
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

    def numbered(self, name: str, make: Callable[[], "ibis.Table"]) -> "ibis.Table":
        """See Engine."""
        import ibis  # noqa: PLC0415

        return self.keep(name, lambda: make().mutate(n=ibis.row_number().cast("int64")))

    def drop(self, name: str) -> None:
        """See Engine."""
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def batches(self, make: Callable[[int, int], "ibis.Table"], count: int) -> "Iterator[pa.RecordBatch]":
        """See Engine."""
        yield from make(0, count).order_by("n").to_pyarrow_batches()

    def close(self) -> None:
        """See Engine."""
        self._con.disconnect()


def rows(table: "ibis.Table") -> list[dict[str, Any]]:
    """A small result, as Python values."""
    found: list[dict[str, Any]] = table.to_pyarrow().to_pylist()
    return found


def given(table: "ibis.Table") -> Callable[[], "ibis.Table"]:
    """A table to be kept as it is."""
    return lambda: table


def number(value: Any) -> int | None:
    """A single number; by Arrow, since Ibis' own way imports pandas."""
    found: int | None = value.to_pyarrow().as_py()
    return found


def small(columns: Mapping[str, Any], types: Mapping[str, str]) -> "ibis.Table":
    """A small table made here, to be joined there."""
    import ibis  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    arrow = {"int64": pa.int64(), "int32": pa.int32(), "string": pa.string(), "bool": pa.bool_()}
    made = {name: pa.array(columns[name], arrow[kind]) for name, kind in types.items()}
    return ibis.memtable(pa.table(made))
