"""Lists of stanzas, as Debian's copyright files are -> the texts in them, without the fields around."""

import re
from collections.abc import Iterator

from compliance.model import Struct

_STANZAS = re.compile(r"\A\s*format:\s*\S*(?:copyright-format|dep5|dep-5)", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]*):[ \t]*(.*)")
_COPYRIGHT = re.compile(r"\(c\)|\u00a9|copyright", re.IGNORECASE)
_TELLS = frozenset(
    "format files files-excluded upstream-name upstream-contact upstream-source source license maintainer".split()
)
"""Fields that say nothing of terms in their first lines."""
_AS_UPSTREAM = re.compile(
    r"(?:the )?(?:debian )?packag(?:ing|e) (?:is|are|has) (?:(?:licensed|released|distributed) )?(?:under )?(?:the )?"
    r"same (?:terms|licen[cs]e)(?: terms)? (?:as|of) (?:the )?(?:(?:upstream|original|main|packaged)(?: |(?=\.?\Z)))?"
    r"(?:(?:itself|sources?|code|project|package|software|program|library|works?)(?: |(?=\.?\Z))){0,2}\.?",
    re.IGNORECASE,
)
"""A comment that leaves the terms as they are."""
_DEDICATED = re.compile(
    r"(?:dedicated|released|placed) (?:in|into|to) the public[ -]domain (?:\(CC0(?:[ -]1\.0)?\) )?by ", re.IGNORECASE
)
"""What owners did with their rights, before their names; the name of the licence is in another field."""
_CREDIT = re.compile(r"(?:originally )?(?:written|created|developed) (?:in )?(?=\d{4}\b)", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:held by )?(?:the )?(?:contributors|authors|developers|maintainers|people) (?:mentioned|listed|named|found) in"
    r" (?:the )?(?:file )?[\w./-]{1,60}",
    re.IGNORECASE,
)
"""Where owners are listed."""
_IN_PUBLIC_DOMAIN = re.compile(
    r"(?:(?:this|the) (?:work|code|files?|software|packag(?:e|ing)) (?:is|are|has been|was) )?(?:hereby )?"
    r"(?:(?:released|placed|put|dedicated) (?:into|in|to) )?(?:the )?public[ -]domain"
    r"(?: by (?:(?:its|the) )?authors?)?\.?",
    re.IGNORECASE,
)
"""Words that give up all rights, and say nothing besides."""

_LICENSE = re.compile(r"^License:[ \t]*([^\n]*)((?:\n[ \t]+[^\n]*)*)", re.IGNORECASE | re.MULTILINE)
FIELD = re.compile(r"^(License:[ \t]*)([^\n]*)", re.IGNORECASE | re.MULTILINE)
"""Where a stanza names a licence, and what it says there."""
_REFERENCE = re.compile(r"\n(?:License-)?Reference:[ \t]*(/usr/share/common-licenses/[^\n]*)", re.IGNORECASE)
"""Where Debian keeps the text of what the line above it names."""
_COMMENT = re.compile(r"^Comment:([^\n]*(?:\n[ \t]+[^\n]*)*)", re.IGNORECASE | re.MULTILINE)
_COPYRIGHT_FIELD = re.compile(r"^Copyright:([^\n]*(?:\n[ \t]+[^\n]*)*)", re.IGNORECASE | re.MULTILINE)
_JOINED = re.compile(r",|\s(?:and|or)\s")
_APPLIES = re.compile(r"^(?:Files|Format):", re.IGNORECASE | re.MULTILINE)
_WORDS = re.compile(r"[\s,()]+")
_PARTED = re.compile(r"\n[ \t\r]*\n")


class Stated(Struct, frozen=True):
    """What a stanza names as a licence, from character to character."""

    said: str
    start: int
    end: int


class Body(Struct, frozen=True):
    """What a list writes below the name of a licence, as its own lines, from character to character."""

    name: str
    said: str
    start: int
    end: int
    owners: tuple[str, ...]
    """Rows of the owners of what stands under that name, as files say them themselves."""


def written(text: str) -> Iterator[Body]:
    """What is written below the names of licences, but for words that only give all rights up."""
    owned = _owned(text)
    for match in _LICENSE.finditer(text):
        if match[2].strip(" \t\r\n.") and not _gives_up(match[1], match[2]):
            said = "\n".join("" if row.strip() == "." else row.removeprefix(" ") for row in match[2].split("\n"))
            name = match[1].strip()
            owners = tuple(dict.fromkeys(owned.get(name.casefold(), ())))
            yield Body(name=name, said=said, start=match.start(2), end=match.end(2), owners=owners)
        elif not match[2] and (where := _REFERENCE.match(text, match.end())) is not None:
            yield Body(name=match[1].strip(), said=where[1], start=where.start(1), end=where.end(1), owners=())


def _owned(text: str) -> dict[str, list[str]]:
    """The rows of owners of the stanzas that put files under a name, by the folded name, and by each that it joins."""
    found: dict[str, list[str]] = {}
    for stanza in _PARTED.split(text):
        rows = [_owners(row) for one in _COPYRIGHT_FIELD.finditer(stanza) for row in one[1].split("\n") if row.strip()]
        for match in _LICENSE.finditer(stanza) if rows else ():
            said = match[1].strip().casefold()
            for name in {said, *(name.strip() for name in _JOINED.split(said))}:
                found.setdefault(name, []).extend(rows)
    return found


def stated(text: str) -> list[Stated]:
    """What a list puts files under; a stanza that is of no files and tells what such a name means is left out."""
    found: list[tuple[Stated, bool]] = []
    at = 0
    for end in [*(match.start() for match in _PARTED.finditer(text)), len(text)]:
        applies = _APPLIES.search(text, at, end) is not None
        for match in _LICENSE.finditer(text, at, end):
            if match[1].strip():
                found.append((Stated(said=match[1].strip(), start=match.start(), end=match.end(1)), applies))
        at = end
    used = {one.said.casefold() for one, applies in found if applies}
    words = {word for said in used for word in _WORDS.split(said)}
    return [one for one, applies in found if applies or one.said.casefold() not in used | words]


def told(text: str) -> frozenset[str]:
    """The names of which a list has the words, folded; to give up all rights are no words of a licence."""
    return frozenset(
        match[1].strip().casefold()
        for match in _LICENSE.finditer(text)
        if match[2].strip(" \t\r\n.") and not _gives_up(match[1], match[2])
    )


def is_list(text: str) -> bool:
    """Whether a text is a list of stanzas, each of which names its licence, as Debian writes them."""
    return _STANZAS.match(text) is not None


def remarks(text: str) -> Iterator[str]:
    """What the fields of a list say that are none of files, owners, licences or where the work is from."""
    rows: list[str] = []
    for row in (*text.split("\n"), "End:"):
        match = _FIELD.match(row)
        if match is None:
            rows += [row.strip()] if rows else []
            continue
        if rows:
            yield "\n".join(rows)
        rows = [] if match[1].lower() in _TELLS | {"copyright"} else [match[2]]


def bodies(text: str) -> str:
    """The list, line for line, with its fields blanked but for owners and for what is written below a licence's name.

    Fields that are none of the format stay as they are, for they may say anything.
    """
    rows, field = [], ""
    for row in _LICENSE.sub(_given_up, _COMMENT.sub(_as_upstream, text)).split("\n"):
        if (match := _FIELD.match(row)) is not None:
            field = match[1].lower()
            rows.append("" if field in _TELLS else _owners(match[2]) if field == "copyright" else row)
        elif field == "copyright":
            rows.append(_owners(row))
        elif field in _TELLS - {"license"}:
            rows.append("")
        else:
            rows.append("" if row.strip() == "." else row.removeprefix(" "))
    return "\n".join(rows)


def _owners(said: str) -> str:
    """A row of owners as files say it themselves; of one that only tells where they are listed nothing."""
    if _LISTED.fullmatch(said.strip()):
        return ""
    said = said.strip()
    done = _CREDIT.match(said) or _DEDICATED.match(said)
    said = said if done is None else said[done.end() :]
    return said if not said or _COPYRIGHT.match(said) else f"Copyright (c) {said}"


def _as_upstream(match: "re.Match[str]") -> str:
    """A comment as empty lines, where it says that the packaging is under the same terms."""
    said = " ".join(match[1].split())
    return "\n" * match[0].count("\n") if _AS_UPSTREAM.fullmatch(said) else match[0]


def _given_up(match: "re.Match[str]") -> str:
    return "License:" + "\n" * match[0].count("\n") if _gives_up(match[1], match[2]) else match[0]


def _gives_up(name: str, said: str) -> bool:
    """Whether a stanza puts files in the public domain, and says nothing besides."""
    named = name.strip().casefold().replace(" ", "-") == "public-domain"
    return named and _IN_PUBLIC_DOMAIN.fullmatch(" ".join(said.split())) is not None
