"""What `fuzz.py` starts from: for each target inputs that are sound, made here or lying in the checkout."""

import hashlib
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


_MANIFESTS = (
    (0, b"openai>=1\ntransformers[torch]==4.40 # x\n-r other.txt\n"),
    (1, b'[project]\nname = "p"\nlicense = {text = "MIT"}\ndependencies = ["openai>=1"]\n'),
    (2, b'{"name": "p", "license": "(MIT OR GPL-3.0-or-later)", "dependencies": {"openai": "^4"}}'),
    (3, b"<project><licenses><license><name>Apache License, Version 2.0</name></license></licenses><dependencies/></project>"),
    (4, b'[package]\nname = "p"\nlicense = "MIT/Apache-2.0"\n[dependencies]\nasync-openai = "0.2"\n'),
    (5, b"module p\n\nrequire github.com/openai/openai-go v1.0.0\n"),
    (6, b"dependencies:\n- pip:\n  - openai>=1\n"), (7, b'[[package]]\nname = "openai"\nversion = "1.0"\n'),
    (8, b'{"packages": {"node_modules/openai": {"version": "4.0.0"}}}'), (9, b"[options]\ninstall_requires =\n  openai\n"),
    (10, b'openai@^4:\n  version "4.0.0"\n'), (11, b"implementation 'com.openai:openai-java:1.0'\n"),
    (12, b'[libraries]\nopenai = { module = "com.openai:openai-java", version = "1" }\n'), (14, b"packages:\n  /openai@4.0.0: {}\n"),
)  # fmt: skip
"""Manifests of packages, each by the number of its name among the targets."""
_DEBIAN = b"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: p

Files: *
Copyright: 2020-2024, Jane Doe <jane@p.example>
           2019 Acme Inc.
License: Expat or GPL-2+

Files: debian/* src/*.c
Copyright: 2021 John Roe
License: BSD-3-clause and public-domain
Comment: taken from elsewhere

License: Expat
 Permission is hereby granted, free of charge, to any person obtaining a copy of this software
 .
 THE SOFTWARE IS PROVIDED "AS IS".
"""
_OWNERS = b"""MIT License

Copyright (c) 2018-2024, Jane Doe <jane@p.example>; John Roe | Acme, Inc. (https://p.example). All rights reserved.
Copyright \xc2\xa9 2020 \xe5\xbc\xa0\xe4\xb8\x89 and contributors. Portions by others, used under CC BY-NC.
(c) Pippin GmbH 2019, 2021 - present

Permission is hereby granted, free of charge, to any person obtaining a copy of this software
"""
_HEAD = b"""/* Copyright 2024 The Pippin Authors. SPDX-License-Identifier: Apache-2.0 OR MIT
 * Licensed under the Apache License, Version 2.0 (the "License"); see LICENSE. */
int main(void) { return 0; } // License: GPL-2.0-or-later WITH Classpath-exception-2.0
"""
_README = b"""---
license: other
license_name: gemma
license_link: LICENSE
base_model: [google/gemma-2-9b]
---
# x

## License

The code is under the MIT License, the weights under [CC BY-NC 4.0](https://creativecommons.org/licenses/by-nc/4.0/).
"""


def _notices() -> list[bytes]:
    """Files that speak of licences, each behind the byte that picks its name."""
    told = msgspec.yaml.decode(_texts("tests", "references.yaml")[0])
    sentences = [one["text"].encode() for one in told]
    made = [
        (0, _LICENCE),
        (0, _OWNERS),
        (5, _DEBIAN),
        (4, _README),
        (2, _HEAD),
        (1, b'"""x\n\nLicense: BSD 3 clause\n"""\n'),
    ]
    made += [
        (3, b"-- Licensed under the ISC license\n"),
        (11, _HTML),
        (14, b"% LaTeX Project Public License 1.3c\n"),
        (13, _HEAD),
    ]
    made += [(name, body) for name, (_, body) in zip((6, 7, 8, 10), (_MANIFESTS[n] for n in (2, 4, 1, 3)), strict=True)]
    made += [(number % 6, text) for number, text in enumerate(sentences)]
    return [bytes([name]) + body for name, body in made] + [b"\0" + text for text in _texts("catalog", "NOTICE*")]


def _index() -> bytes:
    """An index of git with one file."""
    path = b"src/app.py"
    entry = bytes(60) + struct.pack(">H", len(path)) + path + b"\0" * (8 - (62 + len(path)) % 8)
    body = b"DIRC" + struct.pack(">II", 2, 1) + entry
    return body + hashlib.sha1(body, usedforsecurity=False).digest()


_BESIDE = (
    (0, _CARD), (1, b'{"_name_or_path": "google/gemma-2-9b", "model_type": "gemma2"}'), (2, _ADAPTER), (5, _RECIPE),
    (6, _LICENCE), (7, b"Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms\n"),
)  # fmt: skip
_KEPT = (
    b"\1gitdir: ../.git/worktrees/x\n", b"\2*.py\n!src/\n/models/**\n[a-c]?.md\n\\#x\n",
    b'\3[submodule "a"]\n\tpath = libs/a\n\turl = https://p.example/a.git\n', b"\4google/gemma-2-9b\nmistralai/x\n",
)  # fmt: skip


def _hub() -> list[bytes]:
    """Caches of the Hub: whole, without the blobs, without a ref, with rings and ways up."""
    name = b"models--a--b"
    at = name + b"/snapshots/0a/"
    whole = [b"\0" + name + b"/refs/main\0000a", b"\0" + name + b"/blobs/1\0" + _LICENCE, b"\0" + name + b"/blobs/2\0" + _CARD,
             b"\3" + at + b"LICENSE\0../../blobs/1", b"\3" + at + b"README.md\0../../blobs/2", b"\0" + at + b"config.json\0{}"]  # fmt: skip
    rival = [*whole[1:], b"\0" + name + b"/snapshots/0b/README.md\0" + _README]
    rings = [b"\3" + name + b"/snapshots/up\0..", b"\3" + at + b"README.md\0README.md", b"\2" + name + b"/refs/main\0"]
    other = [
        b"\2Models--A--B/snapshots/0a\0",
        b"\0a/b/LICENSE\0" + _LICENCE,
        b"\3google\0a",
        b"\0google__gemma-2-9b/NOTICE\0x",
    ]
    odd = [
        b"\0" + at + b"NOTICE \xff\x1b[31m\n.md\0x",
        b"\0" + name + b"/refs/main\0../../x",
        b"\3" + at + b"LICENSE\0gone",
    ]
    trees = [whole, rival, rings, [*whole, *rings], other, odd, [*rival, *odd]]
    return [sign + b"\x1e".join(tree) for tree in trees for sign in (b"\0", b"\xff")]


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
             "manifest": [bytes([number]) + body for number, body in _MANIFESTS], "sql": [b"INSERT INTO t (a, model) VALUES (1, 'gpt-4o'); -- x\n"],
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
        "license": _notices(), "kept": [b"\0" + _index(), *_KEPT], "hub": _hub(),
        "beside": [bytes([number]) + _README + b"\0" + body for number, body in (*_BESIDE, (3, _gguf()), (4, _safetensors()))],
        "other": [b"\0```{python}\npipeline(model='google/gemma-2-9b')\n```\n", b"\1#!/bin/sh\nollama pull gemma2\n", b"\3" + b"a" * 40,
                  b'\2[submodule "m"]\n\turl = https://huggingface.co/google/gemma-2-9b\n', b"\4model.name=google/gemma-2-9b\n",
                  b"\5" + _XML, b"\x0cFROM gemma2\nADAPTER ./a.gguf\n", b'\x09model = "gpt-4o"\n', b"\x0e`google/gemma-2-9b`\n"],
        "anchor": [_LICENCE + b"\0" + b"9c1f02ab.1:5"],
        "expression": [b"MIT OR (Apache-2.0 AND GPL-2.0-only WITH Classpath-exception-2.0)", b"gemma", b"NONE"],
        "id": [b"hf:google/gemma-2-9b", b"openai:gpt-4o", b"llama3.1:8b", b"https://hf.co/a/b/tree/main"],
        "facts": [b"commercial=true\ndistribution=hosted-service,weights\nannual_revenue_usd=1_000\nterritories=EU"],
        "audit": audits, "table": [_CSV, _JSONL], **files,
    }  # fmt: skip
