"""Text of others and sentences of ours as HTML, in which nothing that others wrote is markup."""

import re
from collections.abc import Iterator
from html import escape

from compliance.harmless import printable

_TYPED = re.compile(r"`([^`\n]{1,100})`")


def text(words: str) -> str:
    """Text of others, in lines."""
    return escape(printable(words, "\n"))


def prose(words: str) -> str:
    """A sentence of ours, in which what is to be typed stands between backticks."""
    return "".join(f"<code>{text(part)}</code>" if typed else text(part) for typed, part in typed_in(words))


def typed_in(words: str) -> Iterator[tuple[bool, str]]:
    """The parts of a sentence, each with whether it stood between backticks."""
    return ((bool(place % 2), part) for place, part in enumerate(_TYPED.split(words)) if part)
