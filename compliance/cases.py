"""Cases of law, `tests/cases/*.yaml`: a sentence, facts and the verdict that a reader of the text expects."""

from pathlib import Path
from typing import Any

from compliance import policy
from compliance.assessment import Assessment
from compliance.audit import Auditor
from compliance.catalog import Catalog
from compliance.fields import date, every, items, one_of, text, values
from compliance.grammar import Grammar
from compliance.model import SEVERITY, InputError, Rule, Struct
from compliance.project import ACCESS, Declared, Project, read_facts
from compliance.source import Node, Problems, near, read_root

_CASE = {
    **every("case license model service tier action verdict", Node.text),
    **every("policies missing", Node.texts),
    "access": one_of("access", ACCESS),
    "as_of": date,
}


class Case(Struct, frozen=True):
    """One sentence of law; `use` holds the facts of its file with its own laid over them."""

    sentence: str
    place: str
    subject: Declared
    use: dict[str, Any]
    verdict: str
    as_of: str
    action: str | None = None
    policies: tuple[str, ...] = ()
    document: str | None = None
    section: str | None = None
    missing: tuple[str, ...] = ()


def read(path: Path, shown: str, catalog: Catalog, today: str) -> list[Case]:
    """The cases of one file. Raises InputError with every mistake; cases without a date hold as of `today`."""
    problems = Problems()
    root = read_root(path, shown, problems)
    grammar = catalog.grammar
    fields = root.fields(["given", "cases"], required=["cases"])
    given = read_facts(fields["given"], grammar)[0] if "given" in fields else {}
    found = [_case(node, given, grammar, today) for node in items(fields, "cases")]
    problems.raise_if_any()
    if not found:
        raise InputError([f"{shown}: no cases; a file of cases without any proves nothing"])
    return found


def _case(node: Node, given: dict[str, Any], grammar: Grammar, today: str) -> Case:
    fields = node.fields([*_CASE, "subject", "facts", "decides"], required=["case", "verdict"])
    said = values(fields, _CASE)
    if ("license" in said) == ("model" in said):
        node.error("a case names either a license or a model")
    if said.get("verdict") not in SEVERITY:
        node.error(f"verdict must be one of {', '.join(SEVERITY)}{near(said.get('verdict', ''), SEVERITY)}")
    action = said.get("action")
    if action is not None and action not in grammar.vocabulary.actions:
        fields["action"].error(f"no action {action!r}{near(action, grammar.vocabulary.actions)}")
    subject = read_facts(fields["subject"], grammar)[0] if "subject" in fields else {}
    access = said.get("access") or subject.pop("access", None)
    use = {**given, **(read_facts(fields["facts"], grammar)[0] if "facts" in fields else {})}
    if "tier" in said:
        use["service_tier"] = said["tier"]
    decides = fields["decides"].fields(["document", "section"]) if "decides" in fields else {}
    for name in said.get("missing", ()):
        grammar.fact(name, fields["missing"])
    license_name = said.get("license")
    return Case(
        sentence=said.get("case", ""),
        place=f"{node.path}:{node.line}",
        subject=Declared(
            id=said.get("model") or f"a model under {license_name}",
            license=license_name,
            because="the case says so" if license_name else None,
            access=access or ("weights" if license_name else None),
            service=said.get("service"),
            subject=subject,
        ),
        use=use,
        verdict=said.get("verdict", ""),
        as_of=said.get("as_of") or today,
        action=action,
        policies=said.get("policies", ()),
        document=text(decides, "document"),
        section=text(decides, "section"),
        missing=said.get("missing", ()),
    )


def run(case: Case, catalog: Catalog, root: Path, policies: tuple[str, ...] = ()) -> list[str]:
    """What differs from what the case expects; nothing where it holds.

    Policies are looked up below `root`; `policies` are those of a case that names none.
    """
    auditor = _auditor(case, catalog, root, policies)
    if case.subject.license is None and auditor.catalog.model(case.subject.id) is None:
        return [f"the model {case.subject.id!r} is not in the catalogue{catalog.near_model(case.subject.id)}"]
    found = auditor.assess(case.subject.id, use=case.use)
    missing = found.decision.missing
    lacking = ", ".join(name for name in case.missing if name not in missing)
    told = [f"{lacking} should be missing, missing are {', '.join(sorted(missing))}"] if lacking else []
    return [*_verdict(case, found), *_decided(case, found, catalog), *told]


def deciding(case: Case, catalog: Catalog, root: Path) -> list[Rule]:
    """The rules that decide a case whose verdict is worse than permitted."""
    found = _auditor(case, catalog, root).assess(case.subject.id, use=case.use)
    return _deciding(case, found, case.verdict) if case.verdict != "permitted" else []


def _deciding(case: Case, found: Assessment, verdict: str) -> list[Rule]:
    """The rules behind a verdict, on the action that a case is about or on any."""
    outcomes = [outcome for action, outcome in found.decision.actions.items() if case.action in {None, action}]
    return [judged.rule for outcome in outcomes if outcome.verdict == verdict for judged in outcome.decisive]


def _auditor(case: Case, catalog: Catalog, root: Path, policies: tuple[str, ...] = ()) -> Auditor:
    return Auditor(
        catalog,
        as_of=case.as_of,
        policies=policy.load(case.policies or policies, catalog, root),
        settings=Project(models=(case.subject,)),
        explain=False,
    )


def _reached(case: Case, found: Assessment) -> str | None:
    """The verdict on the action that a case is about, else the worst; None where that action is not performed."""
    if case.action is None:
        return found.verdict
    outcome = found.decision.actions.get(case.action)
    return None if outcome is None else outcome.verdict


def _verdict(case: Case, found: Assessment) -> list[str]:
    verdict = _reached(case, found)
    if verdict is None:
        return [f"{case.action} is not performed in this use"]
    return [] if verdict == case.verdict else [f"expected {case.verdict}, is {verdict}: {reasons(found, verdict)}"]


def reasons(found: Assessment, verdict: str) -> str:
    """What decided a verdict, in one line."""
    rules = [
        judged.rule.key + (f" (lacks {', '.join(sorted(judged.step.missing))})" if judged.step.missing else "")
        for outcome in found.decision.actions.values()
        if outcome.verdict == verdict
        for judged in outcome.decisive
        if judged.rule.effect != "permission" or verdict in {"permitted", "undetermined"}
    ]
    return "; ".join(dict.fromkeys((*rules, *found.review))) or "no rule"


def _decided(case: Case, found: Assessment, catalog: Catalog) -> list[str]:
    if case.document is None:
        return []
    named = catalog.document(case.document)
    document = named.id if named is not None else case.document
    if named is None and document not in {judged.rule.document for judged in found.decision.judged}:
        return [f"decides: {document!r} is no document of the catalogue and no policy of this case"]
    rules = _deciding(case, found, _reached(case, found) or found.verdict)
    if not any(
        rule.document == document and (case.section is None or _within(rule.section, case.section)) for rule in rules
    ):
        wanted = case.document + (f" section {case.section}" if case.section else "")
        told = ", ".join(dict.fromkeys(f"{rule.key} section {rule.section}" for rule in rules))
        return [f"expected {wanted} to decide, it was {told or 'nothing'}"]
    return []


def _within(section: str | None, wanted: str) -> bool:
    """Whether one of a rule's sections is the wanted one or a part of it, however the numbers are written."""
    parts = _parts(wanted)
    return any(_parts(one)[: len(parts)] == parts for one in (section or "", *(section or "").split(",")))


def _parts(section: str) -> list[str]:
    return [part for part in "".join(c if c.isalnum() else " " for c in section.casefold()).split() if part]
