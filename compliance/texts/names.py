"""How names of projects and works are written above a text: what else stands there may be a term, and is a change."""

import re
from collections.abc import Sequence

from compliance.texts.bodies import UNIONS, acts, tokens_of
from compliance.texts.leading import is_titled
from compliance.texts.ordinary import ACT, LINK, kind
from compliance.texts.single import counts
from compliance.texts.terms import in_other_scripts, is_term, states
from compliance.texts.words import read

ABOUT = frozenset(
    """for of the official implementation software code project model models package library repository weights
    reference pytorch""".split()
)
"""Words around the name of a project."""
SIGNS = ' \t\f#*/;%|!".'
"""What names are set off with."""
_THINGS = frozenset("software code project model models package library repository implementation".split())
_NAME = re.compile(r"@?[A-Za-z0-9][\w.+/-]*")
_TOKEN = re.compile(r"[^\s,;:()\[\]/*_\"#]+")
_BUILT = re.compile(
    r"[a-z0-9]++[A-Z]\w*|[A-Z]++[a-z]++[A-Z]\w*|[A-Z]{2}\w*|(?=\w*\d)[A-Za-z]\w+|@?[^\W_]++[._/-]\w[\w./-]*"
    r"|(?:lib|py)[a-z]\w*|C"
)
"""Names of programs, which are written as no words are."""
_INITIALS = re.compile(r"\s\(([A-Za-z]{2,8})\)$")
_MOST = 3
"""Words of the name of a project."""
_DIGITS = 4
"""Digits of a number in one, as of a year."""
_LONGEST = 9
"""Words of its full name."""
_LEAST = 4
"""Words of the title of a work, behind its name."""
_QUOTED = re.compile(r"[\"\u201c]([^\s\"\u201c\u201d]{1,40})[\"\u201d]")
"""A name of one word in quotation marks."""
_BRACKETS = re.compile(r"[()\[\]]")
_WORK = re.compile(r"([^\s:]{2,30}(?: [^\s:]{2,20})?)\s*: (.+)")
_SUBJECTS = frozenset(
    """human humans training inference medical clinical view free machine machines over limited early law time day age
    test cloud devices region research models weights""".split()
)
"""Words of terms that titles of works have, behind the name of the work."""


def is_built(token: str) -> bool:
    """Whether a word is written as names of programs are: capitals within, digits, joints."""
    return _BUILT.fullmatch(token) is not None


def is_named(said: str, *, built: bool = False) -> bool:
    """Whether words are a name: one word, one written as names of programs are, or all proper; none of terms."""
    tokens = said.split()
    name = [token for token in tokens if token.casefold() not in ABOUT]
    words = [word for token in name for word in re.findall(r"[^\W\d_]+", token.casefold())]
    return (
        0 < len(name) <= _MOST
        and any(map(str.isalpha, "".join(name)))
        and not any(token.isdigit() and len(token) > _DIGITS for token in name)
        and all(_NAME.fullmatch(token) for token in tokens)
        and not states(words)
        and UNIONS.isdisjoint(words)
        and not acts(name)
        and not counts(name)
        and not any(token.islower() and kind(token) in {ACT, LINK} for token in name[1:])
        and (
            (any(map(is_built, name)) and (len(name) == 1 or not said.isupper()))
            or (not built and (len(name) == 1 or all(map(is_proper, name))))
        )
    )


def is_proper(token: str) -> bool:
    """Whether a word has a capital and stands in no sentence: `Google`, `Gson`."""
    return token[:1].isupper() and all(kind(word) is None for word in re.findall(r"[^\W\d_]+", token.casefold()))


def is_person(row: str) -> bool:
    """Whether a line is a person's name in two words or three: the first and the last are no ordinary ones."""
    tokens = tokens_of(row)
    return (
        1 < len(tokens) <= _MOST
        and all(token.isalpha() and token.istitle() for token in tokens)
        and is_proper(tokens[0])
        and is_proper(tokens[-1])
        and not states(token.casefold() for token in tokens)
        and not acts(tokens)
    )


def is_project(row: str, *, alone: bool, built: bool = False) -> bool:
    """Whether a line names what is licensed: `# Name`, `For Name software`, `Name Library`, or `Name` alone.

    `built` says that the name has to be one by its letters, as in `The LibName license`.
    """
    said = _INITIALS.sub(_without_initials, _QUOTED.sub(r"\1", row.strip(SIGNS)))
    tokens = [token.casefold() for token in said.split()]
    if built:
        said = " ".join(token for token in said.split() if token.casefold() not in {"license", "licence"})
    elif not alone and ABOUT.isdisjoint(tokens) and not row.lstrip().startswith("#"):
        return False
    if tokens[:1] == ["for"] and tokens[-1] in _THINGS and _is_long_name(said.split()[1:-1]):
        return True
    for_what = tokens[:1] == ["for"] and tokens[-1] not in _THINGS
    return is_named(said, built=built or for_what)


def _without_initials(match: "re.Match[str]") -> str:
    """Nothing for initials in brackets behind the words that they are of."""
    letters = [word[0] for word in re.findall(r"[^\W_]+", match.string[: match.start()])]
    return "" if "".join(letters).casefold().endswith(match[1].casefold()) else match[0]


def _is_long_name(tokens: Sequence[str]) -> bool:
    """Whether words are the full name of a program: each with a capital, a name that no sentence has among them."""
    words = [token.strip("()") for token in tokens if token not in {"of", "and", "the", "in", "with"}]
    return (
        _MOST < len(words) <= _LONGEST
        and all(word[:1].isupper() for word in words)
        and any(map(is_built, words))
        and not states(word for token in words for word in re.findall(r"[^\W\d_]+", token.casefold()))
    )


def is_work(row: str, *, goes_on: bool = False) -> bool:
    """Whether a line is `Name: The Title of a Work`, or goes on with such a title."""
    match = _WORK.fullmatch(row.strip(SIGNS))
    if match is None and not goes_on:
        return False
    title = row if match is None else match[2]
    return (
        is_titled(title)
        and not in_other_scripts(title)
        and len(_TOKEN.findall(title)) >= (_MOST if goes_on else _LEAST)
        and not acts(tokens_of(_BRACKETS.sub(" ", title)))
        and not any(is_term(word) and word not in _SUBJECTS for word in read(title).words)
        and (match is None or is_named(match[1]))
    )
