"""What follows the name of a licence in its sentence: harmless, or words that may take from what the licence grants."""

import re

from compliance.texts import terms

_ENDS = re.compile(r"[.;!?](?=\s|$)|[\u3002\uff1b]|\n[ \t]*\n|\n[ \t]*(?:[-*+\u2022|#=]|\d{1,2}[.)]|(?=[A-Z]))")
_MARKED = re.compile(r"[\"'`)]{0,2}(?:[\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u2079]|\s?\[\d{1,2}\])")
"""The sign of a footnote behind a name."""
_STAR = re.compile(r"[\"'`)\]]{0,2}(?:\s?licen[cs]e)?\*(?!\*)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\bcopyright\b|\u00a9|\(c\)", re.IGNORECASE)
_HARMLESS = re.compile(
    r"https?:\S{1,300}|\b[\w/.-]{1,60}\.(?:md|txt|rst|html?|org|com)\b|\bas[- ]is\b|\ball\s+rights\s+reserved\b"
    r"|\b(?:without|no)\s+(?:any\s+)?(?:warrant(?:y|ies)|restrictions?|limitations?)\b"
    r"|\b(?:unless|except\s+where)\s+(?:\S{1,30}\s+){0,6}?otherwise\b|\bat\s+your\s+option\b|</?\w[^<>]{0,100}>"
    r"|\brequires\s+(?:that\s+you\s+|you\s+to\s+)?(?:keep|retain|includ\w+|preserv\w+)|\bwaived\s+all\b|\A\W*only\W*\Z"
    r"|\bfor\s+commercial\s+and\s+non-?commercial\s+use\b"
    r"|\u5141\u8bb8\u5546[\u4e1a\u7528](?:\u4f7f\u7528)?|\u53cc\u91cd\u8bb8\u53ef|\u534f\u8bae|\u8bb8\u53ef(?:\u8bc1|\u534f\u8bae)?|\u6388\u6743|\u91c7\u7528|\u4f7f\u7528|\u6743\u91cd"
    r"|\bwith\s+(?:the\s+)?(?:llvm|runtime\s+library)[\s-]exceptions?\b|\balso\s+known\s+as\b"
    r"|\bfor\s+(?:both\s+)?(?:academic|research|personal|private)\s+and\s+commercial\s+use\b"
    r"|\b(?:allow|permit|enabl)\w{0,4}\s+(?:(?:for|both|free|private|personal|academic|and|any|unrestricted)\s+){0,4}"
    r"commercial(?:\s+use)?\b|\bincluding\s+(?:for\s+)?commercial\b"
    r"|\b(?:can|may)\s+(?:freely\s+)?(?:be\s+)?(?:freely\s+)?used?\s+(?:(?:it|them|in|for|any|your|own)\s+){0,4}commercial(?:ly)?\b"
    r"|\bto\s+(?:encourage|support|promote|advance|facilitate|foster)\s+(?:(?:open|further|future|more|the)\s+){0,2}research"
    r"(?:\s+and\s+development)?\b"
    r"|\bfree\s+(?:of\s+charge\s+)?for\s+(?:(?:all|any|every\w{0,3}|commercial|personal|private|academic|and|or)\s*){1,5}"
    r"(?:use|purposes?)?\b(?<!academic)(?<!personal)(?<!private)",
    re.IGNORECASE,
)
"""What stands behind names and takes nothing from them."""
_WORDS = re.compile(r"[^\W\d_]+|[\u2260-\u2265%$\u20ac\u00a3<>]")
_PLAIN = frozenset(
    """license licence licenses licences licensing licensed dual released version versions terms term conditions copy
    copies is are was were be been being it its this that these those which they we our you your their us can may will
    has have had do does use used using user free freely share modify modified distribute distributed sell
    redistribution permission permissions view read under database patents example derivative derivatives shared
    available if year years country clause by access date outputs month code display university before member members
    staff test tests testing date draft when where provided permitted weights translation copyright usage uso une dun
    credit citation cite warranty apache mit bsd gnu creative commons mozilla hosted individual inference training
    patent lizenz licencia licença licenza lisensi lisans licens licentie lizenziert""".split()
)
"""Words of terms that plain statements have behind a name as well."""
_OPENS = re.compile(
    r"\W{0,4}(?:licen[cs]ed?\W{1,3})?"
    r"(?:for|to|f\u00fcr|pour|para|per|voor|f\u00f6r|within|inside|in|during|outside)\s+[^\W\d_]",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"\b(?:members?|staff|individuals?|research(?:ers?)?|testing|training|inference|benchmark\w*|demos?|example|tests?"
    r"|before|derivatives?|university|universities|if|when|where)\b",
    re.IGNORECASE,
)
"""Words that only limit where a name goes on with whom or what for."""
_TO_NEXT = re.compile(
    r"(?:\b(?:except\s+for|with\s+the\s+exceptions?\s+of)\b[^.;]*|\bnot\s+(?:the\s+)?)\Z", re.IGNORECASE
)
"""What leads to the name of the next licence: of a part that is under it, or as what does not hold."""
_ASIDE = re.compile(r"\W{0,3}(?:licen[cs]e\s?)?(\([^()\n]{1,200}\))", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:\+|\(\s*(?:model\s+)?(?:weights?|models?)\b\W{0,4})\s*", re.IGNORECASE)
"""What joins a second licence to the name of a first."""
_AMOUNT = re.compile(r"(?i)\b(?:less|fewer|more|under|over|below|above|up\s+to)\s+(?:than\s+)?[$\u20ac\u00a3]?\d")
_LONGEST = 400


def takes(text: str, plain: str, start: int, end: int, following: int) -> str | None:
    """What may take from a licence behind its name, from `end`; `following` is where the next name begins.

    `plain`: the text without its markup, place for place.
    """
    begin = plain.rfind("\n", 0, start) + 1
    if _MARKED.match(text, end) or (_STAR.match(text, end) and text.count("*", begin, start) % 2 == 0):
        return "a footnote"
    whole = plain[end : min(following, end + _LONGEST)]
    ending = _ENDS.search(whole)
    rest = whole[: ending.start()] if ending is not None else _TO_NEXT.sub(" ", whole)
    aside = _ASIDE.match(whole)
    return next((" ".join(said.split())[:80] for said in (rest, aside[1] if aside else "") if _limits(said)), None)


def joins(between: str) -> bool:
    """Whether what stands between two names says that the second holds too."""
    return _JOINS.fullmatch(between) is not None


def _limits(rest: str) -> bool:
    """Whether the words behind a name may take from it."""
    rest = _HARMLESS.sub(" ", _COPYRIGHT.split(rest, maxsplit=1)[0])
    if _AMOUNT.search(rest) or (_OPENS.match(rest) and _TAKES.search(rest)) or terms.in_other_scripts(rest):
        return True
    words = [word.casefold() for word in _WORDS.findall(rest)]
    return terms.states(words, _PLAIN) or any(word.endswith("rail") for word in words)
