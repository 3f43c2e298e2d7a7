"""The sentences of a notice, a page or a card: of paragraphs, entries, cells, comments and fields, not of code."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from compliance.references.comments import uncommented
from compliance.texts.words import INVISIBLE

_FENCED = re.compile(
    r"^[ \t]*+(?P<sign>```|~~~)[^\n]*\n(?:(?![ \t]*(?P=sign))[^\n]*\n)*+(?:[ \t]*(?P=sign)[^\n]*)?", re.MULTILINE
)
_QUOTED = re.compile(r"(?m)^[ \t]*+>[^\n]*+(?P<rest>(?:\n[ \t]*+>[^\n]*+)++)")
_QUOTES = re.compile(r"(?m)^[ \t>]+")
_LINK = re.compile(r"\]\([^()\s]{0,400}\)|https?://[^\s)>\]]{1,400}")
_MARKS = re.compile(r"(?:[*_`~>|\[\]]|(?<!&)#)+|<!--|<(?!!--)[/\w!-][^<>]{0,200}>?|-->")
_PARTS = re.compile(
    r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|#>\u2022]|\d{1,2}[.)])[ \t|#])|\n(?=[ \t]*@\w|[A-Z][\w-]{1,30}:\s)"
    r"|(?<=[.!?;])(?<!\n\d\.)(?<!\n\d\d\.)(?<!\n {2}\d\.)(?<!\n {3}\d\.)\s"
    r"|(?<=[\u3002\uff1b\uff01\uff1f\u0964])|[ \t]\|[ \t]"
)
_LEGAL = re.compile(r"(?i)licen[cs]|commercial|permission|copyright|\bterms\b")
_ABBREVIATED = re.compile(r"\b(?:v|ver|e\.g|i\.e|inc|ltd|corp|co|no|vs|resp|etc|dr|mr)\.$", re.IGNORECASE)
_UNSEEN = re.compile(f"{INVISIBLE.pattern}|[\u202a-\u202e\u2061-\u2069]")
_MIXED = re.compile("[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]", re.IGNORECASE)
_DRAWN_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501"
    "\u0410\u0415\u041e\u0420\u0421\u0423\u0425\u0406\u041a\u041c\u0422\u041d\u0412",
    "aeopcyxijshdAEOPCYXIKMTHB",
)
"""Letters of Cyrillic that look like those of Latin words in which they are put."""
LONGEST = 600
"""Characters that are read together."""
_AGAIN = 150
"""Characters of those that are read with the next ones as well."""
_BRIEF = 40
"""Characters of what may be the heading, the label or the first cell of what stands behind it."""
_ANSWER = 20
"""Characters of what may need such a heading to say anything."""
_ENTRY = 80
"""Characters of an entry of a list, and of the line that leads it in."""
_NUMBERED = re.compile(r"\A\d{1,2}\.\s")
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,2}[.)])[ \t]")


class Sentence(NamedTuple):
    """What a sentence says without its markup, and where it stands."""

    said: str
    start: int
    end: int


def sentences(text: str, start: int = 0) -> Iterator[Sentence]:
    """The sentences of a text from a place on, in order: a long one in pieces, a brief one with its heading too."""
    whole = uncommented(_QUOTED.sub(_unquoted, _FENCED.sub(_blank, text)))
    ends = [
        match.start()
        for match in _PARTS.finditer(whole, start)
        if not _ABBREVIATED.search(whole, max(match.start() - 8, 0), match.start())
    ]
    heading: Sentence | None = None
    lead: Sentence | None = None
    for begin, end in pairwise((start, *ends, len(whole))):
        for first in range(begin, max(end - _AGAIN, begin + 1), LONGEST - _AGAIN):
            part = whole[first : min(end, first + LONGEST)]
            if not (said := _NUMBERED.sub("", _said(part))):
                continue
            found = Sentence(said, first + len(part) - len(part.lstrip()), end)
            yield found
            is_item = first == begin and _ITEM.match(part) is not None
            if heading is not None and len(said) <= _ANSWER:
                yield Sentence(f"{heading.said.rstrip(':')}: {said}", heading.start, end)
            elif is_item and lead is not None and len(said) <= _ENTRY:
                yield Sentence(f"{lead.said} {said}", found.start, end)
            heading = found if len(said) <= _BRIEF else None
            if not is_item:
                lead = found if said.endswith(":") and len(said) <= _ENTRY else None


def _said(part: str) -> str:
    """What a part of a text says to whoever sees it: without markup, signs that show nothing, and disguise."""
    said = unescape(_MARKS.sub(" ", _LINK.sub(" ", part)))
    if not said.isascii():
        said = unicodedata.normalize("NFKC", _UNSEEN.sub("", said))
        said = " ".join(word.translate(_DRAWN_ALIKE) if _MIXED.search(word) else word for word in said.split())
    return " ".join(said.split())


def _blank(match: re.Match[str]) -> str:
    """Code as empty lines of the same length; what speaks of licences is none."""
    return match[0] if _LEGAL.search(match[0]) else re.sub(r"[^\n]", " ", match[0])


def _unquoted(match: re.Match[str]) -> str:
    """The lines of a quotation that go on with its first, without their signs."""
    rest = _QUOTES.sub(lambda signs: " " * len(signs[0]), match["rest"])
    return match[0][: match.start("rest") - match.start()] + rest
