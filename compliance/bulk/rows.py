"""The rows of the input in numbers: their licence, their line of bases, facts and use; and the models that are named.

Rows that state the same bases are one line: what they inherit is found once. Most rows are nobody's parent and no model
of the catalogue: ids are compared as text only where somebody names them.
"""

from typing import TYPE_CHECKING, Any

from compliance.bulk import stated, table
from compliance.bulk.engines import MOST, Engine, given
from compliance.bulk.licences import CONFLICT
from compliance.bulk.stated import Numbers
from compliance.model import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis

NO_BASES = -1
"""The line of rows that state no bases."""
CATALOG_NODE = -2
"""A catalogue model that is no row has the number CATALOG_NODE less its place in the sorted catalogue; its line too."""
_SORTED = 5_000_000
"""Rows whose marks are sorted at once."""
_LAID = MOST + 1
"""Lines of rows of models that the catalogue knows, with its bases beside theirs, have numbers past all marks."""


class Rows:
    """The listed rows, and what was found out about them."""

    def __init__(self, engine: Engine, numbers: Numbers, source: "ibis.Table", *, facts: bool, shown: str) -> None:
        """Reads what is stated of each row. Raises InputError with what cannot be read in the files `shown`."""
        self.engine, self.numbers, self._source = engine, numbers, source
        self.shown = shown
        self.wrong: tuple[int, str] | None = None
        """A row that is a mistake by itself, and what is told of it with its number in the file."""
        self.texts: list[tuple[str | None, str | None]] = []
        """The columns `license` and `license_name` by tag."""
        said = engine.rows(source.select("license", "license_name").distinct())
        self.lines = engine.keep("lines", self._lines)
        self.tags = self._tags(said)
        self.facts = stated.facts(engine, numbers, source) if facts else None
        self.uses = stated.uses(engine, numbers, source)
        self.listed = engine.keep("listed", lambda: self._listed(self._by_mark))
        self.names = self._names()  # all this, and what is done before `settle`, goes on while the rows are read
        self._above = self._of_catalog()

    def settle(self) -> None:
        """Find out what the rows have in common. Raises InputError."""
        engine = self.engine
        if engine.number(self.lines.count() - self.lines.line.nunique()):
            self.lines = engine.keep("lines_in_order", self._lines_in_order)
            self.listed = engine.keep("listed_in_order", lambda: self._listed(self._by_text))
        self.pairs = engine.keep("pairs", lambda: table.pairs(self.lines))
        self.named = engine.keep("named", self._named)
        self.count, self.twice = self._counted()
        if self.numbers.book.save():
            engine.store("listed")
        self.known = self._known()
        self.contrary = self._contrary() if self.twice else None

    def keys(self) -> list[str]:
        """The columns of a row that tell it from others, but for what is special of it."""
        return ["tag", "line", *(name for name in ("facts", "use") if name in self.listed.columns)]

    # -- all rows, once ------------------------------------------------------------------------------------------------

    def _tags(self, said: list[dict[str, Any]]) -> "ibis.Table":
        """Each spelling of a licence with its number."""
        book = self.numbers.book
        self.texts = sorted(((pair["license"], pair["license_name"]) for pair in said), key=_nulls_first)
        torn = next((text for pair in self.texts for text in pair if text is not None and "\n" in text.strip()), None)
        if torn is not None:
            told = "goes over several lines; close each quote before its end"
            raise InputError([f"{self.shown}: the licence {torn[:40]!r} {told}"])
        owns = [book.tag(*texts) for texts in self.texts]
        columns = {"tag": list(range(len(self.texts))), "said": [text for text, _ in self.texts],
                   "name": [name for _, name in self.texts], "own": owns,
                   "asks": [book.asks(own) for own in owns]}  # fmt: skip
        kinds_of = {"tag": "int64", "said": "string", "name": "string", "own": "int64", "asks": "bool"}
        return self.engine.small(columns, kinds_of)

    def _lines(self) -> "ibis.Table":
        """What is stated of bases, each once, with its number, which is its mark."""
        lines = self._stated()
        return lines.mutate(line=self.engine.mark(lines.bases, lines.relations))

    def _lines_in_order(self) -> "ibis.Table":
        """The same where two have one mark."""
        import ibis  # noqa: PLC0415

        lines = self._stated()
        order = ibis.row_number().over(order_by=[lines.bases, lines.relations])
        return lines.mutate(line=order.cast("int64"))

    def _stated(self) -> "ibis.Table":
        return self._source.filter(_some(self._source)).select("bases", "relations").distinct()

    def _by_mark(self, found: "ibis.Table") -> "ibis.Table":
        """Some rows with their line, for which the lines themselves are not looked at."""
        import ibis  # noqa: PLC0415

        mark = self.engine.mark(found.bases, found.relations)
        return found.mutate(line=ibis.ifelse(_some(found), mark, NO_BASES))

    def _by_text(self, found: "ibis.Table") -> "ibis.Table":
        lines = self.lines.rename(stated_bases="bases", stated_relations="relations")
        same = [found.bases == lines.stated_bases, found.relations.identical_to(lines.stated_relations)]
        joined = found.left_join(lines, same)
        return joined.mutate(line=joined.line.fill_null(NO_BASES))

    def _listed(self, with_line: "Callable[[ibis.Table], ibis.Table]") -> "ibis.Table":
        """Per row: n, id, mark (of its key), tag, line, and facts and use where they differ."""
        tags = self.tags
        found = with_line(self._source)
        found = found.join(tags, [found.license.identical_to(tags.said), found.license_name.identical_to(tags.name)])
        narrow = {"tag": found.tag.cast("int32")}
        for name, numbers in (("facts", self.facts), ("use", self.uses)):
            if numbers is not None:
                found = found.join(numbers, [found[name].identical_to(numbers[f"{name}_text"])])
                narrow[name] = found[f"{name}_number"].cast("int32")
        return found.select("n", "id", "line", mark=self.engine.mark(table.key(found.id)), **narrow)

    def _counted(self) -> tuple[int, bool]:
        """How many rows there are, and whether an id may come twice. Raises InputError where there is none."""
        listed = self.listed
        blank = listed.id.isnull() | (listed.id == "")
        told = self.engine.rows(
            listed.agg(
                rows=listed.count(),
                last=listed.n.max(),
                blank=listed.n.min(where=blank),
                torn=listed.n.min(where=listed.id.contains("\n")),
            )
        )[0]
        read = self.engine.number(self._source.count()) or 0
        if not read:
            raise InputError([f"{self.shown}: there are no rows"])
        if not told["rows"] == told["last"] + 1 == read:
            raise RuntimeError(f"of {read} rows {told['rows']} were taken up")  # a row must not get lost in a join
        if told["blank"] is not None:
            self.wrong = told["blank"], "row {:,} has no id (rows are counted from 1, without a header)"
        elif told["torn"] is not None:
            self.wrong = (
                told["torn"],
                "row {:,} has an id that goes over several lines; close each quote before its end",
            )
        return told["rows"], self._twice(told["rows"])

    def _twice(self, count: int) -> bool:
        """Whether a mark may come twice; to sort them takes half the time of the database, as long as there is room."""
        if count > _SORTED:
            return (self.engine.number(self.listed.mark.nunique()) or 0) < count
        from compliance.bulk.numbering import twice  # noqa: PLC0415 - with packages that only this command needs

        return twice(self.engine.arrow(self.listed.select("mark"))["mark"])

    # -- models that are named -----------------------------------------------------------------------------------------

    def _names(self) -> "ibis.Table":
        """The models of the catalogue: key (each of their names), place, own (their licence)."""
        names = self.numbers.book.catalog.model_names.items()
        pairs = sorted((name, self.numbers.places[model]) for name, model in names)
        places = [place for _, place in pairs]
        columns = {"key": [name for name, _ in pairs], "place": places, "own": list(map(self.numbers.own, places))}
        return self.engine.small(columns, {"key": "string", "place": "int64", "own": "int64"})

    def _of_catalog(self) -> "ibis.Table":
        """Parents of models of the catalogue: place (of the child), base, relation."""
        numbers, relations = self.numbers, self.numbers.book.relations
        made = [(place, parent.id, relations.index(parent.relation)) for place in range(len(numbers.known))
                for parent in numbers.model(place).parents]  # fmt: skip
        columns: dict[str, Any] = {"place": [place for place, _, _ in made], "base": [base for _, base, _ in made],
                                   "relation": [relation for _, _, relation in made]}  # fmt: skip
        return self.engine.small(columns, {"place": "int64", "base": "string", "relation": "int64"})

    def _named(self) -> "ibis.Table":
        """Rows that the catalogue or another row names: n, id, key, line, own."""
        listed = self.listed
        keys = self.names.select("key").union(self.pairs.select(key=table.key(self.pairs.base))).distinct()
        keys = self.engine.keep("keys", given(keys.mutate(mark=self.engine.mark(keys.key))))
        marked = listed.semi_join(keys, "mark").select("n", "id", "line", "tag")
        marked = self.engine.keep("marked", given(marked))
        found = marked.mutate(key=table.key(marked.id)).semi_join(keys, "key").select("n", "id", "key", "line", "tag")
        found = found.join(self.tags.select("tag", "own"), "tag")
        return found.select("n", "id", "key", "own", "line")

    def _known(self) -> "ibis.Table | None":
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
            laid.setdefault((kind["line"], kind["place"]), _LAID + len(laid))
            if numbers.model(kind["place"]).parents else kind["line"] for kind in kinds
        ]  # fmt: skip
        made = self.engine.small(columns, dict.fromkeys(columns, "int64"))
        whole = found.join(made, ["place", "own", "line"])
        return self.engine.keep("known", given(whole.select("n", "place", "both", "line", "laid")))

    def _contrary(self) -> "ibis.Table | None":
        """Rows that other rows of the same id contradict; None where there are none."""
        listed = self.listed
        times = listed.group_by("mark").agg(times=listed.count())
        doubled = self.engine.keep("doubled", given(times.filter(times.times > 1)))
        several = self.engine.keep("several", given(listed.semi_join(doubled, "mark").select("n", "id", "tag", "line")))
        whole = several.mutate(key=table.key(several.id)).select("n", "tag", "key", "line")
        whole = self._laid(whole.join(self.tags.select("tag", "own"), "tag"))

        def make() -> "ibis.Table":
            parted = whole.group_by("key").agg(owns=whole.own.nunique(), lines=whole.line.nunique())
            bad = parted.filter((parted.owns > 1) | (parted.lines > 1))
            return whole.semi_join(bad, "key").select("n")

        found = self.engine.keep("contrary", make)
        return found if self.engine.number(found.count()) else None

    def _laid(self, rows: "ibis.Table") -> "ibis.Table":
        """Some rows, with licence and line of a model of the catalogue beside their own."""
        if self.known is None:
            return rows
        found = rows.left_join(self.known.select("n", "both", "laid"), "n").drop("n_right")
        own, line = found.both.fill_null(found.own), found.laid.fill_null(found.line)
        return found.mutate(own=own.cast("int64"), line=line.cast("int64")).drop("both", "laid")

    # -- what they come from -------------------------------------------------------------------------------------------

    def nodes(self) -> "ibis.Table":
        """What a name stands for: key, n, own, line; the first row of that id, else the catalogue's model."""
        import ibis  # noqa: PLC0415

        def make() -> "ibis.Table":
            first = self.named.group_by("key").agg(n=self.named.n.min()).drop("key")
            found = self._laid(self.named.semi_join(first, "n").select("key", "n", "own", "line"))
            if self.contrary is not None:
                bad = found.semi_join(self.contrary, "n").mutate(own=ibis.literal(CONFLICT, "int64"))
                found = found.anti_join(self.contrary, "n").union(bad.select(*found.columns))
            known = self.names.anti_join(found, "key")
            node = CATALOG_NODE - known.place
            return found.select("key", "n", "own", "line").union(known.select("key", "own", n=node, line=node).select(
                "key", "n", "own", "line"))  # fmt: skip

        return self.engine.keep("nodes", make)

    def edges(self) -> "ibis.Table":
        """Edges of lines, see `table.joined`; those of the catalogue's models are laid over the rows that they are."""
        theirs, relations, names = self._above, self.numbers.book.relations, ("line", "base", "relation")

        def make() -> "ibis.Table":
            mine = table.edges(self.engine, relations, self.pairs).select(*names)
            every = mine.union(theirs.mutate(line=CATALOG_NODE - theirs.place).select(*names))
            if self.known is not None:
                laid = self.known.filter(self.known.laid != self.known.line).select("line", "laid", "place").distinct()
                both = laid.join(mine, "line").select("base", "relation", line="laid").select(*names)
                above = laid.join(theirs, "place").select("base", "relation", line="laid").select(*names)
                every = every.union(both, above)
            return table.joined(every, self.nodes())

        return self.engine.keep("edges", make)

    def ids(self) -> "ibis.Table":
        """What every node that can be a parent is called."""
        known = self.numbers.known
        made = {"n": [CATALOG_NODE - place for place in range(len(known))], "id": list(known)}
        return self.named.select("n", "id").union(self.engine.small(made, {"n": "int64", "id": "string"}))


def _some(rows: "ibis.Table") -> "ibis.Value":
    """Whether something is stated of the bases of a row."""
    return rows.bases.notnull() & (rows.bases.length() > 0)


def _nulls_first(texts: tuple[str | None, str | None]) -> tuple[tuple[bool, str], ...]:
    return tuple((text is not None, text or "") for text in texts)
