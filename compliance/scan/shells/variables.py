"""What the variables of a script hold, as far as its lines say it: assignments, lists and loops."""

import re
from itertools import product
from math import prod
from typing import NamedTuple

from compliance.scan.patterns import pattern as lazily

MAX_VALUES = 64
"""Values of one variable, and texts of one word, that are followed."""
CUT = f"more than {MAX_VALUES} values; the rest was not followed"
MAX_LETTERS = 500
UNKNOWN = "\0"
"""Stands for what no line says."""

_USE = lazily(
    r"\$\{(?P<braced>\w+)(?:\[[@*]\])?(?::?[-=](?P<default>[^}$]{0,200}))?\}|\$(?P<bare>[A-Za-z_]\w*)|%(?P<batch>[A-Za-z_]\w*)%"
    r"|\$\((?P<make>\w+)\)|\$\{[^}]{0,200}\}|\$\([^)]{0,200}\)|`[^`]{0,200}`|\$[0-9@*#?]"
)
_SET = lazily(
    r"""^(?P<indent>\s*)(?:export\s+|set\s+|local\s+|readonly\s+|declare\s+(?:-\w+\s+)?|ARG\s+|ENV\s+|\$env:|\$(?=\w+\s+=))?"""
    r"""(?P<key>[A-Za-z_]\w*)\s*[:?]?=(?![=~])\s*(?P<value>"[^"]*"|'[^']*'|\(.*|[^\s"'();|&<>]+)"""
)
_LOOP = lazily(
    r"\bfor\s+(?P<key>[A-Za-z_]\w*)\s+in\s++(?P<words>(?:(?:(?!\bdo\b)[^;\s])++(?:\s++(?:(?!\bdo\b)[^;\s])++)*+)?+)\s*+(?:;|\bdo\b|$)"
)
_WORD = lazily(r""""(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'()]+)""")
_TOKEN = lazily(r"(?:\$\{[^{}\s]{1,200}\}|\$\(\w{1,80}\)|[^\s\"'`=;|&<>(),])++")


class Value(NamedTuple):
    """A value, where it is written, and how."""

    text: str
    line: int
    column: int
    written: str


class Word(NamedTuple):
    """A word of a line that uses variables: where it starts, and the variable where it is nothing else."""

    text: str
    start: int
    variable: str


def _named(use: re.Match[str]) -> str:
    return use["braced"] or use["bare"] or use["batch"] or use["make"] or ""


class Variables:
    """The values that the lines so far have set."""

    def __init__(self) -> None:
        self.values: dict[str, list[Value]] = {}
        self.cut: set[str] = set()
        self._open = ""

    def note(self, line: str, number: int) -> None:
        """Take what a line sets."""
        if self._open:
            self._list(self._open, line.partition(")")[0], number, 0)
            self._open = "" if ")" in line else self._open
            return
        loop = _LOOP.search(line)
        if loop is not None:
            self.values[loop["key"]] = []
            self._list(loop["key"], loop["words"], number, loop.start("words"))
        found = _SET.match(line) if "=" in line else None
        if found is None:
            return
        key, value, at = found["key"], found["value"], found.start("value")
        if not found["indent"] or value.startswith("("):
            self.values[key] = []
        if value.startswith("("):
            self._list(key, value[1:].partition(")")[0], number, at + 1)
            self._open = "" if ")" in value else key
        else:
            quoted = value[:1] in {'"', "'"}
            text = value[1:-1] if quoted else value
            whole = _USE.fullmatch(text)
            self._add(key, Value(text, number, at + quoted + 1, (whole and whole["default"]) or text))

    def _list(self, key: str, words: str, number: int, at: int) -> None:
        for word in _WORD.finditer(words.partition(" #")[0]):
            kind = str(word.lastgroup)
            whole = _USE.fullmatch(word[kind])
            if whole is not None and whole["braced"] and "[" in word[kind]:
                for value in self.values.get(whole["braced"], []):
                    self._add(key, value)
            elif not word[kind].startswith("#"):
                self._add(key, Value(word[kind], number, at + word.start(kind) + 1, word[kind]))

    def _add(self, key: str, value: Value) -> None:
        known = self.values.setdefault(key, [])
        if len(known) < MAX_VALUES:
            known += [one for one in (value._replace(text=text) for text in self.fill(value.text)) if one not in known]
        elif value not in known:
            self.cut.add(key)
        if self.is_cut(value.text):
            self.cut.add(key)

    def is_cut(self, text: str) -> bool:
        """Whether a text may be more than what is followed."""
        if "$" not in text and "%" not in text:
            return False
        names = [_named(use) for use in _USE.finditer(text)]
        many = prod(max(len(self.values.get(name, ())), 1) for name in names)
        return many > MAX_VALUES or not self.cut.isdisjoint(names)

    def fill(self, text: str) -> list[str]:
        """What a text may be, with a mark for what no line says."""
        if "$" not in text and "%" not in text and "`" not in text:
            return [text]
        parts: list[list[str]] = []
        end = 0
        for use in _USE.finditer(text):
            parts.append([text[end : use.start()]])
            end = use.end()
            name = _named(use)
            values = [value.text for value in self.values.get(name, [])]
            parts.append(values or [use["default"] or UNKNOWN])
        parts.append([text[end:]])
        many = product(*parts)
        return [
            one for _, pieces in zip(range(MAX_VALUES), many, strict=False) if len(one := "".join(pieces)) < MAX_LETTERS
        ]

    @staticmethod
    def words(line: str) -> list[Word]:
        """The words of a line that use variables."""
        found = []
        for token in _TOKEN.finditer(line):
            whole = _USE.fullmatch(token[0])
            if _USE.search(token[0]) is None or (whole is not None and whole["default"]):
                continue  # a default is read where it stands
            name = ""
            if whole is not None:
                name = _named(whole) or token[0]
            found.append(Word(token[0].rstrip(".,:"), token.start(), name))
        return found
