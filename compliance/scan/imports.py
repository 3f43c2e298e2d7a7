"""Names that one Python file takes from another: followed to the text they stand for, where that is in the project."""

import ast
import warnings
from pathlib import PurePosixPath

from compliance.model import Reference
from compliance.scan import names
from compliance.scan.bindings import Bindings
from compliance.scan.constants import Resolver
from compliance.scan.files import MAX_BYTES, File, Wanted
from compliance.scan.looking import Item, read

MAX_WANTED = 2000


def follow(wanted: list[Wanted], paths: dict[str, str]) -> list[Reference]:
    """The references that the wanted names stand for; `paths` are the Python files of the project."""
    opened: dict[str, tuple[File, Bindings, ast.Module] | None] = {}
    files: dict[str, File] = {}
    for item in dict.fromkeys(wanted[:MAX_WANTED]):
        path = _find(item, paths)
        if path is None:
            continue
        if path not in opened:
            opened[path] = _open(path, paths[path])
        found = opened[path]
        if found is not None:
            files[path] = found[0]
            _report(item, *found)
    return [reference for file in files.values() for reference in file.found]


def _find(item: Wanted, paths: dict[str, str]) -> str | None:
    """The file that a module is, looked for beside the importing file, in its parents, and below `src`."""
    plain = item.module.partition(":")[0].lstrip(".")
    levels = len(item.module) - len(item.module.lstrip("."))
    folder = PurePosixPath(item.path).parent
    for _ in range(max(levels - 1, 0)):
        folder = folder.parent
    below = plain.replace(".", "/")
    if ":" in item.module:
        below = "/".join(part for part in (below, item.module.partition(":")[2]) if part)
    bases = [folder] if levels else [folder, *folder.parents, PurePosixPath("src")]
    for base in bases:
        for ending in (".py", "/__init__.py"):
            path = str(base / (below + ending)) if below else str(base / "__init__.py")
            if path in paths and path != item.path:
                return path
    return None


def _open(path: str, full: str) -> tuple[File, Bindings, ast.Module] | None:
    try:
        data = read(Item(path, full, ("python",), None))
        if isinstance(data, str) or len(data) > MAX_BYTES:
            return None
        file = File(path, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(file.text)
        bindings = Bindings()
        bindings.visit(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return file, bindings, tree


def _report(item: Wanted, file: File, bindings: Bindings, tree: ast.Module) -> None:
    values = bindings.scopes[tree].get(item.name, []) or bindings.attributes.get(item.name, [])
    resolver = Resolver(bindings)
    for value in values[:10]:
        for text in resolver.texts(value, (tree,)):
            name = names.loaded(text.text, item.hint)
            if name is not None:
                place = (text.node.lineno, text.node.col_offset + 2)
                file.report(
                    text.text,
                    name,
                    place,
                    role=text.role,
                    detector=f"python-import:{item.call}",
                    how=(*text.how, f"imported by {item.path}"),
                )
