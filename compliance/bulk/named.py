"""The models that others name, or that the catalogue knows: most rows are neither, and are never compared by id."""

from functools import cached_property
from typing import Any

from compliance.bulk import table
from compliance.bulk.engines import given
from compliance.bulk.licences import CONFLICT
from compliance.bulk.numbering import numbers
from compliance.bulk.rows import LAID, Rows
from compliance.bulk.written import Table, ibis

CATALOG_NODE = -2
"""A catalogue model that is no row has the number CATALOG_NODE less its place in the sorted catalogue; its line too."""


class Named:
    """Rows and models of the catalogue by name, and the edges from rows to them."""

    def __init__(self, rows: Rows) -> None:
        """What the catalogue knows, which is made ready while rows are read."""
        self.rows, self.engine, self.numbers = rows, rows.engine, rows.numbers
        self.names = self._names()
        self._above = self._of_catalog()

    def settle(self) -> None:
        """Find them among the rows that were read."""
        self.named = self.engine.keep("named", self._named)
        self.known = self._known()

    def look(self) -> None:
        """What names to look for, as far as that is known without the rows. Raises InputError."""
        stated = self.rows.pairs.select(key=table.key(self.rows.pairs.base))
        self._keys = self.engine.add("keys", self.names.select("key").union(stated).distinct())
        self._marks = self._marked(self._keys)

    def _marked(self, keys: Table) -> Any:
        return numbers(self.engine.arrow(keys.select(mark=self.engine.mark(keys.key)))["mark"])

    @cached_property
    def contrary(self) -> Table | None:
        """Rows that other rows of the same id contradict; None where there are none."""
        found = None
        for rows in self.rows.unlike():
            whole = self._laid(rows.select("n", "own", "line", key=table.key(rows.id)))
            own, line = whole.own, whole.line
            parted = whole.group_by("key").agg(owns=own.max() - own.min(), lines=line.max() - line.min())
            bad = parted.filter((parted.owns > 0) | (parted.lines > 0))
            found = self.engine.add("contrary", whole.semi_join(bad, "key").select("n"))
        return found if found is not None and self.engine.number(found.count()) else None

    def _names(self) -> Table:
        """The models of the catalogue: key (each of their names), place, own (their licence)."""
        names = self.numbers.book.catalog.model_names.items()
        pairs = sorted((name, self.numbers.places[model]) for name, model in names)
        places = [place for _, place in pairs]
        columns = {"key": [name for name, _ in pairs], "place": places, "own": list(map(self.numbers.own, places))}
        return self.engine.small(columns, {"key": "string", "place": "int64", "own": "int64"})

    def _of_catalog(self) -> Table:
        """Parents of models of the catalogue: place (of the child), base, relation."""
        numbers, relations = self.numbers, self.numbers.book.relations
        made = [(place, parent.id, relations.index(parent.relation)) for place in range(len(numbers.known))
                for parent in numbers.model(place).parents]  # fmt: skip
        columns: dict[str, Any] = {"place": [place for place, _, _ in made], "base": [base for _, base, _ in made],
                                   "relation": [relation for _, _, relation in made]}  # fmt: skip
        return self.engine.small(columns, {"place": "int64", "base": "string", "relation": "int64"})

    def _named(self) -> Table:
        """Rows that the catalogue or another row names: n, id, key, own, line."""
        rows = self.rows
        if rows.implied:
            bases = sorted({base.lower() for base, _ in rows.implied})
            self._keys = self.engine.add("keys", self.engine.small({"key": bases}, {"key": "string"}))
            self._marks = self._marked(self._keys)
        alike = rows.ids.among(self._marks)
        ids = self.engine.small({"n": alike, "id": rows.ids.of(alike)}, {"n": "int64", "id": "string"})
        met = self.engine.keep("met_rows", given(ids.mutate(key=table.key(ids.id)).semi_join(self._keys, "key")))
        return rows.with_states(met).select("n", "id", "key", "own", "line")

    def _known(self) -> Table | None:
        """Rows of models that the catalogue knows: n, place, both (licences), laid (their line with its parents)."""
        hits = self.named.join(self.names.drop("own"), "key").select("n", "place", "own", "line")
        found = self.engine.keep("hits", given(hits))
        kinds = self.engine.rows(found.select("place", "own", "line").distinct())
        if not kinds:
            return None
        kinds.sort(key=lambda kind: (kind["place"], kind["own"], kind["line"]))
        numbers = self.numbers
        laid: dict[tuple[int, int], int] = {}
        columns: dict[str, list[int]] = {name: [kind[name] for kind in kinds] for name in ("place", "own", "line")}
        columns["both"] = [numbers.laid_over(kind["place"], kind["own"]) for kind in kinds]
        columns["laid"] = [
            laid.setdefault((kind["line"], kind["place"]), LAID + len(laid))
            if numbers.model(kind["place"]).parents else kind["line"] for kind in kinds
        ]  # fmt: skip
        made = self.engine.small(columns, dict.fromkeys(columns, "int64"))
        whole = found.join(made, ["place", "own", "line"])
        return self.engine.keep("known", given(whole.select("n", "place", "both", "line", "laid")))

    def _laid(self, rows: Table) -> Table:
        """Some rows, with licence and line of a model of the catalogue beside their own."""
        if self.known is None:
            return rows
        found = rows.left_join(self.known.select("n", "both", "laid"), "n").drop("n_right")
        own, line = found.both.fill_null(found.own), found.laid.fill_null(found.line)
        return found.mutate(own=own.cast("int64"), line=line.cast("int64")).drop("both", "laid")

    def nodes(self) -> Table:
        """What a name stands for: key, n, own, line; the first row of that id, else the catalogue's model."""

        def make() -> Table:
            names = ("key", "n", "own", "line")
            first = self.named.group_by("key").agg(n=self.named.n.min()).drop("key")
            found = self._laid(self.named.semi_join(first, "n").select(*names))
            several = self.engine.number(self.named.count() - self.named.key.nunique())
            if several and self.contrary is not None:
                bad = found.semi_join(self.contrary, "n").mutate(own=ibis.literal(CONFLICT, "int64"))
                found = found.anti_join(self.contrary, "n").union(bad.select(*names))
            known = self.names.anti_join(found, "key")
            node = CATALOG_NODE - known.place
            return found.select(*names).union(known.select("key", "own", n=node, line=node).select(*names))

        return self.engine.keep("nodes", make)

    def edges(self) -> Table:
        """Edges of lines, see `table.joined`; those of the catalogue's models are laid over the rows that they are."""
        theirs, relations, names = self._above, self.numbers.book.relations, ("line", "base", "relation")

        def make() -> Table:
            mine = table.edges(self.engine, relations, self.rows.pairs).select(*names)
            every = mine.union(theirs.mutate(line=CATALOG_NODE - theirs.place).select(*names), self._told_by_names())
            if self.known is not None:
                laid = self.known.filter(self.known.laid != self.known.line).select("line", "laid", "place").distinct()
                both = laid.join(mine, "line").select("base", "relation", line="laid").select(*names)
                above = laid.join(theirs, "place").select("base", "relation", line="laid").select(*names)
                every = every.union(both, above)
            return table.joined(every, self.nodes())

        return self.engine.keep("edges", make)

    def _told_by_names(self) -> Table:
        relations = self.numbers.book.relations
        made = {"line": list(self.rows.implied.values()), "base": [base for base, _ in self.rows.implied],
                "relation": [relations.index(relation) for _, relation in self.rows.implied]}  # fmt: skip
        return self.engine.small(made, {"line": "int64", "base": "string", "relation": "int64"})

    def ids(self) -> Table:
        """What every node that can be a parent is called."""
        known = self.numbers.known
        made = {"n": [CATALOG_NODE - place for place in range(len(known))], "id": list(known)}
        return self.named.select("n", "id").union(self.engine.small(made, {"n": "int64", "id": "string"}))
