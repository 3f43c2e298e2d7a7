"""What comes of following a Python expression: the texts that it may be, the way to each, and why one is not known."""

import ast
from typing import NamedTuple

from compliance.scan.pythoncode.bindings import Scope


class Literal(NamedTuple):
    """A text that an expression may be, where it stands, and the steps that led there."""

    text: str
    node: ast.expr
    role: str
    how: tuple[str, ...] = ()


class Way(NamedTuple):
    """How an expression was come to: the scopes it stands in, what its text would be, and the steps that led there."""

    scopes: tuple[Scope, ...]
    role: str
    how: tuple[str, ...]
    depth: int

    def by(self, *steps: str, role: str | None = None) -> "Way":
        """The same way after steps more that a report tells of."""
        return self._replace(role=role or self.role, how=(*self.how, *steps))


class Missing(NamedTuple):
    """Why an expression is not known: the environment variable or option that decides it, or nothing known."""

    reason: str
    external: bool
    imported: tuple[str, str] | None = None
    """The module and the name in it, where that is what decides."""
    parameter: tuple[str, int, str] | None = None
    """The function, the place and the name of its parameter, where a caller in another file decides."""
    words: tuple[str, ...] = ()
    """The names and keys that lead to it, where something elsewhere sets it."""
    is_part: bool = False
    """Whether it is only a part of the text."""
    is_cut: bool = False
    """Whether it was not followed to its end."""
