"""Pictures that say a licence, as shields.io draws them -> the documents that they name, or what they say else."""

from collections.abc import Iterator

from compliance.model import Struct
from compliance.references.nicknames import Names
from compliance.references.shields import read, written


class Badge(Struct, frozen=True):
    """What a badge says, from character to character, and the document that it names; `among`: without a version."""

    said: str
    start: int
    end: int
    document: str | None
    among: tuple[str, ...] = ()


def badges(text: str, names: Names) -> Iterator[Badge]:
    """The badges of a text whose labels speak of a licence."""
    for match in written(text):
        said = read(match[match.lastgroup or 0])
        document = names.document(said) or next((name.document for name in names.within(said)), None)
        yield Badge(said=said, start=match.start(), end=match.end(), document=document, among=names.family(said))
