"""Expressions as they are written have signs; what Ibis made of one is kept under its sign and is not taken for another."""

import itertools

import pytest

pytest.importorskip("ibis", reason="the extra `bulk` is not installed")

import ibis as package
import pyarrow.parquet as pq
from shelf import CATALOG

from compliance import bulk
from compliance.bulk import compiled, written
from compliance.bulk.written import ibis

MODELS = written.table("models", {"n": "int64", "id": "string", "license": "string"})
EXPRESSIONS = (
    MODELS,
    written.table("others", {"n": "int64", "id": "string", "license": "string"}),
    written.table("models", {"n": "int64", "id": "string", "license": "array<string>"}),
    written.table("models", {"id": "string", "n": "int64", "license": "string"}),
    MODELS.select("id", "license"),
    MODELS.select("license", "id"),
    MODELS.select("id, license"),
    MODELS.select(one="id", two="license"),
    MODELS.select(two="license", one="id"),
    MODELS.filter(MODELS.n == 1),
    MODELS.filter(MODELS.n == 1.0),
    MODELS.filter(MODELS.n == True),  # noqa: E712
    MODELS.filter(MODELS.id == "1"),
    MODELS.filter(MODELS.n != 1),
    MODELS.filter(1 - MODELS.n > 0),
    MODELS.filter(MODELS.n - 1 > 0),
    MODELS.filter(~(MODELS.n == 1)),
    MODELS.mutate(mark=written.marking("hash", MODELS.id, MODELS.license)),
    MODELS.mutate(mark=written.marking("hash", MODELS.license, MODELS.id)),
    MODELS.mutate(mark=ibis.literal(None)),
    MODELS.mutate(mark=ibis.literal("None")),
)


def test_no_two_expressions_have_one_sign_and_one_written_twice_has_the_same():
    assert len({written.sign(one) for one in EXPRESSIONS}) == len(EXPRESSIONS)
    assert written.sign(MODELS.filter(MODELS.n == 1)) == written.sign(EXPRESSIONS[9])


def test_what_was_written_comes_to_what_ibis_makes_of_the_same():
    table = package.table({"n": "int64", "id": "string"}, name="models")
    mine = written.table("models", {"n": "int64", "id": "string"})

    def made(ibis, table):
        found = table.mutate(key=ibis.ifelse(table.id.contains(" "), table.id.strip(), "x" + table.id).lower())
        times = found.group_by("key").agg(times=found.n.count(), least=found.n.min(where=found.id != ""))
        return found.left_join(times, "key").filter((ibis._.times > 1) | ~found.n.isnull()).order_by("n")

    assert compiled.Compiled().of(made(ibis, mine)).sql == package.duckdb.compile(made(package, table))


def test_an_expression_is_neither_true_nor_walked_through():
    with pytest.raises(TypeError):
        bool(MODELS.n == 1)
    with pytest.raises(TypeError):
        list(MODELS)


@pytest.fixture
def audited(tmp_path):
    (tmp_path / "in.csv").write_text("id,license,base_model\na/x,llama2,\na/x-GGUF,,\nb/y,mit,a/x\nb/z,mit,b/y;c/z\n")
    count = itertools.count()

    def run():
        out = tmp_path / f"{next(count)}.parquet"
        job = bulk.Job(inputs=(tmp_path / "in.csv",), out=out, as_of="2026-09-01", cache=tmp_path / "cache",
                       uses={"": bulk.Use(facts={"commercial": True, "organization_country": "DE"})})  # fmt: skip
        bulk.run(job, CATALOG)
        return pq.read_table(out).to_pylist()

    return run


def test_a_second_run_compiles_nothing_and_says_the_same(audited, monkeypatch):
    first = audited()
    monkeypatch.setattr(written, "real", None)
    assert audited() == first


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "bulk-x.bin"
    one = compiled.Compiled(path)
    one.of(MODELS)
    one.keep()
    assert compiled.kept(path)
    return path


def test_what_is_not_as_it_was_kept_is_not_taken_up(path):
    whole = path.read_bytes()
    for spoilt in (b"", whole[:-1], whole.replace(b"models", b"mAdels"), whole[:16] + b"x" * 40):
        path.write_bytes(spoilt)
        assert not compiled.kept(path)


def test_what_a_stranger_may_write_is_not_taken_up(path):
    path.chmod(0o666)
    assert not compiled.kept(path)
