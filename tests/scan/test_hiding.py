"""Where a model would pass unseen: scripts without an ending, names without a sign, texts that are put together."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.model import Reference, Unread
from compliance.scan import scan

LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained({})\n"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("bin/serve", "#!/usr/bin/env python3\n" + LOAD.format("'acme/tuned-7b'"), 3),
        ("bin/serve", "#!/bin/sh\nhuggingface-cli download acme/tuned-7b\n", 2),
        ("bin/serve", "#!/usr/bin/env -S uv run --script\n" + LOAD.format("'acme/tuned-7b'"), 3),
        ("requirements.txt", "git+https://me:secret@huggingface.co/acme/tuned-7b@main\n", 1),
        ("a.xml", "<c>\n<model>\n  acme/tuned-7b\n</model></c>\n", 3),
        ("a.xml", "<c><model><![CDATA[acme/tuned-7b]]></model></c>\n", 1),
        ("a.toml", '[tool.x]\nfirst = {name = "other", model = "acme/tuned-7b"}\n', 2),
        ("a.tf", 'resource "x" "y" {\n  environment = { MODEL_ID = "acme/tuned-7b" }\n}\n', 2),
        ("bin/serve", "#!/usr/bin/env node\nconst model = 'acme/tuned-7b';\n", 2),
        ("bin/serve", "#!/usr/bin/env ruby\n# acme/old-7b\nmodel = 'acme/tuned-7b'\n", 3),
        ("get.sh", "git clone https://me:secret@huggingface.co/acme/tuned-7b\n", 1),
        ("get.sh", "git clone https://me:$TOKEN@HuggingFace.co/acme/tuned-7b\n", 1),
        ("get.sh", "git clone git@hf.co:acme/tuned-7b\n", 1),
        (".gitmodules", '[submodule "a"]\npath = a\nurl = ssh://git@hf.co/acme/tuned-7b\n', 3),
        ("ci.yml", "steps:\n- run: git clone https://u:${{ secrets.T }}@hf.co/acme/tuned-7b\n", 2),
        ("app.py", "import subprocess\nsubprocess.run(['git', 'clone', 'https://hf.co/acme/tuned-7b'])\n", 2),
        ("app.py", LOAD.format("'/'.join(['acme', 'tuned-7b'])"), 2),
        ("app.py", "PARTS = ('acme', 'tuned-7b')\n" + LOAD.format("'/'.join((PARTS[0], PARTS[1]))"), 3),
    ],
)
def test_a_model_is_seen_there(see: Callable[..., list[Reference]], name: str, text: str, line: int) -> None:
    assert [(one.resolved, one.location.line) for one in see(name, text) if one.gate] == [("hf:acme/tuned-7b", line)]


ROUNDABOUT = {
    "a renamed class": "from transformers import AutoModel as M\nM.from_pretrained('acme/tuned-7b')\n",
    "a renamed function": "from huggingface_hub import snapshot_download as get\nget('acme/tuned-7b')\n",
    "a method under a name": "load = AutoModel.from_pretrained\nload('acme/tuned-7b')\n",
    "a method that is mapped": "list(map(AutoModel.from_pretrained, ['acme/tuned-7b']))\n",
    "a method for a thread": "pool.submit(AutoModel.from_pretrained, 'acme/tuned-7b')\n",
}


@pytest.mark.parametrize("way", ROUNDABOUT)
def test_a_model_is_seen_whatever_the_call_is_called(see: Callable[..., list[Reference]], way: str) -> None:
    found = see("app.py", "from transformers import AutoModel\n" + ROUNDABOUT[way])
    assert {one.resolved for one in found if one.gate} == {"hf:acme/tuned-7b"}


def test_a_name_that_is_imported_from_one_place_or_another_is_looked_for_in_both(
    see: Callable[..., list[Reference]], write: Callable[[str, str], object]
) -> None:
    write("one.py", "NAME = 'acme/a'\n")
    write("two.py", "NAME = 'acme/b'\n")
    either = "try:\n    from one import NAME\nexcept ImportError:\n    from two import NAME\n"
    found = see("app.py", either + LOAD.format("NAME"))
    assert {one.resolved for one in found if one.gate} == {"hf:acme/a", "hf:acme/b"}


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("const config = { model: `meta-llama/Llama-3.1-${size}B` };\n", True),
        ("const llm = new ChatOpenAI({ model: `gpt-4o-${kind}` });\n", True),
        ("const page = `/models/${id}`;\nconst model = `${base}/${id}`;\n", False),
    ],
)
def test_a_name_that_a_template_puts_together_is_open(see, text, is_open):
    assert [one.resolved for one in see("app.ts", text)] == [None] * is_open


CELL = {"cell_type": "code", "source": ["%%writefile run.sh\n", "vllm serve $MODEL\n"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.Rmd", "```{bash}\nvllm serve $MODEL\n```\n"),
        ("a.ipynb", json.dumps({"cells": [CELL]})),
        ("a.yaml", "data:\n  run.sh: |\n    vllm serve $MODEL\n"),
    ],
)
def test_what_a_held_script_leaves_open_is_told(see: Callable[..., list[Reference]], name: str, text: str) -> None:
    assert [(one.text, one.resolved) for one in see(name, text)] == [("$MODEL", None)]


def test_what_is_not_read_of_a_held_file_is_told(unread: Callable[..., list[Unread]]) -> None:
    text = "data:\n  app.env: |\n    MODEL=" + "a" * 10_001 + "\n    B=1\n"
    assert "more than 10000 letters" in unread("a.yaml", text)[0].reason


@pytest.mark.parametrize("base", ["codestral:22b", "smollm2", "nobody-knows-it:7b"])
def test_a_modelfile_is_read_whatever_its_base_is_called(see: Callable[..., list[Reference]], base: str) -> None:
    assert [one.resolved for one in see("Modelfile", f"FROM {base}\n")] == [f"ollama:{base}"]


def test_a_text_joined_of_parts_that_nobody_says_is_unresolved(see: Callable[..., list[Reference]]) -> None:
    found = see("app.py", "import sys\n" + LOAD.format("'/'.join(sys.argv[1:])"))
    assert [(one.resolved, one.how[-1]) for one in found] == [(None, "the command line decides")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LICENSE", "from transformers import AutoModel\nmodel = 'acme/tuned-7b'\n"),
        ("bin/report", "#!/usr/bin/perl\nmy $model = 'acme/tuned-7b';\n"),
        ("app.py", "import os\n" + LOAD.format("os.path.join('models', 'tuned')")),
        ("app.py", "import os\n" + LOAD.format("'/'.join([os.getcwd(), 'tuned'])")),
    ],
)
def test_what_is_no_script_and_what_is_a_folder_is_none(
    see: Callable[..., list[Reference]], name: str, text: str
) -> None:
    assert [one for one in see(name, text) if one.gate] == []


@pytest.mark.parametrize("letter", [r"\ud83d", r"\ud83d\udcda"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"output_dir": "* models", "model": "* x"}'),
        ("a.py", "output_dir = '*'\n"),
        ("a.py", LOAD.format("cfg['*']")),
        ("a.py", "import os\n" + LOAD.format("os.environ['*']")),
    ],
)
def test_half_a_letter_that_is_written_as_an_escape_ends_no_scan(
    name: str, text: str, letter: str, write: Callable[..., object], tmp_path: Path
) -> None:
    write(name, text.replace("*", letter))
    first = scan(tmp_path, cache=tmp_path.parent / "cache")
    assert scan(tmp_path, cache=tmp_path.parent / "cache") == first
