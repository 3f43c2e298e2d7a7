"""Which texts a Python expression may be: through names, defaults, attributes, dict entries and f-strings."""

import ast
from typing import NamedTuple

from compliance.scan.bindings import EACH, Bindings, Scope, called, dotted, keyword
from compliance.scan.tables import MAX_DEPTH, MAX_VALUES, Tables

WRAPPERS = frozenset(
    "getenv get pop env config str getattr setdefault get_env Field field Option Argument default text_input "
    "Param Parameter Input Query Body Form environ_get Path strip lower rstrip".split()
)
"""Calls that give back what they are given, or a default."""

_FIRST = frozenset("Field Option Argument Param Parameter Input Query Body Form str Path default".split())
"""Those of them whose first argument is the default."""

MENUS = frozenset("selectbox radio multiselect Dropdown Textbox TextField choice Literal".split())


class Literal(NamedTuple):
    """A text that an expression may be, where it stands, and the steps that led there."""

    text: str
    node: ast.expr
    role: str
    how: tuple[str, ...] = ()


class Missing(NamedTuple):
    """Why an expression is not known: the environment variable or option that decides it, or nothing known."""

    reason: str
    external: bool
    imported: tuple[str, str] | None = None
    """The module and the name in it, where that is what decides."""
    parameter: tuple[str, int, str] | None = None
    """The function, the place and the name of its parameter, where a caller in another file decides."""


class Resolver(Tables):
    """Follows an expression to the texts it may be."""

    def __init__(self, bindings: Bindings) -> None:
        super().__init__(bindings)
        self.missing: list[Missing] = []
        self._busy: set[int] = set()

    def texts(self, node: ast.expr, scopes: tuple[Scope, ...]) -> list[Literal]:
        """Every text that an expression may be; `missing` says afterwards what was not known."""
        self.missing = []
        self._busy = set()
        self._steps = 0
        return self._follow(node, scopes, "used", (), 0)[:MAX_VALUES]

    def _follow(  # noqa: C901, PLR0912
        self, node: ast.expr, scopes: tuple[Scope, ...], role: str, how: tuple[str, ...], depth: int
    ) -> list[Literal]:
        if depth > MAX_DEPTH or id(node) in self._busy:
            return []
        self._busy.add(id(node))
        step = depth + 1
        if isinstance(node, ast.Constant):
            return [Literal(node.value, node, role, how)] if isinstance(node.value, str) else []
        if isinstance(node, ast.Name):
            return self._name(node, scopes, role, how, step)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, scopes, role, how, step)
        if isinstance(node, ast.JoinedStr | ast.BinOp):
            folded = self._fold(node, scopes, step)
            return [Literal(folded, node, role, (*how, "joined"))] if folded else []
        if isinstance(node, ast.BoolOp):
            many: list[ast.expr] = node.values
        elif isinstance(node, ast.IfExp):
            many = [node.body, node.orelse]
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            many = node.elts
        elif isinstance(node, ast.Dict):
            many = node.values
        elif isinstance(node, ast.NamedExpr | ast.Starred | ast.Await):
            many = [node.value]
        elif isinstance(node, ast.Subscript):
            return self._subscript(node, scopes, role, how, step)
        elif isinstance(node, ast.Call):
            return self._call(node, scopes, role, how, step)
        else:
            return []
        return [found for one in many for found in self._follow(one, scopes, role, how, step)]

    def _name(
        self, node: ast.Name, scopes: tuple[Scope, ...], role: str, how: tuple[str, ...], depth: int
    ) -> list[Literal]:
        for at in range(len(scopes) - 1, -1, -1):
            scope = scopes[at]
            if isinstance(scope, ast.ClassDef) and at != len(scopes) - 1:
                continue
            values = self.bindings.scopes[scope].get(node.id, []) if scope in self.bindings.scopes else []
            is_parameter = (scope, node.id) in self.bindings.parameters
            if not values and not is_parameter:
                continue
            if isinstance(scope, ast.Module) and len(scopes) == 1:
                values = self.bindings.reaching(values, getattr(node, "lineno", 1_000_000_000))
            kind = "default" if is_parameter else role
            found = [
                text for value in values for text in self._follow(value, scopes[: at + 1], kind, (*how, node.id), depth)
            ]
            if is_parameter:
                found += self._arguments(*self.bindings.parameters[scope, node.id], node.id, role, how, depth)
            if not found:
                reason = f"{node.id} is decided by the caller"
                place = self.bindings.parameters.get((scope, node.id))
                parameter = (*place, node.id) if place is not None else None
                self.missing.append(Missing(reason, external=False, parameter=parameter))
            return found
        if node.id in self.bindings.imports:
            source = self.bindings.imports[node.id]
            module, _, name = source.partition(":")
            self.missing.append(
                Missing(f"{node.id} is imported from {source}", external=False, imported=(module, name))
            )
        return []

    def _arguments(
        self, function: str, at: int, name: str, role: str, how: tuple[str, ...], depth: int
    ) -> list[Literal]:
        found: list[Literal] = []
        for call, scopes in self.bindings.calls.get(function, [])[:20]:
            value = argument(call, at, name)
            if value is not None:
                found += self._follow(value, scopes, role, (*how, f"{function}({name})"), depth)
        return found

    def _attribute(
        self, node: ast.Attribute, scopes: tuple[Scope, ...], role: str, how: tuple[str, ...], depth: int
    ) -> list[Literal]:
        for option in self.bindings.options.get(node.attr, []):
            found = self._option(option, scopes, (*how, node.attr), depth)
            if found:
                return found
            self.missing.append(Missing(f"the option {node.attr} has no default", external=True))
        values = self.bindings.attributes.get(node.attr, [])
        if not values and node.attr in {"value", "name"} and isinstance(node.value, ast.Attribute):
            return self._attribute(node.value, scopes, role, how, depth)  # a member of an enumeration
        found = [text for value in values[:10] for text in self._follow(value, scopes, role, (*how, node.attr), depth)]
        if not found and not values:
            self.missing.append(
                Missing(f"{dotted(node) or node.attr} is set elsewhere", external=False, imported=self._imported(node))
            )
        return found

    def _imported(self, node: ast.Attribute) -> tuple[str, str] | None:
        """The module and name behind an attribute of something imported."""
        source = self.bindings.imports.get(node.value.id) if isinstance(node.value, ast.Name) else None
        return (source, node.attr) if source is not None else None

    def _option(self, node: ast.Call, scopes: tuple[Scope, ...], how: tuple[str, ...], depth: int) -> list[Literal]:
        found = []
        for name, role in (("default", "default"), ("choices", "option")):
            value = keyword(node, name)
            if value is not None:
                found += self._follow(value, scopes, role, how, depth)
        return found

    def _subscript(
        self, node: ast.Subscript, scopes: tuple[Scope, ...], role: str, how: tuple[str, ...], depth: int
    ) -> list[Literal]:
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if dotted(node.value) in {"os.environ", "environ"}:
            self.missing.append(Missing(f"the environment variable {key!s} has no default", external=True))
            return []
        stored = self.bindings.attributes.get(f"[{key!s}]", [])[:5] if key is not None else []
        step = how if key is None else (*how, f"[{key!r}]")
        kind = "option" if key is None else role
        return [
            text
            for one in (*self._picked(node, scopes, depth), *stored)
            for text in self._follow(one, scopes, kind, step, depth)
        ]

    def _call(
        self, node: ast.Call, scopes: tuple[Scope, ...], role: str, how: tuple[str, ...], depth: int
    ) -> list[Literal]:
        name = called(node)
        if name == EACH:
            each = self._each(node, scopes, depth)
            return [text for one in each for text in self._follow(one, scopes, "option", how, depth)]
        if name in WRAPPERS:
            return self._wrapped(node, name, scopes, how, depth, role)
        if name in MENUS:
            many = [*node.args, *(item.value for item in node.keywords if item.arg in {"options", "choices", "value"})]
            return [text for one in many for text in self._follow(one, scopes, "option", (*how, name), depth)]
        if name == "format" and isinstance(node.func, ast.Attribute):
            folded = self._fold(node, scopes, depth)
            return [Literal(folded, node, role, (*how, "joined"))] if folded else []
        values = self.bindings.returns.get(name, [])
        return [text for one in values[:10] for text in self._follow(one, scopes, role, (*how, f"{name}()"), depth)]

    def _wrapped(
        self, node: ast.Call, name: str, scopes: tuple[Scope, ...], how: tuple[str, ...], depth: int, role: str
    ) -> list[Literal]:
        """A value in a wrapper: its default, or, for a table, its entry."""
        default = keyword(node, "default", "default_value", "value")
        environment = name in {"getenv", "get_env", "env"} or dotted(node.func).endswith("environ.get")
        if default is None:
            at = 2 if name == "getattr" else 0 if name in _FIRST else 1
            default = node.args[at] if len(node.args) > at else None
        found: list[Literal] = []
        if name == "get" and not environment and isinstance(node.func, ast.Attribute):
            for value in self._picked(ast.Subscript(node.func.value, node.args[0]), scopes, depth) if node.args else []:
                found += self._follow(value, scopes, "option", (*how, "entry"), depth)
        if name in {"strip", "lower", "rstrip"} and isinstance(node.func, ast.Attribute):
            return self._follow(node.func.value, scopes, role, how, depth)
        if default is not None:
            kind = role if name in {"str", "Path"} else "default"
            found += self._follow(default, scopes, kind, (*how, f"default of {name}"), depth)
        if not found and environment:
            label = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else "?"
            self.missing.append(Missing(f"the environment variable {label!s} has no default", external=True))
        return found

    def _fold(self, node: ast.expr, scopes: tuple[Scope, ...], depth: int) -> str | None:
        """The one text that joined parts make, where every part is known."""
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.JoinedStr):
            return _joined([self._fold(part, scopes, depth) for part in node.values])
        if isinstance(node, ast.FormattedValue):
            return self._fold(node.value, scopes, depth)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return _joined([self._fold(node.left, scopes, depth), self._fold(node.right, scopes, depth)])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
            parts = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
            return _filled(str(node.left.value), "%s", [self._fold(part, scopes, depth) for part in parts])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            left = self._fold(node.func.value, scopes, depth) or ""
            for item in node.keywords:
                left = left.replace(f"{{{item.arg}}}", self._fold(item.value, scopes, depth) or "{")
            return _filled(left, "{}", [self._fold(part, scopes, depth) for part in node.args])
        if isinstance(node, ast.BinOp | ast.Call):
            return None
        found = self._follow(node, scopes, "used", (), depth)
        return found[0].text if len({one.text for one in found}) == 1 else None


def argument(call: ast.Call, at: int, name: str) -> ast.expr | None:
    """What a call passes for a parameter of this place and name."""
    value = keyword(call, name)
    if value is None and 0 <= at < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[:at]):
        value = call.args[at]
    return None if isinstance(value, ast.Starred) else value


def _joined(parts: list[str | None]) -> str | None:
    return None if any(part is None for part in parts) else "".join(part for part in parts if part is not None)


def _filled(template: str, hole: str, parts: list[str | None]) -> str | None:
    if any(part is None for part in parts) or template.count(hole) != len(parts) or "{" in template.replace(hole, ""):
        return None
    for part in parts:
        template = template.replace(hole, part or "", 1)
    return template
