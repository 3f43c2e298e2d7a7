"""What every line of bases hands down: generation by generation, sets as numbers; cycles until nothing moves."""

from collections.abc import Callable
from typing import Any

from compliance.bulk.engines import Engine, given
from compliance.bulk.licences import EMPTY, Book
from compliance.bulk.told import NO_DEPTH
from compliance.bulk.written import Table, ibis
from compliance.rings import own_ancestors

Progress = Callable[[str], object]
_COLUMNS = {"line": "int64", "inherited": "int64", "depth": "int64", "asked": "bool"}


class Closure:
    """What lines inherit, and which are in or below a cycle.

    The tables of all turns have the same names, so that their expressions are compiled but once.
    """

    def __init__(self, engine: Engine, book: Book, edges: Table, progress: Progress) -> None:
        self._engine, self._book, self._edges, self._progress = engine, book, edges, progress
        self._aboves: dict[int, Table] = {}
        self.stuck: Table | None = None
        """The lines in and below cycles; None where there are none."""
        done = self._closed()
        self.inherited = engine.small({name: [] for name in _COLUMNS}, _COLUMNS) if done is None else done
        """Per line with bases: line, inherited (the number of its set), depth, asked (whether names bear on it)."""

    def _closed(self) -> Table | None:
        """First the lines whose chains of ancestors all end at once, then those of the next length, and so on."""
        engine, left, level = self._engine, self._edges, 0
        done: Table | None = None
        count = engine.number(left.count()) or 0
        while count:
            level += 1
            above = self._above(left, level)
            count, before = engine.number(above.count()) or 0, count
            if count == before:
                self.stuck = above.select("line").distinct()
                return self._in_cycles(self._edges.semi_join(above, "line"), done)
            done = self._generation(left, above, done, level)
            left = above
        return done

    def _above(self, left: Table, level: int) -> Table:
        """The edges that are left at a level; it may be asked for ahead."""
        if level not in self._aboves:
            name = f"above{level % 3}"  # that of the level, of the one before and of the one that is asked for ahead
            self._engine.drop(name)
            self._aboves[level] = self._engine.keep(name, given(_further(left)))
        return self._aboves[level]

    def _generation(self, left: Table, above: Table, done: Table | None, level: int) -> Table:
        """With what the lines inherit whose longest chain of ancestors has that length."""
        engine, stored = self._engine, f"inherited{level}"
        if engine.has(stored):
            found = engine.add("inherited", engine.keep(stored, lambda: left))
        else:
            mine = _mine(self._edges, left, above) if level > 1 else self._edges.anti_join(above, "line")
            gathered = _gathered(mine, *([] if done is None else [done]))
            made = self._passed(gathered, level, lambda: self._above(above, level + 1))
            found = engine.add("inherited", made)
            if self._book.save():
                engine.keep("arrived", given(made))
                engine.store("arrived", stored)
                engine.drop("arrived")
        self._progress(f"generation {level}")
        return found

    def _passed(self, gathered: Table, depth: int, meanwhile: Callable[[], object] = lambda: None) -> Table:
        """What lines of one depth inherit: what comes along the edges of a line is one text, each worked out once.

        What the database may do `meanwhile` is asked of it before sets are worked out here.
        """
        self._engine.drop("passed")
        passed = self._engine.keep("passed", given(gathered))
        texts = sorted(self._engine.columns(passed.select("text").distinct())["text"])
        meanwhile()
        sets = [self._book.arriving(text) for text in texts]
        columns: dict[str, list[Any]] = {"text": texts, "inherited": sets, "depth": [depth] * len(texts),
                                         "asked": [self._book.asked(made) for made in sets]}  # fmt: skip
        kinds = {name: _COLUMNS.get(name, "string") for name in columns}
        return passed.join(self._engine.small(columns, kinds, "arriving"), "text").select(*_COLUMNS)

    def _in_cycles(self, stuck: Table, above: Table | None) -> Table:
        """In and below cycles: pass on again until no set grows, which ends because the sets are finite."""
        engine = self._engine
        nothing = {"inherited": ibis.literal(EMPTY, "int64"), "depth": ibis.literal(NO_DEPTH, "int64"),
                   "asked": ibis.literal(False)}  # fmt: skip
        now = engine.keep("cycle0", lambda: stuck.select("line").distinct().mutate(**nothing))
        turn = 0
        while True:
            turn += 1
            made = self._passed(_gathered(stuck, now, *([] if above is None else [above])), NO_DEPTH)
            engine.drop(f"cycle{turn % 2}")
            new = engine.keep(f"cycle{turn % 2}", given(made))
            before = now.select("line", old="inherited")
            moved = engine.number(new.join(before, "line").filter(ibis._.inherited != ibis._.old).count())
            self._progress(f"cycles, turn {turn}")
            if not moved:
                return engine.add("inherited", new)
            now = new


def _further(left: Table) -> Table:
    """The edges whose parents have ancestors among the lines that are left."""
    return left.select("line", "above").semi_join(left.select(above="line"), "above")


def _mine(edges: Table, left: Table, above: Table) -> Table:
    """All edges of the lines that are left and come in no longer chain."""
    return edges.semi_join(left, "line").anti_join(above, "line")


def _gathered(mine: Table, *sets: Table) -> Table:
    """Per line of some edges what its parents are and inherit, as text."""
    inherited: Any = ibis.literal(EMPTY, "int64")
    found = mine
    if sets:
        every = sets[0].union(*sets[1:]) if sets[1:] else sets[0]
        found = mine.left_join(every.select("inherited", above="line"), "above")
        inherited = found.inherited.fill_null(EMPTY)
    parts = [found.own.cast("string"), inherited.cast("string"), found.relation.cast("string")]
    found = found.select("line", text=parts[0] + "." + parts[1] + "." + parts[2])
    return found.group_by("line").agg(text=found.text.collect(distinct=True).sort().join(","))


def in_cycles(engine: Engine, nodes: Table, edges: Table, stuck: Table | None, trained_on: int) -> list[int]:
    """The models that are their own ancestors, among those whose lines are stuck.

    Not by way of a data set: one that was made with a model may serve to train it again.
    """
    if stuck is None:
        return []
    among = nodes.semi_join(stuck, "line").select("n", "line")
    inner = edges.filter(edges.relation != trained_on).select("line", "parent")
    inner = among.join(inner, "line").select("parent", child="n").semi_join(among.select(parent="n"), "parent")
    graph: dict[int, list[int]] = {}
    for edge in engine.rows(inner.distinct()):
        graph.setdefault(edge["child"], []).append(edge["parent"])
    return sorted(own_ancestors(graph))
