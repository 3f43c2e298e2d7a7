"""What would turn an audit green unseen: models that tools bring, services without a model; and what only looks so."""

from collections.abc import Callable

import pytest

from compliance.model import Reference

MINI = "hf:sentence-transformers/all-MiniLM-L6-v2"
CHROMA = "import chromadb\nnotes = chromadb.Client().create_collection('notes')\n"
SEEN: list[tuple[str, str, set[tuple[str | None, int]]]] = [
    # what a library takes where it is told nothing
    ("app.py", f"{CHROMA}notes.add(documents=['a'], ids=['1'])\n", {(MINI, 3)}),
    ("app.py", f"{CHROMA}notes.query(query_texts=['a'])\n", {(MINI, 3)}),
    (
        "app.py",
        "from qdrant_client import QdrantClient\nQdrantClient().add(collection_name='c', documents=['a'])\n",
        {("hf:BAAI/bge-small-en", 2)},
    ),
    ("package.json", '{"dependencies": {"@chroma-core/default-embed": "^0.1"}}\n', {(MINI, 1)}),
    ("package.json", '{"dependencies": {"@mastra/fastembed": "^0.1"}}\n', {("hf:BAAI/bge-small-en-v1.5", 1)}),
    ("app.py", "from strands import Agent\nAgent(tools=[])\n", {(None, 2)}),
    ("app.py", "from agno.models.anthropic import Claude\nClaude()\n", {(None, 2)}),
    ("app.py", "from langchain_cohere import ChatCohere\nChatCohere()\n", {(None, 2)}),
    ("app.py", "from docling.document_converter import DocumentConverter\nDocumentConverter()\n", {(None, 2)}),
    ("app.py", "from marker.models import create_model_dict\ncreate_model_dict()\n", {(None, 2)}),
    ("app.py", "from surya.detection import DetectionPredictor\nDetectionPredictor()\n", {(None, 2)}),
    (
        "app.py",
        "from weaviate.classes.config import Configure\nConfigure.Vectorizer.text2vec_openai()\n",
        {(None, 2)},
    ),
    # services that are a model each
    ("app.py", "import boto3\nboto3.client('rekognition')\n", {("aws:rekognition", 2)}),
    ("app.py", "from gtts import gTTS\ngTTS('hi').save('a.mp3')\n", {(None, 2)}),
    ("app.py", "import edge_tts\nedge_tts.Communicate('hi', 'en-US-AriaNeural')\n", {(None, 2)}),
    ("app.py", "from google.cloud import vision\nvision.ImageAnnotatorClient()\n", {(None, 2)}),
    ("app.py", "import azure.cognitiveservices.speech as sdk\nsdk.SpeechConfig(region='x')\n", {(None, 2)}),
    ("app.py", "from openai import OpenAI\nOpenAI().responses.create(prompt={'id': 'pmpt_1'})\n", {(None, 2)}),
    # what their calls name
    (
        "app.py",
        "from azure.ai.inference import ChatCompletionsClient\nChatCompletionsClient(endpoint=e, model='Mistral-Large-2411')\n",
        {("azure:Mistral-Large-2411", 2)},
    ),
    (
        "app.py",
        "from foundry_local import FoundryLocalManager\nFoundryLocalManager('phi-4-mini')\n",
        {("foundry:phi-4-mini", 2)},
    ),
    ("app.py", "import lmstudio as lms\nlms.llm('qwen2.5-7b-instruct')\n", {("hf:qwen2.5-7b-instruct", 2)}),
    (
        "app.py",
        "from vertexai import model_garden\nmodel_garden.OpenModel('meta/llama3_1@llama-3.1-8b')\n",
        {("gateway:meta/llama3_1@llama-3.1-8b", 2)},
    ),
    ("app.py", "from pywhispercpp.model import Model\nModel('base.en')\n", {("hf:openai/whisper-base.en", 2)}),
    (
        "app.py",
        "from pydantic_ai import Agent\nAgent('huggingface:Qwen/Qwen3-235B-A22B')\n",
        {("hf:Qwen/Qwen3-235B-A22B", 2)},
    ),
]
SEEN += [
    # images that hold models
    ("Dockerfile", "FROM ghcr.io/a/llama-3.1-8b-instruct:1 AS w\n", {("docker:ghcr.io/a/llama-3.1-8b-instruct", 1)}),
    (
        "Dockerfile",
        "FROM debian\nCOPY --from=quay.io/a/modelcars:granite-3.1-8b-instruct /models /models\n",
        {("docker:quay.io/a/modelcars:granite-3.1-8b-instruct", 2)},
    ),
    ("k8s.yaml", "image:\n  reference: quay.io/a/gemma-2-2b-it:latest\n", {("docker:quay.io/a/gemma-2-2b-it", 2)}),
    ("run.sh", "oras pull ghcr.io/a/mistral-7b-instruct:v0.3\n", {("docker:ghcr.io/a/mistral-7b-instruct", 1)}),
    ("run.sh", "skopeo copy docker://quay.io/a/phi-3-4b:1 dir:x\n", {("docker:quay.io/a/phi-3-4b", 1)}),
    ("run.sh", "ramalama serve granite3-moe # ollama\n", {("ollama:granite3-moe", 1)}),
    (
        "compose.yml",
        "services:\n  ml:\n    image: ghcr.io/immich-app/immich-machine-learning:${V:-release}\n",
        {("docker:ghcr.io/immich-app/immich-machine-learning", 3)},
    ),
    (
        "a.env",
        "MACHINE_LEARNING_PRELOAD__CLIP__TEXTUAL=ViT-B-16-SigLIP2__webli\n",
        {("hf:immich-app/ViT-B-16-SigLIP2__webli", 1)},
    ),
    # what other tools fetch, and folders that a server is told
    ("run.sh", "foundry model run phi-4-mini\n", {("foundry:phi-4-mini", 1)}),
    ("run.sh", "./models/download-ggml-model.sh base.en\n", {("hf:openai/whisper-base.en", 1)}),
    ("run.sh", "vllm serve /models/Meta-Llama-3-8B-Instruct\n", {(None, 1)}),
    ("k8s.yaml", 'args: ["--model=/models/gemma-2-27b-it"]\n', {(None, 1)}),
    (
        "app.py",
        "from llama_index.core import Settings\nSettings.embed_model = 'local'\n",
        {("hf:BAAI/bge-small-en", 2)},
    ),
]
CHAT = '[\n  {{"name": "{}", "description": "Don\'t ask"}},\n  {{"id": "{}"}}\n]'.format
SEEN += [
    # models in a list that is written as JSON
    (
        "values.yaml",
        "envVars:\n  MODELS: >\n    " + CHAT("acme/chat-one", "acme/chat-two").replace("\n", "\n    ") + "\n",
        {("hf:acme/chat-one", 4), ("hf:acme/chat-two", 5)},
    ),
    (
        ".env.local",
        "PORT=1\nMODELS=`" + CHAT("acme/chat-one", "acme/chat-two") + "`\n",
        {("hf:acme/chat-one", 3), ("hf:acme/chat-two", 4)},
    ),
    ("compose.yml", 'environment:\n  MODELS: \'[{"name": "acme/chat-one"}]\'\n', {("hf:acme/chat-one", 2)}),
]
SEEN += [
    # in settings, and in the constants of a construct kit
    ("a.yaml", "model:\n  name: Mistral-Nemo-Instruct-2407\n", {("gateway:Mistral-Nemo-Instruct-2407", 2)}),
    ("a.yaml", "model_name_or_path: /data/llama-2-70b-chat-hf\n", {(None, 1)}),
    ("a.env", "MODEL_PATH=/models/Qwen2.5-7B\n", {(None, 1)}),
    (
        "tune.yaml",
        (
            "checkpointer:\n  checkpoint_dir: /tmp/Llama-3.1-8B-Instruct/\n"
            "dataset:\n  _component_: torchtune.datasets.alpaca_dataset\n"
        ),
        {(None, 2), ("hf-dataset:tatsu-lab/alpaca", 4)},
    ),
    (
        "stack.py",
        "from aws_cdk import aws_bedrock as b\nb.FoundationModelIdentifier.AMAZON_TITAN_TEXT_PREMIER_V1\n",
        {("bedrock:amazon.titan-text-premier-v1", 2)},
    ),
    ("App.cs", 'var s = new InferenceSession("models/arcface.onnx");\n', {("file:models/arcface.onnx", 1)}),
]
VISION = "from torchvision import datasets, transforms\n"
SEEN += [
    # datasets of other places than the Hub
    ("app.py", f"{VISION}datasets.CelebA('d', download=True)\n", {("torchvision-dataset:CelebA", 2)}),
    ("app.py", "import torchaudio\ntorchaudio.datasets.TEDLIUM('d')\n", {("torchaudio-dataset:TEDLIUM", 2)}),
    ("app.py", "import kagglehub\nkagglehub.dataset_download('acme/faces')\n", {("kaggle-dataset:acme/faces", 2)}),
    ("app.py", "import tensorflow_datasets as tfds\ntfds.load('celeb_a')\n", {("tfds:celeb_a", 2)}),
    ("app.py", "from sklearn.datasets import fetch_lfw_people\nfetch_lfw_people()\n", {("sklearn:lfw_people", 2)}),
    ("get.sh", "kaggle datasets download -d acme/faces --unzip\n", {("kaggle-dataset:acme/faces", 1)}),
    ("get.sh", "kaggle competitions download -c titanic\n", {("kaggle-dataset:titanic", 1)}),
]
WEAVIATE = "from weaviate.classes.config import Configure\n"
HAYSTACK = "type: haystack.components.generators.openai.OpenAIGenerator\ninit_parameters: "
N8N = '{"type": "@n8n/n8n-nodes-langchain.lmChatOllama", "parameters": '
SEEN += [
    # files of weights of libraries, zoos, and parts of pipelines that are told nothing
    ("a.py", "import dlib\ndlib.shape_predictor('m/faces.dat')\n", {("dlib:faces.dat", 2)}),
    ("a.py", "import dlib, sys\ndlib.shape_predictor(sys.argv[1])\n", {(None, 2)}),
    ("a.py", "from piper import PiperVoice\nPiperVoice.load('v/en_US-x.onnx')\n", {("piper:en_US-x", 2)}),
    ("a.py", "import mediapipe as mp\nmp.solutions.hands.Hands()\n", {("mediapipe:Hands", 2)}),
    (
        "a.py",
        "from mediapipe.tasks import python\npython.BaseOptions(model_asset_path='hand.task')\n",
        {("mediapipe:hand.task", 2)},
    ),
    ("a.py", "from torchvision.models import get_model\nget_model('x', weights='DEFAULT')\n", {("torchvision:x", 2)}),
    ("a.py", "from deepface import DeepFace\nDeepFace.analyze('a.jpg')\n", {(None, 2)}),
    (
        "a.py",
        "import opendatasets as od\nod.download('https://www.kaggle.com/datasets/acme/faces')\n",
        {("kaggle-dataset:acme/faces", 2)},
    ),
    (
        "a.py",
        "import kaggle\nkaggle.api.dataset_download_files('acme/faces', path='.')\n",
        {("kaggle-dataset:acme/faces", 2)},
    ),
    ("a.py", f"{WEAVIATE}Configure.Generative.openai()\nConfigure.Reranker.cohere()\n", {(None, 2), (None, 3)}),
    ("a.yaml", f"{HAYSTACK}{{}}\n", {(None, 1)}),
    ("a.json", f'{N8N}{{"x": "y"}}}}', {(None, 1)}),
    ("a.yaml", "model_list:\n- litellm_params:\n    model: openai/*\n", {(None, 3)}),
    (
        "compose.yml",
        "services:\n  a:\n    command: -hf acme/tuned-7b-GGUF:Q4_K_M\n",
        {("hf:acme/tuned-7b-GGUF#Q4_K_M", 3)},
    ),
]
LANGCHAIN = 'import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";\n'
CLAUDE = 'import { query } from "@anthropic-ai/claude-agent-sdk";\n'
AGENTS = 'import { Agent } from "@openai/agents";\n'
SEEN += [
    # libraries of other languages that are told nothing, or a name that moves
    ("a.ts", f"{LANGCHAIN}new ChatOpenAI({{ temperature: 0 }});\nnew OpenAIEmbeddings();\n", {(None, 2), (None, 3)}),
    ("a.ts", 'import { FlagEmbedding } from "fastembed";\nawait FlagEmbedding.init({});\n', {(None, 2)}),
    ("a.ts", f'{AGENTS}new Agent({{ name: "A", instructions: "x" }});\n', {(None, 2)}),
    ("a.ts", f'{CLAUDE}query({{ prompt: "x", options: {{ maxTurns: 2 }} }});\n', {(None, 2)}),
    ("a.ts", f'{CLAUDE}query({{ prompt: "x", options: {{ model: "opus" }} }});\n', {("anthropic:opus", 2)}),
    (".claude/settings.json", '{"model": "sonnet"}\n', {("anthropic:sonnet", 1)}),
    (
        "a.py",
        "from claude_agent_sdk import ClaudeAgentOptions\nClaudeAgentOptions(model='haiku')\n",
        {("anthropic:haiku", 2)},
    ),
    ("a.R", "library(ellmer)\nchat <- chat_anthropic()\n", {(None, 2)}),
]
QUIET = [
    ("a.py", "from torchvision.models import get_model\nget_model('x')\n"),
    ("a.yaml", f"{HAYSTACK}{{model: chosen}}\n"),
    ("a.json", f'{N8N}{{"model": {{"__rl": true, "value": "mine"}}}}}}'),
    ("a.py", f"{WEAVIATE}Configure.Generative.openai(model=chosen)\n"),
    ("a.py", "from own import Hands, analyze\nHands()\nanalyze('a')\n"),
    ("a.ts", f"{LANGCHAIN}new ChatOpenAI({{ ...settings }});\nnew ChatOpenAI({{ model: chosen }});\n"),
    ("a.ts", f"{CLAUDE}query({{ prompt, options }});\n// query({{}})\n"),
    ("a.ts", f'{AGENTS}new Agent({{ name: "A", model: chosen }});\n'),
    ("a.ts", 'import { query } from "./db";\nquery({ sql: "select model" });\nnew Agent({ name: "http" });\n'),
    ("a.yaml", "codec: opus\nform: sonnet\n"),
    ("app.py", f"{VISION}datasets.ImageFolder('d')\ndatasets.FakeData()\n"),
    ("app.py", "import tensorflow as tf\ntf.data.Dataset.load('d')\n"),
    ("app.py", "from own import MNIST\nMNIST()\n# torch, vision\n"),
    ("get.sh", "kaggle kernels push -p .\n"),
    ("config.json", '{"_name_or_path": "/data/llama-2-7b-hf"}\n'),
    ("a.json", '{"models": [{"id": "e51eebcc-c1b80bdd.th"}]}\n'),
    ("a.yaml", "model:\n  name: customer\n  kind: table\nserver:\n  name: llama-3-node\n"),
    ("a.yaml", "output_dir: /tmp/llama-3-8b-out\nmodel_dir: /models\nlog_path: /var/log/phi-4\n"),
    ("stack.py", "class Model:\n    LIMIT_10 = 10\nModel.LIMIT_10\n# torch FoundationModel\n"),
    ("values.yaml", 'envVars:\n  ROUTES: |\n    [{"name": "acme/model"}]\n'),
    (".env", 'ROUTES=`[{"name": "acme/model"}]`\n'),
    ("Dockerfile", "FROM python:3.12-slim AS llm\nCOPY --from=llm /app /app\n"),
    ("run.sh", "docker run --rm ghcr.io/a/app:1 --name acme/thing-7b\n"),
    ("run.sh", "oras pull ghcr.io/a/chart:1.2\nvllm serve /mnt/models\npython train.py --model /out/run-7\n"),
    ("compose.yml", "services:\n  a:\n    image: ghcr.io/a/model-api:2b7f\n"),
    ("compose.yml", "services:\n  a:\n    image: ghcr.io/a/ray2.22.0-py310-llama2-13b-neuron\n"),
    # what is given an embedding, or its own
    ("app.py", f"{CHROMA}notes.add(embeddings=[[0.1]], documents=['a'], ids=['1'])\n"),
    ("app.py", f"{CHROMA}from own import embed\nnotes.add(documents=['a'], ids=['1'])\n"),
    ("app.py", "from sqlalchemy import insert\nsession.add(documents=['a'])\nimport qdrant\n"),
    ("app.py", "import boto3\nboto3.client('s3')\nboto3.client('sqs')\n"),
    ("app.py", "from radio import Communicate\nCommunicate('hi')\n# not edge_tts\n"),
    ("app.py", "from google.cloud import storage\nstorage.Client()\n"),
    ("app.py", "from strands import Agent\nfrom own import model\nAgent(model=model)\n"),
    ("app.py", "from own import Agent\nAgent()\n# agno, strands, pydantic_ai\n"),
    ("app.py", "from openai import OpenAI\nOpenAI().files.create(file=f, purpose='fine-tune')\n"),
    ("app.py", "class Model:\n    pass\nModel('base')\n# pywhispercpp\n"),
]


@pytest.mark.parametrize(("name", "text", "expected"), SEEN)
def test_what_nobody_names_is_not_passed_over(
    name: str, text: str, expected: set[tuple[str | None, int]], see: Callable[..., list[Reference]]
) -> None:
    found = {(item.resolved, item.location.line) for item in see(name, text) if item.gate or item.resolved is None}
    assert found == expected


@pytest.mark.parametrize(("name", "text"), QUIET)
def test_what_only_looks_like_it_is_no_use(name: str, text: str, see: Callable[..., list[Reference]]) -> None:
    assert [item for item in see(name, text) if item.gate or item.resolved is None] == []
