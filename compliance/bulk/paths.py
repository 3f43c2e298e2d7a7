"""The way from a model to the ancestor whose licence decided, walked up edge by edge for all models at once."""

from typing import TYPE_CHECKING, Any

from compliance.bulk.engines import Engine, given, number, rows, small
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
    has the least number is told; the nearest of equals is not searched for.
    """
    full = engine.keep("edges_inherited", lambda: _full(edges, inherited, ids))
    at = start.mutate(at="n", path=_empty())
    ended: list[ibis.Table] = []
    for step in range(FURTHEST):
        name = f"way{step}"
        for stale in (name, f"met{step}"):  # targets are numbered anew in every run
            engine.drop(stale)
        hop = engine.keep(name, given(_hop(engine, book, at, full, f"met{step}")))
        engine.drop(f"met{step}")
        ended.append(hop.filter(hop.next < 0).select("n", "ancestor", "path"))
        at = hop.filter(hop.next >= 0).select("n", target="next", at="parent", path="path")
        if not number(at.count()):
            break
    return ended[0].union(*ended[1:]) if ended[1:] else ended[0]


def _empty() -> Any:
    import ibis  # noqa: PLC0415

    return ibis.literal("")


def _full(edges: "ibis.Table", inherited: "ibis.Table", ids: "ibis.Table") -> "ibis.Table":
    """Edges with what the parent inherits and is called."""
    above = inherited.select(above="n", inherited="inherited")
    found = edges.left_join(above, edges.parent == above.above).drop("above")
    named = ids.select(called="n", name="id")
    found = found.left_join(named, found.parent == named.called)
    name = found.name.coalesce(found.base)
    return found.select("child", "parent", "relation", "own", inherited=found.inherited.fill_null(EMPTY), name=name)


def _hop(engine: Engine, book: Book, at: "ibis.Table", full: "ibis.Table", name: str) -> "ibis.Table":
    """One step up for every model on its way."""
    import ibis  # noqa: PLC0415

    met = engine.keep(name, lambda: at.join(full, at.at == full.child).drop("child", "at"))
    keys = ("target", "own", "inherited", "relation")
    kinds = rows(met.select(*keys).distinct())
    kinds.sort(key=lambda kind: [kind[key] for key in keys])
    kept: list[dict[str, Any]] = []
    for kind in kinds:
        target = book.targets[kind["target"]]
        found: Element | bool | None = book.step(target, kind["own"], kind["inherited"], kind["relation"])
        if found is True:
            kept.append({**kind, "next": -1})
        elif isinstance(found, tuple):
            kept.append({**kind, "next": book.target(found)})
    columns = {key: [kind[key] for kind in kept] for key in (*keys, "next")}
    known = met.join(small(columns, dict.fromkeys(columns, "int64")), list(keys))
    first = ibis.ifelse(known.next < 0, 0, 1) * 16 + known.relation.clip(upper=15)
    rank = first * _SHIFT + known.parent + _SHIFT // 2
    known = known.mutate(rank=rank)
    best = known.group_by("n").agg(best=known["rank"].min())
    known = known.join(best, [known.n == best.n, known["rank"] == best.best])
    names = ibis.literal("unknown relation")
    told = known.relation.cases(*[(place, text) for place, text in enumerate(book.relations)], else_=names)
    before = ibis.ifelse(known.path == "", "", known.path + " > ")
    path = before + known.name + " (" + told + ")"
    return known.select("n", "parent", "next", ancestor=known.name, path=path).distinct()
