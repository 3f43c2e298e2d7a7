"""Models as the service beside them runs them: what a record names as its provider says whose the model is."""

import re

from compliance.scan import known, services
from compliance.scan.hub import OTHER_FILE, PLACEHOLDER, Name
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

_OTHERS = frozenset(
    "groq cerebras sambanova watsonx replicate deepinfra databricks bedrock novita nebius hyperbolic fireworks "
    "together gateway nvidia_nim".split()
)
"""Who of them runs models of others: `owner/name` is no name of the Hub there."""


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
    prefixed = services.provider_id(text) if service not in _OTHERS else None
    if service == "hf" or prefixed is not None or ("/" in text and service not in {*_OTHERS, "google", "ollama"}):
        return prefixed  # `owner/name`: what stands here says more than what stands beside it
    if service == "azure":
        return services.azure(text)
    if service == "ollama":
        return services.ollama(text)
    plain = text.removeprefix("models/").removeprefix(f"{service}/")
    return Name("api-model", services.api_id(service, plain))


_HOSTED = lazily(r"[A-Za-z0-9][\w./:@-]{1,150}", re.ASCII)
