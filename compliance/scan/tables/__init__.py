"""The tables that lie beside the finders, row by row."""

import re
from collections.abc import Iterator
from pathlib import Path

from compliance.scan.patterns import pattern


def rows(name: str, cells: int) -> Iterator[list[str]]:
    """The cells of each row, parted by tabs, with empty ones where a row ends early; `#` begins a remark."""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found = line.split("\t")
            yield found + [""] * (cells - len(found))


def patterns(table: str) -> dict[str, re.Pattern[str]]:
    """The expressions of one table of `patterns.tsv`, by name and in its order."""
    found: dict[tuple[str, str], list[str]] = {}
    for of, name, case, text in rows("patterns.tsv", 4):
        if of == table:
            found.setdefault((name, case), []).append(text)
    return {name: pattern("|".join(texts), re.IGNORECASE if case else 0) for (name, case), texts in found.items()}
