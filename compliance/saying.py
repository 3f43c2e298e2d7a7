"""What the cards and notices beside a model say in words, held against the licence that its tag names."""

from collections.abc import Iterator

from msgspec import structs

from compliance import cards
from compliance.evidence import Copy, Evidence
from compliance.model import Location, Model, Struct
from compliance.references import limits

_OPEN = frozenset({"permissive", "public-domain", "copyleft", "network-copyleft", "weak-copyleft", "rail"})
"""Categories of licences under which anybody may use a work for nearly anything."""
_PASSED = frozenset({"text", "parts"})
"""Doubts of `identify` that the licences named say better."""


class Said(Struct, frozen=True):
    """What stands against a licence, where, and the licences that are named beside it."""

    told: str
    place: Location
    named: str | None = None
    binds: bool = True
    """Whether it is open what it means; where somebody has read the terms for the catalogue, their reading stands."""


def against(model: Model, known: set[str], evidence: Evidence) -> list[Said]:
    """What cards and notices say against an open licence, of the documents that are `known`.

    Nothing of a model whose terms somebody has stated for the project; of one whose terms somebody has read for the
    catalogue the limits alone, to be told.
    """
    if model.known_by == "project" or not known:
        return []
    documents = filter(None, map(evidence.catalog.document, known))
    if any(not document.category <= _OPEN for document in documents):
        return []
    return list(_said(model, known, evidence))


def _said(model: Model, known: set[str], evidence: Evidence) -> Iterator[Said]:
    is_read = model.confidence == "high"
    for place, text in evidence.words(model.id):
        kind = "card" if cards.is_page(place.path) else "notice"
        found = limits.limit(text)
        if found is not None:
            told = f"the {kind} beside the model limits in words what {model.license} grants: {found.words}"
            told += "; the catalogue, for which somebody has read its terms, decides" if is_read else ""
            yield Said(told=told, place=structs.replace(place, line=found.line, text=found.words), binds=not is_read)
        if cards.is_card(place.path) and not is_read and cards.is_broken(text):
            yield Said(told="the front matter of the card cannot be read as YAML, and may say more", place=place)
        if kind == "card" and not is_read:
            yield from _named(model, known, evidence.read(place.path, text), place, is_limited=found is not None)


def _named(model: Model, known: set[str], copy: Copy, place: Location, *, is_limited: bool) -> Iterator[Said]:
    """Licences that the text of a card names beside the known one, and doubts about that.

    What may limit beside the name of a licence is told where no sentence of the card was found to limit anyway.
    """
    found = copy.found
    if found.result != "reference":
        return
    reason = found.reason or ""
    is_version = found.doubt == "version" and any(name in reason for name in known)
    is_told = found.doubt in _PASSED or (found.doubt == "limit" and is_limited)
    tag = f"the card has the tag {model.license}, and" if model.known_by == "card" else "the card"
    if found.doubt is not None and not is_told and not is_version:
        yield Said(told=f"{tag} {reason}", place=place)
    more = [part.id for part in found.documents if part.id not in known]
    if more and found.document is not None and " OR " not in (found.expression or ""):
        told = f"{tag} names {', '.join(more)} in its text; both are taken to bind"
        yield Said(told=told, place=place, named=" AND ".join(more))
