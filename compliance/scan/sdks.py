"""Constants that SDKs of Java, Go and Rust have for models, and how the services spell these."""

import re

from compliance.scan import names
from compliance.scan.files import UNKNOWN_MODEL, File
from compliance.scan.patterns import pattern as lazily

CONSTANTS = lazily(
    r"(?P<class>\b\w*Model(?:Name|Id|Type)?)\.(?P<name>[A-Z][A-Z0-9_]*\d*[A-Z0-9_]+)\b"
    r"|\b(?P<package>openai|anthropic|shared|genai)\.(?P<go>(?:ChatModel|Model|EmbeddingModel)?"
    r"(?:GPT|O[1-4]|Claude|TextEmbedding|Gemini)[0-9A-Z]\w*)"
    r"|\b(?P<crate>openai|anthropic|gemini|cohere|mistral|groq|deepseek|xai|perplexity)::(?P<rust>[A-Z][A-Z0-9_]*\d[A-Z0-9_]*)\b"
)
"""What SDKs of Java call the models, `ChatModel.GPT_4O_MINI`, those of Go, `openai.GPT4oMini`, and of Rust."""
_TAKES_MODEL = lazily(r"\.(?:with)?[mM]odel(?:Name|Id)?\(\s*(?:[\w.]+\.)?$")


def constant(file: File, text: str, found: re.Match[str], hint: str | None) -> None:
    """A model by the name that an SDK gives it; one that a builder is given and nobody knows is not silent."""
    group = next(group for group in ("go", "rust", "name") if found[group])
    spelt = _camel(found["go"]) if group == "go" else _spelt(found[group])
    named = names.keyed(spelt, hint)
    if named is not None and named.kind == "hf-model":
        named = None
    if named is None and (group != "name" or not _TAKES_MODEL.search(text[max(found.start() - 60, 0) : found.start()])):
        return
    how = () if named is not None else (UNKNOWN_MODEL,)
    for place in _uses(text, found.start(group), found[group]):
        file.report(found[group], named, file.place(place), role="used", detector="source-constant", how=how)


def _uses(text: str, start: int, name: str) -> list[int]:
    """Where a constant is used: here, or where a static import of it is no use, wherever it stands below."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if not line.lstrip().startswith("import"):
        return [start]
    below = re.finditer(rf"(?<![\w.]){re.escape(name)}\b", text[start + len(name) :])
    return [found.start() + start + len(name) for found in below] or [start]


def _spelt(constant: str) -> str:
    """GPT_4_O_MINI as the service spells it."""
    plain = constant.lower().replace("_", "-")
    plain = re.sub(r"^gpt-(\d)-o", r"gpt-\1o", plain)
    return re.sub(r"(?<=gpt-)(\d)-(?=\d\b)|(?<=gemini-)(\d)-(?=\d\b)|(?<=llama)(\d)-(?=\d\b)", _dotted, plain)


def _dotted(found: re.Match[str]) -> str:
    return found[0].replace("-", ".")


def _camel(constant: str) -> str:
    """GPT3Dot5Turbo, ChatModelGPT4_1 or ModelClaude3_7SonnetLatest as the service spells it."""
    plain = re.sub(r"^(?:Chat|Embedding)?Model", "", constant)
    dot = "." if plain.startswith(("GPT", "Gemini")) else "-"
    plain = re.sub(r"(?<=\D\d)(?:Dot|_)(?=\d(?!\d))", dot, plain).replace("_", "-")
    parts = re.findall(r"GPT\d+(?:\.\d+)?o?|O\d+|[A-Z][a-z]+|[\d.-]+", plain)
    return re.sub(r"^gpt(?=\d)", "gpt-", re.sub(r"-+", "-", "-".join(parts).lower()))
