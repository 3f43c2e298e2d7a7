"""The way from a model to the ancestor whose licence decided, walked up edge by edge for all models at once."""

from typing import TYPE_CHECKING, Any

from compliance.bulk.engines import Engine, given
from compliance.bulk.licences import EMPTY, Book, Element

if TYPE_CHECKING:
    import ibis

FURTHEST = 64
"""Steps after which a way is given up: only a cycle is that long."""
_SHIFT = 1 << 42


def walk(
    engine: Engine, book: Book, start: "ibis.Table", edges: "ibis.Table", inherited: "ibis.Table", ids: "ibis.Table"
) -> "ibis.Table":
    """Per model of `start` (n, target): n, ancestor, path (`base (finetune) > root (quantized)`).

    `target` numbers an inherited licence in `book.targets`. Of several ways the one that ends first and whose parent
    has the least number is told; the nearest of equals is not searched for. Models that have a parent in common have
    the way from there on in common: after the first step one way is walked for all of them.
    """
    step = _Step(engine, book, edges, inherited, ids)
    first, more = step.up(start.mutate(at="n", path=_empty()), ["n"], "way0")
    ended = first.filter(first.next < 0).select("n", "ancestor", "path")
    if not more:
        return engine.keep("ways", given(ended))
    going = first.filter(first.next >= 0).select("n", target="next", at="parent", before="path")
    pairs = going.select("at", "target").distinct()
    further = _further(step, pairs.mutate(where="at", what="target", path=_empty()))
    whole = going.join(further, [going.at == further.where, going.target == further.what])
    whole = whole.select("n", "ancestor", path=whole.before + " > " + whole.path)
    return engine.keep("ways", given(ended.union(whole)))


def _further(step: "_Step", at: "ibis.Table") -> "ibis.Table":
    """The ways from where those of several models come together: where, what, ancestor, path."""
    ended: list[ibis.Table] = []
    for turn in range(1, FURTHEST):
        hop, more = step.up(at, ["where", "what"], f"way{turn}")
        ended.append(hop.filter(hop.next < 0).select("where", "what", "ancestor", "path"))
        if not more:
            break
        at = hop.filter(hop.next >= 0).select("where", "what", target="next", at="parent", path="path")
    return ended[0].union(*ended[1:]) if ended[1:] else ended[0]


def _empty() -> Any:
    import ibis  # noqa: PLC0415

    return ibis.literal("")


class _Step:
    """One step up, for every model on its way."""

    def __init__(
        self, engine: Engine, book: Book, edges: "ibis.Table", inherited: "ibis.Table", ids: "ibis.Table"
    ) -> None:
        self.engine, self.book, self.edges = engine, book, edges
        self.inherited = inherited.select(above="n", inherited="inherited")
        self.ids = ids.select(called="n", name="id")

    def up(self, at: "ibis.Table", keys: list[str], name: str) -> "tuple[ibis.Table, bool]":
        """From (keys, at, target, path) to the best edge of each: keys, parent, next (-1: arrived), ancestor, path.

        With it, whether any can lead further.
        """
        import ibis  # noqa: PLC0415

        met = self.engine.keep(f"met_{name}", lambda: self._met(at))
        kinds = self._kinds(met)
        made = self.engine.small(kinds, dict.fromkeys(kinds, "int64"))
        known = met.join(made, ["target", "own", "inherited", "relation"])
        first = ibis.ifelse(known.next < 0, 0, 1) * 16 + known.relation.clip(upper=15)
        known = known.mutate(rank=first * _SHIFT + known.parent + _SHIFT // 2)
        best = known.group_by(*keys).agg(best=known["rank"].min())
        same = [known[key] == best[key] for key in keys]
        known = known.join(best, [*same, known["rank"] == best.best])
        known = known.left_join(self.ids, known.parent == self.ids.called)
        known = known.mutate(ancestor=known.name.coalesce(known.base))
        # bases that nobody knows have one number: the first by name is told
        found = known.group_by(*keys, "parent", "next", "relation", "path").agg(ancestor=known.ancestor.min())
        words = ibis.literal("unknown relation")
        told = found.relation.cases(*[(place, text) for place, text in enumerate(self.book.relations)], else_=words)
        before = ibis.ifelse(found.path == "", "", found.path + " > ")
        found = found.select(*keys, "parent", "next", "ancestor", path=before + found.ancestor + " (" + told + ")")
        hop = self.engine.keep(name, given(found))
        self.engine.drop(f"met_{name}")
        return hop, any(place >= 0 for place in kinds["next"])

    def _met(self, at: "ibis.Table") -> "ibis.Table":
        met = at.join(self.edges, at.at == self.edges.child).drop("child", "at", "several")
        met = met.left_join(self.inherited, met.parent == self.inherited.above).drop("above")
        return met.mutate(inherited=met.inherited.fill_null(EMPTY))

    def _kinds(self, met: "ibis.Table") -> dict[str, list[int]]:
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
