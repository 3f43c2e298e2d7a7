"""Tables of Markdown -> the cells of their columns of licences, from character to character."""

import re
from collections.abc import Iterator
from itertools import pairwise

_HEADED = re.compile(
    r"^(?P<head>(?=[^\n]{0,2200}$)[^\n|]*+\|[^\n]*+)\n[ \t]*+\|?[ \t]*+:?-[-:| \t]*+$(?P<rows>(?:\n[^\n]*\|[^\n]*)*)",
    re.MULTILINE,
)
_LICENSES = re.compile(r"\blicen[cs](?:e|es|ing)\b|许可|协议|授权|ライセンス", re.IGNORECASE)
_BAR = re.compile(r"\|")


def cells(text: str) -> Iterator[tuple[int, int]]:
    """The cells of every column whose heading speaks of licences, in order."""
    for _, places in rows(text):
        yield from places


def rows(text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where the rows begin of every table with a column whose heading speaks of licences, and their cells of such."""
    for table in _HEADED.finditer(text):
        columns = [n for n, place in enumerate(_row(text, *table.span("head"))) if _LICENSES.search(text, *place)]
        at = table.start("rows")
        for row in table["rows"].split("\n") if columns else ():
            places = _row(text, at, at + len(row))
            yield at, [places[n] for n in columns if n < len(places)]
            at += len(row) + 1


def _row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a row; what stands before a bar that it begins with is none."""
    bars = [start - 1, *(match.start() for match in _BAR.finditer(text, start, end)), end]
    places = [(one + 1, two) for one, two in pairwise(bars)]
    return places[not text[slice(*places[0])].strip() and len(places) > 1 :]
