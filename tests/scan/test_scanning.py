"""The walk: what is looked at, in which order, and that nothing ends it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies
from shelf import BESIDE

from compliance.model import Reference, Unread
from compliance.scan import FINDERS, scan

MODEL = 'model_name = "acme/base"\n'
SHARED = BESIDE / "scan"


def paths(root: Path, *exclude: str) -> list[str]:
    """The files in which something was found."""
    return [item.location.path for item in scan(root, exclude)[0]]


def test_paths_are_relative_and_in_order(write: Callable[..., Path], tmp_path: Path) -> None:
    for name in ("b.py", "a/z.py", "a.py"):
        write(name, MODEL)
    assert paths(tmp_path) == ["a.py", "a/z.py", "b.py"]


def test_what_others_or_tools_wrote_is_skipped(write: Callable[..., Path], tmp_path: Path) -> None:
    for name in (".git/a.py", "node_modules/a.py", ".venv/a.py", "mine/pyvenv.cfg", "mine/a.py", "x.egg-info/a.py"):
        write(name, MODEL)
    assert paths(tmp_path) == []


def test_gitignore_is_respected_and_taken_back(write: Callable[..., Path], tmp_path: Path) -> None:
    write(".gitignore", "out/\n*.gen.py\n!keep.gen.py\n/top.py\n")
    for name in ("out/a.py", "b.gen.py", "keep.gen.py", "top.py", "sub/top.py"):
        write(name, MODEL)
    assert paths(tmp_path) == ["keep.gen.py", "sub/top.py"]


def test_all_takes_what_is_ignored_and_vendored_but_no_version_control(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    write(".gitignore", "out/\n")
    for name in ("out/a.py", "vendor/a.py", ".git/a.py"):
        write(name, MODEL)
    found = scan(tmp_path, everything=True)[0]
    assert [item.location.path for item in found] == ["out/a.py", "vendor/a.py"]


def test_exclude_takes_patterns(write: Callable[..., Path], tmp_path: Path) -> None:
    for name in ("tests/deep/a.py", "a.py"):
        write(name, MODEL)
    assert paths(tmp_path, "tests/**") == ["a.py"]


def test_the_project_file_is_not_scanned(write: Callable[..., Path], tmp_path: Path) -> None:
    write("modelcheck.yaml", "models:\n  - id: acme/base\n    model: acme/base\n")
    assert scan(tmp_path) == ([], [])


def test_a_link_is_read_once_and_one_that_leads_out_is_told(write: Callable[..., Path], tmp_path: Path) -> None:
    write("real/a.py", MODEL)
    (tmp_path / "real" / "self").symlink_to(tmp_path / "real")
    (tmp_path / "dangling.py").symlink_to(tmp_path / "nowhere.py")
    (tmp_path / "gone.py").symlink_to("/nowhere/a.py")
    (tmp_path / "out.py").symlink_to("/etc/hostname")
    (tmp_path / "same.py").symlink_to("real/a.py")
    (tmp_path / "up").symlink_to("..")
    (tmp_path / "away").symlink_to("/etc")
    (tmp_path / "loop.py").symlink_to("loop.py")
    found, unread = scan(tmp_path)
    assert [item.location.path for item in found] == ["real/a.py"]
    assert [(item.path, item.reason) for item in unread] == [
        ("away", "a link to a folder outside of what is scanned"),
        ("gone.py", "a link to a file that is not there"),
        ("out.py", "a link to a file outside of what is scanned"),
    ]


def test_a_link_shows_what_no_other_name_shows(write: Callable[..., Path], tmp_path: Path) -> None:
    write("blobs/0a1b", '{"_name_or_path": "acme/base-7b", "architectures": []}')
    write("vendor/a.py", MODEL)
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "snapshot" / "config.json").symlink_to("../blobs/0a1b")
    (tmp_path / "snapshot" / "again.json").symlink_to("../blobs/0a1b")
    (tmp_path / "mine.py").symlink_to("vendor/a.py")
    assert paths(tmp_path) == ["mine.py", "snapshot/again.json"]


def test_a_link_whose_target_changed_is_looked_at_again(write: Callable[..., Path], tmp_path: Path) -> None:
    for name, text in (("tree/vendor/a.py", MODEL), ("tree/vendor/b.py", MODEL.replace("base", "next"))):
        write(name, text)
    link = tmp_path / "tree" / "mine.py"
    for target in ("a", "b", "a"):
        link.unlink(missing_ok=True)
        link.symlink_to(f"vendor/{target}.py")
        (found,) = scan(tmp_path / "tree", cache=tmp_path / "cache")[0]
        assert found.text == {"a": "acme/base", "b": "acme/next"}[target]


def test_a_pipe_does_not_hold_the_scan_and_is_told_where_its_name_is_one_that_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    os.mkfifo(tmp_path / "log")
    os.mkfifo(tmp_path / "own.sock")
    (tmp_path / "masked.yaml").symlink_to(os.devnull)
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    found, unread = scan(tmp_path)
    assert found == []
    assert [(item.path, item.reason) for item in unread] == [
        ("device.yaml", "a link to what is neither a file nor a folder"),
        ("pipe.py", "what is neither a file nor a folder"),
    ]


def test_a_file_that_is_too_large_is_noted(unread: Callable[..., list[Unread]]) -> None:
    assert "more than" in unread("big.py", MODEL + "#" * 5_000_001)[0].reason


def test_text_that_is_not_utf_8_is_noted_and_still_searched(
    see: Callable[..., list[Reference]], unread: Callable[..., list[Unread]]
) -> None:
    text = b'# mod\xe8le\nMODEL_ID = "google/gemma-2-9b-it"\n'
    assert [item.resolved for item in see("a.py", text)] == ["hf:google/gemma-2-9b-it"]
    assert "not UTF-8 (byte 5)" in unread("a.py", text)[0].reason


def test_utf_16_is_read(see: Callable[..., list[Reference]]) -> None:
    assert [item.text for item in see("requirements.txt", "openai\n".encode("utf-16"))] == ["openai"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_a_mark_at_its_beginning(see: Callable[..., list[Reference]], encoding: str) -> None:
    found = see("a.py", MODEL.encode(encoding))
    assert [(item.text, item.location.line) for item in found if item.gate] == [("acme/base", 1)]


def test_nul_bytes_and_unclosed_brackets_are_noted(unread: Callable[..., list[Unread]]) -> None:
    assert "null bytes" in unread("a.py", b'MODEL="acme/base"\0\0\n')[0].reason
    assert len(unread("b.py", "from_pretrained((((((\n")) == 2


def test_deep_nesting_is_noted(unread: Callable[..., list[Unread]]) -> None:
    assert unread("a.py", "from_pretrained" + "(" * 3000 + ")" * 3000)[0].reason


def test_a_finder_that_fails_is_a_file_not_read(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compliance.scan import python

    monkeypatch.setattr(python, "find", lambda _file: 1 / 0)
    write("a.py", MODEL)
    assert "ZeroDivisionError" in scan(tmp_path)[1][0].reason


NAMES = (
    "a.py",
    "a.yaml",
    "a.json",
    "a.toml",
    ".env",
    "a.ipynb",
    "README.md",
    "run.sh",
    "Dockerfile",
    "requirements.txt",
    "pom.xml",
    "package.json",
    "a.ts",
    "A.java",
    "a.cdx.json",
    "a.spdx",
    "m.gguf",
    "m.safetensors",
    "d.jsonl",
    ".gitmodules",
)
SIGNS = (
    "model",
    "model:",
    '"model": ',
    "from_pretrained(",
    "acme/base",
    '"',
    "'",
    "{",
    "[",
    "---\n",
    "\n",
    "\0",
    "${",
    "gpt-4o",
    "GGUF",
    "cells",
    '{"cells": [{"source": ["',
    "ollama pull ",
    "bomFormat",
    "&a",
    "*a",
    "\\",
    "/*",
    "`",
    "dataset",
    "=",
)


@settings(max_examples=150, deadline=None)
@given(
    strategies.sampled_from(NAMES),
    strategies.lists(strategies.sampled_from(SIGNS) | strategies.text(max_size=20), max_size=30),
)
def test_no_text_ends_a_scan_or_fails_a_finder(
    tmp_path_factory: pytest.TempPathFactory, name: str | None, pieces: list[str]
) -> None:
    root = tmp_path_factory.mktemp("fuzz")
    (root / name).write_bytes("".join(pieces).encode("utf-8", errors="surrogatepass"))
    assert not [item for item in scan(root)[1] if "finder failed" in item.reason]


def test_every_finder_exists_and_says_what_it_is_for() -> None:
    import importlib

    for finder in FINDERS:
        module = importlib.import_module(f"compliance.scan.{finder.module}")
        assert module.find.__doc__
        assert module.__doc__


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not here")
def test_no_hostile_file_fails_a_finder() -> None:
    _, unread = scan(SHARED / "odd")
    assert not [item for item in unread if "finder failed" in item.reason]
    assert {
        "synthetic/latin1_config.py",
        "synthetic/nul_bytes.py",
        "synthetic/py2_syntax.py",
        "synthetic/safetensors_huge_header.safetensors",
    } <= {item.path for item in unread}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is not here")
@pytest.mark.parametrize("folder", ["bom", "cards"])
def test_no_real_file_fails_a_finder(folder: str) -> None:
    assert not [item for item in scan(SHARED / folder)[1] if "finder failed" in item.reason]


def test_a_group_of_the_kubernetes_api_is_no_model(tmp_path):
    (tmp_path / "a.py").write_text(
        'import openai\nmodel = "apps.example.org/v1"\nbody = {"model": "batch.example.org/v1beta1"}\n'
    )
    references, _ = scan(tmp_path)
    assert [item.text for item in references if item.gate and "/" in item.text] == []


HOSTILE = {
    "calls.py": "import torch\nmodel_name = 'acme/base'\nx = a" + "()" * 20_000,
    "minus.py": "import torch\nmodel_name = 'acme/base'\nx = " + "-" * 100_000 + "1",
    "else.py": "import torch\nmodel_name = 'acme/base'\nif a: pass\n" + "elif b: pass\n" * 10_000,
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_python_that_is_nested_too_deeply_is_read_line_by_line(
    name: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    write(name, HOSTILE[name])
    references, unread = scan(tmp_path)
    assert [item.text for item in references if item.gate] == ["acme/base"]
    assert [(item.path, item.reason) for item in unread] == [(name, "not Python 3: nested too deeply")]


def test_large_json_is_data_but_its_head_is_read(write: Callable[..., Path], tmp_path: Path) -> None:
    write("data.json", '{"model": "acme/head", "rows": "' + "a/b-1 " * 300_000 + '"}')
    references, unread = scan(tmp_path)
    assert ([item.text for item in references], unread) == (["acme/head"], [])


@pytest.mark.skipif(os.name != "posix", reason="names are bytes there only")
def test_a_name_that_is_not_utf8_is_written_out(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text(MODEL)
    assert paths(tmp_path) == ["caf\\xe9.py"]


def test_half_a_surrogate_in_a_name_does_not_reach_a_report(write: Callable[..., Path], tmp_path: Path) -> None:
    write("a.json", '{"model": "meta-llama/Llama\\ud800-7b"}')
    assert [item.text.encode() for item in scan(tmp_path)[0]] == [b"meta-llama/Llama\\ud800-7b"]


def test_folders_may_lie_deeper_than_pythons_stack(tmp_path: Path) -> None:
    before, depth = Path.cwd(), 1200
    try:
        os.chdir(tmp_path)
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.py").write_text(MODEL)
        try:
            found = paths(tmp_path)
        finally:  # or whatever clears up after the tests would run out of stack, with folders left open
            Path("a.py").unlink()
            for _ in range(depth):
                os.chdir("..")
                Path("d").rmdir()
    finally:
        os.chdir(before)
    assert [path.count("d/") for path in found] == [depth]


def test_data_of_no_name_gates_where_it_is_in_the_tree(write: Callable[..., Path], tmp_path: Path) -> None:
    write("src/a.py", 'from datasets import load_dataset\nload_dataset("json", data_files="data/train.json")\n')
    write("src/b.py", 'from datasets import load_dataset\nload_dataset("json", data_files="law_questions.json")\n')
    assert [item.text for item in scan(tmp_path)[0] if item.gate] == ["law_questions.json"]
    write("src/data/train.json", "[]")
    assert [item.text for item in scan(tmp_path)[0] if item.gate] == ["data/train.json", "law_questions.json"]


def test_answers_that_were_recorded_are_no_data_to_learn_from(write: Callable[..., Path], tmp_path: Path) -> None:
    record = '{"question": "q", "answer": "a", "context": "c"}\n'
    for name in ("evals/results/base/answers.jsonl", "runs/eval_results.jsonl", "model_outputs/a.jsonl", "law.jsonl"):
        write(name, record)
    assert [item.text for item in scan(tmp_path)[0]] == ["law.jsonl"]
