"""What the header of weights or a merge recipe names as that which a model was made from."""

import re
from collections.abc import Iterator

from compliance.lineage import DATA
from compliance.scan import hub, names
from compliance.scan.entries import Entry

_PLAIN = frozenset({"0", "1", "32"})
"""GGUF file types that are no quantisation: F32, F16, BF16."""


def hub_name(named: hub.Name | None, text: str) -> str:
    """The id on the Hub that a name leads to, else the text."""
    if named is not None and named.resolved is not None and named.resolved.startswith("hf:"):
        return named.resolved.removeprefix("hf:").partition("@")[0].partition("#")[0]
    return text


def of_header(header: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What a header names: the model that was converted, or what that was made from."""
    plain = header.get("general.file_type") in _PLAIN
    source = header.get("general.source.huggingface.repository") or header.get("general.source.repo_url")
    source = source or header.get("general.source.url")
    if source is not None:
        yield hub_name(names.keyed(source, "hf"), source), "converted" if plain else "quantized"
    bases = [value for key, value in header.items() if re.fullmatch(r"general\.base_model\.\d+\.repo_url", key)]
    for base in bases if source is None else ():
        yield hub_name(names.keyed(base, "hf"), base), "finetune" if len(bases) == 1 else "merge"
    for key, value in header.items():
        if ("base_model" in key and not key.startswith("general.")) or "sd_model_name" in key:
            adapter = "ss_network_module" in header or "lora" in header.get("modelspec.architecture", "").lower()
            yield hub_name(names.keyed(value, "hf"), value), "adapter" if adapter else "finetune"
        elif re.fullmatch(r"general\.dataset\.\d+\.repo_url", key):
            named = names.keyed(value, "dataset")
            yield named.resolved if named is not None and named.resolved else value, DATA


_MADE = re.compile(
    r"\b(?:(?P<quantized>(?:gguf|ggml|gptq|awq|exl[23]|quant\w*|bit)\b[^\n.\[]{0,40}?\b(?:of|for|from|:))"
    r"|(?P<converted>conver(?:ted|sion)\b[^\n.\[]{0,60}?\b(?:of|from))"
    r"|(?P<adapter>(?:lora|qlora|adapters?)\b[^\n.\[]{0,30}?\b(?:for|of|on|from))"
    r"|(?P<merge>merged?\b[^\n.\[]{0,30}?\b(?:of|from))"
    r"|(?P<finetune>(?:fine-?\s?tun\w+|trained|distilled|derived|built|based)\b[^\n.\[]{0,30}?\b(?:of|from|on|upon)"
    r"|(?:original|base|parent|source)[ _]model\b[*_ ]{0,4}[:|]?))"
    r"(?:\s+model\b)?[*_ :]{0,6}(?:the\s+|our\s+|a\s+)?(?:original\s+|base\s+)?(?:model\s+)?"
    r"(?:\[[^\]\n]{1,100}\]\()?<?https://(?:huggingface\.co|hf\.co)/"
    r"(?!(?:datasets|spaces|docs|blog|papers|collections|models|organizations|join|chat|learn)/)"
    r"(?P<name>[\w.-]{1,96}/[\w.-]{1,96})",
    re.IGNORECASE,
)
"""How the text of a card says what its model was made from, with a link to it."""


def of_words(text: str) -> Iterator[tuple[str, str, int]]:
    """The models that the text of a card links to as those from which its own was made, each with its line."""
    for match in _MADE.finditer(text):
        relation = next(kind for kind in ("quantized", "converted", "adapter", "merge", "finetune") if match[kind])
        yield match["name"].rstrip("."), relation, text.count("\n", 0, match.start()) + 1


def of_recipe(entry: Entry) -> Iterator[str]:
    """The models that one value of a merge recipe names: `base+adapter`, a path, a source of slices or experts."""
    keys = [key for key in entry.path if not key.isdigit()]
    is_model = keys[-1:] in (["model"], ["base_model"], ["source_model"], ["lora"], ["path"]) and keys[0] in {
        "models", "slices", "base_model", "experts", "modules"
    }  # fmt: skip
    if is_model:
        for text in filter(str.strip, entry.value.split("+")):
            yield hub_name(names.keyed(text.strip(), "hf"), text.strip())
