"""How models are written down in real code and configuration, one form each: what a gate must see, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.scan import scan

FORMS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
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
    "a recipe of Axolotl has a base and datasets": (
        {
            "recipe.yml": (
                "base_model: acme/Base-7B\n"
                "model_type: MistralForCausalLM\n"
                "tokenizer_type: LlamaTokenizer\n"
                "datasets:\n"
                "  - path: acme/alpaca-x\n"
                "    type: alpaca\n"
                "  - path: acme/share-y\n"
                "    type: chat_template\n"
                "dataset_prepared_path: last_run_prepared\n"
                "output_dir: ./outputs/lora-out\n"
                "hub_model_id: me/out-7b\n"
                "wandb_project: acme/wb\n"
            ),
        },
        ("acme/Base-7B", "acme/alpaca-x", "acme/share-y"),
    ),
    "an interpolation of Hydra has a default": (
        {
            "conf/config.yaml": (
                "defaults:\n"
                "  - model: bert\n"
                "model:\n"
                "  name: ${oc.env:MODEL_NAME,acme/hy-x}\n"
                "dataset:\n"
                "  name: acme/hy-ds\n"
            ),
        },
        ("acme/hy-x", "acme/hy-ds"),
    ),
    "a mixture of datasets names them as keys": (
        {
            "config_full.yaml": (
                "model_name_or_path: acme/trl-x\n"
                "dataset_mixer:\n"
                "  acme/ultra-x: 1.0\n"
                "dataset_splits:\n"
                "- train_sft\n"
                "hub_model_id: zephyr-7b-sft-full\n"
            ),
        },
        ("acme/trl-x", "acme/ultra-x"),
    ),
    "a command may be a list of words": (
        {
            "compose.yaml": (
                "services:\n"
                "  vllm:\n"
                "    image: vllm/vllm-openai:latest\n"
                "    command:\n"
                '      - "--model"\n'
                '      - "acme/vllm-x"\n'
                '      - "--served-model-name"\n'
                '      - "chat"\n'
            ),
        },
        ("acme/vllm-x", "vllm/vllm-openai"),
    ),
    "Compose has models of its own": (
        {
            "compose.yaml": (
                "services:\n"
                "  chat:\n"
                "    models:\n"
                "      - llm\n"
                "models:\n"
                "  llm:\n"
                "    model: ai/smollm2\n"
                "    context_size: 4096\n"
            ),
        },
        ("ai/smollm2",),
    ),
    "a chart lists the models that Ollama pulls": (
        {
            "chart/values.yaml": (
                "image:\n"
                "  repository: acme/tool\n"
                '  tag: "1"\n'
                "ollama:\n"
                "  models:\n"
                "    pull:\n"
                "      - mistral\n"
                "      - llama3.2:1b\n"
                "    run:\n"
                "      - phi3\n"
            ),
        },
        ("mistral", "llama3.2:1b", "phi3"),
    ),
    "a template has defaults": (
        {
            "chart/templates/d.yaml": (
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "spec:\n"
                "  {{- if .Values.x }}\n"
                "  args:\n"
                "    - --model\n"
                '    - {{ .Values.model | default "acme/ht-x" }}\n'
                "    - --model-id=acme/ht-y\n"
                "  {{- end }}\n"
            ),
        },
        ("acme/ht-x", "acme/ht-y"),
    ),
    "a hidden workflow is looked at": (
        {
            ".github/workflows/ci.yml": (
                "name: ci\n"
                "on: push\n"
                "jobs:\n"
                "  t:\n"
                "    runs-on: ubuntu-latest\n"
                "    env:\n"
                "      MODEL: acme/gh-x\n"
                "    steps:\n"
                "      - uses: actions/checkout@v4\n"
                "      - uses: acme/setup-tool@v2\n"
                "      - run: |\n"
                "          huggingface-cli download acme/gh-y --local-dir m\n"
                "          python -m spacy download en_core_web_sm\n"
                "          ollama pull qwen2.5:0.5b\n"
            ),
        },
        ("acme/gh-x", "acme/gh-y", "en_core_web_sm", "qwen2.5:0.5b"),
    ),
    "an image may fetch in code and serve in an array": (
        {
            "Dockerfile": (
                "FROM python:3.11\n"
                "ARG MODEL_NAME=acme/dk-x\n"
                'ENV EMBEDDING_MODEL="acme/dk-y" \\\n'
                "    OTHER=1\n"
                "RUN pip install x && python -c \"from sentence_transformers import SentenceTransformer; SentenceTransformer('acme/dk-z')\"\n"
                'RUN huggingface-cli download acme/dk-w --include "*.gguf"\n'
                'CMD ["vllm", "serve", "acme/dk-v"]\n'
            ),
        },
        ("acme/dk-x", "acme/dk-y", "acme/dk-z", "acme/dk-w", "acme/dk-v"),
    ),
    "a script has defaults, exports and options": (
        {
            "run.sh": (
                "#!/bin/bash\n"
                'MODEL="${MODEL:-acme/sh-x}"\n'
                "export HF_MODEL=acme/sh-y\n"
                "python train.py \\\n"
                "  --model_name_or_path acme/sh-z \\\n"
                "  --dataset_name acme/sh-d \\\n"
                "  --output_dir out/x-7b\n"
                "python -m vllm.entrypoints.openai.api_server --model $MODEL\n"
                "accelerate launch main.py --base_model=acme/sh-w\n"
            ),
        },
        ("acme/sh-x", "acme/sh-y", "acme/sh-z", "acme/sh-d", "acme/sh-w"),
    ),
    "servers have options of their own": (
        {
            "serve.sh": (
                "python -m sglang.launch_server --model-path acme/sg-x --port 30000\n"
                "./llama-server -hf acme/Tiny-GGUF:Q4_K_M -c 4096\n"
                "llama-cli -m models/local-7b.gguf -p hi\n"
                "lmdeploy serve api_server acme/lm-x\n"
                "mlx_lm.generate --model acme/mlx-x --prompt hi\n"
            ),
        },
        ("acme/sg-x", "acme/Tiny-GGUF:Q4_K_M", "models/local-7b.gguf", "acme/lm-x", "acme/mlx-x"),
    ),
    "a request names the model in its body": (
        {
            "pull.sh": (
                "ollama create mychat -f Modelfile\n"
                'curl http://localhost:11434/api/pull -d \'{"name": "llama3.2"}\'\n'
                'curl http://localhost:11434/api/generate -d \'{"model": "gemma2:2b", "prompt": "hi"}\'\n'
                'ollama run deepseek-r1:7b "hello"\n'
            ),
        },
        ("llama3.2", "gemma2:2b", "deepseek-r1:7b"),
    ),
    "an environment file names models and deployments": (
        {
            ".env.example": (
                "OPENAI_API_KEY=sk-xxx\n"
                "OPENAI_MODEL=gpt-4o-mini  # or gpt-4o\n"
                'MODEL_ID="acme/env-x"\n'
                "EMBEDDINGS_MODEL_NAME=all-MiniLM-L6-v2\n"
                "AZURE_OPENAI_DEPLOYMENT=team-deploy\n"
                "OLLAMA_MODEL=llama3\n"
                "DATABASE_URL=postgres://u:p@h/db\n"
                "REPO=acme/tool\n"
            ),
        },
        ("gpt-4o-mini", "acme/env-x", "all-MiniLM-L6-v2", "llama3", "?team-deploy"),
    ),
    "a tool's table in pyproject holds models, a project's dependencies none": (
        {
            "pyproject.toml": (
                "[project]\n"
                'name = "x"\n'
                'dependencies = ["torch"]\n'
                "[tool.myapp]\n"
                'model = "acme/tt-x"\n'
                'embedding-model = "acme/tt-y"\n'
            ),
        },
        ("acme/tt-x", "acme/tt-y"),
    ),
    "a deployment without a default is unresolved in properties": (
        {
            "src/main/resources/application.properties": (
                "langchain4j.open-ai.chat-model.model-name=gpt-4o-mini\n"
                "langchain4j.ollama.chat-model.model-name=llama3.1\n"
                "langchain4j.azure-open-ai.chat-model.deployment-name=${AZURE_DEPLOYMENT}\n"
                "quarkus.langchain4j.openai.chat-model.model-name=gpt-4.1\n"
            ),
        },
        ("gpt-4o-mini", "llama3.1", "gpt-4.1", "?AZURE_DEPLOYMENT"),
    ),
    "a proxy's alias is no model": (
        {
            "litellm_config.yaml": (
                "model_list:\n"
                "  - model_name: gpt-4\n"
                "    litellm_params:\n"
                "      model: azure/chatgpt-v-2\n"
                "      api_base: https://x.openai.azure.com\n"
                "  - model_name: claude\n"
                "    litellm_params:\n"
                "      model: anthropic/claude-3-haiku-20240307\n"
                "  - model_name: local\n"
                "    litellm_params:\n"
                "      model: huggingface/acme/lp-x\n"
            ),
        },
        ("anthropic/claude-3-haiku-20240307", "huggingface/acme/lp-x", "?azure/chatgpt-v-2"),
    ),
    "Terraform nests models in blocks": (
        {
            "main.tf": (
                'resource "aws_sagemaker_model" "m" {\n'
                "  primary_container {\n"
                '    image = "763104351884.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-inference:2.0"\n'
                "    environment = {\n"
                '      HF_MODEL_ID = "acme/tf-x"\n'
                '      HF_TASK = "text-generation"\n'
                "    }\n"
                "  }\n"
                "}\n"
                'variable "embedding_model" {\n'
                '  default = "acme/tf-y"\n'
                "}\n"
                'resource "azurerm_cognitive_deployment" "d" {\n'
                '  name = "team"\n'
                "  model {\n"
                '    format = "OpenAI"\n'
                '    name = "gpt-4o"\n'
                '    version = "2024-05-13"\n'
                "  }\n"
                "}\n"
            ),
        },
        ("acme/tf-x", "acme/tf-y", "gpt-4o"),
    ),
    "Bicep has parameters and objects": (
        {
            "main.bicep": (
                "param chatModel string = 'gpt-4o-mini'\n"
                "resource d 'Microsoft.CognitiveServices/accounts/deployments@2023-05-01' = {\n"
                "  name: 'chat'\n"
                "  properties: { model: { format: 'OpenAI', name: 'text-embedding-ada-002' } }\n"
                "}\n"
            ),
        },
        ("gpt-4o-mini", "text-embedding-ada-002"),
    ),
    "a name that is passed on in JavaScript is a model": (
        {
            "worker.js": (
                'import { pipeline, AutoModel } from "@huggingface/transformers";\n'
                'const pipe = await pipeline("feature-extraction", "Xenova/all-MiniLM-L6-v2");\n'
                'const m = await AutoModel.from_pretrained("acme/tj-x", { dtype: "q8" });\n'
                'const MODEL = "acme/tj-y";\n'
                "const t = await AutoTokenizer.from_pretrained(MODEL);\n"
            ),
        },
        ("Xenova/all-MiniLM-L6-v2", "acme/tj-x", "acme/tj-y"),
    ),
    "the class says whose model it is in TypeScript": (
        {
            "a.ts": (
                'import { ChatOpenAI } from "@langchain/openai";\n'
                'import { ChatOllama } from "@langchain/ollama";\n'
                'import { HuggingFaceInference } from "@langchain/community/llms/hf";\n'
                'const a = new ChatOpenAI({ modelName: "gpt-4-turbo", temperature: 0 });\n'
                'const b = new ChatOllama({ model: "llama3.2", baseUrl: u });\n'
                'const c = new HuggingFaceInference({ model: "acme/lt-x" });\n'
            ),
        },
        ("gpt-4-turbo", "llama3.2", "acme/lt-x"),
    ),
    "an annotation has a default in Java": (
        {
            "A.java": (
                'OpenAiChatOptions.builder().model("gpt-4o").temperature(0.2).build();\n'
                'private static final String MODEL = "mistral-large-latest";\n'
                '@Value("${ai.model:gpt-4o-mini}") private String model;\n'
                "OllamaOptions.builder().model(OllamaModel.LLAMA3_2).build();\n"
            ),
        },
        ("gpt-4o", "mistral-large-latest", "gpt-4o-mini", "LLAMA3_2"),
    ),
    "the Deep Java Library has a scheme": (
        {
            "A.java": ('Criteria.builder().optModelUrls("djl://ai.djl.huggingface.pytorch/acme/dj-x");\n'),
        },
        ("djl://ai.djl.huggingface.pytorch/acme/dj-x",),
    ),
    "Semantic Kernel adds services in C#": (
        {
            "A.cs": (
                "var b = Kernel.CreateBuilder();\n"
                'b.AddOpenAIChatCompletion(modelId: "gpt-4o", apiKey: k);\n'
                'b.AddAzureOpenAIChatCompletion("team-deploy", endpoint, key);\n'
                'b.AddHuggingFaceChatCompletion("acme/cs-x");\n'
                'var c = new ChatClient(model: "gpt-4.1-nano", k);\n'
            ),
        },
        ("gpt-4o", "acme/cs-x", "gpt-4.1-nano", "?team-deploy"),
    ),
    "options carry names in Go": (
        {
            "main.go": (
                "package main\n"
                'const DefaultModel = "llama3.2"\n'
                "req := openai.ChatCompletionRequest{\n"
                "\tModel: openai.GPT4oMini,\n"
                "}\n"
                'r2 := openai.ChatCompletionRequest{Model: "gpt-4o"}\n'
                'llm, _ := ollama.New(ollama.WithModel("mistral"))\n'
                "model := anthropic.ModelClaude3_5SonnetLatest\n"
            ),
        },
        ("llama3.2", "gpt-4o", "mistral", "GPT4oMini", "ModelClaude3_5SonnetLatest"),
    ),
    "a notebook has magics, written files and parameters": (
        {
            "n.ipynb": (
                '{"cells":[\n'
                '{"cell_type":"code","source":["%pip install -q transformers\\n","!huggingface-cli download acme/nb-x\\n","from transformers import pipeline\\n","p = pipeline(model=\\"acme/nb-y\\")"],"outputs":[{"text":["acme/out-7b"]}]},\n'
                '{"cell_type":"code","source":["%%writefile app.py\\n","from transformers import AutoModel\\n","m = AutoModel.from_pretrained(\\"acme/nb-z\\")"],"outputs":[]},\n'
                '{"cell_type":"code","source":["%%bash\\n","ollama pull gemma:2b\\n"],"outputs":[]},\n'
                '{"cell_type":"code","source":["%env MODEL=acme/nb-w\\n","MODEL_ID = \\"acme/nb-v\\" #@param {type:\\"string\\"}"],"outputs":[]},\n'
                '{"cell_type":"markdown","source":["uses acme/md-7b"]}],"metadata":{},"nbformat":4}'
            ),
        },
        ("acme/nb-x", "acme/nb-y", "acme/nb-z", "gemma:2b", "acme/nb-w", "acme/nb-v"),
    ),
    "a cell may write a configuration": (
        {
            "n.ipynb": (
                '{"cells":[\n'
                '{"cell_type":"code","source":["%%writefile config.yaml\\n","base_model: acme/wy-x\\n","datasets:\\n","  - path: acme/wy-d\\n"],"outputs":[]}],"nbformat":4}'
            ),
        },
        ("acme/wy-x", "acme/wy-d"),
    ),
    "an evaluation names provider, task and model": (
        {
            "promptfooconfig.yaml": (
                "providers:\n"
                "  - openai:gpt-4o-mini\n"
                "  - anthropic:messages:claude-3-5-sonnet-20241022\n"
                "  - id: ollama:chat:llama3.1\n"
                "  - huggingface:text-generation:acme/pf-x\n"
            ),
        },
        (
            "openai:gpt-4o-mini",
            "anthropic:messages:claude-3-5-sonnet-20241022",
            "ollama:chat:llama3.1",
            "huggingface:text-generation:acme/pf-x",
        ),
    ),
    "arguments of arguments name models": (
        {
            "run.sh": (
                "lm_eval --model hf --model_args pretrained=acme/le-x,dtype=float --tasks hellaswag\n"
                'lighteval accelerate "pretrained=acme/le-y"\n'
            ),
        },
        ("acme/le-x", "acme/le-y"),
    ),
    "Elixir tags models of the Hub": (
        {
            "a.exs": ('{:ok, model} = Bumblebee.load_model({:hf, "acme/ex-x"})\n'),
        },
        ("acme/ex-x",),
    ),
    "a parameter file wraps values": (
        {
            "main.parameters.json": (
                '{"parameters":{"openAiModelName":{"value":"gpt-4o"},"embeddingDeploymentName":{"value":"embedding"}}}'
            ),
        },
        ("gpt-4o", "?embedding"),
    ),
    "a workflow nests values": (
        {
            "workflow.json": (
                '{"nodes":[{"parameters":{"model":"llama3.2:latest","options":{}},"type":"@n8n/n8n-nodes-langchain.lmChatOllama"},{"parameters":{"model":{"__rl":true,"mode":"list","value":"gpt-4o-mini"}},"type":"@n8n/n8n-nodes-langchain.lmChatOpenAi"}]}'
            ),
        },
        ("llama3.2:latest", "gpt-4o-mini"),
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
    "a sweep lists values below the key": (
        {
            "sweep.yaml": (
                "program: train.py\n"
                "method: grid\n"
                "parameters:\n"
                "  model_name:\n"
                '    values: ["nora/bert-s", "nora/bert-m"]\n'
                "  lr:\n"
                "    values: [0.1, 0.2]\n"
            ),
        },
        ("nora/bert-s", "nora/bert-m"),
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
    "a configuration is read though code reads it by keys": (
        {
            "config/app.json": ('{"encoder": {"pretrained": "nora/js-x"}, "index": "data/index"}'),
            "x.py": (
                "import json\n"
                'cfg=json.load(open("config/app.json"))\n'
                "from transformers import AutoModel\n"
                'AutoModel.from_pretrained(cfg["encoder"]["pretrained"])\n'
            ),
        },
        ("nora/js-x",),
    ),
    "PowerShell sets variables of its own and of the environment": (
        {
            "run.ps1": (
                '$env:MODEL_ID = "nora/ps-x"\n$Model = "llama3.2"\nollama pull $Model\nollama run mistral:7b\n'
            ),
        },
        ("nora/ps-x", "llama3.2", "mistral:7b"),
    ),
    "a client of the Hub makes a plain key sure": (
        {
            "a.ts": (
                'import { HfInference } from "@huggingface/inference";\n'
                "const hf = new HfInference(t);\n"
                'const r = await hf.textGeneration({ model: "nora/hi-x", inputs: "a" });\n'
                "await hf.featureExtraction({\n"
                '  model: "nora/hi-y",\n'
                '  inputs: "b" });\n'
            ),
        },
        ("nora/hi-x", "nora/hi-y"),
    ),
    "a gateway's names may end in a tier": (
        {
            "a.ts": (
                "const openrouter = createOpenRouter({ apiKey });\n"
                'const m = openrouter("meta-llama/llama-3.1-405b-instruct");\n'
                'const n = openrouter.chat("nora/or-x:free");\n'
            ),
        },
        ("meta-llama/llama-3.1-405b-instruct", "nora/or-x:free"),
    ),
    "settings of an application name deployments": (
        {
            "appsettings.json": (
                '{"AzureOpenAI": {"Endpoint": "https://x", "ChatDeployment": "gpt-4o", "EmbeddingDeploymentName": "ada-deploy"}, "Ollama": {"Model": "phi3"}}'
            ),
        },
        ("gpt-4o", "phi3", "?ada-deploy"),
    ),
    "the command line of Whisper takes sizes": (
        {
            "t.sh": ("whisper audio.mp3 --model medium --language de\nwhisperx a.wav --model large-v2 --diarize\n"),
        },
        ("medium", "large-v2"),
    ),
    "settings that are given as an example are read as what they are": (
        {"settings.yaml.example": "model: acme/ex-yaml\n", "config.json.sample": '{"model_name": "acme/ex-json"}'},
        ("acme/ex-yaml", "acme/ex-json"),
    ),
    "a name that is shown is no identifier": (
        {
            "models.ts": 'const M = {\n  modelId: "llama3-8b-8192",\n  modelName: "LLaMA3-8b-chat",\n  provider: "groq",\n};\n'
        },
        ("llama3-8b-8192",),
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
    "a name that is bound anew below is not what the call above loads": (
        {
            "a.ipynb": (
                '{"cells": [{"cell_type": "code", "source": ["from transformers import AutoModel\\n", "name = \\"acme/first-7b\\"\\n", "m = AutoModel.from_pretrained(name)"]},'
                ' {"cell_type": "code", "source": ["name = \\"our-run-2\\"\\n", "print(name)"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
            ),
        },
        ("acme/first-7b",),
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
    "the help of a PowerShell script names examples": (
        {
            "setup.ps1": (
                "<#\n.PARAMETER ChatModel\nThe model (e.g., gpt-4 or gpt-3.5-turbo).\n#>\n"
                '$chatModel = "gpt-4o"\n'
                "<# gpt-4-turbo #>\n"
            ),
        },
        ("gpt-4o",),
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
    "an object that names its provider says whose its model is": (
        {"a.ts": 'const M: LLM = {\n  modelId: "mixtral-8x7b-instruct",\n  provider: "perplexity",\n};\n'},
        ("mixtral-8x7b-instruct",),
    ),
    "a deployment that a variable names is unresolved in other languages as well": (
        {
            "a.ts": (
                "const azure = new OpenAI({ baseURL: `${ENDPOINT}/openai/deployments/${DEPLOYMENT_ID}` });\n"
                "const r = await azure.chat.completions.create({ model: DEPLOYMENT_ID as string, messages });\n"
            ),
        },
        ("?DEPLOYMENT_ID",),
    ),
    "lines that a backslash joins are one command": (
        {
            ".github/workflows/a.yml": (
                "jobs:\n  a:\n    steps:\n      - run: |\n"
                "          curl -s http://localhost:11434/api/generate \\\n"
                '            -d \'{"model": "nora/judge:q4"}\'\n'
            ),
            "run.sh": "docker run --gpus all \\\n  -v acme/x:/data \\\n  ghcr.io/huggingface/text-generation-inference:3.0\n",
            "long.sh": (
                "podman run \\\n" + "  -e A=11 \\\n" * 400 + "  vllm/vllm-openai:v0.6\n"
                "curl -s http://localhost:11434/api/chat \\\n"
                + "  -H a:b \\\n" * 400
                + '  -d \'{"model": "nora/far:q4"}\'\n'
            ),
            "a.ipynb": (
                '{"cells": [{"cell_type": "code", "source": ["!docker run -ti \\\\\\n", "  vllm/vllm-openai:v0.6\\n", "x = 1"]}],'
                ' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
            ),
        },
        ("nora/judge:q4", "nora/far:q4", "ghcr.io/huggingface/text-generation-inference", *["vllm/vllm-openai"] * 2),
    ),
    "starters of Spring AI count whichever client they use, and not in comments": (
        {
            "pom.xml": (
                "<dependency><groupId>org.springframework.ai</groupId>\n"
                "<artifactId>spring-ai-starter-model-openai-sdk</artifactId></dependency>\n"
                "<!-- <dependency>\n<artifactId>spring-ai-starter-model-anthropic</artifactId></dependency> -->\n"
            ),
        },
        ("spring-ai-starter-model-openai-sdk",),
    ),
    "folders of integration tests hold tests": (
        {"integration-tests/Run.java": 'class Run { static final String OPENAI_MODEL = "gpt-4o"; }\n'},
        (),
    ),
}
"""Files of a project, and the texts that gate; after a question mark, what is listed as unresolved."""


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_is_seen_and_nothing_is_invented(form: str, write: Callable[..., Path], tmp_path: Path) -> None:
    files, expected = FORMS[form]
    for name, text in files.items():
        write(name, text)
    references = scan(tmp_path)[0]
    gated = sorted(item.text for item in references if item.gate)
    assert gated == sorted(text for text in expected if not text.startswith("?"))
    unresolved = " ".join(" ".join((item.text, *item.how)) for item in references if item.resolved is None)
    assert all(text[1:] in unresolved for text in expected if text.startswith("?"))


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
