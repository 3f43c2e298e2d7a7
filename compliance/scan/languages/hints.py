"""Whose a model is that code names, by the words around it: the client that is called, the provider beside it."""

import re

from compliance.scan.naming import apis
from compliance.scan.patterns import pattern as lazily

_HINTED = (
    (lazily(r"\bazure\w*\s*\(\s*$|Azure\w*|deploymentName", re.IGNORECASE), "azure"),
    (lazily(r"\b(?:chat)?ollama\w*", re.IGNORECASE), "ollama"),
    (lazily(r"\bbedrock\w*", re.IGNORECASE), "bedrock"),
    (lazily(r"\b(?:openrouter|gateway|togetherai|deepinfra|fireworks)\w*", re.IGNORECASE), "gateway"),
    (lazily(r"\b(?:chat)?groq\w*", re.IGNORECASE), "groq"),
    (lazily(r"\b(?:google|gemini|vertex|genai)\w*|getGenerativeModel", re.IGNORECASE), "google"),
    (lazily(r"\b(?:chat)?anthropic\w*", re.IGNORECASE), "anthropic"),
    (lazily(r"\b(?:chat)?mistral\w*", re.IGNORECASE), "mistral"),
    (lazily(r"\b(?:chat)?cohere\w*", re.IGNORECASE), "cohere"),
    (lazily(r"\bdash_?scope\w*|\bqwen(?:chat)?model", re.IGNORECASE), "dashscope"),
    (lazily(r"\b(?:chat)?(?:moonshot|kimi)\w*", re.IGNORECASE), "moonshot"),
    (lazily(r"\b(?:chat)?zhipu\w*", re.IGNORECASE), "zai"),
    (lazily(r"\b(?:chat)?minimax\w*", re.IGNORECASE), "minimax"),
    (lazily(r"\bqianfan\w*", re.IGNORECASE), "baidu"),
    (lazily(r"\b(?:chat)?upstage\w*", re.IGNORECASE), "upstage"),
    (lazily(r"\bwatsonx\w*", re.IGNORECASE), "watsonx"),
    (lazily(r"\b(?:chat)?open_?ai\w*", re.IGNORECASE), "openai"),
    (lazily(r"\b(?:huggingface|hf)\w*", re.IGNORECASE), "hf"),
)
_PROVIDER = lazily(r"""\bprovider["']?\s*:\s*["'](\w+)["']""")


def record(text: str, start: int) -> tuple[int, int]:
    """Where the literal object that holds a text opens and closes; -1 where that is not seen."""
    return text.rfind("{", max(start - 400, 0), start), text.find("}", start, start + 400)


def beside(text: str, start: int) -> str | None:
    """The service that the same literal object names: `{id: "...", provider: "perplexity"}`."""
    opened, closed = record(text, start)
    found = _PROVIDER.search(text, opened, closed) if opened >= 0 and closed >= 0 else None
    return found[1] if found is not None and found[1] in apis.API else None


def hint(before: str, text: str, start: int) -> str | None:
    """The provider that the nearest words name: those of the call, else those of the statement."""
    statement = text[max(text.rfind(";", 0, start), start - 400, 0) : start]
    for piece in (before, statement):
        found = [(match.start(), name) for pattern, name in _HINTED for match in pattern.finditer(piece)]
        if found:
            last = max(at for at, _ in found)
            return next(name for at, name in found if at == last)
    return None
