"""Python text into a tree, within bounds: no alarm ends the making of a tree, so what is made is bounded before it."""

import ast
import warnings
from typing import NamedTuple

from compliance.scan.files import File
from compliance.scan.looking import Item, read
from compliance.scan.patterns import pattern as lazily
from compliance.scan.pythoncode.bindings import Bindings

MAX_LETTERS = 1_000_000
"""Letters of Python that are parsed."""
MAX_MARKS = 200_000
"""Line ends, operators and brackets: a tree takes up to 1,900 bytes for each (measured on lines of one name)."""
MAX_FIELDS = 20_000_000_000
"""Braces times letters, where there are f-strings: Python 3.11 looks for each of their fields from the start again."""

_SMALL = 100_000
_MARKS = "\n\r,;=([{.:+-*/%<>&|^@~!"
_FORMATTED = lazily(r"(?<!\w)(?:[fF][rR]?|[rR][fF])[\"']")


class NotParsedError(Exception):
    """Why there is no tree, and the line where that was seen, or 0."""

    def __init__(self, reason: str, line: int = 0, *, is_large: bool = False) -> None:
        self.reason, self.line, self.is_large = reason, line, is_large
        super().__init__(reason)


def parse(text: str) -> ast.Module:
    """The tree of a Python 3 text. Raises NotParsedError, for what is no Python as for what would be too much."""
    if (reason := too_much(text)) is not None:
        raise NotParsedError(reason, is_large=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as problem:
        raise NotParsedError(problem.msg, problem.lineno or 0) from None
    except ValueError as problem:
        raise NotParsedError(str(problem)) from None
    except (RecursionError, MemoryError):
        raise NotParsedError("nested too deeply") from None


def too_much(text: str) -> str | None:
    """Why a text is not parsed: its tree could take too much memory, or its making too much time."""
    if len(text) > MAX_LETTERS:
        return f"more than {MAX_LETTERS} letters of Python"
    if len(text) > min(_SMALL, MAX_MARKS) and sum(text.count(mark) for mark in _MARKS) > MAX_MARKS:
        return f"more than {MAX_MARKS} operators and lines of Python"
    if text.count("{") * len(text) > MAX_FIELDS and _FORMATTED.search(text):
        return "too many braces in too long a Python file that formats texts"
    return None


class Module(NamedTuple):
    """A parsed file."""

    file: File
    bindings: Bindings
    tree: ast.Module


def parsed(path: str, full: str) -> Module | None:
    """A file, or None for one that cannot be read or parsed: that is told where it is looked at by itself."""
    data = read(Item(path, full, ("python",), None))
    if isinstance(data, str):
        return None
    file = File(path, data)
    try:
        tree = parse(file.text)
        bindings = Bindings()
        bindings.visit(tree)
    except (NotParsedError, RecursionError):
        return None
    return Module(file, bindings, tree)
