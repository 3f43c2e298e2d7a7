"""Keys and values of configuration files with their places: YAML by events, JSON by tokens."""

import re
from typing import Any, NamedTuple

from compliance.scan.patterns import pattern as lazily
from compliance.source import loader

MAX_DEPTH = 200
MAX_ENTRIES = 200_000
MAX_EXPANDED = 1_000_000
MAX_ALIASED = 100
"""Values that an alias stands for, each under its key; of more, each is seen under that of its anchor alone."""


class Entry(NamedTuple):
    """A value under its keys; list items have their number as a key. `end` is the line on which it ends."""

    path: tuple[str, ...]
    value: str
    line: int
    column: int
    end: int

    @property
    def words(self) -> tuple[str, ...]:
        """The keys without the numbers of lists."""
        return tuple(word for word in self.path if not word.isdigit())

    @property
    def is_item(self) -> bool:
        """Whether it is one of a list."""
        return bool(self.path) and self.path[-1].isdigit()


class MalformedError(Exception):
    """Why a text is not what its name says, and the entries that were read before that was seen."""

    def __init__(self, reason: str, read: list[Entry]) -> None:
        self.reason, self.read = reason, read
        super().__init__(reason)


class _Frame:
    """An open mapping or list."""

    def __init__(self, path: tuple[str, ...], *, is_map: bool) -> None:
        self.path, self.is_map, self.count = path, is_map, 0
        self.key: str | None = None

    def next_path(self) -> tuple[str, ...] | None:
        """The path of the value that comes next, or None where a key is due."""
        if not self.is_map:
            self.count += 1
            return (*self.path, str(self.count - 1))
        if self.key is None:
            return None
        path = (*self.path, self.key)
        self.key = None
        return path


def yaml_entries(text: str) -> list[Entry]:
    """The scalars of YAML; those that an alias stands for have the place of their anchor.

    Raises MalformedError, also for aliases without end.
    """
    import yaml  # noqa: PLC0415 - 30 ms, for those that have YAML

    found: list[Entry] = []
    stack: list[_Frame] = []
    sizes = _Sizes()
    try:
        for event in yaml.parse(text, Loader=loader()):
            _event(yaml, event, stack, found, sizes)
            if len(stack) > MAX_DEPTH or len(found) > MAX_ENTRIES:
                raise MalformedError(f"nested deeper than {MAX_DEPTH} or more than {MAX_ENTRIES} values", found)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        raise MalformedError(
            f"not YAML{f' (line {mark.line + 1})' if mark else ''}: {problem.problem or problem.context}", found
        ) from None
    except (yaml.YAMLError, ValueError) as problem:
        raise MalformedError(f"not YAML: {str(problem).splitlines()[0]}", found) from None
    if sizes.largest > MAX_EXPANDED:
        raise MalformedError(f"its aliases expand to more than {MAX_EXPANDED} values", found)
    return found


class _Sizes:
    """How many values each anchor would expand to, and, of those that are small, where they are."""

    def __init__(self) -> None:
        self.anchors: dict[str, int] = {}
        self.open: list[tuple[str | None, int, tuple[str, ...], int]] = []
        self.meant: dict[str, tuple[int, list[Entry]]] = {}
        self.largest = 0

    def add(self, count: int) -> None:
        """Count values into the open collection."""
        if self.open:
            anchor, size, path, start = self.open[-1]
            self.open[-1] = (anchor, size + count, path, start)
        self.largest = max(self.largest, count)

    def close(self, found: list[Entry]) -> None:
        """A collection ends; its anchor now has a size."""
        anchor, size, path, start = self.open.pop()
        if anchor:
            self.anchors[anchor] = size
            self.keep(anchor, path, found[start : start + MAX_ALIASED + 1])
        self.add(size)

    def keep(self, anchor: str, path: tuple[str, ...], entries: list[Entry]) -> None:
        """Note what an anchor holds."""
        self.meant[anchor] = len(path), entries

    def of(self, alias: str, path: tuple[str, ...]) -> list[Entry]:
        """What an alias stands for that is the value at a path."""
        depth, entries = self.meant.get(alias, (0, []))
        if len(entries) > MAX_ALIASED:
            return []  # each is seen where its anchor stands
        at = len(path) - (path[-1:] != ("<<",) and path[-2:-1] == ("<<",))  # of several that are merged
        path = path[: at - 1] if path[at - 1 : at] == ("<<",) else path
        return [entry._replace(path=(*path, *entry.path[depth:])) for entry in entries]


def _event(yaml: Any, event: Any, stack: list[_Frame], found: list[Entry], sizes: _Sizes) -> None:
    if isinstance(event, yaml.CollectionStartEvent):
        path = stack[-1].next_path() if stack else ()
        if path is None:
            path = (*stack[-1].path, "?")
            stack[-1].key = "?"
        sizes.open.append((event.anchor, 1, path, len(found)))
        stack.append(_Frame(path, is_map=isinstance(event, yaml.MappingStartEvent)))
    elif isinstance(event, yaml.CollectionEndEvent):
        stack.pop()
        sizes.close(found)
        if stack and stack[-1].is_map and stack[-1].key == "?":
            stack[-1].key = None
    elif isinstance(event, yaml.AliasEvent):
        sizes.add(sizes.anchors.get(event.anchor, 1))
        path = stack[-1].next_path() if stack else ()
        if path is None:
            stack[-1].key = "*"
        else:
            found += sizes.of(event.anchor, path)
    elif isinstance(event, yaml.ScalarEvent):
        sizes.add(1)
        path = stack[-1].next_path() if stack else ()
        if path is None:
            stack[-1].key = event.value
        else:
            found.append(_scalar(event, path))
            if event.anchor:
                sizes.keep(event.anchor, path, found[-1:])


def _scalar(event: Any, path: tuple[str, ...]) -> Entry:
    mark = event.start_mark
    block, quoted = event.style in {"|", ">"}, event.style in {"'", '"'}
    column = 1 if block else mark.column + 1 + quoted
    value = event.value
    if _ELSEWHERE.fullmatch(event.tag or "") and _CALLED.fullmatch(value) and not value.endswith(_READ):
        value = f"${{{value}}}"
    return Entry(path, value, mark.line + 1 + block, column, event.end_mark.line + 1)


_ELSEWHERE = lazily(r"![a-z_]{1,40}")
"""Tags of an application's own, such as `!secret` and `!include`: the value says where the true one stands."""
_CALLED = lazily(r"[\w.-]{1,120}")
_READ = (".yaml", ".yml", ".json")
"""Ends of files that are read by themselves."""


_JSON = lazily(
    r'(?<!\\)"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|//[^\n]*|/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/|[^\s{}\[\],:"]+|\s+|"',
    re.DOTALL,
)


_JSON5 = lazily(
    r"""(?<!\\)"[^"\\]*+(?:\\.[^"\\]*+)*+"|//[^\n]*|/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/|'(?P<text>[^'"\\\n]*+)'""",
    re.DOTALL,
)


def json5(text: str) -> str:
    """JSON5 with the quotes of JSON, each letter where it stood."""
    return _JSON5.sub(lambda found: found[0] if found["text"] is None else f'"{found["text"]}"', text)


def json_entries(text: str) -> list[Entry]:  # noqa: C901
    """The texts of JSON, with comments and without an end if need be. Raises MalformedError."""
    found: list[Entry] = []
    stack: list[_Frame] = []
    line, start, opened = 1, 0, False
    for token in _JSON.finditer(text):
        word = token[0]
        first = word[0]
        if first in "{[":
            opened = True
            path = stack[-1].next_path() if stack else ()
            stack.append(_Frame(path if path is not None else (), is_map=first == "{"))
            if len(stack) > MAX_DEPTH:
                raise MalformedError(f"nested deeper than {MAX_DEPTH}", found)
        elif first in "}]":
            if not stack:
                raise MalformedError(f"not JSON (line {line}): {first} closes nothing", found)
            stack.pop()
        elif first == '"' and stack:
            _json_text(word, stack[-1], line, token.start() - start + 1, found)
        elif stack and first not in ":,/ \t\r\n":
            _json_other(word, stack[-1], line, token.start() - start + 1, found)
        if (breaks := word.count("\n")) > 0:
            line += breaks
            start = token.start() + word.rfind("\n") + 1
        if len(found) > MAX_ENTRIES:
            raise MalformedError(f"more than {MAX_ENTRIES} values", found)
    if stack or not opened:
        raise MalformedError(
            f"not JSON (line {line}): it ends too early" if opened else "not JSON: no object, no list", found
        )
    return found


def _json_text(word: str, frame: _Frame, line: int, column: int, found: list[Entry]) -> None:
    value = unescaped(word[1:-1])
    path = frame.next_path()
    if path is None:
        frame.key = value
    else:
        found.append(Entry(path, value, line, column + 1, line))


def _json_other(word: str, frame: _Frame, line: int, column: int, found: list[Entry]) -> None:
    path = frame.next_path()
    if path is None:
        frame.key = word  # JSON5 has keys without quotes
    elif word in {"true", "false"}:
        found.append(Entry(path, word, line, column, line))


_ESCAPE = lazily(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def unescaped(text: str) -> str:
    """The text that a JSON string stands for."""
    if "\\" not in text:
        return text
    found = _ESCAPE.sub(
        lambda found: chr(int(found[1][1:], 16)) if len(found[1]) == 5 else _ESCAPES.get(found[1], found[1]),  # noqa: PLR2004
        text,
    )
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if not found.isascii() else found
