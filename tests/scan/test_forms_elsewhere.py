"""How other languages and configuration write models down, one form each: what a gate must see, and nothing else."""

from collections.abc import Callable

import pytest

FORMS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
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
    "a name that is bound anew below is not what the call above loads": (
        {
            "a.ipynb": (
                '{"cells": [{"cell_type": "code", "source": ["from transformers import AutoModel\\n", "name = \\"acme/first-7b\\"\\n", "m = AutoModel.from_pretrained(name)"]},'
                ' {"cell_type": "code", "source": ["name = \\"our-run-2\\"\\n", "print(name)"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
            ),
        },
        ("acme/first-7b",),
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
def test_a_form_is_seen_and_nothing_is_invented(form: str, gates: Callable[..., None]) -> None:
    gates(*FORMS[form])
