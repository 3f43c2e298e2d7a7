"""A copyright line as it would be written plainly: one sign, no blanks of templates, nicknames or turns of words."""

import re
from functools import lru_cache
from html import unescape

from compliance.texts.ordinary import is_ordinary
from compliance.texts.terms import is_term

SIGNS = " \t\f#*/;%=~_+|>.!-\"'\u2022\u00b7,:\\"
"""What stands around lines."""
_C = re.compile(r"\(\s?c\s?\)", re.IGNORECASE)
_LONE_C = re.compile(r"^[\W_]{0,20}c(?=\s(?:19|20)\d\d)", re.IGNORECASE)
_CALLED = re.compile(r"(?<=\s)([A-Z][a-z]{1,20})\s\(([A-Z][a-z]{1,15})\)(?=\s[A-Z][a-z])")
"""By what name someone goes, between the others: `Yuxi (Evan) You`."""
_NICKNAMED = re.compile(r"\b([A-Z][a-z]{1,20}\s)[\"'\u2018\u201c]([\w-]{3,16})[\"'\u2019\u201d]\s(?=[A-Z][a-z])")
"""The same in quotation marks: `Juriy "kangax" Zaytsev`."""
_SLOT = re.compile(
    r"[\[<{]{1,2}\s?(?:(?P<year>(?:current\s)?year|yyyy)|(?:full\s?|your\s)?name(?:\sof\s(?:the\s)?(?:copyright\s)?(?:author|owner|holder)s?)?"
    r"|organi[sz]ation|author|owner|(?:copyright\s)?(?:holder|owner)s?|project|company)\s?[\]>}]{1,2}",
    re.IGNORECASE,
)
"""What templates leave in brackets for a year or an owner."""
_UNFILLED = re.compile(r"\byour name\b(?=\W{0,3}(?:<|\(|$|\Z))", re.IGNORECASE)
_SPELT_OUT = re.compile(r"\s?[\[({_-]{1,2}\s?(at|dot)\s?[\])}_-]{1,2}\s?", re.IGNORECASE)
_AT = re.compile(r"(?<=\w)\sAT\s(?=[\w-]{1,40}(?:\.|\sDOT\s)\w)")
"""What addresses have for their signs: `jane(at)example[dot]org`, `jane AT example.org`."""
_SHARE = re.compile(r"(?<=\d)\s?%(?!\w)")
"""A share, whose sign is none of those that lines are drawn with."""
_CONTRIBUTORS = re.compile(
    r"\b(?:the\s)?(contributors|authors|maintainers)\s(?:to|of)\s([\w@][\w./-]{1,40}?)(?=[\s.,;]*(?:$|[,;<(]))",
    re.IGNORECASE,
)
"""Those who made something, with the name of it behind them: `contributors to level`."""
_SPELT = re.compile(r"\b([A-Z]{3,8}):\s((?:[A-Z][\w-]{1,30}(?:\s|$)){3,8})")
"""A name of initials with what they stand for."""
_SHORTENED = re.compile(r"\b((?:[A-Z][\w-]{1,30}\s){3,8})\(([A-Z]{3,8})\)")
"""The same the other way: the words, then their initials in brackets."""
_AND_COPYRIGHT = re.compile(r",?\s(?:and|&)\s(?:portions\s)?(?:copyright\s)?(?=\u00a9)", re.IGNORECASE)


def spelt_out(said: str) -> str:
    """Words with the signs of addresses that are spelt out as they mostly are: `jane at example dot org`."""
    if "at" in said or "AT" in said:
        said = _SPELT_OUT.sub(lambda sign: f" {sign[1].lower()} ", _AT.sub(" at ", said).replace(" DOT ", " dot "))
    return said


@lru_cache(maxsize=2048)
def plainly(row: str) -> str:
    """A line that may say whose a text is, as `owning` reads it."""
    row = unescape(row) if "&" in row else row
    said = spelt_out(_LONE_C.sub("\u00a9", _C.sub("\u00a9", row)))
    said = _UNFILLED.sub("A.B.C.", _SLOT.sub(lambda slot: " 2000 " if slot["year"] else " A.B.C. ", said))
    if "(" in said:
        said = _SHORTENED.sub(lambda found: _initials(found, found[2], found[1]), _CALLED.sub(r"\1 \2", said))
    if ":" in said:
        said = _SPELT.sub(lambda found: _initials(found, found[1], found[2]), said)
    if "%" in said:
        said = _SHARE.sub(" percent ", said)
    said = _CONTRIBUTORS.sub(r"\2 \1", _NICKNAMED.sub(_without_nickname, said))
    if "\u00a9" in said[1:]:
        said = _AND_COPYRIGHT.sub(" ; ", said)
    return " ".join(said.split()).lstrip(SIGNS + "(").rstrip(SIGNS)


def _without_nickname(match: "re.Match[str]") -> str:
    """Nothing for a name that no sentence has; any other word stays and counts."""
    folded = match[2].casefold()
    said = is_ordinary(folded) or is_term(folded) or folded.endswith(("ed", "ing"))
    return match[0] if said else match[1]


def _initials(match: "re.Match[str]", name: str, words: str) -> str:
    """Initials alone, where the capitals of some words are they and none of them is one of terms."""
    spelt = "".join(sign for sign in words if sign.isupper())
    return match[0] if spelt != name or any(map(is_term, words.casefold().split())) else f"{name} "
