"""A call that loads what its file does not say is never silent, and is no riddle where another file says it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

HEAD = "from transformers import AutoModel\n"
OPEN = [
    "AutoModel.from_pretrained(config.backbone)",
    "AutoModel.from_pretrained(self.backbone)",
    'AutoModel.from_pretrained(cfg["model"]["backbone"])',
    'AutoModel.from_pretrained(cfg.get("backbone"))',
    "AutoModel.from_pretrained(choose())",
    "AutoModel.from_pretrained(registry.choose('small'))",
    "AutoModel.from_pretrained(undefined_name)",
    'AutoModel.from_pretrained(f"{owner}/base-7b")',
    'AutoModel.from_pretrained(owner + "/base-7b")',
    'MODEL = ""\nAutoModel.from_pretrained(MODEL)',
    "first, second = read()\nAutoModel.from_pretrained(first)",
    "AutoModel.from_pretrained(**settings)",
    "AutoModel.from_pretrained(*parts)",
    'import os\nAutoModel.from_pretrained(os.environ.get("WHICH", ""))',
    "import sys\nAutoModel.from_pretrained(sys.argv[1])",
    "AutoModel.from_pretrained(input())",
    "from datasets import load_dataset\nload_dataset(config.corpus)",
    "from sentence_transformers import SentenceTransformer\nSentenceTransformer(settings.encoder)",
    "from openai import OpenAI\nOpenAI().chat.completions.create(model=settings.chat, messages=[])",
    "from anthropic import Anthropic\nAnthropic().messages.create(model=self.chat, messages=[])",
    "from langchain_openai import ChatOpenAI\nChatOpenAI(model=settings.chat)",
    "import spacy\nspacy.load(settings.language)",
    "import whisper\nwhisper.load_model(settings.size)",
    "import timm\ntimm.create_model(settings.backbone, pretrained=True)",
    "from transformers import pipeline\npipeline(task)",
    "from transformers import pipeline\npipeline(task, model=config.model_name)",
    "import json\nfrom transformers import pipeline\npipeline(task, model=json.load(stream)['which'])",
    "import yaml\nfrom transformers import pipeline\nread = yaml.safe_load(x)\npipeline(task, model=read['net']['which'])",
    "import csv\nfrom transformers import pipeline\nfor row in csv.DictReader(x):\n    pipeline(task, model=row['which'])",
]


def _open(root: Path) -> list[tuple[str, int]]:
    return [(item.location.path, item.location.line) for item in scan(root)[0] if item.resolved is None]


@pytest.mark.parametrize("lines", OPEN)
def test_a_call_that_loads_what_nothing_says_is_unresolved_at_the_call(
    lines: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("app.py", HEAD + lines + "\n")
    assert _open(tmp_path) == [("app.py", 2 + lines.count("\n"))]


def test_the_reason_names_what_is_not_said(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + OPEN[0])
    (found,) = scan(tmp_path)[0]
    assert found.how == ("nothing that was read says what config.backbone is",)


@pytest.mark.parametrize(
    "lines",
    [
        'import os\nAutoModel.from_pretrained(os.path.join(root, "step-100"))',
        "AutoModel.from_pretrained(folder / name)",
        'AutoModel.from_pretrained(f"./runs/{name}")',
        "AutoModel.from_pretrained(args.output_dir)",
        "from datasets import load_dataset\nload_dataset('json', data_files=config.files)",
        "from trl import SFTTrainer\nSFTTrainer(model=build())",
        "from transformers import pipeline\npipeline(task, model=torch.load(path)['net'])\npipeline(task, model=nets['a'])",
        "from peft import PeftModel\nPeftModel.from_pretrained(base, 'acme/adapter-7b')",
        "AutoModel.from_pretrained(peft_config.base_model_name_or_path)",
        "from huggingface_hub import snapshot_download\nAutoModel.from_pretrained(snapshot_download('acme/base-7b'))",
        "class Own:\n    def from_pretrained(cls, *args, **kwargs):\n        return super().from_pretrained(*args, **kwargs)",
    ],
)
def test_a_path_an_object_and_what_is_passed_on_are_no_riddle(
    lines: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("app.py", HEAD + lines + "\n")
    assert _open(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("settings.py", 'class Config:\n    backbone: str = "acme/base-7b"\n'),
        ("settings.py", 'class Config:\n    def __init__(self):\n        self.backbone = "./weights/own"\n'),
        ("settings.py", 'def configuration():\n    return {"backbone": "acme/base-7b"}\n'),
        ("config.yaml", "model:\n  backbone: acme/base-7b\n"),
        ("config.toml", '[model]\nbackbone = "acme/base-7b"\n'),
        (".env", "BACKBONE=acme/base-7b\n"),
        ("run.sh", "python app.py --backbone acme/base-7b\n"),
        (
            "cli.py",
            'import argparse\np = argparse.ArgumentParser()\np.add_argument("--backbone", default="acme/base-7b")\n',
        ),
    ],
)
def test_a_value_elsewhere_under_the_same_key_settles_it(
    name: str, text: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("app.py", HEAD + "AutoModel.from_pretrained(config.backbone)\n")
    write(name, text)
    assert _open(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (
            "settings.py",
            'import os\nclass Config:\n    backbone = os.environ["WHICH"]\n',
            "the environment variable WHICH has no default",
        ),
        (
            "cli.py",
            'import argparse\np = argparse.ArgumentParser()\np.add_argument("--backbone")\n',
            "the option backbone has no default",
        ),
        (
            "tests/test_app.py",
            'class Config:\n    backbone = "acme/base-7b"\n',
            "nothing that was read says what config.backbone is",
        ),
        ("settings.yaml", "database:\n  name: acme/base-7b\n", "nothing that was read says what config.backbone is"),
    ],
)
def test_what_elsewhere_leaves_it_open_is_the_reason(
    name: str, text: str, reason: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("app.py", HEAD + "AutoModel.from_pretrained(config.backbone)\n")
    write(name, text)
    assert [item.how[-1] for item in scan(tmp_path)[0] if item.resolved is None] == [reason]


def test_a_vague_word_counts_only_with_the_word_before_it(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + "AutoModel.from_pretrained(cfg.encoder.path)\n")
    write("other.yaml", "decoder:\n  path: acme/base-7b\n")
    assert _open(tmp_path) == [("app.py", 2)]
    write("config.yaml", "encoder:\n  path: acme/base-7b\n")
    assert _open(tmp_path) == []


def test_a_general_key_of_another_part_settles_nothing(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + "AutoModel.from_pretrained(params.model_size)\n")
    write("config.yaml", "translation:\n  model_size: acme/translate-1b\n")
    assert _open(tmp_path) == [("app.py", 2)]
    write("config.yaml", "model_size: acme/translate-1b\n")
    assert _open(tmp_path) == []


def test_a_key_elsewhere_withdraws_no_default_that_was_found(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + "AutoModel.from_pretrained(params.backbone)\n")
    write("params.py", 'class Params:\n    backbone: str = field(default="acme/base-7b")\n')
    write("config.yaml", "vision:\n  backbone: acme/eyes-2b\n")
    assert [item.resolved for item in scan(tmp_path)[0] if item.gate] == ["hf:acme/eyes-2b", "hf:acme/base-7b"]


def test_a_size_of_whisper_is_that_of_the_implementation(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("params.py", 'class Params:\n    size: str = "large-v2"\n')
    for first, resolved in (
        ("", "openai/whisper-large-v2"),
        ("import faster_whisper\n", "Systran/faster-whisper-large-v2"),
    ):
        write("app.py", f"{first}{HEAD}AutoModel.from_pretrained(params.size)\n")
        assert [item.resolved for item in scan(tmp_path)[0] if item.gate] == [f"hf:{resolved}"]


def test_an_imported_name_is_read_as_the_call_that_takes_it_reads_names(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    write(
        "app.py",
        "from langchain_nomic import NomicEmbeddings\nfrom names import CHOSEN\nNomicEmbeddings(model=CHOSEN)\n",
    )
    write("names.py", 'CHOSEN = "nomic-embed-text-v1.5"\n')
    assert [item.resolved for item in scan(tmp_path)[0] if item.gate] == ["hf:nomic-ai/nomic-embed-text-v1.5"]


def test_an_imported_function_is_followed_to_what_it_gives(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + "from choice import choose\nAutoModel.from_pretrained(choose())\n")
    write("choice.py", 'def choose():\n    name = "acme/base-7b"\n    return name\n')
    assert [(item.resolved, item.location.path) for item in scan(tmp_path)[0]] == [("hf:acme/base-7b", "choice.py")]


@pytest.mark.parametrize("package", ["from .names import CHOSEN\n", "from .names import *\n"])
def test_a_name_is_followed_through_the_package_that_passes_it_on(
    package: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("app.py", HEAD + "from parts import CHOSEN\nAutoModel.from_pretrained(CHOSEN)\n")
    write("parts/__init__.py", package)
    write("parts/names.py", 'CHOSEN = "acme/base-7b"\n')
    assert [(item.resolved, item.location.path) for item in scan(tmp_path)[0]] == [
        ("hf:acme/base-7b", "parts/names.py")
    ]


def test_a_field_of_an_object_of_a_registry_is_followed(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + "from registry import DEFAULT\nAutoModel.from_pretrained(DEFAULT.key)\n")
    write(
        "registry.py",
        'KNOWN = {"small": Entry(key="acme/base-1b"), "large": Entry(key="acme/base-7b")}\nDEFAULT = KNOWN["large"]\n',
    )
    assert [item.resolved for item in scan(tmp_path)[0] if item.gate] == ["hf:acme/base-7b"]


def test_one_known_way_of_several_settles_a_call(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + "AutoModel.from_pretrained(config.tokenizer_id or config.backbone)\n")
    write("config.yaml", "backbone: acme/base-7b\n")
    assert _open(tmp_path) == []


def test_arguments_that_are_passed_on_are_those_of_the_callers(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("own.py", HEAD + "def load(*args, **kwargs):\n    return AutoModel.from_pretrained(*args, **kwargs)\n")
    assert _open(tmp_path) == [("own.py", 3)]
    write("app.py", 'from own import load\nload("acme/base-7b")\n')
    assert [item.resolved for item in scan(tmp_path)[0]] == ["hf:acme/base-7b"]


def test_a_constant_that_nobody_knows_is_told_where_a_service_is_given_it(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    for name, count in (("gpt-4o", 0), ("house-blend", 1)):
        write("app.py", f'from openai import OpenAI\nMODEL = "{name}"\nOpenAI().chat.completions.create(model=MODEL)\n')
        assert len(_open(tmp_path)) == count


def test_a_notebook_that_asks_for_a_common_name_is_told_not_an_end_of_the_scan(
    tmp_path: Path, write: Callable[..., Path]
) -> None:
    cell = '{"cells": [{"cell_type": "code", "source": ["from transformers import AutoModel\\n", "AutoModel.from_pretrained(self.model)"]}]}'
    write("a.ipynb", cell)
    write("b.py", "from transformers import AutoModel\nthing.model = AutoModel\n")
    assert _open(tmp_path) == [("a.ipynb", 1)]


@pytest.mark.parametrize(
    ("given", "told"), [("prompt: hi", 1), ("model: openai/gpt-4o", 0), ("prompt-file: a.prompt.yml", 0)]
)
def test_a_step_that_asks_github_models_and_names_none_is_told(
    given: str, told: int, tmp_path: Path, write: Callable[..., Path]
) -> None:
    step = "      - uses: actions/ai-inference@v1\n        with:\n          "
    write(".github/workflows/ask.yml", f"jobs:\n  ask:\n    steps:\n{step}{given}\n")
    assert len(_open(tmp_path)) == told


def test_plugins_of_livekit_bring_models_of_their_own(tmp_path: Path, write: Callable[..., Path]) -> None:
    text = (
        "from livekit.plugins import silero\nfrom livekit.plugins.turn_detector.multilingual import MultilingualModel\n"
        "vad = silero.VAD.load()\nturn = MultilingualModel()\n"
    )
    write("agent.py", text)
    assert [item.resolved for item in scan(tmp_path)[0]] == ["hf:snakers4/silero-vad", "hf:livekit/turn-detector"]


@pytest.mark.parametrize("call", ["InferenceClientModel()", "TransformersModel()"])
def test_a_default_that_changed_with_the_version_is_not_told_as_one(
    call: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("agent.py", f"from smolagents import *\nmodel = {call}\n")
    assert _open(tmp_path) == [("agent.py", 2)]


FOLDER = HEAD + 'AutoModel.from_pretrained("./tuned")\n'


def test_a_folder_of_which_nothing_is_in_the_tree_is_told(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", FOLDER)
    assert _open(tmp_path) == [("app.py", 2)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("train.py", HEAD + 'model.save_pretrained("tuned")\n'),
        ("train.py", HEAD + 'Trainer(args=TrainingArguments(output_dir="./tuned"))\n'),
        ("train.sh", "python train.py --model gpt2 --output_dir ./tuned\n"),
        ("train.yaml", "output_dir: ./tuned\nmodel_type: x\n"),
        ("fetch.py", 'from huggingface_hub import snapshot_download\nsnapshot_download("acme/x", local_dir="tuned")\n'),
        ("tuned/config.json", "{}"),
    ],
)
def test_a_folder_that_is_there_or_that_the_project_makes_is_no_riddle(
    name: str, text: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write("app.py", FOLDER)
    write(name, text)
    assert not _open(tmp_path)


def test_what_another_file_saves_is_read_back_and_not_brought_along(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", HEAD + 'AutoModel.from_pretrained("./output/final")\n')
    assert [item.resolved for item in scan(tmp_path)[0]] == ["file:output/final"]
    write("train.py", HEAD + 'Trainer(args=TrainingArguments(output_dir="output"))\n')
    assert not scan(tmp_path)[0]


BEHIND = [
    'import boto3\nboto3.client("sagemaker-runtime").invoke_endpoint(EndpointName="e", Body=b"")\n',
    'import boto3\nboto3.client("bedrock-agent-runtime").invoke_agent(agentId="a", inputText="x")\n',
    'from openai import OpenAI\nOpenAI().beta.threads.runs.create(thread_id="t", assistant_id="a")\n',
    'from google.cloud import aiplatform\naiplatform.Endpoint("e")\n',
    'from claude_agent_sdk import query\nquery(prompt="x")\n',
    "from mem0 import Memory\nMemory()\n",
    "from llama_index.core import VectorStoreIndex\nVectorStoreIndex.from_documents(documents)\n",
]


@pytest.mark.parametrize("text", BEHIND)
def test_who_asks_what_runs_behind_a_name_is_told(text: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", text)
    assert _open(tmp_path) == [("app.py", 2)]


@pytest.mark.parametrize(
    "text",
    [
        'from claude_agent_sdk import ClaudeAgentOptions, query\nquery(prompt="x", options=ClaudeAgentOptions(model="claude-opus-4-5"))\n',
        "from mem0 import Memory\nMemory(settings)\n",
        "from llama_index.core import Settings, VectorStoreIndex\nVectorStoreIndex.from_documents(documents)\n",
        "from fastapi import Endpoint\nEndpoint()\n",
    ],
)
def test_who_names_a_model_elsewhere_is_not_told(text: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    write("app.py", text)
    assert not _open(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("App.swift", "import FoundationModels\nlet session = LanguageModelSession()\n"),
        ("app.js", "const session = await LanguageModel.create();\n"),
    ],
)
def test_a_model_of_the_system_or_of_the_browser_is_told(
    name: str, text: str, tmp_path: Path, write: Callable[..., Path]
) -> None:
    write(name, text)
    assert len(_open(tmp_path)) == 1


def test_an_extension_of_an_editor_asks_copilot(tmp_path: Path, write: Callable[..., Path]) -> None:
    write("extension.ts", "const [one] = await vscode.lm.selectChatModels({ vendor: 'copilot', family: 'gpt-4o' });\n")
    assert [item.resolved for item in scan(tmp_path)[0]] == ["github_copilot:gpt-4o"]
