"""Signs that make lines a comment -> spaces, so that a notice in a source file reads as its sentences do."""

import re

_SIGN = re.compile(r"[ \t]*(#|dnl|REM|rem|[\"'!;])(?=[ \t]|$)|[ \t]*\.(?=[ \t]*$)")
_HASH_HEADINGS = re.compile(r"^[ \t]*#{2,6}[ \t]", re.MULTILINE)


def uncommented(text: str) -> str:
    """The text with as many characters, where two lines or more that follow each other bear the same sign of a comment.

    One line with a `#` is a heading of Markdown, and so is each of several in a text that has headings of other levels.
    """
    if _HASH_HEADINGS.search(text):
        return text
    lines = text.split("\n")
    signs = [_SIGN.match(line) for line in lines]
    marks = [(sign[1] or ".") if sign is not None else None for sign in signs]
    for n, sign in enumerate(signs):
        if sign is not None and (marks[n] == "." or marks[n] in {marks[n - 1] if n else None, (*marks, None)[n + 1]}):
            lines[n] = " " * sign.end() + lines[n][sign.end() :]
    return "\n".join(lines)
