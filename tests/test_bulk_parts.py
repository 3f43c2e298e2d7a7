"""Files of some columns each are one file of all, as if they had been written together."""

import io

import pytest

pytest.importorskip("pyarrow", reason="the extra `bulk` is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from compliance.bulk import parts

ROWS = 400


def _table():
    words = pa.array([None if row % 3 else f"w{row % 7}" for row in range(ROWS)]).dictionary_encode()
    columns = {"id": [f"a/{row}" for row in range(ROWS)], "word": words, "depth": [row % 5 - 2 for row in range(ROWS)]}
    return pa.table({**columns, "other": words})


def _part(place, names, size, **more):
    pq.write_table(_table().select(names), place, row_group_size=size, **more)
    return place


@pytest.mark.parametrize("size", [ROWS, 100, 10])
@pytest.mark.parametrize("more", [{}, {"write_page_index": True, "compression": "none"}])
def test_the_columns_of_several_files_are_those_of_one(tmp_path, size, more):
    first = _part(tmp_path / "0", ["id"], size, **more)
    others = [_part(tmp_path / "1", ["other", "depth"], size, **more), _part(tmp_path / "2", ["word"], size, **more)]
    parts.join([first, *others], _table().schema)
    assert [path.name for path in tmp_path.iterdir()] == ["0"]
    assert pq.read_table(first).equals(_table())
    found = pq.ParquetFile(first).metadata
    assert (found.num_rows, found.num_row_groups) == (ROWS, ROWS // size)
    assert pq.read_table(first, filters=[("depth", ">", 5)]).num_rows == 0
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.execute("SELECT id, word, depth, other FROM read_parquet(?)", [str(first)]).fetchall() == [
        tuple(row.values()) for row in _table().to_pylist()
    ]


@pytest.mark.parametrize("columns", [1, 40])
def test_a_footer_is_written_as_it_was_read(columns):
    made = io.BytesIO()
    pq.write_table(pa.table({f"c{number}": [number, -number] for number in range(columns)}), made)
    data = made.getvalue()[-8 - int.from_bytes(made.getvalue()[-8:-4], "little") : -8]
    assert parts.written(parts.footer(data)) == data


def test_a_footer_with_what_none_has_is_refused():
    with pytest.raises(ValueError, match="kind 11"):
        parts.footer(bytes([0x1B, 0]))
