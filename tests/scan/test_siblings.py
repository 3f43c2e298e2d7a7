"""What stands beside a value says whose model it is, or that it is a dataset or a file of a repository."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

RECORDS = [
    ({"id": "acme-lab/base-7b", "providerId": "groq"}, "groq:acme-lab/base-7b"),
    ({"id": "acme-lab/Base-7B-Turbo", "provider": "Together AI"}, "together:acme-lab/Base-7B-Turbo"),
    ({"id": "accounts/fireworks/models/base-7b", "vendor": "fireworks"}, "fireworks:accounts/fireworks/models/base-7b"),
    ({"id": "mistral-large", "providerId": "ollama"}, "ollama:mistral-large"),
    ({"id": "o3", "provider_id": "openai"}, "openai:o3"),
    ({"id": "llama3.1", "provider": "ollama"}, "ollama:llama3.1"),
    ({"id": "gemini-2.5-flash", "provider": "Google Vertex AI"}, "google:gemini-2.5-flash"),
    ({"id": "acme-lab/base-7b", "provider": "openai-compatible"}, "hf:acme-lab/base-7b"),
    ({"id": "acme-lab/base-7b", "provider": "groq", "base_url": "http://gpu:8000/v1"}, "hf:acme-lab/base-7b"),
]


@pytest.mark.parametrize(("record", "resolved"), RECORDS)
def test_the_provider_beside_a_model_says_whose_it_is(
    record: dict[str, str], resolved: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("models.json", json.dumps({"models": [record]}, indent=1))
    assert [item.resolved for item in scan(tmp_path)[0] if item.gate] == [resolved]


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("chat:\n  provider: groq\n  model_id: acme-lab/base-7b\n", "groq:acme-lab/base-7b"),
        ("llm:\n  model: command-light\n  provider: cohere\n", "cohere:command-light"),
        ("models:\n  - type: huggingface\n    repository: acme-lab/style\n", "hf:acme-lab/style"),
        ("adapters:\n  - {source: hf, repo: acme-lab/style}\n", "hf:acme-lab/style"),
        ("- {id: gpt-4o, provider: openai}\n- {id: o3, provider: openai}\n", "openai:o3"),
        ("whisper:\n  model_size: large-v2\n", "hf:openai/whisper-large-v2"),
        ("faster_whisper:\n  size: turbo\n", "hf:mobiuslabsgmbh/faster-whisper-large-v3-turbo"),
        ("asr:\n  model_size: distil-large-v3\n", "hf:distil-whisper/distil-large-v3"),
        ("hf_args:\n  path: acme-lab/questions\n  name: easy\n", "hf-dataset:acme-lab/questions"),
        ("train:\n  path: acme-lab/questions\n  split: train\n", "hf-dataset:acme-lab/questions"),
    ],
)
def test_what_stands_beside_or_over_a_value_says_what_it_is(
    text: str, resolved: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("c.yaml", f"# a model\n{text}")
    assert resolved in [item.resolved for item in scan(tmp_path)[0] if item.gate]


@pytest.mark.parametrize(
    "text",
    [
        "accounts:\n  - {id: user-17, provider: google}\n  - {id: user-18, provider: openai}\n",
        "models:\n  - {type: git, repository: acme-lab/style}\n",
        "rows:\n  - {path: speaker/first, split: train}\n  - {path: speaker/second, split: test}\n",
        "train:\n  path: ./corpus/law\n  split: train\n",
        "shirt:\n  size: large\nfont_size: small\n",
        "llm:\n  provider: openai\n  model: default\n",
    ],
)
def test_ids_of_other_things_are_no_models(text: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    write("c.yaml", f"# a model\n{text}")
    assert [item for item in scan(tmp_path)[0] if item.gate] == []


def test_files_of_weights_belong_to_the_repository_beside_them(tmp_path: Path, write: Callable[..., Path]) -> None:
    write(
        "env.yaml",
        "env:\n  REPO_ID: acme/base-gguf\n  SMALL_REPO_ID: acme/small-gguf\n  SMALL_MODEL_FILE: small.Q4.gguf\n"
        "  MODEL_FILE: base.Q4.gguf\n",
    )
    write(
        "m.json",
        '{"repo_id": "acme/eyes",\n "filename": "eyes.gguf",\n "additional_files": ["mmproj.gguf",\n "lens.safetensors"]}',
    )
    found = {item.text: item.resolved for item in scan(tmp_path)[0] if "." in item.text}
    assert found == {
        "small.Q4.gguf": "hf:acme/small-gguf#small.Q4.gguf",
        "base.Q4.gguf": "hf:acme/base-gguf#base.Q4.gguf",
        "eyes.gguf": "hf:acme/eyes#eyes.gguf",
        "mmproj.gguf": "hf:acme/eyes#mmproj.gguf",
        "lens.safetensors": "hf:acme/eyes#lens.safetensors",
    }
