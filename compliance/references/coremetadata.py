"""Core metadata of Python's packages (METADATA, PKG-INFO) -> their fields of licences, and the page in them."""

import re
from collections.abc import Iterator

_CORE = re.compile(r"\ufeff?Metadata-Version:[ \t]*\d")
_HEAD_ENDS = re.compile(r"\n\r?\n")
_FIELD = re.compile(r"^([A-Za-z][A-Za-z-]{0,40}):[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)", re.MULTILINE)
_FOLDED = re.compile(r"^(?: {7}\|| {1,8}|\t)", re.MULTILINE)
"""What stands before the further lines of a field."""
_NONE = frozenset({"", "unknown", "none", "n/a"})


def is_core(text: str) -> bool:
    """Whether a text is such metadata; by its first field, for its file has many names."""
    return _CORE.match(text) is not None


def stated(text: str) -> Iterator[str]:
    """What the fields state: an expression, which replaces all others (PEP 639); else a line, classifiers, files."""
    fields = list(_fields(text))
    expression = [said for name, said, _ in fields if name == "license-expression"]
    if expression:
        yield from expression
        return
    for name, said, _ in fields:
        if name == "license" and said.casefold() not in _NONE:
            yield " ".join(said.split())
        elif name == "classifier" and said.startswith("License ::"):
            yield said
        elif name == "license-file":
            yield f"SEE LICENSE IN {said}"


def quoted(text: str) -> str | None:
    """The text of a licence where a field holds one, on the lines on which it stands; None where no field does."""
    if not is_core(text):
        return None
    for name, said, start in _fields(text):
        if name == "license" and "\n" in said:
            return "\n" * text.count("\n", 0, start) + said
    return None


def description(text: str) -> str:
    """The page in it: what is below the fields, or of old a field of its own."""
    head = _head(text)
    below = text[len(head) :].strip("\r\n")
    return below or next((said for name, said, _ in _fields(text) if name == "description"), "")


def _head(text: str) -> str:
    end = _HEAD_ENDS.search(text)
    return text if end is None else text[: end.start()]


def _fields(text: str) -> Iterator[tuple[str, str, int]]:
    """Each field by its name, with what it says unfolded, and where that begins."""
    for match in _FIELD.finditer(_head(text)):
        yield match[1].casefold(), _FOLDED.sub("", match[2]).strip(" \t\r"), match.start(2)
