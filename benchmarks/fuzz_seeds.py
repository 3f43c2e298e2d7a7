"""What `fuzz.py` starts from: for each target inputs that are sound, made here or lying in the checkout."""

import json
import struct
from pathlib import Path

import msgspec

from compliance.catalog import CHECKOUT
from compliance.model import Location, Reference
from compliance.scan import memory
from compliance.texts import packing


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


_TOLD = json.dumps({"license": ["other"], "license_name": "gemma", "base_model": ["google/gemma-2-9b"], "datasets": ["a/b"],
                    "base_model_relation": "merge", "base_model:adapter:a/c": 1}).encode()  # fmt: skip
_ADAPTER = b'{"base_model_name_or_path": "google/gemma-2-9b", "peft_type": "LORA"}'
_RECIPE = b"merge_method: slerp\nbase_model: a/b\nslices:\n- sources:\n  - {model: a/b+c/d, layer_range: [0, 4]}\nmodels: [a/c]\n"
_HTML = b"<h1>MIT License</h1><!-- x --><p>Permission is <del>not</del> hereby&nbsp;granted\xe2\x80\xae</p>\r\n> **free** of charge"


def _remembered() -> bytes:
    """What a scan keeps of a tree, without its digest."""
    seen = memory.Looked(
        found=(Reference(text="a/b", kind="model", location=Location(path="a", line=1, text="a/b", detector="x")),)
    )
    kept = memory.Memory(Path(), Path())
    return msgspec.msgpack.encode(memory.Whole(kept.version, {"a": memory.Kept((1, 2, 3, 4, 5), b"0", seen)}, ()))


def reported() -> bytes:
    """A report with one fault."""
    rule = {"id": "mit#notice", "decisive": True, "truth": "true", "fulfilled": None, "section": "1", "summary": "x"}
    item = {
        "subject": "a/b",
        "access": "weights",
        "verdict": "prohibited",
        "rules": [rule],
        "review": [],
        "locations": [],
    }
    return json.dumps(
        {"schema": "modelcheck/report/1", "assessments": [item], "findings": [], "unresolved": [], "unread": []}
    ).encode()


def seeds() -> dict[str, list[bytes]]:
    """Inputs to start from, for each target."""
    settings = [*_texts("examples", "modelcheck.yaml"), _MADE]
    policies, documents = _texts("policies", "*.yaml"), _texts("catalog/licenses", "*.yaml", 20)
    files = {"py": [_CODE], "card": [_CARD], "notebook": [_notebook()], "bom": [_BOM], "spdx": [_SPDX], "xml": [_XML],
             "gguf": [_gguf()], "safetensors": [_safetensors()], "yaml": [*policies[:3], b"model_name: google/gemma-2-9b"],
             "shell": [b"FROM vllm/vllm-openai\nCMD vllm serve google/gemma-2-9b --model a/b\nRUN ollama pull gemma2\n"],
             "sources": [b'const m = await pipeline("text", "Xenova/gpt2"); // openai "gpt-4o"\n'],
             "env": [b"MODEL_NAME=google/gemma-2-9b\nOPENAI_MODEL='gpt-4o'\n"],
             "manifest": [b"openai>=1\ntransformers[torch]==4.40 # x\n"], "sql": [b"INSERT INTO t (a, model) VALUES (1, 'gpt-4o'); -- x\n"],
             "jsonl": [b'{"model": "gpt-4o"}\n{"a": 1}\n']}  # fmt: skip
    made = [bytes([number]) + content for number, content in enumerate((_CARD, _CARD, _ADAPTER, _gguf(), _safetensors(),
            _RECIPE, _BOM, _XML, _SPDX, _RECIPE))]  # fmt: skip
    audits = [bytes([number]) + made + b"\0" + bytes([number]) + b"\0" + content[0]
              for number, (made, content) in enumerate(zip(settings * 9, files.values(), strict=False))]  # fmt: skip
    return {
        "hubcard": [_TOLD], "local": made, "memory": [b"\1" + _remembered(), b"\0" + _remembered()],
        "words": [_LICENCE, _HTML], "verify": [_LICENCE], "report": [reported()], "compiled": [packing.pack([])],
        "naming": [b"bedrock/us.anthropic.claude-3-5-sonnet-20241022-v2:0", b"gateway:vertex_ai/claude-3@20240229",
                   b"ollama/llama3.1:8b", b"projects/p/locations/l/publishers/google/models/gemini-1.5-pro"],
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
