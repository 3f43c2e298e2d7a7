"""What a value stands for that refers to others: `${a.b}`, `{{ .Values.a }}`, `$(NAME)`, from the same document."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from compliance.scan.configuration.entries import Entry
from compliance.scan.naming import keys, known
from compliance.scan.patterns import pattern as lazily
from compliance.scan.shells.variables import UNKNOWN

MAX_TEXTS, _INNER = 32, 8
"""Texts that one value may be, and one to which it leads."""
CUT = f"more than {MAX_TEXTS} values here; the rest was not followed"
MAX_NAMED = 1000
"""Entries of one name among which that is looked for which a reference means."""
_MAX_DEPTH = 5
_PLACE = lazily(
    r"\$\{\{\s*+(?P<action>(?:[^{}\s]++(?:\s++[^{}\s]++)*+)?+)\s*+\}\}|\$\{(?P<braced>[^{}$]*)\}"
    r"|\{\{-?\s*+(?P<template>(?:(?:[^{}\s-]|-(?!\}\}))++(?:\s++(?:[^{}\s-]|-(?!\}\}))++)*+)?+)\s*+-?\}\}"
    r"|\$\((?P<dollar>[A-Za-z_][\w.]*)\)|\$(?P<bare>[A-Z_][A-Z0-9_]*)"
)
_BRACED = lazily(
    r"(?:(?:oc\.(?:env|select|decode)|self|env|opt|param|sys)[:.])?(?P<key>[\w.\-\[\]]+)"
    r"(?:\s*(?::?[-=]|:|,)\s*[\"']?(?P<default>[^\"']*)[\"']?)?"
)
_TERM = lazily(r"\$?\.?(?P<key>[A-Za-z_][\w.\-\[\]]*)")
_DEFAULT = lazily(r"""(?:default|\|\|)\s*+(?:\(\s*+)?["'](?P<value>[^"'\s]+)["']""")
_SCOPES = frozenset(
    "values var local locals env vars inputs github event matrix self custom config cfg params parameters workflow "
    "context data this root global input".split()
)
"""First words that say where a value is from."""

_VARIABLES = frozenset("env environment variables vars matrix inputs locals parameters params custom args".split())
_NOTHING = frozenset({"", "null", "~", "none", "???"})
_FOLDER = lazily(
    r"(?:^|_)(?:dir|dirs|directory|folder|root|home|cwd|pwd|workspace|workdir|output|outputs|paths|prefix|base_path)(?:_|$)"
)


class Missing(NamedTuple):
    """A part of a value that the document does not give: its words, and why."""

    words: tuple[str, ...]
    reason: str


class Filled(NamedTuple):
    """What a value may be, with a mark for what is not known; the entries that it is, where it is nothing else."""

    texts: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    missing: tuple[Missing, ...] = ()
    is_cut: bool = False


def refers(text: str) -> bool:
    """Whether a value refers to another."""
    return ("$" in text or "{{" in text) and _PLACE.search(text) is not None


def is_name(text: str) -> bool:
    """Whether what surrounds the references of a value may be a part of one name."""
    return re.fullmatch(r"[\w./:@+#-]*", _PLACE.sub("", text)) is not None


def holds(text: str, key: str) -> bool:
    """Whether a key holds a model or a dataset beyond doubt, by itself or by the name that stands under it."""
    kind = keys.holds(key) if keys.plain(key) != "repo_name" else None  # a repository of images or code as often
    if kind != "weak":
        return kind is not None
    found = _PLACE.fullmatch(text)
    words = re.findall(r"[\w-]+", next(filter(None, found.groups()), "")) if found is not None else []
    return any(keys.holds(word) == "model" for word in words)


def likeness(text: str) -> str:
    """A text with a letter for what is not known of it."""
    return text.replace(UNKNOWN, "x")


def literal(text: str) -> str:
    """What is known of a text."""
    return text.replace(UNKNOWN, "")


def is_place(text: str) -> bool:
    """Whether a value begins with a folder, by the name of what it refers to."""
    found = _PLACE.match(text)
    if found is None:
        return False
    words = [keys.plain(word) for word in re.findall(r"[\w-]+", next(filter(None, found.groups()), ""))]
    last = words[-1] if words else ""
    is_first = text[found.end() :].startswith("/")
    return any(_FOLDER.search(word) for word in words) or (is_first and last in known.FOLDERS)


class Values:
    """The values of a document by their keys."""

    def __init__(self, entries: Iterable[Entry], labels: dict[tuple[str, ...], str]) -> None:
        self.by_name: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        self.by_path: dict[tuple[str, ...], list[Entry]] = {}
        self.objects: set[tuple[str, ...]] = set()
        for entry in entries:
            words = entry.words
            if words and words[-1] == "value" and entry.path[:-1] in labels:
                words = (*words[:-1], "env", labels[entry.path[:-1]])
            elif len(words) > 1 and words[-1] in {"default", "defaultValue"}:
                words = words[:-1]
            key, by, value = entry.value.partition("=")
            if by and entry.is_item and key.isidentifier():
                words, entry = (*words, key), entry._replace(value=value, column=entry.column + len(key) + 1)  # noqa: PLW2901
            if words:
                self.by_name.setdefault(words[-1], []).append((words, entry))
                self.by_path.setdefault(words, []).append(entry)
                self.objects.update(words[:at] for at in range(1, len(words)))

    def of(self, words: tuple[str, ...]) -> list[Entry]:
        """The entries that a reference means: those at the very place, else those whose keys end with its words."""
        while words:
            exact = self.by_path.get(words)
            if exact:
                return exact
            named = self.by_name.get(words[-1], [])[:MAX_NAMED]
            near = [entry for path, entry in named if path[-len(words) :] == words and _is_near(path, words)]
            if near or words[0].lower() not in _SCOPES:
                return near
            words = words[1:]
        return []

    def fill(self, text: str, path: tuple[str, ...], depth: int = 0) -> Filled:
        """What a value may be."""
        texts: list[str] = [text]
        missing: list[Missing] = []
        entries: list[Entry] = []
        is_cut, most = False, _INNER if depth else MAX_TEXTS
        for _ in range(_MAX_DEPTH):
            found = next((found for one in texts if (found := _PLACE.search(one))), None)
            if found is None:
                break
            words, default = _read(found, path)
            targets = self.of(words) if depth < _MAX_DEPTH else []
            if not targets and words in self.objects and found[0] == text:
                return Filled(())
            values: list[str] = []
            for target in targets[:most]:
                inner = self.fill(target.value, target.path, depth + 1) if refers(target.value) else None
                values += inner.texts if inner is not None else [target.value]
                missing += inner.missing if inner is not None else ()
                is_cut = is_cut or (inner is not None and inner.is_cut)
            values = [value for value in dict.fromkeys(values) if value.strip().lower() not in _NOTHING]
            if not values and default:
                values = [default]
            if not values:
                name = ".".join(words) or found[0]
                missing.append(Missing(words, f"{name} is empty here" if targets else f"{name} has no value here"))
                values = [UNKNOWN]
            elif found[0] == text and not any(refers(target.value) for target in targets):
                entries = targets
            is_cut = is_cut or len(targets) > most or len(texts) * len(values) > most
            texts = [one.replace(found[0], value) for one in texts for value in values][:most]
        return Filled(tuple(texts), tuple(entries), tuple(dict.fromkeys(missing)), is_cut)


def _is_near(path: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(words) > 1 or words[0].isupper() or (len(path) > 1 and path[-2].lower() in _VARIABLES)


def _read(found: re.Match[str], path: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a reference, and its default."""
    braced = found["braced"]
    if braced is not None:
        parts = _BRACED.fullmatch(braced.strip())
        if parts is None:
            return (), ""
        key, default = parts["key"], parts["default"] or ""
        if key.startswith("."):  # relative, as OmegaConf counts
            levels = len(key) - len(key.lstrip("."))
            owner = tuple(word for word in path if not word.isdigit())[:-levels]
            return (*owner, *_words(key)), default
        return _words(key), default
    text = found["action"] or found["template"] or found["dollar"] or found["bare"] or ""
    term = _TERM.match(text)
    default_of = _DEFAULT.search(text)
    is_call = term is not None and re.match(r"\s+[^|\s&=!<>]", text[term.end() :]) is not None
    return (_words(term["key"]) if term is not None and not is_call else ()), default_of["value"] if default_of else ""


def _words(key: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"[\w-]+", key) if not word.isdigit())


def asked(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words by which other files may give a value: without where it is from."""
    while len(words) > 1 and words[0].lower() in _SCOPES:
        words = words[1:]
    return words
