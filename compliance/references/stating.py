"""Where a longer text that is no licence states one: the front matter of a card, a label, a section."""

import re
from collections.abc import Iterator

from compliance.texts.front import FRONT

_HEAD = 400_000
_TAG = re.compile(r"^license(?:_name|_link)?:[^\n]*(?:\n[ \t]*-[^\n]*)*", re.MULTILINE)
_LABEL = re.compile(
    r"^[ \t]*(?:[-*+|\u2022\U0001F4C3\U0001F4C4\U0001F4DC\u2696\uFE0F]+[ \t]*)?"
    r"[*_`]{0,3}(?:(?:the|models?|code|weights?|data|software)[ \t]+){0,2}"
    r"licen[cs]es?\b(?:[ \t]*\([^()\n]{1,40}\))?[*_`]{0,3}[ \t]*[:\uff1a|=][^\n]{2,600}"
    r"|^[ \t]*(?:[-*+>][ \t]*)?(?:\*\*|__)licen[cs]es?(?:[ \t]+(?:notice|agreement|information))?(?:\*\*|__)"
    r"[ \t]*(?:\n[ \t]*(?:>[ \t]*)?)?[^\n]{2,600}",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(
    r"^(?:[ \t]{0,3}(?P<signs>#{1,6})[ \t]*(?P<marked>[^\n]{1,120})"
    r"|(?P<lined>[^\n]{2,60})\n[ \t]*(?:={3,}|-{3,})[ \t]*$)",
    re.MULTILINE,
)
_SAYS = re.compile(r"\blicen[cs](?:e|es|ing)\b|\u8bb8\u53ef|\u534f\u8bae|\u30e9\u30a4\u30bb\u30f3\u30b9", re.IGNORECASE)
_TITLE = re.compile(
    r"(?i)\W*(?:\d[\d.]*\s)?(?:\W|(?:the|this|our|of|for|and|use|models?|code|data|datasets?|software|weights?|project"
    r"|open|source|licen[cs](?:es?|ing)|copyrights?|agreement|information|terms|details|statement|notices?|disclaimer"
    r"|citation|cite|contact|acknowledge?ments?|attributions?|contribut\w+|credits?|authors?|\u8bb8\u53ef\u8bc1?"
    r"|\u534f\u8bae|\u58f0\u660e|\u5f15\u7528|\u30e9\u30a4\u30bb\u30f3\u30b9)\b)*(?:[:\uff1a].*)?"
)
"""Headings of a section that says under what the work stands; others may lead in to what is said of licences."""
_LEGAL = re.compile(
    r"(?i)\b(?:shall|hereby|hereunder|herein|thereof|licensors?|licensees?)\b|\u88ab\u8bb8\u53ef|\u8bb8\u53ef\u65b9"
)
_MOST_LEGAL = 4
"""Words of lawyers in a text that is a licence or an agreement, and no page about a work."""
_OPENING = re.compile(r"\s*(?:#(?P<title>[^\n]*)\n\s*)?(?P<said>[^\n#<|!\[>][^\n]{0,600}(?:\n[^\n#<|]{1,400}){0,6})")
"""The first paragraph of a text, below its title."""
_BADGE = re.compile(r"(?i)img\.shields\.io/badge/(?=[^-\s)\"']{0,40}?licen[cs]e)[^-\s)\"']{1,60}+-[^\s)\"']{1,100}")
_OF_ITSELF = re.compile(
    r"(?i)(?:^|(?<=[.!?]\s))[^.!?\n]{0,80}?\b(?:(?:this|the|our|these|all|both)\s(?:[\w-]+\s){0,4}?(?:models?|weights|checkpoints|code"
    r"|software|datasets?|data|repository|repo|project|work|package|library|tool)|it|they)\b[^.!?\n]{0,120}?"
    r"\b(?:under|governed\sby|subject\sto)\b(?:[^!?\n]|\n(?=[^\n#|>*-])){0,300}",
    re.MULTILINE,
)
"""A sentence that says under what the work itself stands."""
_HIDDEN = re.compile(r"<!--((?:[^-]|-(?!->))*+)(?:-->)?")
"""A comment of a page: many a header stands in one."""
_SECTION = 4_000
"""Characters of a section that can do little else than to name licences."""


def reads_as_terms(text: str) -> bool:
    """Whether a text reads as an agreement itself."""
    return sum(1 for _, _ in zip(_LEGAL.finditer(text[:_HEAD]), range(_MOST_LEGAL), strict=False)) == _MOST_LEGAL


def places(text: str) -> Iterator[tuple[int, int]]:
    """From character to character, in order of their kinds."""
    head = text[:_HEAD]
    front, body = FRONT.match(head), 0
    if front is not None:
        yield from ((tag.start(), tag.end()) for tag in _TAG.finditer(head, front.start(1), front.end(1)))
        body = front.end()
    yield from ((label.start(), label.end()) for label in _LABEL.finditer(head, body))
    yield from (hidden.span(1) for hidden in _HIDDEN.finditer(head, body))
    yield from _sections(head)
    yield from (badge.span() for badge in _BADGE.finditer(head, body))
    opening = _OPENING.match(head, body)
    title = (opening["title"] or "") if opening is not None else ""
    if opening is not None and (not _SAYS.search(title) or _TITLE.fullmatch(title)):
        yield opening.span("said")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences that say under what the work itself stands, for a text without terms that states it nowhere else."""
    head = text[:_HEAD]
    if _LEGAL.search(head) is None:
        yield from (match.span() for match in _OF_ITSELF.finditer(head))


def _sections(text: str) -> Iterator[tuple[int, int]]:
    """Sections whose headings speak of licences, with what is below them."""
    headings = [match for match in _HEADING.finditer(text) if match["lined"] is None or match["lined"].strip()]
    for number, match in enumerate(headings):
        title = match["marked"] or match["lined"]
        if not (_SAYS.search(title) and _TITLE.fullmatch(title)):
            continue
        depth = len(match["signs"] or "#")
        ends = (one.start() for one in headings[number + 1 :] if len(one["signs"] or "#") <= depth)
        end = next(ends, len(text))
        if end - match.start() <= _SECTION:
            yield match.start(), end
