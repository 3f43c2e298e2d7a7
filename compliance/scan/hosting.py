"""Models as the service beside them runs them: what a record names as its provider says whose the model is."""

import re

from compliance.scan import known, services
from compliance.scan.hub import ID, OTHER_FILE, PLACEHOLDER, Name
from compliance.scan.patterns import pattern as lazily

_HOSTS = {
    **dict.fromkeys(("openai", "anthropic", "cohere", "mistral", "deepseek", "xai", "perplexity", "voyage"), ""),
    **dict.fromkeys(("groq", "cerebras", "sambanova", "watsonx", "replicate", "deepinfra", "databricks"), ""),
    **dict.fromkeys(("bedrock", "ollama", "azure", "google", "novita", "nebius", "hyperbolic", "sagemaker"), ""),
    **dict.fromkeys(("zai", "moonshot", "dashscope", "minimax", "upstage", "ai21", "jina", "stepfun", "baidu"), ""),
    "zhipu": "zai",
    "moonshotai": "moonshot",
    "qianfan": "baidu",
    "mistralai": "mistral",
    "gemini": "google",
    "vertex": "google",
    "awsbedrock": "bedrock",
    "amazonbedrock": "bedrock",
    "ibmwatsonx": "watsonx",
    "fireworks": "fireworks",
    "together": "together",
    "openrouter": "gateway",
    "huggingface": "hf",
    "hf": "hf",
    "nvidianim": "nvidia_nim",
}
"""Who runs a model, as records name them, and the name by which we do where that is another."""

OTHERS = frozenset(
    "groq cerebras sambanova watsonx replicate deepinfra databricks bedrock novita nebius hyperbolic fireworks "
    "together gateway nvidia_nim".split()
)
"""Who of them runs models of others: `owner/name` is no name of the Hub there."""


_AT = {
    "openrouter.ai": "gateway:openrouter/",
    "api.together.xyz": "together:",
    "api.together.ai": "together:",
    "api.fireworks.ai": "fireworks:",
    "api.groq.com": "groq:",
    "api.deepinfra.com": "deepinfra:",
    "api.cerebras.ai": "cerebras:",
    "api.sambanova.ai": "sambanova:",
    "integrate.api.nvidia.com": "nvidia_nim:",
    "api.novita.ai": "novita:",
    "api.studio.nebius.com": "nebius:",
    "api.studio.nebius.ai": "nebius:",
    "api.hyperbolic.xyz": "hyperbolic:",
    "router.huggingface.co": "huggingface:",
}
"""Where services that run models of others answer, and how their models are called here."""

_ADDRESS = lazily(rf"https?://(?P<at>{'|'.join(map(re.escape, _AT))})(?=[/\"'`\s]|$)")
_CLIENT = lazily(
    r"^[ \t]*(?:from|import)[ \t]+(?P<py>together|fireworks|groq)\b"
    r"|[\"'](?P<js>together|groq|fireworks)-(?:ai|sdk)[\"']"
    r"|InferenceClient\([^()]{0,200}\bprovider[ ]?=[ ]?[\"']"
    r"(?P<by>together|groq|fireworks|cerebras|sambanova|nebius|novita|hyperbolic)",
    re.MULTILINE,
)
_ASKED = lazily(r"(?:python-(?:name|settings|call:(?:OpenAI|ChatOpenAI|create|parse|stream|request)\w*)|env|source)$")
"""How a name was found that a request to a service may hold; what loads weights is not among them."""
_BODY = lazily(r"[\"']model\\?[\"'][ ]?:")
_ASIDE = lazily(r"embed|rerank|tokeni[sz]|encoder|\bhf_|hugging|local_|vllm|tgi_|ollama", re.IGNORECASE)
_REMARK = lazily(r"^[ \t]*(?:#|//|\*|--)")


def at(address: str) -> str | None:
    """How the models of the service that answers at an address are called, if it is one that runs those of others."""
    found = _ADDRESS.match(address)
    return _AT[found["at"]] if found is not None else None


def runs(text: str) -> str | None:
    """How the models of the one such service are called to which a file speaks; of several it is not known which."""
    found = set()
    for one in _ADDRESS.finditer(text):
        if not _REMARK.match(text, text.rfind("\n", 0, one.start()) + 1, one.start()):
            found.add(_AT[one["at"]])
    found |= {f"{one['py'] or one['js'] or one['by']}:" for one in _CLIENT.finditer(text)}
    return "gateway:" if len(found) > 1 else next(iter(found), None)


def asked(name: Name, detector: str, line: str, prefix: str) -> Name:
    """A name of the Hub as the service runs it that the file asks for it; other names stay as they are."""
    plain = (name.resolved or "").removeprefix("hf:")
    is_asked = _ASKED.match(detector) or (detector == "shell" and _BODY.search(line))
    if name.kind != "hf-model" or not ID.fullmatch(plain) or not is_asked or _ASIDE.search(line):
        return name
    return name._replace(kind="api-model", resolved=f"{prefix}{plain}")


def host(provider: str) -> str | None:
    """The service that a record names as its provider, if it is one we know."""
    plain = re.sub(r"[^a-z0-9]", "", provider.lower())
    if "compatible" in plain or plain.endswith("like"):
        return None
    found = max((name for name in _HOSTS if plain.startswith(name)), key=len, default=None)
    return found and (_HOSTS[found] or found)


def hosted(text: str, provider: str) -> Name | None:
    """A model as the service beside it runs it."""
    service = host(provider)
    if service is None or not _HOSTED.fullmatch(text) or PLACEHOLDER.search(text) or OTHER_FILE.search(text):
        return None
    if text.lower() in known.PROVIDERS:
        return None
    prefixed = services.provider_id(text) if service not in OTHERS else None
    if service == "hf" or prefixed is not None or ("/" in text and service not in {*OTHERS, "google", "ollama"}):
        return prefixed  # `owner/name`: what stands here says more than what stands beside it
    if service == "azure":
        return services.azure(text)
    if service == "ollama":
        return services.ollama(text)
    plain = text.removeprefix("models/").removeprefix(f"{service}/")
    return Name("api-model", services.api_id(service, plain))


_HOSTED = lazily(r"[A-Za-z0-9][\w./:@-]{1,150}", re.ASCII)
