"""No command opens a connection, starts a program, loads a pickle or an archive; no expression of the package is slow."""

import ast
import importlib
import json
import os
import pkgutil
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import compliance
from compliance.cli import COMMANDS

ROOT = Path(__file__).parent.parent
WATCHED = f"""
import sys
BARRED = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.Request", "http.client",
          "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pickle.find_class", "marshal.load",
          "ctypes.dlopen", "zipfile", "tarfile", "ftplib", "smtplib")
ROOT = {str(ROOT)!r}
def watch(event, arguments):
    if event == "import" and arguments[1] and not str(arguments[1]).startswith(("/usr", ROOT, sys.prefix, sys.base_prefix)):
        sys.stderr.write(f"BARRED import {{arguments[:2]}}\\n")
    if event == "marshal.loads" or event == "marshal.load": return
    if event.startswith(BARRED):
        sys.stderr.write(f"BARRED {{event}} {{arguments!r:.300}}\\n")
sys.addaudithook(watch)
from compliance.cli import main
main()
"""
SECRET = "hf_0123456789abcdefSECRET"
AT = ("--as-of", "2026-11-24")
RUNS = {
    "audit": ["audit", "project", *AT],
    "audit online refused": ["audit", "project", *AT, "--format", "json"],
    "bom": ["bom", "project", *AT, "--format", "cyclonedx"],
    "bom spdx3": ["bom", "project", *AT, "--format", "spdx3"],
    "bulk": ["bulk", "models.csv", "-o", "verdicts.parquet", "--use", "use.yaml", *AT],
    "catalog lint": ["catalog", "stats"],
    "catalog verify": ["catalog", "verify", "--texts", "project", "--older-than", "9999"],
    "check": ["check", "google/gemma-2-9b", "nobody/nothing", "--fact", "commercial=true"],
    "compare": ["compare", "google/gemma-2-9b", "deepseek-ai/DeepSeek-V3"],
    "diff": ["diff", "report.json", "report.json"],
    "identify": ["identify", "project"],
    "init": ["init", "bare"],
    "lineage": ["lineage", "google/gemma-2-9b"],
    "mcp": ["mcp", "--help"],
    "notice": ["notice", "project", *AT, "-o", "notices"],
    "policy": ["policy", "lint", "default"],
    "scan": ["scan", "project"],
    "show": ["show", "google/gemma-2-9b"],
    "test": ["test", "cases.yaml"],
    "waive": ["waive", "gemma-terms#notice", "google/gemma-2-9b", "--project", "project", "--reason", "r", "--owner", "o",
              "--until", "2099-01-01"],
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A project that tempts: links, pickles, archives, tokens; and what the commands take."""
    root = tmp_path_factory.mktemp("trust")
    shutil.copytree(ROOT / "examples" / "support-assistant", root / "project")
    import pickle
    import zipfile

    (root / "project" / "weights.pkl").write_bytes(pickle.dumps({"a": 1}))
    with zipfile.ZipFile(root / "project" / "model.keras", "w") as archive:
        archive.writestr("config.json", '{"model": "google/gemma-2-9b"}')
    (root / "project" / "sitecustomize.py").write_text("raise SystemExit('ran')\n")
    (root / "project" / ".env").write_text(f"HF_TOKEN={SECRET}\nMODEL=google/gemma-2-9b\n")
    (root / "bare").mkdir()
    (root / "bare" / "app.py").write_text("AutoModel.from_pretrained('google/gemma-2-9b')\n")
    (root / "use.yaml").write_text("use: {commercial: true, distribution: [hosted-service]}\n")
    (root / "models.csv").write_text("id,license,base_model\na/b,mit,\na/c,gemma,a/b\n")
    (root / "report.json").write_text(json.dumps({"schema": "modelcheck/report/1", "assessments": [], "findings": []}))
    (root / "cases.yaml").write_text(
        "cases:\n- {case: c, license: mit, facts: {commercial: true}, action: run, verdict: permitted}\n"
    )
    return root


def test_every_command_is_watched():
    assert {arguments[0] for arguments in RUNS.values()} == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(RUNS))
def test_no_command_connects_starts_a_program_or_loads_what_could_run(place, name):
    told = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    told |= {"PYTHONPATH": str(ROOT), "HF_TOKEN": SECRET, "HF_ENDPOINT": "http://127.0.0.1:9", "NO_COLOR": "1"}
    command = [sys.executable, "-P", "-c", WATCHED, *RUNS[name]]
    done = subprocess.run(command, cwd=place, env=told, capture_output=True, check=False, timeout=300)
    barred = [line for line in done.stderr.decode().splitlines() if line.startswith("BARRED")]
    own = ("BARRED ctypes.dlopen", "BARRED import")  # what libraries do when they are imported; checked below
    strange = [line for line in barred if not line.startswith(own)]
    assert strange == []
    assert not any(str(place) in line for line in barred)
    assert done.returncode != 70, done.stderr
    assert done.stdout or done.returncode in {0, 2}
    assert SECRET.encode() not in done.stdout + done.stderr


def test_the_watch_would_see_a_connection():
    program = WATCHED.replace("main()\n", "import socket; socket.create_connection(('127.0.0.1', 9), 1)\n")
    done = subprocess.run([sys.executable, "-P", "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)},
                          capture_output=True, check=False)  # fmt: skip
    assert b"BARRED socket.connect" in done.stderr


# -- regular expressions ---------------------------------------------------------------------------------------------

LONG = 6_000
MOST_SECONDS = 2


def _written(tree):
    """Expressions written where they are used, and whether they are tried at every place of a text or at its start only."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        module, text = node.func.value, node.args[0]
        if (
            isinstance(module, ast.Name)
            and module.id == "re"
            and isinstance(text, ast.Constant)
            and node.func.attr != "escape"
        ):
            how = node.func.attr if node.func.attr in {"match", "fullmatch"} else "finditer"
            yield re.compile(text.value), how, node.lineno


_HOW = re.compile(r"\b(_?[A-Z][A-Z_0-9]*)\.(match|fullmatch|finditer|search|sub|split|findall)\b")


def _tried(name, whole):
    """How a pattern that a module holds is tried: at the start of a text only where it is used in no other way."""
    if re.search(r"scan\.(?:BY_NAME|FINDERS)\[", name):
        return "match"
    uses = {how for held, how in whole if held == name.rpartition(".")[2]}
    return min(uses) if uses and uses <= {"match", "fullmatch"} else "finditer"


def _patterns():
    """Every expression of the package: those that modules hold, and those written where they are used."""
    found = {}
    whole = {use for path in Path(compliance.__file__).parent.rglob("*.py") for use in _HOW.findall(path.read_text())}
    for info in pkgutil.walk_packages(compliance.__path__, "compliance."):
        if info.name in {"compliance.building", "compliance.__main__"}:
            continue
        module = importlib.import_module(info.name)
        queue = [(f"{info.name}.{key}", value) for key, value in vars(module).items()]
        while queue:
            name, value = queue.pop()
            if type(value).__name__ == "_Lazy":  # compiled when it is used
                value = re.compile(value.pattern, value.flags)
            if isinstance(value, re.Pattern):
                found.setdefault((value, _tried(name, whole)), name)
            elif isinstance(value, dict):
                queue += [(f"{name}[{key!r:.30}]", item) for key, item in value.items()]
            elif isinstance(value, (tuple, list, frozenset, set)) and len(value) < 2000:
                queue += [(f"{name}[{number}]", item) for number, item in enumerate(value)]
            elif type(value).__module__.startswith("compliance") and not isinstance(value, type):
                names = (*getattr(value, "__dict__", ()), *getattr(value, "__struct_fields__", ()))
                queue += [(f"{name}.{key}", getattr(value, key)) for key in names]
        for pattern, how, line in _written(ast.parse(Path(module.__file__).read_text())):
            found.setdefault((pattern, how), f"{info.name}:{line}")
    return found


PATTERNS = _patterns()
WORDS = ("a", " ", "\t", "\n", "/", "-", "_", ".", "a/", "a.", "a-", "a_", "a b ", "1", "1.", '"', "'", "\\", "[", "(", "<", "{",
         "](", "a=", "a: ", "--a ", "https://a", "<!--", "${a", "%", "#", "a,", "©", "中", "\r\n", "\u017f")  # fmt: skip


def _attacks(pattern):
    """Long texts of what the expression itself speaks of, and of what makes expressions slow; each with a bad end."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = re.findall(r"[A-Za-z]{2,}|[^\w\s\\()\[\]{}|?*+^$]", text)[:24]
    for word in (*WORDS, *own):
        for more in ("", *(f"{other}" for other in (own[:2] or [""]))):
            body = (word + more) or "a"
            yield (body * (LONG // len(body) + 1))[:LONG] + "\0"


def _slow(_signal, _frame):
    raise TimeoutError


@pytest.mark.parametrize("one", sorted(PATTERNS, key=PATTERNS.get), ids=lambda one: PATTERNS[one])
def test_no_expression_takes_long_over_a_long_line(one):
    """Six thousand characters of whatever it likes least, in less than two seconds of the processor."""
    pattern, how = one
    before = signal.signal(signal.SIGVTALRM, _slow)
    try:
        for attack in _attacks(pattern):
            subject = attack if isinstance(pattern.pattern, str) else attack.encode()
            signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
            try:
                found = getattr(pattern, how)(subject)
                done = found is None or how != "finditer" or sum(1 for _ in found) >= 0
            except TimeoutError:
                done = False
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            assert done, f"{PATTERNS[one]}: {attack[:20]!r} ... of {LONG} characters takes too long"
    finally:
        signal.signal(signal.SIGVTALRM, before)
