"""Several terms at once: under which licences a derivative may be released, and parts that do not go together."""

from collections.abc import Iterable, Mapping
from typing import Any

from compliance.audit import Assessment, Auditor
from compliance.drift import COPYLEFT, OPEN, alike, documents, is_share_alike, satisfies
from compliance.lineage import Path
from compliance.model import Document, Finding, Model, Rule, Struct
from compliance.questions import tests

SHIPPED = frozenset({"embedded-product", "weights", "derivative-weights", "code"})


class Inherited(Struct, frozen=True):
    """A document that binds a derivative, by which path, and whether it wants the derivative under itself."""

    document: Document
    path: Path
    alike: tuple[Rule, ...]

    @property
    def base(self) -> str:
        """The ancestor that brought it in."""
        return f"{self.path[-1].id} ({self.path[-1].relation})"


class Release(Struct, frozen=True):
    """Under which licences of the catalogue a derivative may be passed on, and why not under the others."""

    model: str
    inherited: tuple[Inherited, ...]
    licenses: tuple[str, ...]
    refused: dict[str, tuple[str, ...]]
    """Reason -> the licences that it rules out."""

    together: tuple[str, ...] = ()
    """Where no one licence will do, the documents that all have to be passed on."""

    conflict: str | None = None


def release(model: Model, auditor: Auditor) -> Release:
    """Hold every licence of the catalogue against all that a model inherits.

    A text that limits use can be passed on under itself; one that wants the derivative under itself, under that or what
    it names as compatible; an open one under any. Whether a licence of one's own that repeats all limits would do as
    well is for counsel.
    """
    inherited = _inherited(model, auditor)
    bound = {item.document.id for item in inherited}
    licenses: list[str] = []
    refused: dict[str, list[str]] = {}
    for document in auditor.catalog.documents():
        general = document.kind == "license" and document.publisher is None
        if not general and document.id not in bound:
            continue  # what a publisher wrote for its own models
        reasons = [reason for item in inherited if (reason := _against(document, item, auditor))]
        if reasons:
            refused.setdefault("; ".join(dict.fromkeys(reasons)), []).append(document.id)
        else:
            licenses.append(document.id)
    strict = [item for item in inherited if not item.document.category <= OPEN]
    alike = [item for item in strict if item.alike]
    conflict = None
    if not licenses and alike:
        others = [item for item in strict if item.document.id != alike[0].document.id]
        names = " and ".join(dict.fromkeys(f"{item.document.title} of {item.base}" for item in (alike[0], *others)))
        conflict = f"cannot be met together: {names}; {alike[0].document.title} wants the whole under itself"
    return Release(
        model=model.id,
        inherited=tuple(inherited),
        licenses=tuple(licenses),
        refused={reason: tuple(names) for reason, names in refused.items()},
        together=() if licenses or conflict else tuple(dict.fromkeys(item.document.id for item in strict)),
        conflict=conflict,
    )


def _inherited(model: Model, auditor: Auditor) -> list[Inherited]:
    found: dict[str, Inherited] = {}
    for reached in auditor.lineage.reached(model):
        for document in documents(reached.ancestor, auditor) if reached.ancestor is not None else ():
            if reached.kinds <= document.derivatives:
                wanted = alike(document, reached.kinds)
                found.setdefault(document.id, Inherited(document=document, path=reached.path, alike=wanted))
    return list(found.values())


def _against(document: Document, inherited: Inherited, auditor: Auditor) -> str | None:
    """Why a derivative that inherits a document may not be passed on under another."""
    base = inherited.document
    if base.id == document.id or base.category <= OPEN:
        return None
    if not inherited.alike:
        return f"{base.title} of {inherited.base} has limits that it would drop"
    if satisfies(document, inherited.alike, auditor.catalog.vocabulary):
        return None
    return f"{base.title} of {inherited.base} wants the whole under itself"


def findings(assessments: Iterable[Assessment], auditor: Auditor, use: Mapping[str, Any]) -> list[Finding]:
    """Models of a project that inherit terms which cannot be met together, and parts of one product that clash."""
    done = list(assessments)
    found = []
    for item in done:
        model = auditor.find(item.subject)
        if model is None or len(model.parents) == 0 or item.access == "api":
            continue
        strict = {bound.document.id for bound in _inherited(model, auditor) if not bound.document.category <= OPEN}
        if len(strict) < 2:  # noqa: PLR2004 - one can be met under itself
            continue
        told = release(model, auditor)
        if told.conflict is not None:
            found.append(Finding(rule="terms-conflict", level="error", subject=model.id, locations=item.locations[:1],
                                 summary=f"what {model.id} inherits {told.conflict}"))  # fmt: skip
        elif len(told.together) > 1:
            summary = f"{model.id} inherits {', '.join(told.together)}; passed on, it is under all of them at once"
            found.append(Finding(rule="terms-together", level="note", subject=model.id, summary=summary,
                                 locations=item.locations[:1]))  # fmt: skip
    return [*found, *_products(done, auditor, use)]


def _products(done: list[Assessment], auditor: Auditor, use: Mapping[str, Any]) -> list[Finding]:
    """Copyleft beside terms that limit use, shipped in one product."""
    shipped = use.get("distribution")
    if not isinstance(shipped, frozenset) or not shipped & SHIPPED:
        return []
    left: dict[str, Document] = {}
    limited: dict[str, Document] = {}
    for item in done:
        for name in item.documents if item.access in {"weights", "code"} else ():
            document = auditor.catalog.document(name)
            if document is not None and document.kind in {"license", "agreement"}:
                if _takes_in(document):
                    left[item.subject] = document
                elif not document.category <= OPEN | COPYLEFT | {"weak-copyleft"}:
                    limited[item.subject] = document
    return [
        Finding(rule="copyleft-beside-limits", level="warning", subject=name,
                summary=_clash(name, document, {other: barred for other, barred in limited.items() if other != name}))
        for name, document in left.items() if limited.keys() - {name}
    ]  # fmt: skip


def _takes_in(document: Document) -> bool:
    """Whether a copyleft is one of programs: it wants a whole that is combined with it under itself."""
    wanted = (test.operand for rule in document.rules if is_share_alike(rule) for test in tests(rule.when))
    return bool(document.category & COPYLEFT) and any("code-change" in part for part in wanted
                                                     if isinstance(part, frozenset))  # fmt: skip


def _clash(name: str, document: Document, limited: Mapping[str, Document]) -> str:
    others = ", ".join(f"{other} ({barred.title})" for other, barred in limited.items())
    return (
        f"{name} ({document.title}) is shipped together with {others}; where they form one work, {document.title} wants"
        " the whole under itself, which terms that limit use do not allow; whether models and the code around them are"
        " one work is disputed"
    )
