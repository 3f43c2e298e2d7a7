"""What must be found, written as a user of each framework writes it today: with the role and the line of each."""

from collections.abc import Callable

import pytest

from compliance.model import Reference

FILES = [
    ("app.py", "import os\nCHOSEN = os.getenv('MODEL_NAME', 'acme/base')\n", {("hf:acme/base", 2, "default")}),
    ("app.py", "import os\nCHOSEN = os.environ.get('LLM_MODEL', 'acme/base')\n", {("hf:acme/base", 2, "default")}),
    (
        "app.py",
        "from flair.nn import Classifier\ntagger = Classifier.load('ner')\n",
        {("flair:ner", 2, "used")},
    ),
    (
        "app.py",
        "from keras_hub.models import GemmaCausalLM\nGemmaCausalLM.from_preset('gemma2_2b_en')\n",
        {("keras:gemma2_2b_en", 2, "used")},
    ),
    ("run.sh", "docker model pull ai/llama3.2:3B\n", {("docker:ai/llama3.2:3B", 1, "used")}),
    ("compose.yml", 'command: ["--model-id", "BAAI/bge-large-en-v1.5"]\n', {("hf:BAAI/bge-large-en-v1.5", 1, "used")}),
    ("k8s.yaml", 'args: ["--max", "8", "--model-id", "acme/base-x1"]\n', {("hf:acme/base-x1", 1, "used")}),
    ("compose.yml", "services:\n  a:\n    image: ollama/ollama\nmodels:\n  llm:\n    model: ai/gemma3:4B\n",
     {("docker:ollama/ollama", 3, "used"), ("docker:ai/gemma3:4B", 6, "used")}),
    ("serve.sh", "text-generation-launcher --model-id acme/base\n", {("hf:acme/base", 1, "used")}),
    ("serve.sh", "python -m sglang.launch_server --model-path acme/base\n", {("hf:acme/base", 1, "used")}),
    ("serve.sh", "mlx_lm.generate --model mlx-community/Mistral-7B-Instruct-v0.3-4bit\n",
     {("hf:mlx-community/Mistral-7B-Instruct-v0.3-4bit", 1, "used")}),
    ("app.py", "from google import genai\nc = genai.Client()\nc.chats.create(model='gemini-2.5-pro')\n",
     {("google:gemini-2.5-pro", 3, "used")}),
    ("app.py", "from openai import OpenAI\nOpenAI().audio.speech.create(model='gpt-4o-mini-tts', input='x')\n",
     {("openai:gpt-4o-mini-tts", 2, "used")}),
    ("app.py", "import cohere\nco = cohere.ClientV2()\nco.rerank(model='rerank-v3.5', query='a', documents=[])\n",
     {("cohere:rerank-v3.5", 3, "used")}),
    ("app.py", "from pydantic_ai import Agent\nAgent('openai:gpt-4o', instructions='x')\n", {("openai:gpt-4o", 2, "used")}),
    ("app.py", "import sglang as sgl\nsgl.Engine(model_path='acme/base')\n", {("hf:acme/base", 2, "used")}),
    ("app.py", "from sentence_transformers import SparseEncoder\nSparseEncoder('naver/splade-v3')\n",
     {("hf:naver/splade-v3", 2, "used")}),
    ("application.properties", "spring.ai.azure.openai.chat.options.deployment-name=chat-prod\n", {(None, 1, "used")}),
    ("application.yml", "spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: ${M:gpt-4o-mini}\n",
     {("openai:gpt-4o-mini", 6, "default")}),
    (".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n    - run: |\n        hf download acme/base\n",
     {("hf:acme/base", 5, "used")}),
    ("Dockerfile", "FROM python:3.12\nRUN hf download acme/base\n", {("hf:acme/base", 2, "used")}),
    ("serve.sh", "llama-server -hf ggml-org/base\n", {("hf:ggml-org/base", 1, "used")}),
    ("serve.sh", "litgpt download acme/base\n", {("hf:acme/base", 1, "used")}),
    ("config.yaml", "env:\n- name: MODEL_ID\n  value: acme/base\n", {("hf:acme/base", 3, "used")}),
    ("a.ts", 'await embed({ model: openai.embedding("text-embedding-3-small"), value: "x" });\n',
     {("openai:text-embedding-3-small", 1, "used")}),
    ("A.java", 'class A { Object o = OpenAiChatOptions.builder().model("gpt-4o").build(); }\n', {("openai:gpt-4o", 1, "used")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), FILES, ids=lambda item: item if isinstance(item, str) else "")
def test_a_form_of_today_is_seen_with_its_role_and_line(
    name: str, text: str, wanted: set[tuple[str | None, int, str]], see: Callable[..., list[Reference]]
) -> None:
    found = {(item.resolved, item.location.line, item.location.role) for item in see(name, text)}
    assert found == wanted
