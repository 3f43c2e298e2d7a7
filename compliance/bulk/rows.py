"""The rows of the input in numbers: licence, catalogue model, facts, use; and the edges between them.

Most rows are nobody's parent and no model of the catalogue: ids are compared as text only where somebody names them.
"""

from typing import TYPE_CHECKING, Any

from compliance.bulk import stated, table
from compliance.bulk.engines import Engine, given
from compliance.bulk.licences import CONFLICT
from compliance.bulk.shapes import Shapes
from compliance.bulk.stated import Numbers
from compliance.model import InputError

if TYPE_CHECKING:
    import ibis

CATALOG_NODE = -2
"""A catalogue model that is no row has the number CATALOG_NODE less its place in the sorted catalogue."""
KEYS = ("own", "inherited", "depth", "shape", "known", "facts", "use", "cycle")
"""What of a row a verdict depends on; the last four only where some row has one."""


class Rows:
    """The listed rows, and what was found out about them."""

    def __init__(self, engine: Engine, numbers: Numbers, listed: "ibis.Table") -> None:
        """Reads what is stated of each row. Raises InputError with what cannot be read."""
        self.engine, self.numbers = engine, numbers
        self.listed, have = table.whole(listed), listed.columns
        self._had = have
        self.tags = self._tags()
        self.facts = stated.facts(engine, numbers, listed) if "facts" in have else None
        self.uses = stated.uses(engine, numbers, listed) if "use" in have else None
        self.pairs = engine.keep("pairs", lambda: table.pairs(self.listed)) if "bases" in have else None
        self.known: ibis.Table | None = None
        self.contrary: ibis.Table | None = None
        self.named = engine.keep("named", self._named)
        self.known = self._known()
        self.contrary = self._contrary()
        self.owned = engine.keep("owned", lambda: self._own(self.named).select("n", "key", "own"))

    def _tags(self) -> "ibis.Table":
        """Each spelling of a licence with its number."""
        book, listed = self.numbers.book, self.listed
        blank = listed.id.isnull() | (listed.id == "")
        kinds = self.engine.rows(listed.select("license", name="license_name", blank=blank).distinct())
        if not kinds:
            raise InputError(["there are no rows"])
        if any(kind["blank"] for kind in kinds):
            first = self.engine.number(listed.filter(blank).n.min()) or 0
            raise InputError([f"there are rows without an id; the first is number {first + 1:,} after the header"])
        pairs = sorted({(kind["license"] or "", kind["name"] or "") for kind in kinds})
        columns: dict[str, list[Any]] = {"license": [tag for tag, _ in pairs], "name": [name for _, name in pairs]}
        columns["own"] = [book.tag(tag, name) for tag, name in pairs]
        columns["asks"] = [book.asks(number) for number in columns["own"]]
        return self.engine.small(columns, {"license": "string", "name": "string", "own": "int64", "asks": "bool"})

    def _named(self) -> "ibis.Table":
        """Rows that the catalogue or another row names."""
        keys = self._names().select("key")
        if self.pairs is not None:
            keys = keys.union(self.pairs.select(key=table.key(self.pairs.base)))
        listed = self.listed
        return (
            listed.select("n", "id", "license", "license_name", key=table.key(listed.id))
            .semi_join(keys.distinct(), "key")
            .select("n", "key", "id", "license", "license_name")
        )

    def _names(self) -> "ibis.Table":
        names = self.numbers.book.catalog.model_names.items()
        pairs = sorted((name, self.numbers.places[model]) for name, model in names)
        columns = {"key": [name for name, _ in pairs], "place": [place for _, place in pairs]}
        return self.engine.small(columns, {"key": "string", "place": "int64"})

    def _known(self) -> "ibis.Table | None":
        """Rows of models that the catalogue knows, with its licence beside their own."""
        found = self._own(self.named.join(self._names(), "key")).select("n", "place", "own")
        found = self.engine.keep("placed", given(found))
        kinds = self.engine.rows(found.select("place", "own").distinct())
        if not kinds:
            return None
        kinds.sort(key=lambda kind: (kind["place"], kind["own"]))
        numbers = self.numbers
        columns = {key: [kind[key] for kind in kinds] for key in ("place", "own")}
        columns["both"] = [numbers.laid_over(kind["place"], kind["own"]) for kind in kinds]
        made = self.engine.small(columns, dict.fromkeys(columns, "int64"))
        whole = found.join(made, ["place", "own"])
        return self.engine.keep("known", lambda: whole.select("n", known=whole.place, both=whole.both))

    def _own(self, part: "ibis.Table") -> "ibis.Table":
        """Some rows with the numbers of their licences, of the catalogue's beside it, and whether names bear on it."""
        import ibis  # noqa: PLC0415

        part = part.mutate(license=part.license.fill_null(""), name=part.license_name.fill_null(""))
        found = part.join(self.tags, ["license", "name"])
        if self.known is not None:
            found = found.left_join(self.known, "n").drop("n_right")
            found = found.mutate(own=found.both.fill_null(found.own)).drop("both")
        if self.contrary is not None:
            found = found.left_join(self.contrary, "n").drop("n_right")
            found = found.mutate(own=ibis.ifelse(found.contrary.notnull(), CONFLICT, found.own).cast("int64"))
        return found

    # -- rows of one id ------------------------------------------------------------------------------------------------

    def _contrary(self) -> "ibis.Table | None":
        """Rows that other rows of the same id contradict; None where no id comes twice."""
        keyed = self.listed.select("n", mark=table.key(self.listed.id).hash())
        doubled = self.engine.keep("doubled", lambda: _twice(keyed))
        if not self.engine.rows(doubled.limit(1)):
            return None
        name = table.key(self.listed.id)
        whole = self.listed.select(
            "n", "license", "license_name", key=name, mark=name.hash(), bases=self.listed.bases.join(",").fill_null(""),
            relations=self.listed.relations.fill_null(""),
        )  # fmt: skip
        whole = self._own(whole.semi_join(doubled, "mark"))

        def make() -> "ibis.Table":
            parted = whole.group_by("key").agg(
                owns=whole.own.nunique(), bases=whole.bases.nunique(), relations=whole.relations.nunique()
            )
            bad = parted.filter((parted.owns > 1) | (parted.bases > 1) | (parted.relations > 1))
            return whole.semi_join(bad, "key").select("n", contrary=_number(1))

        return self.engine.keep("contrary", make)

    # -- edges ---------------------------------------------------------------------------------------------------------

    def edges(self) -> "ibis.Table":
        """Edges of rows and of the catalogue, by number; see `table.joined`."""
        import ibis  # noqa: PLC0415

        numbers, relations = self.numbers, self.numbers.book.relations
        made = [(place, parent.id, relations.index(parent.relation)) for place in range(len(numbers.known))
                for parent in numbers.model(place).parents]  # fmt: skip
        columns = {"known": [place for place, _, _ in made], "base": [base for _, base, _ in made],
                   "relation": [relation for _, _, relation in made]}  # fmt: skip
        theirs = self.engine.small(columns, {"known": "int64", "base": "string", "relation": "int64"})
        names = ("child", "base", "relation", "several")
        yes = ibis.literal(True)

        def make() -> "ibis.Table":
            every = theirs.mutate(child=CATALOG_NODE - theirs.known, several=yes).select(*names)
            mine = table.edges(self.engine, relations, self.pairs).select(*names) if self.pairs is not None else None
            if self.known is not None:
                rowed = self.known.join(theirs, "known").mutate(several=yes).rename(child="n").select(*names)
                every = every.union(rowed)
                if mine is not None:
                    doubled = mine.semi_join(rowed, "child").mutate(several=yes).select(*names)
                    mine = mine.anti_join(rowed, "child").select(*names).union(doubled)
            return table.joined(every if mine is None else every.union(mine), self._by_name())

        found = self.engine.keep("edges", make)
        self.engine.drop("pairs")
        said = [name for name in ("bases", "relations") if name in self._had]  # by the edges from here on
        self.listed = table.whole(self.engine.narrow("listed", said))
        return found

    def _by_name(self) -> "ibis.Table":
        """The node that stands for a name, and its licence: the first row of that id, else the catalogue's model."""
        first = self.owned.group_by("key").agg(n=self.owned.n.min()).drop("key")
        found = self.owned.semi_join(first, "n").select("key", "n", "own")
        places = range(len(self.numbers.known))
        columns = {"place": list(places), "own": [self.numbers.own(place) for place in places]}
        known = self._names().join(self.engine.small(columns, dict.fromkeys(columns, "int64")), "place")
        known = known.anti_join(found, "key")
        return found.union(known.select("key", n=CATALOG_NODE - known.place, own=known.own))

    def ids(self) -> "ibis.Table":
        """What every node that can be a parent is called."""
        known = self.numbers.known
        made = {"n": [CATALOG_NODE - place for place in range(len(known))], "id": list(known)}
        return self.named.select("n", "id").union(self.engine.small(made, {"n": "int64", "id": "string"}))

    # -- all rows ------------------------------------------------------------------------------------------------------

    def whole(self, inherited: "ibis.Table", cycles: list[int], shapes: Shapes) -> "ibis.Table":
        """Per row n and what its verdict depends on; see KEYS."""
        import ibis  # noqa: PLC0415

        def make() -> "ibis.Table":
            part = self.listed.select("n", "id", "license", "license_name", "facts", "use")
            found = self._own(part).left_join(inherited, "n").drop("n_right")
            plain = found.known.isnull() if self.known is not None else ibis.literal(True)
            asked = plain & (ibis.literal(shapes.always) | found.asks | found.asked.fill_null(False))
            columns: dict[str, Any] = {
                "own": found.own, "inherited": found.inherited.fill_null(0), "depth": found.depth.fill_null(0),
                "shape": ibis.ifelse(asked, shapes.number(found.id.strip(), found.inherited.isnull()), 0),
            }  # fmt: skip
            if self.known is not None:
                columns["known"] = found.known.fill_null(-1)
            for name, numbers in (("facts", self.facts), ("use", self.uses)):
                if numbers is not None:
                    found = found.join(numbers, name)
                    columns[name] = found[f"{name}_number"]
            if cycles:
                turning = self.engine.small({"n": cycles, "cycle": [1] * len(cycles)}, {"n": "int64", "cycle": "int64"})
                found = found.left_join(turning, "n").drop("n_right")
                columns["cycle"] = found.cycle.fill_null(0)
            return found.select("n", **{name: column.cast("int32") for name, column in columns.items()})

        return self.engine.keep("whole", make)


def _twice(keyed: "ibis.Table") -> "ibis.Table":
    times = keyed.group_by("mark").agg(times=keyed.count())
    return times.filter(times.times > 1)


def _number(value: int, kind: str = "int64") -> Any:
    import ibis  # noqa: PLC0415

    return ibis.literal(value, kind)
