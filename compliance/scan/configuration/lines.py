"""Keys and values of configuration files that are read line by line, with their places."""

import re
from collections.abc import Iterator

from compliance.scan.configuration.entries import Entry
from compliance.scan.files import MAX_LINE
from compliance.scan.patterns import pattern as lazily

_SECTION = lazily(r"\s*\[{1,2}([^\[\]]+)\]{1,2}\s*(?:[#;].*)?$")
_PAIR = lazily(
    r"""\s*(?:-\s+)?["']?(?:%[\w,-]+\.)?(?P<key>[A-Za-z_][\w.\- ]*+)(?:\[\d+\])?"""
    r"""["']?\s*+(?P<by>[=:])\s*(?P<value>.*)$"""
)
_QUOTED = lazily(r"""(?<!\\)"([^"\\]*+(?:\\.[^"\\]*+)*+)"|'([^']*)'|(?P<remark>(?<!\S)(?:[#;]|//)(?!\S)|(?<=\s)[#;])""")
_OWN = lazily(r"""(?<![\w.-])([A-Za-z_][\w.-]*+)["']?\s*+[=:]\s*+$""")
"""A key of its own that a text has in a table on one line."""
_NEAR = 80
_LISTS = ("'", '"', "[", "{", "(")
"""With what a value begins that holds its texts in quotes."""


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
    """The texts of a value: those in quotes, and what has none as a whole; a remark behind it is none of it."""
    quoted = list(_QUOTED.finditer(rest))
    remark = next((place for place, found in enumerate(quoted) if found["remark"]), None)
    if remark is not None:
        rest, quoted = rest[: quoted[remark].start()], quoted[:remark]
    for found in quoted:
        inner = found[1] if found[1] is not None else found[2]
        own = _OWN.search(rest[max(found.start() - _NEAR, 0) : found.start()])
        yield Entry((*key, own[1]) if own else key, inner, number, at + found.start() + 2, number)
    bare = rest.strip()
    if continued and not bare.startswith("- "):
        return
    bare = bare.removeprefix("- ").strip()
    if bare and not bare.startswith(_LISTS):
        yield Entry(key, bare, number, at + rest.find(bare) + 1, number)
