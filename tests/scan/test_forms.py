"""How models are written down in real Python, one form each: what a gate must see, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

FORMS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "a file is read that says no more of models than the library that loads one": (
        {
            "a.py": 'import clip\nclip.load("RN50")\n',
            "b.py": 'import open_clip\nopen_clip.create_model("RN101", pretrained="yfcc15m")\n',
            "c.py": 'import tensorflow_hub as hub\nhub.load("https://www.kaggle.com/models/acme/base/tensorFlow2/base/2")\n',
            "d.py": 'from mlx_vlm import load\nload("acme/base")\n',
        },
        ("RN50", "RN101", "https://www.kaggle.com/models/acme/base/tensorFlow2/base/2", "acme/base"),
    ),
    "init_chat_model takes the provider from its prefix or beside it": (
        {
            "a.py": (
                "from langchain.chat_models import init_chat_model\n"
                'm = init_chat_model("google_genai:gemini-2.5-flash")\n'
                'n = init_chat_model("llama-3.3-70b-versatile", model_provider="groq")\n'
            ),
        },
        ("google_genai:gemini-2.5-flash", "llama-3.3-70b-versatile"),
    ),
    "a deployment that the environment names is unresolved": (
        {
            "a.py": (
                "import os\n"
                "from langchain_openai import AzureChatOpenAI\n"
                'llm = AzureChatOpenAI(azure_deployment=os.environ["AZURE_DEPLOYMENT"], api_version="2024-06-01")\n'
            ),
        },
        ("?AZURE_DEPLOYMENT",),
    ),
    "the name of a deployment is no model where the client is Azure's": (
        {
            "a.py": (
                "from openai import AzureOpenAI\n"
                "client = AzureOpenAI(api_key=k)\n"
                'r = client.chat.completions.create(model="prod-chat", messages=[])\n'
            ),
        },
        ("?prod-chat",),
    ),
    "LlamaIndex marks models of the Hub as local": (
        {
            "a.py": (
                "from llama_index.core import ServiceContext\n"
                'ctx = ServiceContext.from_defaults(embed_model="local:acme/embed-small")\n'
            ),
        },
        ("local:acme/embed-small",),
    ),
    "an alias of LiteLLM is no model, and a deployment behind it is unresolved": (
        {
            "a.py": (
                "from litellm import Router\n"
                'router = Router(model_list=[{"model_name": "fast", "litellm_params": {"model": "azure/my-gpt-4o", "api_base": b}}, {"model_name": "slow", "litellm_params": {"model": "bedrock/anthropic.claude-3-sonnet-20240229-v1:0"}}])\n'
            ),
        },
        ("bedrock/anthropic.claude-3-sonnet-20240229-v1:0", "?azure/my-gpt-4o"),
    ),
    "DSPy names the provider before the model": (
        {
            "a.py": (
                "import dspy\n"
                'lm = dspy.LM("openai/gpt-4o-mini", cache=False)\n'
                "dspy.configure(lm=lm)\n"
                'lm2 = dspy.LM(model="ollama_chat/llama3.2", api_base="http://localhost:11434")\n'
            ),
        },
        ("openai/gpt-4o-mini", "ollama_chat/llama3.2"),
    ),
    "the ARN of a foundation model is the model": (
        {
            "a.py": (
                "import boto3\n"
                'model_arn = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"\n'
            ),
        },
        ("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",),
    ),
    "arguments of Bedrock may come in a dictionary": (
        {
            "a.py": (
                "import boto3\n"
                'kwargs = {"modelId": "meta.llama3-1-70b-instruct-v1:0", "contentType": "application/json"}\n'
                "client.invoke_model(**kwargs)\n"
            ),
        },
        ("meta.llama3-1-70b-instruct-v1:0",),
    ),
    "Semantic Kernel has models and deployments": (
        {
            "a.py": (
                "from semantic_kernel.connectors.ai.open_ai import OpenAIChatCompletion, AzureChatCompletion\n"
                'kernel.add_service(OpenAIChatCompletion(service_id="c", ai_model_id="gpt-4o"))\n'
                'kernel.add_service(AzureChatCompletion(deployment_name="team-chat"))\n'
            ),
        },
        ("gpt-4o", "?team-chat"),
    ),
    "the client of a file says whose model it is": (
        {
            "a.py": (
                "from groq import Groq\n"
                "client = Groq()\n"
                'client.chat.completions.create(model="openai/gpt-oss-120b", messages=[])\n'
                'client.audio.transcriptions.create(model="whisper-large-v3-turbo", file=f)\n'
            ),
        },
        ("openai/gpt-oss-120b", "whisper-large-v3-turbo"),
    ),
    "Replicate runs models by owner and name": (
        {
            "a.py": (
                "import replicate\n"
                'out = replicate.run("acme/video-gen:9f747673", input={})\n'
                'out2 = replicate.run("black-forest-labs/flux-schnell", input={})\n'
            ),
        },
        ("acme/video-gen:9f747673", "black-forest-labs/flux-schnell"),
    ),
    "the functions of ollama take names of its library": (
        {
            "a.py": (
                "import ollama\n"
                'r = ollama.chat(model="llama3.2", messages=[])\n'
                'ollama.pull("nomic-embed-text")\n'
                'e = ollama.embeddings(model="mxbai-embed-large", prompt=p)\n'
                'for part in ollama.generate("gemma2:2b", "hi", stream=True): pass\n'
            ),
        },
        ("llama3.2", "nomic-embed-text", "mxbai-embed-large", "gemma2:2b"),
    ),
    "the address of a hosted model is a use of it": (
        {
            "a.py": (
                "import requests\n"
                'API_URL = "https://api-inference.huggingface.co/models/acme/sentiment-x"\n'
                "r = requests.post(API_URL, headers=h, json=d)\n"
            ),
        },
        ("acme/sentiment-x",),
    ),
    "FlagEmbedding loads by several classes": (
        {
            "a.py": (
                "from FlagEmbedding import FlagReranker, BGEM3FlagModel, FlagAutoModel\n"
                'r = FlagReranker("acme/rerank-large", use_fp16=True)\n'
                'm = BGEM3FlagModel("BAAI/bge-m3")\n'
                'x = FlagAutoModel.from_finetuned("acme/embed-zh")\n'
            ),
        },
        ("acme/rerank-large", "BAAI/bge-m3", "acme/embed-zh"),
    ),
    "diffusers loads parts, adapters and inversions": (
        {
            "a.py": (
                "from diffusers import StableDiffusionXLPipeline, AutoencoderKL, ControlNetModel\n"
                'vae = AutoencoderKL.from_pretrained("acme/sdxl-vae-fix", torch_dtype=t)\n'
                'cn = ControlNetModel.from_pretrained("acme/controlnet-canny")\n'
                "pipe = StableDiffusionXLPipeline.from_pretrained(\n"
                '    "acme/xl-base", vae=vae, controlnet=cn)\n'
                'pipe.load_lora_weights("acme/pixel-lora", weight_name="pixel.safetensors")\n'
                'pipe.load_textual_inversion("acme/cat-toy")\n'
            ),
        },
        ("acme/sdxl-vae-fix", "acme/controlnet-canny", "acme/xl-base", "acme/pixel-lora", "acme/cat-toy"),
    ),
    "mlx loads from the Hub": (
        {
            "a.py": (
                "from mlx_lm import load, generate\n"
                'model, tok = load("mlx-community/Mistral-7B-Instruct-v0.3-4bit")\n'
                'm2, t2 = load("acme/tiny-mlx")\n'
            ),
        },
        ("mlx-community/Mistral-7B-Instruct-v0.3-4bit", "acme/tiny-mlx"),
    ),
    "timm takes a parameter with a default": (
        {
            "a.py": (
                "import timm\n"
                "class Net:\n"
                '    def __init__(self, backbone="efficientnet_b3", pretrained=True):\n'
                "        self.net = timm.create_model(backbone, pretrained=pretrained)\n"
            ),
        },
        ("efficientnet_b3",),
    ),
    "a model of spaCy may be a module": (
        {
            "a.py": (
                "import spacy\n"
                'nlp = spacy.load("en_core_web_trf")\n'
                "import en_core_web_sm\n"
                "nlp2 = en_core_web_sm.load()\n"
            ),
        },
        ("en_core_web_trf", "en_core_web_sm"),
    ),
    "Keras fetches weights by the name of the class": (
        {
            "a.py": ('from tensorflow.keras.applications import ResNet50, VGG16\nm = ResNet50(weights="imagenet")\n'),
        },
        ("ResNet50",),
    ),
    "TRL's trainer takes the name and writes elsewhere": (
        {
            "a.py": (
                "from trl import SFTTrainer, SFTConfig\n"
                'trainer = SFTTrainer(model="acme/opt-350", train_dataset=ds, args=SFTConfig(output_dir="out/opt-350-sft"))\n'
            ),
        },
        ("acme/opt-350",),
    ),
    "what a project publishes is no model that it uses": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                'm = AutoModel.from_pretrained("acme/base-x")\n'
                'm.push_to_hub("me/my-finetune-7b")\n'
                'm.save_pretrained("out/final-7b")\n'
                'tokenizer.push_to_hub(repo_id="me/my-finetune-7b")\n'
            ),
        },
        ("acme/base-x",),
    ),
    "a call may be prepared with partial": (
        {
            "a.py": (
                "from functools import partial\n"
                "from transformers import AutoTokenizer\n"
                'load_tok = partial(AutoTokenizer.from_pretrained, "acme/tok-x", use_fast=True)\n'
                "tok = load_tok()\n"
            ),
        },
        ("acme/tok-x",),
    ),
    "arguments may be unpacked from a dictionary": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                'kw = dict(pretrained_model_name_or_path="acme/kw-x", revision="main")\n'
                "m = AutoModel.from_pretrained(**kw)\n"
                'kw2 = {"pretrained_model_name_or_path": "acme/kw-y"}\n'
                "n = AutoModel.from_pretrained(**kw2)\n"
            ),
        },
        ("acme/kw-x", "acme/kw-y"),
    ),
    "a member of an enumeration stands for its value": (
        {
            "a.py": (
                "from enum import Enum\n"
                "class Models(str, Enum):\n"
                '    FAST = "gpt-4o-mini"\n'
                '    OPEN = "acme/open-chat"\n'
                "from transformers import AutoModel\n"
                "m = AutoModel.from_pretrained(Models.OPEN.value)\n"
            ),
        },
        ("gpt-4o-mini", "acme/open-chat"),
    ),
    "a registry of dictionaries holds the models": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                "REG = {\n"
                '  "small": {"repo": "acme/small-v1", "dim": 384},\n'
                '  "large": {"repo": "acme/large-v1", "dim": 1024},\n'
                "}\n"
                "def get(size):\n"
                '    return AutoModel.from_pretrained(REG[size]["repo"])\n'
            ),
        },
        ("acme/small-v1", "acme/large-v1"),
    ),
    "a constant may come from another file": (
        {
            "cfg.py": ('CHECKPOINT = "acme/ci-x"\n'),
            "a.py": (
                "from transformers import AutoModel\n"
                "from cfg import CHECKPOINT\n"
                "m = AutoModel.from_pretrained(CHECKPOINT)\n"
            ),
        },
        ("acme/ci-x",),
    ),
    "an attribute of an object may come from another file": (
        {
            "app/config.py": ('class Settings:\n    checkpoint = "acme/cs-x"\nsettings = Settings()\n'),
            "app/main.py": (
                "from transformers import AutoModel\n"
                "from app.config import settings\n"
                "m = AutoModel.from_pretrained(settings.checkpoint)\n"
            ),
        },
        ("acme/cs-x",),
    ),
    "a function of another file may be given the model": (
        {
            "lib.py": (
                "from transformers import AutoModel\ndef make(name):\n    return AutoModel.from_pretrained(name)\n"
            ),
            "main.py": ('from lib import make\nm = make("acme/cf-x")\n'),
        },
        ("acme/cf-x",),
    ),
    "an entry of a dictionary may come from another file": (
        {
            "conf.py": ('CONFIG = {"checkpoint": {"name": "acme/cd-x"}}\n'),
            "main.py": (
                "from conf import CONFIG\n"
                "from transformers import AutoModel\n"
                'm = AutoModel.from_pretrained(CONFIG["checkpoint"]["name"])\n'
            ),
        },
        ("acme/cd-x",),
    ),
    "a name from a module that is not there is unresolved": (
        {
            "a.py": (
                "from ourlib.settings import CHECKPOINT\n"
                "from transformers import AutoModel\n"
                "m = AutoModel.from_pretrained(CHECKPOINT)\n"
            ),
        },
        ("?CHECKPOINT",),
    ),
    "a name from another file that the environment decides is unresolved": (
        {
            "cfg.py": ('import os\nMODEL = os.environ["MODEL"]\n'),
            "a.py": (
                "from cfg import MODEL\nfrom transformers import AutoModel\nm = AutoModel.from_pretrained(MODEL)\n"
            ),
        },
        ("?MODEL",),
    ),
    "Chroma embeds with a model of its own where none is given": (
        {
            "a.py": (
                "import chromadb\n"
                "from chromadb.utils import embedding_functions\n"
                "ef = embedding_functions.DefaultEmbeddingFunction()\n"
            ),
        },
        ("DefaultEmbeddingFunction()",),
    ),
    "SpeechBrain calls it a source": (
        {
            "a.py": (
                "from speechbrain.inference.speaker import SpeakerRecognition\n"
                'v = SpeakerRecognition.from_hparams(source="speechbrain/spkrec-ecapa-voxceleb", savedir="pretrained_models/x")\n'
                'w = X.from_hparams(source="acme/asr-de")\n'
            ),
        },
        ("speechbrain/spkrec-ecapa-voxceleb", "acme/asr-de"),
    ),
    "a method may give the name": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                "class B:\n"
                "    def _name(self):\n"
                '        return "acme/mr-x"\n'
                "    def load(self):\n"
                "        return AutoModel.from_pretrained(self._name())\n"
            ),
        },
        ("acme/mr-x",),
    ),
    "a property may give the name": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                "class B:\n"
                "    @property\n"
                "    def checkpoint_id(self):\n"
                '        return "acme/pr-x"\n'
                "    def load(self):\n"
                "        return AutoModel.from_pretrained(self.checkpoint_id)\n"
            ),
        },
        ("acme/pr-x",),
    ),
    "a class may give its base the name": (
        {
            "a.py": (
                "class Base:\n"
                "    def __init__(self, ckpt):\n"
                "        from transformers import AutoModel\n"
                "        self.m = AutoModel.from_pretrained(ckpt)\n"
                "class Child(Base):\n"
                "    def __init__(self):\n"
                '        super().__init__("acme/su-x")\n'
            ),
        },
        ("acme/su-x",),
    ),
    "a comprehension may run through the names": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                'ms = [AutoModel.from_pretrained(n) for n in ["acme/lc-a", "acme/lc-b"]]\n'
            ),
        },
        ("acme/lc-a", "acme/lc-b"),
    ),
    "a loop may run through the items": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                'CK = {"a": "acme/di-a", "b": "acme/di-b"}\n'
                "for k, v in CK.items():\n"
                "    AutoModel.from_pretrained(v)\n"
            ),
        },
        ("acme/di-a", "acme/di-b"),
    ),
    "Gradio loads by kind, owner and name": (
        {
            "a.py": (
                "import gradio as gr\n"
                'gr.load("models/acme/gr-x").launch()\n'
                'gr.Interface.load("huggingface/acme/gr-y")\n'
            ),
        },
        ("models/acme/gr-x", "huggingface/acme/gr-y"),
    ),
    "a table of names answers with a default": (
        {
            "rag.py": (
                "import os\n"
                "from dotenv import load_dotenv\n"
                "from langchain_community.vectorstores import FAISS\n"
                "from langchain_huggingface import HuggingFaceEmbeddings\n"
                "from langchain_groq import ChatGroq\n"
                "load_dotenv()\n"
                'EMBED = {"model_name": "thenlper/gte-small", "model_kwargs": {"device": "cpu"}}\n'
                "def embeddings():\n"
                "    return HuggingFaceEmbeddings(**EMBED)\n"
                'def llm(kind: str = "fast"):\n'
                '    models = {"fast": "llama-3.1-8b-instant", "smart": "llama-3.3-70b-versatile"}\n'
                '    return ChatGroq(model=models.get(kind, models["fast"]), temperature=0)\n'
            ),
        },
        ("thenlper/gte-small", "llama-3.1-8b-instant", "llama-3.3-70b-versatile"),
    ),
    "arguments of a dataclass are read where they are used": (
        {
            "qlora.py": (
                "from dataclasses import dataclass, field\n"
                "from typing import Optional\n"
                "@dataclass\n"
                "class ScriptArguments:\n"
                '    base: Optional[str] = field(default="nora/lm-3b", metadata={"help": "base"})\n'
                "    tokenizer: Optional[str] = field(default=None)\n"
                '    data: str = field(default="nora/chats", metadata={"help": "the dataset"})\n'
                "parser = HfArgumentParser(ScriptArguments)\n"
                "args = parser.parse_args_into_dataclasses()[0]\n"
                "from transformers import AutoModelForCausalLM\n"
                "model = AutoModelForCausalLM.from_pretrained(args.base)\n"
                "from datasets import load_dataset\n"
                "ds = load_dataset(args.data)\n"
            ),
        },
        ("nora/lm-3b", "nora/chats"),
    ),
    "what is created or sent to the Hub is no model that is used": (
        {
            "h.py": (
                "from langchain_huggingface import HuggingFaceEndpoint, ChatHuggingFace\n"
                'llm = HuggingFaceEndpoint(repo_id="nora/chat-9b", max_new_tokens=10)\n'
                "from huggingface_hub import HfApi\n"
                "api = HfApi()\n"
                'api.create_repo("nora/new-thing")\n'
                'api.upload_file(path_or_fileobj="a", path_in_repo="b", repo_id="nora/new-thing")\n'
                'info = api.model_info("nora/info-me")\n'
            ),
        },
        ("nora/chat-9b", "nora/info-me"),
    ),
    "a nested dictionary names provider and model": (
        {
            "m.py": (
                "from mem0 import Memory\n"
                "config = {\n"
                '    "llm": {"provider": "ollama", "config": {"model": "llama3.1:latest", "temperature": 0}},\n'
                '    "embedder": {"provider": "huggingface", "config": {"model": "nora/emb-1"}},\n'
                "}\n"
                "m = Memory.from_config(config)\n"
            ),
        },
        ("llama3.1:latest", "nora/emb-1"),
    ),
    "dictionaries in a list may be calls": (
        {
            "e.py": (
                "MODELS_UNDER_TEST = [\n"
                '    dict(id="nora/m-a", backend="hf"),\n'
                '    dict(id="nora/m-b", backend="hf"),\n'
                "]\n"
                "from transformers import AutoModelForCausalLM\n"
                "for spec in MODELS_UNDER_TEST:\n"
                '    model = AutoModelForCausalLM.from_pretrained(spec["id"])\n'
            ),
        },
        ("nora/m-a", "nora/m-b"),
    ),
    "holes of a text are filled by name and by place": (
        {
            "x.py": (
                "from transformers import AutoModel\n"
                'TEMPLATE = "nora/enc-{size}"\n'
                'm = AutoModel.from_pretrained(TEMPLATE.format(size="base"))\n'
                'n = AutoModel.from_pretrained("nora/%s" % "dec")\n'
            ),
        },
        ("nora/enc-base", "nora/dec"),
    ),
    "a loop runs through names of models": (
        {"a.py": 'import openai\nfor model_id in ("o1", "gpt-4o"):\n    register(model_id)\n'},
        ("o1", "gpt-4o"),
    ),
    "a folder for weights is no name of the Hub": (
        {"a.py": 'from torch.hub import load_file_from_url\nload_file_from_url(url=u, model_dir="facelib/weights")\n'},
        (),
    ),
    "what a file writes and reads back is its own": (
        {
            "a.py": 'from transformers import AutoModel, TrainingArguments\nargs = TrainingArguments(output_dir="acme/tuned-7b")\nm = AutoModel.from_pretrained("acme/tuned-7b")\n'
        },
        (),
    ),
    "in a loop the name that is bound below is what the next round loads": (
        {
            "a.py": (
                "from transformers import AutoModel\n"
                'name = "acme/first-7b"\n'
                "for step in range(2):\n"
                "    m = AutoModel.from_pretrained(name)\n"
                '    name = "acme/second-7b"\n'
            ),
        },
        ("acme/first-7b", "acme/second-7b"),
    ),
    "a prefix of a gateway before a name that is known adds no model": (
        {
            "a.py": 'import litellm\nmodel = "meta/llama-3.1-8b-instruct"\nllm = wrap(model_name="nvidia_nim/" + model)\n'
        },
        ("meta/llama-3.1-8b-instruct",),
    ),
    "short names of OpenAI's models count beside longer ones": (
        {
            "a.py": 'import openai\nregister(Chat("o3-mini"), Chat("o3"))\n',
            "b.py": 'label = sort("o3")\n',
        },
        ("o3-mini", "o3"),
    ),
    "rembg has names of its own": (
        {"flags.py": 'mask_models = ["u2net", "isnet-general-use", "silueta"]\n'},
        ("u2net", "isnet-general-use", "silueta"),
    ),
    "a setting that is asked for by its key has its default": (
        {"a.py": 'import openai\nname = setting(key="chat_model", default_value="gpt-4o", kind=str)\n'},
        ("gpt-4o",),
    ),
}
"""Files of a project, and the texts that gate; after a question mark, what is listed as unresolved."""


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_is_seen_and_nothing_is_invented(form: str, gates: Callable[..., None]) -> None:
    gates(*FORMS[form])


NO_MODELS = {
    "a.py": (
        "import requests\n"
        "from transformers import AutoModel\n"
        'requests.get("https://api.github.com/repos/acme/tool")\n'
        'headers = {"Content-Type": "application/json", "Accept": "text/html"}\n'
        'image = "acme/server:1.2"\n'
        'path = "data/train"\n'
        'repo = "acme/tool"\n'
        'prompt_style = "llama2"\n'
        'user = "jane/doe"\n'
        'date = "2024-01-01"\n'
        'fmt = "%Y/%m"\n'
        'logger = "app/main"\n'
        'model_type = "llama"\n'
        'TZ = "Europe/Berlin"\n'
        'ratio = "16/9"\n'
        'route = "api/v1"\n'
    ),
    "ci.yml": (
        "on: push\n"
        "jobs:\n"
        "  b:\n"
        "    runs-on: ubuntu-22.04\n"
        "    container: acme/builder:2\n"
        "    steps:\n"
        "      - uses: docker/build-push-action@v5\n"
        "        with:\n"
        "          tags: acme/app:latest\n"
        "          file: docker/Dockerfile\n"
        "      - run: npm i @acme/sdk && go get github.com/acme/tool-7b\n"
        "model_type: llama\n"
        "prompt_style: llama2\n"
        "provider: openai\n"
        "content_type: application/json\n"
        "timezone: Europe/Berlin\n"
    ),
}


@pytest.mark.parametrize("name", sorted(NO_MODELS))
def test_repositories_images_types_and_paths_are_no_models(
    name: str, write: Callable[..., Path], tmp_path: Path
) -> None:
    write(name, NO_MODELS[name])
    assert [item.text for item in scan(tmp_path)[0] if item.gate] == []
