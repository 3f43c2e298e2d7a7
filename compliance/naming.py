"""What people write for a model, taken apart: gateways, clouds, regions and tags, down to a name that may be known."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from compliance.families import NAMES, claude, makers, weights
from compliance.model import Struct

GATEWAYS = frozenset(NAMES["gateway"])
_OWN, _OWNERS, _SPELLED = frozenset(NAMES["own"]), NAMES["owner"], NAMES["spelt"]
_BEDROCK = frozenset({"bedrock", "bedrock_converse", "bedrock_mantle"})
_PROFILE = re.compile(r"(?:us-gov|us|eu|apac|global|au|jp|ca|in)\.(?=[a-z0-9]+\.)")
_MAKER = re.compile(r"[a-z0-9-]+\.[a-z][\w.-]*(?::\w+){0,2}")
_ARN = re.compile(r"arn:aws[\w-]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile)/(.+)")
_VERTEX = re.compile(r"(?:projects/[^/]+/locations/[^/]+/)?publishers/([^/]+)/models/(.+)")
_REGION = re.compile(r"\A(?:(?:converse|invoke)/)?(?:[a-z]{2}(?:-[a-z]+)+-\d/)?(?:\d-month-commitment/)?")
_AZURE_REGION = re.compile(r"(?:eu|us|us-gov|apac|global|global-standard)/")
_DATED = re.compile(r"-20\d\d-\d\d-\d\d$")
_TUNED_THERE = re.compile(r"(?:openai[/:])?ft:([\w.-]+)(?::[\w.:-]*)?")
_CLAUDE = re.compile(r"claude-[\w.-]+@(?:\d{8}|latest|default)")
_CONTEXT = re.compile(r"(?<=:\d):(?:\d+k?|mm)")
_COHERE = re.compile(r"cohere-(?=command)", re.IGNORECASE)
_VARIANT = re.compile(r":(?:free|beta|extended|thinking|online|nitro|floor|exacto)")
_QUANT = re.compile(r"-(?:q\d\w*|iq\d\w*|fp16|bf16|fp8|mxfp4|f16|f32)")
_TUNED = re.compile(r"-(?:instruct|it|chat)")
_SHELF = re.compile(r"@(?:cf|hf)/")
_WORKER = re.compile(r"(?:-(?:awq|int8|fp16|fp8|fast|lora)){1,3}$")
_DOCKER = re.compile(r"(?:(?:index\.)?docker\.io/)?(ai/[\w.-]+(?::[\w.-]+)?)", re.IGNORECASE)
_FILE_QUANT = re.compile(r"(?:UD-)?I?Q\d\w*|F16|BF16|F32|MXFP4\w*|latest", re.IGNORECASE)
_ROUTED = re.compile(r"fastest|cheapest|preferred")


class Reading(Struct, frozen=True):
    """A name to look up, who serves it (a gateway's prefix; none: nobody else), and how its id is to end, if at all."""

    name: str
    host: str | None = None
    ending: str | None = None


def readings(name: str) -> Iterator[Reading]:
    """Every name that a text may stand for, surest first. Nothing is guessed: each is looked up as it is."""
    plain = unquote(name.removeprefix("gateway:"))
    if (arn := _ARN.fullmatch(plain)) is not None:
        yield from _bedrock(arn[1])
        return
    if (resource := _VERTEX.fullmatch(plain)) is not None:
        yield from _vertex(resource[1], resource[2])
        return
    first = re.match(r"([A-Za-z0-9_-]+)[/:](.+)", plain)
    if name.startswith("gateway:") and (first is None or first[1].casefold() not in GATEWAYS | _OWN):
        yield from _gateway("gateway", plain)
        yield from _bare(plain)
        return
    if first is not None:
        yield from _prefixed(first[1].casefold(), first[2])
    yield from _bare(plain)


def subject(name: str) -> str:
    """One name for a model that somebody else runs, however it was written: `host:name`."""
    plain = unquote(name.removeprefix("gateway:"))
    resource = _VERTEX.fullmatch(plain)
    if resource is not None:
        return (
            f"vertex_ai:{resource[2]}"
            if resource[1] in {"google", "anthropic"}
            else f"vertex_ai:{resource[1]}/{resource[2]}"
        )
    if _SHELF.match(plain):
        return f"cloudflare:{plain}"
    found = re.match(r"([A-Za-z0-9_-]+)[/:](.+)", plain)
    first, rest = (found[1].casefold(), found[2]) if found is not None else ("", plain)
    if _CLAUDE.fullmatch(rest) and first in {"", "google"}:
        return f"vertex_ai:{rest}"
    return f"{first}:{rest}" if first in GATEWAYS else name


def _prefixed(first: str, rest: str) -> Iterator[Reading]:
    if first in _OWN:
        if first.startswith("ollama"):
            yield from _tagged("ollama", rest)
        else:
            yield from _docker(rest)
            yield Reading(name=rest)
    elif first == "docker":
        yield from _docker(rest)
    elif first in _BEDROCK:
        yield from _bedrock(_REGION.sub("", rest, count=1))
    elif (first in {"google", "vertex_ai"} and _CLAUDE.fullmatch(rest)) or (
        first == "vertex_ai" and rest.startswith("claude-")
    ):
        yield from _vertex("anthropic", rest)
    elif first == "vertex_ai":
        owner, _, model = rest.partition("/")
        yield from _vertex(owner, model) if model else _vertex("google", rest)
    elif first == "azure":
        yield from _azure(_AZURE_REGION.sub("", rest, count=1))
    elif first in _SPELLED:
        names = claude(rest) if first == "anthropic" else (_COHERE.sub("", rest.removeprefix("timm/")),)
        yield from (Reading(name=_SPELLED[first] + name) for name in names)
    elif first in GATEWAYS:
        yield from _gateway(first, rest)


def _azure(model: str) -> Iterator[Reading]:
    """A model of OpenAI's in Azure; others there stand under terms that the catalogue has not."""
    name = re.sub(r"^gpt-35", "gpt-3.5", model)
    yield Reading(name=f"azure:{model}")
    yield Reading(name=f"openai:{name}", host="azure")
    yield Reading(name=f"openai:{_DATED.sub('', name)}", host="azure")
    if model.endswith("-chat"):
        yield Reading(name=f"openai:{model}-latest", host="azure")
    yield from _gateway("azure_ai", model)


def _gateway(host: str, rest: str) -> Iterator[Reading]:
    """What a host serves: by the name it gives, by the Hub's, by the name at the maker's own service."""
    plain = _VARIANT.sub("", rest) if host == "openrouter" else _SHELF.sub("", rest, count=1)
    canonical = {"together": "together_ai", "togetherai": "together_ai", "fireworks": "fireworks_ai"}.get(host, host)
    yield Reading(name=f"{canonical}:{plain}")
    if canonical == "fireworks_ai":
        plain = plain.removeprefix("accounts/fireworks/").removeprefix("models/")
        yield Reading(name=f"fireworks_ai:accounts/fireworks/models/{plain}")
        plain = re.sub(r"(?<=\d)p(?=\d)", ".", plain)
    owner, _, model = plain.rpartition("/")
    if owner:
        yield Reading(name=plain, host=host)
    if owner.casefold() in _OWNERS:
        yield Reading(name=f"{_OWNERS[owner.casefold()]}:{model}", host=host)
        if model.endswith("-chat"):
            yield Reading(name=f"{_OWNERS[owner.casefold()]}:{model}-latest", host=host)
        if owner == "anthropic":
            yield from (Reading(name=f"anthropic:{name}", host=host) for name in claude(model))
        elif owner == "cohere":
            yield from (Reading(name=name, host=host) for name in makers(model))
    elif owner == "amazon":
        yield from (Reading(name=f"bedrock:amazon.{model}{end}", host=host) for end in (":0", "-v1:0"))
    yield from (Reading(name=name, host=host) for name in weights(host, owner, model))
    if host == "cloudflare" and (short := _WORKER.sub("", rest)) != rest:
        yield from _gateway(host, short)
    if not owner:
        yield from (Reading(name=name, host=host) for name in makers(model))


def _vertex(owner: str, model: str) -> Iterator[Reading]:
    if owner == "google":
        yield Reading(name=f"vertex_ai:{model}")
        yield Reading(name=f"google:{model}", host="vertex_ai")
        yield from _gateway("vertex_ai", model.replace("@", "-"))
    elif owner == "anthropic":
        yield from (Reading(name=f"anthropic:{name}", host="vertex_ai") for name in claude(model))
    else:
        yield Reading(name=f"vertex_ai:{owner}/{model}")
        yield from _gateway("vertex_ai", f"{owner}/{model.removesuffix('-maas').replace('@', '-')}")


def _bare(plain: str) -> Iterator[Reading]:
    if _CLAUDE.fullmatch(plain):
        yield from _vertex("anthropic", plain)
    if _MAKER.fullmatch(plain):
        yield from _bedrock(plain)
    if _SHELF.match(plain):
        yield from _gateway("cloudflare", plain)
    if (tuned := _TUNED_THERE.fullmatch(plain)) is not None:
        yield Reading(name=f"openai:{tuned[1]}")
    yield from _docker(plain)
    if plain.startswith("models/"):
        yield Reading(name=f"google:{plain.removeprefix('models/')}")
    before, colon, tag = plain.rpartition(":")
    if colon and "/" in before and _FILE_QUANT.fullmatch(tag):
        yield Reading(name=before)
    elif colon and "/" in before and _ROUTED.fullmatch(tag):
        yield Reading(name=before, host="huggingface")
    elif colon and "/" not in plain:
        yield from _tagged("ollama", plain)


def _docker(text: str) -> Iterator[Reading]:
    """A model of the namespace that Docker publishes models under, by its image's name."""
    if (found := _DOCKER.fullmatch(text)) is not None:
        yield from _tagged("docker", found[1])


def _tagged(library: str, text: str) -> Iterator[Reading]:
    """A tag of Ollama's or Docker's library: as it is, without its quantization, without the word for the tuned form.

    The word may only fall away where the model that is found is called by it as well: `8b-instruct` is the tuned form,
    whatever `8b` was at the time.
    """
    name, _, tag = text.casefold().removesuffix(":latest").partition(":")
    yield Reading(name=f"{library}:{name}" + (f":{tag}" if tag else ""))
    short = re.sub(rf"{_QUANT.pattern}$", "", f"-{tag}").removeprefix("-")
    if short != tag:
        yield Reading(name=f"{library}:{name}" + (f":{short}" if short else ""))
    tuned = re.search(rf"{_TUNED.pattern}$", short)
    if tuned is not None:
        yield Reading(name=f"{library}:{name}:{short[: tuned.start()]}", ending=tuned[0])


def _bedrock(text: str) -> Iterator[Reading]:
    """An id of Bedrock without the profile, and without the window of context that its name may end in."""
    name = _PROFILE.sub("", text, count=1)
    yield Reading(name=f"bedrock:{name}")
    short = _CONTEXT.sub("", name)
    yield Reading(name=f"bedrock:{short}")
    yield Reading(name=f"bedrock:{short.removesuffix(':0')}")
