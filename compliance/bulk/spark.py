"""Spark in local mode or on the cluster that its configuration names; kept tables are folders of Parquet."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.bulk import work
from compliance.bulk.duck import Duck
from compliance.bulk.engines import MOST, Engine, column, even, given, reader
from compliance.bulk.table import rows
from compliance.bulk.written import Table, held, ibis, marking, real

if TYPE_CHECKING:
    import pyarrow as pa


class Spark(Engine):
    """See Engine."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        import ibis as package  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415

        settings = SparkSession.builder.appName("modelcheck").config("spark.driver.memory", f"{max(megabytes, 512)}m")
        for key, value in (("spark.sql.shuffle.partitions", "8"), ("spark.ui.enabled", "false"),
                           ("spark.sql.session.timeZone", "UTC"), ("spark.sql.ansi.enabled", "true")):  # fmt: skip
            settings = settings.config(key, value)
        self._con: Any = package.pyspark.connect(settings.getOrCreate())
        self._folder = folder
        self._smalls = 0
        self._kept: set[str] = set()
        self._parts: dict[str, list[Table]] = {}
        self._megabytes = megabytes
        self._texts: Duck | None = None
        self._paths: list[Path] = []

    def read(self, paths: list[Path]) -> Table:
        """See Engine; Spark takes broken lines of text for rows, or passes over them, so DuckDB reads those."""
        if (texts := self._of_texts(paths)) is not None:
            return texts.read(paths)
        self._paths = paths
        literal = (re.sub(r"[*?{}\[\]\\]", r"\\\g<0>", str(path)) for path in paths)
        tables = [self._con.read_parquet(path) for path in literal]
        return held(tables[0].union(*tables[1:]) if tables[1:] else tables[0])

    def count(self, path: Path) -> int:
        """See Engine; who reads a file counts its rows."""
        texts = self._of_texts([path])
        return super().count(path) if texts is None else texts.count(path)

    def _of_texts(self, paths: list[Path]) -> Duck | None:
        """What reads files that are no Parquet."""
        if reader(paths) == "read_parquet":
            return None
        self._texts = self._texts or Duck(self._folder, self._megabytes)
        return self._texts

    def numbered(self, table: Table) -> Table:
        """See Engine."""
        if self._texts is None:
            self._refuse_bytes()
            return self.keep("input", lambda: table.mutate(n=ibis.row_number().cast("int64")))
        place = self._folder / "rows.parquet"
        self._texts.write(self._texts.numbered(table), place)
        return held(self._con.read_parquet(str(place)))

    def _refuse_bytes(self) -> None:
        """Let DuckDB look for what is no UTF-8, which Spark takes for text. Raises InputError."""
        duck = Duck(self._folder, self._megabytes)
        try:
            duck.decode(rows(duck.read(self._paths)))
        finally:
            duck.close()

    def mark(self, *texts: Any) -> Any:
        """See Engine; by way of `Value.hash` it would have 32 bits."""
        return marking("xxhash64", *texts) & MOST

    def has(self, name: str) -> bool:
        """See Engine."""
        return name in self._kept or work.is_sealed(self._folder / name)

    def keep(self, name: str, make: Callable[[], Table]) -> Table:
        """See Engine; numbers in a table that was not stored are those of the process that made it."""
        place = self._folder / name
        if not self.has(name):
            work.remove(place)
            self._con.to_parquet_dir(real(make()), place)
        self._kept.add(name)
        table: Any = self._con.read_parquet(str(place))
        narrow = {column: "int64" for column, kind in table.schema().items() if kind.is_integer()}
        return held(table.cast(narrow))

    def add(self, name: str, table: Table) -> Table:
        """See Engine; a kept table is never written again, so that each part stands by itself."""
        parts = self._parts.setdefault(name, [])
        parts.append(self.keep(f"{name}_part{len(parts)}", given(table)))
        return held(real(parts[0].union(*parts[1:]))) if parts[1:] else parts[0]

    def store(self, name: str, under: str = "") -> None:
        """See Engine."""
        place = self._folder / (under or name)
        if not work.is_sealed(place):
            if under:
                shutil.copytree(self._folder / name, place, dirs_exist_ok=True)
            work.seal(place)

    def small(self, columns: Mapping[str, Any], types: Mapping[str, str], name: str = "") -> Table:  # noqa: ARG002
        """See Engine."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._smalls += 1
        place = self._folder / f"small{self._smalls}.half"  # by way of pandas a text that is null would become "NaN"
        pq.write_table(pa.table({key: column(columns[key], kind) for key, kind in types.items()}), place)
        return held(self._con.read_parquet(str(place)))

    def drop(self, *names: str) -> None:
        """See Engine."""
        for name in names:
            self._kept.discard(name)
            work.remove(self._folder / name)
            for part in range(len(self._parts.pop(name, []))):
                self.drop(f"{name}_part{part}")

    def arrow(self, table: Table) -> "pa.Table":
        """See Engine."""
        return real(table).to_pyarrow()

    def slices(self, table: Table) -> "Iterator[pa.Table]":
        """See Engine."""
        return even(real(table).order_by("n").to_pyarrow_batches())

    def expect(self, count: int, what: str) -> None:
        """See Engine; how much Spark takes is for its own configuration to say."""

    def close(self) -> None:
        """See Engine."""
        self._con.disconnect()
        if self._texts is not None:
            self._texts.close()
