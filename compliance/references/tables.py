"""Tables of Markdown -> the cells of their columns of licences, from character to character."""

import re
from collections.abc import Iterator
from itertools import pairwise

_HEADED = re.compile(
    r"^(?P<head>[^\n|]{0,200}\|[^\n]{0,2000})\n[ \t]*+\|?[ \t]*+:?-[-:| \t]*+$(?P<rows>(?:\n[^\n]*\|[^\n]*)*)",
    re.MULTILINE,
)
_LICENSES = re.compile(r"\blicen[cs](?:e|es|ing)\b|许可|协议|授权|ライセンス", re.IGNORECASE)
_BAR = re.compile(r"\|")


def cells(text: str) -> Iterator[tuple[int, int]]:
    """The cells of every column whose heading speaks of licences, in order."""
    for table in _HEADED.finditer(text):
        columns = [n for n, place in enumerate(_row(text, *table.span("head"))) if _LICENSES.search(text, *place)]
        at = table.start("rows")
        for row in table["rows"].split("\n"):
            places = _row(text, at, at + len(row))
            yield from (places[n] for n in columns if n < len(places))
            at += len(row) + 1


def _row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a row; what stands before a bar that it begins with is none."""
    bars = [start - 1, *(match.start() for match in _BAR.finditer(text, start, end)), end]
    places = [(one + 1, two) for one, two in pairwise(bars)]
    return places[not text[slice(*places[0])].strip() and len(places) > 1 :]
