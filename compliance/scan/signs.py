"""Whether the bytes of a file hold any sign of a model: what spares most files from being parsed."""

import re

_STRONG = (
    b"import cohere",
    b"from cohere",
    b"cohere-",
    b"spring-ai",
    b"spring.ai",
    b"_name_or_path",
    *b"""from_pretrained huggingface transformers openai gpt- gpt2 claude gemini gemma llama mistral qwen deepseek
    anthropic
    bedrock groq spacy nltk whisper torch timm load_dataset langchain litellm ultralytics diffusers vllm gguf
    safetensors
    onnx hf:// tfhub openrouter minilm -bert bert- berta snapshot_download hf_hub hf.co voyage mixtral phi3 phi4 phi-
    fastembed sglang generativeai dspy pydantic_ai""".split(),
)
_WEAK = tuple(b"model llm embed rerank checkpoint backbone encoder lora dataset repo_id tokenizer image".split())
_LITERAL = re.compile(
    rb"""["'](?!(?:application|text|image|audio|video|multipart|font)/|utf-|iso-|latin-|x-|us-|windows-|\d)"""
    rb"""(?:[a-z0-9][a-z0-9_.-]*/[a-z0-9_.-]+["':@]|[a-z][a-z0-9_.]*-[a-z0-9_.:-]*[0-9][a-z0-9_.:-]*["'])"""
)


def lower(data: bytes) -> bytes:
    """The bytes to look for a sign in: in lower case, UTF-16 without its zeros."""
    plain = data.replace(b"\0", b"") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data
    return plain.lower()


def in_code(plain: bytes) -> bool:
    """A library or family of models, or a word for a model beside a quoted text of the shape of a name."""
    if any(word in plain for word in _STRONG):
        return True
    return any(word in plain for word in _WEAK) and _LITERAL.search(plain) is not None


def in_text(plain: bytes) -> bool:
    """A library or family of models, or a word for a model, where values need no quotes."""
    return any(word in plain for word in _WEAK) or any(word in plain for word in _STRONG)


_BILL = re.compile(rb"bomformat|cyclonedx\.org|spdxversion|spdx\.org/rdf|spdxref")


def is_bill(data: bytes) -> bool:
    """Whether a file is a bill of materials, by its first bytes."""
    return _BILL.search(data[:20_000].lower()) is not None


_OWN_REPORT = re.compile(
    rb'\s*\{\s*"schema": ?"modelcheck/[a-z]+/\d+", ?\s*"(?:tool|models|changes|references|files|model)":'
)
_OWN_BILL = re.compile(
    rb'"tools": \{\s*"components": \[\s*\{\s*"type": "application",\s*"name": "modelcheck"'
    rb'|"creators": \[\s*"Tool: modelcheck-|spdxdocs/modelcheck-[0-9a-f]{8}-'
)


def is_own_report(data: bytes) -> bool:
    """Whether a file is a report of ours: it names what was found and is no use of it."""
    return _OWN_REPORT.match(data[:400]) is not None


def is_own_bill(data: bytes) -> bool:
    """Whether a bill of materials was written by us; one that we only annotated is somebody else's."""
    return _OWN_BILL.search(data) is not None


def in_bill(plain: bytes) -> bool:
    """A component of a bill of materials that is a model or a dataset."""
    return any(
        word in plain
        for word in (
            b"huggingface",
            b"machine-learning-model",
            b"aipackage",
            b"datasetpackage",
            b"primarypackagepurpose",
        )
    )


def in_records(plain: bytes) -> bool:
    """A field of a training record."""
    return any(
        word in plain
        for word in (
            b'"instruction"',
            b'"completion"',
            b'"response"',
            b'"chosen"',
            b'"conversations"',
            b'"messages"',
            b'"answer"',
        )
    )
