"""How lines stand in a text: as a paragraph of their own, among names, or as the title of a licence."""

import re
from collections.abc import Sequence

from compliance.texts.leading import is_titled
from compliance.texts.names import is_person
from compliance.texts.words import Text

LINES = ' \t\f#*/;%=~_+|>."!-'
"""What lines are drawn with, above and below a title."""
_OWN_TEXT = 250
"""Words of a licence of one's own beside another; what is shorter is a clause that was added."""
_OPENING = 15
"""Lines among which its title is."""
_CALLED = re.compile(r"\b(?:licen[cs]e|agreement|eula|terms of (?:use|service)|terms and conditions)\b", re.IGNORECASE)
_NAMES = 6
"""Lines before and after one of a list of names."""


def is_text(a: int, b: int, text: Text) -> bool:
    """Whether words are a licence of their own: long, and under a title that calls it one."""
    if b - a < _OWN_TEXT:
        return False
    rows = text.written
    first = text.lines[a]
    opening = [n for n in range(first, text.lines[b - 1] + 1) if rows[n - 1].strip(LINES)][:_OPENING]
    return any(_CALLED.search(rows[n - 1]) and is_titled(rows[n - 1]) and is_alone(rows, n) for n in opening)


def is_alone(rows: Sequence[str], number: int) -> bool:
    """Whether a line is a paragraph: blank or drawn lines are around it."""
    beside = (*rows[max(number - 2, 0) : number - 1], *rows[number : number + 1])
    return not any(row.strip(LINES) for row in beside)


def is_among_names(rows: Sequence[str], number: int) -> bool:
    """Whether a line is of a paragraph each line of which is the name of somebody, in two words or three."""
    first, last = number, number
    while first > 1 and number - first < _NAMES and rows[first - 2].strip(LINES):
        first -= 1
    while last < len(rows) and last - number < _NAMES and rows[last].strip(LINES):
        last += 1
    return last > first and all(map(is_person, rows[first - 1 : last]))
