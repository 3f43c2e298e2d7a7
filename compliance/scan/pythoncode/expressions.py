"""What a Python expression is at a glance: the name it calls, its dots and keys, its texts."""

import ast

EACH = "<each>"
"""Stands for a call that gives an element."""


def each(source: ast.expr) -> ast.Call:
    """An element of what an expression runs through."""
    return ast.Call(ast.Name(EACH), [source], [])


def called(node: ast.Call) -> str:
    """The last part of a called name."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """A name with its dots, as far as it is one."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        parts.append(node.id)
    return ".".join(reversed(parts))


def tail(node: ast.Call) -> str:
    """The last two parts of a called name."""
    return ".".join(dotted(node.func).split(".")[-2:])


def trail(node: ast.expr) -> tuple[str, ...]:
    """The names and keys that lead to a value: `config`, `model`, `name` of `self.config["model"].name`."""
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Subscript):
            if isinstance(node.slice, ast.Constant):
                parts.append(str(node.slice.value))
            node = node.value
        elif isinstance(node, ast.Call):
            owner, key = _looked_up(node)
            if key is not None:
                parts.append(key)
            node = owner
        elif isinstance(node, ast.Await):
            node = node.value
        else:
            break
    if isinstance(node, ast.Name) and node.id not in {"self", "cls"}:
        parts.append(node.id)
    return tuple(reversed(parts[:3]))


def _looked_up(node: ast.Call) -> tuple[ast.expr, str | None]:
    """What a call looks into, and for which key; else what is called."""
    name, given = called(node), node.args
    if name in {"get", "pop"} and isinstance(node.func, ast.Attribute) and given and isinstance(given[0], ast.Constant):
        return node.func.value, str(given[0].value)
    if name == "getattr" and len(given) > 1 and isinstance(given[1], ast.Constant):
        return given[0], str(given[1].value)
    return node.func, None


def keyword(node: ast.Call, *names: str) -> ast.expr | None:
    """The value of the first keyword of these names."""
    return next((item.value for name in names for item in node.keywords if item.arg == name), None)


def said(node: ast.AST | None) -> str | None:
    """The text of a literal, where that is what stands there."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def unpacked(node: ast.Call) -> list[ast.expr]:
    """The tables and lists that a call is given as its arguments."""
    named = [item.value for item in node.keywords if item.arg is None]
    return named + [item.value for item in node.args if isinstance(item, ast.Starred)]


def strings(node: ast.expr) -> list[ast.Constant]:
    """The texts of a literal, or of a list of literals."""
    if isinstance(node, ast.Constant):
        return [node] if isinstance(node.value, str) else []
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return [text for element in node.elts for text in strings(element)]
    return []


def argument(call: ast.Call, at: int, name: str) -> ast.expr | None:
    """What a call passes for a parameter of this place and name."""
    value = keyword(call, name)
    if value is None and 0 <= at < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[:at]):
        value = call.args[at]
    return None if isinstance(value, ast.Starred) else value


def choices(node: ast.expr) -> list[ast.expr]:
    """The expressions of which one is what this gives, as either side of an `or`; none of another kind."""
    if isinstance(node, ast.BoolOp | ast.Dict):
        return node.values
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return node.elts
    return [node.value] if isinstance(node, ast.NamedExpr | ast.Starred | ast.Await) else []


def shown(node: ast.expr) -> str:
    """An expression as a reason tells of it."""
    return ast.unparse(node)[:80]
