"""The walk from a derivative up to everything that it was made from: whom it meets, by which paths, and where it ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.lineage import ancestors, depth
from compliance.model import Model, Parent


def _world(**parents):
    """Models by name; `a="b:merge c"` has the parents b, a merge, and c, a fine-tune."""
    made = {}
    for name, text in parents.items():
        edges = [edge.partition(":") for edge in text.split()]
        made[name] = Model(id=name, parents=tuple(Parent(id=b, relation=kind or "finetune") for b, _, kind in edges))
    return made


def _walked(models, start="a", find=None):
    return [
        ("/".join(f"{edge.id}:{edge.relation}" for edge in path), found and found.id)
        for path, found in ancestors(models[start], find or models.get)
    ]


def test_the_nearest_ancestors_come_first_each_with_its_whole_path():
    models = _world(a="b:merge c:adapter", b="d", c="", d="")
    assert _walked(models) == [
        ("b:merge", "b"),
        ("c:adapter", "c"),
        ("b:merge/d:finetune", "d"),
    ]


def test_an_ancestor_that_nobody_knows_is_named_and_ends_its_path():
    assert _walked(_world(a="lost b", b="gone")) == [
        ("lost:finetune", None),
        ("b:finetune", "b"),
        ("b:finetune/gone:finetune", None),
    ]


def test_an_ancestor_is_walked_again_only_where_the_other_path_lacks_a_kind_of_the_first():
    same = _world(a="b c", b="d", c="d", d="e", e="")
    assert [path for path, found in _walked(same) if found == "e"] == ["b:finetune/d:finetune/e:finetune"]
    more = _world(a="b:merge c:adapter", b="d", c="d", d="e", e="")
    assert len([found for _, found in _walked(more) if found == "e"]) == 2
    wider = _world(a="d:merge b:merge", b="d:adapter", d="e:merge", e="")
    assert [path for path, found in _walked(wider) if found == "e"] == ["d:merge/e:merge"]


def test_every_edge_to_an_ancestor_is_told_though_it_is_walked_once():
    models = _world(a="b c", b="d", c="d", d="e", e="")
    assert [path for path, found in _walked(models) if found == "d"] == [
        "b:finetune/d:finetune",
        "c:finetune/d:finetune",
    ]


def test_a_cycle_ends_where_it_would_close_whatever_the_case_of_names():
    assert _walked(_world(a="b", b="a:merge")) == [("b:finetune", "b"), ("b:finetune/a:merge", "a")]
    assert _walked(_world(a="a")) == [("a:finetune", "a")]
    models = {"a": Model(id="Org/A", parents=(Parent(id="org/a", relation="finetune"),))}
    assert len(_walked(models, find=lambda _: models["a"])) == 1


def test_names_for_one_ancestor_are_one_ancestor():
    models = _world(a="b alias", b="c", c="")
    found = _walked(models, find=lambda name: models.get({"alias": "b"}.get(name, name)))
    assert [name for _, name in found] == ["b", "b", "c"]


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
