"""What a derivative declares, held against what it inherits."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from compliance.audit import Assessment, Auditor
from compliance.engine import Leaf, OneOf, Terms, reaches
from compliance.lineage import DATA
from compliance.logic import Facts, evaluate
from compliance.model import Document, Finding, Location, Model, Parent, Rule, Struct, Vocabulary
from compliance.questions import tests

OPEN = frozenset({"permissive", "public-domain"})
NARROW = frozenset({"non-commercial", "research-only"})
COPYLEFT = frozenset({"copyleft", "network-copyleft"})
_UNNAMED = frozenset({"other", "unknown", "noassertion"})
_SALE = frozenset({"commercial", "receives_payment", "revenue_minded", "purpose"})
_COPIES = frozenset({"quantized", "converted"})


class Cited(Struct, frozen=True):
    """A text that a disagreement is about: what was declared, or the clause of what is inherited."""

    document: str
    section: str | None = None
    url: str | None = None


class Drift(Struct, frozen=True):
    """A disagreement: its kind, the derivative, the rule or document of the ancestor, a sentence, both texts."""

    kind: str
    subject: str
    rule: str | None
    summary: str
    texts: tuple[Cited, ...] = ()


def drift(model: Model, auditor: Auditor) -> list[Drift]:
    """Every disagreement between a model's own licence and those it inherits."""
    found: list[Drift] = []
    own = documents(model, auditor)
    made = any(parent.relation != DATA for parent in model.parents)
    if made and model.license is None and model.known_by != "project":
        found.append(_drift("license-missing", model, None, "declares no licence of its own"))
    if is_unnamed(model.license):
        found.append(
            _drift("license-unnamed", model, None, f"declares the licence {model.license!r}, which names none")
        )
    if auditor.lineage.is_own_ancestor(model):
        found.append(_drift("cycle", model, None, f"is its own ancestor through {model.parents[0].id}"))
    for reached in auditor.lineage.reached(model):
        edge = reached.path[-1]
        if edge.relation == DATA:
            continue
        if reached.ancestor is None:
            found.append(_drift("unknown-parent", model, None, f"is made from {edge.id}, which is not known"))
            continue
        for document in documents(reached.ancestor, auditor):
            found += against(model, own, document, reached.path, auditor.catalog.vocabulary)
            found += _notices(model, document, reached.path, auditor)
    nearest: dict[tuple[str, str | None], Drift] = {}
    for item in found:
        nearest.setdefault((item.kind, item.rule or item.summary), item)
    return list(nearest.values())


def findings(assessments: Iterable[Assessment], auditor: Auditor) -> list[Finding]:
    """The disagreements of what was assessed, as findings of its report.

    A name or a notice that a derivative of one's own lacks is one where the use owes it.
    """
    found = []
    for item in assessments:
        model = auditor.find(item.subject)
        if model is None or item.access == "api" or not (model.parents or model.license):
            continue
        owed = {judged.rule.key for judged in item.decision.judged if judged.bears and judged.step.truth is not False}
        on_use = {"notice-missing", *(["name-prefix-missing"] if model.known_by == "project" else [])}
        ring = auditor.lineage.ring_above(model)
        above = [_drift("cycle", model, None, f"comes from {ring}, which is its own ancestor")] if ring else []
        found += data(model, auditor, item.locations[:1])
        for gone in (*drift(model, auditor), *above[: not auditor.lineage.is_own_ancestor(model)], *sold(item, model)):
            if gone.kind not in on_use or gone.rule in owed:
                found.append(Finding(rule=f"drift-{gone.kind}", level="warning", subject=gone.subject,
                                     summary=gone.summary, locations=item.locations[:1]))  # fmt: skip
    return found


def data(model: Model, auditor: Auditor, places: tuple[Location, ...]) -> list[Finding]:
    """The terms of the data that a model, or an ancestor, was trained on; no rule of theirs binds it."""
    found = []
    for reached in auditor.lineage.reached(model):
        edge = reached.path[-1]
        if edge.relation != DATA:
            continue
        terms = documents(reached.ancestor, auditor) if reached.ancestor is not None else []
        stated = " and ".join(told(cited(document, _selling(document) or _granting(document))) for document in terms)
        open_ = bool(terms) and all(document.category <= OPEN for document in terms)
        under = f"which is under {stated}" if terms else "whose licence is not known"
        text = (
            f"{model.id} was trained on {_base(reached.path)}, {under}; what the terms of data mean for weights"
            " trained on it is disputed: ask for a review in a policy (training_data_category), or leave it"
        )
        level: Literal["warning", "note"] = "note" if open_ or not terms else "warning"
        found.append(Finding(rule="data-terms", level=level, subject=model.id, summary=text, locations=places))
    return found


def _drift(kind: str, model: Model, rule: str | None, text: str, texts: tuple[Cited, ...] = ()) -> Drift:
    return Drift(kind=kind, subject=model.id, rule=rule, summary=f"{model.id} {text}", texts=texts)


def is_unnamed(license_: str | None) -> bool:
    """Whether a licence is stated with a word that names none."""
    return license_ is not None and license_.strip().casefold() in _UNNAMED


def documents(model: Model, auditor: Auditor) -> list[Document]:
    """The documents of a model's own licence expression; of a choice those of the branch that asks for the least."""
    from compliance import binding  # noqa: PLC0415

    return [] if model.license is None else list(leaves(binding.expression(model.license, auditor.catalog)))


def leaves(terms: Terms) -> Iterator[Document]:
    """The main documents of some terms, without the policies that are part of them."""
    if isinstance(terms, Leaf):
        yield terms.documents[0]
    elif isinstance(terms, OneOf):
        branches = [list(leaves(term)) for term in terms.terms]
        known = [branch for branch in branches if branch] or [[]]
        yield from min(known, key=lambda branch: sum(not document.category <= OPEN for document in branch))
    else:
        for term in getattr(terms, "terms", ()):
            yield from leaves(term)


# -- one inherited document ------------------------------------------------------------------------------------------


def against(
    model: Model, own: list[Document], inherited: Document, path: tuple[Parent, ...], vocabulary: Vocabulary
) -> Iterator[Drift]:
    """Where an inherited document binds along a path, what the model's own licence takes away from it."""
    kinds = frozenset(edge.relation for edge in path)
    for kind, clause in _taken(own, inherited, kinds, vocabulary):
        texts = (*(cited(document) for document in own), cited(inherited, clause))
        text = f"declares {' and '.join(map(told, texts[:-1]))} over {_base(path)}, which is under {told(texts[-1])}"
        yield _drift(kind, model, inherited.id, f"{text}: {clause.summary}" if clause is not None else text, texts)
    for rule in inherited.rules:
        made = rule.produces or {}
        trained = rule.actions == frozenset({"train-on-outputs"})
        wanted = made.get("text", "") if made.get("kind") == "name-prefix" and not trained else ""
        if wanted and not rule.disputed and not kinds <= _COPIES and reaches(rule, inherited, kinds):
            name = model.id.rsplit("/", 1)[-1]
            if not _plain(name).startswith(_plain(wanted)):
                texts = (*(cited(document) for document in own), cited(inherited, rule))
                text = f"has no name that begins with {wanted!r}, as {told(texts[-1])} of {_base(path)} asks"
                yield _drift("name-prefix-missing", model, rule.key, text, texts)


def _taken(
    own: list[Document], inherited: Document, kinds: frozenset[str], vocabulary: Vocabulary
) -> Iterator[tuple[str, Rule | None]]:
    """The kinds of disagreement between licences, each with the clause that it is about."""
    if not own or not kinds <= inherited.derivatives or inherited.category <= OPEN:
        return
    if any(_same(document, inherited) for document in own):
        return
    loose = all(document.category <= OPEN for document in own)
    share = alike(inherited, kinds)
    if inherited.category & COPYLEFT and not any(satisfies(document, share, vocabulary) for document in own):
        yield "share-alike-broken", share[0] if share else _granting(inherited)
    if inherited.category <= OPEN | COPYLEFT:
        return
    if loose:
        yield "permissive-over-restricted", deciding(inherited, kinds)
    elif inherited.category & NARROW and not any(document.category & NARROW for document in own):
        yield "non-commercial-dropped", _selling(inherited) or _granting(inherited)
    elif any(carries(document, inherited, kinds) for document in own):
        return
    elif (clause := _passed_on(inherited, kinds) or _going_along(inherited, kinds)) is not None:
        yield "use-restrictions-dropped", clause


def carries(document: Document, inherited: Document, kinds: frozenset[str]) -> bool:
    """Whether a text of the same family forbids all that the other forbids, and wants it passed on as well."""
    barred = [rule for rule in _travelling(inherited, kinds) if rule.effect == "prohibition"]
    own = [(rule.when, rule.unless) for rule in document.rules if rule.effect == "prohibition"]
    passes_on = any(_passes_on(rule) for rule in document.rules)
    return passes_on and document.category == inherited.category and all((r.when, r.unless) in own for r in barred)


def _same(one: Document, other: Document) -> bool:
    """Whether two are one text, or dated versions of one."""
    return _undated(one.id) == _undated(other.id)


def _undated(name: str) -> str:
    return re.sub(r"-\d{4}-\d{2}-\d{2}$", "", name)


def _travelling(document: Document, kinds: frozenset[str]) -> Iterator[Rule]:
    return (rule for rule in document.rules if not rule.disputed and reaches(rule, document, kinds))


def alike(document: Document, kinds: frozenset[str]) -> tuple[Rule, ...]:
    """The clauses that want a derivative under certain licences."""
    return tuple(rule for rule in _travelling(document, kinds) if is_share_alike(rule))


def is_share_alike(rule: Rule) -> bool:
    """Whether a clause wants derivatives under certain licences."""
    return rule.effect == "duty" and any(test.fact == "derivative_license" for test in tests(rule.fulfilled_when))


def satisfies(document: Document, share: tuple[Rule, ...], vocabulary: Vocabulary) -> bool:
    """Whether a derivative under a document is under a licence that all these clauses name."""
    facts = Facts(vocabulary, {"derivative_license": document.spdx or document.id})
    wanted = [rule.fulfilled_when for rule in share if rule.fulfilled_when is not None]
    return bool(wanted) and all(evaluate(condition, facts).truth is True for condition in wanted)


def _passes_on(rule: Rule) -> bool:
    return rule.effect == "duty" and any(
        test.fact == "use_restrictions_passed_on" for test in tests(rule.fulfilled_when)
    )


def deciding(document: Document, kinds: frozenset[str]) -> Rule | None:
    """The clause that says on what terms a derivative of a text with limits is passed on."""
    return _passed_on(document, kinds) or _going_along(document, kinds) or _granting(document)


def _passed_on(document: Document, kinds: frozenset[str]) -> Rule | None:
    return next((rule for rule in _travelling(document, kinds) if _passes_on(rule)), None)


def _going_along(document: Document, kinds: frozenset[str]) -> Rule | None:
    """The clause that wants the text itself to go along with a derivative."""
    owed = (rule for rule in _travelling(document, kinds) if rule.effect == "duty")
    passing = (rule for rule in owed if rule.actions is None or "distribute-derivative" in rule.actions)
    return next((rule for rule in passing if (rule.produces or {}).get("kind") in {"license-copy", "policy"}), None)


def _granting(document: Document) -> Rule | None:
    """The grant for derivatives: where a text says on what terms they are passed on."""
    granted = [rule for rule in document.rules if rule.effect == "permission"]
    passing = (rule for rule in granted if rule.actions is None or "distribute-derivative" in rule.actions)
    return next(passing, granted[0] if granted else None)


def _selling(document: Document) -> Rule | None:
    """The clause that keeps commerce out."""
    limits = (rule for rule in document.rules if rule.effect != "duty" and not rule.disputed)
    return next((rule for rule in limits if any(test.fact in _SALE for test in tests(rule.when))), None)


def _notices(model: Model, inherited: Document, path: tuple[Parent, ...], auditor: Auditor) -> Iterator[Drift]:
    """Prescribed lines that the files of a model in the project lack."""
    if auditor.fulfilment is None or not auditor.is_local(model):
        return
    kinds = frozenset(edge.relation for edge in path)
    for rule in inherited.rules:
        words = (rule.produces or {}).get("text") if (rule.produces or {}).get("kind") == "notice" else None
        if words and reaches(rule, inherited, kinds) and not auditor.fulfilment.has_notice(words, model.id):
            place = cited(inherited, rule)
            text = f"has no Notice file with the line that {told(place)} of {_base(path)} prescribes: {words}"
            text += f" (disputed: {rule.disputed})" if rule.disputed else ""
            yield _drift("notice-missing", model, rule.key, text, (place,))


def sold(item: Assessment, model: Model) -> Iterator[Drift]:
    """Commerce with what was made from a base whose terms keep commerce out."""
    narrow = {document.id: document for document in _all(item.terms) if document.category & NARROW}
    for outcome in item.decision.actions.values():
        for judged in outcome.decisive if outcome.verdict == "prohibited" else ():
            document = narrow.get(judged.rule.document)
            sells = any(test.fact in _SALE for test in tests(judged.rule.when)) or judged.rule.id == "not-granted"
            if judged.via and document is not None and sells:
                clause = judged.rule if judged.rule.id != "not-granted" else _selling(document) or _granting(document)
                place = cited(document, clause)
                text = f"is used commercially over {_base(judged.via)}, which is under {told(place)}"
                yield _drift("non-commercial-base-sold", model, document.id, text, (place,))
                return


def _all(terms: Terms) -> Iterator[Document]:
    if isinstance(terms, Leaf):
        yield from terms.documents
    for term in getattr(terms, "terms", ()):
        yield from _all(term)


# -- in words --------------------------------------------------------------------------------------------------------


def cited(document: Document, clause: Rule | None = None) -> Cited:
    """A text, and the section that a disagreement is about."""
    section = clause.section if clause is not None else None
    return Cited(document=document.id, section=section, url=document.evidence.url or document.evidence.source)


def told(text: Cited) -> str:
    """A text with its section and URL."""
    parts = [f"section {text.section}" if text.section else "", text.url or ""]
    return f"{text.document} ({', '.join(filter(None, parts))})" if any(parts) else text.document


def _base(path: tuple[Parent, ...]) -> str:
    """The ancestor, and the way to it where it is no parent."""
    way = f", through {', '.join(f'{edge.id} ({edge.relation})' for edge in path[:-1])}" if len(path) > 1 else ""
    return f"{path[-1].id} ({path[-1].relation}{way})"


def _plain(text: str) -> str:
    return re.sub(r"[\s_.-]+", "", text).casefold()
