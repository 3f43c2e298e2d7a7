"""Tables that are kept as files of text, row by row."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path


def rows(path: Path, cells: int = 0) -> Iterator[list[str]]:
    """The cells of each row, parted by tabs, with empty ones where it ends before so many; `#` begins a remark."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found = line.split("\t")
            yield found + [""] * (cells - len(found))


def words(path: Path) -> dict[str, dict[str, str]]:
    """Of rows of a table, a meaning and words: for each table its words and what they mean, in order."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table, meaning, named in rows(path, 3):
        found[table] |= dict.fromkeys(named.split(), meaning)
    return found
