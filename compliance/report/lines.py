"""Lines of a width for a person at a terminal."""

import io
from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from compliance.harmless import printable
from compliance.model import Verdict

COLOURS: dict[Verdict, str] = {
    "prohibited": "red",
    "undetermined": "magenta",
    "conditional": "yellow",
    "permitted": "green",
}
"""By verdict, worst first."""


class Row(NamedTuple):
    """A paragraph, the columns that it is indented by, and the bullet before it; `key` names what it says again."""

    text: str
    indent: int = 2
    bullet: str = ""
    key: str = ""


class Page:
    """Lines of a width; what others wrote steers nothing in them, and an address stays whole so that it can be used."""

    def __init__(self, width: int, *, color: bool) -> None:
        self._out = io.StringIO()
        self._console = Console(
            file=self._out, width=width, force_terminal=color, no_color=not color, highlight=False, soft_wrap=True
        )

    def text(self) -> str:
        """All of it."""
        return "".join(line.rstrip() + "\n" for line in self._out.getvalue().splitlines())

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def head(self, words: str, rest: str, verdict: Verdict | None = None, *, hang: int = 0) -> None:
        """A line that begins with words that stand out; what goes on below it is indented by `hang`."""
        first, *more = self._wrapped(printable(words + rest), self._console.width - hang)
        shown = Text(first)
        shown.stylize("bold" if verdict is None else f"bold {COLOURS[verdict]}", 0, len(words))
        for line in (shown, *(Text(" " * hang + line) for line in more)):
            self._console.print(line)

    def row(self, text: str, indent: int = 2, *, bullet: str = "") -> None:
        """A paragraph under an indent; behind a bullet its lines hang."""
        margin = " " * indent + bullet
        for line in self._wrapped(printable(text), self._console.width - len(margin)):
            self._console.print(Text(margin + line))
            margin = " " * len(margin)

    def rows(self, rows: Iterable[Row]) -> None:
        """Several paragraphs."""
        for row in rows:
            self.row(row.text, row.indent, bullet=row.bullet)

    @staticmethod
    def _wrapped(text: str, width: int) -> list[str]:
        """The text in lines of no more columns; a longer word stays whole, where rich would fold or crop it."""
        lines: list[str] = []
        line, used = "", 0
        for word in text.split(" "):
            size = cell_len(word)
            if line and used + 1 + size > width:
                lines.append(line.rstrip())
                line, used = word, size
            else:
                line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
        return [*lines, line.rstrip()]
