"""Puts the parts together: a project, or a model and facts, in; a report out. What every front end calls."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from compliance import binding, changes, project, questions
from compliance.catalog import Catalog
from compliance.engine import AllOf, Case, Decision, Gap, Leaf, Terms, decide, narrow
from compliance.logic import Facts, Unknown
from compliance.model import (
    SEVERITY,
    Counterfactual,
    Document,
    Finding,
    Location,
    Model,
    Question,
    Reference,
    Struct,
    SubjectFact,
    Unread,
    Value,
    Verdict,
    Waiver,
)
from compliance.project import Declared, Project


class Assessment(Struct, frozen=True):
    """A subject, its verdict and its proof."""

    subject: str
    kind: str
    access: str
    expression: str | None
    known_by: str
    documents: tuple[str, ...]
    decision: Decision
    terms: Terms
    questions: tuple[Question, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()
    assumed: dict[str, Any] = {}
    review: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
    waivers: dict[str, Waiver] = {}

    @property
    def verdict(self) -> Verdict:
        """The worst of its actions."""
        return self.decision.verdict


class Report(Struct, frozen=True):
    """What an audit or a check found."""

    as_of: str
    catalog_version: str
    catalog_sha256: str
    assessments: tuple[Assessment, ...] = ()
    findings: tuple[Finding, ...] = ()
    unresolved: tuple[Reference, ...] = ()
    unread: tuple[Unread, ...] = ()
    suppressed: tuple[Waiver, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst of its parts; what could not be resolved or read is undetermined."""
        found = [assessment.verdict for assessment in self.assessments]
        if self.unresolved or self.unread or not found:
            found.append("undetermined")
        return max(found, key=SEVERITY.__getitem__)


class Auditor:
    """Assesses subjects under one use, one set of policies and one date."""

    def __init__(
        self,
        catalog: Catalog,
        *,
        as_of: str,
        assumptions: bool = True,
        policies: Iterable[Document] = (),
        settings: Project | None = None,
        explain: bool = True,
    ) -> None:
        self.catalog, self.as_of, self.assumptions, self.explain = catalog, as_of, assumptions, explain
        self.policies = tuple(policies)
        self.project = settings or Project()
        self.declared = {item.id.casefold(): item for item in self.project.models}
        self.used_waivers: set[Waiver] = set()

    # -- subjects ----------------------------------------------------------------------------------------------------

    def find(self, name: str) -> Model | None:
        """A model of the project file or the catalogue, the former laid over the latter."""
        name = name.removeprefix("hf:")
        declared, known = self.declared.get(name.casefold()), self.catalog.model(name)
        if declared is None and known is not None:
            declared = self.declared.get(known.id.casefold())
        if declared is None:
            return known
        return _overlay(known, declared)

    def assess(self, name: str, *, use: Mapping[str, Any], locations: tuple[Location, ...] = ()) -> Assessment:
        """Hold one model or service against the use."""
        declared = self.declared.get(name.casefold())
        model = self.find(name) or Model(id=name, known_by="unknown")
        declared = declared or self.declared.get(model.id.casefold())
        if declared is not None:
            use = {**use, **declared.use}
        access = declared.access if declared is not None and declared.access else _access(model, use)
        service = (declared.service if declared is not None else None) or model.service
        terms = self._terms(model, access, service, use)
        stated, subject = self._facts(model, access, service, use, terms)
        waivers = self._waivers(model.id)
        case = self._case(stated, subject, waivers)
        decision = decide(terms, case)
        return self._explain(model, access, terms, decision, case, locations, waivers)

    def _terms(self, model: Model, access: str, service: str | None, use: Mapping[str, Any]) -> Terms:
        tier = use.get("service_tier")
        found: list[Terms] = []
        if access in {"api", "third-party-api"}:
            found.append(
                binding.service_terms(service, tier if isinstance(tier, str) else None, self.catalog)
                if service is not None
                else Gap(reason=f"the service that runs {model.id} is not known; declare `service:`")
            )
        if access != "api":
            found += binding.model_terms(model, access, self.catalog, self.find)
        found += [Leaf(documents=(policy,)) for policy in self.policies]
        return found[0] if len(found) == 1 else AllOf(terms=tuple(found))

    def _facts(
        self, model: Model, access: str, service: str | None, use: Mapping[str, Any], terms: Terms
    ) -> tuple[dict[str, Any], dict[str, SubjectFact]]:
        """Stated facts with those of the subject, which the catalogue knows; what it does not know is unknown."""
        licenses = [document for document in questions.documents(terms) if document.grants]
        tiers = [document for document in licenses if document.facts]
        subject: dict[str, SubjectFact] = dict(tiers[0].facts) if len(tiers) == 1 else _common(tiers)
        known: dict[str, Value | None] = {
            "subject_id": model.id,
            "kind": "service" if access == "api" else "model",
            "access": access,
            "name": model.id.rsplit("/", 1)[-1],
            "family": model.family,
            "publisher": model.publisher,
            "released": model.released,
            "input_modality": model.input_modality or None,
            "output_modality": model.output_modality or None,
            "license_category": frozenset().union(*(document.category for document in licenses)) or None,
            "license_document": frozenset(document.id for document in licenses) or None,
            "known_by": model.known_by,
            "evidence_date": model.as_of,
            "service_id": service if access != "weights" else None,
            "lineage_depth": _depth(model, self.find),
        }
        publisher = self.catalog.index.publishers.get(model.publisher or "")
        if publisher is not None:
            known["publisher_country"] = publisher.country
        if not licenses:
            known["license_category"] = frozenset({"unknown"})
        stated = {name: value for name, value in {**known, **model.facts}.items() if value is not None}
        return {**stated, **use}, subject

    def _case(self, stated: Mapping[str, Any], subject: dict[str, SubjectFact], waivers: dict[str, Waiver]) -> Case:
        facts = Facts(self.catalog.vocabulary, stated, subject, self.assumptions)
        return Case(facts=facts, as_of=self.as_of, waived=frozenset(waivers))

    def _waivers(self, subject: str) -> dict[str, Waiver]:
        return {
            waiver.rule: waiver
            for waiver in self.project.waivers
            if waiver.subject.casefold() == subject.casefold()
            and waiver.until >= self.as_of
            and not self._outdated(waiver)
        }

    # -- explaining --------------------------------------------------------------------------------------------------

    def _explain(
        self,
        model: Model,
        access: str,
        terms: Terms,
        decision: Decision,
        case: Case,
        locations: tuple[Location, ...],
        waivers: dict[str, Waiver],
    ) -> Assessment:
        for judged in decision.judged:
            if judged.waived:
                self.used_waivers.add(waivers[judged.rule.key])
        assumed = frozenset().union(*(outcome.assumed for outcome in decision.actions.values()))
        values = {
            name: found.value for name in sorted(assumed) if not isinstance(found := case.facts.get(name), frozenset)
        }
        documents = [document for document in questions.documents(terms) if document.grants]
        asked, counterfactuals = self._alternatives(terms, decision, case)
        return Assessment(
            subject=model.id,
            kind="service" if access == "api" else "model",
            access=access,
            expression=None if access == "api" else model.license,
            known_by=model.known_by,
            documents=tuple(dict.fromkeys(document.id for document in documents)),
            decision=decision,
            terms=terms,
            questions=asked,
            counterfactuals=counterfactuals,
            assumed={name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()},
            review=tuple(dict.fromkeys(reason for outcome in decision.actions.values() for reason in outcome.review)),
            locations=locations,
            waivers=waivers,
        )

    def _alternatives(
        self, terms: Terms, decision: Decision, case: Case
    ) -> tuple[tuple[Question, ...], tuple[Counterfactual, ...]]:
        if not self.explain or decision.verdict in {"permitted", "conditional"}:
            return (), ()
        vocabulary = self.catalog.vocabulary
        found = list(questions.all_tests(questions.documents(terms), vocabulary))
        asked: tuple[Question, ...] = ()
        missing = frozenset(name for name in decision.missing if name in vocabulary.facts)
        if decision.verdict == "undetermined" and missing:
            ask = self._again(narrow(terms, case), case)
            domain = {name: questions.answers(vocabulary.facts[name], found, vocabulary) for name in missing}
            asked = questions.questions(questions.smallest(missing, domain, ask), domain, ask, vocabulary)
        return asked, changes.passing(decision, case.facts, found, self._again(terms, case), vocabulary)

    def _again(self, terms: Terms, case: Case) -> questions.Ask:
        """Decides the case again with some answers added."""
        vocabulary = self.catalog.vocabulary

        def ask(more: Mapping[str, Value]) -> tuple[Verdict, frozenset[str]]:
            stated = {**case.facts.stated, **more}
            if project.contradictions(stated, vocabulary):
                return "undetermined", frozenset()
            facts = Facts(vocabulary, stated, case.facts.subject, self.assumptions)
            again = decide(terms, Case(facts=facts, as_of=self.as_of, waived=case.waived))
            return again.verdict, again.missing if again.verdict == "undetermined" else frozenset()

        return ask

    # -- findings ----------------------------------------------------------------------------------------------------

    def findings(self, assessments: Iterable[Assessment]) -> tuple[Finding, ...]:
        """Policy warnings, and waivers that expired, turned nothing off or whose document changed since."""
        found = [
            Finding(rule=judged.rule.key, level="warning", summary=judged.rule.summary, subject=item.subject)
            for item in assessments
            for judged in item.decision.judged
            if judged.rule.level is not None and judged.step.truth is not False and not judged.waived
        ]
        for waiver in self.project.waivers:
            found += self._waiver_findings(waiver)
        return tuple(found)

    def _waiver_findings(self, waiver: Waiver) -> Iterable[Finding]:
        place = (Location(path=self.project.path, line=waiver.line),)

        def finding(rule: str, level: Literal["error", "warning"], summary: str) -> Finding:
            return Finding(rule=rule, level=level, summary=summary, subject=waiver.subject, locations=place)

        if waiver.until < self.as_of:
            yield finding("waiver-expired", "error", f"the waiver of {waiver.rule} ended on {waiver.until}")
        elif self._outdated(waiver):
            summary = f"the text of {waiver.rule} is not the one that was waived, so the waiver turns nothing off"
            yield finding("waiver-outdated", "error", f"{summary}; read it again")
        elif waiver not in self.used_waivers:
            yield finding("waiver-unused", "warning", f"the waiver of {waiver.rule} turns nothing off; remove it")

    def _outdated(self, waiver: Waiver) -> bool:
        """Whether the document's text changed since it was waived."""
        document = self.catalog.document(waiver.rule.partition("#")[0])
        return bool(waiver.text_sha256 and document is not None and waiver.text_sha256 != document.evidence.sha256)


def _overlay(known: Model | None, declared: Declared) -> Model:
    """A model of the user's own, or the catalogue's with the user's corrections."""
    base = known or Model(id=declared.id, known_by="project")
    kept = {key: getattr(base, key) for key in base.__struct_fields__}
    if declared.license:
        kept |= {"license": declared.license, "known_by": "project", "confidence": None}
    if declared.parents:
        kept["parents"] = declared.parents
    own = {key: value for key, value in declared.subject.items() if not isinstance(value, Unknown)}
    for key in ("publisher", "family", "released", "input_modality", "output_modality"):
        if key in own:
            kept[key] = own[key]
    kept["facts"] = {**base.facts, **own}
    return Model(**kept)


def _access(model: Model, use: Mapping[str, Any]) -> str:
    stated = use.get("access")
    if isinstance(stated, str):
        return stated
    return "api" if model.service is not None and model.license is None else "weights"


def _common(tiers: list[Document]) -> dict[str, SubjectFact]:
    """The facts that all tiers of a service share; others depend on the tier and are unknown until it is stated."""
    if not tiers:
        return {}
    shared = {}
    for name, fact in tiers[0].facts.items():
        others = [tier.facts.get(name) for tier in tiers[1:]]
        same = all(other is not None and other.choices == fact.choices for other in others)
        shared[name] = fact if same else SubjectFact()
    return shared


def _depth(model: Model, find: Any) -> int:
    from compliance.lineage import ancestors  # noqa: PLC0415

    return max((len(path) for path, _ in ancestors(model, find)), default=0)
