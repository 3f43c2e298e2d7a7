"""What every line of bases hands down: generation by generation, sets as numbers; cycles until nothing moves."""

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


def levels(engine: Engine, edges: "ibis.Table") -> "ibis.Table":
    """Per line: level (its longest chain of ancestors; null in and below a cycle)."""
    import ibis  # noqa: PLC0415

    def make() -> "ibis.Table":
        left, turn, seen = edges.select("line", "above"), 0, []
        count = engine.number(left.count()) or 0
        while count:
            turn += 1
            seen.append(left.select("line", level=ibis.literal(turn, "int64")))
            above = left.semi_join(left.select(above="line"), "above")
            left = engine.keep(f"above{turn}", given(above))
            count, before = engine.number(left.count()) or 0, count
            if count == before:
                break
        if not seen:
            return edges.select("line", level="above").limit(0)
        every = seen[0].union(*seen[1:]) if seen[1:] else seen[0]
        found = every.group_by("line").agg(level=every.level.max())
        return found.select("line", level=found.level.nullif(turn if count else -1).cast("int64"))

    table = engine.keep("levels", make)
    for turn in itertools.count(1):
        if not engine.has(f"above{turn}"):
            break
        engine.drop(f"above{turn}")
    return table


def close(engine: Engine, book: Book, edges: "ibis.Table", known: "ibis.Table", progress: Progress) -> "ibis.Table":
    """Per line with bases: inherited (the number of its set), depth, asked (whether names bear on the set)."""
    deep = engine.keep("edges_by_level", lambda: edges.join(known, "line"))
    top = engine.number(known.level.max()) or 0
    found: list[ibis.Table] = []
    for level in range(1, top + 1):
        name = f"inherited{level}"
        if not engine.has(name):
            made = _pass(engine, book, deep.filter(deep.level == level), found, "passed", level)
            engine.keep(name, given(made))
            engine.drop("passed")
            if book.save():
                engine.store(name)
        found.append(engine.keep(name, lambda: deep))
        progress(f"generation {level}")
    stuck = deep.filter(deep.level.isnull())
    if engine.number(stuck.count()):
        found.append(_cyclic(engine, book, stuck, found, progress))
    return engine.keep("inherited", lambda: _all(found) if found else _pass(engine, book, deep, [], "passed", 0))


def _all(found: list["ibis.Table"]) -> "ibis.Table":
    return found[0].union(*found[1:]) if found[1:] else found[0]


def _pass(
    engine: Engine, book: Book, mine: "ibis.Table", above: list["ibis.Table"], name: str, depth: int
) -> "ibis.Table":
    """What the lines of some edges, which have one depth, inherit from what their parents are and inherit.

    What comes along the edges of a line is one text, and each text is worked out once.
    """
    import ibis  # noqa: PLC0415

    def gather() -> "ibis.Table":
        found: Any = mine.mutate(inherited=ibis.literal(EMPTY, "int64"))
        if above:
            sets = _all(above).rename(above="line").select("above", "inherited")
            found = mine.left_join(sets, "above")
        parts = [
            found.own.cast("string"),
            found.inherited.fill_null(EMPTY).cast("string"),
            found.relation.cast("string"),
        ]
        found = found.select("line", text=parts[0] + "." + parts[1] + "." + parts[2])
        return found.group_by("line").agg(text=found.text.collect(distinct=True).sort().join(","))

    passed = engine.keep(name, gather)
    texts = sorted(engine.arrow(passed.select("text").distinct())["text"].to_pylist())
    sets = [book.arriving(text) for text in texts]
    columns: dict[str, list[Any]] = {"text": texts, "inherited": sets, "asked": [book.asked(made) for made in sets]}
    made = engine.small(columns, {"text": "string", "inherited": "int64", "asked": "bool"})
    deep = ibis.literal(depth, "int64")
    return passed.join(made, "text").select("line", "inherited", depth=deep, asked="asked")


def _cyclic(
    engine: Engine, book: Book, stuck: "ibis.Table", above: list["ibis.Table"], progress: Progress
) -> "ibis.Table":
    """In and below cycles: pass on again until no set grows, which ends because the sets are finite."""
    import ibis  # noqa: PLC0415

    nothing = {"inherited": ibis.literal(EMPTY, "int64"), "depth": ibis.literal(NO_DEPTH, "int64"),
               "asked": ibis.literal(False)}  # fmt: skip
    now = engine.keep("cycle0", lambda: stuck.select("line").distinct().mutate(**nothing))
    turn = 0
    while True:
        turn += 1
        new = engine.keep(
            f"cycle{turn}", given(_pass(engine, book, stuck, [*above, now], f"passed_cyclic{turn}", NO_DEPTH))
        )
        before = now.select("line", old="inherited")
        moved = engine.number(new.join(before, "line").filter(lambda both: both.inherited != both.old).count())
        engine.drop(f"passed_cyclic{turn}", f"cycle{turn - 1}")
        progress(f"cycles, turn {turn}")
        if not moved:
            return new
        now = new


def in_cycles(
    engine: Engine, nodes: "ibis.Table", edges: "ibis.Table", known: "ibis.Table", trained_on: int
) -> list[int]:
    """The models that are their own ancestors, among those that no chain of generations reaches.

    Not by way of a data set: one that was made with a model may serve to train it again.
    """
    stuck = nodes.semi_join(known.filter(known.level.isnull()), "line").select("n", "line")
    if not engine.number(stuck.count()):
        return []
    inner = edges.filter(edges.relation != trained_on).select("line", "parent")
    inner = stuck.join(inner, "line").select("parent", child="n").semi_join(stuck.select(parent="n"), "parent")
    graph: dict[int, list[int]] = {}
    for edge in engine.rows(inner.distinct()):
        graph.setdefault(edge["child"], []).append(edge["parent"])
    return sorted(own_ancestors(graph))
