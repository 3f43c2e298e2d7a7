"""A stopped run goes on from what is whole and its own, and from nothing else; Ctrl-C always stops it."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from msgspec import structs
from shelf import CATALOG

from compliance import bulk, policy
from compliance.bulk import work
from compliance.cli.bulk import stoppable
from compliance.model import InputError

pytest.importorskip("ibis", reason="the extra `bulk` is not installed")
ROWS = "id,license,base_model\nm/0,gemma,\nm/1,mit,m/0\nm/2,mit,m/1\nm/3,mit,m/2\n"
TIMES = (1_700_000_000, 1_700_000_000)


def _job(folder, rows=ROWS, **more):
    path = folder / "in.csv"
    path.write_text(rows)
    os.utime(path, TIMES)
    facts = {"commercial": True, "distribution": frozenset({"hosted-service"}), "organization_country": "DE"}
    made = {
        "inputs": (path,),
        "out": folder / "out.parquet",
        "as_of": "2026-11-24",
        "uses": {"": bulk.Use(facts=facts)},
    }
    return bulk.Job(**{**made, "pause": 0, **more})


def _stopped(job):
    def stop(stage):
        if stage == "generation 2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.run(job, CATALOG, stop)
    return job.out.with_name("out.parquet.work")


@contextmanager
def _kept(folder, told):
    """The work folder of a run that ends with a mistake once it was looked at."""
    out = folder / "out.parquet"
    with pytest.raises(InputError, match="stopped"), work.folder(out, {"of": 1}, told.append) as place:  # noqa: PT012
        yield place
        raise InputError(["stopped"])


def test_a_run_whose_tables_were_damaged_starts_anew_and_says_so(tmp_path):
    job = _job(tmp_path)
    bulk.run(job, CATALOG)
    whole = job.out.read_bytes()
    job.out.unlink()
    place = _stopped(job)
    table = place / "inherited2.parquet"
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(data)
    told = []
    bulk.run(job, CATALOG, tell=told.append)
    assert told == [f"{table}: is not as a stopped run left it; nothing of that run is taken up"]
    assert job.out.read_bytes() == whole


@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "a file too many", "its seal"])
def test_what_is_not_as_it_was_sealed_is_not_taken_up(tmp_path, damage):
    told = []
    with _kept(tmp_path, told) as place:
        (place / "table").mkdir()
        (place / "table" / "part-0").write_bytes(b"0123456789")
        (place / "licences.bin").write_bytes(b"0123456789")
        work.seal(place / "table")
        work.seal(place / "licences.bin")
    with _kept(tmp_path, told):
        assert work.is_sealed(place / "table")
        assert (place / "licences.bin").exists()
    assert not told
    part = place / "table" / "part-0"
    match damage:
        case "cut":
            part.write_bytes(b"01234")
        case "changed":
            (place / "licences.bin").write_bytes(b"0123456788")
        case "gone":
            part.unlink()
        case "a file too many":
            (place / "table" / "part-1").write_bytes(b"")
        case _:
            (place / "table.seal").write_bytes(b"\xff")
    with work.folder(tmp_path / "out.parquet", {"of": 1}, told.append):
        assert [path.name for path in place.iterdir()] in (["lock", "run.json"], ["run.json", "lock"])
    assert len(told) == 1


def test_a_table_without_a_seal_is_made_again(tmp_path):
    with work.folder(tmp_path / "out.parquet", {}) as place:
        (place / "levels.parquet").write_bytes(b"half of it")
        assert not work.is_sealed(place / "levels.parquet")


def test_a_run_is_another_when_anything_that_it_is_made_from_is(tmp_path, monkeypatch):
    job = _job(tmp_path)
    first = bulk.key(job, CATALOG)
    assert bulk.key(job, CATALOG) == first
    laid = tuple(policy.load(("default",), CATALOG, tmp_path))
    use = job.uses[""]
    others = [
        structs.replace(job, uses={"": structs.replace(use, facts={**use.facts, "commercial": False})}),
        structs.replace(job, uses={"": structs.replace(use, policies=laid)}),
        structs.replace(job, as_of="2026-11-25"),
        structs.replace(job, assumptions=False),
        structs.replace(job, engine="spark"),
    ]
    assert all(bulk.key(other, CATALOG) != first for other in others)
    with monkeypatch.context() as newer:
        newer.setattr(CATALOG, "index", structs.replace(CATALOG.index, sha256="another"))
        assert bulk.key(job, CATALOG) != first
    with monkeypatch.context() as newer:
        newer.setattr(work, "makers", lambda: "other code")
        assert bulk.key(job, CATALOG) != first
    _job(tmp_path, ROWS.replace("gemma", "llama"))  # as long, and as old by its own account
    assert job.inputs[0].stat().st_mtime == TIMES[0]
    assert bulk.key(job, CATALOG) != first


def test_ctrl_c_in_the_end_of_an_object_is_not_lost():
    class Ending:
        def __del__(self):
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # Spark has its own, a shell's `&` none
    try:
        with pytest.raises(KeyboardInterrupt), stoppable():  # noqa: PT012 - it comes later
            Ending()
            time.sleep(5)
    finally:
        signal.signal(signal.SIGINT, before)


_DURING_IMPORTS = """import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Finder:
    def find_spec(*asked):
        if asked[1] == "compliance.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from compliance.__main__ import main
main()
"""


def test_ctrl_c_before_the_command_line_is_there_ends_as_after():
    done = subprocess.run([sys.executable, "-c", _DURING_IMPORTS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "stopped\n")


def test_the_database_is_asked_by_the_worker_alone(tmp_path, monkeypatch):
    from compliance.bulk import duck

    seen, made = [], duck.connected
    monkeypatch.setattr(duck, "connected", lambda *given: seen.append(threading.current_thread()) or made(*given))
    duck.Duck(tmp_path, 1000).close()
    assert seen
    assert threading.main_thread() not in seen


def test_who_waits_for_rows_is_let_go_when_the_database_is_closed(tmp_path, monkeypatch):
    from compliance.bulk import duck

    stopped, ended = threading.Event(), []

    class Slow:
        def execute(self, _):
            stopped.wait(60)
            raise RuntimeError

        def interrupt(self):
            stopped.set()

    def wait(rows):
        try:
            next(rows)
        except RuntimeError as problem:
            ended.append(problem)

    monkeypatch.setattr(duck.Duck, "_cursor", lambda _: Slow())
    database = duck.Duck(tmp_path, 1000)
    rows = database.slices(database.small({"n": [0, 1]}, {"n": "int64"}))
    waiting = threading.Thread(target=wait, args=(rows,), daemon=True)
    waiting.start()
    database.close()
    waiting.join(20)
    assert ended
