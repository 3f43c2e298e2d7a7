"""Lines above a text that say what is licensed and nothing of its terms: `Name - description`, `Purpose: ...`."""

import re

from compliance.texts.notices import STRICT
from compliance.texts.owners import CLAUSE
from compliance.texts.words import read

_SIGNS = ' \t\f#*/;%|!".'
_LABELLED = re.compile(
    r"(?:(project|name|file|file ?name|module|package|program|component|title)"
    r"|(?:purpose|description|summary|synopsis|brief))[ \t]*:[ \t]+(\S.*)",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(r"((?:[\w.+/-]+[ \t]+){1,5}?)-{1,3}[ \t]+(\w.*)")
_LONGEST = 14
"""Words of a description."""
_NAME = 3
"""Parts of a name."""
_SENTENCE = re.compile(r"[;!?:]|\.\s")
_FOR = re.compile(r"\bfor\s+(?:(?:the|a|an)\s+)?(\S+)", re.IGNORECASE)
_BUILT = re.compile(r"[a-z0-9]+[A-Z]\w*|[A-Z]+[a-z]+[A-Z]\w*|[A-Z]{2,}|C")
"""Names of programs, which are written as no words are."""
_WELL_KNOWN = frozenset(
    """python java javascript typescript rust ruby perl go swift kotlin scala haskell erlang elixir julia lua linux
    windows android unix node react vue angular django flask emacs vim git docker kubernetes redis""".split()
)
_TERMS = (
    CLAUSE
    | STRICT
    | frozenset(
        """license licence licenses licences licensed licensing terms agreement agreements contract policy rights
    copyright copyrighted copyleft patent patents warranty trademark trademarks notice attribution credit acknowledge
    student students teacher teachers researcher researchers academics scientist scientists scholar scholars school
    schools university universities education hobby hobbyist hobbyists individual individuals nonprofit nonprofits
    profit business businesses company companies corporate enterprise government governments staff employee employees
    customer customers subscriber subscribers member members partner partners private privately public secret
    confidential proprietary closed free freeware shareware gratis paid charge charges price prices cost costs buy
    purchase purchased order consent approval authorization authorisation authorized authorised exclusive ban banned
    bans deny denied exclude excludes excluding territory country countries region export sanctioned embargo apache mit
    bsd gpl gnu lgpl agpl mpl mozilla creative commons cc rail openrail llama gemma unofficial amended altered changed
    demo demonstration trial beta preview draft sample example early alpha student developer premium professional
    limit limits limitation exempt cannot wont dont avoid refrain reserve redistribution resale rent lease saas hosted
    hosting hosts rival rivals compete competing competitor competitors deployment deploy training train inference
    output outputs derivative derivatives weapon weapons surveillance medical legal unlawful illegal acceptable minors
    evaluate evaluating evaluators home noncommercial nongovernmental supersedes replaces overrides under""".split()
    )
)
_FAMILY = re.compile(r"(?:a|l)?gpl|bsd|mpl|epl|cddl|cc(?:by|$)")
"""How ids of licences begin."""


def describes(row: str) -> bool:
    """Whether a line is a label with what a program is: `Project: Name`, `Purpose: Locks of threads`."""
    match = _LABELLED.fullmatch(row.strip(_SIGNS))
    if match is None:
        return False
    name = match[2].split()
    return _is_plain(match[2]) or (match[1] is not None and len(name) <= _NAME and _is_plain(match[2], numbered=True))


def is_described(row: str) -> bool:
    """Whether a line is the name of a program, dashes, and what it is."""
    match = _DESCRIBED.fullmatch(row.strip(_SIGNS))
    return match is not None and _is_plain(match[1], numbered=True) and _is_plain(match[2])


def _is_plain(said: str, *, numbered: bool = False) -> bool:
    """Whether words state no term: none of a clause, no amount, no people who alone may have the program."""
    words = read(said).words
    after = [match[1].strip(_SIGNS + ",)") for match in _FOR.finditer(said)]
    return (
        0 < len(words) <= _LONGEST
        and _SENTENCE.search(said.strip(_SIGNS)) is None
        and _TERMS.isdisjoint(words)
        and not any(_FAMILY.match(word) for word in words)
        and (numbered or not any(word[0].isdigit() for word in words))
        and all(word.isascii() for word in words)
        and all(_BUILT.match(word) or word.casefold() in _WELL_KNOWN for word in after)
    )
