"""What a derivative declares, held against what it inherits; the tree that shows both."""

import re
from collections.abc import Iterable, Iterator

from compliance.audit import Assessment, Auditor
from compliance.engine import Leaf, Terms
from compliance.lineage import Path, ancestors
from compliance.model import Document, Finding, Model, Struct

OPEN = frozenset({"permissive", "public-domain"})
NARROW = frozenset({"non-commercial", "research-only"})


class Drift(Struct, frozen=True):
    """A disagreement: its kind, the derivative, the rule or document of the ancestor, and a sentence."""

    kind: str
    subject: str
    rule: str | None
    summary: str


def drift(model: Model, auditor: Auditor) -> list[Drift]:
    """Every disagreement between a model's own licence and those it inherits."""
    found: list[Drift] = []
    own = documents(model, auditor)
    if model.parents and model.license is None and model.known_by != "project":
        found.append(_drift("license-missing", model, None, "declares no licence of its own"))
    for path, ancestor in ancestors(model, auditor.find):
        if path[-1].relation == "trained-on":
            continue
        if ancestor is None:
            found.append(_drift("unknown-parent", model, None, f"is made from {path[-1].id}, which is not known"))
            continue
        again = all(edge.relation != "trained-on" for edge in path)  # a data set made with a model may train it again
        if again and ancestor.id.casefold() == model.id.casefold():
            found.append(_drift("cycle", model, None, f"is its own ancestor through {path[0].id}"))
        for document in documents(ancestor, auditor):
            found += against(model, own, document, path)
    nearest: dict[tuple[str, str | None], Drift] = {}
    for item in found:
        nearest.setdefault((item.kind, item.rule or item.summary), item)
    return list(nearest.values())


def findings(assessments: Iterable[Assessment], auditor: Auditor) -> list[Finding]:
    """The disagreements of what was assessed, as findings of its report.

    A name that a derivative of one's own lacks is one where the use owes it.
    """
    found = []
    for item in assessments:
        model = auditor.find(item.subject)
        if model is None or not model.parents or item.access == "api":
            continue
        owed = {judged.rule.key for judged in item.decision.judged if judged.bears and judged.step.truth is not False}
        for told in drift(model, auditor):
            if told.kind != "name-prefix-missing" or model.known_by != "project" or told.rule in owed:
                found.append(Finding(rule=f"drift-{told.kind}", level="warning", subject=told.subject,
                                     summary=told.summary, locations=item.locations[:1]))  # fmt: skip
    return found


def _drift(kind: str, model: Model, rule: str | None, text: str) -> Drift:
    return Drift(kind=kind, subject=model.id, rule=rule, summary=f"{model.id} {text}")


def documents(model: Model, auditor: Auditor) -> list[Document]:
    """The documents of a model's own licence expression; every one that may bind."""
    from compliance import binding  # noqa: PLC0415

    return [] if model.license is None else list(_leaves(binding.expression(model.license, auditor.catalog)))


def _leaves(terms: Terms) -> Iterator[Document]:
    if isinstance(terms, Leaf):
        yield terms.documents[0]
    for term in getattr(terms, "terms", ()):
        yield from _leaves(term)


def against(model: Model, own: list[Document], inherited: Document, path: Path) -> Iterator[Drift]:
    """Where an inherited document binds along a path, what the model's own licence takes away from it."""
    relations = [edge.relation for edge in path]
    base = f"{path[-1].id} ({path[-1].relation}), which is under {inherited.title}"
    if all(relation in inherited.derivatives for relation in relations):
        same = any(document.id == inherited.id for document in own)
        loose = bool(own) and all(document.category <= OPEN for document in own)
        if loose and not inherited.category <= OPEN:
            yield _drift("permissive-over-restricted", model, inherited.id, f"declares {model.license} over {base}")
        elif own and inherited.category & NARROW and not any(document.category & NARROW for document in own):
            yield _drift("non-commercial-dropped", model, inherited.id, f"declares {model.license} over {base}")
        elif own and "copyleft" in inherited.category and not same:
            yield _drift("share-alike-broken", model, inherited.id, f"declares {model.license} over {base}")
    for rule in inherited.rules:
        made = rule.produces or {}
        trained = rule.actions == frozenset({"train-on-outputs"})
        wanted = made.get("text", "") if made.get("kind") == "name-prefix" and not trained else ""
        reach = inherited.derivatives if rule.reaches is None else rule.reaches
        changed = any(relation not in {"quantized", "converted"} for relation in relations)
        if wanted and not rule.disputed and changed and all(relation in reach for relation in relations):
            name = model.id.rsplit("/", 1)[-1]
            if not _plain(name).startswith(_plain(wanted)):
                yield _drift(
                    "name-prefix-missing", model, rule.key, f"has no name that begins with {wanted!r}, as {base}, asks"
                )


def _plain(text: str) -> str:
    return re.sub(r"[\s_.-]+", "", text).casefold()


class Tree(Struct, frozen=True):
    """A lineage: every node with its licence and verdict, every edge with its evidence, and what disagrees."""

    model: str
    nodes: tuple[dict[str, str | None], ...]
    edges: tuple[dict[str, str | None], ...]
    drift: tuple[Drift, ...]


def tree(model: Model, auditor: Auditor, use: dict[str, object]) -> Tree:
    """The lineage of a model under a use, the model first."""
    seen: dict[str, Model | None] = {model.id: model}
    edges: dict[tuple[str, str], dict[str, str | None]] = {}
    for path, ancestor in ancestors(model, auditor.find):
        child = model.id if len(path) == 1 else _known(path[-2].id, auditor)
        name = ancestor.id if ancestor is not None else path[-1].id
        seen.setdefault(name, ancestor)
        maker = auditor.find(child)
        evidence = None if maker is None else maker.source or maker.known_by
        edges[(child, name)] = {"child": child, "parent": name, "relation": path[-1].relation, "evidence": evidence}
    nodes = [
        {
            "id": name,
            "license": None if found is None else found.license,
            "verdict": auditor.assess(name, use=use).verdict,
        }
        for name, found in seen.items()
    ]
    found = [item for node in seen.values() if node is not None for item in drift(node, auditor)]
    return Tree(model=model.id, nodes=tuple(nodes), edges=tuple(edges.values()), drift=tuple(dict.fromkeys(found)))


def _known(name: str, auditor: Auditor) -> str:
    model = auditor.find(name)
    return name if model is None else model.id
