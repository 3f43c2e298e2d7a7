"""Hostile projects and bad surroundings: nothing of theirs runs, nothing leaks, and the report does not change."""

import json
import os
import pickle
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from shelf import EXAMPLE

from compliance import scan
from compliance.report import FORMATS
from compliance.scan import looking

ROOT = Path(__file__).parent.parent
PROGRAM = "from compliance.cli import main; main()"


def _command(*arguments, cwd=ROOT, **environment):
    """A whole process, without the folder it is run in on the path."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "PYTHON"))}
    told = {**plain, "PYTHONPATH": str(ROOT), **environment}
    told = {key: value for key, value in told.items() if value is not None}
    command = [sys.executable, "-P", "-c", PROGRAM, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=cwd, env=told, check=False)


@pytest.fixture
def hostile(tmp_path):
    """A project whose every module and pickle writes a file when it is imported, run or loaded."""
    root, mark = tmp_path / "project", tmp_path / "ran"
    root.mkdir()
    strike = f"open({str(mark)!r}, 'a').write(__name__)\n"
    load = "from transformers import AutoModel\nAutoModel.from_pretrained('google/gemma-2-9b')\n"
    for name in ("app", "setup", "conftest", "yaml", "click", "sitecustomize", "transformers", "__init__", "__main__"):
        (root / f"{name}.py").write_text(strike + load)

    class Bomb:
        def __reduce__(self):
            return (exec, (strike,))

    for name in ("model.pkl", "model.bin", "model.pt", "model.ckpt"):
        (root / name).write_bytes(pickle.dumps(Bomb()))
    (root / "modelcheck.yaml").write_text("use: {commercial: true, distribution: [internal]}\n")
    return root, mark


def test_no_code_of_the_project_is_imported_and_no_pickle_is_loaded(hostile):
    root, mark = hostile
    done = _command("audit", ".", "--format", "json", cwd=root)
    assert b"gemma-2-9b" in done.stdout, done.stderr
    assert not mark.exists()


def test_called_as_a_module_it_imports_nothing_of_the_folder_it_is_called_in(hostile):
    root, mark = hostile
    for name in ("re", "json", "msgspec", "rich", "license_expression"):
        (root / f"{name}.py").write_text((root / "yaml.py").read_text())
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "compliance", "audit", "."], capture_output=True, cwd=root, env=told, check=False
    )
    assert b"gemma-2-9b" in done.stdout, done.stderr
    assert not mark.exists()


def test_a_yaml_tag_builds_no_object(tmp_path):
    mark = tmp_path / "ran"
    bomb = f'use: !!python/object/apply:os.system ["touch {mark}"]\n'
    for name in ("modelcheck.yaml", "config.yaml"):
        (tmp_path / name).write_text(bomb)
    done = _command("audit", tmp_path)
    assert done.returncode == 2
    assert not mark.exists()


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_network_is_not_touched(monkeypatch, modelcheck, form):
    def refuse(*arguments, **_):
        raise AssertionError(f"a connection to {arguments}")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert modelcheck("audit", EXAMPLE, "--format", form).code in {0, 1, 3}
    assert modelcheck("check", "google/gemma-2-9b", "nobody/nothing", "--format", form).code in {0, 1, 3}


def test_archives_are_not_opened(monkeypatch, tmp_path, modelcheck):
    import tarfile
    import zipfile

    with zipfile.ZipFile(tmp_path / "model.keras", "w") as archive:
        archive.writestr("a.json", '{"model": "google/gemma-2-9b"}')
    for name in ("model.nemo", "weights.zip", "model.pt"):
        (tmp_path / name).write_bytes((tmp_path / "model.keras").read_bytes())
    (tmp_path / "app.py").write_text("AutoModel.from_pretrained('deepseek-ai/DeepSeek-V3')\n")

    def refuse(*arguments, **_):
        raise AssertionError(f"an archive was opened: {arguments}")

    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    monkeypatch.setattr(tarfile, "open", refuse)
    assert modelcheck("audit", tmp_path).code in {0, 1, 3}


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_tokens_are_never_printed(tmp_path, form):
    secret = "sk-proj-0123456789abcdefSECRET"
    (tmp_path / ".env").write_text(f"OPENAI_API_KEY={secret}\nHF_TOKEN={secret}\nMODEL_NAME=google/gemma-2-9b\n")
    (tmp_path / "app.py").write_text(
        f"import openai\nopenai.api_key = '{secret}'\nclient = openai.OpenAI(api_key='{secret}')\n"
        "client.responses.create(model='gpt-4o')\n"
    )
    done = _command("audit", tmp_path, "--format", form, OPENAI_API_KEY=secret, HF_TOKEN=secret)
    assert b"gpt-4o" in done.stdout or b"gemma" in done.stdout
    assert secret.encode() not in done.stdout + done.stderr


AT = ("--as-of", "2026-11-24")
SAID = [
    ("audit", ".", *AT, *(word for form in sorted(FORMATS) for word in ("--format", f"{form}=../{form}"))),
    *(("bom", ".", *AT, "--format", form) for form in ("cyclonedx", "spdx", "spdx3")),
    *(("lineage", "acme/m", "--project", ".", "--format", form) for form in ("terminal", "json", "dot", "mermaid")),
    *(("compare", "google/gemma-2-9b", "gpt-4o", *AT, "--format", form) for form in ("terminal", "markdown", "html", "json")),
    ("scan", ".", "--format", "json"), ("scan", "."), ("check", "google/gemma-2-9b", "nobody/x", *AT, "--format", "json"),
    ("show", "gemma-terms"), ("show", "gemma-terms", "--format", "json"), ("catalog", "search", "notice", "gemma"),
]  # fmt: skip
EVERY = """
import contextlib, functools, io, json, sys
from compliance import cli
from compliance.cli import common
common.load_catalog = functools.cache(common.load_catalog)
told = []
for arguments in json.load(sys.stdin):
    sys.argv, out = ["modelcheck", *arguments], io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            cli.main()
    except SystemExit as end:
        told.append((end.code, out.getvalue()))
json.dump(told, sys.stdout)
"""


def _project(root, order):
    """The same project each time, its files, models, parents, policies and waivers written in another order."""
    parents = [
        ("google/gemma-2-9b", "merge"),
        ("meta-llama/Llama-3.1-8B", "merge"),
        ("nobody/x", "merge"),
        ("x/data", "trained-on"),
    ]
    waivers = [
        {"rule": "gemma-terms#notice", "subject": name, "reason": "r", "owner": "o", "until": "2099-01-01"}
        for name in ("a/b", "c/d")
    ]
    models = [{"id": "acme/m", "parents": order([{"id": name, "relation": kind} for name, kind in parents])}, {"id": "z/unknown"},
              {"id": "acme/n", "license": "Apache-2.0 OR MIT", "because": "read", "parents": [{"id": "acme/m", "relation": "finetune"}]}]  # fmt: skip
    use = {
        "commercial": True,
        "distribution": order(["weights", "hosted-service"]),
        "organization_country": "DE",
        "territories": order(["DE", "US"]),
    }
    settings = {"use": dict(order(list(use.items()))), "models": order(models), "policies": order(["default", "commercial-saas"]),
                "waivers": order(waivers)}  # fmt: skip
    texts = {"modelcheck.yaml": json.dumps(dict(order(list(settings.items())))), "a.py": "AutoModel.from_pretrained('google/gemma-2-9b')\n",
             "b.md": "[m](https://huggingface.co/a/b)\n", "c.yaml": "model_name: deepseek-ai/DeepSeek-V3\n", "d.ipynb": "{}",
             "e.py": "OpenAI().responses.create(model='gpt-4o')\nAutoModel.from_pretrained('nobody/zz')\n"}  # fmt: skip
    root.mkdir(parents=True)
    for name, text in order(list(texts.items())):
        (root / name).write_text(text)


def test_no_output_depends_on_hash_seeds_or_on_the_order_of_files_models_parents_or_policies(tmp_path):
    told = []
    for seed in (0, 4242):
        chance = random.Random(seed)
        root = tmp_path / f"run{seed}" / "project"
        _project(root, lambda items, chance=chance: chance.sample(items, len(items)))
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": str(seed),
            "SOURCE_DATE_EPOCH": "1700000000",
        }
        done = subprocess.run([sys.executable, "-P", "-c", EVERY], input=json.dumps(SAID).encode(), capture_output=True,
                              cwd=root, env=environment, check=True)  # fmt: skip
        reports = [((root.parent / form).name, (root.parent / form).read_bytes()) for form in sorted(FORMATS)]
        told.append([*zip(SAID, json.loads(done.stdout), strict=True), *reports])
    for one, two in zip(*told, strict=True):
        assert one == two
    assert all(text for _, (_, text) in told[0][1 : len(SAID)])


@pytest.mark.parametrize(
    "surroundings",
    [
        {"HOME": None, "XDG_CACHE_HOME": None},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": "/dev/null/cache"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "xx_XX.nonsense", "TERM": "dumb", "COLUMNS": "1"},
        {"TZ": "Pacific/Kiritimati"},
    ],
    ids=["no home", "no cache", "ascii", "broken locale", "far away"],
)
def test_bad_surroundings_change_nothing(surroundings):
    wanted = _command("audit", EXAMPLE, "--as-of", "2026-11-24", "--format", "json")
    found = _command("audit", EXAMPLE, "--as-of", "2026-11-24", "--format", "json", **surroundings)
    assert (found.returncode, found.stdout) == (wanted.returncode, wanted.stdout), found.stderr


PIECES = {
    "names": b"a/" * 40_000, "quotes": b"\"'" * 40_000, "escapes": b"\\" * 80_000, "spaces": b" " * 80_000 + b"x",
    "dashes": b"--model " * 10_000, "urls": b"https://huggingface.co/" * 4_000, "equals": b"MODEL=" * 15_000,
    "brackets": b"[" * 40_000 + b"]" * 40_000, "markdown": b"[a](" * 20_000, "yaml": b"- " * 40_000,
    "words": b"google/gemma-2-9b " * 4_000, "colons": b"a:" * 40_000, "dots": b"a." * 40_000, "lines": b"model\n" * 15_000,
    "continued": b"x \\\n" * 10_000,
}  # fmt: skip
FILES = ("a.py", "a.yaml", "a.json", ".env", "a.ipynb", "a.md", "a.sh", "Dockerfile", "a.ts", "requirements.txt", "bom.xml",
         "bom.spdx", "pom.xml", "go.mod", "a.jsonl")  # fmt: skip


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("piece", sorted(PIECES))
def test_no_text_takes_a_finder_long(tmp_path, name, piece):
    """80 kB in five seconds; what is quadratic takes minutes."""
    finders = scan.finders_of(name)
    signs = b"model transformers openai huggingface ollama from_pretrained\n"
    start = time.process_time()
    looking.look(looking.Item(name, str(tmp_path / name), finders, None), signs + PIECES[piece])
    assert time.process_time() - start < 5
