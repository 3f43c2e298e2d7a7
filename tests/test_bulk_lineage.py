"""What lines of bases hand down is found by generations in numbers; ways are the same however they are told."""

import subprocess
import sys
from threading import Event

import pytest

pytest.importorskip("pyarrow", reason="the extra `bulk` is not installed")

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st
from shelf import CATALOG

from compliance import bulk
from compliance.bulk import closure, ids, marked, output
from compliance.bulk.written import table

NODES = st.integers(0, 7)


class Held:
    """In place of a database: the rows that every question is answered with."""

    def __init__(self, rows):
        self.rows = rows

    def arrow(self, asked):  # noqa: ARG002 - as an engine is asked
        return self.rows


def _edges(pairs, bases=None):
    columns = {name: pa.array([pair[at] for pair in pairs], pa.int64()) for at, name in enumerate(("line", "above"))}
    columns |= {name: pa.array([0] * len(pairs), pa.int64()) for name in ("relation", "own", "parent")}
    rows = pa.table({**columns, "base": pa.array(bases or [None] * len(pairs), pa.string())})
    return closure.Edges(Held(rows), table("edges", dict.fromkeys(rows.column_names, "int64")))


def _depth(line, parents, above=()):
    """Generations to the furthest ancestor that has none, None where a way comes round."""
    if line in above:
        return None
    found = [_depth(parent, parents, (*above, line)) for parent in parents.get(line, ()) if parent in parents]
    return None if None in found else 1 + max(found, default=0)


@given(st.lists(st.tuples(NODES, NODES), min_size=1, max_size=14))
def test_a_line_comes_in_the_generation_of_its_longest_chain_and_never_in_or_below_a_cycle(pairs):
    edges = _edges(pairs)
    parents = {}
    for line, above in pairs:
        parents.setdefault(line, []).append(above)
    found = {
        int(edges.lines[place]): depth
        for depth, places in enumerate(edges.by_generation(), start=1)
        for place in places
    }
    assert found == {line: depth for line in parents if (depth := _depth(line, parents)) is not None}


def test_names_of_unknown_bases_are_numbered_in_their_order():
    edges = _edges([(1, -1), (1, 2), (2, -1), (3, -1)], ["b/z", None, "a/é", "b/z"])
    assert edges.bases.to_pylist() == ["a/é", "b/z"]
    assert edges.base.tolist() == [1, -1, 0, 1]


def test_ways_are_the_same_whether_all_are_told_at_once_or_those_of_a_slice(tmp_path, monkeypatch):
    rows = [("c/0", "cc-by-nc-4.0", [], None), ("c/1", "mit", ["c/0"], "finetune"), ("c/2", "mit", ["c/1"], "adapter"),
            ("c/3", "mit", ["c/2", "lost/b", "lost/a"], "merge"), ("c/4", "mit", ["gone/x"], "quantized")]  # fmt: skip
    names = ("id", "license", "base_model", "base_model_relation")
    pq.write_table(pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), tmp_path / "in.parquet")
    use = bulk.Use(facts={"commercial": True, "distribution": frozenset({"hosted-service"})})

    def paths():
        out = tmp_path / "out.parquet"
        bulk.run(bulk.Job(inputs=(tmp_path / "in.parquet",), out=out, as_of="2026-11-24", uses={"": use}), CATALOG)
        return {row["id"]: row["path"] for row in pq.read_table(out).to_pylist()}

    found = paths()
    assert found == {
        "c/0": None,
        "c/1": "c/0 (finetune)",
        "c/2": "c/1 (adapter) > c/0 (finetune)",
        "c/3": "c/2 (merge) > c/1 (adapter) > c/0 (finetune)",
        "c/4": "gone/x (quantized)",
    }
    monkeypatch.setattr(output, "SLICE", 1)
    assert paths() == found


def test_other_work_goes_on_while_rows_are_read(tmp_path):
    gone_on = Event()

    class Slow:
        def slices(self, rows):  # noqa: ARG002 - as an engine is asked
            assert gone_on.wait(20)
            number = {name: [0] for name in ("n", "mark", "line")}
            yield pa.table({**number, "id": ["a/x"], "odd": [False], "made": [False]})

    found = marked.Marked(Slow(), None, ("line",), tmp_path / "rows.half", ids.Ids(tmp_path / "ids.half", 1_000))
    gone_on.set()
    assert found.wait().count == 1


def test_numbers_of_nothing_cost_no_import():
    told = "import sys, pyarrow as pa; from compliance.bulk.numbering import numbers; "
    told += "assert not len(numbers(pa.chunked_array([], pa.int64()))); assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", told], check=True)


@pytest.mark.parametrize("bits", [62, 3])
def test_marks_are_found_among_others_whatever_their_first_bits_are(bits):
    some = np.random.default_rng(5).integers(0, 1 << bits, 500)
    wanted = np.unique(some[::9])
    found = ids.among(some, wanted)
    assert found.tolist() == [place for place, mark in enumerate(some.tolist()) if mark in set(wanted.tolist())]
