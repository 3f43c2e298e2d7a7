"""Lines of a text that are of the page that it stood on: its number, and the menu below it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from compliance.texts.words import Text

_PAGE = re.compile(r"[\s|\u2013\u2014-]*(?:page\s+)?(\d{1,3})(?:\s*(?:of|/|\|)\s*\d{1,3})?[\s|\u2013\u2014-]*")
_ITEM = (
    r"(?:terms|privacy|security|status|docs|contact(?: github)?|pricing|api|training|blog|about|help|support|community"
    r"|manage cookies|do not (?:share|sell) my personal information)"
)
_MENU = re.compile(
    rf"footer(?: navigation)?|(?P<site>(?:\u00a9|\(c\)) ?\d{{4}} github,? inc\.?)?(?: ?{_ITEM})*", re.IGNORECASE
)
"""What GitHub shows below a page."""
_PAGES = 2
"""Numbers in a row that make them numbers of pages."""


def is_page(words: Sequence[str]) -> bool:
    """Whether words are the number of a page."""
    return re.fullmatch(r"page \d+(?: of \d+)?", " ".join(words)) is not None


@lru_cache(maxsize=1)
def pages(text: Text) -> frozenset[int]:
    """The lines that have the number of a page: paragraphs, or before a form feed, each one more than that before."""
    rows = text.rows
    found: list[tuple[int, int]] = []
    for number, row in enumerate(rows, start=1):
        match = _PAGE.fullmatch(row) if any(map(str.isdigit, row)) else None
        if match is None:
            continue
        before, after = rows[number - 2 : number - 1] or [""], rows[number : number + 1] or [""]
        fed = "\f" in row or "\f" in after[0]
        if fed or not (before[0].strip() or after[0].strip()):
            found.append((number, int(match[1])))
    values = [value for _, value in found]
    fed = bool(found) and all("\f" in "".join(rows[number - 1 : number + 1]) for number, _ in found)
    goes_on = (fed or len(found) >= _PAGES) and values == list(range(values[0], values[0] + len(values)))
    return frozenset(number for number, _ in found) if goes_on else frozenset()


@lru_cache(maxsize=1)
def footers(text: Text) -> frozenset[int]:
    """The lines at the end of a text that are the menu below a page, copied with it: one of them says of which site."""
    found, told = list[int](), False
    for number in range(len(text.written), 0, -1):
        row = " ".join(text.written[number - 1].split())
        match = _MENU.fullmatch(row)
        if match is None:
            break
        told = told or match["site"] is not None or row.casefold().startswith("footer")
        found += [number] if row else []
    return frozenset(found) if told else frozenset()
