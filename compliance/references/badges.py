"""Pictures that say a licence, as shields.io draws them -> the documents that they name, or what they say else."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from compliance.model import Struct
from compliance.references.nicknames import Names

BADGE = re.compile(
    r"img\.shields\.io/badge/(?=[^-\s)\"']{0,40}?licen[cs]e)[^-\s)\"']{1,60}+-((?:--|[^-\s)\"']){1,60}+)-",
    re.IGNORECASE,
)


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
        said = unquote(match[1]).replace("--", "\0").replace("_", " ").replace("\0", "-").strip()
        document = names.document(said) or next((name.document for name in names.within(said)), None)
        yield Badge(said=said, start=match.start(), end=match.end(), document=document, among=names.family(said))
