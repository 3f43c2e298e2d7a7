"""Lines of a copy as a reader sees them: a page without its tags, and with the signs that its entities stand for."""

import html
import re

from compliance.texts import pages, words

_TAGGED = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|td|span)>", re.IGNORECASE)
_TAG = re.compile(r"<!--[^<>]{0,2000}-->|</?[a-zA-Z][^<>]{0,500}>|^[^<>]{0,500}?(?<=[\"'])>|<[a-zA-Z/!][^<>]{0,500}$")
_HEAD = 3000


def quoted(text: str, line: int, end_line: int) -> list[str]:
    """Lines of a text, counted from 1, as they are seen; what is left empty of a page is left out."""
    rows = words.lines(text)[line - 1 : end_line]
    if not (pages.IS_PAGE.search(text[:_HEAD]) or _TAGGED.search(text)):
        return rows
    seen = (" ".join(html.unescape(_TAG.sub(" ", row)).split()) for row in rows)
    return [row for row in seen if row]
