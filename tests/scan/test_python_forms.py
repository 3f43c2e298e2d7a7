"""Forms in which applications in Python name models: each is seen on its line, and what only looks alike is not."""

from collections.abc import Callable

import pytest

from compliance.model import Reference

See = Callable[..., list[Reference]]

SEEN = [
    # names of services
    ('MODEL = "glm-4.5-air"', "zai:glm-4.5-air"),
    ('run(model="kimi-k2-0711-preview")', "moonshot:kimi-k2-0711-preview"),
    ('run(model="moonshot-v1-8k")', "moonshot:moonshot-v1-8k"),
    ('run(model="MiniMax-M2.1")', "minimax:MiniMax-M2.1"),
    ('run(model="qwen-vl-max-latest")', "dashscope:qwen-vl-max-latest"),
    ('run(model="qwen3-coder-plus")', "dashscope:qwen3-coder-plus"),
    ('MODELS = ["solar-pro", "solar-1-mini-chat"]', "upstage:solar-pro"),
    ('class UpstageEmbedder:\n    model = "embedding-query"', "upstage:embedding-query"),
    ('run(model="ernie-4.0-8k")', "baidu:ernie-4.0-8k"),
    ('run(model="doubao-1-5-pro-32k")', "volcengine:doubao-1-5-pro-32k"),
    ('voice(model_id="eleven_multilingual_v2")', "elevenlabs:eleven_multilingual_v2"),
    ('run(model="deepseek-v4-flash")', "deepseek:deepseek-v4-flash"),
    ('PRICES = {"llama3.1:8b": 0.1}  # ollama', "ollama:llama3.1:8b"),
    # menus, records of settings, and what is taken where a key is absent
    ('FORM = {"Model": Field2(type="menu", value="acme/a-1", values=["acme/b-2"])}', "hf:acme/a-1"),
    ('FORM = {"Model": Field2(type="menu", value="acme/a-1", values=["acme/b-2"])}', "hf:acme/b-2"),
    ('chosen = config.get("Model", {"value": "acme/base"}).value', "hf:acme/base"),
    ('chosen = config.get("model_name", "acme/base")', "hf:acme/base"),
    ('chosen = getattr(config, "embedding_model", "acme/base")', "hf:acme/base"),
    ('def available_models():\n    return ["acme/base", "acme/other"]', "hf:acme/other"),
    ('import faster_whisper\nself.model_sizes = ["tiny.en", "large-v2"]', "hf:Systran/faster-whisper-tiny.en"),
    # weights behind addresses
    (
        f'get(url="https://huggingface.co/acme/base-GGUF/resolve/main/{"a" * 90}.gguf?download=true")',
        "hf:acme/base-GGUF",
    ),
    ('pooch.retrieve("https://example.org/weights/matting.onnx")', "https://example.org/weights/matting.onnx"),
]

SILENT = [
    'step = "glm-4-flow"',
    'name = "kimi-notes"',
    'kind = "embedding-query"',
    'link = "https://example.org/about/model"',
    'times = "12:30"',
    'image_sizes = ["small", "large"]',
    'chosen = config.get("colour", "red/blue")',
    'def save_dir():\n    return "acme/base"',
]


@pytest.mark.parametrize(("code", "resolved"), SEEN, ids=[code[:50] for code, _ in SEEN])
def test_it_is_seen(see: See, code: str, resolved: str) -> None:
    found = see("app.py", f"import torch\n{code}\n")
    assert [item.resolved for item in found if item.gate and (item.resolved or "").startswith(resolved)]


@pytest.mark.parametrize("code", SILENT)
def test_it_is_silent(see: See, code: str) -> None:
    assert not [item for item in see("app.py", f"import torch\n{code}\n") if item.gate]
