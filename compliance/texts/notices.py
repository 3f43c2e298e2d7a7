"""Lines that say whose a text is: copyright lines, marks, names of authors, tags; none of them states a term."""

import re
from collections.abc import Sequence

from compliance.texts.owners import LONGEST, YEAR, is_name, reads_as_owners
from compliance.texts.terms import CLAUSE, NAMED, in_other_scripts, is_term

_BEGINS = re.compile(
    r"^(?:(?:portions?|parts?|some (?:files|parts)|original(?: work| version| code)?|modifications?|modified work"
    r"|changes|additional (?:work|code)|this (?:file|work|software) is|based on ((?:\w+ ){1,4})"
    r"|derived from ((?:\w+ ){1,4})|and|all (?:code|files) ?)(?: are| is)? ?)?"
    r"(?:copyright\b|copyrights\b|c (?=(?:19|20)\d\d))|^spdx filecopyrighttext\b"
)
_ORDINARY = re.compile(
    r"\b(?:all rights? reserved|free software (?:foundation|directory)"
    r"|some rights reserved|(?:with|and) (?:no )?reserved font names?"
    r"|(?:is|are)(?: an?)?(?: registered)? (?:trademarks?|trade marks?|service marks?)"
    r"(?: or registered trademarks?)? of"
    r"|(?:registered )?in the (?:united states|u s a?|us|usa)(?: and| or| and or)(?: in)?(?: some)?"
    r" other (?:countries|jurisdictions)"
    r"|see (?:the )?(?:\w+ )?(?:authors?|contributors|copyright|credits|maintainers|notice)(?: (?:txt|md|rst))?"
    r"(?: files?)?(?: for (?:more |further |the )?(?:details|information|(?:an? (?:full |complete )?)?list"
    r"(?: of (?:all )?(?:authors|contributors))?))?"
    r"|(?:and|or) (?:its|their|his|her|the|all|individual|other)"
    r" (?:affiliates|contributors|authors|subsidiaries|licensors)"
    r"|(?:is|are) (?:held|owned) by|for portions of|all other copyrights?(?: c)?(?: for)?|as part of"
    r"|unless otherwise (?:noted|stated|indicated))\b"
)
"""What copyright lines go on with, though it has words of clauses."""
_CREDIT = re.compile(
    r"^(?:copyright holders?"
    r"|(?:main |lead |original |principal |current )?(?:authors?|developers?|maintainers?|contributors?)"
    r"|(?:originally )?(?:written|created|maintained|developed|contributed) by|contact|e ?mail|web ?site|home ?page|url"
    r"|project (?:home ?page|url|site)|repository|source|original|from|link|license url|license link|see also|see)\b"
)
_CREDITED = re.compile(r"^[^\w\n]*[\w -]{3,24}?(?::|\bby\b|\bis\b|\bare\b|$)", re.IGNORECASE)
CONTACT = re.compile(
    r"[<(\[]?(?:https?://[^\s<>]+|www\.[^\s<>]+|(?<![\w.+-])[\w.+-]++(?:@| at )[\w-]++(?:\.| dot )[\w.-]+)[>)\],.;]*"
)
_PARTICLE = frozenset(
    "of and at the de da di do dos del della la le van von der den ten du bin al y e et und und zu for in & a".split()
)
_NAME = re.compile(r"[^\W_][\w.-]*")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[^\s,;/&()<>\[\]\"*_|]+")
_KEPT = frozenset("""copy reserved year years its their it this is are modified""".split())
"""Words of terms by which copyright lines say nothing: `Copyright (c) YEAR`, `Modified work Copyright`."""
_FOR = re.compile(r"\b(?:for|outside)\s+(?:the\s+)?([A-Z]\w+)\b(?!\s+[A-Z])")
"""Whom or what something is for, where that is no part of the name of a body: `Center for Research Libraries`."""
_AIMS = frozenset("for in academic scientific internal personal pure basic and of".split())
"""Words beside which `research` is an aim, and in no name of a body."""
_AIM = re.compile(
    r"\b(?:research(?! by)|educational|academic|personal|internal|scientific|teaching|testing)\b"
    r"|商用|商业|授权|许可|禁"
)
"""Aims, where they are written small: names have them with a capital."""
_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{3})(?<!\bInc)(?<!\bLtd)(?<!Corp)(?<!\bCie)(?<!\bEsq)(?<!Univ)(?<!Dept)(?<!Prof)"
    r"[\"'\u201d)>\]]*\.[)\]]?\s+(?=\S)|(?<=[^\W\d_])\s[-\u2013\u2014]+\s"
)
"""Where a further sentence begins: after a full stop that ends no abbreviation, or a dash that parts no years."""
_PART = re.compile(r"[;|]\s")
"""Where another part of a line begins, which says that it names owners as the first does."""
_CLOSING = ("all rights reserved", "some rights reserved")
_LONGEST_ROW = 14
_POSTAL = 5
"""Digits of a number in an address."""
_ANYBODY = frozenset(
    """contributors contributor authors author developers maintainers other others project projects team community
    affiliates its respective to individual subsidiaries npm inc llc ltd gmbh""".split()
)
"""Whom owners are named beside: words that are written small."""
_TITLED = frozenset("dr prof professor mr ms mrs md phd maintainer author".split())


def is_copyright(words: Sequence[str], row: str) -> bool:
    """Whether a line says whose the text is, and states nothing besides."""
    return reads_as_owners(words) and not says_more(row)


def says_more(row: str) -> bool:
    """Whether a copyright line states something besides: whose a text is takes one sentence, and no words of terms."""
    plain = CONTACT.sub(" ", row)
    if _states(row) or _AIM.search(plain):
        return True
    if any(part.strip() and not _is_ordinary(part) for part in _PART.split(plain)[1:]):
        return True
    return any(not _is_ordinary(part) for part in _SENTENCE.split(plain)[1:])


def _states(row: str) -> bool:
    """Whether a line has words of terms, but for those that such lines go on with and for names."""
    if any(
        " at " in found[0] and is_term(found[0].lstrip("<([").split(" ")[0].casefold())
        for found in CONTACT.finditer(row)
    ):
        return True
    plain = CONTACT.sub(" ", row)
    named = {token.casefold() for token in _WORD.findall(plain) if token[0].isupper()} & NAMED
    left = _WORD.findall(_ORDINARY.sub(" ", re.sub(r"[^\w]+", " ", plain.casefold())))
    if any(is_term(word) and word not in named and word not in _KEPT for word in left):
        return True
    return in_other_scripts(plain) or any(match[1].casefold() in named for match in _FOR.finditer(plain))


def _is_ordinary(sentence: str) -> bool:
    """Whether a further sentence of a copyright line is one of the few that state nothing: rights, owners."""
    said = re.sub(r"[\W_]+", " ", sentence.casefold()).strip()
    left = _ORDINARY.sub(" ", said).strip()
    return (
        not left.strip("0123456789 ")
        or _BEGINS.match(said) is not None
        or said.startswith(("c ", "the ", "and "))
        or any(closing.startswith(said) for closing in _CLOSING)
        or YEAR.match(said) is not None
        or (left != said and is_name(left.split()))
        or ("," in sentence and are_names(sentence))
    )


def says_whose(words: Sequence[str], row: str) -> bool:
    """Whether a line is a statement of copyright, with what such lines go on with: marks, reserved names, credits."""
    if says_more(row):
        return False
    if reads_as_owners(words):
        return True
    said = " ".join(words)
    if "\u00a9" in row and not said.startswith("copyright"):
        said = f"copyright {said}" if row.strip(" \t*#/->").startswith("\u00a9") else said
    match = _BEGINS.match(said)
    if match is None or len(words) > LONGEST or not CLAUSE.isdisjoint((match[1] or match[2] or "").split()):
        return False
    rest = _ORDINARY.sub(" ", said[match.end() :]).split()
    return bool(rest or match.end() < len(said)) and is_name(rest) and _tells(said, rest, row)


def _tells(said: str, rest: Sequence[str], row: str) -> bool:
    """Whether a statement has what makes it one: a sign, a year, or a name that is written as names are."""
    if re.search(r"\b(?:c|by|xxxx|yyyy|(?:19|20)\d\d)\b|all rights reserved$", said) or "\u00a9" in row:
        return True
    return bool(rest) and are_names(row[row.casefold().rfind("copyright") + len("copyright") :])


def names_authors(words: Sequence[str], row: str) -> bool:
    """Whether a line names authors: `Author: Jane Doe`, `Written by ...`, or `Contributors:` alone."""
    said = " ".join(words)
    match = _CREDIT.match(said)
    if match is None or len(words) > LONGEST:
        return False
    head = _CREDITED.match(row)
    rest = row[head.end() :] if head else ""
    if head is not None and not rest.strip(" :*_") and said != match[0]:
        rest = " ".join(_NAME.findall(row)[len(match[0].split()) :])
    return head is not None and (are_names(rest) if rest.strip(" :*_") else said == match[0])


def are_names(row: str) -> bool:
    """Whether a line is a list of names, addresses and years, each name written with capitals."""
    plain = CONTACT.sub(" ", row)
    tokens = [token.strip(".:'\u2019-!") for token in _TOKEN.findall(plain)]
    tokens = [token for token in tokens if token]
    if not tokens:
        return plain != row or not row.strip(" -*")
    postal = "," in plain and max(map(len, re.findall(r"\d+", plain)), default=0) <= _POSTAL
    folded = [re.sub(r"\W", "", token.casefold()) for token in tokens]
    return (
        len(tokens) <= _LONGEST_ROW
        and tokens[0].casefold() not in {"for", "in"}
        and not _states(row)
        and ("research" not in folded or _AIMS.isdisjoint(folded))
        and plain.rstrip()[-1:] not in {"!", "?"}
        and is_name([word for word in folded if word and not (postal and word.isdigit())])
        and all(_is_named(token) or (postal and token.isdigit()) for token in tokens)
        and any(token != token.lower() for token in tokens)
    )


def _is_named(token: str) -> bool:
    """Whether a word can be one of a name: it begins with a capital, or is a particle or a year."""
    return (
        token[0].isupper()
        or re.fullmatch(r"[a-z]+[A-Z]\w+", token) is not None
        or token in _PARTICLE
        or re.fullmatch(r"(?:19|20)\d\d(?:-(?:(?:19|20)\d\d|\d\d|present))?", token) is not None
        or token.casefold() in _TITLED
        or token in _ANYBODY
    )
