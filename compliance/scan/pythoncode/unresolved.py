"""What a call loads where its own file does not say it: told at once, or noted for the look at all files."""

import ast
import re

from compliance.scan.files import NO_MODEL, NOT_HERE, OUTSIDE, UNKNOWN_MODEL, File, Wanted
from compliance.scan.naming import apis, hub, keys
from compliance.scan.pythoncode.bindings import Scope
from compliance.scan.pythoncode.ways import Missing

_SERVICES = frozenset({*apis.API, "bedrock", "gateway", ""})
_NAMED = re.compile(r"(?:[a-z]_|^)(?:name|id|path|repo|checkpoint|ckpt)$")
"""Ends of keys and attributes that hold names."""
_SPOKEN = re.compile(r"[\w.:/@+-]{2,160}")


class Sought:
    """Calls of one file that load what the file does not say; one reason is told once."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.reasons: set[tuple[str, ...]] = set()

    def note(self, missing: list[Missing], value: ast.expr, hint: str, call: str, place: tuple[int, int]) -> None:
        """An option or the environment is told; names, callers, attributes and keys are looked for in other files."""
        text = ast.unparse(value)[:120]
        for item in missing:
            at = Wanted(self.file.path, "", "", hint, call, *place, text, words=item.words, reason=item.reason)
            if item.imported is not None:
                module, name = item.imported
                self.file.wanted.append(at._replace(module=module, name=name))
            elif item.parameter is not None:
                function, number, word = item.parameter
                self.file.wanted.append(at._replace(name=function, at=number, word=word, words=()))
            elif not item.external and not self.file.is_test and not _is_written(item.words[-1:]):
                name = item.words[-1] if item.words and not item.is_part else ""
                self.file.wanted.append(at._replace(name=name))
        reasons = tuple(dict.fromkeys(item.reason for item in missing if item.external))
        if reasons and reasons not in self.reasons:
            self.reasons.add(reasons)
            self.file.report(text, None, place, role="used", detector=f"python-call:{call}", how=reasons)


def _is_written(word: tuple[str, ...]) -> bool:
    """Whether a name is that of a folder which the project itself writes: what is read back there is its own."""
    return any(keys.creates(one) and one.lower().endswith(("dir", "path", "folder")) for one in word)


def is_direct(item: Missing, value: ast.expr, scopes: tuple[Scope, ...]) -> bool:
    """Whether a caller or an import decides, by the very name that a call is given."""
    if item.parameter is None:
        return item.imported is not None and not item.words
    owners = {getattr(scope, "name", "") for scope in scopes}
    return isinstance(value, ast.Name) and value.id == item.parameter[2] and item.parameter[0] in owners


def is_called_name(item: Missing) -> bool:
    """Whether what is not known is by its own key or attribute the name of a model, not a model that is loaded."""
    return _NAMED.search("".join(item.words[-1:])) is not None


def passed_on(value: ast.expr, scopes: tuple[Scope, ...]) -> str | None:
    """The function, or the class that it makes, whose own unnamed arguments these are."""
    above: Scope | None = None
    for scope in scopes:
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            own = {one.arg for one in (scope.args.vararg, scope.args.kwarg) if one is not None}
            if isinstance(value, ast.Name) and value.id in own:
                is_made = scope.name == "__init__" and isinstance(above, ast.ClassDef)
                return above.name if is_made and isinstance(above, ast.ClassDef) else scope.name
        above = scope
    return None


def unnamed(text: str, hint: str) -> str | None:
    """Why a text that a call loads names no model that is known, where that must not be silent."""
    if hint in {"hf", "sentence"} and not hub.inside(text):
        return OUTSIDE
    if hint in {"hf", "sentence"} and text.startswith("./") and not hub.PLACEHOLDER.search(text):
        return NOT_HERE
    if hint == "azure":
        return NO_MODEL
    return UNKNOWN_MODEL if hint in _SERVICES and _SPOKEN.fullmatch(text) and not text.startswith("your") else None
