"""A copyright line as it would be written plainly: one sign, no blanks of templates, nicknames or turns of words."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from compliance.texts.bodies import acts
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
    r"[\[<{\u00ab]{1,2}\s?(?:(?P<year>(?:current\s)?year|yyyy)|(?:full\s?|your\s)?name(?:\sof\s(?:the\s)?(?:copyright\s)?(?:author|owner|holder)s?)?"
    r"|organi[sz]ation|author|owner|(?:copyright\s)?(?:holder|owner)s?|project|company)\s?[\]>}\u00bb]{1,2}",
    re.IGNORECASE,
)
"""What templates leave in brackets for a year or an owner."""
_UNFILLED = re.compile(r"\byour name\b(?=\W{0,3}(?:<|\(|$|\Z))", re.IGNORECASE)
_SPELT_OUT = re.compile(r"\s?[\[({_-]{1,2}\s?(at|dot)\s?[\])}_-]{1,2}\s?", re.IGNORECASE)
_AT = re.compile(r"(?<=\w)\sAT\s(?=[\w-]{1,40}(?:\.|\sDOT\s)\w)")
"""What addresses have for their signs: `jane(at)example[dot]org`, `jane AT example.org`."""
_SHARE = re.compile(r"(?<=\d)\s?%(?!\w)")
_MORE = re.compile(r"\b(?!(?:19|20)\d\d\b)(\d[\d.,]{0,20})\s?\+(?!\w)")
"""A share, and a number from which on something is: their signs are none of those that lines are drawn with."""
_CONTRIBUTORS = re.compile(
    r"\b(?:the\s)?(contributors|authors|maintainers)\s(?:to|of)\s([\w@][\w./-]{1,40}?)(?=[\s.,;]*(?:$|[,;<(]))",
    re.IGNORECASE,
)
"""Those who made something, with the name of it behind them: `contributors to level`."""
_SPELT = re.compile(r"\b([A-Z]{3,8}):\s((?:[A-Z][\w-]{1,30}(?:\s|$)){3,8})")
_BRACKETED = re.compile(r"(?<!\S)((?:[\w&-]{1,30}\s){1,9})\(([\w&-]{1,30}(?:\s[\w&-]{1,30}){0,7})\)")
"""A name with what it is short for: `PAVES: Pears And ...`, `DaVInt Lab (Data ...)`, or the other way."""
_JOINTS = frozenset("of and the in & de des di do da".split())
"""Words that a short name may leave out."""
_LEAST, _MOST = 2, 12
"""Capitals of a short name, and words that it is short for; letters of one."""
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
        said = _BRACKETED.sub(_shortened, _CALLED.sub(r"\1 \2", said))
    if ":" in said:
        said = _SPELT.sub(lambda found: f"{found[1]} " if _is_short(found[1], found[2].split()) else found[0], said)
    if "%" in said:
        said = _SHARE.sub(" percent ", said)
    if "+" in said:
        said = _MORE.sub(r"\1 plus ", said)
    said = _CONTRIBUTORS.sub(r"\2 \1", _NICKNAMED.sub(_without_nickname, said))
    if "\u00a9" in said[1:]:
        said = _AND_COPYRIGHT.sub(" ; ", said)
    return " ".join(said.split()).lstrip(SIGNS + "(").rstrip(SIGNS)


def _without_nickname(match: "re.Match[str]") -> str:
    """Nothing for a name that no sentence has; any other word stays and counts."""
    folded = match[2].casefold()
    said = is_ordinary(folded) or is_term(folded) or folded.endswith(("ed", "ing"))
    return match[0] if said else match[1]


def _shortened(match: "re.Match[str]") -> str:
    """The shorter of two names of the same, one of which is in brackets behind the other or a word of it."""
    outer, inner = match[1].split(), match[2].split()
    if len(inner) == 1:
        first = next((n for n in range(len(outer) - 1) if _is_short(inner[0], outer[n:])), None)
        return match[0] if first is None else " ".join([*outer[:first], inner[0]])
    return match[1].rstrip() if any(_is_short(token, inner) for token in outer) else match[0]


def _is_short(name: str, words: Sequence[str]) -> bool:
    """Whether a name is made of how each of some words begins, none of which is of a term or says what is done."""
    said = [word for word in words if word.casefold() not in _JOINTS]
    return (
        len(said) >= _LEAST
        and sum(map(str.isupper, name)) >= _LEAST
        and len(name) <= _MOST
        and not any(map(is_term, " ".join(words).casefold().replace("-", " ").split()))
        and not acts(said)
        and _is_made(name.casefold(), [word.casefold() for word in words])
    )


def _is_made(name: str, words: Sequence[str]) -> bool:
    if not words:
        return not name
    word, rest = words[0], words[1:]
    if word in _JOINTS and _is_made(name, rest):
        return True
    least = len(word) if word.isdigit() else 1
    return any(
        name.startswith(word[:n]) and _is_made(name[n:], rest) for n in range(least, min(len(word), len(name)) + 1)
    )
