"""What a card or a notice says in its own words that takes from a licence: for whom, for what, at what price."""

import re
from typing import NamedTuple

from compliance.texts.front import FRONT

_MODEL = (
    r"(?:models?|weights?|checkpoints?|parameters|software|release|repository|adapters?|loras?|work|project|materials?)"
)
_STUDY = r"(?:academic|research|scientific|educational|evaluation|personal|private|hobby|non-?\s?commercial)"
_USE = r"(?:use|usage|uses|purposes?|applications?|exploitation|deployment|products?|projects?)"
_NEED = r"(?:buy|purchase|obtain|need|acquire|request|require|get|apply\s+for|contact\s+\S{1,60}(?:\s\S{1,30}){0,8})"
_BARRED = (
    r"(?:prohibited|forbidden|disallowed|restricted|excluded|requires?"
    r"|not\s+(?:be\s+)?(?:allowed|permitted|granted|included))"
)
_GIVEN = (
    r"(?:used|usable|intended|meant|available|released|provided|licen[cs]ed|permitted|allowed"
    r"|granted|suitable|free|open)"
)
_WORDS = re.compile(
    rf"\b{_STUDY}(?:[\s/,]+(?:and|or|{_STUDY})){{0,5}}(?:\s+{_USE})?[\s,-]+(?:only|exclusively)\b"
    rf"|(?<!-)\b(?:only|solely|exclusively|strictly|just)\s+(?:be\s+)?(?:{_GIVEN}\s+)?(?:for|to)\s+(?:\w+\s+){{0,2}}?{_STUDY}\b"
    rf"|\b(?:restricted|limited|reserved)\s+(?:\w+\s+)?(?:for|to)\s+(?:\w+\s+)?{_STUDY}\b"
    rf"|(?<!commercial\sand\s)(?<!commercial\sor\s)(?<!commercial/)(?<!commercial,\s)\bnon-?\s?commercial(?:ly)?\b"
    rf"(?:\s+{_USE}|\s+licen[cs]\w+|\s+research|\s+academic|\s*[.;)]|\s*$)(?!\s+(?:and|or|as\s+well\s+as)\s+commercial)"
    rf"|\bcommercial(?:ly)?(?:\s+{_USE})?\b[^.;\n]{{0,40}}?\b{_BARRED}\b"
    rf"|\b(?:no|not\s+for|not\s+intended\s+for)\s+commercial\b"
    rf"|\bnot\s+(?:be\s+)?(?:\w+\s+){{0,4}}?commercial(?:ly)?\b(?!\s+(?:or|and)\s+non)"
    rf"|\b{_NEED}\s+(?:an?\s+|the\s+|our\s+|your\s+)?(?:commercial|paid|enterprise|business|separate)\s+(?:use\s+)?licen[cs]e\b"
    rf"|\bcommercial\s+(?:use\s+)?licen[cs]es?\s+(?:is\s+|are\s+)?(?:available|required|needed|can\s+be)\b"
    rf"|\b(?:for|please)[^.;\n]{{0,20}}\bcommercial\s+(?:{_USE}|licen[cs]\w+|inquir\w+|enquir\w+)[,:]?\s+"
    rf"(?:please\s+|you\s+(?:must|need)\s+|inquiries\s+)?(?:contact|reach|e-?mail|write|apply|register|fill)\b"
    r"|\b(?:commercial|business|corporate)\s+(?:users?|customers?|use|usage)\s+(?:please\s+|must\s+|should\s+)?"
    r"(?:contact|write\s+to|pay|buy|needs?|require)\b"
    rf"|\bfree\s+(?:of\s+charge\s+)?for\s+(?:(?!commercial)\w+\s+){{0,3}}?(?:{_STUDY}|individuals?|students?|hobbyists?|researchers?|startups?|companies|organi[sz]ations\s+with)\b"
    rf"(?![^.;\n]{{0,60}}\bcommercial)"
    rf"|\b(?:companies|businesses|organi[sz]ations|users|licensees)\s+(?:with\s+)?(?:\w+\s+){{0,4}}?(?:more|less|fewer|over|under|above|below)\s+(?:than\s+)?[$\u20ac\u00a3]?\d"
    rf"|\b(?:you|users?|licensees?)\s+(?:\w+\s+){{0,2}}?agrees?\s+(?:to\s+not|not\s+to|that\s+you\s+will\s+not)\b"
    rf"|\b(?:may|must|shall)\s+not\s+(?:be\s+)?used?\b(?!(?:\s+\w+){{0,3}}\s+except\s+(?:in|as)\b)|\b(?:may|must|shall)\s+only\s+(?:be\s+)?used?\b"
    rf"|\b(?:may|must|shall)\s+not\s+(?:redistribut|sell|sublicen[cs]|re-?host|commerciali)\w*"
    rf"|\bnot\s+(?:available|licen[cs]ed|released|permitted|granted|for\s+use)\s+(?:\w+\s+){{0,3}}?in\s+the\s+(?:european|eu\b|eea\b)"
    rf"|\bunder\s+(?:an?|the|our)\s+(?:\w+\s+)?(?:non-?\s?commercial|research(?:-only)?|proprietary|academic)\s+licen[cs]e\b"
    rf"|\bcc[\s-]by[\s-]nc\b|\bfor\s+research\s+only\b|\bresearch\s+preview\b[^.\n]{{0,40}}\bnon-?\s?commercial",
    re.IGNORECASE,
)
"""In English."""
_OTHERS = re.compile(
    r"\bnicht-?\s?kommerziell|\bkeine\s+kommerzielle|\b(?:nur|ausschlie\u00dflich|lediglich)\s+(?:f\u00fcr|zu|zur|zum)\s+"
    r"(?:\w+\s+){0,2}?(?:forschung|akademisch|wissenschaftlich|privat|nicht|lehr|test|evaluations?|bildung)"
    r"|\b(?:kommerzielle?|gewerbliche?)[rn]?\s+(?:nutzung|verwendung|zwecke)\b[^.\n]{0,60}\b(?:nicht|untersagt|verboten|ausgeschlossen|lizenz|gestattet)"
    r"|\b(?:nutzung|verwendung)\b[^.\n]{0,40}\b(?:untersagt|verboten|nicht\s+gestattet|nicht\s+erlaubt)"
    r"|\b(?:r\u00e9serv\w+|uniquement|exclusivement|seulement)\s+(?:\S+\s+){0,4}?(?:recherche|acad\u00e9mique|\u00e9ducati\w+|personnel|non[\s-]commercia)"
    r"|\b(?:utilisation|usage|exploitation)s?\s+commerciale?s?\b[^.\n]{0,40}\b(?:interdit|prohib|non\s+autoris|pas\b|exclu|licence)"
    r"|\b(?:utilisation|usage|uso|fins?|fines)\s+(?:non|no|n\u00e3o)[\s-]commercia"
    r"|\b(?:solo|s\u00f3lo|solamente|\u00fanicamente|exclusivamente|somente|apenas|soltanto|unicamente|esclusivamente)\s+(?:\S+\s+){0,4}?"
    r"(?:investigaci|pesquisa|ricerca|acad[\u00e9e]mic|accademic|educativ|personal|no\s+comercia|n\u00e3o\s+comercia|non\s+commercia)"
    r"|\bus[oi]\s+comm?ercial\w*\b[^.\n]{0,30}\b(?:prohib|proib|no\b|n\u00e3o|vietat|non\b)"
    r"|\b(?:no\s+se\s+permite|n\u00e3o\s+\u00e9\s+permitid\w|n\u00e3o\s+permitid\w|non\s+\u00e8\s+(?:consentit|permess)\w)\b[^.\n]{0,25}comm?ercia"
    r"|\b\u043d\u0435\u043a\u043e\u043c\u043c\u0435\u0440\u0447|\b\u043a\u043e\u043c\u043c\u0435\u0440\u0447\w+\b[^.\n]{0,40}(?:\u0437\u0430\u043f\u0440\u0435\u0449|\u043d\u0435\s+\u0434\u043e\u043f\u0443\u0441\u043a|\u043d\u0435\s+\u0440\u0430\u0437\u0440\u0435\u0448)"
    r"|\b\u0442\u043e\u043b\u044c\u043a\u043e\b[^.\n]{0,25}(?:\u0438\u0441\u0441\u043b\u0435\u0434\u043e\u0432|\u043d\u0430\u0443\u0447\u043d|\u0443\u0447\u0435\u0431\u043d)"
    r"|[\u4ec5\u50c5\u53ea](?:\u4f9b|\u9650|\u80fd|\u53ef|\u9002|\u7528|\u9650\u4e8e|\u9650\u65bc)[^\u3002\n]{0,12}(?:\u7814\u7a76|\u5b66\u672f|\u5b78\u8853|\u5b66\u4e60|\u6559\u80b2|\u975e\u5546|\u4e2a\u4eba|\u975e\u8425\u5229)"
    r"|(?:\u7981\u6b62|\u4e0d\u5f97|\u4e0d\u53ef|\u4e0d\u80fd|\u4e0d\u5141\u8bb8|\u4e25\u7981|\u8bf7\u52ff|\u52ff)[^\u3002\n]{0,12}\u5546[\u4e1a\u696d\u7528]|\u975e\u5546[\u4e1a\u696d\u7528]"
    r"|(?<!\u5141\u8bb8)\u5546[\u4e1a\u696d\u7528](?!\u4f7f\u7528\u7533\u8bf7|[^\u3002\n]{0,12}(?:\u65e0\u9700|\u65e0\u987b|\u4e0d\u9700|\u5373\u53ef))[^\u3002\n]{0,12}(?:\u7533\u8bf7|\u6388\u6743|\u767b\u8bb0|\u95ee\u5377|\u8054\u7cfb|\u586b\u5199|\u4e66\u9762)"
    r"|\u7814\u7a76(?:\u76ee\u7684|\u7528\u9014)?[^\u3002\n]{0,4}(?:\u306e\u307f|\u306b\u9650)"
    r"|\u5546\u7528[^\u3002\n]{0,8}(?:\u7981\u6b62|\u4e0d\u53ef|\u3067\u304d\u307e\u305b\u3093|\u8a8d\u3081\u3089\u308c|\u8a31\u53ef)|\u975e\u5546\u7528"
    r"|\uc0c1\uc5c5[^.\n]{0,14}(?:\uae08\uc9c0|\ubd88\uac00|\uc81c\ud55c|\ud5c8\uc6a9\ub418\uc9c0|\uc5c6)|\ube44\uc0c1\uc5c5|\uc5f0\uad6c\s?(?:\ubaa9\uc801|\uc6a9)?[^.\n]{0,4}(?:\uc73c\ub85c\ub9cc|\ub9cc\s|\ud55c\uc815)",
    re.IGNORECASE,
)
"""In German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese and Korean."""
_GATE = re.compile(r"^extra_gated_\w+:.*(?:\n(?:[ \t]+\S|[ \t]*-|[ \t]*$).*)*", re.MULTILINE)
"""What somebody agrees to who asks for the files."""
_FENCE = re.compile(r"[ \t]*+(```|~~~)")
_LINK = re.compile(r"\]\([^()\s]{0,400}\)|https?://[^\s)>\]]{1,400}")
_MARKS = re.compile(r"[*_`~#>|]+|&nbsp;|<[/\w!-][^<>]{0,200}>?|-->")
_PARTS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|#>]|\d{1,2}[.)])[ \t|#])|(?<=[.!?;\u3002\uff1b])\s")
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


class Limit(NamedTuple):
    """What is said, and on which line of the text."""

    words: str
    line: int


def limit(text: str) -> Limit | None:
    """The first sentence of a card, or of what it has people agree to, that limits what its licence may grant."""
    text = text[:_LONGEST]
    front = FRONT.match(text)
    if front is not None:
        for gate in _GATE.finditer(text, front.start(1), front.end(1)):
            if (found := _said(gate[0])) is not None:
                return Limit(found, 1 + text.count("\n", 0, gate.start()))
    body = text[front.end() :] if front is not None else text
    body, before = _without_code(body), text.count("\n") - body.count("\n")
    start = 0
    for end in (*(part.start() for part in _PARTS.finditer(body)), len(body)):
        if (found := _said(body[start:end])) is not None:
            lead = len(body[start:end]) - len(body[start:end].lstrip())
            return Limit(found, 1 + before + body.count("\n", 0, start + lead))
        start = end
    return None


def _without_code(text: str) -> str:
    """A text with empty lines for those of its fenced code."""
    rows, fence = text.split("\n"), None
    for number, row in enumerate(rows):
        mark = _FENCE.match(row)
        if fence is not None or mark is not None:
            rows[number] = ""
        if mark is not None:
            fence = mark[1] if fence is None else None if mark[1] == fence else fence
    return "\n".join(rows)


def _said(part: str) -> str | None:
    """What limits the use in a sentence; none in one that speaks of data alone."""
    plain = " ".join(_MARKS.sub(" ", _LINK.sub(" ", part).replace("[", " ").replace("]", " ")).split())
    match = _WORDS.search(plain) or _OTHERS.search(plain)
    if match is None or (_DATA.search(plain) and not _OF_MODEL.search(plain)):
        return None
    return match[0][:120]
