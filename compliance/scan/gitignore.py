"""What `.gitignore` leaves out: its patterns as regular expressions that no name makes slow, whatever their stars."""

import re
from collections.abc import Iterator
from itertools import groupby

from compliance.opening import plain

_STAR, _ANY, _FOLDERS = "*", "**", "**/"
_OTHER = "[^/]"


def pattern(body: str) -> re.Pattern[str]:
    """What a pattern matches, whole, in the paths below its folder."""
    tokens = [*([] if "/" in body else [_FOLDERS]), *_tokens(body.lstrip("/"))]
    try:
        return re.compile(_written(tokens))
    except re.error:
        return re.compile(re.escape(body.lstrip("/")))


def _tokens(body: str) -> Iterator[str]:
    """Its stars, and each other letter as an expression."""
    at = 0
    while at < len(body):
        stars = (_FOLDERS, _ANY, _STAR) if at == 0 or body[at - 1] == "/" else (_ANY, _STAR)
        star = next((star for star in stars if body.startswith(star, at)), None)
        if star is not None:
            yield star
            at += len(star)
        elif body[at] == "[" and (end := body.find("]", at + 2)) > 0:
            inner = body[at + 1 : end]
            yield "(?!/)[" + (inner.replace("\\", "\\\\").replace("!", "^", 1) if inner[0] == "!" else inner) + "]"
            at = end + 1
        else:
            yield _OTHER if body[at] == "?" else re.escape(body[at])
            at += 1


def _written(tokens: list[str]) -> str:
    """The expression: what stands between two stars is looked for once, for the first place is as good as any later.

    That holds for `*` within a folder, and across folders for all that stands up to the next `**`.
    """
    made, wide = "", ""
    blocks = [[*block] for _, block in groupby(tokens, lambda token: token in {_ANY, _FOLDERS})]
    for place, block in enumerate(blocks):
        if block[0] in {_ANY, _FOLDERS}:
            wide = ".*" if _ANY in block else "(?:[^/]+/)*"
            continue
        after = blocks[place + 1] if place + 1 < len(blocks) else []
        text = _block(block, opened=wide == ".*", closed=_ANY not in after)
        made += f"(?>{wide}?{text})" if wide and after else wide + text
        wide = ""
    return made + wide


def _block(tokens: list[str], *, opened: bool, closed: bool) -> str:
    """A piece without `**`; a star beside one says nothing."""
    while opened and tokens and tokens[0] == _STAR:
        tokens = tokens[1:]
    while not closed and tokens and tokens[-1] == _STAR:
        tokens = tokens[:-1]
    text, segment = "", [""]
    for piece in tokens:
        if piece == "/":
            text, segment = text + _segment(segment, whole=True) + piece, [""]
        elif piece == _STAR:
            segment.append("")
        else:
            segment[-1] += piece
    return text + _segment(segment, whole=closed)


def _segment(chunks: list[str], *, whole: bool) -> str:
    """What stands between two bars; the last star reaches to the end of the name, where that is looked at `whole`."""
    first, *later = chunks
    greedy = f"{_OTHER}*{later.pop()}" if later and whole else ""
    return first + "".join(f"(?>{_OTHER}*?{chunk})" for chunk in later) + greedy


class Ignore:
    """The patterns of one `.gitignore`, or of `exclude:`; the last that matches decides."""

    def __init__(self, lines: list[str]) -> None:
        self.rules: list[tuple[bool, bool, re.Pattern[str]]] = []
        for raw in lines:
            line = raw.rstrip("\r\n")
            if not line.endswith("\\ "):
                line = line.rstrip()
            if not line or line.startswith("#") or len(line) > 500:  # noqa: PLR2004
                continue
            negated = line.startswith("!")
            body = line[1:] if negated else line
            self.rules.append((negated, body.endswith("/"), pattern(body.rstrip("/"))))

    def decides(self, path: str, *, folder: bool) -> bool | None:
        """True where ignored, False where taken back, None where nothing is said."""
        said = None
        for negated, folders_only, rule in self.rules:
            if (folder or not folders_only) and rule.fullmatch(path):
                said = not negated
        return said


Ignores = tuple[tuple[str, Ignore], ...]
"""What is ignored, each below its folder."""


def read(path: str) -> Ignore:
    """The patterns of a file, none where it cannot be read."""
    try:
        return Ignore(plain(path, 200_000).decode("utf-8", errors="replace").splitlines())
    except OSError:
        return Ignore([])


def ignored(path: str, ignores: Ignores, *, folder: bool) -> bool:
    """Whether a path is left out by what is said in the folders above it; the nearest decides."""
    said = False
    for prefix, ignore in ignores:
        answer = ignore.decides(path[len(prefix) :], folder=folder)
        if answer is not None:
            said = answer
    return said
