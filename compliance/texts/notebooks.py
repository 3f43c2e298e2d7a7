"""Notebooks of Jupyter -> what a reader is told, line for line: their prose, and the comments of their code."""

import json
import re
from collections.abc import Iterator

_KIND = re.compile(r'\s*"cell_type"\s*:\s*"(?P<kind>\w+)"')
_SOURCE = re.compile(r'\s*"source"\s*:\s*\[\s*$')
_WHOLE = re.compile(r'\s*"source"\s*:\s*(?=")')
"""Before all lines of a cell in one string, as some write it; what is said below then stands further down."""
_COMMENT = re.compile(r"\s*#(?!@)")
"""A line that is no field of a form, as Colab has them."""


def is_notebook(text: str) -> bool:
    """Whether a text is a notebook as Jupyter writes it, a line of a cell in a line of its own."""
    return text.lstrip().startswith("{") and '"nbformat"' in text and '"cells"' in text


def words(text: str) -> str:
    """What a notebook says, on the lines on which it says it where each has its own."""
    return "\n".join(_rows(text))


def _rows(text: str) -> Iterator[str]:
    kind, inside = "", False
    for row in text.split("\n"):
        said = _decoded(row.strip().removesuffix(",")) if inside else None
        if found := _KIND.match(row):
            kind = found["kind"]
        inside = _SOURCE.match(row) is not None or said is not None
        if (whole := _WHOLE.match(row)) is not None:
            said = _decoded(row[whole.end() :].strip().removesuffix(","))
        lines = (said or "").split("\n")
        yield "\n".join(line if kind == "markdown" or _COMMENT.match(line) else "" for line in lines)


def _decoded(string: str) -> str | None:
    """The line that a string of JSON is; None of what is none."""
    try:
        said = json.loads(string) if string.startswith('"') else None
    except ValueError:
        return None
    return said.removesuffix("\n") if isinstance(said, str) else None
