"""The tables that lie beside the finders, row by row."""

import re
from collections.abc import Iterator
from pathlib import Path

from compliance import tables
from compliance.scan.patterns import pattern

PLACE = Path(__file__).parent


def rows(name: str, cells: int) -> Iterator[list[str]]:
    """The rows of a table by the name of its file; see `tables.rows`."""
    return tables.rows(PLACE / name, cells)


def patterns(table: str) -> dict[str, re.Pattern[str]]:
    """The expressions of one table of `patterns.tsv`, by name and in its order."""
    found: dict[tuple[str, str], list[str]] = {}
    for of, name, case, text in rows("patterns.tsv", 4):
        if of == table:
            found.setdefault((name, case), []).append(text)
    return {name: pattern("|".join(texts), re.IGNORECASE if case else 0) for (name, case), texts in found.items()}
