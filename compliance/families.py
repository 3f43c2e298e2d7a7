"""Whose a model is by its name, where a host leaves the maker out or spells it otherwise."""

import re
from collections.abc import Iterator
from pathlib import Path

from compliance.tables import words

NAMES = words(Path(__file__).with_name("names.tsv"))
"""What `names.tsv` says of words in names, by table."""
_ACCOUNTS = NAMES["account"]
_WEIGHTS = tuple((re.compile(begins), account) for begins, account in NAMES["weights"].items())
_MAKERS = tuple((re.compile(begins), service) for begins, service in NAMES["maker"].items())
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
        account = _ACCOUNTS.get(owner.casefold())
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
    for owner, account in _ACCOUNTS.items():
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
