"""How a sentence speaks of a licence that it names: as the one that holds, as one like it, or as none of both."""

import re
from typing import Literal

Said = Literal["holds", "like", "no"]

_BREAK = re.compile(
    r"(?:[.!?;](?=\s|$)|[。！？；，]|\n[ \t]*\n|\n[ \t]*(?:[-*\u2022|]|\d{1,2}[.)])[ \t]|\s[\u2013\u2014]\s"  # noqa: RUF001
    r"|\bbut\b|\bhowever\b|\bwhereas\b)",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:\b(?:v|ver|e\.g|i\.e|inc|ltd|corp|co|no|vs)|^\W*\d{1,2})\.$", re.IGNORECASE)
_STATES = re.compile(r"\b(?:is|are|under|licen\w+|govern\w*|subject|released|distributed|obtain)\b", re.IGNORECASE)
_NOT = re.compile(r"(?<!\bif )\b(?:not|never|neither|nor|none|cannot|no\s+longer)\b|n['\u2019]t\b", re.IGNORECASE)
_NONE = re.compile(r"^\W*(?:nothing|nobody|none|no)\b|\bthere\s+(?:is|are)\s+no\b", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:refus\w+|declin\w+|consider(?:s|ed|ing)?|dropped|abandon(?:s|ed|ing)?|exempt(?:ed)?\s+from|excluded\s+from"
    r"|explains?|describes?|discuss\w*|(?:was|were|been)\s+told|told\s+us|think\s+of|history\s+of|pick|instead\s+of)\b"
    r"|\bthan\s+(?:(?:those|that)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""What is said of a licence that one does not have."""
_OF_OTHERS = re.compile(
    r"\bby\s+contributing\b|\b(?:contributions?|submissions?|pull\s+requests)\b(?!\s+(?:(?:of|by|from)\b|(?:after|since)\b[^.;,]{1,20}\d))"
    r"|\bcontributors?\s+(?:grants?|agrees?|must)\b|\baccepts?\b|\blicen[cs]e\s+as\b|\bterms\s+as\b"
    r"|\b(?:link\w*|combin\w+|together|works?|use[ds]?)\b[^.,;]{0,45}\bwith\s+(?:\w+\s+)?"
    r"(?:programs?|librar(?:y|ies)|packages?|projects?|software|works|code)\b(?:\s+that\s+(?:is|are))?\s+(?:\w+\s+)?under\b"
    r"|\b(?:unlike|every|resembles?|collected\s+only)\s+(?:\w+\s+)?"
    r"(?:programs?|librar(?:y|ies)|packages?|projects?|repositories|sources|code)\b[^.,;]{0,30}\b(?:under|licen[cs]ed)\b"
    r"|\btrained\s+on\s+(?:\w+\s+){0,4}(?:of|under)\s+(?:the\s+)?$|\bfrom\s+sources\b",
    re.IGNORECASE,
)
"""What is said of the licence of what others made or will make."""
_YET = re.compile(r"\b(?:except|unless|without|other\s+than|only|until)\b", re.IGNORECASE)
_ELSEWHEN = re.compile(
    r"\b(?:previously|formerly|historically|once|one\s+day|someday|(?:first|initial)\s+(?:release|version)|in\s+the\s+past|used\s+to\s+be|once\s+was|was\s+once|until)\b"
    r"|\boriginally\s+(?:released|licen\w+|published|distributed|under|available|made)\b"
    r"|\b(?:versions?|releases?)\s+(?:before|prior\s+to|up\s+to|until|older\s+than|below|earlier\s+than)\b"
    r"|\b(?:earlier|older|previous|prior|future|later|next)\s+(?:versions?|releases?)\b"
    r"|\b(?:plan(?:s|ned|ning)?|going|intends?|hopes?|expects?|aims?|wants?|wish(?:es)?)\s+to\b"
    r"|\bwill\s+(?:\w+\s+){0,3}?(?:releas\w+|publish\w*|open-?sourced?|become|relicen\w+|switch|move|change|convert|made|available|licen\w+|govern\w*)\b"
    r"|\bchange\s+date\b"
    r"|^\W*(?:before|prior\s+to)\b"
    r"|\b(?:converts?|becomes?|changes?|turns?|reverts?|switches)\s+(?:in)?to\b"
    r"|\bif\s+you\s+(?:want|need|wish|would|prefer)\b|\bwould\b|\bcould\b|\bmight\b|\bwhether\b|\bunclear\b|\bunsure\b"
    r"|\bbecomes?\s+(?:the\s+)?$|\b(?:change|successor|future)\s+licen[cs]e\b|此前|之前|以前|原先|曾|将会|计划",
    re.IGNORECASE,
)
_OR_LATER = re.compile(r"(?i)\bor\s+(?:\(?at\s+your\s+option\)?,?\s+)?(?:(?:any|a|all)\s+)?(?:lat|new)er\s+versions?\b")
"""Of a licence that is named, and of no work."""
_TOUCHING = re.compile(
    r"(?:\b(?:in)?compatible\s+with|\bunlike|\binstead\s+of|\brather\s+than|\bas\s+opposed\s+to|\bcompared\s+(?:to|with)"
    r"|\bother\s+than|\bdifferent\s+from|\bin\s+contrast\s+to|\breplac(?:es?|ing)|\bsuch\s+as|\be\.g\.,?|\bfor\s+example,?"
    r"|\blicen[cs]ed\s+to|\bwithout|\bno|\bother|\bfrom|\b(?:was|were|been)|\bexcept(?:\s+for)?|\babout|\bviolat\w+"
    r"|\bpermissions?\s+under\s+sections?\s+(?:\d[\d.]*\s+)?of)"
    r"\s+(?:(?:the|an?|any|both|either)\s+)*$",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    r"^[\s\"')\]]*(?:licen[cs]es?\s*)?(?:file\s*)?"
    r"(?:(?:is|are|was|were|does|do|did)\s*(?:not\b|n['\u2019]t\b|no\s+longer\b)"
    r"|never\b|until\b|excludes?\b|says\b|covers\s+(?:neither|no)\b|is\s+(?:short|long)\b|[- ](?:in)?compatible\b"
    r"|code\s+of\s+conduct\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^[^.!;\n]{0,60}\?(?!\S)")
_LIKE_AFTER = re.compile(
    r"^[\s\"')\]]*+-?\s*+(?:like|style|styled|type|ish|esque|variant|derived|inspired|based)\b(?!\s+on)"
    r"|^[\s\"')\]]*+[-(,]?\s*+(?:modified|amended|altered|customi[sz]ed)\b(?!\s+(?:by|from|on|in|\d))"
    r"|^[^.;\n]{0,30}?(?:\bw(?:ith\s++|/\s*+)|\bplus\s++|\+\s*+)(?:(?:the|an?|some|our|these)\s++)?"
    r"(?:terms|conditions|additional|added|extra|further|modif\w++|amend\w++|changes|restrictions|nuclear|disclaimers?|addend\w++|riders?)\b",
    re.IGNORECASE,
)
_LIKE_BEFORE = re.compile(
    r"(?:\bsimilar\s+to|\bbased\s+on|\bbased\s+upon|\bderived\s+from|\badapted\s+from|\bmodel+ed\s+(?:on|after)|\binspired\s+by"
    r"|\bmodified(?:\s+version\s+of)?|\bmodification\s+of|\bvari(?:ant|ation)\s+of|\bversion\s+of|\bresembl\w+|\bakin\s+to|\blike)"
    r"\s+(?:(?:the|an?|its)\s+)?$",
    re.IGNORECASE,
)
_SOME_VERSION = re.compile(r"(?i)\b(?:an?|any|some|the\s+(?:latest|current))\s+version\s+of\s+(?:the\s+)?$")
_GNU = re.compile(r"(?i)\bGNU\b|\b[AL]?GPL\b")
_HANGS = re.compile(r"\s*under\b", re.IGNORECASE)
"""What goes on with what stands before a comma."""
_ASIDE = re.compile(r"\([^()]*\)")
_WITH = re.compile(r"(?i)\b(?:with|plus|and)\s+(?:(?:the|an?|its)\s+)?[\"']?$")
_EXCEPTED = re.compile(r"(?i)^[\s\"')-]*(?:(?:linking|licen[cs]e|library)\s+)?exceptions?\b")
"""Of an exception from a licence for works under another."""
_CHINESE_NOT = re.compile(r"不(?:再|采用|是|遵循|使用|基于|属于|适用|受)|并非|非(?=采用|基于|使用)|未(?=采用|使用)")


def spoken(text: str, start: int, end: int) -> Said:
    """How the sentence around characters `start` to `end` speaks of what they name."""
    before, after = clause(text, start), text[end : end + 120]
    if _EXCEPTED.match(after) and _WITH.search(before):
        return "no"
    is_like = _LIKE_AFTER.match(after) or (
        _LIKE_BEFORE.search(before) and not _is_some_version(before, text[start:end])
    )
    if _NO_LONGER.match(after) or _ASKED.match(after) or (_TOUCHING.search(before) and not is_like):
        return "no"
    if _REFUSED.search(before) or _OF_OTHERS.search(_ASIDE.sub(" ", before)):
        return "no"
    near = _ASIDE.sub(" ", _last_part(before))
    if denies(near) or _ELSEWHEN.search(_OR_LATER.sub(" ", before)) or _CHINESE_NOT.search(before):
        return "no"
    return "like" if is_like else "holds"


def _is_some_version(before: str, name: str) -> bool:
    """Whether a version of a GNU licence is meant that is not said, and no text made from it."""
    is_open = _GNU.search(name) is not None and not any(map(str.isdigit, name))
    return is_open and _SOME_VERSION.search(before) is not None


def clause(text: str, start: int) -> str:
    """What stands before a place in the same clause."""
    first = max(start - 300, 0)
    piece, at = text[first:start], 0
    for match in _BREAK.finditer(piece):
        within = match.end() == len(piece) and text[start : start + 1].isalnum()  # `LICENSE.MIT`
        if not (match[0] == "." and (within or _ABBREVIATED.search(piece[at : match.end()]))):
            at = match.end()
    return piece[at:]


def _last_part(before: str) -> str:
    """What stands behind the last comma, where that states something of its own."""
    said, comma, rest = before.rpartition(",")
    return rest if comma and _STATES.search(rest) and not (_HANGS.match(rest) and _NOT.search(said)) else before


def denies(before: str) -> bool:
    """Whether a clause says not; `not ... except` says yes."""
    if _NONE.search(before):
        return True
    ends = [match.end() for match in _NOT.finditer(before)]
    return bool(ends) and _YET.search(before, ends[-1]) is None
