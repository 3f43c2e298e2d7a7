"""Constants that SDKs have for models, in Java, Kotlin, Go, Rust, Swift, C# and PHP, and how services spell these."""

import re
from collections.abc import Iterator

from compliance.scan.files import UNKNOWN_MODEL, File
from compliance.scan.naming import known, names
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily

_FAMILY = (
    r"GPT|O[134](?![A-Z])|CLAUDE|SONNET|HAIKU|OPUS|GEMINI|GEMMA|LLAMA|M[IX]+S?TRAL|CODESTRAL|NOVA|TITAN|COMMAND_|EMBED|SONAR|GROK"
    r"|DEEPSEEK|QWEN|DALL_E|WHISPER|TTS_\d|PHI_?\d|KIMI|MOONSHOT|JAMBA|TEXT_EMBEDDING|STABLE_"
)
_CRATES = (
    r"openai|anthropic|gemini|google|cohere|mistral|groq|deepseek|xai|perplexity|bedrock|ollama|openrouter|together|voyageai"
    r"|huggingface|hyperbolic|moonshot|azure"
)
CONSTANTS = lazily(
    r"Model(?:s|Name|Id|Identifier|Type)?(?:\.|::)(?:[A-Z][a-z]\w*(?:\.|::)){0,6}(?P<word>[A-Za-z]\w*\d\w*|[A-Z][A-Z0-9_]+)\b"
)
"""`ChatModel.GPT_4O_MINI` of Java, `OpenAIModels.Chat.GPT4o` of Kotlin."""
_BY_ENDING = {
    "go": lazily(
        r"(?<!\w)(?P<package>[a-z]\w{0,40})\.(?P<word>(?:ChatModel|EmbeddingModel|CreateImageModel|SpeechModel|AudioModel|Model)?"
        r"(?:GPT|O[1-4]|Claude|TextEmbedding|Gemini|DallE|Whisper|TTSModel|(?:Ada|Small|Large)Embedding|Anthropic|Amazon)[0-9A-Z_]\w{0,80})"
    ),
    "rs": lazily(rf"\b(?:\w+_)?(?:{_CRATES})::(?:[a-z]\w*::){{0,8}}(?P<word>[A-Z][A-Z0-9_]{{3,}})\b"),
    "swift": lazily(
        r"\b(?:model|embeddingModel)\s*:\s*\.(?P<word>(?:gpt|o[134]_|textEmbedding|dall_|whisper|claude|gemini)\w{0,60})"
        r"|\b(?:LLM|VLM|Model|Embedder)Registry\.(?P<listed>[a-z]\w{0,60}\d\w{0,60})"
    ),
}
"""`openai.GPT4oMini` of Go, and those of Rust and Swift."""

_IMPORTED = lazily(
    rf"^[ \t]*(?:pub )?use (?P<path>[\w:]{{0,120}}?(?<![a-zA-Z])(?P<crate>{_CRATES})\b[^;]{{0,600}});", re.MULTILINE
)
_CONSTANT = lazily(rf"(?<!\w)(?P<name>(?=[A-Z0-9_]{{0,60}}?(?:{_FAMILY}))[A-Z][A-Z0-9_]{{3,60}})\b")
_OF_FAMILY = lazily(_FAMILY)
_TAKES_MODEL = lazily(r"\.(?:with)?[mM]odel(?:Name|Id)?\(\s*(?:[\w.]+\.)?$")
_LOADED = lazily(r"(?:Embedding|Reranker|Sparse)$")
"""What stands before `Model` in the lists of fastembed, which loads what it is given."""
_LISTS = lazily(
    r"(?:OpenAi|OpenAI|Anthropic|Google|Gemini|DeepSeek|Ollama|OpenRouter|Mistral|Bedrock|DashScope|Moonshot|ZhiPu|MiniMax"
    r"|QianFan)\w{0,40}(?:\.[A-Z]\w{0,40})?$"
)
"""Classes that hold nothing but the models of a service or library."""


def constants(path: str, text: str) -> Iterator[re.Match[str]]:
    """Where the constants of SDKs stand, as the language writes them."""
    own = _BY_ENDING.get(path.rpartition(".")[2].lower())
    yield from CONSTANTS.finditer(text)
    yield from own.finditer(text) if own is not None else ()


def of_cloud(text: str) -> Iterator[re.Match[str]]:
    """Where the constants of AWS's construct kit stand in Python, whose own names look like others."""
    if "FoundationModel" in text:
        yield from (found for found in CONSTANTS.finditer(text) if text.endswith("Foundation", 0, found.start()))


def constant(file: File, text: str, found: re.Match[str], hint: str | None) -> None:
    """A model by the name that an SDK gives it; one that a builder is given and nobody knows is not silent."""
    given = found.groupdict()
    group = "listed" if given.get("listed") else "word"
    word, is_class = found[group], found.re.pattern == CONSTANTS.pattern
    before = text[max(found.start() - 40, 0) : found.start()]
    listed = not is_class or _LISTS.search(before) is not None
    listed = listed or ("fastembed" in text and _LOADED.search(before) is not None)
    named = _known(word, hint if listed else None) if group == "word" else None  # a list of weights says not whose
    if named is None and is_class:
        taken = _TAKES_MODEL.search(text[max(found.start(group) - 60, 0) : found.start(group)])
        if taken is None and not (listed and re.search(r"\d", word)):
            return
    elif named is None and given.get("package", "openai") not in {"openai", "anthropic", "genai", "bedrock"}:
        return
    elif file.path.endswith(".rs") and not is_class:
        if not _OF_FAMILY.search(word):
            return
        named = named or _of_service(word, hint)
    how = () if named is not None and named.resolved else (UNKNOWN_MODEL,)
    for place in _uses(text, found.start(group), word):
        file.report(word, named, file.place(place), role="used", detector="source-constant", how=how)


def imported(file: File, text: str) -> None:
    """The constants of a module of a service that Rust imports, wherever they are used below."""
    for found in _IMPORTED.finditer(text):
        for one in _CONSTANT.finditer(found["path"]):
            named = _known(one["name"], found["crate"]) or _of_service(one["name"], found["crate"])
            for place in _below(text, found.end(), one["name"]):
                file.report(one["name"], named, file.place(place), role="used", detector="source-constant")


def _of_service(word: str, hint: str | None) -> Name:
    """A constant of a service that spells it in a way of its own."""
    spelt = word.lower().replace("_", "." if hint == "bedrock" else "-", 1).replace("_", "-")
    return Name("api-model", f"{hint}:{spelt}" if hint else None)


def _known(word: str, hint: str | None) -> Name | None:
    """The model that a constant stands for: by a way to spell it that is known anywhere, or by the hint."""
    own = _spelt(word) if word == word.upper() else _camel(word)
    ways = (known.CONSTANTS.get(word, ""), own, _spelt(word), _claude(word), _of_bedrock(word), _identifier(word))
    for named in (*map(names.free, ways), names.keyed(own, hint)):
        if named is not None and named.kind in {"api-model", "ollama"} and named.resolved is not None:
            return named
    return None


def _uses(text: str, start: int, name: str) -> list[int]:
    """Where a constant is used: here, or where a static import of it is no use, wherever it stands below."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if not line.lstrip().startswith(("import", "use ", "pub use ")):
        return [start]
    return _below(text, start + len(name), name) or [start]


def _below(text: str, start: int, name: str) -> list[int]:
    return [found.start() for found in re.compile(rf"(?<![\w.:]){re.escape(name)}\b").finditer(text, start)]


def _spelt(constant: str) -> str:
    """GPT_4_O_MINI as the service spells it."""
    plain = constant.lower().replace("_", "-")
    plain = re.sub(r"^gpt-?(\d)-o", r"gpt-\1o", plain)
    return re.sub(r"(?<=gpt-)(\d)-(?=\d\b)|(?<=gemini-)(\d)-(?=\d\b)|(?<=llama)(\d)-(?=\d\b)", _dotted, plain)


def _dotted(found: re.Match[str]) -> str:
    return found[0].replace("-", ".")


def _camel(constant: str) -> str:
    """GPT3Dot5Turbo, ChatModelGPT4_1 or ModelClaude3_7SonnetLatest as the service spells it."""
    plain = re.sub(r"^(?:Chat|Embedding)?Model(?=[A-Z])", "", constant)
    plain = re.sub(r"^(?:gpt|Gpt)(?=\d)", "GPT", plain)
    dot = "." if plain.startswith(("GPT", "Gemini")) else "-"
    plain = re.sub(r"(?<=\D\d)(?:Dot|_)(?=\d(?!\d))", dot, plain)
    plain = re.sub(r"(?<=^GPT\d)_(?=o)", "", plain).replace("_", "-")
    parts = re.findall(r"GPT\d+(?:\.\d+)?o?|O\d+|[A-Z][a-z]+|[\d.-]+|[a-z]+", plain)
    return re.sub(r"^gpt(?=\d)", "gpt-", re.sub(r"-+", "-", "-".join(parts).lower()))


def _claude(constant: str) -> str:
    """Sonnet_3_5 or CLAUDE_SONNET_4 as the service spells it: the number stands before the name up to version 3."""
    found = re.fullmatch(r"(?:claude_?)?(sonnet|haiku|opus)_?(\d)(?:_(\d))?", constant.lower())
    if found is None:
        return ""
    version = "-".join(part for part in found.groups()[1:] if part)
    return f"claude-{version}-{found[1]}" if found[2] < "4" else f"claude-{found[1]}-{version}"


def _identifier(constant: str) -> str:
    """ANTHROPIC_CLAUDE_3_HAIKU_20240307_V1_0 of AWS's construct kit as Bedrock spells it."""
    plain = constant.lower().replace("_", ".", 1).replace("_", "-")
    return re.sub(r"-v(\d)-(\d)$", r"-v\1:\2", plain)


def _of_bedrock(constant: str) -> str:
    """ModelAnthropicClaudeV3Haiku or ModelAmazonNovaProV1 as Bedrock begins to spell it."""
    found = re.fullmatch(r"Model(Anthropic|Amazon|Cohere|Mistral)([A-Z]\w*)", constant)
    if found is None:
        return ""
    parts = re.findall(r"[A-Z][a-z]*\d*", found[2])
    return f"{found[1]}.{'-'.join(parts)}".lower().replace("claude-v", "claude-")
