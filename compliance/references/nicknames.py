"""The names that people give licences, with a version or without -> the documents that are meant."""

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from compliance.catalog import Catalog
from compliance.model import Struct
from compliance.references import gnu
from compliance.references.spellings import Spellings, compared, spellings
from compliance.references.tokens import Token, tokenised
from compliance.texts.library import Library

_FURTHER = re.compile(
    r"^(?!\D{0,40}?\n[ \t]*(?:\n|\d{1,2}[.)]\s))"
    r"[\s,(\u2013-]{0,12}(?:(?:public\s)?\s{0,4}licen[cs]e[\s,(-]{0,12})?(?:\([^()\d]{1,20}\)[\s,-]{0,12})?"
    r"(?:either\s)?\s{0,4}"
    r"(?:(?:version|ver\.?|v\.?)\s*(\d+(?:\.\d+)*[a-c]?)|(?<![,;])[ -](\d\d?(?:\.\d+)*))(?![\w%]|\.[a-z])",
    re.IGNORECASE,
)
_LONGER = re.compile(
    r"^(?:[ \t]+(?!(?:Open|Source|Free|Public|Software|License|Licence|General|Community|Permissive|Model|International"
    r"|and|or|Version|Agreement|Standard|Generic|Unported|Terms|Universal)\b)[A-Z][a-z]+){1,3}"
    r"(?:[ \t]+(?:Open|Source|Use|Model|Software|Community|Public))*[ \t]+(?:License|Licence|Agreement)\b"
)
"""Words of a name of which a shorter name is the beginning: `Intel Research Use License`."""
_GLUED = re.compile(r"(?<![\w.-])[A-Za-z]{2,12}-v?\d[\d.]{0,6}-$")
"""What stands before the end of another name, without a space: `FSL-1.1-` before `Apache-2.0`."""
_OF_A_WORK = re.compile(r"[ \t]+(?!(?:Licen[cs]e|Public|Software|Agreement|Open|Version)\b)[A-Z][a-z]")
"""A further word of the name of something, of which a word is the first: `Zed Attack Proxy`."""
_SKIPS = frozenset("-,()[]\"'`\u2013\u2014\u201c\u201d\u2018\u2019&/*_\uff0c\uff08\uff09\u300a\u300b")
_BESIDE = frozenset("-\"'`\u201c\u201d\u2018\u2019)]*_")
_MOST_SKIPPED = 5


class Name(Struct, frozen=True):
    """A name in a text: what it means, or None where that is no one document."""

    document: str | None
    start: int
    end: int
    says: bool
    """Whether a word such as `license` belongs to it."""
    among: tuple[str, ...] = ()
    """The documents of the family that is named, where no version is."""


class Names:
    """Finds documents by any name that people write."""

    def __init__(self, library: Library, catalog: Catalog) -> None:
        self.library, self.catalog = library, catalog

    def document(self, name: str) -> str | None:
        """The id of the document that a name means; SPDX's own `-or-later` and `-only` are kept."""
        name = name.strip(" .,()\"'")
        if (called := self._called(name)) is not None:
            return called
        found = next(self.within(name), None)
        whole = found is not None and not re.search(r"\w", name[: found.start] + name[found.end :])
        return found.document if found is not None and whole else None

    def _called(self, name: str) -> str | None:
        """The id of the document that the SPDX list or the catalogue calls so."""
        listed = self.library.named(re.sub(r"\+$", "-or-later", name)) or self.library.named(name)
        known = self.catalog.document(name)
        if listed is not None and (known is None or re.search(r"-(?:only|or-later)$", listed.id)):
            return listed.id
        return known.id if known is not None else None

    def family(self, name: str) -> tuple[str, ...]:
        """The documents that a name without a version may mean."""
        return self._index.families.get(compared(name), ())

    def is_own(self, document: str) -> bool:
        """Whether a document is a publisher's own, whose name may be that of a model as well."""
        return document in self._index.own

    def within(self, text: str) -> Iterator[Name]:
        """The names in a text, in order."""
        tokens = list(tokenised(text))
        at = 0
        while at < len(tokens):
            found = self._found(tokens, at, text)
            if found is None:
                at += 1
                continue
            yield found
            while at < len(tokens) and tokens[at].start < found.end:
                at += 1

    def _found(self, tokens: Sequence[Token], at: int, text: str) -> Name | None:
        if not tokens[at].text or tokens[at].sign:
            return None
        match = self._longest(tokens, at, text)
        if tokens[at].text in gnu.UNVERSIONED and (match is None or " " not in match[0] or re.search(r"\d", match[0])):
            return self._gnu(tokens, at, text)
        if match is None:
            return None
        key, last = match
        index, rest = self._index, text[tokens[last].end : tokens[last].end + 200]
        document = self._as_tag(text[tokens[at].start : tokens[last].end]) or index.names[key]
        among = index.families.get(key, ())
        further = None if tokens[last].text[:1].isdigit() else _FURTHER.match(rest)
        version = (further[1] or further[2]) if further is not None else None
        if version is not None and not _ends_with(document or "", version):
            document, among = index.names.get(compared(f"{key} {version}")), ()  # or none that is known
        if document is not None and _LONGER.match(rest):
            document, among = None, ()  # the beginning of another name
        glued = _GLUED.search(text[max(0, tokens[at].start - 24) : tokens[at].start])
        if glued is not None:  # the end of a name that nobody knows, or it would have been found from its beginning
            return Name(document=None, start=tokens[at].start - len(glued[0]), end=tokens[last].end, says=True)
        if document is not None and gnu.LATER.match(rest[further.end() :] if version and further else rest):
            document = self._called(f"{document}-or-later") or document
        named = _named(document, tokens, _widened(tokens, at, last))
        return structs.replace(named, among=among) if named.says or key not in index.titled else None

    def _longest(self, tokens: Sequence[Token], at: int, text: str) -> tuple[str, int] | None:
        """The longest name that begins at a token, and its last token."""
        names, begins = self._index.names, self._index.begins
        key, found, skipped = "", None, 0
        for place in range(at, len(tokens)):
            token = tokens[place]
            if token.sign or not token.text:
                skipped += 1
                inside = token.text == "." and token.end == tokens[min(place + 1, len(tokens) - 1)].start
                if skipped > _MOST_SKIPPED or (token.sign and token.text not in _SKIPS and not inside):
                    break
                continue
            key, skipped = f"{key} {token.text}" if key else token.text, 0
            if key not in begins:
                break
            if key in names and self._as_written(key, tokens[at].start, token.end, text):
                found = key, place
        return found

    def _as_written(self, key: str, start: int, end: int, text: str) -> bool:
        """Names that are a word of the language too, as `Fair` is, count as the SPDX list writes them, and alone."""
        document = self._index.names[key] or ""
        word = document.isalpha() and key == document.casefold()
        if not word or document in self.catalog.index.documents:
            return True
        return text[start:end] == document and (document.isupper() or _OF_A_WORK.match(text, end) is None)

    def _as_tag(self, written: str) -> str | None:
        """The document that the catalogue knows by a name as it is written, which goes before what is read into it."""
        known = self.catalog.document(re.sub(r"\s+", "-", written)) or self.catalog.document(written)
        if known is None or known.id not in self._index.own or compared(written) in self._index.families:
            return None
        return known.id

    def _gnu(self, tokens: Sequence[Token], at: int, text: str) -> Name:
        token = tokens[at]
        first, last = _widened(tokens, at, at)
        said = gnu.said(text, tokens[first].start, token.end)
        if said is None:
            name = _named(gnu.UNVERSIONED[token.text], tokens, (first, last))
            return structs.replace(name, among=self._index.families.get(token.text, ()))
        family = f"{token.text.upper()}-{said.version}"
        document = self._called(f"{family}{said.ending}") or self._called(f"{family}-only")
        while first and tokens[first - 1].start >= said.start:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].start < said.end:
            last += 1
        return _named(document, tokens, _widened(tokens, first, last))

    @property
    def _index(self) -> Spellings:
        return spellings(self.library, self.catalog)


def _named(document: str | None, tokens: Sequence[Token], place: tuple[int, int]) -> Name:
    first, last = place
    return Name(
        document=document, start=tokens[first].start, end=tokens[last].end,
        says=any(token.says or token.text == "terms" for token in tokens[first : last + 1]),
    )  # fmt: skip


def _widened(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """With the words before and after that belong to a name and say nothing."""
    while first and not tokens[first - 1].sign and not tokens[first - 1].text:
        first -= 1
    at = last + 1
    while at < len(tokens) and (not tokens[at].text or (tokens[at].sign and tokens[at].text in _BESIDE)):
        if not tokens[at].sign:
            last = at
        at += 1
    return first, last


def _ends_with(document: str, version: str) -> bool:
    return re.search(rf"[-v]{re.escape(version)}(?:\.0)*$", document) is not None
