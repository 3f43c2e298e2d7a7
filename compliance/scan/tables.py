"""Which dictionaries, lists and tuples a Python expression may be, and what stands in them."""

import ast

from compliance.scan.bindings import Bindings, Scope
from compliance.scan.expressions import EACH, called

MAX_DEPTH = 12
MAX_VALUES = 40
MAX_STEPS = 2000
"""Expressions that are looked at for one question."""

Table = ast.Dict | ast.List | ast.Tuple | ast.Set

_LISTED = frozenset("items values list sorted tuple set reversed frozenset OrderedDict MappingProxyType".split())
"""Calls that give back the same entries."""


class Tables:
    """Follows an expression to the entries it may give."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self._steps = 0

    def _picked(self, node: ast.Subscript, scopes: tuple[Scope, ...], depth: int) -> list[ast.expr]:
        """The entries that a subscript may stand for: one where it is known, all where it is not."""
        index = node.slice
        key = index.value if isinstance(index, ast.Constant) else None
        found: list[ast.expr] = []
        for table in self._tables(node.value, scopes, depth + 1):
            if isinstance(table, ast.Dict):
                found += [value for name, value in _entries(table) if key is None or name == key]
            elif key is None:
                found += table.elts
            elif isinstance(key, int) and -len(table.elts) <= key < len(table.elts):
                found.append(table.elts[key])
        return found[:MAX_VALUES]

    def _made(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int) -> list[ast.Call]:
        """The calls of classes that may have made the object that an expression gives."""
        many: list[ast.expr] = []
        self._steps += 1
        if depth > MAX_DEPTH or self._steps > MAX_STEPS:
            return []
        if isinstance(node, ast.Call) and called(node)[:1].isupper():
            return [node]
        if isinstance(node, ast.Name):
            many = self._bound(node, scopes)
        elif isinstance(node, ast.Subscript):
            many = self._picked(node, scopes, depth)
        elif isinstance(node, ast.IfExp):
            many = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            many = node.values
        elif isinstance(node, ast.Call) and called(node) == EACH:
            many = self._each(node, scopes, depth)
        return [made for one in many[:MAX_VALUES] for made in self._made(one, scopes, depth + 1)]

    def _bound(self, node: ast.Name, scopes: tuple[Scope, ...]) -> list[ast.expr]:
        """What a name is bound to in the innermost scope that knows it."""
        inner = next((scope for scope in reversed(scopes) if node.id in self.bindings.scopes.get(scope, ())), None)
        return self.bindings.scopes[inner][node.id] if inner is not None else []

    def _tables(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int) -> list[Table]:  # noqa: C901
        """The dictionaries, lists and tuples that an expression may be."""
        many: list[ast.expr] = []
        self._steps += 1
        if isinstance(node, Table) or depth > MAX_DEPTH or self._steps > MAX_STEPS:
            return [node] if isinstance(node, Table) else []
        if isinstance(node, ast.Name):
            many = self._bound(node, scopes)
        elif isinstance(node, ast.Attribute):
            many = self.bindings.attributes.get(node.attr, [])
        elif isinstance(node, ast.Subscript):
            many = self._picked(node, scopes, depth)
        elif isinstance(node, ast.IfExp):
            many = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            many = node.values
        elif isinstance(node, ast.Call):
            name = called(node)
            if name == EACH:
                many = self._each(node, scopes, depth)
            elif name == "dict" and node.keywords:
                return [_dictionary(node)]
            elif name in {"get", "pop", "copy", "deepcopy", *_LISTED} and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                many = [ast.Subscript(owner, node.args[0])] if name in {"get", "pop"} and node.args else [owner]
            elif name in _LISTED:
                many = node.args[:1]
            else:
                many = [value for value, _ in self.bindings.returns.get(name, [])]
        return [table for one in many[:20] if one is not node for table in self._tables(one, scopes, depth + 1)]

    def _each(self, node: ast.Call, scopes: tuple[Scope, ...], depth: int) -> list[ast.expr]:
        """What a loop runs through: the keys of a dictionary, the elements of a list."""
        found: list[ast.expr] = []
        source = node.args[0]
        values = isinstance(source, ast.Call) and called(source) == "values"
        for table in self._tables(source, scopes, depth + 1):
            if isinstance(table, ast.Dict):
                found += table.values if values else [key for key in table.keys if key is not None]
            else:
                found += table.elts
        return found[:MAX_VALUES]


def _dictionary(node: ast.Call) -> ast.Dict:
    """`dict(a=1)` as a literal."""
    named = [item for item in node.keywords if item.arg is not None]
    return ast.Dict([ast.Constant(item.arg) for item in named], [item.value for item in named])


def _entries(table: ast.Dict) -> list[tuple[object, ast.expr]]:
    return [
        (key.value, value) for key, value in zip(table.keys, table.values, strict=True) if isinstance(key, ast.Constant)
    ]
