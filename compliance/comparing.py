"""Reports held against each other, and models side by side for one use."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from compliance.audit import Assessment, Auditor
from compliance.catalog import Catalog
from compliance.engine import Leaf, Terms
from compliance.model import Document, InputError, Model, Rule, Struct, SubjectFact
from compliance.questions import tests

_PRIVACY = (
    "trains_on_inputs",
    "retention_days",
    "zero_retention",
    "human_review_of_inputs",
    "storage_countries",
    "dpa_offered",
)
_OUTPUT = ("output_ownership", "output_indemnity", "terms_change_notice_days")


class Flip(Struct, frozen=True):
    """What changed for one subject between two reports; a verdict of None is one that the report does not have."""

    subject: str
    before: str | None
    after: str | None
    rules_added: tuple[str, ...] = ()
    rules_dropped: tuple[str, ...] = ()


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Flip]:
    """Subjects whose verdict or rules differ between two JSON reports. Raises InputError where one is no report."""
    for name, tree in (("the first", old), ("the second", new)):
        if not isinstance(tree, dict) or tree.get("schema") != "modelcheck/report/1":
            raise InputError([f"{name} file is no report of modelcheck (`audit --format json`)"])
    before, after = (_subjects(tree) for tree in (old, new))
    found = []
    for key in sorted(before.keys() | after.keys()):
        one, two = before.get(key), after.get(key)
        rules = [
            frozenset() if item is None else frozenset(rule["id"] for rule in item["rules"]) for item in (one, two)
        ]
        flip = Flip(
            subject=" over ".join(key) if key[1] != "weights" else key[0],
            before=None if one is None else one["verdict"],
            after=None if two is None else two["verdict"],
            rules_added=tuple(sorted(rules[1] - rules[0])),
            rules_dropped=tuple(sorted(rules[0] - rules[1])),
        )
        if flip.before != flip.after or flip.rules_added or flip.rules_dropped:
            found.append(flip)
    return found


def _subjects(tree: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(item["subject"], item["access"]): item for item in tree["assessments"]}


class Change(Struct, frozen=True):
    """What became of a document, or of a rule (`document#rule`): `fields` are those that differ."""

    name: str
    kind: Literal["added", "dropped", "changed"]
    summary: str
    fields: tuple[str, ...] = ()


def terms(old: Catalog, new: Catalog) -> list[Change]:
    """Documents, policies and rules that differ between two catalogues, by name."""
    found = []
    before, after = (_by_name(catalog) for catalog in (old, new))
    for name in sorted(before.keys() | after.keys()):
        one, two = before.get(name), after.get(name)
        if one is None or two is None:
            only = one or two
            title = only.title if isinstance(only, Document) else only.summary if only is not None else ""
            found.append(Change(name=name, kind="added" if one is None else "dropped", summary=title))
        elif fields := tuple(
            field for field in two.__struct_fields__
            if field not in {"line", "rules"} and getattr(one, field) != getattr(two, field, None)
        ):  # fmt: skip
            summary = two.title if isinstance(two, Document) else two.summary
            found.append(Change(name=name, kind="changed", summary=summary, fields=fields))
    return found


def _by_name(catalog: Catalog) -> dict[str, Document | Rule]:
    policies = (catalog.policy(name) for name in catalog.index.policies)
    documents = [*catalog.documents(), *(policy for policy in policies if policy is not None)]
    found: dict[str, Document | Rule] = {document.id: document for document in documents}
    return found | {rule.key: rule for document in documents for rule in document.rules}


def side_by_side(auditor: Auditor, names: Iterable[str], use: Mapping[str, Any]) -> list[dict[str, str]]:
    """One column per model for one use: verdict, what decides, what is owed, privacy, rights in outputs."""
    return [_column(auditor, auditor.assess(name, use=use), use) for name in names]


def _column(auditor: Auditor, item: Assessment, use: Mapping[str, Any]) -> dict[str, str]:
    documents = list(_documents(item.terms))
    deciding = [
        judged.rule
        for outcome in item.decision.actions.values()
        if outcome.verdict == item.verdict
        for judged in outcome.decisive
        if judged.rule.effect != "permission"
    ]
    owed = {
        judged.rule.key: judged.rule.summary
        for judged in item.decision.judged
        if judged.rule.effect == "duty"
        and judged.bears
        and judged.step.truth is not False
        and (judged.fulfilled is None or judged.fulfilled.truth is not True)
    }
    model = auditor.find(item.subject)
    facts: dict[str, list[SubjectFact]] = {}
    for document in documents:
        for name, fact in document.facts.items():
            facts.setdefault(name, []).append(fact)
    return {
        "model": item.subject,
        "access": item.access,
        "terms": "; ".join(dict.fromkeys(document.title for document in documents)) or "unknown",
        "verdict": item.verdict,
        "decided by": "; ".join(dict.fromkeys(f"{rule.summary} ({rule.key})" for rule in deciding)) or "-",
        "owed": "; ".join(owed.values()) or "nothing",
        "still to know": ", ".join(question.fact for question in item.questions) or "-",
        "published by": (model.publisher if model is not None else None) or "unknown",
        "open parts": _parts(model, documents, item.access),
        "openness class": _openness(model, documents, item.access),
        "may be customised": _customised(auditor, item, use),
        "rights end": "; ".join(_endings(documents)) or "the terms name no such case",
        **{name.replace("_", " "): _told(name, facts, item.access) for name in (*_PRIVACY, *_OUTPUT)},
        "support and fees": "not recorded",
    }


_ENDS = ("license_terminated", "usage_restricted_by_licensor", "litigation_against_licensor")
_TOOLING = frozenset({"training-code", "inference-code"})
_SCIENCE = frozenset({"data", "paper"})


def _parts(model: Model | None, documents: list[Document], access: str) -> str:
    if access in {"api", "third-party-api"}:
        return "none: a service"
    known = model.facts.get("open_parts") if model is not None else None
    limits = "" if _is_open(documents) else ", under terms with limits"
    if not isinstance(known, frozenset):
        return f"weights{limits}; other parts are not recorded"
    return ", ".join(sorted(known)) + limits


def _openness(model: Model | None, documents: list[Document], access: str) -> str:
    """The class of the Model Openness Framework (LF AI & Data, 2024) that the recorded parts reach."""
    if access in {"api", "third-party-api"}:
        return "none: closed"
    if not documents or not _is_open(documents):
        return "none: the weights come with limits"
    known = model.facts.get("open_parts") if model is not None else None
    if not isinstance(known, frozenset):
        return "weights are open; the class needs the other parts"
    if not {"weights", "card"} <= known:
        return "below class III"
    if not known >= _TOOLING:
        return "III, open model"
    return "I, open science" if known >= _SCIENCE else "II, open tooling"


def _is_open(documents: list[Document]) -> bool:
    free = {"permissive", "public-domain", "copyleft", "weak-copyleft", "network-copyleft"}
    return bool(documents) and all(document.category <= free for document in documents)


def _customised(auditor: Auditor, item: Assessment, use: Mapping[str, Any]) -> str:
    """Whether the model may be fine-tuned inside the organisation, as far as its terms say."""
    if item.access in {"api", "third-party-api"}:
        return "only with what the provider offers"
    tuned = auditor.assess(item.subject, use={**use, "modifications": frozenset({"finetune"})})
    outcome = tuned.decision.actions.get("modify")
    return outcome.verdict if outcome is not None else "not granted"


def _endings(documents: list[Document]) -> Iterator[str]:
    for document in documents:
        for rule in document.rules:
            if rule.effect == "prohibition" and any(test.fact in _ENDS for test in tests(rule.when)):
                yield f"{rule.summary} ({rule.key})"


def _documents(terms: Terms) -> Iterable[Document]:
    if isinstance(terms, Leaf):
        yield from (document for document in terms.documents if document.grants)
    for term in getattr(terms, "terms", ()):
        yield from _documents(term)


def _told(name: str, facts: Mapping[str, list[SubjectFact]], access: str) -> str:
    if access == "weights":
        return "no provider" if name in _PRIVACY else "see the terms"
    values = [
        ", ".join(sorted(choice.value)) if isinstance(choice.value, frozenset) else str(choice.value)
        for fact in facts.get(name, ())
        for choice in fact.choices
    ]
    different = list(dict.fromkeys(values))
    if not different:
        return "unknown"
    return " or ".join(different) + (" (by tier or user)" if len(different) > 1 else "")
