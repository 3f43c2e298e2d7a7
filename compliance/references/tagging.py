"""SPDX tags and fields of stanzas -> the documents of the expressions in them, the choices, and what nobody knows."""

import re
from collections.abc import Iterable, Iterator

from compliance.model import Struct
from compliance.references.nicknames import Names

TAG = re.compile(
    r"SPDX-License-Identifier:\s*+([\w.+():-](?:[\w.+ ():-]{0,2000}?[\w.+():-])??)[^\S\n]*+(?:\*/|-->|\"|'|$)",
    re.MULTILINE,
)
FIELD = re.compile(
    r"^[ \t#*/;-]*licen[cs]e(?:_name)?[ \t]*[:=][ \t]*+(?:[\"'] *+)?"
    r"([\w.+()-][\w.+ ()-]{0,58}?[\w.+()-])[ \t]*+(?:[\"'][ \t]*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_BOTH = re.compile(r"\s(?:AND|WITH|and|with)\s|&")
_OPERATOR = re.compile(r"(?:(?<=[\s)])|^)(?:AND|OR|WITH|and|or|with)(?=[\s(])|[()&|]")
_SENTENCE = re.compile(r"\.\s+(?=[A-Z])")


class Tag(Struct, frozen=True):
    """An expression as it is written, with what it names, from character to character."""

    said: str
    start: int
    end: int
    documents: tuple[str, ...]
    lost: str | None
    """The first part of it that nobody knows, where that binds."""

    @property
    def choice(self) -> frozenset[str]:
        """All documents of an expression that joins them by nothing but OR."""
        return frozenset() if _BOTH.search(self.said) else frozenset(self.documents)


def tags(text: str, names: Names) -> list[Tag]:
    """The tags of a text, in order."""
    return [_tag(match, names) for match in TAG.finditer(text)]


def fields(text: str, names: Names) -> list[Tag]:
    """The fields of a list of stanzas that name licences, in order."""
    return [_tag(match, names) for match in FIELD.finditer(text)]


def lost(found: Iterable[Tag]) -> str | None:
    """What expressions bind together with what is known, and is not known itself."""
    name = next((tag.lost for tag in found if tag.lost is not None), None)
    return f"names {name}, which is none that is known" if name is not None else None


def _tag(match: re.Match[str], names: Names) -> Tag:
    said = _whole(match[1])
    known = {part: names.document(part) for part in _parts(said)}
    first = next((part for part, document in known.items() if document is None), None)
    binds = _BOTH.search(said) is not None or not any(known.values())
    return Tag(
        said=said, start=match.start(), end=match.start(1) + len(said),
        documents=tuple(document for document in known.values() if document is not None),
        lost=first if binds else None,
    )  # fmt: skip


def _whole(said: str) -> str:
    """An expression without the sentence that goes on behind it, or the bracket that it stands in."""
    said = _SENTENCE.split(said)[0]
    depth = 0
    for at, sign in enumerate(said):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return said[:at]
    return said


def _parts(expression: str) -> Iterator[str]:
    yield from (part.strip() for part in _OPERATOR.split(expression) if part.strip())
