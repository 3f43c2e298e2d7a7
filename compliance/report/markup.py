"""Text of others and sentences of ours as HTML, in which nothing that others wrote is markup."""

import re
from html import escape

from compliance.harmless import printable

_TYPED = re.compile(r"`([^`\n]{1,100})`")


def text(words: str) -> str:
    """Text of others, in lines."""
    return escape(printable(words, "\n"))


def prose(words: str) -> str:
    """A sentence of ours, in which what is to be typed stands between backticks."""
    return _TYPED.sub(r"<code>\1</code>", text(words))
