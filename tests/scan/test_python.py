"""Python is read through names, defaults and calls; what only looks like a model is not one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.model import Reference, Unread

HEAD = "from transformers import AutoModel, pipeline\nfrom datasets import load_dataset\nimport os\n"


def resolved(references: list[Reference]) -> set[str | None]:
    """What the gate sees."""
    return {item.resolved for item in references if item.gate}


@pytest.mark.parametrize(
    "code",
    [
        'AutoModel.from_pretrained("acme/base")',
        'NAME = "acme/base"\nAutoModel.from_pretrained(NAME)',
        'X = {"small": "acme/base"}\nAutoModel.from_pretrained(X["small"])',
        'ORG = "acme"\nAutoModel.from_pretrained(f"{ORG}/base")',
        'ORG = "acme"\nAutoModel.from_pretrained(ORG + "/" + "base")',
        'AutoModel.from_pretrained("%s/%s" % ("acme", "base"))',
        'AutoModel.from_pretrained("{}/base".format("acme"))',
        'AutoModel.from_pretrained(os.environ.get("WHAT", "acme/base"))',
        'def load(where="acme/base") -> None:\n    return AutoModel.from_pretrained(where)',
        'def load(where) -> None:\n    return AutoModel.from_pretrained(where)\nload("acme/base")',
        'class Settings:\n    where: str = "acme/base"\n    def go(self) -> None:\n        AutoModel.from_pretrained(self.where)',
        'parser.add_argument("--what", default="acme/base")\nargs = parser.parse_args()\nAutoModel.from_pretrained(args.what)',
        'for name in ["acme/base"]:\n    AutoModel.from_pretrained(name)',
        'model_name = "acme/base"',
        'run(model="acme/base")',
        'settings = {"embedding_model": "acme/base"}',
    ],
)
def test_a_model_is_found_however_its_name_reaches_the_call(see: Callable[..., list[Reference]], code: str) -> None:
    assert "hf:acme/base" in resolved(see("app.py", HEAD + code))


def test_a_reference_stands_where_its_text_stands(see: Callable[..., list[Reference]]) -> None:
    found = see("app.py", HEAD + 'NAME = "acme/base"\n\n\nAutoModel.from_pretrained(NAME)\n')
    assert [(item.location.line, item.location.column, item.text) for item in found] == [(4, 9, "acme/base")]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ('from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o-mini")', "openai:gpt-4o-mini"),
        ('from langchain_ollama import ChatOllama\nChatOllama(model="llama3.1")', "ollama:llama3.1"),
        (
            'from langchain_aws import ChatBedrock\nChatBedrock(model_id="anthropic.claude-v2")',
            "bedrock:anthropic.claude-v2",
        ),
        (
            'from langchain_google_genai import G\nGoogleGenerativeAIEmbeddings(model="models/embedding-001")',
            "google:embedding-001",
        ),
        ('from langchain_openai import A\nAzureChatOpenAI(azure_deployment="my-chat")', None),
        ('from langchain_openai import A\nAzureChatOpenAI(azure_deployment="prod-chat-4")', None),
        ("from langchain_openai import OpenAIEmbeddings\nOpenAIEmbeddings()", "openai:text-embedding-ada-002"),
        (
            'from transformers import pipeline\npipeline("sentiment-analysis")',
            "hf:distilbert/distilbert-base-uncased-finetuned-sst-2-english",
        ),
        ('from transformers import pipeline\npipeline("text-generation", model="gpt2")', "hf:openai-community/gpt2"),
        (
            'from sentence_transformers import SentenceTransformer\nSentenceTransformer("all-MiniLM-L6-v2")',
            "hf:sentence-transformers/all-MiniLM-L6-v2",
        ),
        ('from datasets import load_dataset\nload_dataset("imdb")', "hf-dataset:stanfordnlp/imdb"),
        ('from peft import PeftModel\nPeftModel.from_pretrained(base, "acme/adapter")', "hf:acme/adapter"),
        ('import spacy\nspacy.load("en_core_web_sm")', "spacy:en_core_web_sm"),
        ('import nltk\nnltk.download("punkt")', "nltk:punkt"),
        ('import timm\ntimm.create_model("resnet50", pretrained=True)', "timm:resnet50"),
        (
            'import torch\ntorch.hub.load("facebookresearch/dinov2", "dinov2_vits14")',
            "torchhub:facebookresearch/dinov2/dinov2_vits14",
        ),
        ('import whisper\nwhisper.load_model("base")', "hf:openai/whisper-base"),
        ('from ultralytics import YOLO\nYOLO("yolov8n.pt")', "ultralytics:yolov8n.pt"),
        ('import litellm\nlitellm.completion(model="openrouter/acme/large-2")', "gateway:openrouter/acme/large-2"),
        ('from vllm import LLM\nLLM("acme/base")', "hf:acme/base"),
    ],
)
def test_each_library_is_read_as_it_means_it(see: Callable[..., list[Reference]], code: str, name: str | None) -> None:
    assert resolved(see("app.py", code)) == ({name} if name else set())


FORKS = {
    "a first part that two names share": 'ORG = "acme"\nname = ORG + "/a" if fast else ORG + "/b"',
    "a part that is put together itself": 'A = "ac"\nORG = f"{A}me"\nname = f"{ORG}/a" if fast else f"{ORG}/b"',
    "a name that is added to": 'other = "acme/"\nother += "b"\nname = other if fast else "acme/a"',
    "a list that grows": 'names = ["acme/a"]\nnames += ["acme/b"]\nname = names[at]',
    "a list that is appended to": 'names = ["acme/a"]\nnames.append("acme/b")\nname = names[at]',
    "a list that a function appends to": (
        'names = ["acme/a"]\ndef more():\n    names.append("acme/b")\n    return names[0]\nname = names[at]'
    ),
    "a table that is updated": 'names = {1: "acme/a"}\nnames.update({2: "acme/b"})\nname = names[at]',
}


@pytest.mark.parametrize("fork", FORKS)
def test_of_two_models_both_are_seen(see: Callable[..., list[Reference]], fork: str) -> None:
    code = f"{HEAD}{FORKS[fork]}\nAutoModel.from_pretrained(name)"
    assert resolved(see("app.py", code)) == {"hf:acme/a", "hf:acme/b"}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('torch.hub.load("acme/x", "a" if fast else "b")', {"torchhub:acme/x/a", "torchhub:acme/x/b"}),
        ('open_clip.create_model("V-B", pretrained="a" if x else "b")', {"open_clip:V-B/a", "open_clip:V-B/b"}),
        ("torchvision.models.resnet50(True)", {"torchvision:resnet50"}),
        ("torchvision.models.resnet50(False)", set()),
        ('gradio.load("acme/a", src="models")', {"hf:acme/a"}),
    ],
)
def test_a_library_is_read_whichever_way_it_is_asked(
    see: Callable[..., list[Reference]], code: str, names: set[str]
) -> None:
    assert resolved(see("app.py", f"import torch, torchvision, open_clip, gradio\n{code}")) == names


@pytest.mark.parametrize(
    "code",
    [
        'print("using gpt-4")',
        'logger.info("LLM: gpt-4o")',
        'URL = "https://github.com/acme/base-7b"',
        'spacy.blank("en")\nimport spacy',
        'load_dataset("json", data_files=other)',
        'output_dir = "acme/base-7b-new"',
        'prompt_style = "llama2"',
        'response_model = "acme/base"',
        'PREFIXES = ("amazon.titan", "anthropic.claude", "meta.llama")',
        'model = User()\nif provider == "ollama": pass',
        'CONTENT = "application/json"\nmodel_mime = "text/plain"',
        'raise ValueError("use gpt-4o")',
    ],
)
def test_what_only_looks_like_a_model_is_none(see: Callable[..., list[Reference]], code: str) -> None:
    assert resolved(see("app.py", HEAD + code)) == set()


def test_documentation_is_listed_and_does_not_gate(see: Callable[..., list[Reference]]) -> None:
    found = see(
        "app.py", '"""Run it:\npython -m spacy download en_core_web_sm\n"""\nassert model, "for example gpt-4o"\n'
    )
    assert [(item.text, item.location.line, item.location.role, item.gate) for item in found] == [
        ("en_core_web_sm", 2, "docs", False),
        ("gpt-4o", 4, "docs", False),
    ]


def test_what_tests_load_does_not_gate(see: Callable[..., list[Reference]]) -> None:
    found = see("tests/test_app.py", HEAD + 'AutoModel.from_pretrained("acme/base")')
    assert [(item.location.role, item.gate) for item in found] == [("test", False)]


def test_a_model_that_the_environment_decides_is_listed_with_the_reason(see: Callable[..., list[Reference]]) -> None:
    found = see("app.py", HEAD + 'AutoModel.from_pretrained(os.environ["WHAT"])')
    assert [(item.resolved, item.gate, item.how) for item in found] == [
        (None, False, ("the environment variable WHAT has no default",))
    ]


def test_a_path_outside_of_the_project_is_listed_as_unresolved(see: Callable[..., list[Reference]]) -> None:
    found = see("app.py", HEAD + 'AutoModel.from_pretrained("../../etc/passwd")')
    assert [(item.resolved, item.gate) for item in found] == [(None, False)]


def test_a_forged_name_is_never_resolved(see: Callable[..., list[Reference]]) -> None:
    found = see("app.py", 'm = "m\u0435ta-llama/Llama-3.1-8B"\nn = "google/gemma\u200b-7b"\n')
    assert [(item.resolved, item.gate) for item in found] == [(None, False), (None, False)]


def test_python_2_is_searched_line_by_line_and_noted(
    see: Callable[..., list[Reference]], unread: Callable[..., list[Unread]]
) -> None:
    text = 'print "loading"\nmodel = AutoModel.from_pretrained("bert-base-uncased")\n'
    assert resolved(see("old.py", text)) == {"hf:google-bert/bert-base-uncased"}
    assert "not Python 3 (line 1)" in unread("old.py", text)[0].reason


def test_a_name_of_another_file_is_followed_to_its_text(
    see: Callable[..., list[Reference]], write: Callable[..., Path]
) -> None:
    write("pkg/consts.py", 'BACKBONE = "acme/base"\n')
    found = see("pkg/app.py", HEAD + "from .consts import BACKBONE\nAutoModel.from_pretrained(BACKBONE)\n")
    assert [(item.location.path, item.location.line, item.resolved, item.gate) for item in found] == [
        ("pkg/consts.py", 1, "hf:acme/base", True)
    ]


def test_a_bare_name_is_of_ollama_only_where_the_project_speaks_of_it(
    see: Callable[..., list[Reference]], write: Callable[..., Path]
) -> None:
    assert resolved(see("app.py", 'MODEL = "llama3"\n')) == set()
    write("compose.yaml", "image: ollama/ollama\n")
    assert "ollama:llama3" in resolved(see("app.py", 'MODEL = "llama3"\n'))


@pytest.mark.parametrize("name", ["my-chat", "prod-chat-4"])
def test_a_deployment_on_azure_is_listed_and_never_taken_for_a_model(
    see: Callable[..., list[Reference]], name: str
) -> None:
    found = see("app.py", f'from langchain_openai import A\nAzureChatOpenAI(azure_deployment="{name}")\n')
    assert [(item.text, item.resolved, item.gate) for item in found] == [(name, None, False)]
    assert "deployment" in found[0].how[-1]


def test_a_link_is_documentation_until_a_call_takes_it(see: Callable[..., list[Reference]]) -> None:
    link = '"https://huggingface.co/acme/base"'
    assert resolved(see("app.py", f"HELP = {link}\n")) == set()
    assert resolved(see("app.py", HEAD + f"AutoModel.from_pretrained({link})\n")) == {"hf:acme/base"}
