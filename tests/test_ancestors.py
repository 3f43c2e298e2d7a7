"""How many generations a derivative is from what it was made from, and where that has no end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lineage import Lineage
from compliance.model import Model, Parent


def _world(**parents):
    """Models by name; `a="b:merge c"` has the parents b, a merge, and c, a fine-tune."""
    made = {}
    for name, text in parents.items():
        edges = [edge.partition(":") for edge in text.split()]
        made[name] = Model(id=name, parents=tuple(Parent(id=b, relation=kind or "finetune") for b, _, kind in edges))
    return made


def depth(model, find):
    return Lineage(find).depth(model)


@pytest.mark.parametrize(
    ("world", "generations"),
    [
        ({"a": ""}, 0),
        ({"a": "b", "b": ""}, 1),
        ({"a": "b c", "b": "c", "c": "d", "d": ""}, 3),
        ({"a": "lost"}, 1),
        ({"a": "b lost", "b": "c", "c": ""}, 2),
        ({"a": "b:trained-on", "b": "c", "c": ""}, 2),
        ({"a": "a"}, None),
        ({"a": "b", "b": "a"}, None),
        ({"a": "b", "b": "c", "c": "d", "d": "c"}, None),
        ({"a": "lost b", "b": "b"}, None),
        ({"a": "b d", "b": "c", "c": "d", "d": "e", "e": ""}, 4),
    ],
)
def test_depth_is_that_of_the_furthest_ancestor_and_endless_in_and_below_a_cycle(world, generations):
    models = _world(**world)
    assert depth(models["a"], models.get) == generations


def test_depth_knows_a_cycle_whatever_the_case_of_names():
    models = {"a": Model(id="A", parents=(Parent(id="B", relation="merge"),))}
    models["b"] = Model(id="b", parents=(Parent(id="a", relation="merge"),))
    assert depth(models["a"], lambda name: models.get(name.casefold())) is None


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9)), max_size=16))
def test_depth_is_the_longest_way_up(edges):
    parents = {n: sorted({up for child, up in edges if child == n}) for n in range(9)}
    models = {
        str(n): Model(id=str(n), parents=tuple(Parent(id=str(up), relation="merge") for up in found))
        for n, found in parents.items()
    }

    def longest(name, below):
        if name in below:
            return None
        ways = [longest(str(up), {*below, name}) for up in parents.get(int(name), [])]
        return None if None in ways else 1 + max(ways) if ways else 0

    assert depth(models["0"], models.get) == longest("0", set())
