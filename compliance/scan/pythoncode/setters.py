"""Which files set the attribute, the key or the function that a call in another file loads its model from."""

import ast
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from compliance.scan.files import MADE, OURS, File, Wanted
from compliance.scan.looking import holders
from compliance.scan.naming import keys
from compliance.scan.pythoncode.resolver import Resolver

if TYPE_CHECKING:
    from compliance.scan.pythoncode.bindings import Scope
    from compliance.scan.pythoncode.parsing import Module
    from compliance.scan.pythoncode.ways import Literal

MAX_SETTERS = 200
"""Files that may set one name: a name that more of them hold is too common to tell."""

_VAGUE = frozenset(
    "name names path paths id key keys value values repo url uri file files dir text default data config cfg conf args "
    "arg kwargs opts options params settings type source info item self model_config".split()
)
"""Words that say nothing of what they hold: they count only with the word before them."""

_COMMON = _VAGUE | frozenset("model models llm embedding embeddings tokenizer checkpoint weights version".split())
"""Words that many files of a project have: only those that the asking file imports are looked at."""

_GENERAL = (_COMMON - {"embedding", "embeddings", "tokenizer"}) | frozenset("size hf hub or base main".split())
"""Names made of such words are those that several parts of a project may give: `model_size`, `hf_repo_id`."""

_HOLDERS = _VAGUE | frozenset(
    "model models train training parameters parameter argument arguments option setting flags flag hparams".split()
)
"""What holds settings and does not say of which part of the project they are."""

Place = tuple[ast.expr, tuple["Scope", ...]]


def forms(words: tuple[str, ...]) -> set[str]:
    """The forms under which a key is told and asked for: with what it belongs to, and alone where that is enough.

    A `model_size` below `translation` answers nobody who asks for the `model_size` of something else.
    """
    left = [keys.plain(word).strip("_") for word in words[-3:]]
    name = left.pop() if left else ""
    if name in _VAGUE and left:
        name = f"{left.pop()}_{name}"
    if not name or name in _VAGUE:
        return set()
    holder = [part for part in left[-1].split("_") if part not in _HOLDERS] if left else []
    is_general = name in _COMMON or all(part in _GENERAL for part in name.split("_"))
    return {"_".join([*holder, name])} | (set() if is_general else {name})


def told(told_words: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The forms of every key under which a file says which model it holds."""
    return frozenset(form for words in told_words if words[0] not in {MADE, OURS} for form in forms(words))


class Setters:
    """The Python files in which a name is set, read once for all names that are asked for."""

    def __init__(self, open_: Callable[[str], "Module | None"], files: list[tuple[str, str]]) -> None:
        self.open, self.files = open_, [(path, full) for path, full in files if not File(path, b"").is_test]

    def holders(self, names: set[str]) -> dict[str, list[str]]:
        """The files that may set each of these names."""
        return holders(names, self.files, called=False)

    def texts(self, item: Wanted, holders: list[str]) -> "Found":
        """What the files that hold a name say that it is."""
        found = Found()
        near = holders
        if item.name in _COMMON:
            own = self.open(item.path)
            near = [path for path in holders if own is not None and _names(own, PurePosixPath(path))]
        if len(near) > MAX_SETTERS:
            found.reasons.append(f"{item.reason}; {item.name} is a name in more than {MAX_SETTERS} files")
            return found
        for path in near:
            module = self.open(path) if path != item.path else None
            if module is not None:
                self._set_in(module, item.name, found)
        return found

    def _set_in(self, module: "Module", name: str, found: "Found") -> None:
        resolver = Resolver(module.bindings)
        for value, scopes in _values(module, name):
            texts = resolver.texts(value, scopes)
            found.texts += [(module.file, text) for text in texts if text.text.strip()]
            found.is_other = found.is_other or resolver.is_other
            found.is_cut = found.is_cut or resolver.is_cut
            for one in resolver.missing:
                if one.external:
                    found.reasons.append(one.reason)
                elif one.parameter is not None:
                    found.callers.append((module.file.path, *one.parameter))


class Found:
    """The texts that were found, why others are not known, and whose callers decide."""

    def __init__(self) -> None:
        self.texts: list[tuple[File, Literal]] = []
        self.reasons: list[str] = []
        self.callers: list[tuple[str, str, int, str]] = []
        self.is_other = self.is_cut = False


def _values(module: "Module", name: str) -> list[Place]:
    """What a name is bound to anywhere in a file: as attribute, entry, name, option, or what a function gives."""
    bindings, tree = module.bindings, module.tree
    many = [*bindings.attributes.get(name, []), *bindings.attributes.get(f"[{name}]", [])]
    many += bindings.scopes[tree].get(name, []) if tree in bindings.scopes else []
    many += [ast.Attribute(ast.Name("_"), name)] if name in bindings.options else []
    return [*((value, (tree,)) for value in many), *bindings.returns.get(name, [])]


def _names(module: "Module", path: PurePosixPath) -> bool:
    """Whether a file imports something of the file at this path."""
    own = path.stem if path.stem != "__init__" else path.parent.name
    sources = (*module.bindings.imports.values(), *module.bindings.stars)
    return any(own in re.split(r"[.:]", source) for source in sources)
