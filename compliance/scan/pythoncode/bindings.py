"""What the names of a Python file are bound to: assignments, defaults, attributes, options, returns, calls, imports."""

# ruff: noqa: D102, N802, N815 - the names of visit_* are those that ast prescribes, and say what they are for

import ast
from collections import defaultdict

from compliance.scan.pythoncode.expressions import called, dotted, each, said
from compliance.scan.pythoncode.walkers import Walker

Scope = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


_GROWS = frozenset({"append", "add", "insert", "extend", "update"})
"""Calls that put more into a list, a set or a dictionary."""
_PROPERTIES = frozenset({"property", "cached_property", "computed_field"})


class Bindings(Walker):
    """What every name, attribute, parameter and function of a file is bound to."""

    skipped = Walker.skipped | {ast.Constant, ast.arg}

    def __init__(self) -> None:
        super().__init__()
        self.scopes: dict[ast.AST, dict[str, list[ast.expr]]] = defaultdict(lambda: defaultdict(list))
        self.attributes: dict[str, list[ast.expr]] = defaultdict(list)
        self.options: dict[str, list[ast.Call]] = defaultdict(list)
        self.parameters: dict[tuple[ast.AST, str], tuple[str, int]] = {}
        self.returns: dict[str, list[tuple[ast.expr, tuple[Scope, ...]]]] = defaultdict(list)
        self.calls: dict[str, list[tuple[ast.Call, tuple[Scope, ...]]]] = defaultdict(list)
        self.imports: dict[str, str] = {}
        self.rivals: dict[str, list[str]] = {}
        """Where else a name is imported from: one is tried, and another taken where it is not there."""
        self.stars: list[str] = []
        self.loops: list[tuple[int, int]] = []
        self.straight: set[int] = set()
        self._stack: list[Scope] = []

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        scope = self._stack[-1]
        if isinstance(target, ast.Name):
            self.scopes[scope][target.id].append(value)
            if isinstance(scope, ast.ClassDef):
                self.attributes[target.id].append(value)
        elif isinstance(target, ast.Attribute):
            self.attributes[target.attr].append(value)
        elif isinstance(target, ast.Tuple | ast.List):
            if isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts):
                for one, other in zip(target.elts, value.elts, strict=True):
                    self._bind(one, other)
            elif isinstance(value, ast.Call | ast.Name | ast.Attribute | ast.Await):
                self._bind_parts(target, value)
        elif isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
            self.attributes[f"[{target.slice.value!s}]"].append(value)

    def visit_Module(self, node: ast.Module) -> None:
        """The outermost scope; what its own statements bind holds until they bind it anew."""
        self.straight = {id(one.value) for one in node.body if isinstance(one, ast.Assign | ast.AnnAssign)}
        self._scope(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        arguments = [*node.args.posonlyargs, *node.args.args]
        for argument, default in zip(reversed(arguments), reversed(node.args.defaults), strict=False):
            self.scopes[node][argument.arg].append(default)
        for argument, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if value is not None:
                self.scopes[node][argument.arg].append(value)
        method = bool(arguments) and arguments[0].arg in {"self", "cls"}
        name = node.name
        if name == "__init__" and self._stack and isinstance(self._stack[-1], ast.ClassDef):
            name = self._stack[-1].name
        for index, argument in enumerate([*arguments, *node.args.kwonlyargs]):
            place = index - method if index < len(arguments) else -1
            self.parameters[node, argument.arg] = (name, place)
        for decorator in node.decorator_list:
            self._option(decorator)
        self._scope(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def _scope(self, node: Scope) -> None:
        self._stack.append(node)
        self.generic_visit(node)
        self._stack.pop()

    visit_ClassDef = _scope

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._bind(target, node.value)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._bind(node.target, node.value)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """More of what a name holds: a list grows, a text is put together."""
        grows = isinstance(node.value, ast.List | ast.Tuple | ast.Set)
        whole = node.value if grows else ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
        self._add(node.target, whole)
        self.generic_visit(node)

    def _add(self, target: ast.expr, value: ast.expr) -> None:
        """Bind where the name is bound already: a function may add to what the module holds."""
        inner = self._stack[-1]
        if isinstance(target, ast.Name):
            known = (scope for scope in reversed(self._stack) if target.id in self.scopes.get(scope, ()))
            self._stack.append(next(known, inner))
            self._bind(target, value)
            self._stack.pop()
        else:
            self._bind(target, value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._bind(node.target, node.value)
        self.generic_visit(node)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._bind_each(node.target, node.iter)
        self.visit_While(node)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While | ast.For | ast.AsyncFor) -> None:
        """A loop: what is bound below may be used above."""
        self.loops.append((node.lineno, node.end_lineno or node.lineno))
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._bind_each(node.target, node.iter)
        self.generic_visit(node)

    def reaching(self, values: list[ast.expr], line: int) -> list[ast.expr]:
        """Of what a name of a module is bound to, what it may be at this line of the module's own statements."""
        loops = [end for start, end in self.loops if start <= line <= end]
        end = max([line, *loops])
        lines = [getattr(value, "lineno", 0) for value in values]
        sure = [at for value, at in zip(values, lines, strict=True) if id(value) in self.straight and at < line]
        first = max(sure, default=0) if not loops else 0
        return [value for value, at in zip(values, lines, strict=True) if first <= at <= end] or values

    def is_bound(self, name: str, scopes: tuple[Scope, ...]) -> bool:
        """Whether a name is one of the file's own here, not what was imported under it."""
        return any(name in self.scopes.get(scope, ()) or (scope, name) in self.parameters for scope in scopes)

    def _bind_each(self, target: ast.expr, source: ast.expr) -> None:
        name = called(source) if isinstance(source, ast.Call) else ""
        if not isinstance(target, ast.Tuple | ast.List):
            self._bind(target, each(source))
        elif isinstance(source, ast.Call) and name == "zip":
            for one, other in zip(target.elts, source.args, strict=False):
                self._bind_each(one, other)
        elif isinstance(source, ast.Call) and name == "enumerate" and source.args and len(target.elts) == 2:  # noqa: PLR2004
            self._bind_each(target.elts[1], source.args[0])
        elif name == "items" and isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute):
            owner = source.func.value
            for one, other in zip(target.elts, (each(owner), ast.Subscript(owner, ast.Name("_"))), strict=False):
                self._bind_parts(one, other)
        else:
            self._bind_parts(target, each(source))

    def _bind_parts(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for index, one in enumerate(target.elts):
                self._bind_parts(one, ast.Subscript(value, ast.Constant(index)))
        else:
            self._bind(target, value)

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            scope = next(
                (one for one in reversed(self._stack) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)), None
            )
            if scope is not None:
                self.returns[scope.name].append((node.value, tuple(self._stack)))
                if any(dotted(one).rpartition(".")[2] in _PROPERTIES for one in scope.decorator_list):
                    self.attributes[scope.name].append(node.value)
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.imports[alias.asname or alias.name] = alias.name

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(f"{'.' * node.level}{node.module or ''}")
            else:
                source = f"{'.' * node.level}{node.module or ''}:{alias.name}"
                name = alias.asname or alias.name
                if self.imports.get(name, source) != source:
                    self.rivals.setdefault(name, []).append(self.imports[name])
                self.imports[name] = source

    def visit_Call(self, node: ast.Call) -> None:
        """A call: of a function of this file, or one that declares an option."""
        name = called(node)
        self.calls[name].append((node, tuple(self._stack)))
        if name == "__init__":
            owner = next((one for one in reversed(self._stack) if isinstance(one, ast.ClassDef)), None)
            for base in owner.bases if owner is not None else ():
                self.calls[dotted(base).rpartition(".")[2]].append((node, tuple(self._stack)))
        elif name in _GROWS and isinstance(node.func, ast.Attribute) and node.args:
            more = node.args[-1]
            self._add(node.func.value, more if name in {"extend", "update"} else ast.copy_location(
                ast.List([more], ast.Load()), more))  # fmt: skip
        self._option(node)
        self.generic_visit(node)

    def _option(self, node: ast.expr) -> None:
        if not isinstance(node, ast.Call) or called(node) not in {"add_argument", "option", "argument"}:
            return
        for argument in node.args:
            if (flag := said(argument)) is not None:
                self.options[flag.lstrip("-").replace("-", "_")].append(node)
