"""Files that are large: nothing in them is left out without a word, and data is no riddle."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.model import Reference, Unread
from compliance.scan import scan
from compliance.scan.pythoncode import containers

ROWS = [
    {"id": number, "text": "gpt and words " * 8, "completion": "an answer of several words"} for number in range(12_000)
]
NAMED = [*ROWS, {"settings": {"model": "acme/late-7b"}}]


def test_a_model_at_the_end_of_large_json_is_seen(see: Callable[..., list]) -> None:
    text = json.dumps(NAMED, indent=1)
    assert len(text) > 1_500_000
    assert [item.text for item in see("rows.json", text) if item.gate] == ["acme/late-7b"]


def test_one_line_may_hold_all_of_large_json(see: Callable[..., list]) -> None:
    assert [item.text for item in see("rows.json", json.dumps(NAMED)) if item.gate] == ["acme/late-7b"]


def test_data_without_a_model_is_no_riddle_however_large(unread: Callable[..., list]) -> None:
    assert unread("rows.json", json.dumps(ROWS)) == []
    assert unread("more.json", json.dumps(ROWS * 4)) == []
    words = {f"gpt-4{number}": number for number in range(300_000)}
    assert unread("words.json", json.dumps(words)) == []


def test_json_that_is_too_large_and_names_a_model_is_unread_with_its_line(unread: Callable[..., list]) -> None:
    text = json.dumps(ROWS * 4)[:-1] + ',\n{"model_id": "acme/late-7b"}]'
    assert [item.reason for item in unread("rows.json", text)] == [
        "more than 5000000 bytes, and it names models (line 2: acme/late-7b)"
    ]


def test_code_that_is_too_large_is_unread_only_where_it_holds_a_sign(unread: Callable[..., list]) -> None:
    assert unread("plain.py", "x = 'words'\n" * 500_000) == []
    assert [item.reason for item in unread("late.py", "x = 'words'\n" * 500_000 + "m = 'gpt-4o'\n")] == [
        "more than 5000000 bytes"
    ]


def test_python_too_long_to_be_parsed_is_searched_line_by_line(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("long.py", 'MODEL = "gpt-4o"\n' + "a\n" * 600_000)
    references, unread = scan(tmp_path)
    assert [item.text for item in references] == ["gpt-4o"]
    assert [item.reason for item in unread] == ["more than 1000000 letters of Python, searched line by line"]


def test_what_changed_behind_the_first_megabytes_is_looked_at_again(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, write: Callable[..., Path]
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    head = "x = 'words'\n" * 500_000
    write("late.py", head)
    assert scan(tmp_path, cache=cache)[1] == []
    write("late.py", head + "m = 'gpt-4o'\n")
    assert len(scan(tmp_path, cache=cache)[1]) == 1


@pytest.mark.parametrize("name", ["run.sh", ".env", "settings.toml", "main.tf"])
def test_a_line_that_is_too_long_is_told_where_it_may_name_a_model(
    name: str, unread: Callable[[str, str], list[Unread]]
) -> None:
    (told,) = unread(name, "A=1\n" + "B = 2 " * 4000 + "model = 'acme/base-7b'\n")
    assert (told.path, told.reason) == (name, "line 2 has more than 10000 letters and was not searched whole")


def test_a_long_block_of_a_configuration_is_searched_to_its_end(see: Callable[..., list[Reference]]) -> None:
    block = "".join(f"    echo {number}\n" for number in range(5000)) + "    vllm serve acme/base-7b\n"
    assert [item.location.line for item in see("a.yaml", f"data:\n  run.sh: |\n{block}")] == [5003]


def test_every_entry_of_a_long_menu_counts(see: Callable[..., list[Reference]]) -> None:
    menu = "".join(f'    "k{number}": "acme/base-{number}b",\n' for number in range(300))
    calls = "from transformers import AutoModel\nimport sys\nKNOWN = {\n" + menu + "}\n"
    found = see("a.py", calls + "AutoModel.from_pretrained(KNOWN[choice])\n")
    assert len({item.resolved for item in found if item.gate}) == 300


def test_every_call_of_a_function_counts(see: Callable[..., list[Reference]]) -> None:
    head = "from transformers import AutoModel\ndef load(name):\n    return AutoModel.from_pretrained(name)\n"
    found = see("a.py", head + "".join(f'load("acme/base-{number}b")\n' for number in range(120)))
    assert len({item.resolved for item in found if item.gate}) == 120


def test_what_is_not_followed_to_its_end_is_unresolved_beside_what_was_found(
    see: Callable[..., list[Reference]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "MAX_STEPS", 40)
    menu = "".join(f'    "k{number}": "acme/base-{number}b",\n' for number in range(100))
    calls = "from transformers import AutoModel\nKNOWN = {\n" + menu + "}\n"
    found = see("a.py", calls + "AutoModel.from_pretrained(KNOWN[choice])\n")
    assert any(item.gate for item in found)
    assert [item.location.line for item in found if item.resolved is None] == [104]


def test_a_table_that_leads_to_itself_ends(see: Callable[..., list[Reference]]) -> None:
    text = (
        'from transformers import AutoModel\ncfg = read()\ncfg = cfg["a"]\ncfg = cfg.get("b")\nself.x = self.x["y"]\n'
    )
    found = see("a.py", text + 'AutoModel.from_pretrained(cfg["c"])\nAutoModel.from_pretrained(self.x["d"])\n')
    assert [item.location.line for item in found if item.resolved is None] == [6, 7]
