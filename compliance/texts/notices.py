"""Lines that say whose a text is: copyright lines, marks, names of authors; none of them states a term."""

import re
from collections.abc import Sequence

from compliance.texts import owning
from compliance.texts.owners import LONGEST
from compliance.texts.single import is_said
from compliance.texts.terms import leads_nowhere

_CREDIT = re.compile(
    r"^(?:copyright holders?|credits|(?:full |complete )?list of (?:all )?(?:authors|contributors)"
    r"|(?:main |lead |original |primary |principal |current )?(?:authors?|developers?|maintainers?|contributors?)"
    r"(?: contributors)?(?: include)?"
    r"|(?:originally )?(?:written|created|maintained|developed|contributed) by|contact|e ?mail|web ?site|home ?page|url"
    r"|project (?:home ?page|url|site)|repository|source|node module|original|from|link|license url|license link"
    r"|see also|see)\b"
)
_PACKAGE = re.compile(r"\s*(@[\w.-]{1,40}/)?[\w.-]{1,60}\s*")
_VERB = re.compile(r"\b(?:is|are)$", re.IGNORECASE)
_CREDITED = re.compile(r"^[^\w\n]*[\w /-]{3,30}?(?::|\bby\b|\bis\b|\bare\b|$)", re.IGNORECASE)
_SMALL = frozenset("is are by of to the for information code".split())
"""What stands behind a role, before its colon."""
_NAME = re.compile(r"[^\W_][\w.-]*")


def is_copyright(words: Sequence[str], row: str) -> bool:
    """Whether a line says whose the text is, and states nothing besides."""
    statements = max(row.casefold().count("copyright"), 1)
    return len(words) <= LONGEST * statements and owning.says_whose(row)


def says_more(row: str) -> bool:
    """Whether a line of owners states something besides."""
    return not owning.says_whose(row) and not owning.are_names(row)


def names_authors(words: Sequence[str], row: str) -> bool:
    """Whether a line names authors: `Author: Jane Doe`, `Written by ...`, or `Contributors:` alone."""
    said = " ".join(words)
    match = _CREDIT.match(said)
    if match is None or len(words) > LONGEST:
        return False
    head = _CREDITED.match(row)
    if head is not None and _VERB.search(head[0]) and len(_NAME.findall(head[0])) > len(match[0].split()) + 1:
        return False
    extra = _NAME.findall(head[0])[len(match[0].split()) :] if head is not None else []
    if any(is_said(word) for word in extra if word.casefold() not in _SMALL):
        return False
    rest = row[head.end() :] if head else ""
    if head is not None and not rest.strip(" :*_") and said != match[0]:
        rest = " ".join(_NAME.findall(row)[len(match[0].split()) :])
    package = _PACKAGE.fullmatch(rest)
    if package is not None and (package[1] or match[0] == "node module") and leads_nowhere(rest):
        return True
    return head is not None and (owning.are_names(rest) if rest.strip(" :*_") else said == match[0])
