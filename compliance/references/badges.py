"""Pictures that say a licence, as shields.io draws them -> the documents that they name, or what they say else."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from compliance.model import Struct
from compliance.references.nicknames import Names

BADGE = re.compile(
    r"(?:https?://)?img\.shields\.io/(?:badge/(?=[^-\s)\"']{0,40}?licen[cs]e)[^-\s)\"']{1,60}+-"
    r"(?P<drawn>(?:--|[^-\s)\"']|\x20(?=[\w.+\x20]{1,20}+-)){1,60}+)-[^\s)\"']{0,100}"
    r"|badge/-?(?P<alone>(?:--|[^-\s)\"']){1,60}+)-[^?\s)\"']{0,40}\?(?=[^\s)\"']{0,200}?\blabel=[^&\s)\"']{0,40}?licen[cs]e)"
    r"[^\s)\"']{1,300}"
    r"|static/v1\?(?=[^\s)\"']{0,300}?\blabel=[^&\s)\"']{0,40}?licen[cs]e)[^\s)\"']{0,300}?\bmessage=(?P<told>[^&\s)\"']{1,80})"
    r"[^\s)\"']{0,200})",
    re.IGNORECASE,
)
"""One with a label, or with the label among its options."""


class Badge(Struct, frozen=True):
    """What a badge says, from character to character, and the document that it names; `among`: without a version."""

    said: str
    start: int
    end: int
    document: str | None
    among: tuple[str, ...] = ()


def badges(text: str, names: Names) -> Iterator[Badge]:
    """The badges of a text whose labels speak of a licence."""
    for match in BADGE.finditer(text):
        said = (
            unquote(match["drawn"] or match["alone"] or match["told"])
            .replace("--", "\0")
            .replace("_", " ")
            .replace("\0", "-")
            .strip()
        )
        document = names.document(said) or next((name.document for name in names.within(said)), None)
        yield Badge(said=said, start=match.start(), end=match.end(), document=document, among=names.family(said))
