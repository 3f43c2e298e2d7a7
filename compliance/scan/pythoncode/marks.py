"""What names, keywords and records of a Python program say of their values."""

import ast
from functools import lru_cache

from compliance.scan.naming import keys
from compliance.scan.pythoncode.expressions import strings

DOCS = frozenset(
    "description help doc title label caption placeholder epilog metavar example examples alias aliases".split()
)

_VALUES = frozenset({"value", "values", "default", "options", "choices"})
"""What records of a setting call its value and those that it may have."""

ROLES = {"choices": "option", "options": "option", "default": "default"}
"""What keywords say of their values."""

_SIZES = ("size", "sizes")
"""Ends of keys that hold sizes of Whisper, in files that are about it."""


@lru_cache(maxsize=8192)
def kind(key: str) -> str:
    """What a key says of its value: a command, what is created, a model or the like, or nothing."""
    if keys.commands(key):
        return "command"
    if keys.creates(key):
        return "created"
    return "held" if keys.holds(key) or key.lower().endswith(_SIZES) else ""


def fields(value: ast.Call) -> list[ast.Constant]:
    """The texts that a record of a setting holds: its value and those that it may have."""
    return [text for item in value.keywords if item.arg in _VALUES for text in strings(item.value)]


def documents(value: ast.expr, node: ast.expr) -> bool:
    """Whether a text is the documentation in a wrapper such as `Field(...)`."""
    return isinstance(value, ast.Call) and any(item.arg in DOCS and item.value is node for item in value.keywords)
