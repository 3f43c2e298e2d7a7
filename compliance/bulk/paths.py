"""The way to the ancestor whose licence decided, walked up edge by edge for all lines of bases at once."""

from typing import TYPE_CHECKING, Any

import numpy as np

from compliance.bulk.engines import SLICE, Engine, given
from compliance.bulk.licences import EMPTY, Book, Element
from compliance.bulk.numbering import Numbering
from compliance.bulk.written import Table, ibis

if TYPE_CHECKING:
    import pyarrow as pa

FURTHEST = 64
"""Steps after which a way is given up: only a cycle is that long."""
_SHIFT = 1 << 42


class Ways:
    """The ways of kinds to what decided on them."""

    def __init__(self, engine: Engine, book: Book, bases: Any, targets: Any) -> None:
        """`bases` has the line of each kind, and `targets` what decided on it: a number of `book.targets`, or -1."""
        self._engine, self._book = engine, book
        some = np.flatnonzero(targets >= 0)
        whole, new = Numbering(2).of([bases[some], targets[some]])
        self._starts = {"line": bases[some][new], "target": targets[some][new], "start": np.arange(len(new))}
        self.start = np.full(len(bases), -1, np.int64)
        """The number of the way of each kind."""
        self.start[some] = whole
        self._told: Table | None = None

    def walk(self, edges: Table, inherited: Table, ids: Table) -> None:
        """Find each way: its ancestor, and its path (`base (finetune) > root (quantized)`).

        Of several ways the one that ends first and whose parent has the least number is told; the nearest of equals is
        not searched for. From a parent on the way is that of the parent's line.
        """
        if not len(self._starts["line"]):
            return
        step = _Step(self._engine, self._book, edges, inherited, ids)
        start = self._engine.small(self._starts, dict.fromkeys(self._starts, "int64"))
        now = start.mutate(path=ibis.literal(""))
        for turn in range(FURTHEST):
            hop, more = step.up(now, "even" if turn % 2 else "odd")
            self._told = self._engine.add("ways", hop.filter(hop.next < 0).select("start", "ancestor", "path"))
            if not more:
                break
            now = hop.filter(hop.next >= 0).select("start", "path", target="next", line="above")

    def few(self) -> "pa.Table | None":
        """All ways (start, ancestor, path), where there are no more of them than rows of a slice."""
        if self._told is None or len(self._starts["line"]) > SLICE:
            return None
        return self._engine.arrow(self._told)

    def some(self, starts: list[int]) -> "pa.Table":
        """Those of some numbers."""
        asked = self._engine.small({"start": starts}, {"start": "int64"}, "ways_met")
        return self._engine.arrow(self._told.semi_join(asked, "start")) if self._told is not None else None


class _Step:
    """One step up, for every line on its way."""

    def __init__(self, engine: Engine, book: Book, edges: Table, inherited: Table, ids: Table) -> None:
        self.engine, self.book, self.edges = engine, book, edges
        self.inherited = inherited.select("inherited", above="line")
        self.ids = ids.select(parent="n", called="id")

    def up(self, start: Table, name: str) -> "tuple[Table, bool]":
        """From (start, line, target, path) to the best edge of each: above, next (-1: arrived), ancestor, path.

        With it, whether any can lead further.
        """
        self.engine.drop("met", name)  # those of the turn before, or of a run that was stopped
        met = self.engine.keep("met", lambda: self._met(start))
        kinds = self._kinds(met)
        words = [self.book.relations[place] if place < len(self.book.relations) else "unknown relation"
                 for place in kinds["relation"]]  # fmt: skip
        made = self.engine.small(
            {**kinds, "told": words}, {**dict.fromkeys(kinds, "int64"), "told": "string"}, "kinds_met"
        )
        found = self.engine.keep(name, given(self._best(met, made)))
        return found, any(place >= 0 for place in kinds["next"])

    def _best(self, met: Table, made: Table) -> Table:
        known = met.join(made, ["target", "own", "inherited", "relation"])
        first = ibis.ifelse(known.next < 0, 0, 1) * 16 + known.relation.clip(upper=15)
        known = known.mutate(rank=first * _SHIFT + known.parent + _SHIFT // 2)
        known = known.mutate(best=known["rank"].min().over(group_by="start"))
        known = known.filter(known["rank"] == known.best)
        # bases that nobody knows have one number: the first by name is told
        found = known.group_by("start", "path").agg(
            base=known.base.min(), **{name: known[name].min() for name in ("parent", "above", "next", "told")}
        )
        found = found.left_join(self.ids, "parent").drop("parent_right")
        ancestor = found.called.coalesce(found.base)
        before = ibis.ifelse(found.path == "", "", found.path + " > ")
        path = before + ancestor + " (" + found.told + ")"
        return found.select("start", "above", "next", ancestor=ancestor, path=path)

    def _met(self, start: Table) -> Table:
        met = start.join(self.edges, "line").left_join(self.inherited, "above").drop("above_right")
        return met.mutate(inherited=met.inherited.fill_null(EMPTY))

    def _kinds(self, met: Table) -> dict[str, list[int]]:
        """Which kinds of edges lead to a target, and to which one of the parent's."""
        keys = ("target", "own", "inherited", "relation")
        kinds = self.engine.rows(met.select(*keys).distinct())
        kinds.sort(key=lambda kind: [kind[key] for key in keys])
        kept: list[dict[str, Any]] = []
        for kind in kinds:
            target = self.book.targets[kind["target"]]
            found: Element | bool | None = self.book.step(target, kind["own"], kind["inherited"], kind["relation"])
            if found is True:
                kept.append({**kind, "next": -1})
            elif isinstance(found, tuple):
                kept.append({**kind, "next": self.book.target(found)})
        return {key: [kind[key] for kind in kept] for key in (*keys, "next")}
