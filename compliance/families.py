"""Whose a model is by its name, where a host leaves the maker out or spells it otherwise."""

import re
from collections.abc import Iterator

_HUB = {
    "meta": "meta-llama",
    "zai": "zai-org",
    "z-ai": "zai-org",
    "deepseek": "deepseek-ai",
    "mistral": "mistralai",
    "mistral-ai": "mistralai",
    "moonshot": "moonshotai",
    "alibaba": "Qwen",
    "minimax": "MiniMaxAI",
}
"""Owners as hosts spell them, and their accounts on the Hub."""

_WEIGHTS = (
    (re.compile(r"(?:meta-)?llama|codellama"), "meta-llama"),
    (re.compile(r"qwen|qwq|qvq"), "Qwen"),
    (re.compile(r"deepseek"), "deepseek-ai"),
    (re.compile(r"(?:code|data|embedding|med|pali|shield)?gemma"), "google"),
    (re.compile(r"phi-"), "microsoft"),
    (re.compile(r"mistral|mixtral|ministral|codestral|devstral|magistral|pixtral|voxtral|mathstral"), "mistralai"),
    (re.compile(r"gpt-oss|whisper"), "openai"),
    (re.compile(r"kimi|moonlight"), "moonshotai"),
    (re.compile(r"glm"), "zai-org"),
    (re.compile(r"minimax"), "MiniMaxAI"),
    (re.compile(r"granite"), "ibm-granite"),
    (re.compile(r"nemotron|nvidia-nemotron"), "nvidia"),
)
"""How names of published weights begin, and the account on the Hub that such a name is sought in."""

_MAKERS = (
    (re.compile(r"gpt-|chatgpt|o[134](?:-|$)|text-embedding-(?:3|ada)|codex"), "openai"),
    (re.compile(r"claude"), "anthropic"),
    (re.compile(r"gemini"), "google"),
    (re.compile(r"grok"), "xai"),
    (re.compile(r"command|embed-"), "cohere"),
    (re.compile(r"mistral|ministral|codestral|devstral|magistral|pixtral"), "mistral"),
    (re.compile(r"jamba"), "ai21"),
)
"""How names of models that their makers serve themselves begin, and the service of the catalogue that lists them."""

_LLAMA = re.compile(
    r"(?:meta-)?llama-?(?P<version>[234](?:\.[123])?)-(?P<size>\d+b|scout|maverick)(?:-17b-\d+e)?(?P<vision>-vision)?"
    r"(?P<tuned>-instruct|-chat)?"
)
_PHI = re.compile(r"phi-4-(?:mini|multimodal)")
_META = re.compile(r"meta-llama-guard")
_EMBED = re.compile(r"embed-v3-(english|multilingual)")
_TURNED = re.compile(r"claude-(?P<version>[4-9](?:-\d)?)-(?P<size>opus|sonnet|haiku)(?P<date>-\d{8})?")
_TUNED_ONLY = frozenset("gateway vercel vercel_ai_gateway openrouter cerebras github github_copilot".split())
"""Hosts that serve no bare model of Meta's, so that a name without a word for the tuned form is the tuned one."""
_EXPERTS = {"scout": "Scout-17B-16E", "maverick": "Maverick-17B-128E"}


def weights(host: str, owner: str, model: str) -> Iterator[str]:
    """Ids on the Hub that a host may mean by a name, surest first; an empty owner is one that the host left out."""
    low = model.casefold()
    if owner.casefold() in {"", "meta", "meta-llama"}:
        yield from _llama(low, tuned=host in _TUNED_ONLY)
    if owner:
        account = _HUB.get(owner.casefold())
        if account is not None:
            yield f"{account}/{model}"
        return
    yield from (f"{account}/{model}" for begins, account in _WEIGHTS if begins.match(low))
    yield from _led(model)
    if _PHI.fullmatch(low):
        yield f"microsoft/{model}-instruct"
    elif _META.match(low):
        yield f"meta-llama/{low.removeprefix('meta-')}"


def _led(model: str) -> Iterator[str]:
    """Ids for a name that its maker leads with a hyphen, such as `zai-glm-4.7`."""
    for owner, account in _HUB.items():
        rest = model[len(owner) + 1 :]
        if model.casefold().startswith(f"{owner}-") and any(
            begins.match(rest.casefold()) and account == whose for begins, whose in _WEIGHTS
        ):
            yield f"{account}/{rest}"


def makers(model: str) -> Iterator[str]:
    """Names at the services of makers that a host may mean by a name without an owner."""
    low = _EMBED.sub(r"embed-\1-v3.0", model.casefold().removeprefix("cohere-"))
    for begins, service in _MAKERS:
        if begins.match(low):
            yield f"{service}:{low}"
            yield from (f"{service}:{name}" for name in claude(low) if service == "anthropic")


def claude(model: str) -> Iterator[str]:
    """How Anthropic writes a name of Claude that has points, a version before the size or a date behind a sign."""
    low = model.casefold().replace(".", "-").removesuffix("@default").removesuffix("-thinking")
    low = low.replace("-v2@", "-").replace("@", "-")
    yield low
    turned = _TURNED.fullmatch(low)
    if turned is not None:
        yield f"claude-{turned['size']}-{turned['version']}{turned['date'] or ''}"


def _llama(model: str, *, tuned: bool) -> Iterator[str]:
    """Meta's models that follow instructions, by version and size."""
    found = _LLAMA.fullmatch(model)
    if found is None or not (tuned or found["tuned"]):
        return
    version, size = found["version"], found["size"]
    if size in _EXPERTS:
        yield f"meta-llama/Llama-{version}-{_EXPERTS[size]}-Instruct"
    elif version == "2":
        yield f"meta-llama/Llama-2-{size}-chat-hf"
    elif found["vision"] or (version == "3.2" and size in {"11b", "90b"}):
        yield f"meta-llama/Llama-{version}-{size}-Vision-Instruct"
    else:
        yield from (f"meta-llama/{kind}-{version}-{size}-Instruct" for kind in ("Llama", "Meta-Llama"))
