"""What `fuzz.py` feeds: every reader of foreign input, with seeds of its own; a crash is any error but InputError."""

import contextlib
import io
import json
import struct
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from compliance import binding, bulk, cases, catalog, cli, fingerprint, identify, library, policy, project, scan
from compliance.catalog import CHECKOUT, Catalog, data_folder
from compliance.cli import common
from compliance.grammar import Grammar
from compliance.model import InputError
from compliance.reading import Reader
from compliance.scan import looking, names
from compliance.source import Node, Problems, parse

Feed = Callable[[bytes, Path], None]
FORMATS = ("terminal", "json", "markdown", "sarif", "html")


class CrashError(Exception):
    """A fault that the package itself caught and told: exit code 70, or a finder that failed."""


@cache
def world() -> tuple[Catalog, Grammar]:
    """The catalogue of this checkout and the grammar over it."""
    known = catalog.load(Path.home() / ".cache" / "modelcheck")
    ids = {"publisher-id": known.index.publishers, "document-id": known.index.documents}
    return known, Grammar(known.vocabulary, ids)


def _file(data: bytes, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _project(data: bytes, folder: Path) -> None:
    project.load(_file(data, folder, "modelcheck.yaml"), world()[1])


def _policy(data: bytes, folder: Path) -> None:
    _file(data, folder, "own.yaml")
    policy.load(("own.yaml",), world()[0], folder)


def _cases(data: bytes, folder: Path) -> None:
    cases.read(_file(data, folder, "cases.yaml"), "cases.yaml", world()[0], "2026-11-24")


def _node(data: bytes) -> tuple[Node, Problems]:
    problems = Problems()
    node = parse(data.decode(errors="replace"), "entry.yaml", problems)
    if node is None:
        raise InputError(problems.found)
    return node, problems


def _entry(method: str) -> Feed:
    def feed(data: bytes, folder: Path) -> None:  # noqa: ARG001
        node, problems = _node(data)
        getattr(Reader(world()[1]), method)(node)
        problems.raise_if_any()

    return feed


def _scanned(name: str) -> Feed:
    finders = scan.finders_of(name)

    def feed(data: bytes, folder: Path) -> None:
        seen = looking.look(looking.Item(name, str(folder / name), finders, None), data)
        for problem in seen.problems:
            if "finder failed" in problem:
                raise CrashError(problem)

    return feed


def _license(data: bytes, folder: Path) -> None:
    path = _file(data, folder, "LICENSE")
    identify.identify(path, "LICENSE", _library(), lambda: world()[0])


@cache
def _library() -> library.Library:
    return library.load(catalog.PACKED / "library.bin", data_folder("catalog"), Path.home() / ".cache" / "modelcheck")


def _anchor(data: bytes, folder: Path) -> None:  # noqa: ARG001
    text, _, anchor = data.decode(errors="replace").partition("\0")
    with contextlib.suppress(ValueError):
        fingerprint.find(anchor, fingerprint.read(text))


def _expression(data: bytes, folder: Path) -> None:  # noqa: ARG001
    binding.expression(data.decode(errors="replace"), world()[0])


def _id(data: bytes, folder: Path) -> None:  # noqa: ARG001
    text, known = data.decode(errors="replace"), world()[0]
    known.model(text)
    known.document(text)
    known.service(text)
    known.near_model(text[:80])
    names.free(text)
    names.keyed(text)


def _facts(data: bytes, folder: Path) -> None:  # noqa: ARG001
    project.parse_facts(data.decode(errors="replace").split("\n"), world()[1])


def _audit(data: bytes, folder: Path) -> None:
    """The first byte picks the format; up to the first NUL stands modelcheck.yaml, then a name and a file's bytes."""
    settings, _, rest = data[1:].partition(b"\0")
    name, _, content = rest.partition(b"\0")
    root = folder / "project"
    root.mkdir(exist_ok=True)
    for old in root.iterdir():
        old.unlink()
    _file(settings, root, "modelcheck.yaml")
    shown = _SUFFIXES[sum(name) % len(_SUFFIXES)]
    _file(content, root, shown)
    form = FORMATS[(data[:1] or b"\0")[0] % len(FORMATS)]
    _command(["audit", str(root), "--as-of", "2026-11-24", "--format", form])


def _table(data: bytes, folder: Path) -> None:
    """The first byte picks the format of the table."""
    path = _file(data[1:], folder, ("in.csv", "in.jsonl")[(data[:1] or b"\0")[0] % 2])
    job = bulk.Job(inputs=(path,), out=folder / "out.parquet", uses={"": bulk.Use()}, as_of="2026-11-24")
    bulk.run(job, world()[0])


_SUFFIXES = ("app.py", "README.md", "n.ipynb", "bom.json", "w.gguf", "w.safetensors", "c.yaml", "Dockerfile", "LICENSE")


common.load_catalog = cache(common.load_catalog)  # a process reads it once, and here it is one process


def _command(arguments: list[str]) -> None:
    kept, sys.argv = sys.argv, ["modelcheck", *arguments]
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            cli.main()
    except SystemExit as end:
        if end.code == 70:  # noqa: PLR2004 - the documented code of an internal error
            raise CrashError(err.getvalue().strip()) from None
    finally:
        sys.argv = kept


# -- seeds -----------------------------------------------------------------------------------------------------------


def _texts(folder: str, pattern: str, most: int = 12) -> list[bytes]:
    found = sorted((CHECKOUT / folder).rglob(pattern), key=lambda path: path.stat().st_size)
    return [path.read_bytes() for path in found[:most]]


def _gguf() -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    pairs = {"general.architecture": "llama", "general.license": "llama3.1", "general.name": "x/Llama-3.1-8B"}
    body = b"".join(text(key) + struct.pack("<I", 8) + text(value) for key, value in pairs.items())
    body += text("general.tags") + struct.pack("<IIQ", 9, 8, 2) + text("a") + text("b")
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs) + 1) + body


def _safetensors() -> bytes:
    head = json.dumps({"__metadata__": {"base_model": "google/gemma-2-9b", "license": "gemma"},
                       "w": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}}).encode()  # fmt: skip
    return struct.pack("<Q", len(head)) + head + b"\0" * 4


def _notebook() -> bytes:
    code = ["from transformers import AutoModel\n", "m = AutoModel.from_pretrained('deepseek-ai/DeepSeek-V3')\n"]
    cells = [{"cell_type": "code", "source": code}, {"cell_type": "markdown", "source": "[x](https://hf.co/a/b)"}]
    return json.dumps({"cells": cells, "nbformat": 4, "metadata": {}}).encode()


_CARD = b"---\nlicense: other\nlicense_name: gemma\nbase_model: [google/gemma-2-9b]\nlicense_link: LICENSE\n---\n# x\n"
_BOM = json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
    {"type": "machine-learning-model", "name": "gemma-2-9b", "purl": "pkg:huggingface/google/gemma-2-9b@main"}]}).encode()  # fmt: skip
_SPDX = (
    b"SPDXVersion: SPDX-2.3\nPackageName: google/gemma-2-9b\nExternalRef: PACKAGE-MANAGER purl pkg:huggingface/a/b\n"
)
_XML = b"""<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="machine-learning-model">
<name>gemma</name><purl>pkg:huggingface/google/gemma-2-9b</purl></component></components></bom>"""
_CSV = b"\0id,license,license_name,base_model,base_model_relation,fact.commercial\na/b,other,gemma,a/c;a/d,merge,true\n"
_JSONL = (
    b'\1{"id": "a/b", "license": ["mit"], "base_model": ["a/c"], "base_model_relation": "adapter"}\n{"id": "a/c"}\n'
)
_CODE = b"from transformers import pipeline\nM = 'google/' + 'gemma-2-9b'\npipeline(model=M, revision=f'{M}')\n"
_MADE = b"use: {commercial: true, distribution: [internal]}\nmodels:\n  - {id: google/gemma-2-9b, access: weights}\n"
_LICENCE = (
    b"MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software\n"
)


def seeds() -> dict[str, list[bytes]]:
    """Inputs to start from, for each target."""
    settings = [*_texts("examples", "modelcheck.yaml"), _MADE]
    policies, documents = _texts("policies", "*.yaml"), _texts("catalog/licenses", "*.yaml", 20)
    files = {"py": [_CODE], "card": [_CARD], "notebook": [_notebook()], "bom": [_BOM], "spdx": [_SPDX], "xml": [_XML],
             "gguf": [_gguf()], "safetensors": [_safetensors()], "yaml": [*policies[:3], b"model_name: google/gemma-2-9b"],
             "shell": [b"FROM vllm/vllm-openai\nCMD vllm serve google/gemma-2-9b --model a/b\nRUN ollama pull gemma2\n"],
             "sources": [b'const m = await pipeline("text", "Xenova/gpt2"); // openai "gpt-4o"\n'],
             "env": [b"MODEL_NAME=google/gemma-2-9b\nOPENAI_MODEL='gpt-4o'\n"],
             "manifest": [b"openai>=1\ntransformers[torch]==4.40 # x\n"], "jsonl": [b'{"model": "gpt-4o"}\n{"a": 1}\n']}  # fmt: skip
    audits = [bytes([number]) + made + b"\0" + bytes([number]) + b"\0" + content[0]
              for number, (made, content) in enumerate(zip(settings * 9, files.values(), strict=False))]  # fmt: skip
    return {
        "project": settings, "policy": policies, "document": documents,
        "models": _texts("catalog/models", "*.yaml"), "services": _texts("catalog/services", "*.yaml", 4),
        "publishers": _texts("catalog", "publishers.yaml"), "cases": _texts("tests/cases", "*.yaml"),
        "license": [_LICENCE, b"SPDX-License-Identifier: Apache-2.0", *_texts("catalog", "NOTICE*")],
        "anchor": [_LICENCE + b"\0" + b"9c1f02ab.1:5"],
        "expression": [b"MIT OR (Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0)", b"gemma", b"NONE"],
        "id": [b"hf:google/gemma-2-9b", b"openai:gpt-4o", b"llama3.1:8b", b"https://hf.co/a/b/tree/main"],
        "facts": [b"commercial=true\ndistribution=hosted-service,weights\nannual_revenue_usd=1_000\nterritories=EU"],
        "audit": audits, "table": [_CSV, _JSONL], **files,
    }  # fmt: skip


FEEDS: dict[str, Feed] = {
    "project": _project, "policy": _policy, "cases": _cases, "document": _entry("document"),
    "models": _entry("models"), "services": _entry("services"), "publishers": _entry("publishers"),
    "py": _scanned("app.py"), "card": _scanned("README.md"), "notebook": _scanned("n.ipynb"),
    "bom": _scanned("bom.json"), "spdx": _scanned("bom.spdx"), "xml": _scanned("bom.xml"),
    "gguf": _scanned("w.gguf"), "safetensors": _scanned("w.safetensors"), "yaml": _scanned("c.yaml"),
    "shell": _scanned("Dockerfile"), "sources": _scanned("a.ts"), "env": _scanned(".env"),
    "manifest": _scanned("requirements.txt"), "jsonl": _scanned("d.jsonl"), "license": _license, "anchor": _anchor,
    "expression": _expression, "id": _id, "facts": _facts, "audit": _audit, "table": _table,
}  # fmt: skip
