"""What every model inherits: level by level, each edge once, sets as numbers; cycles until nothing moves.

Few models have descendants. Generations are counted among those alone (the trunk); all others need one pass at the end.
"""

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compliance.bulk.engines import Engine, given
from compliance.bulk.licences import EMPTY, Book
from compliance.bulk.told import NO_DEPTH
from compliance.rings import own_ancestors

if TYPE_CHECKING:
    import ibis

Progress = Callable[[str], object]


def trunk(engine: Engine, edges: "ibis.Table") -> "ibis.Table":
    """The edges of models that have descendants themselves."""
    parents = edges.select(child="parent").distinct()
    return engine.keep("trunk", lambda: edges.semi_join(parents, "child"))


def levels(engine: Engine, edges: "ibis.Table") -> "ibis.Table":
    """Per child: n, level (its longest chain of ancestors; null in and below a cycle)."""
    import ibis  # noqa: PLC0415

    def make() -> "ibis.Table":
        left, turn, seen = edges.select("child", "parent"), 0, []
        count = engine.number(left.count()) or 0
        while count:
            turn += 1
            seen.append(left.select("child", level=ibis.literal(turn, "int64")))
            above = left.semi_join(left.select(parent="child"), "parent")
            left = engine.keep(f"above{turn}", given(above))
            count, before = engine.number(left.count()) or 0, count
            if count == before:
                break
        if not seen:
            return edges.select(n="child", level="parent").limit(0)
        every = seen[0].union(*seen[1:]) if seen[1:] else seen[0]
        found = every.group_by("child").agg(level=every.level.max())
        return found.select(n=found.child, level=found.level.nullif(turn if count else -1).cast("int64"))

    table = engine.keep("levels", make)
    for turn in itertools.count(1):
        if not engine.has(f"above{turn}"):
            break
        engine.drop(f"above{turn}")
    return table


def close(engine: Engine, book: Book, edges: "ibis.Table", known: "ibis.Table", progress: Progress) -> "ibis.Table":
    """Per child: n, inherited (the number of its set), depth, asked (whether names bear on the set).

    `known` are the levels of the trunk.
    """
    inner = trunk(engine, edges)
    deep = engine.keep("edges_by_level", lambda: inner.join(known, inner.child == known.n).drop("n"))
    top = engine.number(known.level.max()) or 0
    found: list[ibis.Table] = []
    for level in range(1, top + 1):
        name = f"inherited{level}"
        if not engine.has(name):
            made = _pass(engine, book, deep.filter(deep.level == level), found, f"passed{level}")
            engine.keep(name, given(made), durable=book.save())
            _forget(engine, f"passed{level}")
        found.append(engine.keep(name, lambda: deep, durable=True))
        progress(f"generation {level}")
    stuck = deep.filter(deep.level.isnull())
    if engine.number(stuck.count()):
        found.append(_cyclic(engine, book, stuck, found, progress))
    outer = edges.anti_join(known.select(child="n"), "child")
    found.append(_pass(engine, book, outer, found, "passed"))
    inherited = engine.keep("inherited", lambda: _all(found))
    _forget(engine, "passed")
    return inherited


def _forget(engine: Engine, name: str) -> None:
    for kept in (name, f"wide_{name}"):
        engine.drop(kept)


def _all(found: list["ibis.Table"]) -> "ibis.Table":
    return found[0].union(*found[1:]) if found[1:] else found[0]


def _pass(engine: Engine, book: Book, mine: "ibis.Table", above: list["ibis.Table"], name: str) -> "ibis.Table":
    """What the children of some edges inherit, from what their parents are and inherit."""
    import ibis  # noqa: PLC0415

    def gather() -> "ibis.Table":
        told = ("child", "several", "own", "relation")
        if not above:
            return mine.select(*told, inherited=ibis.literal(EMPTY, "int64"), depth=ibis.literal(1, "int64"))
        sets = _all(above)
        found = mine.left_join(sets, mine.parent == sets.n)
        depth = ibis.ifelse(found.depth == NO_DEPTH, NO_DEPTH, found.depth.fill_null(0) + 1).cast("int64")
        return found.select(*told, inherited=found.inherited.fill_null(EMPTY), depth=depth)

    passed = engine.keep(name, gather)
    kinds = engine.rows(passed.select("own", "inherited", "relation").distinct())
    kinds.sort(key=lambda kind: (kind["own"], kind["inherited"], kind["relation"]))
    for kind in kinds:
        kind["set"] = book.through(kind["own"], kind["inherited"], kind["relation"])
    columns = {key: [kind[key] for kind in kinds] for key in ("own", "inherited", "relation", "set")}
    columns["asked"] = [book.asked(kind["set"]) for kind in kinds]
    made = engine.small(columns, dict.fromkeys(columns, "int64") | {"asked": "bool"})
    arrived = passed.join(made, ["own", "inherited", "relation"])
    arrived = arrived.select("child", "several", "set", "depth", "asked")
    narrow = arrived.filter(~arrived.several).select("depth", "asked", n="child", inherited="set")
    narrow = narrow.select("n", "inherited", "depth", "asked")
    wide = _merged(engine, book, arrived.filter(arrived.several), f"wide_{name}")
    return narrow if wide is None else narrow.union(wide)


def _merged(engine: Engine, book: Book, wide: "ibis.Table", name: str) -> "ibis.Table | None":
    """The sets of children with several parents; None where there are none."""
    import ibis  # noqa: PLC0415

    least, most = wide.depth.min(), wide.depth.max()
    depth = ibis.ifelse(least == NO_DEPTH, least, most)
    lists = wide.group_by("child").agg(sets=wide.set.collect(distinct=True), depth=depth)
    joined = lists.sets.sort().map(lambda place: place.cast("string")).join(",")
    lists = engine.keep(name, given(lists.select("child", "depth", text=joined)))
    texts = sorted(kind["text"] for kind in engine.rows(lists.select("text").distinct()))
    if not texts:
        return None
    unions = [book.union(int(place) for place in text.split(",")) for text in texts]
    columns: dict[str, list[Any]] = {"text": texts, "inherited": unions, "asked": [book.asked(s) for s in unions]}
    made = engine.small(columns, {"text": "string", "inherited": "int64", "asked": "bool"})
    found = lists.join(made, "text")
    return found.select("depth", "asked", n=found.child, inherited=found.inherited).select(
        "n", "inherited", "depth", "asked"
    )


def _cyclic(
    engine: Engine, book: Book, stuck: "ibis.Table", above: list["ibis.Table"], progress: Progress
) -> "ibis.Table":
    """In and below cycles: pass on again until no set grows, which ends because the sets are finite."""
    import ibis  # noqa: PLC0415

    stuck = stuck.mutate(several=ibis.literal(True))
    nothing = {"inherited": ibis.literal(EMPTY, "int64"), "depth": ibis.literal(NO_DEPTH, "int64"),
               "asked": ibis.literal(False)}  # fmt: skip
    now = engine.keep("cycle0", lambda: stuck.select(n="child").distinct().mutate(**nothing))
    turn = 0
    while True:
        turn += 1
        made = _pass(engine, book, stuck, [*above, now], f"passed_cyclic{turn}")
        new = engine.keep(f"cycle{turn}", given(made))
        before = now.select("n", old="inherited")
        moved = engine.number(new.join(before, "n").filter(lambda both: both.inherited != both.old).count())
        _forget(engine, f"passed_cyclic{turn}")
        progress(f"cycles, turn {turn}")
        if not moved:
            return new
        now = new


def in_cycles(engine: Engine, edges: "ibis.Table", known: "ibis.Table", trained_on: int) -> list[int]:
    """The models that are their own ancestors, among those that no chain of generations reaches.

    Not by way of a data set: one that was made with a model may serve to train it again.
    """
    stuck = known.filter(known.level.isnull()).select(child="n")
    if not engine.number(stuck.count()):
        return []
    inner = edges.filter(edges.relation != trained_on).select("child", "parent")
    inner = inner.semi_join(stuck, "child").semi_join(stuck.select(parent="child"), "parent")
    graph: dict[int, list[int]] = {}
    for edge in engine.rows(inner.distinct()):
        graph.setdefault(edge["child"], []).append(edge["parent"])
    return sorted(own_ancestors(graph))
