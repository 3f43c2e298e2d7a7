"""What is remembered of a tree, when it is looked at again, and what several processes make of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import looking, memory, scan, workers

Write = Callable[..., Path]
MODEL = 'model_name = "acme/base"\n'
OTHER = 'model_name = "acme/case"\n'


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are looked at, from here on."""
    seen: list[str] = []
    real = looking.look
    monkeypatch.setattr(looking, "look", lambda item, data: seen.append(item.path) or real(item, data))
    return seen


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, from here on."""
    seen: list[str] = []
    real = looking.read
    monkeypatch.setattr(looking, "read", lambda item: seen.append(item.path) or real(item))
    return seen


def old(path: Path, seconds: int = 3600) -> None:
    """Let a file look as if it had been written some time ago; its ctime stays."""
    then = time.time_ns() - seconds * 10**9
    os.utime(path, ns=(then, then))


def texts(project: Path, cache: Path) -> list[str]:
    """What is found."""
    return [item.text for item in scan(project, cache=cache)[0]]


def test_a_changed_file_is_looked_at_again_and_no_other(write: Write, tmp_path: Path, looked: list[str]) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    write("project/a.py", MODEL)
    write("project/b.py", MODEL)
    first = scan(project, cache=cache)
    looked.clear()
    assert scan(project, cache=cache) == first
    assert looked == []
    write("project/b.py", OTHER)
    assert texts(project, cache) == ["acme/base", "acme/case"]
    assert looked == ["b.py"]


def test_a_settled_file_is_not_even_read_again(
    write: Write, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SETTLED", -(10**12))  # as if the run were long after the files
    write("project/a.py", MODEL)
    first = scan(tmp_path / "project", cache=tmp_path / "cache")
    read.clear()
    assert scan(tmp_path / "project", cache=tmp_path / "cache") == first
    assert read == []


def test_a_file_written_just_before_the_scan_is_read_again(write: Write, tmp_path: Path, read: list[str]) -> None:
    write("project/a.py", MODEL)
    scan(tmp_path / "project", cache=tmp_path / "cache")
    read.clear()
    scan(tmp_path / "project", cache=tmp_path / "cache")
    assert read == ["a.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="no ctime there")
def test_an_edit_that_keeps_size_and_date_is_seen(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "SETTLED", -(10**12))
    project, cache = tmp_path / "project", tmp_path / "cache"
    path = write("project/a.py", MODEL)
    old(path)
    assert texts(project, cache) == ["acme/base"]
    before = path.stat()
    time.sleep(0.02)  # a tick of the file system's clock
    path.write_text(OTHER)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (before.st_mtime_ns, before.st_size)
    assert texts(project, cache) == ["acme/case"]


def test_what_one_file_says_of_another_is_asked_again_when_either_changes(write: Write, tmp_path: Path) -> None:
    project, cache = tmp_path / "project", tmp_path / "cache"
    write("project/names.py", 'CHOSEN = "acme-base-7b"\n')
    write("project/a.py", "from transformers import AutoModel\nfrom names import CHOSEN\n"
                          "AutoModel.from_pretrained(CHOSEN)\n")  # fmt: skip
    assert texts(project, cache) == texts(project, cache) == ["acme-base-7b"]
    write("project/names.py", 'CHOSEN = "acme-case-7b"\n')
    assert texts(project, cache) == ["acme-case-7b"]


@pytest.mark.parametrize("data", [b"", b"\xff\xff", b"\x92\xa0\x80", None])
def test_a_broken_cache_is_forgotten(write: Write, tmp_path: Path, data: bytes | None) -> None:
    write("project/a.py", MODEL)
    scan(tmp_path / "project", cache=tmp_path / "cache")
    path = next((tmp_path / "cache").iterdir())
    path.write_bytes(path.read_bytes().replace(b"acme/base", b"acme/vase") if data is None else data)
    assert texts(tmp_path / "project", tmp_path / "cache") == ["acme/base"]


def test_another_version_of_the_finders_looks_again(
    write: Write, tmp_path: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("project/a.py", MODEL)
    scan(tmp_path / "project", cache=tmp_path / "cache")
    monkeypatch.setattr(memory, "_version", lambda: b"another")
    looked.clear()
    assert texts(tmp_path / "project", tmp_path / "cache") == ["acme/base"]
    assert looked == ["a.py"]


@pytest.mark.parametrize("name", ["walking.py", "naming/keys.py", "tables/calls.tsv"])
def test_finders_are_of_another_version_where_their_code_or_a_table_of_theirs_changed(name, tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "__file__", str(tmp_path / "memory.py"))
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("one")
    before = memory._version()  # noqa: SLF001
    (tmp_path / name).write_text("others")
    assert memory._version() != before  # noqa: SLF001


def test_runs_at_the_same_time_agree(write: Write, tmp_path: Path) -> None:
    for number in range(40):
        write(f"project/f{number}.py", MODEL)
    command = [sys.executable, "-m", "compliance", "scan", str(tmp_path / "project")]
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    runs = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    said = {run.communicate()[0] for run in runs}
    assert len(said) == 1
    assert said.pop().count(b"hf:acme/base") == 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process only")
def test_several_processes_see_what_one_sees(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MIN_FOR_JOBS", 40)
    for number in range(120):
        write(f"f{number}.py", MODEL.replace("base", f"base-{number}"))
    done: list[tuple[int, int]] = []
    assert scan(tmp_path, jobs=2, progress=lambda count, total: done.append((count, total))) == scan(tmp_path)
    assert sum(count for count, _ in done) == 120


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process only")
def test_a_process_that_dies_leaves_one_file_unread(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MIN_FOR_JOBS", 40)
    for number in range(120):
        write(f"f{number}.py", MODEL)
    main, real = os.getpid(), looking.look

    def look(item: looking.Item, data: bytes | str) -> memory.Looked:
        if item.path == "f7.py":
            if os.getpid() != main:
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(0.5)  # so that a child comes to take its turn at the next
        return real(item, data)

    monkeypatch.setattr(looking, "look", look)
    references, unread = scan(tmp_path, jobs=2)
    assert len(references) + len(unread) == 120
    assert [item.path for item in unread] in (["f7.py"], [])


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm there")
def test_a_file_that_takes_too_long_is_unread_and_not_remembered(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compliance.scan import python

    def slow(_file: object) -> None:
        while True:
            pass

    write("project/a.py", MODEL)
    with monkeypatch.context() as patched:
        patched.setattr(looking, "MAX_SECONDS", 0.05)
        patched.setattr(python, "find", slow)
        _, unread = scan(tmp_path / "project", cache=tmp_path / "cache")
        assert [item.path for item in unread] == ["a.py"]
        assert "took more than" in unread[0].reason
    assert texts(tmp_path / "project", tmp_path / "cache") == ["acme/base"]
