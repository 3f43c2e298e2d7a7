"""Which version of a GNU licence a text says, before or after its name, and whether that or any later one."""

import re

from msgspec import structs

from compliance.model import Struct

_OPTION = r"(?:\(?(?:at\s++)?you(?:r|['\u2019]re)\s++(?:own\s++)?(?:option|opinion|choice|discretion)\)?[\s,]*+)?"
_OF = (
    r"(?:\.?\s*+of\s++(?:(?:the|this|that)\s++)?(?:GNU\s++)?(?:(?:L|A|Lesser\s++|Library\s++|Affero\s++)?"
    r"(?:GPL|General\s++Public\s++))?\s*+(?:licen[cs]e)?[\s,;]*+)?"
)
_DATED = r"(?:[\s,(]*+dated\s++[A-Z][a-z]{2,8}(?:\s++\d{1,2})?,?\s++\d{4}[\s,;)]*+)?"
_PUBLISHED = (
    r"(?:[\s,;(]*+as\s++published\s++by\s++(?:the\s++)?(?:Free\s++Software\s++Foundation|FSF)\)?"
    r"(?:,?\s++Inc\.?)?[\s,;]*+)?"
)
_SHORT = r"(?:\s*+\((?:the\s++)?[\"'\u201c]?(?:GNU\s++)?[AL]?GPL[^()]{0,6}\)[\s,]*+)?"
LATER = re.compile(
    rf"^{_SHORT}[\s,;)(\"'\u201d-]{{0,4}}+{_OF}{_SHORT}{_PUBLISHED}{_DATED}"
    rf"(?:\+|[\s(-]*+plus\b|[\s(,;]*+(?:or|and)[\s,(-]++{_OPTION}(?:(?:any|a|all)\s++)?"
    r"(?:later|newer|above|higher|greater|subsequent|superior)\b|或更[高新]|或(?:任何)?(?:之后|以后|更新))",
    re.IGNORECASE,
)
_ONLY = re.compile(rf"^[\s,)(-]{{0,3}}+{_OF}(?:and\s++)?only\b", re.IGNORECASE)
_VERSION = r"(?:versions?|vers?\.?|v\.?|rev(?:ision|\.)?|release)"
_NEAR = re.compile(
    r"^(?:[\s-]*+licen[cs]es?)?(?:\s*+\(>=\s*+(?P<least>\d(?:\.\d)?)\s*+\)"
    r"|[\s,;:-]*+(?:\([^()\d]{1,20}\)[\s,;:-]*+)?\(?(?:either\s++)?"
    rf"(?:{_VERSION})?\s*+(?P<version>\d(?:\.\d)?)(?!(?!plus\b)\w|%|\.\d))",
    re.IGNORECASE,
)
_GLUED = re.compile(r"^[\s-]*+v?[\s.]?(?P<version>(?:1|2|3)\d)(?=[\s+)-]|plus\b|$)", re.IGNORECASE)
_FAR = re.compile(
    r"^[^.]{0,40}?\bas\s+published\s+by\b(?:[^.]|\b(?:Inc|St|Ste)\.){0,160}?\bversion\s+(?P<version>\d(?:\.\d)?)(?!\w|\.\d)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b{_VERSION}\s*+(?P<version>\d(?:\.\d)?)(?P<said>[^.:\d]{{0,70}}?)\bof\s+(?:the\s+)?(?:(?:GNU|FSF)\S{{0,3}}\s+)*"
    r"(?:lesser\s+|affero\s+|library\s+)?$",
    re.IGNORECASE,
)
_REACH = 140
UNVERSIONED = {"gpl": "GPL-1.0-or-later", "lgpl": "LGPL-2.0-or-later", "agpl": "AGPL-3.0-or-later"}
"""What a name without a version means: sections 9, 13 and 14 of these licences let the recipient choose any.

They do so of a program that names no version, and another of its files may name one.
"""
_ENDING = re.compile(r"-(?:only|or-later)$")
_VERSIONED = re.compile(r"(?<=gpl-|fdl-)\d\.\d$")


class Said(Struct, frozen=True):
    """What is said of the version of a licence, and from where to where."""

    version: str
    ending: str
    start: int
    end: int


def whatever(document: str) -> str:
    """The id of a document without the case of its letters, and without what it says of later versions."""
    return _ENDING.sub("", document.casefold())


def is_within(one: str, other: str) -> bool:
    """Whether whoever keeps to one document keeps to another: to the same, or to some of its versions alone."""
    (stem, version, later), (of, least, on) = map(_versions, (one, other))
    return stem == of and (version == least or (on and version > least)) and (on or not later)


def _versions(document: str) -> tuple[str, str, bool]:
    """What a document is called without its version, that, and whether later ones are meant too."""
    bare = whatever(document)
    version = _VERSIONED.search(bare)
    later = document.casefold() != bare and not document.casefold().endswith("-only")
    return (bare[: version.start()], version[0], later) if version is not None else (bare, "", later)


def said(text: str, start: int, end: int) -> Said | None:
    """What a text says of the version of a licence that it names from place to place; a full name means it alone."""
    found = _said(text, start, end)
    if found is None or found.ending or "eneral" not in text[start:end]:
        return found
    return structs.replace(found, ending="-only")


def _said(text: str, start: int, end: int) -> Said | None:
    rest = text[end : end + 400]
    found = _NEAR.match(rest) or _FAR.match(rest)
    if found is not None:
        least = found.groupdict().get("least")
        version, after = least or found["version"], rest[found.end() :]
        later = LATER.match(after)
        ending = "-or-later" if least or later else "-only" if _ONLY.match(after) else ""
        return Said(version=_whole(version), ending=ending, start=start,
                    end=end + found.end() + (later.end() if later else 0))  # fmt: skip
    if glued := _GLUED.match(rest):
        later = LATER.match(rest[glued.end() :])
        return Said(
            version=".".join(glued["version"]), ending="-or-later" if later else "", start=start,
            end=end + glued.end() + (later.end() if later else 0),
        )  # fmt: skip
    first = max(start - _REACH, 0)
    before = _BEFORE.search(text[first:start])
    if before is None or not _says_only_that(before["said"]):
        return None
    later = LATER.match(before["said"]) or LATER.match(rest)
    ending = "-or-later" if later else "-only" if _ONLY.match(before["said"]) or _ONLY.match(rest) else ""
    return Said(version=_whole(before["version"]), ending=ending, start=first + before.start(), end=end)


def _whole(version: str) -> str:
    return version if "." in version else f"{version}.0"


def _says_only_that(words: str) -> bool:
    """Whether words between a version and `of` say no more than `only` or `or later`."""
    said = LATER.match(words) or _ONLY.match(words)
    return not re.search(r"\w", re.sub(r"(?i)\bversions?\b", "", words[said.end() if said is not None else 0 :]))
