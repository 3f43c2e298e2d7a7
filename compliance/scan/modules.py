"""The Python files of a project as what one of them leaves to another needs them."""

import ast
import warnings
from typing import NamedTuple

from compliance.scan.bindings import Bindings
from compliance.scan.files import MAX_PYTHON, File
from compliance.scan.looking import Item, read


class Module(NamedTuple):
    """A parsed file."""

    file: File
    bindings: Bindings
    tree: ast.Module


def parsed(path: str, full: str) -> Module | None:
    """A file, or None for one that cannot be read or parsed: that is told where it is looked at by itself."""
    data = read(Item(path, full, ("python",), None))
    if isinstance(data, str) or len(data) > MAX_PYTHON:
        return None
    file = File(path, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(file.text)
        bindings = Bindings()
        bindings.visit(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return Module(file, bindings, tree)
