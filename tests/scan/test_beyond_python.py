"""Models as other languages than Python, and files that are no code, write them: what a gate must see, and no more."""

from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.model import Reference
from compliance.scan import scan

See = Callable[..., list[Reference]]

SEEN: dict[str, tuple[str, str, str]] = {
    "models of further services are known by their names": (
        "src/models.ts",
        """
export const MENU = ["qwen-max", "moonshot-v1-8k", "glm-4-plus", "solar-pro", "qwen-7b-chat", "ernie-4.0-8k"];
export const VOICE = "eleven_multilingual_v2";
""",
        "qwen-max moonshot-v1-8k glm-4-plus solar-pro ernie-4.0-8k eleven_multilingual_v2",
    ),
    "a key names the service of a model that only it has": (
        "application.yml",
        """
spring:
  ai:
    dashscope:
      chat:
        options:
          model: qwen-long
watsonx:
  model_id: ibm/granite-13b-chat-v2
""",
        "qwen-long ibm/granite-13b-chat-v2",
    ),
    "a name on the line after its call is the call's": (
        "main.rs",
        """
use hf_hub::api::sync::Api;
fn main() {
    let api = Api::new().unwrap();
    let repo = api.model(
        "acme/tiny".to_string(),
    );
}
""",
        "acme/tiny",
    ),
    "a C++ program says which weights it takes": (
        "src/main.cpp",
        """
#include "llama.h"
struct params {
    std::string model = "models/acme-small.bin"; // weights
    std::string api = "gpt-4o-mini";
};
""",
        "models/acme-small.bin gpt-4o-mini",
    ),
    "weights whose name says which model they are count in any call": (
        "Main.kt",
        """
val i = Interpreter(loadMappedFile(context, "mobilenet_v1_1.0_224_quant.tflite"))
val o = LlmInferenceOptions.builder().setModelPath("/data/local/tmp/llm/gemma2-2b-it-cpu-int8.task").build()
val other = File("/data/local/tmp/settings.task")
""",
        "mobilenet_v1_1.0_224_quant.tflite /data/local/tmp/llm/gemma2-2b-it-cpu-int8.task",
    ),
    "weights are known by a path with backslashes": (
        "Program.cs",
        """
var parameters = new ModelParams(@"C:\\models\\llama-2-7b-chat.Q4_K_M.gguf");
""",
        "C:\\models\\llama-2-7b-chat.Q4_K_M.gguf",
    ),
    "an application of Swift names the ending of its weights apart": (
        "Chat.swift",
        """
let url = Bundle.main.url(forResource: "llama-2-7b-chat.Q4_0", withExtension: "gguf")
let icon = Bundle.main.url(forResource: "llama-icon-2", withExtension: "png")
""",
        "llama-2-7b-chat.Q4_0",
    ),
    "weights that a cluster or a registry holds are told by their address": (
        "values.yaml",
        """
model:
  modelArtifactURI: pvc://claim/acme/chat-7b
---
name: blue
model: azureml://registries/azureml-meta/models/Meta-Llama-3-8B-Instruct/versions/2
""",
        "pvc://claim/acme/chat-7b azureml://registries/azureml-meta/models/Meta-Llama-3-8B-Instruct/versions/2",
    ),
    "a workspace of KAITO names a preset": (
        "workspace.yaml",
        """
apiVersion: kaito.sh/v1beta1
kind: Workspace
inference:
  preset:
    name: falcon-7b-instruct
""",
        "falcon-7b-instruct",
    ),
    "a deployment of Azure may be of another maker's model": (
        "main.bicep",
        """
resource d 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  properties: {
    model: {
      format: 'Microsoft'
      name: 'Phi-4'
    }
  }
}
""",
        "Phi-4",
    ),
    "what the environment of a container is given counts by its shape where no list knows it": (
        "compose.yaml",
        """
services:
  app:
    environment:
      - AGENT_MODEL=${MODEL_NAME:-gemma-3-4b-it-house}
      - EMBEDDING_MODEL=granite-embedding-107m-house
""",
        "gemma-3-4b-it-house granite-embedding-107m-house",
    ),
    "voices of Piper and models of Coqui are known by their names": (
        "speak.sh",
        """
piper --model en_US-lessac-medium < text
tts --model_name tts_models/multilingual/multi-dataset/xtts_v2 --text hi
""",
        "en_US-lessac-medium tts_models/multilingual/multi-dataset/xtts_v2",
    ),
    "WhisperKit is given a size": (
        "App.swift",
        """
let kit = try await WhisperKit(WhisperKitConfig(model: "large-v3"))
""",
        "large-v3",
    ),
    "the command line of GitHub asks GitHub Models": (
        "ask.sh",
        """
gh models run openai/gpt-4o "hi"
""",
        "openai/gpt-4o",
    ),
    "of a page only scripts and menus count": (
        "index.html",
        """
<p title="gpt-4">We like "gpt-4o" and don't use 'claude-3-opus-20240229'.</p>
<select><option value="gpt-4.1">GPT</option></select>
<script type="module">
import { pipeline } from "https://cdn.jsdelivr.net/npm/@huggingface/transformers";
const asr = await pipeline("automatic-speech-recognition", "acme/whisper-tiny");
</script>
""",
        "gpt-4.1 acme/whisper-tiny",
    ),
    "Razor pages and F# scripts are read": (
        "Pages/Chat.razor",
        """
@code {
    private string chatModel = "gpt-4.1-mini";
}
""",
        "gpt-4.1-mini",
    ),
    "Triton names what it serves in its own format": (
        "models/chat/config.pbtxt",
        """
name: "chat"
parameters {
  key: "model_name"
  value: { string_value: "mistralai/Mistral-7B-Instruct-v0.2" }
}
""",
        "mistralai/Mistral-7B-Instruct-v0.2",
    ),
    "what OpenRouter, Replicate, Ollama and Docker put after and before a name": (
        "src/bot.ts",
        """
// ollama, or a gateway
const free = pick("meta-llama/llama-3.3-8b-instruct:free", "acme/tool:latest");
const video = run("acme/film:83b6a56e7c828e667f21fd596c338fd4f0039b46bcfa18d973e8e70e455fda70");
const local = { default: "llama3.2-vision:latest", small: "qwen3:4b", docker: "ai/smollm2:360M-Q4_K_M", lib: "ai/react" };
""",
        "meta-llama/llama-3.3-8b-instruct:free acme/film:83b6a56e7c828e667f21fd596c338fd4f0039b46bcfa18d973e8e70e455fda70 llama3.2-vision:latest qwen3:4b ai/smollm2:360M-Q4_K_M",
    ),
    "a text of a manifest holds settings and code of its own": (
        "k8s/ray.yaml",
        """
kind: RayService
spec:
  serveConfigV2: |
    applications:
      - name: chat
        runtime_env:
          env_vars:
            MODEL_ID: "acme/chat-7b-v2"
            MODEL_NAME_SUFFIX: none
---
kind: ConfigMap
data:
  serve.py: |
    import os
    model = os.environ.get('MODEL_ID', 'acme/other-8b')
""",
        "acme/chat-7b-v2 acme/other-8b",
    ),
    "an expression of a workflow has a default": (
        ".github/workflows/e2e.yml",
        """
jobs:
  e2e:
    env:
      MODEL: ${{ inputs.model || 'gpt-4o-mini' }}
    steps:
      - run: docker run -e DEFAULT_LLM="${{ secrets.DEFAULT_LLM || 'openai:gpt-4.1' }}" app
""",
        "gpt-4o-mini openai:gpt-4.1",
    ),
    "n8n writes a value as an expression, and a request as a text": (
        "flows/chat.json",
        r"""
{"nodes": [
  {"parameters": {"model": "=deepseek-reasoner"}},
  {"parameters": {"jsonBody": "={\n \"model\": \"meta-llama/llama-3.1-70b-instruct:free\",\n \"messages\": []}"}}
]}
""",
        "deepseek-reasoner meta-llama/llama-3.1-70b-instruct:free",
    ),
    "Kotlin and C# keep the models of a service in classes": (
        "src/Agent.kt",
        """
val a = agent(llm = OpenAIModels.Chat.GPT4o, fix = OpenAIModels.Reasoning.GPT4oMini)
val b = agent(llm = AnthropicModels.Sonnet_3_5)
val c = OllamaModels.Meta.LLAMA_3_2
val d = GoogleModels.Gemini2_5Pro
val e = OpenAIModels.list(); val f = ViewModels.Version2
""",
        "GPT4o GPT4oMini Sonnet_3_5 LLAMA_3_2 Gemini2_5Pro",
    ),
    "Go calls a package as it likes": (
        "main.go",
        """
import gogpt "github.com/sashabaranov/go-openai"
var a = gogpt.GPT4oMini
var b = gogpt.SmallEmbedding3
var c = anthropic.ModelClaude_3_Opus_20240229
var d = bedrock.ModelAmazonNovaProV1
var e = http.StatusText2
""",
        "GPT4oMini SmallEmbedding3 ModelClaude_3_Opus_20240229 ModelAmazonNovaProV1",
    ),
    "Rust imports constants by their names": (
        "src/main.rs",
        """
use rig::providers::openai::{self, Client, GPT_4O};
use rig_bedrock::completion::AMAZON_NOVA_LITE;
use async_openai::config::OPENAI_API_BASE;
fn main() {
    let a = client.agent(GPT_4O);
    let b = bedrock.agent(AMAZON_NOVA_LITE);
    let c = anthropic::completion::CLAUDE_SONNET_4;
}
""",
        "GPT_4O AMAZON_NOVA_LITE CLAUDE_SONNET_4",
    ),
    "Swift leaves the type of a model out": (
        "Chat.swift",
        """
import OpenAI
let query = ChatQuery(messages: [], model: .gpt4_o_mini)
let other = ChatQuery(messages: [], model: .gpt4_1)
""",
        "gpt4_o_mini gpt4_1",
    ),
    "a list of models holds models that no list knows": (
        "config/models.ts",
        """
export const GROQ_MODELS = [
  "llama-3.1-405b-reasoning",
  "gemma2-9b-it",
];
const VALID_REASONING_MODELS = ['o1', 'o3-mini'];
const sizes = ["llama-box-2", "o1"];
export const MENU: Model[] = [{ id: "phi-4-mini", name: "Phi-4 mini" }, { modelId: "qwen9-vl", modelName: "Qwen9-VL" }];
""",
        "llama-3.1-405b-reasoning gemma2-9b-it o1 o3-mini phi-4-mini qwen9-vl",
    ),
    "what a name is matched with is no use of a model": (
        "lib/kind.ts",
        """
export const isVision = (model: string) => model.startsWith("gpt-5") || model.includes('gemini-1.5');
const used = "gpt-4o";
""",
        "gpt-4o",
    ),
    "a constant for a model may have its name in the key": (
        "llms/ernie/option.go",
        """
package ernie
const (
	ModelNameLlama2_7BChat = "Llama-2-7b-chat"
	Title = "Llama-2-7b-party"
)
func f() { huggingface.New(); llms.WithModel("gpt2") }
""",
        "Llama-2-7b-chat gpt2",
    ),
    "settings hold models that no list knows, labels do not": (
        "values.yaml",
        """
llm:
  model: Phi-9-mini-instruct
reranker:
  model: hf:acme/small-rank
  other_model: ms-marco-MiniLM-L-6-v2
metadata:
  labels:
    model: llama3-pv
""",
        "Phi-9-mini-instruct hf:acme/small-rank ms-marco-MiniLM-L-6-v2",
    ),
    "a profile of Quarkus stands before its key": (
        "src/main/resources/application.properties",
        """
%dev.quarkus.langchain4j.ollama.chat-model.model-id=mistral
%prod,eu.quarkus.langchain4j.openai.chat-model.model-name=gpt-4o
""",
        "mistral gpt-4o",
    ),
    "an address of Bedrock names its model whatever else is put in": (
        "main.tf",
        """
locals {
  embed = "arn:aws:bedrock:${var.region}::foundation-model/amazon.titan-embed-text-v1"
}
""",
        "amazon.titan-embed-text-v1",
    ),
    "a CDK stack puts the region into the address": (
        "lib/stack.ts",
        """
const arn = `arn:aws:bedrock:${this.region}::foundation-model/anthropic.claude-3-haiku-20240307-v1:0`;
""",
        "anthropic.claude-3-haiku-20240307-v1:0",
    ),
    "KServe takes a model from a bucket, and serves it under a name of ours": (
        "infer.yaml",
        """
kind: InferenceService
spec:
  predictor:
    model:
      storageUri: gs://acme-models/iris/1.0
      args: ["--served-model-name", "qwen", "--model", "acme/foo-7b"]
""",
        "gs://acme-models/iris/1.0 acme/foo-7b",
    ),
    "Rust names a repository with its revision, by a setter, and in tests": (
        "src/lib.rs",
        """
use hf_hub::Repo;
fn pick() -> (&str, &str) { if quantized { ("acme/candle-tiny", "main") } else { default() } }
fn build() { EmbedderBuilder::new().model_id(Some("acme/potion-base")) }
#[cfg(test)]
mod tests {
    fn works() { let e = Embedder::new("Qwen/Qwen3-0.6B"); }
}
""",
        "acme/candle-tiny acme/potion-base",
    ),
    "clients of C# take a deployment or a model": (
        "Program.cs",
        """
IChatClient a = Utils.CreateAzureOpenAIClient(endpoint).AsChatClient("chat");
IChatClient b = new OllamaApiClient(new Uri(address), "llama3.2");
IChatClient c = new OllamaChatClient("http://localhost:11434/", "all-minilm");
""",
        "?chat llama3.2 all-minilm",
    ),
    "a record in code names the service of its model": (
        "catalog.go",
        """
var menu = []Entry{
	{Name: "image-01", Provider: "minimax", API: "native", Note: "MiniMax Image-01."},
	{Name: "left-pad-2", Provider: "npm"},
}
const defaultMiniMaxImageModel = "image-02"
const kokoroModelURL = "https://github.com/acme/voices/releases/download/v1/kokoro-v1_0.tar.bz2"
const embed = "https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001:embedContent"
""",
        "image-01 image-02 https://github.com/acme/voices/releases/download/v1/kokoro-v1_0.tar.bz2 gemini-embedding-001",
    ),
    "a recipe of Ollama may bear any name": (
        "ollama_models/Qwen2.5-7b-8k",
        """
FROM qwen2.5:7b-instruct
PARAMETER num_ctx 8096
""",
        "qwen2.5:7b-instruct",
    ),
    "Spring lists further models": (
        "application.properties",
        """
spring.ai.ollama.init.embedding.additional-models[0]=mxbai-embed-large
app.choice=${LLM_CHOICE:gpt-4o-mini}
""",
        "mxbai-embed-large gpt-4o-mini",
    ),
    "a job names its model with a short option": (
        "job.yaml",
        """
args:
- -s=jetstream-pytorch
- -m=google/gemma-7b-it-pytorch
- -o=gs://acme/out
modelPuller: nvcr.io/nim/meta/llama-3.1-8b-instruct:1.3.3
""",
        "google/gemma-7b-it-pytorch nvcr.io/nim/meta/llama-3.1-8b-instruct:1.3.3",
    ),
    "a name that is shown of a model is no model": (
        "app.config.ts",
        """
export const names = { 'openai/gpt-5': 'GPT-5' };
""",
        "openai/gpt-5",
    ),
    "a manifest holds a whole file of settings": (
        "cm.yaml",
        """
kind: ConfigMap
data:
  configmap.yaml: |
    vLLMLoRAConfig:
      defaultBaseModel: meta-llama/Llama-3.1-8B-Instruct
      ensureExist:
        models:
        - id: food-review
          source: acme/food-finetune_v14
""",
        "meta-llama/Llama-3.1-8B-Instruct acme/food-finetune_v14",
    ),
    "a name that begins with a maker's is not the maker's service": (
        "Models.swift",
        """
let supportedModels = ["openai_whisper-large-v3_turbo"]
""",
        "openai_whisper-large-v3_turbo",
    ),
}
"""A path, a text, and what is seen in it; `?name` is listed as unresolved."""


@pytest.mark.parametrize("name", SEEN)
def test_what_a_gate_must_see_is_seen(see, name):
    path, text, expected = SEEN[name]
    found = see(path, text)
    gating = {item.text for item in found if item.gate}
    in_use = {"used", "default", "option"}
    riddles = {f"?{item.text}" for item in found if item.resolved is None and item.location.role in in_use}
    assert gating | riddles == set(expected.split())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.py", """exec("from transformers import AutoModel; AutoModel.from_pretrained('acme/base-7b')")"""),
        ("app.py", """exec('''\n    model = AutoModel.from_pretrained("acme/base-7b")\n''')"""),
        ("app.py", """code = "AutoModel.from_pretrained('acme/base-7b')"\nexec(compile(code, 'x', 'exec'))"""),
        ("app.py", """exec("AutoModel.from_pretrained('acme/" + "base-7b')")"""),
        ("app.py", """subprocess.run([sys.executable, "-c", "AutoModel.from_pretrained('acme/base-7b')"])"""),
        ("app.py", """cmd = [python, "-c", "AutoModel.from_pretrained('acme/base-7b')"]\nrun(cmd)"""),
        ("app.py", """Popen(("python3", "-I", "-c", "AutoModel.from_pretrained('acme/base-7b')"), env=env)"""),
        ("app.py", """model = eval("AutoModel.from_pretrained('acme/base-7b')")"""),
        ("fast.pyx", "cdef object model = AutoModel.from_pretrained('acme/base-7b')"),
        ("app.pyw", "AutoModel.from_pretrained('acme/base-7b')"),
        ("Jenkinsfile", "stage('x') { steps { sh 'huggingface-cli download acme/base-7b' } }"),
        ("get.fish", "hf download acme/base-7b"),
        ("MLproject", "entry_points:\n  main:\n    command: python train.py --model acme/base-7b\n"),
        ("OAI_CONFIG_LIST", '[{"model": "acme/base-7b"}]'),
        ("chat.prompty", "---\nmodel:\n  name: acme/base-7b\n---\nsystem: hello\n"),
        ("clients.baml", 'client<llm> Main {\n  options {\n    model "acme/base-7b"\n  }\n}\n'),
        ("config.json5", "{ // of ours\n  model: 'acme/base-7b', }"),
        ("study.Rmd", "Of acme/other-7b.\n```{python}\nAutoModel.from_pretrained('acme/base-7b')\n```\n"),
        ("study.qmd", "```{bash}\nhf download acme/base-7b\n```\n```{python, eval=FALSE}\nmodel = 'acme/no-7b'\n```\n"),
        ("App.config", '<add key="Chat:ModelId" value="acme/base-7b" />'),
        ("strings.xml", '<!-- <model>acme/no-7b</model> --><resources><string name="chat_model">acme/base-7b</string></resources>'),
        ("Info.plist", "<dict><key>ModelId</key>\n<string>acme/base-7b</string></dict>"),
        ("requirements.txt", "base @ git+https://huggingface.co/acme/base-7b@main  # https://huggingface.co/acme/no-7b\n"),
        ("requirements.txt", "https://huggingface.co/acme/base-7b/resolve/main/base-1.0-py3-none-any.whl\n"),
        ("ask.sql", "SELECT pgml.embed('acme/base-7b', body) FROM t; -- model"),
        ("values.yaml", "model:\n  repository: acme/base-7b\n"),
        ("values.yaml.gotmpl", "model: acme/base-7b\n"),
        ("model.textproto", 'model: "acme/base-7b"\n'),
        ("models.bzl", 'MODEL = "acme/base-7b"  # of "acme/other-7b"\n'),
        ("build.gradle", 'def model = "acme/base-7b"\n'),
        ("deploy.jsonnet", '{ model: "acme/base-7b" }\n'),
        ("ask.pl", 'my $model = "acme/base-7b"; # model = "acme/other-7b"\n'),
        ("CMakeLists.txt", 'file(DOWNLOAD "https://huggingface.co/acme/base-7b/resolve/main/config" config)  # model\n'),
        ("package.json", '{"scripts": {"get": "hf download acme/base-7b"}, "repository": "acme/other-7b"}'),
    ],
)  # fmt: skip
def test_no_kind_of_file_that_runs_a_model_is_passed_by(see: See, path: str, text: str) -> None:
    assert [item.resolved for item in see(path, text) if item.gate] == ["hf:acme/base-7b"]


def test_a_text_that_is_run_names_its_model_where_it_stands(see: See) -> None:
    (found,) = [
        item for item in see("a.py", 'x = 1\nexec("""\nAutoModel.from_pretrained("acme/base")\n""")\n') if item.gate
    ]
    assert (found.location.line, found.location.column) == (3, 28)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('exec("m = AutoModel.from_pretrained(\'" + name + "\')")', ["from_pretrained()"]),
        ("exec(f\"m = AutoModel.from_pretrained('{name}')\")", ["from_pretrained()"]),
        ("run([sys.executable, '-c', f\"AutoModel.from_pretrained('{name}')\"])", ["from_pretrained()"]),
        ("exec(open('version.py').read())\nprint(eval('1+' + one))\nexec(code)", []),
    ],
)
def test_a_program_that_is_put_together_and_loads_a_model_is_told(see: See, text: str, told: list[str]) -> None:
    assert [item.text for item in see("a.py", text) if item.kind == "unresolved"] == told


def test_what_tests_and_texts_in_xml_name_is_no_use(see: See) -> None:
    found = see(
        "junit.xml", '<testcase classname="weights" name="BAAI/bge-m3"><p>deepseek-ai/DeepSeek-V3</p></testcase>'
    )
    assert [item.location.role for item in found] == ["docs", "docs"]


def test_cython_is_no_fault_of_python(tmp_path: Path) -> None:
    (tmp_path / "fast.pyx").write_text("cdef int model = 1\n# AutoModel.from_pretrained('acme/base-7b')\n")
    assert scan(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("path", "text", "resolved"),
    [
        ("stack.ts", "m(FoundationModelIdentifier.ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0)", "bedrock:anthropic.claude-3-haiku-20240307-v1:0"),
        ("ask.sql", "SELECT SNOWFLAKE.CORTEX.COMPLETE('llama3.1-70b', x)", "snowflake:llama3.1-70b"),
        ("ask.sql", "SELECT ai_query('databricks-dbrx-instruct', x) -- model", "databricks:databricks-dbrx-instruct"),
        ("ask.sql", "CREATE MODEL m REMOTE WITH CONNECTION c OPTIONS (ENDPOINT = 'gemini-1.5-pro')", "google:gemini-1.5-pro"),
        ("flake.nix", 'services.ollama = { loadModels = [ "llama3.1:8b" ]; }; # "llama3.2:1b"', "ollama:llama3.1:8b"),
        ("draw.ts", 'await fal.queue.submit("fal-ai/flux/dev", {})', "gateway:fal-ai/flux/dev"),
        ("flow.json", '{"nodes": [{"widgets_values": ["flux1-dev.safetensors", 20]}]}', "file:flux1-dev.safetensors"),
        ("main.tf", 'publisher_model_name = "publishers/google/models/gemma3@gemma-3-1b-it"', "gateway:publishers/google/models/gemma3@gemma-3-1b-it"),
    ],
)  # fmt: skip
def test_what_services_run_is_read_as_queries_and_infrastructure_name_it(
    see: See, path: str, text: str, resolved: str
) -> None:
    assert [item.resolved for item in see(path, text) if item.gate] == [resolved]
