"""Files as DuckDB reads them, under names; and what is told where they cannot be read."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from compliance.bulk import places
from compliance.bulk.engines import ROW, is_packed, reader, shown
from compliance.bulk.worker import Worker
from compliance.bulk.written import PLAIN, Table, columns, table
from compliance.model import InputError

_NUMBERING = {"file_row_number", "filename"}
"""Columns that the database adds to those of a Parquet file."""
_OF_THE_INPUT = {"InvalidInputException", "ConversionException"}
_GUESSES: dict[str, dict[str, Any]] = {
    "read_csv": {
        "all_varchar": True,
        "header": True,
        "quote": '"',
        "escape": '"',
    },  # else it guesses that there are none
    "read_json": {"format": "newline_delimited", "sample_size": -1},
    "read_parquet": {},
}
"""What a reader is told in place of what it would guess."""


class Views:
    """Names for files in a database, there for all of its connections."""

    def __init__(self, connection: Any, worker: Worker) -> None:
        self._con, self._now = connection, worker.now
        self._inputs: list[Path] = []
        self._count = 0

    def of_input(self, paths: list[Path]) -> Table:
        """The rows of all files of one kind, with their numbers as ROW where those come for nothing."""
        kind = reader(paths)
        more = {**({"union_by_name": True} if len(paths) > 1 else {}), **_GUESSES[kind]}
        self._inputs = paths
        try:
            found = self.of_files(kind, paths, more)
            if kind == "read_parquet" and _NUMBERING.isdisjoint(columns(found)):
                return self._counted(paths, more)
        except Exception as problem:
            if type(problem).__module__.startswith(("duckdb", "_duckdb")):
                raise self.unreadable(problem) from None
            raise
        if kind == "read_csv":
            self._refuse_head(columns(found))
        if kind == "read_json" and columns(found) == ("json",):
            told = 'some lines are no objects; write one on each line, such as {"id": "acme/one", "license": "mit"}'
            raise InputError([f"{shown(paths)}: {told}"])
        return found

    def of_files(self, kind: str, paths: Sequence[Path], more: Mapping[str, Any], told: str = "*") -> Table:
        """What a reader finds in files; of it what is `told`."""
        named = ", ".join(quoted(_literal(path)) for path in paths)
        more = {**more, "hive_partitioning": False}  # no folder called `license=mit` states anything
        asked = "".join(f", {key} = {value!r}" for key, value in more.items())
        return self.of_query(f"FROM {kind}([{named}]{asked}) SELECT {told}")

    def of_query(self, query: str) -> Table:
        """A query, which is asked anew wherever the name stands."""
        self._count += 1
        name = f"read{self._count}"
        return self._now(lambda: self._made(name, query))

    def _made(self, name: str, query: str) -> Table:
        self._con.execute(f"CREATE VIEW {name} AS {query}")
        found = self._con.execute(f"DESCRIBE {name}").fetchall()
        return table(name, {column: _kind(kind) for column, kind, *_ in found})

    def _counted(self, paths: list[Path], more: Mapping[str, Any]) -> Table:
        """Parquet files with the numbers of their rows, for which nothing has to be copied."""
        names = list(map(str, paths))
        if len(names) == 1:
            told = f'* EXCLUDE (file_row_number), file_row_number AS "{ROW}"'
            return self.of_files("read_parquet", paths, {**more, "file_row_number": True}, told)
        counted = "SELECT file_name, num_rows FROM parquet_file_metadata($names)"
        literal = list(map(_literal, paths))
        counts = self._now(lambda: dict(self._con.execute(counted, {"names": literal}).fetchall()))
        starts = itertools.accumulate((counts[name] for name in names[:-1]), initial=0)
        before = ", ".join(f"{quoted(name)}: {start}" for name, start in zip(names, starts, strict=True))
        told = f"* EXCLUDE ({', '.join(sorted(_NUMBERING))})"
        number = f'MAP {{{before}}}[filename] + file_row_number AS "{ROW}"'  # by a join the rows would lose their order
        more = {**more, "file_row_number": True, "filename": True}
        return self.of_files("read_parquet", paths, more, f"{told}, {number}")

    def _refuse_head(self, names: Sequence[str]) -> None:
        """Refuse a CSV file whose first line is none of names. Raises InputError."""
        told_of = shown(self._inputs)
        if names[0].startswith("sep="):
            raise InputError([f"{told_of}: begins with a line `sep=` for Excel; remove that line"])
        if len(names) == 1 and {",", ";", "\t"} & set(names[0]):
            raise self.unreadable(ValueError(f"lines do not all have the fields of the first, {names[0]}"))

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell of the input what is wrong with it, wherever that is found."""
        try:
            yield
        except Exception as problem:
            told = self.told(problem)
            if told is problem:
                raise
            raise told from None

    def told(self, problem: Exception) -> Exception:
        """What is raised in place of what the database raised: rows are read as late as when they are asked for."""
        return self.unreadable(problem) if type(problem).__name__ in _OF_THE_INPUT else problem

    def unreadable(self, problem: Exception) -> InputError:
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


def _kind(name: str) -> Any:
    """A type of the database, asked as the types of Ibis are."""
    if name in PLAIN:
        return PLAIN[name]
    from ibis.backends.sql.datatypes import DuckDBType  # noqa: PLC0415 - half a second

    return DuckDBType.from_string(name)


def _literal(path: Path) -> str:
    """The name of one file, for a reader that takes some letters for patterns."""
    return re.sub(r"[*?[]", r"[\g<0>]", str(path))


def quoted(path: Path | str) -> str:
    """A text in SQL."""
    return "'" + str(path).replace("'", "''") + "'"
