"""What takes a model that nobody names, or names one in a way of its own, is told: a green audit hides none of it."""

import pytest

UNNAMED = {
    "crew.py": 'from crewai import Agent\nAgent(role="x", goal="y", backstory="z")\n',
    "sdk.py": 'from agents import Agent, Runner\nRunner.run_sync(Agent(name="x", instructions="y"), "hi")\n',
    "ask.py": "import cohere\nco = cohere.ClientV2()\nco.chat(messages=[])\n",
    "old.py": "import google.generativeai as genai\ngenai.GenerativeModel()\n",
    "foundry.py": "from azure.ai.inference import ChatCompletionsClient\nclient.complete(messages=[])\n",
    "embed.rs": "use fastembed::TextEmbedding;\nlet m = TextEmbedding::try_new(Default::default());\n",
    "pipe.js": "import { pipeline } from '@huggingface/transformers';\nawait pipeline('summarization');\n",
}


@pytest.mark.parametrize("name", UNNAMED)
def test_a_call_that_takes_the_default_of_its_library_is_not_silent(see, name):
    found = [item for item in see(name, UNNAMED[name]) if item.kind != "api-package"]
    assert [item.kind for item in found] == ["unresolved"]
    assert "depends on its version" in found[0].how[0]


@pytest.mark.parametrize(
    "text",
    [
        'from crewai import Agent\nAgent(role="x", llm=llm)\n',
        'from agents import Agent\nAgent("a class of the project\'s own")\n',
        "import cohere\nself.chat(prompt)\n",
        "import cohere\nco.chat(**options)\n",
    ],
)
def test_a_call_that_is_given_a_model_or_is_no_call_of_the_library_is_left_alone(see, text):
    assert not [item for item in see("app.py", text) if item.text.endswith("()")]


ELSEWHERE = {
    "Dockerfile": ("FROM nvcr.io/nim/acme/chat-8b:latest\n", "docker:nvcr.io/nim/acme/chat-8b"),
    "data/net.dvc": ("outs:\n- md5: 0123\n  size: 9\n  path: net.safetensors\n", "bundled:data/net.safetensors"),
    "worker.ts": ("await env.AI.run('@cf/acme/chat-8b', {});\n", "cloudflare:@cf/acme/chat-8b"),
    "data.py": ('ChatDatabricks(endpoint="databricks-meta-llama-9-chat")\n', "databricks:databricks-meta-llama-9-chat"),
    "get.sh": ("wget https://civitai.com/api/download/models/1\n", "https://civitai.com/api/download/models/1"),
    "local.yaml": ("parameters:\n  model: huggingface://acme/chat-GGUF/chat.gguf\n", "hf:acme/chat-GGUF#chat.gguf"),
    "draw.py": ('requests.post("https://api.bfl.ai/v1/flux-pro-1.1")\n', "bfl:flux-pro-1.1"),
    "web.ts": ('await CreateMLCEngine("Chat-8B-q4f32_1-MLC");\n', "hf:mlc-ai/Chat-8B-q4f32_1-MLC"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_model_that_an_image_or_a_name_of_a_library_brings_counts(see, name):
    text, resolved = ELSEWHERE[name]
    assert [(item.resolved, item.gate, item.kind == "runtime-image") for item in see(name, text)] == [
        (resolved, True, False)
    ]


def test_a_model_of_a_list_of_fastembed_is_told_though_its_name_is_not_known(see):
    text = "use fastembed::EmbeddingModel;\nInitOptions::new(EmbeddingModel::AllMiniLML6V2)\n"
    assert [item.text for item in see("main.rs", text)] == ["AllMiniLML6V2"]


def test_a_client_in_an_environment_of_conda_is_evidence(see):
    (found,) = see("environment.yml", "dependencies:\n- pip:\n  - openai\n")
    assert (found.resolved, found.gate) == ("pypi:openai", False)
