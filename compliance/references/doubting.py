"""What a text names as a licence and is no one document: families, names that nobody knows, files, words in a table."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from compliance.model import Struct
from compliance.references import tables
from compliance.references.badges import badges as drawn
from compliance.references.denying import spoken
from compliance.references.nicknames import Name, Names

_STRANGE = re.compile(
    r"(?:\b(?:under|by|to|with)\s+(?:(?:the|an?|both|either|our|its)\s+)*(?:terms\s+(?:and\s+conditions\s+)?of\s+(?:the\s+)?)?"
    r"|(?:\b(?:and|or)\b|\([ivxa-d\d]{1,3}\)|[Ll]icen[cs]e\s*:)\s+(?:the\s+)?)"
    r"((?:[A-Z](?:[\w+'-]|\.(?=\w)){0,30}(?:(?<=Inc)\.|(?<=Ltd)\.)?\s+){1,5})(?:[Ll]icen[cs]e|Agreement)\b"
)
"""What is written as the name of a licence is."""
_STATED = re.compile(r"\b(?:LICEN[CS]E|File|Files|Section|Directory)\b")
_PLAIN_WORDS = frozenset(
    """a agreement an and code commercial community copyright creative data end for free general license licence model
    of open original permissive project public same software source term terms the these this user whole""".split()
)

_CALLED = re.compile(r"^license_name:[ \t]*[\"']?(\w[\w .+-]{1,60})", re.MULTILINE)

_GOVERNED = (
    r"(?:\b(?:under|subject\s{1,3}to|govern\w{1,6}\s{1,3}by|follows?|comply\s{1,3}with|compliance\s{1,3}with"
    r"|agree\s{1,3}to|terms\s{1,3}of|see|to)\b|[遵循用照按守见到])"
)
_THING = r"(?:models?|weights?|checkpoints?|data(?:sets?)?)(?:['\u2019]s?)?"
_ITS_OWN = re.compile(
    rf"(?:{_GOVERNED}[\s\"'《]{{0,4}}+(?:(?:the|our|its|an?|this|their)[\s\"'《]{{1,4}}+|(?:相应|以下)的?){{0,2}}+"
    r"|\bfor\s{1,3}(?:the|its|their)\s{1,3}respective\s{1,3})"
    rf"(?P<own>{_THING}[-_\s]{{1,3}}licen[cs]es?\b(?:\s{{1,3}}agreement)?|模型的?(?:使用)?(?:许可|协议|授权))"
    rf"|\b{_THING}\b[^.;\n]{{0,80}}?\b(?:under|subject\s{{1,3}}to|governed\s{{1,3}}by)\s{{1,3}}"
    r"(?P<other>(?:(?:an?|its|their|the)\s{1,3})?"
    r"(?:own|separate|different|respective|custom|specific|another|dedicated|bespoke|other|additional)"
    r"\s{1,3}(?:\w{1,20}\s{1,3}){0,2}?(?:licen[cs]es?|terms|agreements?|conditions))\b",
    re.IGNORECASE,
)
"""What puts a model, its weights or data under terms of their own, and does not say which."""
_FILE = re.compile(
    r"\b(?:(?:MODEL|WEIGHTS?|CHECKPOINTS?)[-_.]?LICEN[CS]E|LICEN[CS]E[-_.](?:MODELS?|WEIGHTS?|CHECKPOINTS?)"
    r"|(?:[Mm]odel|[Ww]eights?)_?[Ll]icen[cs]e(?=\.(?:md|txt|pdf)\b))(?:[-_.]\w{1,20})?"
)
"""A file that holds the terms of a model, by its name."""
_OTHER_TERMS = re.compile(
    r"\b(?:\w{1,20}[-_]){0,3}(?:terms|rules|eula|policy|addendum|restrictions|conditions)(?:[-_]\w{1,20}){0,3}"
    r"\.(?:md|txt|rst|pdf|html?)\b",
    re.IGNORECASE,
)
"""A file that holds terms beside those of a licence, by its name."""
OF_MODELS = re.compile(rf"\b{_THING}\b|模型|权重", re.IGNORECASE)
_BREAK = re.compile(r"[.;!?](?=\s)|[。；]|\n[ \t]*\n|\n[ \t]*(?:[-*\u2022|]|\d{1,2}[.)])[ \t]")  # noqa: RUF001
_NEAR = 60
_SHOWN = 60
_REACH = 300
_EMPTY = re.compile(
    r"(?i)\W*(?:(?:see\s+)?(?:the\s+)?(?:licen[cs]es?|file|link|url|text)(?:\.(?:md|txt))?|n/?a|same)?\W*"
)
"""Cells of a column of licences that name none and say that they do not."""


Kind = Literal["like", "version", "name", "file", "part", "parts", "limit", "text"]
"""Of a licence made from one, a family, an unknown name, a file, all but a part, a list, a limit, a longer text."""


class Doubt(Struct, frozen=True):
    """What keeps a name from being that of the licence itself: its kind, and how it is told."""

    kind: Kind
    words: str

    @property
    def told(self) -> str:
        """How it is told, and what to do."""
        return f"{self.words}: read the text itself"


def worst(doubts: Iterable[Doubt | None]) -> Doubt | None:
    """The first that nothing beside the file settles, as another text tells a version; else the first of any."""
    told = [one for one in doubts if one is not None]
    return next((one for one in told if one.kind != "version"), told[0] if told else None)


def unnamed(text: str, plain: str, found: Sequence[tuple[int, int]], *, own: bool) -> Iterator[str]:
    """Terms of a model, its weights or data that a text speaks of without a name.

    `found`: where it names licences; `own`: whether one of them is a publisher's own, which such words then speak of.
    """
    starts = [start for start, _ in found]
    for match in _ITS_OWN.finditer(plain):
        if own and match["own"] is not None:
            continue
        first, last = match.span("own") if match["own"] is not None else match.span("other")
        near = found[bisect_left(starts, first - _REACH) : bisect_left(starts, last + _NEAR)]
        if not any(first < end and _is_whole(plain, last, start) for start, end in near):
            yield f"{' '.join(plain[first:last].split())!r} without saying which that is"
    if own:
        return
    for match in _OTHER_TERMS.finditer(plain) if found else ():
        yield f"the file {match[0]}, which may hold other terms"
    files = list(_FILE.finditer(text))
    if not files or any(OF_MODELS.search(_sentence(plain, *place)) for place in found):
        return
    for match in files:
        near = found[bisect_left(starts, match.start() - _REACH) : bisect_left(starts, match.end())]
        if not any(_is_whole(plain, end, match.start()) for _, end in near):
            yield f"the file {match[0]}, which may hold other terms"


def cells(plain: str, names: Sequence[Name], found: Iterable[tuple[int, int]]) -> Iterator[str]:
    """What stands in a column of licences and is none that is known."""
    known = (name.start for name in names if name.document is not None or name.among)
    places = sorted([*known, *(start for start, _ in found)])
    for start, end in tables.cells(plain):
        said = " ".join(plain[start:end].split())
        told = bisect_left(places, start) < bisect_left(places, end)
        if not told and re.search(r"[^\W\d_]", said) and not _EMPTY.fullmatch(said):
            yield f"{said[:_SHOWN]!r} in a table of licences, which is none that is known"


def badges(text: str, names: Names) -> Iterator[str]:
    """What a badge says as a licence and is none that is known."""
    for badge in drawn(text, names):
        if badge.document is None and not badge.among and not _EMPTY.fullmatch(badge.said):
            yield f"{badge.said!r} on a badge, which is none that is known"


def _is_whole(plain: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places."""
    return _BREAK.search(plain, start, max(start, end)) is None


def _sentence(plain: str, start: int, end: int) -> str:
    begin = max(
        (match.end() for match in _BREAK.finditer(plain, max(start - 300, 0), start)), default=max(start - 300, 0)
    )
    ending = _BREAK.search(plain, end, end + _REACH)
    return plain[begin : ending.start() if ending is not None else end + _REACH]


def strange(plain: str, names: Sequence[Name]) -> Iterator[str]:
    """What stands as the name of the licence of something and is none that is known."""
    for match in _STRANGE.finditer(plain):
        words = match[1].split()
        read = (name for name in names if name.document is not None or name.among)
        known = any(name.start < match.end() and match.start(1) < name.end for name in read)
        if known or _PLAIN_WORDS.issuperset(map(str.casefold, words)) or _STATED.search(match[1]):
            continue
        if spoken(plain, match.start(1), match.end()) != "no":
            yield f"the {' '.join(words).removesuffix(' License')} license, which is none that is known"


def called(plain: str, names: Sequence[Name]) -> Iterator[str]:
    """What the front matter of a card calls a licence that is none that is known."""
    known = [name for name in names if name.document is not None or name.among]
    for match in _CALLED.finditer(plain):
        if not any(name.start < match.end() and match.start(1) < name.end for name in known):
            yield f"the {match[1].strip()} license, which is none that is known"


def which(written: str, among: tuple[str, ...]) -> str:
    """What is no one licence, and what it may be."""
    if not among:
        return f"{written}, and that is no one text"
    return f"{written} without its version, which may be {', '.join(among)}"
