"""Texts that are put together in Python: f-strings, sums and formats, where every part is known; and paths."""

import ast
from collections.abc import Callable

from compliance.scan.patterns import pattern as lazily
from compliance.scan.pythoncode.expressions import dotted, said, trail

_FOLDER = lazily(
    r"(?:^|_)(?:dir|path|paths|folder|root|home|output|out|cache|save|saved|ckpt|checkpoint|base)(?:_\w+)?$"
)


def fold(node: ast.expr, texts: Callable[[ast.expr], set[str]]) -> str | None:
    """The one text that joined parts make; `texts` gives what a part by itself may be."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return _sum([fold(part, texts) for part in node.values])
    if isinstance(node, ast.FormattedValue):
        return fold(node.value, texts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _sum([fold(node.left, texts), fold(node.right, texts)])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        parts = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
        return _filled(str(node.left.value), "%s", [fold(part, texts) for part in parts])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        left = fold(node.func.value, texts) or ""
        for item in node.keywords:
            left = left.replace(f"{{{item.arg}}}", fold(item.value, texts) or "{")
        return _filled(left, "{}", [fold(part, texts) for part in node.args])
    if (listed := joined(node)) is not None:
        return _sum([fold(part, texts) for part in listed])
    if isinstance(node, ast.BinOp | ast.Call):
        return None
    found = texts(node)
    return next(iter(found)) if len(found) == 1 else None


def joined(node: ast.expr) -> list[ast.expr] | None:
    """The parts of `"/".join(parts)`, which makes a text and, unlike the join of paths, no place."""
    if (
        not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Attribute)
        or node.func.attr != "join"
        or not isinstance(node.func.value, ast.Constant)
        or len(node.args) != 1
    ):
        return None
    parts = node.args[0].elts if isinstance(node.args[0], ast.List | ast.Tuple) else [node.args[0]]
    return [part for item in parts for part in (node.func.value, item)][1:]


def path_parts(node: ast.expr) -> list[ast.expr] | None:
    """The parts of a path that is put together: by `os.path.join`, the operator of paths, `joinpath` or `Path`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return [*_parts(node.left), node.right]
    if not isinstance(node, ast.Call) or not node.args or any(isinstance(one, ast.Starred) for one in node.args):
        return None
    name = dotted(node.func)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "joinpath":
        return [*_parts(node.func.value), *node.args]
    is_path = name.endswith("path.join") or name.rpartition(".")[2] in _PATHS
    return node.args if is_path and len(node.args) > 1 else None


_PATHS = frozenset({"Path", "PurePath"})


def _parts(node: ast.expr) -> list[ast.expr]:
    """The parts of what a path begins with."""
    is_one = isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in _PATHS
    return path_parts(node) or (node.args if isinstance(node, ast.Call) and is_one and node.args else [node])


def _sum(parts: list[str | None]) -> str | None:
    return None if any(part is None for part in parts) else "".join(part for part in parts if part is not None)


def _filled(template: str, hole: str, parts: list[str | None]) -> str | None:
    if any(part is None for part in parts) or template.count(hole) != len(parts) or "{" in template.replace(hole, ""):
        return None
    for part in parts:
        template = template.replace(hole, part or "", 1)
    return template


def is_place(node: ast.expr) -> bool:
    """Whether what is joined is a path: by the operator of paths, or by what it begins with."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Div) or is_place(node.left)
    if isinstance(node, ast.JoinedStr):
        return bool(node.values) and is_place(node.values[0])
    if isinstance(node, ast.FormattedValue):
        return _FOLDER.search("".join(trail(node.value)[-1:]).lower()) is not None
    if (parts := joined(node)) is not None:
        return is_place(parts[0])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return is_place(node.func.value)
    return (said(node) or "").startswith((".", "/", "~"))
