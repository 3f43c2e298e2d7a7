"""A waiver written into a project file, everything else in it left as it stands."""

import re
from collections.abc import Mapping

import msgspec

_TOP = re.compile(r"^(?P<key>[\w-]+)[ \t]*:(?P<rest>.*)$")
_PLAIN = re.compile(r"[A-Za-z][\w./#@ -]*[\w.]")
_RESERVED = {"true", "false", "yes", "no", "on", "off", "null", "none", "unknown"}


def added(text: str, waiver: Mapping[str, str]) -> str:
    """The project file's text with one more waiver, at the end of its `waivers:`.

    Raises ValueError where `waivers:` is written in a way that lines cannot be added to.
    """
    lines = text.splitlines()
    at = next((n for n, line in enumerate(lines) if (m := _TOP.match(line)) and m["key"] == "waivers"), None)
    if at is None:
        return "\n".join([*_trimmed(lines), "waivers:", *_item(waiver, "  ")]) + "\n"
    rest = lines[at].partition(":")[2].partition("#")[0].strip()
    if rest in {"[]", "~", "null"}:
        lines[at] = "waivers:"
    elif rest:
        raise ValueError(f"line {at + 1}: `waivers:` is written on one line; write each below it, after a dash")
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t-#"):
        end += 1
    while end > at + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    dash = next((line for line in lines[at + 1 : end] if line.lstrip().startswith("-")), "  -")
    indent = dash[: len(dash) - len(dash.lstrip())]
    return "\n".join([*lines[:end], *_item(waiver, indent), *lines[end:]]) + "\n"


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return [*lines, ""] if lines else []


def _item(waiver: Mapping[str, str], indent: str) -> list[str]:
    return [
        f"{indent}{'-' if n == 0 else ' '} {key}: {_scalar(value)}" for n, (key, value) in enumerate(waiver.items())
    ]


def _scalar(value: str) -> str:
    plain = _PLAIN.fullmatch(value) and " #" not in value and value.casefold() not in _RESERVED
    return value if plain else msgspec.json.encode(value).decode()
