"""Which calls of common names count: by what the file imports, and by what they are called on."""

import ast

from compliance.scan.expressions import called, dotted, keyword
from compliance.scan.patterns import pattern as lazily

LOADS = lazily(
    r"(?P<data>(?:load|get|fetch)\w{0,60}_dataset$)|Embeddings?$|Embedder$|Reranker$|Tokenizer$|LLM$|(?:load|get|fetch)_(?:\w{1,60}_)?model"
    r"|load_(?:llm|tokenizer|encoder|embedd\w+)|from_(?:hf|hub|repo)"
)
"""Calls whose own names say that they load something of that kind."""

SERVED = {
    "create": (
        *("completions.create", "messages.create", "responses.create", "embeddings.create", "transcriptions.create"),
        *("translations.create", "speech.create", "moderations.create", "Image.create"),
    ),
    "parse": ("completions.parse", "responses.parse"),
    "stream": ("messages.stream", "completions.stream", "responses.stream", "chat.stream"),
    "complete": ("chat.complete", "fim.complete"),
    "generate": ("images.generate",),
}
"""Calls of clients of services; what is written out there is seen by its keyword."""

IMPLIED = {
    "images.generate": "openai:dall-e-2",
    "Image.create": "openai:dall-e-2",
    "moderations.create": "openai:omni-moderation-latest",
}
"""What calls of OpenAI's client take where they are given no model."""

ASKS = {
    **dict.fromkeys(("load_ip_adapter", "load_lora_weights", "load_textual_inversion"), "diffusers"),
    "load_adapter": r"\b(?:peft|transformers|adapters|diffusers)\b",
}
"""Methods that projects give names of their own to: what they are given is asked for where the library is imported."""


def is_name(call: ast.Call, value: ast.expr) -> bool:
    """Whether what a call is given is the name of what it loads: PEFT takes the base as an object first."""
    if called(call).startswith("load_dataset"):
        return value in call.args or value is keyword(call, "path")
    if called(call) != "from_pretrained" or value not in call.args:
        return True
    is_adapter = "Peft" in dotted(call.func) and (len(call.args) > 1 or keyword(call, "model_id") is not None)
    return (call.args.index(value) == 1) is is_adapter
