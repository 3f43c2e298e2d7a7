"""What is committed is looked at whatever `.gitignore` says, by git's own index."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

MODEL = 'model_name = "acme/base"\n'
GIT = shutil.which("git")


def _git(folder: Path, *words: str) -> None:
    told = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "PATH": os.environ["PATH"]}
    names = ("-c", "user.name=a", "-c", "user.email=a@b.invalid", "-c", "protocol.file.allow=always")
    subprocess.run([GIT, *names, *words], cwd=folder, env=told, check=True, capture_output=True)


def _paths(root: Path) -> list[str]:
    found, unread = scan(root)
    assert unread == []
    return [item.location.path for item in found]


def _project(folder: Path) -> None:
    for name in ("out/kept.py", "out/deep/kept.py", "out/new.py", "a.gen.py", "b.gen.py", "plain.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(MODEL)
    (folder / ".gitignore").write_text("out/\n*.gen.py\n")


KEPT = ["a.gen.py", "out/deep/kept.py", "out/kept.py", "plain.py"]


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A tree of git in which two ignored files and one in an ignored folder are committed."""
    if GIT is None:
        pytest.skip("git is not installed: the index written by hand below is read all the same")
    root = tmp_path / "tree"
    root.mkdir()
    _project(root)
    _git(root, "init", "-q")
    _git(root, "add", "-f", ".gitignore", "plain.py", "out/kept.py", "out/deep/kept.py", "a.gen.py")
    _git(root, "commit", "-qm", "a")
    return root


@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_a_committed_file_is_read_though_it_is_ignored(committed: Path, version: str) -> None:
    if version == "3":
        (committed / "later.gen.py").write_text("")
        _git(committed, "add", "-Nf", "later.gen.py")
    _git(committed, "update-index", "--index-version", version)
    assert _paths(committed) == KEPT


def test_an_index_that_is_split_over_two_files_is_read_from_both(committed: Path) -> None:
    _git(committed, "update-index", "--split-index")
    (committed / "c.gen.py").write_text(MODEL)
    (committed / "a.gen.py").write_text(f"{MODEL}# changed\n")
    _git(committed, "add", "-f", "c.gen.py", "a.gen.py")
    assert list((committed / ".git").glob("sharedindex.*"))
    assert _paths(committed) == ["a.gen.py", "c.gen.py", *KEPT[1:]]


def test_a_folder_of_a_tree_is_scanned_by_the_index_of_the_tree(committed: Path) -> None:
    assert _paths(committed / "out") == ["deep/kept.py", "kept.py", "new.py"]
    (committed / "out" / ".gitignore").write_text("*.py\n")
    assert _paths(committed / "out") == ["deep/kept.py", "kept.py"]


def test_a_worktree_and_a_submodule_have_an_index_of_their_own(committed: Path, tmp_path: Path) -> None:
    _git(committed, "worktree", "add", "-q", str(tmp_path / "other"))
    assert _paths(tmp_path / "other") == KEPT
    outer = tmp_path / "outer"
    outer.mkdir()
    _git(outer, "init", "-q")
    _git(outer, "submodule", "add", "-q", str(committed), "inner")
    assert _paths(outer) == [f"inner/{path}" for path in KEPT]


def test_what_the_project_file_excludes_stays_excluded(committed: Path) -> None:
    assert [item.location.path for item in scan(committed, ("out/",))[0]] == ["a.gen.py", "plain.py"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"DIRC",
        b"not an index",
        b"DIRC" + b"\0\0\0\2" + b"\xff" * 400,
        b"DIRC" + b"\0\0\0\4" + b"\0\0\0\1" + b"\xff" * 90,
        b"DIRC\0\0\0\x09\0\0\0\0" + b"\0" * 40,
    ],
)
def test_an_index_that_cannot_be_read_is_told_and_nothing_else_is_lost(tmp_path: Path, data: bytes) -> None:
    _project(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "index").write_bytes(data)
    found, unread = scan(tmp_path)
    assert [item.location.path for item in found] == ["plain.py"]
    assert [item.path for item in unread] == (["."])


def test_an_index_is_missed_where_something_was_committed(tmp_path: Path) -> None:
    _project(tmp_path)
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert scan(tmp_path)[1] == []
    (tmp_path / ".git" / "refs" / "heads" / "main").write_text("0" * 40)
    assert ["what is committed and ignored was not looked at" in item.reason for item in scan(tmp_path)[1]] == [True]


def test_a_file_that_names_the_folder_of_git_may_not_lead_astray(tmp_path: Path) -> None:
    _project(tmp_path)
    for told in ("gitdir: /dev", "gitdir: nowhere", "hello", "gitdir: " + "a" * 9000):
        (tmp_path / ".git").write_text(told)
        found, unread = scan(tmp_path)
        assert [item.location.path for item in found] == ["plain.py"]
        assert len(unread) == 1, told


def _entry(path: str, size: int) -> bytes:
    raw = path.encode()
    whole = b"\0" * 40 + b"\1" * size + len(raw).to_bytes(2, "big") + raw
    return whole + b"\0" * (8 - len(whole) % 8)


@pytest.mark.parametrize("size", [20, 32])
def test_an_index_written_by_hand_is_read_with_hashes_of_either_length(
    tmp_path: Path, write: Callable[..., Path], size: int
) -> None:
    _project(tmp_path)
    body = b"DIRC\0\0\0\2\0\0\0\2" + _entry("a.gen.py", size) + _entry("out/kept.py", size)
    check = hashlib.sha1(body).digest() if size == 20 else hashlib.sha256(body).digest()
    write(".git/index", body + check)
    assert _paths(tmp_path) == ["a.gen.py", "out/kept.py", "plain.py"]
