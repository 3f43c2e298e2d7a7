"""What is still to be known, and what would make it pass: the engine asked again with some answers added."""

from collections.abc import Iterator, Mapping

from compliance import changes, project, questions
from compliance.engine import Case, decide
from compliance.logic import Facts
from compliance.model import Counterfactual, Question, Test, Value, Verdict
from compliance.narrowing import narrow, still_barred
from compliance.terms import Decision, Terms, Tiers


def alternatives(
    terms: Terms, decision: Decision, case: Case
) -> tuple[tuple[Question, ...], tuple[Counterfactual, ...]]:
    """The questions that settle a verdict and the changes after which it passes; none where it passes already."""
    if decision.verdict in {"permitted", "conditional"}:
        return (), ()
    vocabulary = case.facts.vocabulary
    found = list(questions.all_tests(questions.documents(terms), vocabulary))
    tiers = tuple(_tiers(terms))
    found += [Test(fact="service_tier", op="equals", operand=tier) for tier in tiers]
    asked: tuple[Question, ...] = ()
    missing = frozenset(name for name in decision.missing if name in vocabulary.facts)
    if decision.verdict == "undetermined" and missing:
        ask = _again(narrow(terms, case), case)
        domain = {name: questions.answers(vocabulary.facts[name], found, vocabulary) for name in missing}
        if "service_tier" in domain:
            domain["service_tier"] = tiers  # nothing else can be had
        asked = questions.questions(questions.smallest(missing, domain, ask), domain, ask, vocabulary)
    again = _again(terms, case)

    def quick(more: Mapping[str, Value]) -> tuple[Verdict, frozenset[str]]:
        facts = Facts(vocabulary, {**case.facts.stated, **more}, case.facts.subject, case.facts.assumptions)
        return ("prohibited", frozenset()) if still_barred(decision, terms, facts) else again(more)

    return asked, changes.passing(decision, case.facts, found, quick, vocabulary)


def _tiers(terms: Terms) -> Iterator[str]:
    """The tiers between which nobody chose."""
    if isinstance(terms, Tiers):
        yield from terms.names
    for term in getattr(terms, "terms", ()):
        yield from _tiers(term)


def _again(terms: Terms, case: Case) -> questions.Ask:
    """Decides the case again with some answers added."""
    vocabulary = case.facts.vocabulary
    known: dict[frozenset[tuple[str, Value]], tuple[Verdict, frozenset[str]]] = {}

    def ask(more: Mapping[str, Value]) -> tuple[Verdict, frozenset[str]]:
        key = frozenset(more.items())
        if key not in known:
            known[key] = decided(more)
        return known[key]

    def decided(more: Mapping[str, Value]) -> tuple[Verdict, frozenset[str]]:
        stated = {**case.facts.stated, **more}
        if project.contradictions(stated, vocabulary):
            return "undetermined", frozenset()
        facts = Facts(vocabulary, stated, case.facts.subject, case.facts.assumptions)
        again = decide(terms, Case(facts=facts, as_of=case.as_of, waived=case.waived))
        return again.verdict, again.missing if again.verdict == "undetermined" else frozenset()

    return ask
