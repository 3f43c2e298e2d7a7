"""A text, the part of it that is meant and the way to who brought it in, in words as they are cited."""

import re
from collections.abc import Sequence

from compliance.model import Document, Parent, Rule, Struct

_NUMBER = re.compile(r"\(?(?:\d+[a-z]?|[ivx]+|[IVXLC]+|[A-Z])(?! ?[^\W\d_])|[一二三四五六七八九十]")
_HEADING = re.compile(r"(?!(?:Appendix|Attachment|Exhibit|Subpart|Annex|Schedule)\b)[A-ZÀ-Þ](?:(?!, [a-z])[^\d(])*")


class Cited(Struct, frozen=True):
    """A text that a disagreement is about: what was declared, or the clause of what is inherited."""

    document: str
    section: str | None = None
    url: str | None = None
    parts: str | None = None


def cited(document: Document, clause: Rule | None = None) -> Cited:
    """A text, and the section that a disagreement is about."""
    section = clause.section if clause is not None else None
    url = document.evidence.url or document.evidence.source
    return Cited(document=document.id, section=section, url=url, parts=document.parts)


def told(text: Cited) -> str:
    """A text with its section and URL."""
    where = [place(text.section, text.parts), text.url or ""]
    return f"{text.document} ({', '.join(filter(None, where))})" if any(where) else text.document


def place(section: str | None, parts: str | None = None) -> str:
    """Where a clause stands, as it is cited: `Article 5(1)(b)`, `sections 3, 4`, `Exhibit A, 2`, `first paragraph`.

    `parts` is what the text calls its numbered parts; a heading is quoted, and what names itself stands as it is.
    """
    if not section:
        return ""
    if not _NUMBER.match(section):
        return f'section "{section}"' if _HEADING.fullmatch(section) else section
    numbers = [part for part in re.split(r", |; | and | to ", section) if _NUMBER.match(part) and part[0] != "("]
    several = len(numbers) > 1 or " ff." in section
    word = parts.capitalize() if parts else "section"
    return f"{word}{'' if not several else '§' if word == '§' else 's'} {section}"


def behind(section: str | None, parts: str | None = None) -> str:
    """The same behind what is cited: `, Article 5(1)(b)`; nothing where no section is known."""
    return f", {place(section, parts)}" if section else ""


def way(path: tuple[Parent, ...]) -> str:
    """The ancestor at the end of a path, and the way to it where it is no parent."""
    between = f", through {', '.join(f'{edge.id} ({edge.relation})' for edge in path[:-1])}" if len(path) > 1 else ""
    return f"{path[-1].id} ({path[-1].relation}{between})"


def some(names: Sequence[str], most: int) -> str:
    """The first of many names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
