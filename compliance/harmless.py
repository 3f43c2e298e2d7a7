"""Text of others where it is shown: no control characters, no commands to the service that reads the log."""

import re

_COMMAND = re.compile(r"^([ \t]*)::|##(?=[\w.-]*\[)", re.MULTILINE)
"""What GitHub takes at the start of a line, and it, Azure and TeamCity anywhere in one, for an order to themselves."""
_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Controls, and what has no shape of its own: it turns, splits or hides the text beside it."""


def printable(text: str, kept: str = "") -> str:
    """The text without what is not printable; `kept` are characters that stay nevertheless."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in kept else "\ufffd" for char in text)


def line(text: str) -> str:
    """The text as one line of a log."""
    return log(printable(text))


def log(text: str) -> str:
    """The text of several lines with a gap in what a service would take for a command."""
    if "::" not in text and "##" not in text:
        return text
    return _COMMAND.sub(lambda found: f"{found[1]}: :" if found[1] is not None else "# #", text)


def markdown(text: str) -> str:
    """The text without effect as Markdown or HTML."""
    plain = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{char}" if char in "\\`*_[]|#@!~$" else char for char in plain)


def json(text: str) -> str:
    """The same JSON, in which nothing acts on a terminal or a log: strings have such characters written out."""
    text = text if text.isascii() and "\x7f" not in text else _UNSEEN.sub(lambda found: _escaped(found[0]), text)
    return text.replace("##", "#\\u0023")


def _escaped(char: str) -> str:
    """A character as JSON writes it out: those beyond the first plane in two halves."""
    halves = char.encode("utf-16-be")
    return "".join(f"\\u{halves[at]:02x}{halves[at + 1]:02x}" for at in range(0, len(halves), 2))
