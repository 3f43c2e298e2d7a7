"""What a card or a notice says in its own words that takes from a licence: for whom, where, how long, at what price."""

import re
from typing import NamedTuple

from compliance.references import clauses
from compliance.references.sentences import sentences
from compliance.texts.front import FRONT

_GATE = re.compile(r"^extra_gated_\w+:.*(?:\n(?:[ \t]+\S|[ \t]*-|[ \t]*$).*)*", re.MULTILINE)
"""What somebody agrees to who asks for the files."""
_DATA = re.compile(
    r"\b(?:data\s?sets?|data|corpus|corpora|benchmarks?|annotations?|images?|videos?|questions?)\b|\u6570\u636e|\u8a9e\u6599|\u8bed\u6599|\u30c7\u30fc\u30bf",
    re.IGNORECASE,
)
_OF_MODEL = re.compile(
    r"\b(?:models?|weights?|checkpoints?|parameters?|modell\w*|gewichte\w*|mod[e\u00e8]l[eo]s?|poids|pesos|pesi)\b|\u6a21\u578b|\u6743\u91cd|\u30e2\u30c7\u30eb|\u91cd\u307f|\ubaa8\ub378|\u043c\u043e\u0434\u0435\u043b",
    re.IGNORECASE,
)
_LONGEST = 200_000
"""Characters of a card that are read."""
_SHOWN = 120


class Limit(NamedTuple):
    """What is said, and on which line of the text."""

    words: str
    line: int


def limit(text: str) -> Limit | None:
    """The first sentence of a card, or of what it has people agree to, that limits what its licence may grant.

    None is one that speaks of data alone.
    """
    text = text[:_LONGEST]
    front = FRONT.match(text)
    for gate in _GATE.finditer(text, front.start(1), front.end(1)) if front is not None else ():
        for sentence in sentences(gate[0]):
            if clauses.said(sentence.said) is not None:
                return Limit(sentence.said[:_SHOWN], 1 + text.count("\n", 0, gate.start() + sentence.start))
    for sentence in sentences(text, front.end() if front is not None else 0):
        of_data = _DATA.search(sentence.said) and not _OF_MODEL.search(sentence.said)
        if not of_data and clauses.said(sentence.said) is not None:
            return Limit(sentence.said[:_SHOWN], 1 + text.count("\n", 0, sentence.start))
    return None
