"""What one Python file leaves to another: names it imports, and parameters that callers elsewhere fill."""

import ast
import re
import warnings
from pathlib import PurePosixPath
from typing import NamedTuple

from compliance.model import Reference
from compliance.scan import names
from compliance.scan.bindings import Bindings, dotted
from compliance.scan.constants import Literal, Missing, Resolver, argument
from compliance.scan.files import MAX_PYTHON, File, Wanted
from compliance.scan.looking import Item, read

MAX_WANTED = 2000
FEW = 500
"""Of so few files all are searched for callers."""
MAX_CALLS = 4
"""Functions that pass a parameter on to each other."""
MAX_CALLERS = 200
"""Files that are searched for callers of one function: a name that more of them hold is too common to tell."""


class _Module(NamedTuple):
    """A parsed file."""

    file: File
    bindings: Bindings
    tree: ast.Module


def follow(wanted: list[Wanted], paths: dict[str, str], promising: set[str]) -> list[Reference]:
    """The references that the wanted names stand for.

    `paths` are the Python files of the project; those that are `promising` may call its functions with a model.
    """
    project = _Project(paths)
    asked = list(dict.fromkeys(wanted))
    for item in asked[:MAX_WANTED]:
        if item.at is None:
            project.define(item)
    project.call(
        [item for item in asked[:MAX_WANTED] if item.at is not None],
        [path for path in paths if path in promising or len(paths) < FEW],
    )
    for item in {item.path: item for item in reversed(asked[MAX_WANTED:])}.values():
        project.unresolved(
            item, (f"more than {MAX_WANTED} names lead to other files; those of this file were not followed",)
        )
    return [reference for file in project.files.values() for reference in file.found]


class _Passed:
    """What callers pass for a parameter: whether a text was read, why not, and whose parameters they pass on."""

    def __init__(self) -> None:
        self.reported = False
        self.reasons: tuple[str, ...] = ()
        self.further: list[Wanted] = []


class _Project:
    """The Python files of a project, read and parsed when one is asked for."""

    def __init__(self, paths: dict[str, str]) -> None:
        self.paths = paths
        self.opened: dict[str, _Module | None] = {}
        self.files: dict[str, File] = {}
        self.told: set[tuple[str, tuple[str, ...]]] = set()

    def define(self, item: Wanted) -> None:
        """Report what an imported name stands for where it is defined; else say so where it is used."""
        missing: list[Missing] = []
        for path in self._found(item):
            module = self._open(path)
            if module is None:
                continue
            values = module.bindings.scopes[module.tree].get(item.name, []) or module.bindings.attributes.get(
                item.name, []
            )
            resolver = Resolver(module.bindings)
            reported = False
            for value in values[:10]:
                for text in resolver.texts(value, (module.tree,)):
                    reported = self._report(item, module.file, text, f"imported by {item.path}") or reported
                missing += resolver.missing
            if reported or (values and not any(one.external for one in missing)):
                return
        reasons = tuple(dict.fromkeys(one.reason for one in missing if one.external))
        if reasons or not self._is_known(item):
            source = item.module.partition(":")[0].strip(".") or item.module
            self.unresolved(item, reasons or (f"{item.name} is imported from {source}, which was not read",))

    def _is_known(self, item: Wanted) -> bool:
        """Whether the module is of the project, and only the value in it is nothing that can be read."""
        return next(iter(self._found(item)), None) is not None

    def unresolved(self, item: Wanted, reasons: tuple[str, ...]) -> None:
        """Say why it is not known what a call loads, once for all calls of a file with one reason."""
        if (item.path, reasons) in self.told:
            return
        self.told.add((item.path, reasons))
        file = self.files.setdefault(item.path, File(item.path, b""))
        file.report(
            item.text, None, (item.line, item.column), role="used", detector=f"python-call:{item.call}", how=reasons
        )

    def _report(self, item: Wanted, file: File, text: Literal, step: str) -> bool:
        name = names.loaded(text.text, None if item.hint == "file" else item.hint)
        if name is None:
            return False
        self.files.setdefault(file.path, file).report(
            text.text,
            name,
            _place(file, text),
            role=text.role,
            detector=f"python-import:{item.call}",
            how=(*text.how, step),
        )
        return True

    def call(self, wanted: list[Wanted], paths: list[str]) -> None:
        """Report what these files pass for a parameter that decides what a call loads, or that nobody fills it."""
        left = asked = {(item, item): None for item in wanted}
        settled: set[Wanted] = set()
        reasons: dict[Wanted, tuple[str, ...]] = dict.fromkeys(wanted, ())
        for _ in range(MAX_CALLS):
            callers = self._callers({item.name for item, _ in left}, paths) if left else {}
            further: dict[tuple[Wanted, Wanted], None] = {}
            for item, origin in left:
                passed = self._passed(item, callers[item.name])
                reasons[origin] += passed.reasons
                if passed.reported:
                    settled.add(origin)
                further |= {(one, origin): None for one in passed.further}
            left = {pair: None for pair in further if pair not in asked}
            asked = asked | left
        for item in wanted:
            if item not in settled:
                self.unresolved(item, tuple(dict.fromkeys(reasons[item])) or (_unfilled(item),))

    def _callers(self, wanted: set[str], paths: list[str]) -> dict[str, list[str]]:
        """The files that call functions of these names."""
        signs = {name: re.compile(rb"\b" + re.escape(name.encode()) + rb"\s*\(") for name in wanted}
        callers: dict[str, list[str]] = {name: [] for name in signs}
        for path in paths:
            data = read(Item(path, self.paths[path], ("python",), None))
            if isinstance(data, bytes):
                for name, sign in signs.items():
                    if name.encode() in data and sign.search(data):
                        callers[name].append(path)
        return callers

    def _passed(self, item: Wanted, callers: list[str]) -> "_Passed":
        passed = _Passed()
        if len(callers) > MAX_CALLERS:
            passed.reasons = (
                f"{item.word} is decided by callers of {item.name}, a name in more than {MAX_CALLERS} files",
            )
            return passed
        for path in callers:
            module = self._open(path) if path != item.path else None
            if module is not None:
                self._passed_by(item, module, passed)
        return passed

    def _passed_by(self, item: Wanted, module: _Module, passed: "_Passed") -> None:
        resolver = Resolver(module.bindings)
        for call, scopes in module.bindings.calls.get(item.name, [])[:50]:
            value = argument(call, item.at if item.at is not None else -1, item.word)
            if value is None or not _comes_from(module.bindings.imports, call, item):
                continue
            for text in resolver.texts(value, scopes):
                self._report(item, module.file, text, f"passed to {item.name} of {item.path}")
                passed.reported = True
            for missing in resolver.missing:
                if missing.external:
                    passed.reasons = (*passed.reasons, missing.reason)
                elif missing.parameter is not None and missing.parameter[0] != item.name:
                    name, at, word = missing.parameter
                    passed.further.append(item._replace(path=module.file.path, name=name, at=at, word=word))

    def _found(self, item: Wanted) -> list[str]:
        """The files that a module may be, beside the importing file, in its parents, and below `src`."""
        plain, _, sub = item.module.partition(":")
        levels = len(plain) - len(plain.lstrip("."))
        folder = PurePosixPath(item.path).parent
        for _ in range(max(levels - 1, 0)):
            folder = folder.parent
        below = plain.lstrip(".").replace(".", "/")
        bases = [folder] if levels else [folder, *folder.parents, PurePosixPath("src")]
        found: list[str] = []
        for inner in dict.fromkeys(("/".join(part for part in (below, sub) if part), below)):
            for base in bases:
                for ending in (".py", "/__init__.py"):
                    path = str(base / (inner + ending)) if inner else str(base / "__init__.py")
                    if path in self.paths and path != item.path and path not in found:
                        found.append(path)
        return found

    def _open(self, path: str) -> _Module | None:
        if path not in self.opened:
            self.opened[path] = _parsed(path, self.paths[path])
        return self.opened[path]


def _unfilled(item: Wanted) -> str:
    return f"{item.word} is decided by callers of {item.name}, of which none that names a model is known"


def _comes_from(imports: dict[str, str], call: ast.Call, item: Wanted) -> bool:
    """Whether the called name was imported from the file that defines it, or from a package around it."""
    root = dotted(call.func).partition(".")[0] or item.name
    source = imports.get(root, imports.get(item.name, ""))
    parts = set(re.split(r"[.:]", source)) - {""}
    own = PurePosixPath(item.path).with_suffix("").parts
    return bool(parts & set(own)) or (source.startswith(".:") and own[-1:] == ("__init__",))


def _place(file: File, text: Literal) -> tuple[int, int]:
    line = text.node.lineno
    column = file.line(line).find(text.text)
    return line, (column if column >= 0 else text.node.col_offset) + 1


def _parsed(path: str, full: str) -> _Module | None:
    data = read(Item(path, full, ("python",), None))
    if isinstance(data, str) or len(data) > MAX_PYTHON:
        return None
    file = File(path, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(file.text)
        bindings = Bindings()
        bindings.visit(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _Module(file, bindings, tree)
