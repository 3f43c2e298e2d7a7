"""What looks like a model and cannot be resolved is listed as unresolved with its reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan
from compliance.scan.pythoncode import imports

LOADS = (
    "from transformers import AutoModel\n\n\ndef load(model_name):\n    return AutoModel.from_pretrained(model_name)\n"
)


def _riddles(root: Path) -> list[tuple[str, int, str]]:
    return [(item.location.path, item.location.line, item.how[-1]) for item in scan(root)[0] if item.resolved is None]


def test_a_parameter_that_nobody_fills_is_unresolved(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS)
    assert _riddles(tmp_path) == [
        ("load.py", 5, "model_name is decided by callers of load, of which none that names a model is known")
    ]


def test_a_parameter_of_main_is_unresolved_as_well(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS.replace("load(", "main("))
    assert len(_riddles(tmp_path)) == 1


def test_a_parameter_that_a_caller_fills_is_no_riddle(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS)
    write("app.py", 'from load import load\n\nload("acme/tuned-7b")\n')
    assert [item.resolved for item in scan(tmp_path)[0]] == ["hf:acme/tuned-7b"]


def test_a_parameter_may_be_passed_on_by_several_functions(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS)
    write("make.py", "from load import load\n\n\ndef make(name):\n    return load(name)\n")
    write("app.py", 'from make import make\n\nmake("acme/tuned-7b")\n')
    assert [item.resolved for item in scan(tmp_path)[0]] == ["hf:acme/tuned-7b"]


def test_functions_that_pass_a_parameter_to_each_other_end(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS)
    write("a.py", "from load import load\nfrom b import other\n\n\ndef one(name):\n    other(name)\n    load(name)\n")
    write("b.py", "from a import one\n\n\ndef other(name):\n    one(name)\n")
    assert [item.resolved for item in scan(tmp_path)[0]] == [None]


def test_a_caller_that_asks_the_environment_is_the_reason(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS)
    write("app.py", 'import os\nfrom load import load\n\nload(os.environ["WHICH"])\n')
    assert _riddles(tmp_path) == [("load.py", 5, "the environment variable WHICH has no default")]


def test_one_reason_is_told_once_in_a_file(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("load.py", LOADS + "\n\ndef again(model_name):\n    AutoModel.from_pretrained(model_name)\n" * 2)
    assert len(_riddles(tmp_path)) == 2


def test_names_beyond_the_limit_are_unresolved(
    tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MAX_WANTED", 1)
    write("a.py", LOADS)
    write("b.py", LOADS.replace("load(", "fetch("))
    write("c.py", LOADS.replace("load(", "bring("))
    assert [(path, "more than 1 names" in reason) for path, _, reason in _riddles(tmp_path)] == [
        ("a.py", False),
        ("b.py", True),
        ("c.py", True),
    ]
