"""What in a text is none of its terms: the kinds of it, and lines that say whose a text is and state nothing."""

import re
from collections.abc import Sequence

from compliance.texts.terms import CLAUSE

TITLE, OWNER, BLANK, NAMED, ADDRESS, USAGE, EITHER, LEFT_OUT = range(8)
"""A line of the heading; a copyright line; a blank in brackets; an owner named in a sentence; where the Free Software
Foundation lived; a paragraph that says how to apply the text; a word that one of two forms of the text lacks; words
that SPDX's template of it lets copies leave out."""

Span = tuple[int, int, int]
"""Words of a document that copies fill in or leave out: the first, how many, and their kind."""

LONGEST = 40
"""Words of a line that can still be a list of owners."""
_NAMES = frozenset(
    "he it its their may can will would might uses research academic educational personal production".split()
)
"""Words of statements that are words of names too, in copyright lines and blanks."""
YEAR = re.compile(r"(?:19|20)\d\d")
_MARKS = frozenset("ii iii iv vi vii viii ix and or".split())
"""What begins no name: marks of a list, and words that go on from something."""
_RESERVED = ("all", "rights", "reserved")


def is_name(words: Sequence[str]) -> bool:
    """Whether words can stand in a blank: a name, a date, an address; no statement and no amount."""
    amounts = any("\u20a0" <= word <= "\u20cf" for word in words)
    begins = not words or words[0] not in _MARKS
    return begins and not amounts and (CLAUSE - _NAMES).isdisjoint(words) and _numbers_are_years(words)


def _numbers_are_years(words: Sequence[str]) -> bool:
    """Numbers in names are short or years: `01.AI`, `360`, `2023`."""
    return all(len(word) <= 3 or YEAR.fullmatch(word) or "." in word for word in words if word[0].isdigit())  # noqa: PLR2004


def reads_as_owners(words: Sequence[str]) -> bool:
    """Whether a line, by its words alone, says whose the text is; `notices.is_copyright` asks the line as well."""
    words = tuple(words)
    if words in {_RESERVED, ("some", "rights", "reserved")}:
        return True
    while words[:1] and words[0] in {"portions", "original", "modifications", "parts", "and"}:
        words = words[1:]
    if "trademark" in words[2:5]:
        names = [word for word in words if word not in {"is", "a"}]
        return is_name(names) and len(words) < LONGEST
    begins = words[:1] in {("copyright",), ("copyrights",), ("c",)} or words[:2] == ("©",)
    rest = words[1:]
    return (
        begins
        and 0 < len(rest) <= LONGEST
        and is_name(rest)
        and (words[-3:] == _RESERVED or any(word in {"c", "by", "xxxx", "yyyy"} or YEAR.match(word) for word in words))
    )
