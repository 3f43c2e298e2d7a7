"""The Python files of a project as what one of them leaves to another needs them."""

import ast
from typing import NamedTuple

from compliance.scan.bindings import Bindings
from compliance.scan.files import File
from compliance.scan.looking import Item, read
from compliance.scan.parsing import NotParsedError, parse


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
