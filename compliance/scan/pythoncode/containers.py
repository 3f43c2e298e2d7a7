"""Which dictionaries, lists and tuples a Python expression may be, and what stands in them."""

import ast

from compliance.scan.pythoncode.bindings import Bindings, Scope
from compliance.scan.pythoncode.expressions import EACH, called

MAX_DEPTH = 40
MAX_NAMES = 8
"""Names that lead to each other before a dictionary."""
MAX_STEPS = 5000
"""Expressions that are looked at for one question; what lies beyond is told, not dropped."""

Table = ast.Dict | ast.List | ast.Tuple | ast.Set

_LISTED = frozenset("items values list sorted tuple set reversed frozenset OrderedDict MappingProxyType".split())
"""Calls that give back the same entries."""


class Tables:
    """Follows an expression to the entries it may give."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.is_cut = False
        self._steps = 0
        self._open: set[tuple[int, str]] = set()

    def _is_too_far(self, depth: int) -> bool:
        """Count a step, and say whether it is one too many."""
        self._steps += 1
        if depth > MAX_DEPTH or self._steps > MAX_STEPS:
            self.is_cut = True
        return self.is_cut

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
        return found

    def written(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int = 0) -> set[object] | None:
        """The keys of the dictionaries that an expression may be, where all of them are written out."""
        if depth > MAX_NAMES:
            return None
        if isinstance(node, ast.Name):
            many = self._bound(node, scopes)
        elif isinstance(node, ast.IfExp):
            many = [node.body, node.orelse]
        elif isinstance(node, ast.Dict):
            names = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
            return None if None in names else set(names)
        else:
            return None
        said = [self.written(one, scopes, depth + 1) for one in many]
        known = [one for one in said if one is not None]
        return set().union(*known) if said and len(known) == len(said) else None

    def _made(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int) -> list[ast.Call]:
        """The calls of classes that may have made the object that an expression gives."""
        if isinstance(node, ast.Call) and called(node)[:1].isupper():
            return [node]
        key = self._entered(node)
        if key is None or self._is_too_far(depth):
            return []
        if isinstance(node, ast.Call):
            many = self._each(node, scopes, depth) if called(node) == EACH else []
        else:
            many = self._parts(node, scopes, depth)
        found = [made for one in many for made in self._made(one, scopes, depth + 1)]
        self._open.discard(key)
        return found

    def _parts(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int) -> list[ast.expr]:
        """What a name, an entry or a choice may be."""
        if isinstance(node, ast.Name):
            return self._bound(node, scopes)
        if isinstance(node, ast.Subscript):
            return self._picked(node, scopes, depth)
        if isinstance(node, ast.IfExp):
            return [node.body, node.orelse]
        return node.values if isinstance(node, ast.BoolOp) else []

    def _entered(self, node: ast.expr) -> tuple[int, str] | None:
        """A mark that a name or attribute is being followed, or None where it is so already: it leads to itself."""
        label = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        key = (id(node), "") if not label else (isinstance(node, ast.Name), label)
        if key in self._open:
            return None
        self._open.add(key)
        return key

    def _bound(self, node: ast.Name, scopes: tuple[Scope, ...]) -> list[ast.expr]:
        """What a name is bound to in the innermost scope that knows it."""
        inner = next((scope for scope in reversed(scopes) if node.id in self.bindings.scopes.get(scope, ())), None)
        return self.bindings.scopes[inner][node.id] if inner is not None else []

    def _tables(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int) -> list[Table]:
        """The dictionaries, lists and tuples that an expression may be."""
        if isinstance(node, Table):
            spread = (
                [value for key, value in zip(node.keys, node.values, strict=True) if key is None]
                if isinstance(node, ast.Dict)
                else []
            )
            return [node, *(table for one in spread for table in self._tables(one, scopes, depth + 1))]
        key = self._entered(node)
        if key is None or self._is_too_far(depth):
            return []
        if isinstance(node, ast.Attribute):
            many = self.bindings.attributes.get(node.attr, [])
        elif isinstance(node, ast.Call):
            many = self._called(node, scopes, depth)
        else:
            many = self._parts(node, scopes, depth)
        found = [table for one in many if one is not node for table in self._tables(one, scopes, depth + 1)]
        self._open.discard(key)
        return found

    def _called(self, node: ast.Call, scopes: tuple[Scope, ...], depth: int) -> list[ast.expr]:
        """What the table is or comes from that a call gives."""
        name = called(node)
        if name == EACH:
            return self._each(node, scopes, depth)
        if name == "dict" and node.keywords:
            return [_dictionary(node)]
        if name in {"get", "pop", "copy", "deepcopy", *_LISTED} and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            return [ast.Subscript(owner, node.args[0])] if name in {"get", "pop"} and node.args else [owner]
        return node.args[:1] if name in _LISTED else [value for value, _ in self.bindings.returns.get(name, [])]

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
        return found


def _dictionary(node: ast.Call) -> ast.Dict:
    """`dict(a=1)` as a literal."""
    named = [item for item in node.keywords if item.arg is not None]
    return ast.Dict([ast.Constant(item.arg) for item in named], [item.value for item in named])


def _entries(table: ast.Dict) -> list[tuple[object, ast.expr]]:
    return [
        (key.value, value) for key, value in zip(table.keys, table.values, strict=True) if isinstance(key, ast.Constant)
    ]
