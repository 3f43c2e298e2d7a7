"""A Python tree, gathered for the finder: its calls, the values under telling names, its texts, and their roles."""

# ruff: noqa: D102, N802, N815 - the names of visit_* are those that ast prescribes, and say what they are for

import ast
import copy
import re
from collections.abc import Sequence

from compliance.scan.naming import apis, hub, keys, names
from compliance.scan.pythoncode import embedded
from compliance.scan.pythoncode.bindings import Scope
from compliance.scan.pythoncode.calls import CALLS, CREATING, LOGS, LOOKED_UP, SAVING, later
from compliance.scan.pythoncode.expressions import called, dotted, keyword, said, strings
from compliance.scan.pythoncode.marks import DOCS, ROLES, kind
from compliance.scan.pythoncode.walkers import Walker

_BODY = frozenset({"messages", "prompt", "input", "contents"})
"""What stands beside the model in the body of a request to a service."""

_SEVERAL = 3

_SHORT = ("o1", "o3")
"""Names of OpenAI's models that are anything else as well, but for a file that names others of theirs."""


class Gathered(Walker):
    """What a tree holds: calls, values that a name or key says are models, texts, and bundles of torchaudio."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[Scope] = []
        self.calls: list[tuple[ast.Call, tuple[Scope, ...]]] = []
        self.keyed: list[tuple[str, ast.expr, str, tuple[Scope, ...]]] = []
        self.free: list[tuple[ast.Constant, str]] = []
        self.bundles: list[ast.Attribute] = []
        self.bodies: list[ast.Constant] = []
        self.modules: list[str] = []
        self.imported: list[tuple[str, ast.alias]] = []
        self.functions: set[str] = set()
        self.taken: set[int] = set()
        self.created: set[str] = set()
        self.made: set[str] = set()
        self.published: set[str] = set()
        self.short: list[tuple[ast.Constant, str]] = []
        self.commands: list[ast.expr] = []
        self.programs: list[tuple[ast.expr, tuple[Scope, ...]]] = []
        self.menus: list[tuple[ast.Constant, str]] = []
        self.formatted: list[ast.JoinedStr] = []
        self.renamed: dict[str, ast.expr] = {}
        self.role = "used"

    def _inside(self, node: Scope) -> None:
        self.stack.append(node)
        body = node.body if isinstance(node.body, list) else []
        first = body[0] if body else None
        docstring = first.value if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else None
        if docstring is not None:
            self.free.append((docstring, "docs"))
            self.taken.add(id(first))
        self.generic_visit(node)
        self.stack.pop()

    def visit_Expr(self, node: ast.Expr) -> None:
        """A statement that is an expression, unless it is the docstring that was taken already."""
        if id(node) not in self.taken:
            self.visit(node.value)

    visit_Module = visit_ClassDef = _inside

    def visit_Import(self, node: ast.Import) -> None:
        self.modules += [alias.name for alias in node.names]
        self.imported += [(alias.name, alias) for alias in node.names]

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        imported = [(f"{'.' * node.level}{node.module or ''}:{alias.name}", alias) for alias in node.names]
        self.modules += [name for name, _ in imported]
        self.imported += imported
        self.renamed |= {alias.asname: ast.Name(alias.name) for alias in node.names if alias.asname}

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A function; parameters whose names say so hold models by default."""
        self.functions.add(node.name)
        arguments = [*node.args.posonlyargs, *node.args.args]
        pairs = [
            *zip(reversed(arguments), reversed(node.args.defaults), strict=False),
            *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
        ]
        for argument, default in pairs:
            if default is not None:
                self._note(argument.arg, default, "default")
        self._inside(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def _note(self, key: str, value: ast.expr, role: str | None = None) -> None:
        held = kind(key)
        if held == "command":
            self._commanded([value])
        elif held == "created":
            self._creates(value, published=re.search(r"hub|push|repo", key.lower()) is not None)
        elif held:
            self.keyed.append((key, value, role or self.role, tuple(self.stack)))

    def _commanded(self, found: list[ast.expr]) -> None:
        """Commands, and what they load that stands elsewhere."""
        self.commands += found
        for command in found:
            for call in embedded.loaded(command):
                self._made(call, command)

    def _creates(self, value: ast.expr, *, published: bool) -> None:
        """What is named there is made by this project; what is not only published stands in its folders."""
        self.taken.update(id(text) for text in strings(value))
        if not published and not isinstance(value, ast.Constant):
            self.made.add(ast.unparse(value))
        if isinstance(value, ast.Name) and published:
            self.published.add(value.id)
        if not published:
            self.created.update(str(text.value).removeprefix("./").rstrip("/") for text in strings(value))

    def _written(self, call: ast.Call, name: str) -> None:
        """What a call writes or publishes is this project's own."""
        given = [*call.args, *(item.value for item in call.keywords)]
        if name == "open" and not any(isinstance(one, ast.Constant) and "w" in str(one.value) for one in given[1:]):
            return
        for value in given if name in CREATING else ():
            self._creates(value, published=not name.startswith(("save", "to_")))
        for node in (part for value in given if name not in CREATING for part in ast.walk(value)):
            text = said(node)
            if text is not None and hub.WEIGHTS.search(text):
                self.taken.add(id(node))
                self.created.add(text.removeprefix("./"))

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._target(target, node.value)
            if isinstance(target, ast.Name) and isinstance(node.value, ast.Attribute) and node.value.attr in CALLS:
                self.renamed[target.id] = node.value
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._target(node.target, node.value)
            self.visit(node.value)
        if isinstance(node.annotation, ast.Subscript):  # the values that `Literal[...]` allows
            if dotted(node.annotation.value).endswith("Literal"):
                self._target(node.target, node.annotation.slice, "option")
            self._as("option", node.annotation)

    def _target(self, target: ast.expr, value: ast.expr, role: str | None = None) -> None:
        if isinstance(target, ast.Name):
            self._note(target.id, value, role)
        elif isinstance(target, ast.Attribute):
            self._note(target.attr, value, role)
        elif isinstance(target, ast.Subscript) and (key := said(target.slice)) is not None:
            self._note(key, value)

    def visit_For(self, node: ast.For) -> None:
        if isinstance(node.iter, ast.List | ast.Tuple | ast.Set):
            self._target(node.target, node.iter)
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        named = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        self._menu(node.keys)
        if "litellm_params" in named and "model_name" in named:  # a name of the project's own for what follows
            self.taken.update(id(text) for text in strings(node.values[named.index("model_name")]))
        for key, value in zip(node.keys, node.values, strict=True):
            word = said(key)
            if word is not None:
                self._note(word, value)
            if word == "HF_MODEL_ID" and not isinstance(value, ast.Constant):  # what a container loads
                self._made(ast.Call(ast.Name("from_pretrained"), [value], []), value)
            if word == "model" and isinstance(value, ast.Constant) and not _BODY.isdisjoint(named):
                self.bodies.append(value)
        self.generic_visit(node)

    def _menu(self, many: Sequence[ast.expr | None]) -> None:
        """Names of the Hub in a list or table of which several are known: the others are such names, too."""
        texts = [
            one for one in many if isinstance(one, ast.Constant) and isinstance(one.value, str) and "/" in one.value
        ]
        if len(texts) < _SEVERAL or sum(names.free(str(one.value)) is not None for one in texts) < _SEVERAL:
            return
        self.menus += [(one, self.role) for one in texts]

    def visit_List(self, node: ast.List) -> None:
        self._menu(node.elts)
        self.visit_Tuple(node)

    def visit_Tuple(self, node: ast.Tuple | ast.List) -> None:
        self.programs += [(program, tuple(self.stack)) for program in embedded.passed(node.elts)]
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """A choice: what a name that holds a model is compared with."""
        key = dotted(node.left).rpartition(".")[2]
        for comparator in node.comparators:
            if key and keys.holds(key):
                self._note(key, comparator, "option")
        before, self.role = self.role, "option"
        self.generic_visit(node)
        self.role = before

    def visit_Assert(self, node: ast.Assert) -> None:
        self.visit(node.test)
        if node.msg is not None:
            self._as("docs", node.msg)

    def visit_Call(self, node: ast.Call) -> None:
        """A call, for later; its documentation is no use of a model, a log message names none."""
        if isinstance(node.func, ast.Name) and node.func.id in self.renamed:
            node.func = ast.copy_location(copy.copy(self.renamed[node.func.id]), node.func)
        self.calls.append((node, tuple(self.stack)))
        self.visit(node.func)
        name = called(node)
        if name in CREATING or name in SAVING:
            self._written(node, name)
        elif name in embedded.RUNS:
            self._commanded(embedded.given(node.args))
        elif name in {"exec", "eval"} and isinstance(node.func, ast.Name):
            self.programs += [(program, tuple(self.stack)) for program in node.args[:1]]
        elif name in {"add_argument", "option"}:
            self._option(node)
        for call in later(node):
            self._made(call, node)
        for argument in node.args:
            self._as(None if name in LOGS else self.role, argument)
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and first.value in _SHORT:
            self.short.append((first, self.role))
        if node.keywords or name in LOOKED_UP or name == "getattr":
            self._setting(node, name)
        self._keywords(node)

    def _made(self, call: ast.Call, node: ast.expr) -> None:
        """A call that nobody wrote as one, where that stands which comes to it."""
        self.calls.append((ast.copy_location(call, node), tuple(self.stack)))

    def _keywords(self, node: ast.Call) -> None:
        """What a call is given by name."""
        for item in node.keywords:
            if item.arg in DOCS:
                self._as("docs", item.value)
                continue
            if item.arg:
                self._note(item.arg, item.value)
            self._as(ROLES.get(item.arg or "", self.role), item.value)

    def _setting(self, node: ast.Call, name: str) -> None:
        """A call that asks for a setting by its key and gives its default: `setting(key="model", default="...")`."""
        key, default = None, keyword(node, "default", "default_value")
        if default is not None:
            key = keyword(node, "key", "name", "env")
        if (name in LOOKED_UP and len(node.args) == 2) or (name == "getattr" and len(node.args) == 3):  # noqa: PLR2004
            key, default = node.args[-2:]
        if default is not None and (word := said(key)) is not None:
            self._note(word, default, "default")

    def _option(self, node: ast.Call) -> None:
        flags = [flag for item in node.args if (flag := said(item)) is not None]
        for name, role in (("default", "default"), ("choices", "option")):
            value = keyword(node, name)
            for flag in flags:
                if value is not None and flag.startswith("--"):
                    self._note(flag.lstrip("-"), value, role)

    def _as(self, role: str | None, node: ast.expr) -> None:
        if role is None:
            return
        before, self.role = self.role, role
        self.visit(node)
        self.role = before

    def visit_Return(self, node: ast.Return) -> None:
        function = self.stack[-1] if self.stack else None
        if (
            node.value is not None
            and isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
            and keys.holds(function.name)
        ):
            self.keyed.append((function.name, node.value, self.role, tuple(self.stack)))
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """A message names no model."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Only the values in it; its texts are pieces, unless nothing is put in."""
        if all(isinstance(value, ast.Constant) for value in node.values):
            self.visit_Constant(ast.copy_location(ast.Constant(embedded.written(node)), node))
        elif str(getattr(node.values[0], "value", "")).startswith("https://"):
            text = str(embedded.written(node))
            if apis.address(text):
                self.free.append((ast.copy_location(ast.Constant(text), node), self.role))
        elif (node.end_lineno or node.lineno) > node.lineno:
            self.formatted.append(node)
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self.visit(value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """What is looked up under a text stands where it was put in; only of a table of models the text may be one."""
        self.visit(node.value)
        if not isinstance(node.slice, ast.Constant) or keys.holds(dotted(node.value).rpartition(".")[2]):
            self.visit(node.slice)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """A bundle of torchaudio is an attribute."""
        if node.attr.isupper() and dotted(node.value).endswith(("torchaudio.pipelines", "pipelines")):
            self.bundles.append(node)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and len(node.value) > 3:  # noqa: PLR2004
            self.free.append((node, self.role))
