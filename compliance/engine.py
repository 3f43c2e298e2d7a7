"""The decision table: documents and facts in, a verdict per action with its proof out."""

from collections.abc import Mapping

from msgspec import structs

from compliance.logic import FALSE, NOTHING, TRUE, Facts, Step, conjoin, evaluate, negate
from compliance.model import SEVERITY, Condition, Document, Rule, Struct, Verdict
from compliance.terms import AllOf, Decision, Gap, Judged, Leaf, Outcome, Terms, Tiers
from compliance.touching import named, of_actions, of_rule


class Case(Struct, frozen=True):
    """What is decided: facts, the date, and the rules (`document#rule`) that are waived for the subject."""

    facts: Facts
    as_of: str
    waived: frozenset[str] = NOTHING
    performed: dict[str, Step] = {}
    before: "Case | None" = None
    """The same case with fewer facts stated; what tests none of `touched` holds as it did there."""
    touched: frozenset[str] = NOTHING
    _judged: dict[int, tuple[Leaf, tuple[Judged, ...]]] = {}
    _tested: dict[int, tuple[Rule, frozenset[str]]] = {}
    _tiers: dict[str, "Case"] = {}

    def __post_init__(self) -> None:
        for own in ("_judged", "_tested", "_tiers"):  # what another case keeps is not kept by one that replaces it
            structs.force_setattr(self, own, {})
        self.performed.update(performed(self.facts) if self.before is None else self._performed(self.before))

    def _performed(self, before: "Case") -> dict[str, Step]:
        tested, actions = of_actions(self.facts.vocabulary), self.facts.vocabulary.actions
        return {
            name: step if tested[name].isdisjoint(self.touched) else _when(actions[name].when, self.facts)
            for name, step in before.performed.items()
        }

    def judged(self, leaf: Leaf) -> tuple[Judged, ...]:
        """What `judge` says of a document, kept for the cases that come after this one."""
        if id(leaf) not in self._judged:
            self._judged[id(leaf)] = (leaf, judge(leaf, self))  # kept with it, so that no other has its number
        return self._judged[id(leaf)][1]

    def keeps(self, rule: Rule, document: Document) -> bool:
        """Whether a rule holds as it did before these facts were stated."""
        if self.before is None:
            return False
        tested = self.before._tested  # noqa: SLF001 - of its own kind
        if id(rule) not in tested:
            tested[id(rule)] = (rule, of_rule(rule) | named(document.applies))
        return tested[id(rule)][1].isdisjoint(self.touched)

    def at(self, tier: str) -> "Case":
        """The case at one tier of a service."""
        if tier not in self._tiers:
            own = self.facts
            facts = Facts(own.vocabulary, {**own.stated, "service_tier": tier}, own.subject, own.assumptions)
            whole = Case(facts=facts, as_of=self.as_of, waived=self.waived) if self.before is None else None
            self._tiers[tier] = whole or self.before.at(tier).after(facts, self.touched)  # type: ignore[union-attr]
        return self._tiers[tier]

    def after(self, facts: Facts, names: frozenset[str]) -> "Case":
        """The case with more facts stated, which may change those of these names."""
        return Case(facts=facts, as_of=self.as_of, waived=self.waived, before=self, touched=names)


def performed(facts: Facts) -> dict[str, Step]:
    """Whether each action is performed."""
    return {name: _when(action.when, facts) for name, action in facts.vocabulary.actions.items()}


def _when(condition: Condition | None, facts: Facts) -> Step:
    return TRUE if condition is None else evaluate(condition, facts)


def decide(terms: Terms, case: Case) -> Decision:
    """Apply the table of the design to each document on its own and put the outcomes together."""
    if isinstance(terms, Leaf):
        return _leaf(terms, case)
    if isinstance(terms, Gap):
        return _gap(terms, case)
    if isinstance(terms, Tiers):
        return _tiers(terms, case)
    decisions = [decide(term, case) for term in terms.terms]
    if isinstance(terms, AllOf):
        return _all(decisions, case)
    best = min(range(len(decisions)), key=lambda i: SEVERITY[decisions[i].verdict])
    chosen = decisions[best]
    return Decision(actions=chosen.actions, judged=chosen.judged, branches=(terms.names[best], *chosen.branches))


# -- one document ----------------------------------------------------------------------------------------------------


def reaches(rule: Rule, document: Document, kinds: frozenset[str]) -> bool:
    """Whether a rule travels along edges of all these kinds."""
    return kinds <= (document.derivatives if rule.reaches is None else rule.reaches)


def judge(leaf: Leaf, case: Case) -> tuple[Judged, ...]:
    """Every rule of a document that reaches the subject, held against the facts."""
    found = []
    kinds = frozenset(parent.relation for parent in leaf.via)
    earlier = iter(case.before.judged(leaf) if case.before is not None else ())
    for document in leaf.documents:
        applies = _when(document.applies, case.facts)
        for rule in document.rules:
            if not reaches(rule, document, kinds):
                continue
            known = next(earlier, None)
            is_same = known is not None and case.keeps(rule, document)
            found.append(known if known is not None and is_same else _judge(rule, document, applies, leaf, case))
    return tuple(found)


def _judge(rule: Rule, document: Document, applies: Step, leaf: Leaf, case: Case) -> Judged:
    step = applies if _in_force(document, rule, case.as_of) else FALSE
    if step.truth is not False:
        step = conjoin((step, *conditions(rule, case.facts)))
    fulfilled = None
    if rule.effect == "duty":
        open_ = Step(None, frozenset({rule.key}))
        fulfilled = open_ if rule.fulfilled_when is None else evaluate(rule.fulfilled_when, case.facts)
    waived = rule.key in case.waived and step.truth is not False
    return Judged(rule=rule, step=step, via=leaf.via, fulfilled=fulfilled, waived=waived)


def conditions(rule: Rule, facts: Facts) -> list[Step]:
    """What a rule holds under: its `when`, and the contrary of its `unless`."""
    steps = [] if rule.when is None else [evaluate(rule.when, facts)]
    return steps if rule.unless is None else [*steps, negate(evaluate(rule.unless, facts))]


def _in_force(document: Document, rule: Rule, as_of: str) -> bool:
    begins = [date for date in (document.valid_from, rule.valid_from) if date is not None]
    ends = [date for date in (document.valid_until, rule.valid_until) if date is not None]
    return all(date <= as_of for date in begins) and all(as_of <= date for date in ends)


def _leaf(leaf: Leaf, case: Case) -> Decision:
    judged = judge(leaf, case)
    if leaf.via and not judged:
        return Decision(actions={})  # nothing of it travels along this path
    main = leaf.documents[0]
    if main.applies is not None and evaluate(main.applies, case.facts).truth is False and main.grants:
        return _gap(Gap(reason=f"{main.title} does not apply here; the agreement that does must be read"), case)
    if main.grants and main.valid_until is not None and main.valid_until < case.as_of:
        return _gap(Gap(reason=f"{main.title} ended on {main.valid_until}; later terms are not in the catalogue"), case)
    if main.grants and main.valid_from is not None and case.as_of < main.valid_from:
        return _gap(
            Gap(reason=f"{main.title} began on {main.valid_from}; earlier terms are not in the catalogue"), case
        )
    actions = {}
    doing = _performed(leaf, case)
    done = {name for name, performed in doing.items() if performed.truth is not False}
    judged = tuple(
        j if j.rule.actions is None or not done.isdisjoint(j.rule.actions) else structs.replace(j, bears=False)
        for j in judged
    )
    for name, performed in doing.items():
        if performed.truth is not False:
            mine = [j for j in judged if j.rule.actions is None or name in j.rule.actions]
            actions[name] = _temper(_table(name, [j for j in mine if not j.waived], leaf, case), performed)
    return Decision(actions=actions, judged=judged)


def _performed(leaf: Leaf, case: Case) -> Mapping[str, Step]:
    """Passing on a derivative is, for the document of its base, passing on a derivative."""
    if not leaf.via or "distribute-derivative" not in case.performed:
        return case.performed
    ways = ("distribute", "distribute-derivative")
    passed_on = negate(conjoin(tuple(negate(case.performed[way]) for way in ways)))
    return {**case.performed, "distribute-derivative": passed_on}


def _temper(outcome: Outcome, performed: Step) -> Outcome:
    """An action that is perhaps not performed cannot prohibit yet."""
    if performed.truth is True or outcome.verdict in {"permitted", "conditional"}:
        return outcome
    return Outcome(
        verdict="undetermined",
        decisive=outcome.decisive,
        missing=outcome.missing | performed.missing,
        review=outcome.review,
        assumed=outcome.assumed,
    )


def _table(action: str, judged: list[Judged], leaf: Leaf, case: Case) -> Outcome:
    """The outcome, with every assumption that it rests on: those of rules that do not bind included."""
    outcome = _row(action, judged, leaf, case)
    if outcome.verdict == "prohibited":
        return outcome
    idle = (j.step.assumed for j in judged if j.step.truth is False and j.rule.effect != "permission")
    return structs.replace(outcome, assumed=outcome.assumed.union(*idle))


def _row(action: str, judged: list[Judged], leaf: Leaf, case: Case) -> Outcome:
    """The decision table, row by row; the first that fits decides."""
    holding = [j for j in judged if j.step.truth is not False and j.rule.level is None]
    prohibitions = [j for j in holding if j.rule.effect == "prohibition"]
    duties = [j for j in holding if j.rule.effect == "duty"]
    permissions = [j for j in holding if j.rule.effect == "permission"]
    licence = (
        leaf.documents[0].grants and frozenset(edge.relation for edge in leaf.via) <= leaf.documents[0].derivatives
    )
    reserved = (
        licence and case.facts.vocabulary.actions[action].reserved
    )  # of what is no derivative by it, it need grant nothing

    # row 1: an undisputed prohibition is true, or an undisputed duty that is true is known to be unmet
    if found := [
        j
        for j in (*prohibitions, *(duty for duty in duties if duty.unmet))
        if j.step.truth is True and not j.rule.disputed
    ]:
        return _outcome("prohibited", found)

    # row 2: the action is reserved and nothing grants it
    if reserved and not permissions:
        silent = [j for j in judged if j.rule.effect == "permission"]
        proof = _not_granted(action, leaf, silent)
        return _outcome("prohibited", [proof])

    # row 3: something open could still forbid it
    granted = [j for j in permissions if j.step.truth is True and not j.rule.disputed]
    found = [j for j in prohibitions if j.step.truth is None or j.rule.disputed]
    found += [j for j in duties if j.unmet and (j.step.truth is None or j.rule.disputed)]
    if reserved and not granted:
        found += permissions
    if found:
        return _undetermined(found, granted)

    # row 4: duties, not all known to be fulfilled
    if found := [j for j in duties if j.fulfilled is None or j.fulfilled.truth is not True]:
        return _outcome("conditional", [*granted, *found])

    # row 5
    return _outcome("permitted", [*granted, *duties])


def _outcome(verdict: Verdict, found: list[Judged]) -> Outcome:
    steps = [step for j in found for step in (j.step, j.fulfilled) if step is not None]
    return Outcome(verdict=verdict, decisive=tuple(found), assumed=NOTHING.union(*(step.assumed for step in steps)))


def _undetermined(found: list[Judged], granted: list[Judged]) -> Outcome:
    return Outcome(
        verdict="undetermined",
        decisive=tuple(found),
        missing=NOTHING.union(*(j.step.missing for j in found)),
        review=tuple(f"{j.rule.key}: {j.rule.disputed}" for j in found if j.rule.disputed),
        assumed=NOTHING.union(*(j.step.assumed for j in (*found, *granted))),
    )


def _not_granted(action: str, leaf: Leaf, silent: list[Judged]) -> Judged:
    """The proof that no grant covers an action; it tells the grants that fall short, and where they stand."""
    main = leaf.documents[0]
    grants = [j.rule for j in silent]
    sections = dict.fromkeys(rule.section for rule in grants if rule.section is not None)
    granted = " ".join(dict.fromkeys(rule.summary for rule in grants[:_GRANTS] if rule.summary))
    remedies = {rule.remedy for rule in grants if rule.remedy and rule.remedy != _NO_REMEDY}
    rule = Rule(
        id="not-granted",
        document=main.id,
        section=", ".join(sections) or None,
        parts=main.parts,
        effect="prohibition",
        actions=frozenset({action}),
        summary=f"{main.title} grants no permission for {action} in this use."
        + (f" What it grants: {granted}" if granted else ""),
        remedy=remedies.pop() if len(remedies) == 1 else _ASK,
    )
    return Judged(rule=rule, step=conjoin(tuple(negate(j.step) for j in silent)), via=leaf.via)


_GRANTS = 3
"""Grants that a proof tells, at most."""
_NO_REMEDY = "None needed."
_ASK = "Ask the licensor for permission, or change the use so that a grant covers it."


# -- several documents -----------------------------------------------------------------------------------------------


def _gap(gap: Gap, case: Case) -> Decision:
    verdict: Verdict = "prohibited" if gap.known_to_be_none else "undetermined"
    outcome = Outcome(verdict=verdict, review=(gap.reason,))
    actions = {name: _temper(outcome, step) for name, step in case.performed.items() if step.truth is not False}
    return Decision(actions=actions)


def _all(decisions: list[Decision], case: Case) -> Decision:
    names = [name for name in case.performed if any(name in decision.actions for decision in decisions)]
    actions = {}
    for name in names:
        outcomes = [decision.actions[name] for decision in decisions if name in decision.actions]
        actions[name] = _worst(outcomes)
    return Decision(
        actions=actions,
        judged=tuple(j for decision in decisions for j in decision.judged),
        branches=tuple(branch for decision in decisions for branch in decision.branches),
    )


def _worst(outcomes: list[Outcome]) -> Outcome:
    verdict = max((outcome.verdict for outcome in outcomes), key=SEVERITY.__getitem__)
    found = [outcome for outcome in outcomes if outcome.verdict == verdict]
    return Outcome(
        verdict=verdict,
        decisive=tuple(j for outcome in found for j in outcome.decisive),
        missing=NOTHING.union(*(outcome.missing for outcome in found)),
        review=tuple(dict.fromkeys(reason for outcome in found for reason in outcome.review)),
        assumed=NOTHING.union(*(outcome.assumed for outcome in found)),
    )


def _tiers(tiers: Tiers, case: Case) -> Decision:
    """The tier that is stated; else the common verdict where all agree on an action, or undetermined for want of it.

    Each tier is decided as if it were the one, by the facts of that tier.
    """
    stated = case.facts.stated.get("service_tier")
    if stated in tiers.names:
        return decide(tiers.terms[tiers.names.index(str(stated))], case)
    decisions = [decide(term, case.at(name)) for name, term in zip(tiers.names, tiers.terms, strict=True)]
    actions = {}
    for name in dict.fromkeys(name for decision in decisions for name in decision.actions):
        outcomes = [decision.actions[name] for decision in decisions if name in decision.actions]
        if len({outcome.verdict for outcome in outcomes}) == 1 and len(outcomes) == len(decisions):
            actions[name] = _worst(outcomes)
        else:
            actions[name] = Outcome(
                verdict="undetermined",
                decisive=tuple(j for outcome in outcomes for j in outcome.decisive),
                missing=frozenset({"service_tier"}).union(*(outcome.missing for outcome in outcomes)),
                assumed=NOTHING.union(*(outcome.assumed for outcome in outcomes)),
            )
    return Decision(
        actions=actions,
        judged=tuple(j for decision in decisions for j in decision.judged),
        branches=(f"any of the tiers {', '.join(tiers.names)}",),
    )
