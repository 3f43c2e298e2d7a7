"""What a call of a service names is never dropped: it is that service's model, or it is told that nobody knows it."""

import pytest

from compliance.scan.languages.sdks import CONSTANTS

PYTHON = [
    ('ChatOpenAI(model="support-9")', "langchain_openai", "openai:support-9"),
    ('ChatOpenAI(model="support")', "langchain_openai", None),
    ('ChatOpenAI(model="my-deployment")', "langchain_openai", None),
    ('ChatOpenAI(model_name="house-plus", base_url="https://models.example")', "langchain_openai", None),
    ('OpenAI().chat.completions.create(model="unheard-of-7", messages=[])', "openai", None),
    ('Anthropic().messages.create(model="unheard-of-7", messages=[])', "anthropic", "anthropic:unheard-of-7"),
    ('requests.post(url, json={"model": "UNHEARD-1.0", "prompt": "x"})', "requests", None),
    ('ChatFireworks(model="accounts/fireworks/models/kimi-k2")', "langchain_fireworks",
     "fireworks:accounts/fireworks/models/kimi-k2"),
    ('bedrock.invoke_model(modelId="ai21.j2-grande-instruct", body="")', "boto3", "bedrock:ai21.j2-grande-instruct"),
    ('openai_embed_model = os.getenv("EMBED") or "nomic-embed-text"  # or Ollama', "os", "ollama:nomic-embed-text"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "module", "resolved"), PYTHON, ids=[line[:40] for line, _, _ in PYTHON])
def test_a_name_that_a_call_of_a_service_is_given_is_told(see, line, module, resolved):
    found = [item for item in see("app.py", f"from {module} import *\n{line}\n") if item.kind != "api-package"]
    assert [item.resolved for item in found] == [resolved]
    assert found[0].gate or found[0].kind == "unresolved"


def test_a_placeholder_is_no_name(see):
    assert not [item for item in see("app.py", 'ChatOpenAI(model="your-model")\n') if item.kind == "unresolved"]


def test_two_clients_in_one_file_do_not_lend_each_other_their_names(see):
    text = (
        "from openai import OpenAI\nfrom anthropic import Anthropic\n"
        'OpenAI().chat.completions.create(model="unheard-of-7", messages=[])\n'
    )
    assert [item.resolved for item in see("app.py", text) if item.location.line == 3] == [None]


def test_the_model_that_a_wrapper_gives_a_container_is_that_of_its_callers(see):
    text = 'def deploy(name):\n    return Model(env={"HF_MODEL_ID": name})\n\ndeploy("acme/small-7b")\n'
    assert [item.resolved for item in see("app.py", text)] == ["hf:acme/small-7b"]


def test_a_name_that_is_bound_anew_loses_what_it_was(see):
    text = (
        "from transformers import pipeline\n"
        'ckpt = "acme/first-7b"\nckpt = "acme/second-7b"\npipeline("text-generation", model=ckpt)\n'
    )
    found = [item for item in see("app.py", text) if item.location.detector.startswith("python-call")]
    assert [item.resolved for item in found] == ["hf:acme/second-7b"]


@pytest.mark.parametrize("head", ["if fast:\n    ", "for one in two:\n    "])
def test_a_name_that_is_perhaps_bound_anew_keeps_both(see, head):
    text = f'ckpt = "acme/first-7b"\n{head}ckpt = "acme/second-7b"\npipeline("text-generation", model=ckpt)\n'
    found = see("app.py", f"from transformers import pipeline\n{text}")
    assert {item.resolved for item in found} == {"hf:acme/first-7b", "hf:acme/second-7b"}


CONSTANT = [
    ("A.java", "OpenAiChatOptions.builder().model(OpenAiApi.ChatModel.GPT_4O_MINI.getValue());", "openai:gpt-4o-mini"),
    ("A.java", "OpenAiChatOptions.builder().model(ChatModel.GPT_4_1);", "openai:gpt-4.1"),
    ("A.java", "OllamaOptions.builder().model(OllamaModel.NOMIC_EMBED_TEXT);", "ollama:nomic-embed-text"),
    ("A.java", "builder().model(OpenAiApi.EmbeddingModel.TEXT_EMBEDDING_3_SMALL);", "openai:text-embedding-3-small"),
    ("A.java", "builder().model(AnthropicApi.ChatModel.CLAUDE_3_7_SONNET);", "anthropic:claude-3-7-sonnet"),
    ("A.java", "builder().model(HouseModel.BRAND_NEW);", None),
    ("a.go", "Request{Model: openai.GPT4oMini}", "openai:gpt-4o-mini"),
    ("a.go", "Request{Model: openai.GPT3Dot5Turbo}", "openai:gpt-3.5-turbo"),
    ("a.go", "x := shared.ChatModelGPT4_1Mini2025_04_14", "openai:gpt-4.1-mini-2025-04-14"),
    ("a.go", "x := anthropic.ModelClaude3_7SonnetLatest", "anthropic:claude-3-7-sonnet-latest"),
    ("a.rs", "let agent = client.agent(openai::GPT_5_2).build();", "openai:gpt-5.2"),
    ("a.rs", "let agent = client.agent(anthropic::CLAUDE_3_5_SONNET).build();", "anthropic:claude-3-5-sonnet"),
]


@pytest.mark.parametrize(("path", "line", "resolved"), CONSTANT)
def test_the_constant_of_an_sdk_is_the_model_that_it_stands_for(see, path, line, resolved):
    assert [item.resolved for item in see(path, f"// {(resolved or 'openai').partition(':')[0]}\n{line}\n")] == [
        resolved
    ]


@pytest.mark.parametrize("line", ["int most = ViewModel.MAX_SIZE;", "x = TaskModel.STATUS_DONE;", "y := openai.New()"])
def test_other_constants_are_no_models(see, line):
    assert not see("A.java", f"// openai\n{line}\n")
    assert CONSTANTS.search("ViewModel.MAX_SIZE")


MADE = "const it = createOpenAI({ apiKey: key, baseURL: 'https://%s/v1' });\nconst a = it('%s');\n"


@pytest.mark.parametrize(
    ("address", "model", "resolved"),
    [
        ("models.example", "unheard-of-7", None),
        ("api.groq.com/openai", "llama-3.1-8b-instant", "groq:llama-3.1-8b-instant"),
        ("openrouter.ai/api", "meta-llama/llama-3-70b-instruct", "gateway:meta-llama/llama-3-70b-instruct"),
    ],
)
def test_an_address_says_whose_models_a_client_gives(see, address, model, resolved):
    text = f"import {{ createOpenAI }} from '@ai-sdk/openai';\n{MADE % (address, model)}"
    assert [item.resolved for item in see("a.ts", text) if item.kind != "api-package"] == [resolved]


@pytest.mark.parametrize(
    ("artifact", "counts"),
    [("openai", True), ("ai-gemini", True), ("watsonx", True), ("bom", False), ("chroma", False), ("parent", False)],
)
def test_an_extension_of_quarkus_for_a_service_is_evidence_of_it(see, artifact, counts):
    text = f"<dependency><artifactId>quarkus-langchain4j-{artifact}</artifactId></dependency>\n"
    assert [item.kind for item in see("pom.xml", text)] == (["api-package"] if counts else [])


SERVED = [
    ("app.py", "gateway:openrouter/acme/chat-7b", """\
from openai import OpenAI
c = OpenAI(base_url="https://openrouter.ai/api/v1")
c.chat.completions.create(model="acme/chat-7b", messages=[])
"""),
    ("sdk.py", "together:acme/chat-7b", """\
from together import Together
Together().chat.completions.create(model="acme/chat-7b")
"""),
    ("hub.py", "nebius:acme/chat-7b", """\
from huggingface_hub import InferenceClient
InferenceClient(provider="nebius").chat.completions.create(model="acme/chat-7b", messages=[])
"""),
    ("two.py", "gateway:acme/chat-7b", """\
A = "https://openrouter.ai/api/v1"
B = "https://api.together.xyz/v1"
OpenAI().chat.completions.create(model="acme/chat-7b", messages=[])
"""),
    ("app.ts", "together:acme/chat-7b", """\
import Together from 'together-ai';
await new Together().chat.completions.create({ model: 'acme/chat-7b', messages: [] });
"""),
    ("ask.sh", "deepinfra:acme/chat-7b", """\
curl https://api.deepinfra.com/v1/openai/chat/completions \\
  -d '{"model": "acme/chat-7b"}'
"""),
    (".env", "gateway:openrouter/acme/chat-7b", """\
OPENAI_BASE_URL=https://openrouter.ai/api/v1
OPENAI_MODEL=acme/chat-7b
"""),
    ("llm.yaml", "fireworks:acme/chat-7b", """\
llm:
  base_url: https://api.fireworks.ai/inference/v1
  model: acme/chat-7b
"""),
]  # fmt: skip


OPENAI = "from openai import OpenAI\nc = OpenAI(base_url='{}')\nc.chat.completions.create(model='{}', messages=[])\n"
ACTION = (
    "jobs:\n  a:\n    steps:\n      - uses: actions/ai-inference@v1\n        with:\n          model: openai/gpt-4o\n"
)
HOSTED = [
    ("a.py", "gateway:openrouter/openai/gpt-4o", OPENAI.format("https://openrouter.ai/api/v1", "openai/gpt-4o")),
    ("a.py", "github:openai/gpt-4o", OPENAI.format("https://models.github.ai/inference", "openai/gpt-4o")),
    ("a.py", "github:gpt-4o", OPENAI.format("https://models.inference.ai.azure.com", "gpt-4o")),
    (".github/workflows/a.yml", "github:openai/gpt-4o", ACTION),
    ("a.prompt.yml", "github:openai/gpt-4o", "model: openai/gpt-4o\nmessages: []\n"),
    ("a.py", "gateway:gpt-4o", OPENAI.format("http://localhost:1234/v1", "gpt-4o")),
    ("a.py", "gateway:gpt-4o", OPENAI.format("https://models.example.org/v1", "gpt-4o")),
    ("a.py", "openai:gpt-4o", OPENAI.format("https://api.openai.com/v1", "gpt-4o")),
    ("a.py", "gateway:acme/chat-7b", OPENAI.format("https://models.example.org/v1", "acme/chat-7b")),
    ("a.py", "hf:acme/chat-7b", OPENAI.format("http://vllm:8000/v1", "acme/chat-7b")),
    ("main.bicep", "azure:gpt-4o", "param chatModelName string = 'gpt-4o'\n"),
    (".env", "gateway:gpt-4o", "OPENAI_BASE_URL=http://localhost:8080/v1\nOPENAI_MODEL=gpt-4o\n"),
    ("llm.yaml", "gateway:gpt-4o", "llm:\n  base_url: http://localhost:8080/v1\n  model: gpt-4o\n"),
    ("llm.yaml", "openai:gpt-4o", "llm:\n  url: https://docs.example.org\n  model: gpt-4o\n"),
    ("app.yaml", "huggingface:acme/chat-7b",
     "env:\n  OPENAI_BASE_URL: https://router.huggingface.co/v1\n  MODEL: acme/chat-7b\n"),
    ("a.py", "huggingface:acme/chat-7b",
     "from huggingface_hub import InferenceClient\nInferenceClient('acme/chat-7b').chat_completion(messages=[])\n"),
    ("a.py", "huggingface:acme/chat-7b",
     "from huggingface_hub import InferenceClient\nInferenceClient().chat_completion(model='acme/chat-7b')\n"),
    ("a.py", "hf:acme/chat-7b", ("from huggingface_hub import InferenceClient\nfrom transformers import pipeline\n"
     "InferenceClient()\npipeline('text-generation', model='acme/chat-7b')\n")),
    ("a.py", "huggingface:acme/chat-7b", "URL = 'https://api-inference.huggingface.co/models/acme/chat-7b'\n"),
    ("a.py", "huggingface:acme/chat-7b", "import litellm\nlitellm.completion(model='huggingface/acme/chat-7b')\n"),
    ("a.py", "together:acme/chat-7b", "import litellm\nlitellm.completion(model='huggingface/together/acme/chat-7b')\n"),
    ("a.ts", "huggingface:acme/chat-7b", ("import { HfInference } from '@huggingface/inference';\n"
     "await new HfInference(t).chatCompletion({ model: 'acme/chat-7b', messages });\n")),
    ("a.js", "replicate:acme/chat-7b", "await replicate.run('acme/chat-7b', { input });\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "resolved", "text"), HOSTED)
def test_whose_terms_bind_is_whoever_answers_not_whose_name_is_asked_for(see, name, resolved, text):
    assert [item.resolved for item in see(name, text) if item.kind in {"api-model", "hf-model"}] == [resolved]


def test_a_file_behind_the_name_of_its_repository_is_that_repositorys(see):
    text = "export const model = load('ggml-org/SmolVLM-500M-Instruct-GGUF/SmolVLM-500M-Instruct-Q8_0.gguf');\n"
    assert [item.resolved for item in see("a.ts", text)] == [
        "hf:ggml-org/SmolVLM-500M-Instruct-GGUF#SmolVLM-500M-Instruct-Q8_0.gguf"
    ]


def test_a_client_whose_address_may_be_left_out_is_openai(see):
    text = (
        "import openai\ndef ask(base_url: str | None = None):\n    return openai.AsyncOpenAI(base_url=base_url)\n"
        "def local():\n    return ask(base_url='http://localhost:1234/v1')\nMODEL = 'gpt-4o'\n"
    )
    assert [item.resolved for item in see("a.py", text)] == ["openai:gpt-4o"]


def test_a_client_without_an_address_beside_one_that_has_one_is_still_openai(see):
    text = (
        "from openai import OpenAI\na = OpenAI()\nb = OpenAI(base_url='http://localhost:1234/v1')\nMODEL = 'gpt-4o'\n"
    )
    assert [item.resolved for item in see("a.py", text)] == ["openai:gpt-4o"]


@pytest.mark.parametrize(("name", "resolved", "text"), SERVED, ids=[name for name, _, _ in SERVED])
def test_a_name_of_the_hub_that_a_service_is_asked_for_is_run_by_that_service(see, name, resolved, text):
    assert [item.resolved for item in see(name, text) if item.text == "acme/chat-7b"] == [resolved]


@pytest.mark.parametrize(
    "line",
    ['SentenceTransformer("acme/chat-7b")', 'EMBEDDING_MODEL = "acme/chat-7b"', 'from_pretrained("acme/chat-7b")'],
)
def test_weights_that_are_loaded_beside_a_client_of_a_service_stay_weights(see, line):
    text = f'from sentence_transformers import SentenceTransformer\nURL = "https://openrouter.ai/api/v1"\n{line}\n'
    assert [item.resolved for item in see("app.py", text) if item.kind != "api-package"] == ["hf:acme/chat-7b"]


@pytest.mark.parametrize("above", ["", "import openai\n\n"])
def test_an_address_in_a_remark_says_nothing_of_where_a_model_runs(see, above):
    text = (
        above
        + '# or https://openrouter.ai/api/v1\nOpenAI().chat.completions.create(model="acme/chat-7b", messages=[])\n'
    )
    assert [item.resolved for item in see("app.py", text) if item.kind != "api-package"] == ["hf:acme/chat-7b"]


def test_a_deployment_of_azure_is_under_the_terms_of_azure(see):
    text = (
        'resource "azurerm_cognitive_deployment" "d" {\n  model {\n    format = "OpenAI"\n    name = "gpt-4o"\n  }\n}\n'
    )
    assert [item.resolved for item in see("main.tf", text)] == ["azure:gpt-4o"]
