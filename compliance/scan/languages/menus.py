"""Lists and records of models in code: what a quoted text is by the key that holds it, or by the list around it."""

import re
from collections.abc import Iterator

from compliance.scan.languages import hints
from compliance.scan.naming import apis, hosting, hub, keys
from compliance.scan.naming.hub import Name
from compliance.scan.naming.shapes import likely
from compliance.scan.patterns import pattern as lazily

_MATCHED = lazily(
    r"(?:\b(?:starts?_?[wW]ith\??|StartsWith|[hH]asPrefix|includes?\??|[cC]ontains|match\??|[iI]ndexOf|ends?_?[wW]ith\??|EndsWith"
    r"|[hH]asSuffix|str_starts_with|str_contains|strpos|strncmp|strstr|TrimPrefix|removePrefix)|\.find)"
    r"\s*\((?:[^()\"'`]{0,60},\s*)?$"
)
_KEY = lazily(
    r"""(?<![\w$-])(?:(?![A-Za-z_$])[\w$-])*+(?P<key>[A-Za-z_$][\w$-]*+)["']?\s*+(?:\?\s*+)?"""
    r"""(?::[^=\n"'`]{0,60}=|:=|[:=]|=>|\?\?=?|\|\||\()\s*+(?:[\w.:&<>]{0,90}+\(\s*+)?$"""
)
_HEAD = lazily(
    r"""(?<![\w$-])(?:(?![A-Za-z_$])[\w$-])*+(?P<key>[A-Za-z_$][\w$-]*+)["']?\]?\s*+"""
    r"""(?::(?P<type>[^=\n"'`]{0,60})=|:=|[:=]|=>)"""
    r"""\s*+(?:(?:new\s++|&|vec!|\[\]|%w)\s*+)?[\w.:<>, ]{0,120}+\(?\s*$"""
)
_NAMED = frozenset("id ids name value key default slug identifier api_identifier model_string tag".split())
_OPENAI = ("gpt", "o1", "o3", "o4", "text-", "dall-e", "whisper-1", "tts-", "sora")
_RECORD = frozenset({"id", "name", "model", "model_id", "model_name"})
_PROVIDER = lazily(r"""\bprovider(?:_?id|_?name)?["']?\s*[:=]\s*["']([\w-]+)["']""", re.IGNORECASE)
_SETTER = lazily(r"\.\w{0,30}model(?:_id|_name)?\(\s*(?:Some\(\s*)?&?[\"']?$")
_BESIDE = lazily(r"""["'](?:o[134]-(?:mini|pro|preview)|gpt-[345][\w.-]*)["']""")
_OTHER_ID = lazily(r"""\b(?:model_?id|id|value|slug)["']?\s*:\s*["']""", re.IGNORECASE)
MAX_BACK = 6000
"""Letters before a text in which the list that holds it begins."""


def is_matched(before: str) -> bool:
    """Whether a text is only what names are compared with, in part or at their beginning."""
    return _MATCHED.search(before[-100:]) is not None


def guess(value: str, before: str, text: str, start: int) -> Name | None:  # noqa: C901
    """A name that no list knows, where its key, its call or the list around it is one of models."""
    if value in {"o1", "o3"}:
        near = _BESIDE.search(text, max(start - 300, 0), start + 300)
        return Name("api-model", f"openai:{value}") if near is not None else None
    if (given := _given(value, before, text, start)) is not None:
        return given
    if likely(value) is None:
        return None
    hint = hints.beside(text, start) or hints.hint(before, text, start)
    runs = hint if hint in {*apis.API, "azure", "bedrock"} else None
    if hint == "openai" and not value.lower().startswith(_OPENAI):
        runs = None  # many answer as OpenAI does
    shaped = likely(value, runs)
    found = _KEY.search(before[-90:])
    if found is not None and likely(found["key"]) is not None:
        return None  # what is shown of the model before it
    key = keys.plain(found["key"]) if found is not None else ""
    if key.endswith("name") and _shown(text, start):
        return None
    if key and (keys.guess(value, (key,)) is not None or re.match(r"(?:default_|with_|set_)?model_", key)):
        return shaped
    if key and key not in _NAMED:
        return None
    for head in _heads(text, start):
        list_key = _HEAD.search(head)
        if list_key is not None and _is_list(list_key["key"], list_key["type"] or ""):
            return likely(value, keys.hint((list_key["key"],)) or runs)
    return None


def _given(value: str, before: str, text: str, start: int) -> Name | None:
    """A model of the Hub that a method for one is given, or a name in a record that names its service beside it."""
    if _SETTER.search(before[-60:]) and "/" in value:
        return hub.hub_id(value)
    found = _KEY.search(before[-90:])
    if (
        found is None
        or keys.plain(found["key"]) not in _RECORD
        or not re.search(r"[-\d]", value)
        or value != value.lower()
    ):
        return None
    opened, closed = hints.record(text, start)
    beside = _PROVIDER.search(text, opened, closed) if opened >= 0 and closed >= 0 else None
    if beside is None or (keys.plain(found["key"]) == "name" and _shown(text, start)):
        return None
    return hosting.hosted(value, beside[1])


def _is_list(key: str, kind: str) -> bool:
    """Whether a list holds models, by its name or the type of what it holds."""
    if keys.holds(key) in {"model", "weak"} or re.search(r"Models?\b", kind):
        return True
    return re.search(r"models(?:_|$)", keys.plain(key)) is not None


def _shown(text: str, start: int) -> bool:
    """Whether a name is what is shown of a record that has an identifier beside it."""
    opened, closed = hints.record(text, start)
    return opened >= 0 and _OTHER_ID.search(text, opened, closed if closed >= 0 else start + 400) is not None


def _heads(text: str, start: int) -> Iterator[str]:
    """What stands before each bracket that is open where a text stands, the innermost first, three at most."""
    depth = given = 0
    for at in range(start - 2, max(start - MAX_BACK, -1), -1):
        letter = text[at]
        if letter in "]})":
            depth += 1
        elif letter in "[{(":
            depth -= 1
            if depth < 0:
                depth = 0
                given += 1
                yield text[max(at - 120, 0) : at]
                if given == 3:  # noqa: PLR2004
                    return
