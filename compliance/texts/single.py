"""What a single word of a name is: a thing, a word of sentences, a particle, a body's, or written as no word is."""

import re
from collections.abc import Sequence

from compliance.texts.called import (
    ANYBODY,
    BODIES,
    BOUNDS,
    COINS,
    GIVEN,
    GROUPS,
    NAMES,
    PARTICLES,
    SUFFIXES,
    TITLES,
    UNITS,
)
from compliance.texts.ordinary import ACT, LINK, SPOKEN, THING, WORD, Kind, kind
from compliance.texts.terms import NAMED, is_term

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT = 3
_UNITS = "|".join(sorted(UNITS | COINS))
_AMOUNT = re.compile(
    rf"\d[\d.,]*(?:[kmbxdhw]|(?i:{_UNITS}))\+?|\d[\d.,]+[KM]|\d[\d.,]*\+|(?i:{'|'.join(sorted(COINS))})\d[\d.,]*"
)
_NUMBER = re.compile(r"\d+[KM]?")
"""A number with what it counts, and one alone, which may be a name: `4M`."""


def counts(tokens: Sequence[str]) -> bool:
    """Whether one of some words says how many: a number with a unit, a coin or a bound, or before what is counted.

    Numbers of names stand behind what is one (`Studio 54`), or before what is (`360 Vision`).
    """
    return any(
        (_AMOUNT.fullmatch(token) is not None and (not is_body(after) or after.casefold() in GROUPS))
        or (_NUMBER.fullmatch(token) is not None and _is_counted(before, token, after))
        for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False)
    )


def _is_counted(before: str, number: str, after: str) -> bool:
    """Whether a number between two words of a name is how many there are of one, or how many there may be."""
    named = is_body(after) and after.casefold() not in GROUPS
    return (
        not {before.casefold(), after.casefold()}.isdisjoint(BOUNDS | COINS | UNITS)
        or is_term(after.casefold())
        or (not named and (_is_plural(after) or (number == "1" and is_common(after))))
        or (_is_plural(before) and not is_body(before))
    )


def _is_plural(token: str) -> bool:
    return len(token) > _SHORT and token.endswith("s") and not token.endswith("ss")


def is_matter(token: str) -> bool:
    """Whether a word is of a name or a thing: none that a clause is made of."""
    return kinds_of(token) <= {THING, None} or is_body(token) or folded_of(token) in NAMED | GROUPS


def is_said(word: str) -> bool:
    """Whether a word is one of sentences, and neither a name nor a thing."""
    return is_term(word.casefold()) or kinds_of(word) <= {ACT, LINK, WORD, SPOKEN}


def is_done(word: str) -> bool:
    """Whether a word says what somebody does: `sells`, `decides`; `works` and `files` are things as well."""
    return _is_plural(word) and kinds_of(word) <= {ACT, LINK} and kind(word[:-1]) != THING


def is_short(names: Sequence[str]) -> bool:
    """Whether two or three words are a name and no sentence: none is a verb that somebody or something does.

    A verb in its bare form may stand in one before a body: `Weave Generator Team`.
    """
    if not 1 < len(names) <= _SHORT or any(_is_inflected(name) for name in names):
        return False
    *before, last = names
    kinds = kinds_of(last)
    if folded_of(last) not in NAMES and (LINK in kinds or (_is_plural(last) and WORD in kinds)):
        return False
    done = [name for name in before if kinds_of(name) & {ACT, LINK} and name.casefold() not in GIVEN]
    return (not done or (is_body(last) and not _is_plural(before[0]))) and (
        ACT not in kinds or (len(names) == 2 and not _is_plural(before[-1]))  # noqa: PLR2004
    )


def _is_inflected(name: str) -> bool:
    """Whether a word is what somebody does, or did: `sells`, `decided`."""
    return (
        kinds_of(name) <= {ACT, LINK} and name.casefold().endswith(("s", "ed")) and not name.casefold().endswith("ss")
    )


def folded_of(token: str) -> str:
    """A word in small letters, without stops: `S.A.` is `sa`."""
    return token.casefold().replace(".", "")


def is_small(token: str) -> bool:
    """Whether a word is a particle, a mark of a body or of a person, or one like `contributors` in small letters."""
    folded = folded_of(token)
    return folded in PARTICLES | SUFFIXES | TITLES or (token[0].islower() and folded in ANYBODY)


def covers(token: str) -> bool:
    """Whether a word is a body's or a group's, before which the words of a name may be ordinary."""
    return folded_of(token) in GROUPS or (is_body(token) and not token.islower())


def is_body(token: str) -> bool:
    """Whether a word is what bodies are, or the mark of a company."""
    return folded_of(token) in BODIES or folded_of(token) in SUFFIXES


def is_common(token: str, *, spoken: bool = False) -> bool:
    """Whether all of a word is ordinary; `spoken` says that any word which some language speaks often is."""
    kinds = kinds_of(token)
    return bool(kinds) and None not in kinds and (spoken or SPOKEN not in kinds)


def kinds_of(token: str) -> frozenset[Kind | None]:
    """What kinds of words a word is made of; one that is built is a name."""
    folded = token.casefold()
    if len(folded) == 1 or is_built(token):
        return frozenset({None})
    words = [folded] if token.islower() else _LETTERS.findall(folded)
    return frozenset(map(_kind, words))


def _kind(word: str) -> Kind | None:
    known = kind(word)
    if known is not None:
        return known
    stems = next((found for found in map(kind, _stems(word)) if found not in {None, SPOKEN}), None)
    return WORD if stems in {ACT, LINK} else stems


def _stems(word: str) -> list[str]:
    """What a word may be the plural or the past of."""
    return [
        word[: -len(end)]
        for end in ("s", "es", "d", "ed", "rs")
        if word.endswith(end) and len(word) > len(end) + _SHORT
    ]


def is_built(token: str) -> bool:
    """Whether a word is written as no ordinary one is: with a capital within, a digit, a stop or a joint."""
    inner = token[1:]
    return (
        (any(map(str.isdigit, token)) and any(map(str.isalpha, token)))
        or (any(map(str.isupper, inner)) and any(map(str.islower, token)) and "-" not in token)
        or "." in token
        or "_" in token
    )
