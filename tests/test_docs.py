"""The pages of docs/: every command is run and prints what the page shows, every setting and program is real.

`MODELCHECK_REGENERATE=1 python -m pytest -q tests/test_docs.py` writes what the commands print into the pages.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hubserver import serving

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BIN = Path(sys.executable).parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS = {"bom": "cyclonedx", "mcp": "mcp", "online": "huggingface_hub"}


def _blocks(page, kind):
    return [match[2] for match in BLOCK.finditer((DOCS / f"{page}.md").read_text()) if match[1] == kind]


def _commands(block):
    """Each command of a console block with the lines that it prints."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


@pytest.fixture
def shell(tmp_path):
    """Runs commands one after the other in a copy of the examples, with a Hub of our own."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "ask.py").write_text(_blocks("mcp", "python")[0])
    for name, block in zip(("acme.yaml", "acme-cases.yaml"), _blocks("policies", "yaml"), strict=True):
        (tmp_path / name).write_text(block)
    (tmp_path / "theirs.cdx.json").write_text(
        '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [\n {"type": "machine-learning-model", '
        '"group": "deepseek-ai", "name": "DeepSeek-V3", "licenses": [{"license": {"id": "unknown"}}]}]}\n'
    )
    with serving() as hub:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("HF_")} | {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}",
            "HF_HOME": str(tmp_path / "hf"),
            "HF_HUB_DISABLE_XET": "1",
            "NO_COLOR": "1",
        }

        def run(command):
            done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True,
                                  check=False, timeout=120)  # fmt: skip
            return done.stdout + done.stderr

        yield run


@pytest.mark.parametrize("page", ["bom", "ci", "compare", "identify", "lineage", "mcp", "online", "policies", "scan"])
def test_a_page_shows_what_its_commands_print(shell, page):
    if page in NEEDS:
        pytest.importorskip(NEEDS[page])
    path, made = DOCS / f"{page}.md", []
    for block in _blocks(page, "console"):
        lines = []
        for command, shown in _commands(block):
            printed = re.sub(r"[ \t]+$", "", shell(command), flags=re.MULTILINE)
            lines.append(f"$ {command}\n{shown if '...' in shown.splitlines() else printed}")
            if not os.environ.get("MODELCHECK_REGENERATE"):
                pattern = re.escape(shown).replace(re.escape("...\n"), r"(?:.*\n)*?")
                assert re.fullmatch(pattern, printed), f"{command}\n{printed}"
        made.append((block, "".join(lines)))
    if os.environ.get("MODELCHECK_REGENERATE"):
        text = path.read_text()
        for block, new in made:
            text = text.replace(f"```console\n{block}```", f"```console\n{new}```")
        path.write_text(text)


def test_the_program_of_the_python_page_runs(shell):
    program = _blocks("python", "python")[0]
    printed = shell(f"cat > program.py <<'END'\n{program}END\npython3 program.py")
    assert printed.splitlines()[:2] == [
        "permitted",
        "google/gemma-2-9b permitted gemma-terms-2024-04-01 gemma-prohibited-use",
    ]
    assert "('shop/photo-reader-v2', 'prohibited')" in printed


def test_the_settings_of_the_pages_are_those_of_the_files():
    github, gitlab, azure, hooks = (yaml.safe_load(block) for block in _blocks("ci", "yaml"))
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    (step,) = [step for step in github["jobs"]["models"]["steps"] if "modelcheck" in step["uses"]]
    assert set(step["with"]) <= set(action["inputs"])
    assert azure[0]["script"].endswith(f"junit={azure[1]['inputs']['testResultsFiles']}")
    job = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text())
    assert set(gitlab["variables"]) <= set(job["variables"])
    assert (ROOT / gitlab["include"][0]["file"].lstrip("/")).is_file()
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= offered
    (settings,) = (json.loads(block) for block in _blocks("mcp", "json"))
    assert settings["mcpServers"]["modelcheck"]["args"] == ["mcp"]


def test_every_page_is_named_for_a_reader_to_find():
    readme = (ROOT / "README.md").read_text()
    assert [path.name for path in DOCS.glob("*.md") if f"(docs/{path.name})" not in readme] == []
