"""The engine's part: each distinct set of licences, facts and use is decided once, each licence of it once."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import structs

from compliance import drift, engine, subjects
from compliance.audit import Assessment, Auditor
from compliance.bulk.licences import CONFLICT, MISSING, NONE_STATED, Book, Element, ordered
from compliance.engine import Case, Decision, Leaf, Terms
from compliance.lineage import Lineage
from compliance.logic import NOTHING, Facts
from compliance.model import SEVERITY, Document, Model, Parent, Struct, SubjectFact, Test, Value, Verdict
from compliance.questions import all_tests, documents, tests

OWN, POLICY = "own", "policy"
OF_ALL_CARDS = frozenset(
    """kind access known_by lineage_depth publisher publisher_country family released input_modality
    output_modality""".split()
)
"""Facts of the subject that models which only their cards tell of have in common, or lack, given access and depth."""
Name = Element | str
Part = tuple[Name, Terms, object]


class Group(Struct, frozen=True):
    """What rows have in common that are decided together; `id` is that of one of them."""

    id: str
    own: int
    inherited: int
    depth: int | None
    cycle: bool = False
    facts: int = 0
    use: int = 0
    shape: int = 0


class Result(Struct, frozen=True):
    """What the table says of a group; `target` is the inherited licence that decided."""

    verdict: Verdict
    rules: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    drift: tuple[str, ...] = ()
    target: Element | None = None


class Told(Struct, frozen=True):
    """Of a decision: its verdict, and what in the actions that have it decided."""

    verdict: Verdict
    rules: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING
    reasons: frozenset[str] = NOTHING


class Judge:
    """Decides groups under one use."""

    def __init__(self, book: Book, auditor: Auditor, use: Mapping[str, Any]) -> None:
        self.book, self.auditor, self.use = book, auditor, dict(use)
        self._decisions: dict[object, Told] = {}
        self._bares: dict[object, bool] = {}
        self._subjects: dict[object, tuple[dict[str, Value], Mapping[str, SubjectFact]]] = {}
        self._above: dict[object, list[tuple[Name, Told]] | None] = {}
        self._tested: dict[object, tuple[str, ...]] = {}
        self._asks: dict[int, bool] = {}
        self._cases: dict[object, Case] = {}
        self._drifts: dict[object, tuple[str, ...]] = {}
        self._terms: dict[tuple[int, frozenset[str] | None], Terms] = {}

    def result(self, group: Group, known: Model | None, facts: Mapping[str, Any]) -> Result:
        """The verdict on a group, with what decided it."""
        use = {**self.use, **facts}
        model = self._model(group, known)
        access = subjects.access_of(model, use)
        by_weights = access in {"weights", "integrated-product"}
        found = _worst(self._parts(group, model, access, use)) if by_weights else None
        if known is not None or found is None:
            whole = _worst([(OWN, _told(self._assessed(group, model, use).decision))])
            agreed = found is not None and found.verdict == whole.verdict
            found = structs.replace(whole, target=found.target if found is not None and agreed else None)
        return structs.replace(found, drift=self.drift(group, model))

    # -- one after the other ---------------------------------------------------------------------------------------

    def _model(self, group: Group, known: Model | None) -> Model:
        """The group's model without its parents: of the catalogue, if it knows it, with what the row adds."""
        text = self.book.texts[group.own] or (None if group.own == NONE_STATED else "other")
        if known is None:
            return Model(id=group.id, license=text, known_by="card")
        return structs.replace(known, license=text)

    def _parts(self, group: Group, model: Model, access: str, use: Mapping[str, Any]) -> "list[tuple[Name, Told]]":
        """Each licence that binds, decided on its own; those of equal facts once."""
        own: Part = (OWN, self._term(group.own, None), (group.own, None))
        policies: list[Part] = [(POLICY, Leaf(documents=(policy,)), policy.id) for policy in self.auditor.policies]
        known, by_source = self._subject(group, model, access, [own, *self._elements(group), *policies])
        above = self._from_above(group, access, use)
        if by_source:  # facts that a document states of itself are few and not worth sharing
            facts = Facts(self.auditor.catalog.vocabulary, {**known, **use}, by_source, self.auditor.assumptions)
            case = Case(facts=facts, as_of=self.auditor.as_of)
            return [(name, _told(engine.decide(terms, case)))
                    for name, terms, _ in (own, *self._elements(group), *policies)]  # fmt: skip
        if model.known_by == "card" and above is not None:
            mine, *house = [
                (name, self._decision(key, terms, known, group, use)) for name, terms, key in (own, *policies)
            ]
            return [mine, *above, *house]
        keyed = [own, *self._elements(group), *policies]
        return [(name, self._decision(key, terms, known, group, use)) for name, terms, key in keyed]

    def _subject(
        self, group: Group, model: Model, access: str, parts: list[Part]
    ) -> "tuple[dict[str, Value], Mapping[str, SubjectFact]]":
        """What is known of the subject; rows that the catalogue does not know differ in their names and depth alone."""
        at = (group.own, group.inherited, access, None if model.known_by == "card" else model.id)
        if at not in self._subjects:
            every = engine.AllOf(terms=tuple(terms for _, terms, _ in parts))
            self._subjects[at] = subjects.known(
                model, access, None, every, self.auditor.catalog, Lineage(lambda _: None), self.auditor.as_of
            )
        shared, by_source = self._subjects[at]
        known = {**shared, "subject_id": model.id, "name": model.id.rsplit("/", 1)[-1]}
        del known["lineage_depth"]
        if group.depth is not None:
            known["lineage_depth"] = group.depth
        return known, by_source

    def _elements(self, group: Group) -> list[Part]:
        return [(item, self._term(*item), item) for item in ordered(self.book.sets[group.inherited])]

    def _from_above(self, group: Group, access: str, use: Mapping[str, Any]) -> "list[tuple[Name, Told]] | None":
        """What is inherited as one part, or none; None where something of the one model bears on it."""
        at = (group.inherited, access, group.facts, group.depth)
        if at not in self._above:
            parts = self._elements(group)
            told = [(part[0], self._plain(part, access, group, use)) for part in parts if self._bare(part)]
            self._above[at] = None if len(told) < len(parts) else [_joined(told)] if told else []
        return self._above[at]

    def _bare(self, part: Part) -> bool:
        """Whether nothing of a model but what all cards have in common can bear on some terms."""
        _, terms, key = part
        if key not in self._bares:
            vocabulary = self.auditor.catalog.vocabulary
            asked = {name for name in self._tests(key, terms) if vocabulary.facts[name].subject}
            self._bares[key] = asked <= OF_ALL_CARDS and not any(item.facts for item in documents(terms))
        return self._bares[key]

    def _plain(self, part: Part, access: str, group: Group, use: Mapping[str, Any]) -> Told:
        known: dict[str, Value] = {"kind": "model", "access": access, "known_by": "card"}
        if group.depth is not None:
            known["lineage_depth"] = group.depth
        return self._decision(part[2], part[1], known, group, use)

    def _term(self, number: int, path: frozenset[str] | None) -> Terms:
        key = (number, path)
        if key not in self._terms:
            via = tuple(Parent(id="", relation=relation) for relation in sorted(path or ()))
            self._terms[key] = self.book.terms(number, via)
        return self._terms[key]

    def _decision(
        self, key: object, terms: Terms, known: Mapping[str, Any], group: Group, use: Mapping[str, Any]
    ) -> Told:
        mine = tuple((name, known[name]) for name in self._tests(key, terms) if name in known)
        at = (key, mine, group.facts)
        if at not in self._decisions:
            of = (mine, group.facts)
            if of not in self._cases:
                facts = Facts(self.auditor.catalog.vocabulary, {**dict(mine), **use}, {}, self.auditor.assumptions)
                self._cases[of] = Case(facts=facts, as_of=self.auditor.as_of)
            self._decisions[at] = _told(engine.decide(terms, self._cases[of]))
        return self._decisions[at]

    def _tests(self, key: object, terms: Terms) -> tuple[str, ...]:
        """The facts that can bear on some terms, by way of the vocabulary's definitions as well."""
        if key not in self._tested:
            vocabulary = self.auditor.catalog.vocabulary
            names = _names(all_tests(documents(terms), vocabulary))
            names |= _names(test for fact in vocabulary.facts.values() for test in tests(fact.true_when))
            self._tested[key] = tuple(sorted(names))
        return self._tested[key]

    def _assessed(self, group: Group, model: Model, use: Mapping[str, Any]) -> Assessment:
        """By the same door as `check`: the model in a small world where bare models stand for the ways between."""
        world: dict[str, Model] = {}
        parents = [self._ancestor(item, number, world) for number, item in
                   enumerate(ordered(self.book.sets[group.inherited]))]  # fmt: skip
        depth = {} if group.depth is None else {"lineage_depth": group.depth}
        subject = structs.replace(model, parents=tuple(parents), facts={**model.facts, **depth})
        return _World(self.auditor, world, subject).assess(subject.id, use=use)

    def _ancestor(self, item: Element, number: int, world: dict[str, Model]) -> Parent:
        own, path = item
        text = self.book.texts[own]
        relations = sorted(path, key=lambda relation: (relation != "trained-on", relation)) or ["finetune"]
        names = [f"{number}/{at}" for at in range(len(relations))]
        for at, name in enumerate(names[:-1]):
            world[name] = Model(
                id=name, known_by="project", parents=(Parent(id=names[at + 1], relation=relations[at + 1]),)
            )
        if own != MISSING:
            world[names[-1]] = Model(id=names[-1], license=text, known_by="card")
        return Parent(id=names[0], relation=relations[0])

    # -- drift -----------------------------------------------------------------------------------------------------

    def drift(self, group: Group, model: Model) -> tuple[str, ...]:
        """The kinds of disagreement between what a model declares and what it inherits."""
        found: set[str] = {"cycle"} if group.cycle else set()
        if model.license is None and group.own == NONE_STATED and group.depth != 0:
            found.add("license-missing")
        if group.own == CONFLICT:
            found.add("rows-differ")
        elements = self.book.sets[group.inherited]
        if any(number == MISSING for number, _ in elements):
            found.add("unknown-parent")
        return tuple(sorted(found.union(*(self._against(model, group, item) for item in elements))))

    def _against(self, model: Model, group: Group, item: Element) -> tuple[str, ...]:
        number, path = item
        if number not in self._asks:
            made = [rule.produces or {} for base in self.book.mains(number) for rule in base.rules]
            self._asks[number] = any(produces.get("kind") == "name-prefix" for produces in made)
        key = (group.own, item, group.shape if self._asks[number] else None)
        if key not in self._drifts:
            via = tuple(Parent(id="", relation=relation) for relation in sorted(path))
            own = list(self.book.mains(group.own))
            names = self.auditor.catalog.vocabulary
            kinds = {told.kind for base in self.book.mains(number)
                     for told in drift.against(model, own, base, via, names)}  # fmt: skip
            self._drifts[key] = tuple(sorted(kinds))
        return self._drifts[key]


class _World(Auditor):
    """An auditor that knows one subject and the ways to what it inherits."""

    def __init__(self, plain: Auditor, world: dict[str, Model], subject: Model) -> None:
        super().__init__(
            plain.catalog,
            as_of=plain.as_of,
            assumptions=plain.assumptions,
            policies=plain.policies,
            explain=False,
        )
        self.world = {**world, subject.id: subject}

    def find(self, name: str) -> Model | None:
        """A model of the small world only."""
        return self.world.get(name)


def laid_over(known: Model, own: int, book: Book) -> int:
    """The licence of a model that the catalogue knows, with what a row declares; where the two differ, both bind."""
    if known.license is None:
        return own
    held, text = book.stated(known.license), book.texts[own]
    return held if text is None or held == own else book.stated(f"({known.license}) AND ({text})")


def _names(found: Iterable[Test]) -> set[str]:
    return {name for test in found for name in (test.fact, test.other) if name is not None}


def _told(decision: Decision) -> Told:
    worst = decision.verdict
    bad = [outcome for outcome in decision.actions.values() if outcome.verdict == worst]
    return Told(
        verdict=worst,
        rules=frozenset(j.rule.key for outcome in bad for j in outcome.decisive if j.rule.effect != "permission"),
        missing=NOTHING.union(*(outcome.missing for outcome in bad)),
        reasons=frozenset(reason for outcome in bad for reason in outcome.review),
    )


def _joined(parts: "list[tuple[Name, Told]]") -> "tuple[Name, Told]":
    """The worst of the parts: the first that is, and what all that are as bad say."""
    worst: Verdict = max((told.verdict for _, told in parts), key=SEVERITY.__getitem__)
    bad = [(name, told) for name, told in parts if told.verdict == worst]
    return bad[0][0], Told(
        verdict=worst,
        rules=NOTHING.union(*(told.rules for _, told in bad)),
        missing=NOTHING.union(*(told.missing for _, told in bad)),
        reasons=NOTHING.union(*(told.reasons for _, told in bad)),
    )


def _worst(parts: "list[tuple[Name, Told]]") -> Result:
    """The worst of the parts, the model's own licence before inherited ones and those before policies."""
    name, told = _joined(parts)
    return Result(
        verdict=told.verdict,
        rules=tuple(sorted(told.rules)),
        missing=tuple(sorted(told.missing)) if told.verdict == "undetermined" else (),
        reasons=tuple(sorted(told.reasons)),
        target=name if isinstance(name, tuple) and told.verdict != "permitted" else None,
    )


def family(documents_: Iterable[Document]) -> str:
    """The licence family of a row, for the summary: the strictest category of its documents."""
    order = ("research-only", "non-commercial", "proprietary", "source-available", "network-copyleft", "copyleft",
             "weak-copyleft", "rail", "community", "terms", "permissive", "public-domain")  # fmt: skip
    found = frozenset().union(*(document.category for document in documents_))
    return next((name for name in order if name in found), "unknown")
