"""Words beside whole texts that stand apart from them, and do not read as terms of theirs."""

import re
from collections.abc import Iterator, Sequence

from compliance.references import clauses
from compliance.references.sentences import sentences

_DRAWN = re.compile(r"[\W_]*")
_COUNTED = re.compile(r"[\s>#*]*(?:\(?\d{1,3}[.)]|\(?[a-z]\)|\u7b2c?[\d\u4e00-\u9fff]{1,4}[\u6761\u689d\u3001])\s")
"""How the clauses of a text begin: what is counted behind it may go on with it."""
_SHOWN = str.maketrans("<>", "  ")
"""Without these what tags and comments say is read as well."""
_OWNERS = re.compile(rf"{clauses.OWNED.pattern}|\W*all\s+rights\s+reserved\W*\Z", re.IGNORECASE)
_PAGE = 60
"""Lines beside a text from which on they are a page that holds it, and not its cover."""
_NEAR = 12
"""Lines around a text within which a page speaks of it."""

Lines = tuple[int, int]


def apart(rows: Sequence[str], texts: Sequence[Lines], beside: Sequence[Lines]) -> bool:
    """Whether none of the lines beside texts touches one, is its heading, goes on with one, or says what may be a term.

    Of a page only what is near a text is read as if it were said of it; elsewhere what cannot be anything else. What
    sends the reader to terms elsewhere is apart.
    """
    parted = all(_is_parted(rows, texts, place) and not _is_heading(rows[place[0] - 1 : place[1]]) for place in beside)
    return parted and not any(_terms(rows, texts, beside))


def _is_parted(rows: Sequence[str], texts: Sequence[Lines], place: Lines) -> bool:
    """Whether blank or drawn lines are between some lines and every text, and they do not count on as it does."""
    first, last = place
    for begin, end in texts:
        between = rows[end : first - 1] if end < first else rows[last : begin - 1]
        if not any(_DRAWN.fullmatch(row) for row in between):
            return False
    return not any(end < first for _, end in texts) or not _COUNTED.match(rows[first - 1])


def _is_heading(rows: Sequence[str]) -> bool:
    """Whether some lines are a title and owners, which belong to the text below."""
    _, *said = [row for row in rows if not _DRAWN.fullmatch(row)] or [""]
    return all(map(_OWNERS.match, said)) if said else any(map(_OWNERS.match, rows))


def _terms(rows: Sequence[str], texts: Sequence[Lines], beside: Sequence[Lines]) -> Iterator[bool]:
    """Of every sentence beside the texts, whether it may be a term."""
    is_page = sum(last - first + 1 for first, last in beside) > _PAGE
    for first, last in beside:
        said = "\n".join(rows[first - 1 : last]).translate(_SHOWN)
        line, at = first, 0
        for sentence in sentences(said):
            line, at = line + said.count("\n", at, sentence.start), sentence.start
            near = not is_page or any(begin - _NEAR <= line <= end + _NEAR for begin, end in texts)
            if near:
                yield clauses.may_bind(sentence.said)
            else:
                yield clauses.said(sentence.said) in {"limits", "asks"}
