"""Fenced code of a page of Markdown, which says nothing of the page itself."""

import re

_MARK = re.compile(r"[ \t>]*+(?:[-*+][ \t]++)?(```|~~~)")
_LINE = re.compile(r"(?:`{4,}|~{4,})[ \t]*")
"""What reStructuredText draws below a title, at least as long as that."""


def without_code(text: str) -> str:
    """A text with its fenced code blank, place for place."""
    if "```" not in text and "~~~" not in text:
        return text
    rows, fence = text.split("\n"), None
    for number, row in enumerate(rows):
        mark = None if fence is None and number and _is_below_title(row, rows[number - 1]) else _MARK.match(row)
        if fence is not None or mark is not None:
            rows[number] = " " * len(row)
        if mark is not None and row.count(mark[1]) == 1:
            ends = mark[1] == fence and not row[mark.end() :].strip("`~ \t\r")
            fence = mark[1] if fence is None else None if ends else fence
    return "\n".join(rows)


def _is_below_title(row: str, title: str) -> bool:
    return _LINE.fullmatch(row) is not None and 0 < len(title.rstrip()) <= len(row.rstrip())
