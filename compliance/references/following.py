"""What follows the name of a licence in its sentence: harmless, or words that may take from what the licence grants."""

import re

from compliance.references import clauses
from compliance.texts import terms

_ENDS = re.compile(r"[.;!?](?=\s|$)|[\u3002\uff1b]|\n[ \t]*\n|\n[ \t]*(?:[-*+\u2022|#=]|\d{1,2}[.)]|(?=[A-Z]))")
_COPYRIGHT = re.compile(r"\bcopyright\b|\u00a9|\(c\)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+|[\u2260-\u2265%$\u20ac\u00a3]|(?<=\s)[<>](?=[\s=])|[<>](?==?\s?[$\u20ac\u00a3]?\d)")
_SIGNS = re.compile(
    "\u534f\u8bae|\u5354\u8b70|\u8bb8\u53ef\u8bc1?|\u8a31\u53ef\u8b49?|\u6388\u6743|\u6388\u6b0a(?:\u689d\u6b3e)?"
    "|\u91c7\u7528|\u63a1\u7528|\u4f7f\u7528|\u6743\u91cd"
    "|[\u8bf7\u8acb](?:[\u53c2\u53c3](?:\u8003|\u9605|\u95b1|\u89c1|\u898b|\u7167)|\u67e5(?:\u770b|\u9605|\u95b1)|[\u89c1\u898b])"
)
"""What joins names in Chinese, and what sends to where more is said."""
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
TO_NEXT = re.compile(
    r"(?:\b(?:except\s+for|with\s+the\s+exceptions?\s+of)\b[^.;]*|\bnot\s+(?:the\s+)?)\Z", re.IGNORECASE
)
"""What leads to the name of the next licence: of a part that is under it, or as what does not hold."""
_ASIDE = re.compile(r"\W{0,3}(?:licen[cs]e\s?)?(\([^()\n]{1,200}\))", re.IGNORECASE)
_AMOUNT = re.compile(r"(?i)\b(?:less|fewer|more|under|over|below|above|up\s+to)\s+(?:than\s+)?[$\u20ac\u00a3]?\d")
_LONGEST = 400


def takes(plain: str, end: int, following: int) -> str | None:
    """What may take from a licence behind its name, from `end`; `following` is where the next name begins."""
    whole = plain[end : min(following, end + _LONGEST)]
    ending = _ENDS.search(whole)
    rest = whole[: ending.start()] if ending is not None else TO_NEXT.sub(" ", whole)
    aside = _ASIDE.match(whole)
    return next((" ".join(said.split())[:80] for said in (rest, aside[1] if aside else "") if _limits(said)), None)


def _limits(rest: str) -> bool:
    """Whether the words behind a name may take from it."""
    rest = _SIGNS.sub(" ", clauses.harmful(_COPYRIGHT.split(rest, maxsplit=1)[0]))
    if _AMOUNT.search(rest) or (_OPENS.match(rest) and _TAKES.search(rest)) or terms.in_other_scripts(rest):
        return True
    words = [word.casefold() for word in _WORDS.findall(rest)]
    return terms.states(words, _PLAIN) or any(word.endswith("rail") for word in words)
