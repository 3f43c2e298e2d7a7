"""The sentences of a notice, a page or a card: of paragraphs, entries, cells, comments and fields, not of code."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from compliance.references.comments import uncommented

_FENCED = re.compile(
    r"^[ \t]*+(?P<sign>```|~~~)[^\n]*\n(?:(?![ \t]*(?P=sign))[^\n]*\n)*+(?:[ \t]*(?P=sign)[^\n]*)?", re.MULTILINE
)
_LINK = re.compile(r"\]\([^()\s]{0,400}\)|https?://[^\s)>\]]{1,400}")
_MARKS = re.compile(r"[*_`~#>|\[\]]+|&nbsp;|<!--|<(?!!--)[/\w!-][^<>]{0,200}>?|-->")
_PARTS = re.compile(
    r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|#>\u2022]|\d{1,2}[.)])[ \t|#])|\n(?=[ \t]*@\w|[A-Z][\w-]{1,30}:\s)"
    r"|(?<=[.!?;])\s|(?<=[\u3002\uff1b\uff01\uff1f\u0964])|[ \t]\|[ \t]"
)
_LEGAL = re.compile(r"(?i)licen[cs]|commercial|permission|copyright|\bterms\b")
_ABBREVIATED = re.compile(r"\b(?:v|ver|e\.g|i\.e|inc|ltd|corp|co|no|vs|resp|etc|dr|mr)\.$", re.IGNORECASE)
LONGEST = 600
"""Characters of a sentence that are read."""


class Sentence(NamedTuple):
    """What a sentence says without its markup, and where it stands."""

    said: str
    start: int
    end: int


def sentences(text: str, start: int = 0) -> Iterator[Sentence]:
    """The sentences of a text from a place on, in order; of a very long one its beginning."""
    whole = uncommented(_FENCED.sub(_blank, text))
    ends = [
        match.start()
        for match in _PARTS.finditer(whole, start)
        if not _ABBREVIATED.search(whole, max(match.start() - 8, 0), match.start())
    ]
    for begin, end in pairwise((start, *ends, len(whole))):
        part = whole[begin : min(end, begin + LONGEST)]
        said = " ".join(_MARKS.sub(" ", _LINK.sub(" ", part)).split())
        if said:
            yield Sentence(said, begin + len(part) - len(part.lstrip()), end)


def _blank(match: re.Match[str]) -> str:
    """Code as empty lines of the same length; what speaks of licences is none."""
    return match[0] if _LEGAL.search(match[0]) else re.sub(r"[^\n]", " ", match[0])
