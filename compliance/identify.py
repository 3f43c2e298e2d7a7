"""Licence files -> what they are: read with bounds, recognised by their words, explained by section."""

import re
from collections.abc import Iterator
from pathlib import Path

from compliance import fingerprint, recognise
from compliance.catalog import Catalog
from compliance.fingerprint import Text
from compliance.library import Entry, Library
from compliance.model import Document, Rule, Struct
from compliance.recognise import Change, Match

MAX_BYTES = 5_000_000
_REFERENCE_WORDS = 450
_SPDX = re.compile(r"SPDX-License-Identifier:\s*([\w.+ ()-]+?)\s*(?:\*/|-->|$)", re.MULTILINE)
_UNDER = re.compile(
    r"(?:licen[cs]ed|released|distributed|available)\s+under\s+(?:the\s+)?(?:terms\s+of\s+)?(?:the\s+)?"
    r"([\w.+ ()-]{2,80}?)(?:\s+licen[cs]e)?(?:\s*\(|[,.;\n]|$)",
    re.IGNORECASE,
)


class Difference(Struct, frozen=True):
    """A change as it is told: the section where it is, its lines in the file, the file's words or our summary."""

    section: str | None
    line: int
    end_line: int
    was_missing: bool
    text: str


class Part(Struct, frozen=True):
    """A document that a file holds, with its lines."""

    id: str
    result: str
    line: int
    end_line: int
    also: tuple[str, ...] = ()


class Identified(Struct, frozen=True):
    """What a file is; `reason` says why nothing better can be said."""

    path: str
    result: str
    document: str | None = None
    documents: tuple[Part, ...] = ()
    changes: tuple[Difference, ...] = ()
    reason: str | None = None


def read(path: Path) -> str:
    """The text of a file in any usual encoding. Raises ValueError, with the reason, where it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise ValueError(f"cannot be read ({problem.strerror or problem})") from None
    if len(data) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes, no licence is that long")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:8192]:
        raise ValueError("binary")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def identify(path: Path, shown: str, library: Library, catalog: Catalog) -> Identified:
    """Say what a file is."""
    try:
        text = read(path)
    except ValueError as problem:
        return Identified(path=shown, result="unknown", reason=str(problem))
    return identify_text(text, shown, library, catalog)


def identify_text(text: str, shown: str, library: Library, catalog: Catalog) -> Identified:
    """Say what a text is."""
    words = fingerprint.read(text)
    found = recognise.recognise(words, library)
    if found.result == "unknown":
        return _reference(text, words, shown, catalog)
    if found.result == "modified" and found.matches[0].shared < recognise.NEAR * found.matches[0].entry.words:
        pointer = _reference(text, words, shown, catalog)  # a notice that another text quotes
        if pointer.result == "reference":
            return pointer
    documents = tuple(_part(match, catalog) for match in found.matches)
    changes = tuple(told for match in found.matches for told in _told(match, text, library, catalog))
    single = documents[0].id if found.result in {"exact", "modified"} else None
    return Identified(path=shown, result=found.result, document=single, documents=documents, changes=changes)


def _name(entry_id: str, catalog: Catalog) -> str:
    document = catalog.document(entry_id)
    return document.id if document is not None else entry_id


def _part(match: Match, catalog: Catalog) -> Part:
    names = sorted(
        {_name(name, catalog) for name in (match.entry.id, *match.also)}, key=lambda n: (_unread(n, catalog), n)
    )
    return Part(
        id=names[0],
        result="exact" if match.exact else "modified",
        line=match.line,
        end_line=match.end_line,
        also=tuple(names[1:]),
    )


def _unread(name: str, catalog: Catalog) -> bool:
    return catalog.document(name) is None


def _told(match: Match, text: str, library: Library, catalog: Catalog) -> Iterator[Difference]:
    if not match.changes:
        return
    lines = text.splitlines()
    document = catalog.document(match.entry.id)
    places = _places(document, match.entry, library) if document is not None and document.id == match.entry.id else []
    for change in match.changes:
        hit = _rules_at(change, places)
        section = ", ".join(dict.fromkeys(rule.section for rule in hit if rule.section)) or None
        if change.end > change.start:
            told = " ".join(" ".join(lines[change.line - 1 : change.end_line]).split())
            yield Difference(
                section=section, line=change.line, end_line=change.end_line, was_missing=False, text=told[:400]
            )
        if change.missing is not None and (change.end == change.start or change.missing[1] > 1):
            summary = (
                " ".join(dict.fromkeys(rule.summary for rule in hit)) or f"{change.missing[1]} words of the original"
            )
            yield Difference(
                section=section, line=change.line, end_line=change.end_line, was_missing=True, text=summary
            )


Places = list[tuple[int, int, Rule]]


def _places(document: Document, entry: Entry, library: Library) -> Places:
    """Where the rules of a document stand in its words: first word, count, rule."""
    runs = tuple(run.to_bytes(4, "little") for run in library.runs(entry))
    found = []
    for rule in document.rules:
        place = fingerprint.position(rule.anchor, runs) if rule.anchor else None
        if place is not None:
            found.append((*place, rule))
    return sorted(found, key=lambda item: item[:2])


def _rules_at(change: Change, places: Places) -> list[Rule]:
    first, count = change.missing or (change.at, 1)
    hit = [rule for start, length, rule in places if start < first + count and first < start + length]
    before = [rule for start, _, rule in places if start <= first]
    return hit or before[-1:]


# -- pointers --------------------------------------------------------------------------------------------------------


def _reference(text: str, words: Text, shown: str, catalog: Catalog) -> Identified:
    """A short notice or an SPDX header that points to a licence."""
    unknown = Identified(path=shown, result="unknown", reason=None if words.words else "no words")
    head = text if len(words.words) <= _REFERENCE_WORDS else ""
    names = [match[1] for match in _SPDX.finditer(text[:20_000])] or [match[1] for match in _UNDER.finditer(head)]
    for name in names:
        document = _pointed_at(name, catalog)
        if document is not None:
            part = Part(id=document, result="reference", line=1, end_line=max(words.lines, default=1))
            return Identified(path=shown, result="reference", document=document, documents=(part,))
    return unknown


def _pointed_at(name: str, catalog: Catalog) -> str | None:
    plain = re.sub(r"\s+", " ", name).strip(" .()")
    for candidate in (plain, f"{plain} License", re.sub(r"(?i)\s*licen[cs]e$", "", plain)):
        document = catalog.document(candidate) or catalog.document(candidate.replace(" ", "-"))
        if document is not None:
            return document.id
    short = re.sub(r"(?i)^the | licen[cs]e|,? version", "", plain).strip().replace(" ", "-")
    document = catalog.document(short)
    return document.id if document is not None else None
