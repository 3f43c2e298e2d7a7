"""Several terms at once: under which licences a derivative may be released, and parts that do not go together."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from compliance.audit import Assessment, Auditor
from compliance.drift import Cited, cited, documents, told
from compliance.inheriting import COPYLEFT, OPEN, alike, deciding, is_share_alike, keeps, later
from compliance.lineage import Path
from compliance.model import Document, Finding, Model, Rule, Struct
from compliance.questions import tests

SHIPPED = frozenset({"embedded-product", "weights", "derivative-weights", "code"})


class Inherited(Struct, frozen=True):
    """A document that binds a derivative, by which path, and whether it wants the derivative under itself."""

    document: Document
    path: Path
    alike: tuple[Rule, ...]
    clause: Rule | None = None
    """The section that decides on what terms a derivative is passed on."""

    later: bool | None = False
    """Whether any later version of it will do; None where that is not stated."""

    @property
    def base(self) -> str:
        """The ancestor that brought it in."""
        return f"{self.path[-1].id} ({self.path[-1].relation})"

    @property
    def told(self) -> str:
        """The document with its section and URL, and the ancestor."""
        return f"{told(cited(self.document, self.clause))} of {self.base}"


class Release(Struct, frozen=True):
    """Under which licences of the catalogue a derivative may be passed on, and why not under the others."""

    model: str
    inherited: tuple[Inherited, ...]
    licenses: tuple[str, ...]
    refused: dict[str, tuple[str, ...]]
    """Reason -> the licences that it rules out."""

    disputed: dict[str, tuple[str, ...]] = {}
    """Reason -> the licences under which it may be passed on in one reading, and not in another."""

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
    bound = frozenset(item.document.id for item in inherited)
    licenses: list[str] = []
    refused: dict[str, list[str]] = {}
    disputed: dict[str, list[str]] = {}
    for document in auditor.catalog.documents():
        general = document.kind == "license" and document.publisher is None
        if not general and document.id not in bound:
            continue  # what a publisher wrote for its own models
        answers = [_against(document, item, bound, auditor) for item in inherited]
        no = [reason for reason, open_ in answers if reason and not open_]
        unsure = [reason for reason, open_ in answers if reason and open_]
        if no:
            refused.setdefault("; ".join(dict.fromkeys(no)), []).append(document.id)
        elif unsure:
            disputed.setdefault("; ".join(dict.fromkeys(unsure)), []).append(document.id)
        else:
            licenses.append(document.id)
    strict = [item for item in inherited if not item.document.category <= OPEN]
    conflict = None if licenses or disputed else _conflict(strict)
    whole = licenses or disputed or conflict
    return Release(
        model=model.id,
        inherited=tuple(inherited),
        licenses=tuple(licenses),
        refused={reason: tuple(names) for reason, names in refused.items()},
        disputed={reason: tuple(names) for reason, names in disputed.items()},
        together=() if whole else tuple(dict.fromkeys(item.document.id for item in strict)),
        conflict=conflict,
    )


def _conflict(strict: list[Inherited]) -> str | None:
    """Where one wants the whole under itself, and neither text lets the other stand beside it."""
    for item in strict:
        for other in strict if item.alike else ():
            if other is not item and not (_lets(item, other) and (_lets(other, item) or item.later)):
                names = f"{item.document.title}, {item.told}, and {other.document.title}, {other.told}"
                return f"cannot be met together: {names}; {item.document.title} wants the whole under itself"
    return None


def _lets(item: Inherited, other: Inherited) -> bool:
    """Whether a text lets a part under the other stand beside it in one work."""
    return any(
        said.license == other.document.id and said.how == "together" and (item.later or not said.later)
        for said in item.document.compatible
    )


def _inherited(model: Model, auditor: Auditor) -> list[Inherited]:
    found: dict[str, Inherited] = {}
    for reached in auditor.lineage.reached(model):
        for document in documents(reached.ancestor, auditor) if reached.ancestor is not None else ():
            if reached.kinds <= document.derivatives:
                wanted = alike(document, reached.kinds)
                any_later = later(document, reached.ancestor.license if reached.ancestor else None, auditor.catalog)
                before = found.get(document.id)
                if before is None:
                    clause = wanted[0] if wanted else deciding(document, reached.kinds)
                    found[document.id] = Inherited(
                        document=document, path=reached.path, alike=wanted, clause=clause, later=any_later
                    )
                elif before.later is not any_later:  # the one that leaves less
                    least = False if False in (before.later, any_later) else None
                    found[document.id] = structs.replace(before, later=least)
    return list(found.values())


def _against(
    document: Document, inherited: Inherited, bound: frozenset[str], auditor: Auditor
) -> tuple[str | None, bool]:
    """Why a derivative that inherits a document may not be passed on under another; true where that is disputed."""
    base = inherited.document
    for said in document.compatible:
        if said.how == "clash" and said.license == base.id:
            clash = Cited(document=document.id, section=said.section, url=document.evidence.url)
            return f"{told(clash)} and {inherited.told}: {said.disputed or 'they clash'}", said.disputed is not None
    kinds = frozenset(edge.relation for edge in inherited.path)
    answer = keeps(document, base, kinds, auditor.catalog.vocabulary, later_=inherited.later, bound=bound)
    if answer.kept:
        return None, False
    if answer.kept is None:
        place = Cited(document=base.id, section=answer.section, url=base.evidence.url)
        return f"{told(place)}: {answer.why}", True
    if not inherited.alike:
        return f"{base.title}, {inherited.told}, has limits that it would drop", False
    return f"{base.title}, {inherited.told}, wants the whole under itself", False


def findings(assessments: Iterable[Assessment], auditor: Auditor, use: Mapping[str, Any]) -> list[Finding]:
    """Models of a project that inherit terms which cannot be met together, and parts of one product that clash."""
    done = list(assessments)
    found = []
    for item in done:
        model = auditor.find(item.subject)
        if model is None or len(model.parents) == 0 or item.access == "api":
            continue
        inherited = _inherited(model, auditor)
        strict = {bound.document.id for bound in inherited if not bound.document.category <= OPEN}
        named = {said.license for bound in inherited for said in bound.document.compatible if said.how == "clash"}
        if len(strict) < 2 and named.isdisjoint(bound.document.id for bound in inherited):  # noqa: PLR2004
            continue  # one can be met under itself
        made = release(model, auditor)
        if made.conflict is not None:
            found.append(Finding(rule="terms-conflict", level="error", subject=model.id, locations=item.locations[:1],
                                 summary=f"what {model.id} inherits {made.conflict}"))  # fmt: skip
        elif not made.licenses and made.disputed:
            summary = f"whether {model.id} may be passed on at all is disputed: {'; '.join(made.disputed)}"
            found.append(Finding(rule="terms-disputed", level="warning", subject=model.id, summary=summary,
                                 locations=item.locations[:1]))  # fmt: skip
        elif len(made.together) > 1:
            texts = " and ".join(one.told for one in made.inherited if one.document.id in made.together)
            summary = f"{model.id} inherits {texts}; passed on, it is under all of them at once"
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
    others = ", ".join(f"{other} ({told(_whole(barred))})" for other, barred in limited.items())
    return (
        f"{name} ({told(_whole(document))}) is shipped together with {others}; where they form one work,"
        f" {document.title} wants the whole under itself, which terms that limit use do not allow; whether models and"
        " the code around them are one work is disputed"
    )


def _whole(document: Document) -> Cited:
    """A text at the clause that says on what terms it is passed on."""
    wanted = next((rule for rule in document.rules if is_share_alike(rule) and not rule.disputed), None)
    return cited(document, wanted or deciding(document, frozenset()))
