"""Keys and values of configuration files with their places: YAML by events, JSON by tokens, the rest by lines."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from compliance.scan.files import MAX_LINE
from compliance.scan.patterns import pattern as lazily

MAX_DEPTH = 200
MAX_ENTRIES = 200_000
MAX_EXPANDED = 1_000_000


class Entry(NamedTuple):
    """A value under its keys; list items have their number as a key. `end` is the line on which it ends."""

    path: tuple[str, ...]
    value: str
    line: int
    column: int
    end: int


class MalformedError(Exception):
    """Why a text is not what its name says, and the entries that were read before that was seen."""

    def __init__(self, reason: str, read: list[Entry]) -> None:
        self.reason, self.read = reason, read
        super().__init__(reason)


# -- YAML ------------------------------------------------------------------------------------------------------------


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
    """The scalars of YAML, aliases not expanded. Raises MalformedError, also for aliases without end."""
    import yaml  # noqa: PLC0415 - 30 ms, for those that have YAML

    found: list[Entry] = []
    stack: list[_Frame] = []
    sizes = _Sizes()
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
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
    """How many values each anchor would expand to."""

    def __init__(self) -> None:
        self.anchors: dict[str, int] = {}
        self.open: list[tuple[str | None, int]] = []
        self.largest = 0

    def add(self, count: int) -> None:
        """Count values into the open collection."""
        if self.open:
            anchor, size = self.open[-1]
            self.open[-1] = (anchor, size + count)
        self.largest = max(self.largest, count)

    def close(self) -> None:
        """A collection ends; its anchor now has a size."""
        anchor, size = self.open.pop()
        if anchor:
            self.anchors[anchor] = size
        self.add(size)


def _event(yaml: Any, event: Any, stack: list[_Frame], found: list[Entry], sizes: _Sizes) -> None:
    if isinstance(event, yaml.CollectionStartEvent):
        path = stack[-1].next_path() if stack else ()
        sizes.open.append((event.anchor, 1))
        if path is None:
            path = (*stack[-1].path, "?")
            stack[-1].key = "?"
        stack.append(_Frame(path, is_map=isinstance(event, yaml.MappingStartEvent)))
    elif isinstance(event, yaml.CollectionEndEvent):
        stack.pop()
        sizes.close()
        if stack and stack[-1].is_map and stack[-1].key == "?":
            stack[-1].key = None
    elif isinstance(event, yaml.AliasEvent):
        sizes.add(sizes.anchors.get(event.anchor, 1))
        if stack and stack[-1].next_path() is None:
            stack[-1].key = "*"
    elif isinstance(event, yaml.ScalarEvent):
        sizes.add(1)
        path = stack[-1].next_path() if stack else ()
        if path is None:
            stack[-1].key = event.value
        else:
            mark = event.start_mark
            block = event.style in {"|", ">"}
            quoted = event.style in {"'", '"'}
            found.append(
                Entry(
                    path,
                    event.value,
                    mark.line + 1 + block,
                    1 if block else mark.column + 1 + quoted,
                    event.end_mark.line + 1,
                )
            )


# -- JSON ------------------------------------------------------------------------------------------------------------

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
    return _ESCAPE.sub(
        lambda found: chr(int(found[1][1:], 16)) if len(found[1]) == 5 else _ESCAPES.get(found[1], found[1]),  # noqa: PLR2004
        text,
    )


# -- lines -----------------------------------------------------------------------------------------------------------

_SECTION = lazily(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:[#;].*)?$")
_PAIR = lazily(
    r"""\s*(?:-\s+)?["']?(?:%[\w,-]+\.)?(?P<key>[A-Za-z_][\w.\- ]*+)(?:\[\d+\])?"""
    r"""["']?\s*+(?P<by>[=:])\s*(?P<value>.*)$"""
)
_QUOTED = lazily(r"""(?<!\\)"([^"\\]*+(?:\\.[^"\\]*+)*+)"|'([^']*)'""")


def line_entries(text: str, *, dotted: bool = False) -> Iterator[Entry]:
    """What lines of the form `key = value` or `key: value` say; quoted texts of lists count one by one."""
    section: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw[:MAX_LINE]
        if not line.strip() or line.lstrip().startswith(("#", ";", "!", "{{")):
            continue
        heading = _SECTION.match(line)
        if heading and "=" not in line and "," not in line and not line.startswith((" ", "\t")):
            section = tuple(part.strip("\"' ") for part in heading[1].split("."))
            continue
        pair = _PAIR.match(line)
        rest, at = line, 0
        if pair:
            name = pair["key"].strip()
            key = (*section, *(name.split(".") if dotted or "." in name else (name,)))
            rest, at = pair["value"], pair.start("value")
        yield from _values(key, rest, at, number, continued=pair is None)


_OPENS = lazily(r"""\s*+[{\[(](?:\s*+=)?\s*(?P<words>[\w."'\-: ]+)""")
"""The end of a line that opens a block, from its last letter on."""


def _opened(line: str) -> tuple[str, ...] | None:
    """The last of the words that open a block, where the line does."""
    found = _OPENS.match(backwards := line[::-1])
    if found is None or any(sign in backwards[found.end() :] for sign in "#\"'"):
        return None
    return tuple(re.findall(r"[\w.-]+", found["words"][::-1])[-1:])


def block_entries(text: str) -> Iterator[Entry]:
    """What lines say that stand in blocks of braces, each under the words that open the block: Terraform, Bicep."""
    stack: list[tuple[str, ...]] = []
    for entry_line, raw in enumerate(text.splitlines(), start=1):
        line = raw[:MAX_LINE]
        bare = line.strip()
        if not bare or bare.startswith(("#", "//")):
            continue
        opened = _opened(line)
        if opened is not None:
            stack.append(opened)
            continue
        if bare[0] in "})]" and stack:
            stack.pop()
            continue
        path = tuple(word for words in stack for word in words)
        for entry in line_entries(line):
            words = entry.path[-1].split() if entry.path else []
            name = words[1] if len(words) > 1 and words[0] in {"param", "var", "output"} else " ".join(words)
            yield entry._replace(path=(*path, name) if name else path, line=entry_line, end=entry_line)


def _values(key: tuple[str, ...], rest: str, at: int, number: int, *, continued: bool) -> Iterator[Entry]:
    quoted = list(_QUOTED.finditer(rest))
    if quoted:
        for found in quoted:
            inner = found[1] if found[1] is not None else found[2]
            yield Entry(key, inner, number, at + found.start() + 2, number)
    elif not continued or rest.strip().startswith("- "):
        stripped = rest.strip().removeprefix("- ")
        bare = re.split(r"(?<!\s)\s+[#;]", stripped, maxsplit=1)[0].strip() if stripped else ""
        if bare:
            yield Entry(key, bare, number, at + rest.find(bare) + 1, number)
