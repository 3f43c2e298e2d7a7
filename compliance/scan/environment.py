"""Environment files: NAME=value, with what stands after them."""

import re

from compliance.scan import prose
from compliance.scan.config import within
from compliance.scan.configuration.entries import Entry
from compliance.scan.files import File
from compliance.scan.naming import keys, names
from compliance.scan.patterns import pattern as lazily
from compliance.scan.shells.commands import search

_HOLDS = lazily(
    r"^[ \t]*+(?:export[ \t]+)?(?P<key>\w+)=(?:`(?P<text>\s*+\[\s*+\{[^`]*+)`|'(?P<one>\s*+\[\s*+\{[^']*+)')",
    re.MULTILINE,
)
"""A variable that is a list of mappings, written as JSON."""


def find(file: File) -> None:
    """Report what the variables of an environment file hold; an example file gives the defaults."""
    role = (
        "default" if any(word in file.name for word in ("example", "sample", "template", "dist", "default")) else "used"
    )
    if _HOLDS.search(file.text):
        _lists(file, role)
    for number, line in file.lines():
        if line.lstrip().startswith("#"):
            prose.tokens(file, line, prose.at_line(number), role="comment", detector="env-comment")
            continue
        key, by, rest = line.partition("=")
        if not by:
            continue
        value, _, comment = rest.partition(" #")
        _value(file, key.strip().removeprefix("export "), value, number, len(key) + 1, role)
        at = len(line) - len(comment)
        prose.tokens(file, comment, prose.at_line(number, at), role="docs", detector="env-comment")


def _lists(file: File, role: str) -> None:
    """Report the models of lists that are written as JSON between quotes, over several lines where need be."""
    for found in _HOLDS.finditer(file.text):
        text = found["text"] or found["one"]
        line, column = file.place(found.start("text" if found["text"] else "one"))
        for one in within(file, Entry((found["key"],), text, line, column, line + text.count("\n"))):
            named = keys.value(one.value, one.path)
            if named is None and one.path[-1] in {"name", "id"} and "/" in one.value:
                named = keys.value(one.value, one.path[:-1])
            if named is not None:
                file.report(one.value, named, (one.line, one.column), role=role, detector="env")


def _value(file: File, key: str, value: str, number: int, at: int, role: str) -> None:
    for part in value.split(","):
        text = part.strip().strip("\"'")
        named = keys.value(text, (key,)) or names.free(text) or keys.guess(text, (key,))
        if named is not None:
            file.report(text, named, (number, at + value.find(text) + 1), role=role, detector="env")
            file.tells((key,))
    if "${" in value:
        for command in search(f"{key}={value}"):
            file.report(command.text, command.name, (number, command.start + 1), role="default", detector="env")
