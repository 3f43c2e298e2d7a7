"""What every model inherits: level by level, each edge once, sets as numbers; cycles until nothing moves."""

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from compliance.bulk.engines import Engine, given, number, rows, small
from compliance.bulk.licences import EMPTY, Book
from compliance.rings import own_ancestors

if TYPE_CHECKING:
    import ibis

Progress = Callable[[str], object]


def levels(engine: Engine, edges: "ibis.Table") -> "ibis.Table":
    """Per child: n, level (its longest chain of ancestors; null in and below a cycle)."""
    import ibis  # noqa: PLC0415

    def make() -> "ibis.Table":
        left, turn, seen = edges.select("child", "parent"), 0, []
        count = number(left.count()) or 0
        while count:
            turn += 1
            seen.append(left.select("child", level=ibis.literal(turn, "int64")))
            above = left.semi_join(left.select(parent="child"), "parent")
            left = engine.keep(f"above{turn}", given(above))
            count, before = number(left.count()) or 0, count
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


def close(engine: Engine, book: Book, edges: "ibis.Table", progress: Progress) -> "ibis.Table":
    """Per child: n, inherited (the number of its set) and depth (-1 in and below a cycle)."""
    import ibis  # noqa: PLC0415

    known = levels(engine, edges)
    deep = engine.keep("edges_by_level", lambda: _levelled(edges, known))
    top = number(known.level.max())
    found: list[ibis.Table] = []
    top_level = top or 0
    for level in range(1, top_level + 1):
        name = f"inherited{level}"
        if not engine.has(name):
            mine = deep.filter(deep.level == level)
            made = _pass(engine, book, mine, found, f"passed{level}")
            engine.keep(name, given(made), durable=book.save())
            engine.drop(f"passed{level}")
        found.append(engine.keep(name, lambda: deep, durable=True))
        progress(f"generation {level}")
    stuck = deep.filter(deep.level.isnull())
    if number(stuck.count()):
        found.append(_cyclic(engine, book, stuck, found, progress).mutate(depth=ibis.literal(-1, "int64")))
    for at in range(top_level):
        found[at] = found[at].mutate(depth=ibis.literal(at + 1, "int64"))
    if not found:
        return deep.select(n="child", inherited=deep.own, depth=deep.own).limit(0)
    return engine.keep("inherited", lambda: found[0].union(*found[1:]) if found[1:] else found[0])


def _levelled(edges: "ibis.Table", known: "ibis.Table") -> "ibis.Table":
    joined = edges.join(known, edges.child == known.n)
    return joined.select("child", "parent", "relation", "own", "level", "several")


def _pass(engine: Engine, book: Book, mine: "ibis.Table", above: list["ibis.Table"], name: str) -> "ibis.Table":
    """What the children of some edges inherit, from what their parents are and inherit."""
    import ibis  # noqa: PLC0415

    def gather() -> "ibis.Table":
        if not above:
            return mine.select("child", "several", "own", "relation", inherited=ibis.literal(EMPTY, "int64"))
        sets = above[0].union(*above[1:]) if above[1:] else above[0]
        found = mine.left_join(sets, mine.parent == sets.n)
        return found.select("child", "several", "own", "relation", inherited=found.inherited.fill_null(EMPTY))

    passed = engine.keep(name, gather)
    kinds = rows(passed.select("own", "inherited", "relation").distinct())
    kinds.sort(key=lambda kind: (kind["own"], kind["inherited"], kind["relation"]))
    for kind in kinds:
        kind["set"] = book.through(kind["own"], kind["inherited"], kind["relation"])
    columns = {key: [kind[key] for kind in kinds] for key in ("own", "inherited", "relation", "set")}
    made = small(columns, dict.fromkeys(columns, "int64"))
    arrived = passed.join(made, ["own", "inherited", "relation"])
    arrived = arrived.select("child", "several", "set")
    narrow = arrived.filter(~arrived.several).select(n="child", inherited="set")
    wide = _merged(book, arrived.filter(arrived.several).select("child", "set").distinct())
    return narrow if wide is None else narrow.union(wide)


def _merged(book: Book, wide: "ibis.Table") -> "ibis.Table | None":
    """The sets of children with several parents; None where there are none."""
    lists = wide.group_by("child").agg(sets=wide.set.collect())
    lists = lists.select("child", text=lists.sets.sort().map(lambda place: place.cast("string")).join(","))
    texts = sorted(kind["text"] for kind in rows(lists.select("text").distinct()))
    if not texts:
        return None
    unions = [book.union(int(place) for place in text.split(",")) for text in texts]
    made = small({"text": texts, "inherited": unions}, {"text": "string", "inherited": "int64"})
    found = lists.join(made, "text")
    return found.select(n=found.child, inherited=found.inherited)


def _cyclic(
    engine: Engine, book: Book, stuck: "ibis.Table", above: list["ibis.Table"], progress: Progress
) -> "ibis.Table":
    """In and below cycles: pass on again until no set grows, which ends because the sets are finite."""
    import ibis  # noqa: PLC0415

    stuck = stuck.mutate(several=ibis.literal(True))
    now = engine.keep("cycle0", lambda: stuck.select(n="child", inherited=ibis.literal(EMPTY, "int64")).distinct())
    turn = 0
    while True:
        turn += 1
        made = _pass(engine, book, stuck, [*above, now], f"passed_cyclic{turn}")
        new = engine.keep(f"cycle{turn}", given(made))
        before = now.select("n", old="inherited")
        moved = number(new.join(before, "n").filter(lambda both: both.inherited != both.old).count())
        engine.drop(f"passed_cyclic{turn}")
        progress(f"cycles, turn {turn}")
        if not moved:
            return new
        now = new


def in_cycles(edges: "ibis.Table", known: "ibis.Table", trained_on: int) -> list[int]:
    """The models that are their own ancestors, among those that no chain of generations reaches.

    Not by way of a data set: one that was made with a model may serve to train it again.
    """
    stuck = known.filter(known.level.isnull()).select(child="n")
    if not number(stuck.count()):
        return []
    inner = edges.filter(edges.relation != trained_on).select("child", "parent")
    inner = inner.semi_join(stuck, "child").semi_join(stuck.select(parent="child"), "parent")
    graph: dict[int, list[int]] = {}
    for edge in rows(inner.distinct()):
        graph.setdefault(edge["child"], []).append(edge["parent"])
    return sorted(own_ancestors(graph))
