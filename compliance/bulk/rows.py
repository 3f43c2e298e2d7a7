"""The rows of the input in numbers: licence, catalogue model, facts, use; and the edges between them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compliance.bulk import table
from compliance.bulk.engines import Engine, rows, small
from compliance.bulk.licences import CONFLICT, NONE_STATED, Book
from compliance.bulk.shapes import Shapes
from compliance.bulk.verdicts import laid_over
from compliance.grammar import Grammar
from compliance.model import InputError, Model
from compliance.project import parse_facts
from compliance.subjects import on

if TYPE_CHECKING:
    import ibis

CATALOG_NODE = -2
"""A catalogue model that is no row has the number CATALOG_NODE less its place in the sorted catalogue."""
_MOST_PROBLEMS = 20


class Numbers:
    """What numbers in the tables stand for."""

    def __init__(self, book: Book, uses: Mapping[str, Any], grammar: Grammar, as_of: str) -> None:
        self.book, self.grammar, self.as_of = book, grammar, as_of
        self.known = sorted(book.catalog.model_ids)
        self.places = {name: place for place, name in enumerate(self.known)}
        self.uses = sorted(uses)
        self.facts: list[dict[str, Any]] = [{}]
        self._models: dict[int, Model] = {}

    def model(self, place: int) -> Model:
        """A model of the catalogue, as of the run's date."""
        if place not in self._models:
            found = on(self.book.catalog.model(self.known[place]), self.as_of)
            if found is None:
                raise InputError([f"{self.known[place]}: the catalogue's index is damaged; install modelcheck again"])
            self._models[place] = found
        return self._models[place]

    def own(self, place: int) -> int:
        """The number of the licence of a catalogue model that is no row."""
        text = self.model(place).license
        return NONE_STATED if text is None else self.book.stated(text)


def nodes(engine: Engine, numbers: Numbers, listed: "ibis.Table", shapes: Shapes) -> "ibis.Table":
    """Per row: n, own (its licence), known (its place in the catalogue, or -1), facts, use, shape (of its name)."""
    tags = _tags(numbers.book, listed)
    names = _names(numbers)
    facts = _facts(numbers, listed)
    uses = _uses(numbers, listed)

    def make() -> "ibis.Table":
        texts = {name: listed[column].fill_null("") for name, column in
                 (("use", "use"), ("license", "license"), ("name", "license_name"))}  # fmt: skip
        shape = shapes.number(listed.id, listed.bases.length().fill_null(0) == 0)
        keyed = listed.select("n", "facts", key=listed.id.lower(), shape=shape, **texts)
        found = keyed.join(tags, ["license", "name"]).left_join(names, "key").drop("key_right")
        columns: dict[str, Any] = {"known": found.place.fill_null(-1), "own": found.own, "shape": found["shape"]}
        if facts is not None:
            found = found.join(facts, "facts")
        if uses is not None:
            found = found.join(uses, "use")
        columns["facts"] = found.facts_number if facts is not None else _zero()
        columns["use"] = found.use_number if uses is not None else _zero()
        return found.select("n", **columns)

    return _merged(engine, numbers, engine.keep("plain_nodes", make))


def _zero() -> Any:
    import ibis  # noqa: PLC0415

    return ibis.literal(0, "int64")


def _tags(book: Book, listed: "ibis.Table") -> "ibis.Table":
    kinds = rows(listed.select("license", name="license_name").distinct())
    kinds = [{key: kind[key] or "" for key in kind} for kind in kinds]
    pairs = sorted({(kind["license"], kind["name"]) for kind in kinds})
    columns: dict[str, list[Any]] = {"license": [tag for tag, _ in pairs], "name": [name for _, name in pairs]}
    columns["own"] = [book.tag(tag, name) for tag, name in pairs]
    return small(columns, {"license": "string", "name": "string", "own": "int64"})


def _names(numbers: Numbers) -> "ibis.Table":
    pairs = sorted((name, numbers.places[model]) for name, model in numbers.book.catalog.model_names.items())
    columns = {"key": [name for name, _ in pairs], "place": [place for _, place in pairs]}
    return small(columns, {"key": "string", "place": "int64"})


def _facts(numbers: Numbers, listed: "ibis.Table") -> "ibis.Table | None":
    """Each distinct set of facts per row, read as `--fact` is. Raises InputError with what cannot be read."""
    texts = sorted(kind["facts"] for kind in rows(listed.select("facts").distinct()))
    problems: list[str] = []
    numbers.facts = []
    for text in texts:
        try:
            numbers.facts.append(parse_facts([pair for pair in text.splitlines() if pair], numbers.grammar))
        except InputError as problem:
            problems += problem.problems
    if problems:
        told = [f"column {line.removeprefix('--fact ').removeprefix('--fact: ')}" for line in dict.fromkeys(problems)]
        raise InputError(told[:_MOST_PROBLEMS])
    if len(texts) == 1:
        return None
    made = {"facts": texts, "facts_number": list(range(len(texts)))}
    return small(made, {"facts": "string", "facts_number": "int64"})


def _uses(numbers: Numbers, listed: "ibis.Table") -> "ibis.Table | None":
    """The use of each row by name, where there are several."""
    if numbers.uses == [""]:
        return None
    texts = sorted(kind["use"] or "" for kind in rows(listed.select("use").distinct()))
    wrong = [text for text in texts if text not in numbers.uses]
    if wrong:
        told = f"column use: {wrong[0]!r} is none of the uses given with --use NAME=FILE ({', '.join(numbers.uses)})"
        raise InputError([told])
    made = {"use": texts, "use_number": [numbers.uses.index(text) for text in texts]}
    return small(made, {"use": "string", "use_number": "int64"})


def _merged(engine: Engine, numbers: Numbers, plain: "ibis.Table") -> "ibis.Table":
    """Rows of models that the catalogue knows get its licence beside their own."""
    kinds = rows(plain.filter(plain.known >= 0).select("known", "own").distinct())
    if not kinds:
        return plain
    kinds.sort(key=lambda kind: (kind["known"], kind["own"]))
    columns = {key: [kind[key] for kind in kinds] for key in ("known", "own")}
    columns["both"] = [laid_over(numbers.model(kind["known"]), kind["own"], numbers.book) for kind in kinds]
    made = small(columns, dict.fromkeys(columns, "int64"))

    def make() -> "ibis.Table":
        found = plain.left_join(made, ["known", "own"])
        return found.select("n", "known", "facts", "use", "shape", own=found.both.fill_null(found.own))

    return engine.keep("nodes", make)


# -- edges -----------------------------------------------------------------------------------------------------------


def settle(engine: Engine, listed: "ibis.Table", found: "ibis.Table") -> "tuple[ibis.Table, ibis.Table]":
    """The nodes and, by folded id, the row that stands for a model; rows that contradict one another settle nothing."""
    keyed = listed.select("n", key=listed.id.lower())
    told = rows(
        keyed.agg(rows=keyed.count(), ids=keyed.key.hash().nunique(), named=keyed.key.count(where=keyed.key != ""))
    )[0]
    if (told["named"] or 0) < told["rows"]:
        raise InputError(["there are rows without an id"])
    if told["rows"] == told["ids"]:
        return found, keyed

    def doubtful() -> "ibis.Table":
        bases, relations = _text(listed.bases), listed.relations.fill_null("")
        whole = listed.select("n", key=listed.id.lower(), bases=bases, relations=relations)
        whole = whole.join(found.select("n", "own"), "n")
        parted = whole.group_by("key").agg(
            owns=whole.own.nunique(), bases=whole.bases.nunique(), relations=whole.relations.nunique()
        )
        bad = parted.filter((parted.owns > 1) | (parted.bases > 1) | (parted.relations > 1))
        return whole.semi_join(bad, "key").select("n", contrary=_zero() + 1)

    contrary = engine.keep("contrary", doubtful)
    one = engine.keep("one_of_each", lambda: keyed.group_by("key").agg(n=keyed.n.min()))

    def make() -> "ibis.Table":
        import ibis  # noqa: PLC0415

        both = found.left_join(contrary, "n")
        own = ibis.ifelse(both.contrary.notnull(), CONFLICT, both.own).cast("int64")
        return both.select("n", "known", "facts", "use", "shape", own=own)

    return engine.keep("settled_nodes", make), one


def _text(names: Any) -> Any:
    return names.join(",").fill_null("")


def edges(
    engine: Engine, numbers: Numbers, listed: "ibis.Table", found: "ibis.Table", one: "ibis.Table"
) -> "ibis.Table":
    """Edges of rows and of the catalogue, by number; see `table.joined`."""
    import ibis  # noqa: PLC0415

    relations = numbers.book.relations
    made = [(place, parent.id, relations.index(parent.relation)) for place in range(len(numbers.known))
            for parent in numbers.model(place).parents]  # fmt: skip
    columns = {"known": [place for place, _, _ in made], "base": [base for _, base, _ in made],
               "relation": [relation for _, _, relation in made]}  # fmt: skip
    theirs = small(columns, {"known": "int64", "base": "string", "relation": "int64"})

    def make() -> "ibis.Table":
        names = ("child", "base", "relation", "several")
        yes = ibis.literal(True)
        rowed = found.filter(found.known >= 0).join(theirs, "known").mutate(several=yes).rename(child="n")
        alone = theirs.mutate(child=CATALOG_NODE - theirs.known, several=yes)
        pairs = table.edges(relations, engine.keep("pairs", lambda: table.pairs(listed)))
        doubled = pairs.semi_join(rowed, "child").mutate(several=yes)
        plain = pairs.anti_join(rowed, "child")
        pairs = plain.select(*names).union(*(some.select(*names) for some in (doubled, rowed, alone)))
        known = _names(numbers)
        more = known.anti_join(one, "key").select("key", n=CATALOG_NODE - known.place)
        return table.joined(pairs, one.select("key", "n").union(more), owns(numbers, found))

    made_edges = engine.keep("edges", make)
    engine.drop("pairs")
    return made_edges


def owns(numbers: Numbers, found: "ibis.Table") -> "ibis.Table":
    """The licence of every node, catalogue models included."""
    places = range(len(numbers.known))
    made = {"n": [CATALOG_NODE - place for place in places], "own": [numbers.own(place) for place in places]}
    return found.select("n", "own").union(small(made, {"n": "int64", "own": "int64"}))


def ids(numbers: Numbers, listed: "ibis.Table") -> "ibis.Table":
    """What every node is called."""
    made = {"n": [CATALOG_NODE - place for place in range(len(numbers.known))], "id": list(numbers.known)}
    return listed.select("n", "id").union(small(made, {"n": "int64", "id": "string"}))
