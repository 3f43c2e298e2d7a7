"""Walks over Python trees that visit only what somebody listens to."""

import ast
from collections.abc import Callable
from typing import Any


class Walker:
    """`ast.NodeVisitor` without the visits that nobody listens to: names, contexts and operators."""

    skipped = frozenset(
        getattr(ast, name)
        for name in "Name Load Store Del Pass Break Continue alias Global Add Mod And Or Eq Is In".split()
    )

    methods: "_Methods"

    def __init_subclass__(cls) -> None:
        cls.methods = _Methods(cls)

    def visit(self, node: ast.AST) -> None:
        """Call the method for this kind of node."""
        method = self.methods[node.__class__]
        if method is not None:
            method(self, node)

    def generic_visit(self, node: ast.AST) -> None:
        """Visit what is below."""
        methods = self.methods
        for field in _FIELDS[node.__class__]:
            value: Any = getattr(node, field, None)
            kind = value.__class__
            if kind is list:
                for item in value:
                    method = methods[item.__class__]
                    if method is not None:
                        method(self, item)
            else:
                method = methods[kind]
                if method is not None:
                    method(self, value)


class _Methods(dict[type, Callable[[Any, Any], None] | None]):
    """What a walker calls for each kind of value below a node; nothing for what is skipped and what is no node."""

    def __init__(self, walker: type[Walker]) -> None:
        self.walker = walker

    def __missing__(self, kind: type) -> Callable[[Any, Any], None] | None:
        listens = issubclass(kind, ast.AST) and kind not in self.walker.skipped
        own = self.walker.generic_visit
        self[kind] = method = getattr(self.walker, f"visit_{kind.__name__}", own) if listens else None
        return method


class _Fields(dict[type, tuple[str, ...]]):
    """The fields of each kind of node that may hold nodes."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = fields = tuple(field for field in kind._fields if field not in _PLAIN)
        return fields


_PLAIN = frozenset(
    "ctx id attr arg name names asname kind type_comment op ops module level conversion simple is_async rest".split()
)
"""Fields that hold a word, a context or an operator, and nothing below."""
_FIELDS = _Fields()
