"""What decisions say of a row, and the worst of several."""

from collections.abc import Iterable, Sequence

from compliance.bulk.licences import Element
from compliance.logic import NOTHING
from compliance.model import SEVERITY, Document, Struct, Value, Verdict
from compliance.terms import Decision

_STRICTEST_FIRST = (
    "research-only", "non-commercial", "proprietary", "source-available", "network-copyleft", "copyleft",
    "weak-copyleft", "rail", "community", "terms", "permissive", "public-domain",
)  # fmt: skip

NO_DEPTH = -1


class Group(Struct, frozen=True):
    """What rows have in common that are decided together; `id` is that of one of them."""

    id: str
    own: int
    inherited: int
    depth: int
    """Generations to the furthest ancestor, NO_DEPTH in and below a cycle."""
    shape: int = 0
    known: int = -1
    """The place of its model in the catalogue, which may know none."""
    facts: int = 0
    use: int = 0
    cycle: int = 0

    def lineage_depth(self) -> dict[str, Value]:
        """What is known of its depth, as a fact."""
        return {} if self.depth == NO_DEPTH else {"lineage_depth": self.depth}


class Result(Struct, frozen=True):
    """What the table says of a group; `target` is the inherited licence that decided."""

    verdict: Verdict
    rules: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    drift: tuple[str, ...] = ()
    target: Element | None = None

    @property
    def in_sum(self) -> tuple[Verdict, tuple[str, ...]]:
        """What is counted."""
        return self.verdict, self.drift


class Told(Struct, frozen=True):
    """Of a decision: its verdict, and what in the actions that have it decided."""

    verdict: Verdict
    rules: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING
    reasons: frozenset[str] = NOTHING


def told(decision: Decision) -> Told:
    """What a decision says, in short."""
    worst = decision.verdict
    bad = [outcome for outcome in decision.actions.values() if outcome.verdict == worst]
    return Told(
        verdict=worst,
        rules=frozenset(j.rule.key for outcome in bad for j in outcome.decisive if j.rule.effect != "permission"),
        missing=NOTHING.union(*(outcome.missing for outcome in bad)),
        reasons=frozenset(reason for outcome in bad for reason in outcome.review),
    )


def joined(parts: Sequence[Told]) -> tuple[int, Told]:
    """The worst of the parts: the place of the first that is, and what all that are as bad say."""
    worst: Verdict = max((part.verdict for part in parts), key=SEVERITY.__getitem__)
    bad = [part for part in parts if part.verdict == worst]
    place = next(place for place, part in enumerate(parts) if part.verdict == worst)
    if len(bad) == 1:
        return place, bad[0]
    return place, Told(
        verdict=worst,
        rules=NOTHING.union(*(part.rules for part in bad)),
        missing=NOTHING.union(*(part.missing for part in bad)),
        reasons=NOTHING.union(*(part.reasons for part in bad)),
    )


def result(found: Told) -> Result:
    """The same as the table says it."""
    return Result(
        verdict=found.verdict,
        rules=tuple(sorted(found.rules)),
        missing=tuple(sorted(found.missing)) if found.verdict == "undetermined" else (),
        reasons=tuple(sorted(found.reasons)),
    )


def family(found: Iterable[Document]) -> str:
    """The licence family of a row, for the summary: the strictest category of its documents."""
    categories = frozenset().union(*(document.category for document in found))
    return next((name for name in _STRICTEST_FIRST if name in categories), "unknown")
