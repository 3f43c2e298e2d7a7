"""What copies of a text fill in or leave out, of which kind, and where that stands in its words."""

import re
from collections.abc import Iterator

from compliance.texts.owners import ADDRESS, BLANK, EITHER, LEFT_OUT, NAMED, OWNER, TITLE, USAGE, Span, reads_as_owners
from compliance.texts.terms import CLAUSE
from compliance.texts.words import read

_TITLE_WORDS = 14
_IN_TITLES = frozenset(
    "use non no commercial noncommercial academic research condition conditions permission limited modified".split()
)
"""Words of clauses that name a text in its heading."""
_COPYRIGHT = re.compile(
    r"^\W{0,10}(?:copyright\s*(?:\(c\)|\u00a9)|copyright\s+(?=\d{4}|[<\[{])|\u00a9|\(c\)\s*(?=\d{4})).*$",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETED = re.compile(r"\[[^\[\]\n]{2,60}\]|\{[^{}\n]{2,60}\}")
_PLACEHOLDER = re.compile(
    r"\b(?:name|names|name\(s\)|years?|yyyy|xxxx|owners?|holders?|insert|enter|date|licensor|organi[sz]ation|fullname|authors?"
    r"|company|email|address|description|project|software|program|jurisdiction|rechtsinhabers?|applicable)\b"
    r"|[\u5e74\u540d]",
    re.IGNORECASE,
)
"""What a blank asks for; other words in brackets are links, variants or clauses."""
_HOW_TO = re.compile(
    r"^[^\w\n]*(?:END OF (?:THE )?TERMS AND CONDITIONS\W+)?(?:APPENDIX\W+)?"
    r"How to apply (?:the Apache License|these terms)[\s\S]*",
    re.IGNORECASE | re.MULTILINE,
)
_OUTSIDE = re.compile(
    r"""^[^\w\n]*Creative\sCommons\sCorporation\b[\s\S]{0,2000}?\bdo\s+not\s+form\s+part\s+of\s+our\s+licenses\b[\s\S]{0,4000}?
    (?=^[^\w\n]*Creative\s+Commons\s[\w\s.-]{1,90}\sPublic\s+License\s*$)
    |^[^\w\n]*Creative\s+Commons\s+is\s+not\s+a\s+party\s+to\b[\s\S]{0,2000}?
    \bdoes\s+not\s+form\s+part\s+of\s+the\s+public\s+licenses\b[\s\S]*""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
"""What Creative Commons says above and below its licences, and says that it is no part of them."""
_ADDRESS_LINE = re.compile(r"^[ \t]*[\w-]{1,40}(?:\.[\w-]{1,40}){1,4}/\S+$", re.MULTILINE)
"""Where more is said: a link in copies with markup."""
_SAMPLE = re.compile(r"copyright\s+\(c\)[^.\n]*$", re.IGNORECASE | re.MULTILINE)
"""Copyright lines within what says how to apply the text."""
_HEADING = re.compile(r"\s*+(?:[^\n]++\n){1,3}?(?=[ \t]*\n)")
_PARAGRAPH = re.compile(r"\S[\s\S]*?(?=\n[ \t]*\n|\Z)")
_HOLDERS = (
    r"(?:the\s+)?(?:authors?|isc|copyright\s+(?:holder|owner)s?(?:\s+(?:and|or)\s+contributors)?"
    r"|regents\s+and\s+contributors)"
)
_NAMED = re.compile(
    rf"(?<=name of )(?:the organi[sz]ation|{_HOLDERS})|the\s+copyright\s+holders?(?=\s+(?:and|or)\s+contributors)"
    rf"|the regents and|(?<=provided by )(?:the\s+)?{_HOLDERS}|(?<=\band ){_HOLDERS}(?=\s+disclaims?\b)"
    rf"|(?<=event shall ){_HOLDERS}(?=\s+be\b)",
    re.IGNORECASE,
)
"""The owners that BSD, ISC and MIT texts name."""
_ADDRESS = re.compile(
    r"\b(?:51\s+Franklin|59\s+Temple|675\s+Mass)\b[\s\S]{0,70}?\d{5}(?:-\d{4})?(?:,?\s+USA)?", re.IGNORECASE
)

_EITHER = re.compile(r"(?<=modify, and/)or(?= distribute)", re.IGNORECASE)
"""The word that ISC has in one of its two forms."""


def spans(text: str) -> list[Span]:
    """What copies of a text fill in or leave out, in order."""
    found: list[Span] = []
    places = set(_places(text))
    for start, end, kind in sorted(places):
        within = any(s <= start and end <= e for s, e, outer in places if outer == OWNER and kind != OWNER)
        first, last = len(read(text[:start]).words), len(read(text[:end]).words)
        if last > first and not within:
            found.append((first, last - first, kind))
    return list(dict.fromkeys(found))


def _places(text: str) -> Iterator[tuple[int, int, int]]:
    """The same by characters."""
    owners = [place for match in _COPYRIGHT.finditer(text) if (place := _owner(match)) is not None]
    yield from ((*place, OWNER) for place in owners)
    yield from ((*match.span(), BLANK) for match in _BRACKETED.finditer(text) if _PLACEHOLDER.search(match[0]))
    yield from ((*match.span(), NAMED) for match in _NAMED.finditer(text))
    yield from ((*match.span(), ADDRESS) for match in _ADDRESS.finditer(text))
    yield from ((*match.span(), EITHER) for match in _EITHER.finditer(text))
    usage = _HOW_TO.search(text)
    if usage is not None:
        start = usage.start()
        yield from ((start + p.start(), start + p.end(), USAGE) for p in _PARAGRAPH.finditer(usage[0]))
        yield from ((start + p.start(), start + p.end(), OWNER) for p in _SAMPLE.finditer(usage[0]))
    for outside in _OUTSIDE.finditer(text):
        start = outside.start()
        pieces = (p for kind in (_PARAGRAPH, _ADDRESS_LINE) for p in kind.finditer(outside[0]))
        yield from ((start + p.start(), start + p.end(), LEFT_OUT) for p in pieces)
    yield from ((*place, TITLE) for place in _title(text) if place not in owners)


def _owner(match: "re.Match[str]") -> tuple[int, int] | None:
    """The part of a line that says whose the text is, up to where it begins to say something else."""
    stops = re.finditer(r"reserved\.?|\.(?=\s)", match[0], re.IGNORECASE)
    ends = [match.end(), *(match.start() + stop.end() for stop in stops)]
    for end in sorted(ends, reverse=True):
        piece = match.string[match.start() : end]
        words = [word for word in read(_BRACKETED.sub(" 2000 ", piece)).words if word not in {"<", ">"}]
        if reads_as_owners(words) or reads_as_owners([*words, "2000"]):
            return match.start(), end
    return None


def _title(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a heading: the first paragraph but for copyright lines, where it is short and states nothing."""
    heading = _HEADING.match(text)
    while heading is not None and all(reads_as_owners(read(row).words) for row in heading[0].strip().split("\n")):
        heading = _HEADING.match(text, heading.end())
    if heading is None:
        return
    words = read(heading.group()).words
    if words and not words[0].isdigit() and len(words) <= _TITLE_WORDS and (CLAUSE - _IN_TITLES).isdisjoint(words):
        begin = heading.start()
        rows = re.finditer(r"(?m)^[^\w\n]*\w[^\n]*", heading.group())
        yield from ((begin + row.start(), begin + row.end()) for row in rows)
