"""Numbers of combinations are those of a plain dictionary; ids are the same in memory and in a file."""

import pytest

pytest.importorskip("pyarrow", reason="the extra `bulk` is not installed")

import numpy as np
import pyarrow as pa

from compliance.bulk import ids, numbering


def _plain(slices):
    met, found = {}, []
    for columns in slices:
        rows = [tuple(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
        new = [at for at, row in enumerate(rows) if row not in met and row not in rows[:at]]
        found.append(([met.setdefault(row, len(met)) for row in rows], new))
    return found


@pytest.mark.parametrize("bits", [64, 8, 1])
def test_combinations_are_numbered_as_they_first_come(monkeypatch, bits):
    mix = numbering.mixed
    monkeypatch.setattr(
        numbering, "mixed", lambda columns: mix(columns) & ((1 << bits) - 1) if bits < 64 else mix(columns)
    )
    any_ = np.random.default_rng(7)
    slices = [[any_.integers(-4, 4 + turn, 60) << 40, any_.integers(0, 3, 60)] for turn in range(5)]
    known = numbering.Numbering(2)
    found = [known.of(columns) for columns in slices]
    assert [(placed.tolist(), new.tolist()) for placed, new in found] == _plain(slices)


@pytest.mark.parametrize("room", [0, 200, 10_000])
def test_ids_are_the_same_whether_they_stay_in_memory_or_not(monkeypatch, tmp_path, room):
    monkeypatch.setattr(ids, "SLICE", 8)
    names = [f"a/{number}" for number in range(20)]
    whole = pa.table({"n": range(20), "id": names, "mark": [number % 7 for number in range(20)]})
    known = ids.Ids(tmp_path / "ids.half", room)
    assert [len(part) for part in known.write(whole.slice(low, 8) for low in (0, 8, 16))] == [8, 8, 4]
    assert (tmp_path / "ids.half").exists() == (room < 10_000)
    assert [name for part in known.slices() for name in part.column(0).to_pylist()] == names
    assert known.of(np.array([0, 7, 8, 19])).to_pylist() == ["a/0", "a/7", "a/8", "a/19"]
    assert known.of(np.array([], np.int64)).to_pylist() == []
    assert known.among(np.array([3, 6])).tolist() == [3, 6, 10, 13, 17]
    parts = [(rows.tolist(), marks.tolist()) for rows, marks in known.by_mark()]
    assert sorted(row for rows, _ in parts for row in rows) == list(range(20))
    assert all(marks == [row % 7 for row in rows] for rows, marks in parts)
    assert sum(len(set(marks)) for _, marks in parts) == 7
    assert known.is_twice()


def test_marks_that_come_with_different_values_are_found_and_no_others():
    marks, values = np.array([5, 1, 5, 9, 1, 7, 7, 7]), np.array([0, 3, 1, 2, 3, 4, 4, 5])
    assert sorted(numbering.unlike(marks, values).tolist()) == [0, 2, 5, 6, 7]
