"""The tables that lie beside the finders, row by row."""

from collections.abc import Iterator
from pathlib import Path


def rows(name: str, cells: int) -> Iterator[list[str]]:
    """The cells of each row, parted by tabs, with empty ones where a row ends early; `#` begins a remark."""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found = line.split("\t")
            yield found + [""] * (cells - len(found))
