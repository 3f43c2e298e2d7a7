"""Names of the models of services: OpenAI and its like, Bedrock, Azure, Ollama, and gateways to several."""

import re

from compliance.scan import known
from compliance.scan.hub import BARE, ID, OTHER_FILE, PLACEHOLDER, Name, hub_id, known_owner
from compliance.scan.patterns import pattern as lazily

API = {
    "openai": lazily(
        r"(?:gpt-(?:3\.5|35|4|4o|4\.1|4\.5|5)(?![0-9.]*b\b)(?:[.-][A-Za-z0-9.:-]+|o[A-Za-z0-9.:-]*)?|chatgpt-4o-latest"
        r"|o[134](?:-(?:mini|preview|pro|deep-research)[A-Za-z0-9.-]*|-\d{4}-\d\d-\d\d)?"
        r"|text-embedding-(?:ada-002|3-small|3-large)|text-(?:davinci|curie|babbage|ada)-\d{3}|(?:davinci|babbage)-002"
        r"|code-davinci-00\d|dall-e-[23]|gpt-image-\d[A-Za-z0-9.-]*|gpt-realtime[A-Za-z0-9.-]*|gpt-audio[A-Za-z0-9.-]*|whisper-1"
        r"|tts-1(?:-hd)?(?:-\d+)?|(?:text|omni)-moderation-[A-Za-z0-9-]+|codex-mini-latest|computer-use-preview|sora-2(?:-pro)?"
        r"|ft:gpt-[A-Za-z0-9.:-]+)",
        re.IGNORECASE,
    ),
    "anthropic": lazily(
        r"claude-(?:instant|[1-9]|opus|sonnet|haiku|v\d|fable|mythos)[A-Za-z0-9.@:-]*|claude-?v[12](?:\.\d)?",
        re.IGNORECASE,
    ),
    "google": lazily(
        r"(?:models/)?(?:gemini-(?:\d|pro|ultra|flash|nano|exp|embedding|robotics|live)[A-Za-z0-9.-]*"
        r"|(?:text-embedding-00\d|text-multilingual-embedding-00\d)|(?:text|chat|code|codechat)-bison[A-Za-z0-9@.-]*"
        r"|textembedding-gecko[A-Za-z0-9@.-]*|imagen-?[\d][A-Za-z0-9.-]*|imagegeneration@\d+|veo-\d[A-Za-z0-9.-]*|learnlm-[A-Za-z0-9.-]+)"
        r"|models/[a-z][A-Za-z0-9.-]*\d[A-Za-z0-9.-]*",
        re.IGNORECASE,
    ),
    "mistral": lazily(
        r"(?:open-)?(?:mistral|mixtral|codestral|ministral|pixtral|magistral|devstral|voxtral)-[A-Za-z0-9.-]*(?:latest|-\d{4})"
        r"|mistral-(?:tiny|small|medium|large|embed|moderation|ocr|saba)(?:-[\w.]+)*|codestral-embed[A-Za-z0-9-]*"
        r"|open-(?:mistral|mixtral)-[A-Za-z0-9.-]+",
        re.IGNORECASE,
    ),
    "cohere": lazily(
        r"command-(?:r-plus|r7b-\d|(?:r|a|r-plus)-\d\d-\d{4})[A-Za-z0-9-]*|embed-(?:english|multilingual)-[A-Za-z0-9.-]*v\d\.\d|embed-v4\.0"
        r"|rerank-(?:english-|multilingual-)?v\d(?:\.\d)?(?:-\w+)?|c4ai-aya-[A-Za-z0-9.-]+|command-(?:light|nightly|light-nightly)",
        re.IGNORECASE,
    ),
    "deepseek": lazily(r"deepseek-(?:chat|reasoner|v\d(?:\.\d)?-(?:flash|pro))", re.IGNORECASE),
    "xai": lazily(r"grok-(?:\d|beta|vision|code|imagine)[A-Za-z0-9.-]*", re.IGNORECASE),
    "groq": lazily(
        r"(?:llama-?3(?:\.\d)?-\d+b-(?:8192|instant|versatile|specdec|preview|\d+k[A-Za-z0-9-]*)"
        r"|llama3-(?:8b|70b)-8192|mixtral-8x7b-32768|gemma-7b-it|llama-guard-3-8b|deepseek-r1-distill-llama-70b)"
    ),
    "perplexity": lazily(
        r"sonar-(?:small|medium|large)-(?:chat|online)|sonar(?:-pro|-reasoning|-reasoning-pro|-deep-research)|llama-3\.1-sonar-[A-Za-z0-9-]+"
    ),
    "voyage": lazily(
        r"rerank-(?:lite-)?[12](?:\.\d)?(?:-lite)?|voyage-(?:\d|large|code|law|finance|multilingual|multimodal|context|lite)[A-Za-z0-9.-]*"
    ),
    "elevenlabs": lazily(r"eleven_(?:multilingual|monolingual|turbo|flash)_v\d[\w.]*|eleven_v\d"),
    "dashscope": lazily(
        r"(?:qwen|qwq|qvq)(?:\d(?:\.\d)?)?-(?:(?:vl|coder|omni|math|audio|mt|image|tts|asr|deep)-)?(?:max|plus|turbo|flash|long|ocr|lite"
        r"|research)(?:-(?:latest|preview|realtime|\d{4}-\d\d-\d\d|\d{4}))*|text-embedding-v\d|gte-rerank(?:-v\d)?"
        r"|wanx?[\d.]*-(?:t2i|t2v|i2v)[\w-]*|(?:paraformer|sambert|cosyvoice)-[\w-]+"
    ),
    "moonshot": lazily(r"moonshot-v1-(?:8k|32k|128k|auto)[a-z-]*|kimi-(?:latest|thinking-preview|k2[.-][\w.-]+)"),
    "zai": lazily(
        r"glm-(?:4|4v|4\.1v|4\.5v?|z1)-(?:plus|air|airx|flash|flashx|long|x|alltools|thinking-flash|\d{4})(?:-\w+)*|glm-(?:4\.[5-9]|5[\d.]*)v?"
        r"(?:-(?:turbo|flash|flashx|air|airx|x))?|cogview-\d[\w-]*|charglm-\d"
    ),
    "minimax": lazily(r"abab[5-7](?:\.\d)?[a-z]?-chat(?:-\w+)?|minimax-(?:m\d|text-01)[\w.-]*", re.IGNORECASE),
    "qianfan": lazily(
        r"ernie-(?:bot|(?:\d\.\d|speed|lite|tiny|char|x1)[\w.-]*-\d+k)(?:-(?:turbo|pro|4|8k|preview|latest|\d{4}))*",
        re.IGNORECASE,
    ),
    "doubao": lazily(r"doubao-(?:pro|lite|seed|vision|embedding|seedream|seedance|1[.-]5)-[\w.-]+", re.IGNORECASE),
    "hunyuan": lazily(r"hunyuan-(?:lite|standard|pro|turbos?|code|role|vision|embedding|t1)(?:-[\w-]+)?"),
    "upstage": lazily(
        r"solar-(?:pro|mini)(?:\d|-(?:preview|instruct|\d{6}))*|solar-1-mini-[\w-]+|solar-embedding-\d-large(?:-\w+)?"
    ),
    "ai21": lazily(r"jamba-(?:mini|large|instruct|1\.\d-(?:mini|large))(?:-[\w.-]+)?|j2-(?:ultra|mid|light|jumbo-\w+)"),
    "yi": lazily(r"yi-(?:large|medium|lightning|spark|vision)(?:-[a-z0-9-]+)?"),
    "stepfun": lazily(r"step-(?:1[vox]?|2|3)-(?:\d+k|mini|flash|large|medium)[\w-]*"),
    "jina": lazily(r"jina-(?:embeddings|reranker|clip|colbert)-(?:v\d|m\d)[\w.-]*"),
    "reka": lazily(r"reka-(?:core|flash|edge)(?:-[\w.-]+)?"),
    "writer": lazily(r"palmyra-(?:x\d|x-\d|med|fin|creative|vision)[\w.-]*"),
    "inception": lazily(r"mercury-coder[\w-]*"),
    "maritaca": lazily(r"sabia(?:zinho)?-\d[\w.-]*"),
    "watsonx": lazily(r"ibm/slate-\d+m-[\w.-]+"),
    "stability": lazily(
        r"stable-image-(?:core|ultra)|stable-diffusion-(?:512-v2-1|768-v2-1|v1-6|xl-1024-v\d-\d|xl-beta-[\w-]+)"
        r"|sd3(?:\.5)?-(?:large|medium|flash)(?:-turbo)?"
    ),
    "bfl": lazily(r"flux-(?:pro|kontext-(?:pro|max))(?:-[\d.]+)?(?:-\w+)?"),
}

_BEDROCK = lazily(
    r"(?:(?:us|eu|apac|global|us-gov|au|jp|ca)\.)?(?:amazon|anthropic|ai21|cohere|meta|mistral|stability|deepseek|qwen"
    r"|openai|writer|luma|twelvelabs|google|nvidia|moonshotai|minimax|zai)\.(?=[a-z0-9.-]*\d)[a-z][\w.-]*?(?:-v\d+(?:\.\d+)?|v\d)?[\w.-]*(?::\d+(?::\w+)?)?"
)

_ARN = lazily(r"arn:aws[\w-]*:bedrock:[\w-]*:\d*:(?:foundation-model|inference-profile)/(?P<model>[\w.:-]+)")
_ACCOUNTS = lazily(r"accounts/[\w-]+/(?:models|deployments)/[\w./-]+")
_BEDROCK_FULL = lazily(r"-v\d|:\d|claude-[a-z]+-\d|nova-|-\d+b|titan-|kimi-|glm-\d|minimax-m")

OLLAMA_TAG = lazily(
    r"[a-z0-9][\w.-]*(?:/[\w.-]+)?:(?:latest|cloud|instruct|chat|text|code|[\w.-]*\d+(?:\.\d+)?[bm][\w.-]*)"
)

_PREFIXED = lazily(
    r"(?P<provider>openai|azure|azure_ai|anthropic|gemini|google|google_genai|google_vertexai|google-gla|google-vertex"
    r"|vertex_ai|bedrock|bedrock_converse|cohere|mistral|mistralai|groq|ollama|ollama_chat|huggingface|openrouter"
    r"|together_ai|together|togetherai|fireworks_ai|fireworks|deepseek|xai|x-ai|perplexity|replicate|deepinfra|anyscale"
    r"|databricks|nvidia_nim|nvidia|voyage|vercel|sagemaker|watsonx|github|sambanova|cerebras|hosted_vllm|text-completion-openai"
    r"|dashscope|moonshot|zai|zhipuai|minimax|volcengine|upstage|ai21|jina_ai|hyperbolic|nebius|novita|lm_studio|cloudflare)"
    r"(?P<by>[/:])(?:(?:chat|completions?|messages|embeddings?|text-generation|feature-extraction):)?(?P<model>\S+)"
)

_TASKED = lazily(
    r"(?:openai|anthropic|google|vertex|bedrock|mistral|cohere|groq|ollama|huggingface|replicate|openrouter)"
    r":(?:chat|completions?|messages|embeddings?|text-generation|feature-extraction):\S"
)

_ROUTED = lazily(r"[\w-]+/[\w.-]+:(?:free|beta|nitro|online|thinking|floor|extended|exacto|[0-9a-f]{64})")
"""How OpenRouter names ways to a model, and Replicate its versions."""

_MODEL_LIKE = lazily(
    r"gpt-|o[134](?:-|$)|text-embedding-|dall-e|whisper|tts-|phi-|mistral-|llama-|cohere-|deepseek", re.IGNORECASE
)

_CAPITALS = ("ft:", "ai21.", "models/", "MiniMax-", "ERNIE-", "Doubao-")
"""First letters of names that services spell with capitals."""

_GATEWAYS = frozenset(
    "openrouter together_ai together togetherai fireworks_ai fireworks deepinfra anyscale replicate databricks "
    "nvidia_nim "
    "vercel github sambanova cerebras nvidia hyperbolic nebius novita lm_studio cloudflare".split()
)

_CANONICAL = {
    "azure_ai": "azure",
    "gemini": "google",
    "google_genai": "google",
    "google_vertexai": "google",
    "google-gla": "google",
    "google-vertex": "google",
    "vertex_ai": "google",
    "bedrock_converse": "bedrock",
    "mistralai": "mistral",
    "ollama_chat": "ollama",
    "x-ai": "xai",
    "huggingface": "hf",
    "text-completion-openai": "openai",
    "zhipuai": "zai",
    "volcengine": "doubao",
    "jina_ai": "jina",
}


def api(text: str, *, loose: bool = False) -> Name | None:
    """The model of an API service whose shape nothing else has; capitals only count where `loose`, as in prose."""
    if text.startswith("arn:"):
        found = _ARN.fullmatch(text)
        return api(found["model"])._replace(text=text) if found and api(found["model"]) else None  # type: ignore[union-attr]
    if not loose and text != text.lower() and not text.startswith(_CAPITALS):
        return None
    for service, pattern in API.items():
        if pattern.fullmatch(text):
            if (
                service == "google"
                and text.startswith("models/")
                and not re.search(r"gemini|embedding|bison|gemma", text)
            ):
                return None
            return Name("api-model", api_id(service, text))
    if _BEDROCK.fullmatch(text) and _BEDROCK_FULL.search(text):
        return Name("api-model", f"bedrock:{text}")
    return None


def api_id(service: str, text: str) -> str:
    """The id of a service's model, as the service spells it."""
    plain = text.removeprefix("models/")
    if service == "openai":
        plain = {"gpt-3.5": "gpt-3.5-turbo"}.get(plain.lower(), plain.lower() if plain.startswith("GPT") else plain)
        if plain.startswith("gpt-35"):
            return f"azure:{plain}"
    if service == "anthropic" and re.fullmatch(r"claude-?v2", plain, re.IGNORECASE):
        return "bedrock:anthropic.claude-v2"
    return f"{service}:{plain}"


def bedrock(text: str) -> Name | None:
    """A model of Bedrock where a key says so: without the version, which elsewhere tells it from other names."""
    return Name("api-model", f"bedrock:{text}") if _BEDROCK.fullmatch(text) else None


def gateway(text: str) -> Name | None:
    """`provider/model` where the model, too, is a known one, and the paths of Fireworks."""
    if _ACCOUNTS.fullmatch(text):
        return Name("api-model", f"fireworks:{text}")
    if _ROUTED.fullmatch(text):
        return Name("api-model", f"gateway:{text}")
    found = _PREFIXED.fullmatch(text)
    if found is None or OTHER_FILE.search(text):
        return None
    provider, model = found["provider"], found["model"]
    inner = api(model.rpartition("/")[2])
    if provider in _GATEWAYS:
        sure = provider in {
            "openrouter",
            "together_ai",
            "fireworks_ai",
            "deepinfra",
            "nvidia_nim",
        } and not model.endswith("/")
        return Name("api-model", f"gateway:{text}") if sure and (inner or model.count("/") == 1) else None
    if inner is None or inner.resolved is None:
        return None
    service = _CANONICAL.get(provider, provider)
    return Name("api-model", f"{service}:{inner.resolved.partition(':')[2]}")


def tasked(text: str) -> Name | None:
    """`provider:task:model`, as evaluation tools write it: hardly anything else."""
    found = _TASKED.match(text)
    return provider_id(text) if found is not None else None


def tagged(text: str) -> Name | None:
    """A model with its tag as Ollama and the registry of Docker write it: known families and sizes only."""
    if text.startswith("ai/"):
        return docker(text)
    family, _, tag = text.partition(":")
    if family not in known.OLLAMA or not re.fullmatch(r"latest|\d+(?:\.\d+)?[bm](?:-[\w.-]+)?", tag, re.IGNORECASE):
        return None
    return Name("ollama", f"ollama:{text}") if tag != "latest" or re.search(r"\d|-", family) else None


def docker(text: str) -> Name | None:
    """A model of the namespace that Docker publishes models under."""
    family = text.removeprefix("ai/").partition(":")[0].lower()
    if not text.startswith("ai/") or not re.fullmatch(r"[\w.-]+(?::[\w.-]+)?", text[3:]) or OTHER_FILE.search(text):
        return None
    is_known = family in known.OLLAMA or (any(map(str.isdigit, family)) and _DOCKER_FAMILY.match(family))
    return Name("gguf", f"docker:{text}") if is_known else None


_DOCKER_FAMILY = lazily(
    r"(?:llama|mistral|gemma|qwen|phi|deepseek|smol|granite|mxbai|nomic|gpt-oss|devstral|magistral|qwq|kimi|glm|seed|snowflake)"
)


def provider_id(text: str) -> Name | None:
    """`provider/model` or `provider:model`, where a model is expected."""
    found = _PREFIXED.fullmatch(text)
    if found is None or (
        found["by"] == "/"
        and found["provider"] in {"openai", "nvidia", "google", "mistralai", "databricks"}
        and known_owner(text) is not None
    ):
        return None
    provider, model = found["provider"], found["model"]
    if provider in _GATEWAYS:
        return Name("api-model", f"gateway:{text}")
    service = _CANONICAL.get(provider, provider)
    if service == "ollama":
        return Name("ollama", f"ollama:{model}")
    if service == "hf":
        return Name("hf-model", f"hf:{model}") if "/" in model else None
    if service == "azure":
        return azure(model)
    return Name("api-model", f"{service}:{model.removeprefix('models/')}")


def azure(text: str) -> Name | None:
    """A deployment on Azure: its own name, or that of the model."""
    plain = text.removeprefix("azure/")
    if ID.fullmatch(plain) or not BARE.fullmatch(plain):
        return hub_id(plain)
    return Name("api-model", f"azure:{plain}" if _MODEL_LIKE.match(plain) or api(plain) else None)


def ollama(text: str) -> Name | None:
    """A model of the Ollama library or of the Hub, as Ollama writes it."""
    if not re.fullmatch(r"[A-Za-z0-9][\w./:-]{1,150}", text) or PLACEHOLDER.search(text):
        return None
    if text.startswith(("hf.co/", "huggingface.co/")):
        identifier, _, tag = text.partition("/")[2].partition(":")
        return Name("ollama", f"hf:{identifier}" + (f"#{tag}" if tag else ""))
    found = api(text)
    return found if found is not None and text not in known.OLLAMA else Name("ollama", f"ollama:{text}")


def ollama_like(text: str) -> bool:
    """Whether a text under a key about Ollama is a model and not a path, a switch or a file."""
    if OTHER_FILE.search(text) or text.endswith("/"):
        return False
    return (
        text.partition(":")[0].lower() in known.OLLAMA or re.search(r"\A[^a-z]*[a-z].*\d|:[\w.-]+$", text) is not None
    )
