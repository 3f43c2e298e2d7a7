"""Numbers of combinations are those of a plain dictionary, even where two combinations are mixed into one number."""

import pytest

pytest.importorskip("pyarrow", reason="the extra `bulk` is not installed")

import numpy as np

from compliance.bulk import numbering


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
