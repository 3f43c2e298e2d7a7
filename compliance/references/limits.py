"""What a notice says beside the name of a licence that takes from what the licence grants."""

import re

LIMITS = re.compile(
    r"(?<!commercial and )(?<!commercial or )(?<!commercial/)\bnon-?commercial(?!\s+and\s+commercial)\b"
    r"|\b(?:for|to)\s+(?:academic|research)(?:\s+and\s+\w+)?\s+(?:use|purposes?)\s+only\b"
    r"|\bonly\s+(?:be\s+used\s+)?for\s+(?:academic|research|personal|educational)\b|\bnot\s+for\s+(?:commercial|production)\b"
    r"|\bcommercial\s+(?:use|purposes?)\b[^.\n]{0,40}?\b(?:prohibited|forbidden|not\s+(?:allowed|permitted)|requires?)\b"
    r"|\bno\s+commercial\b|\b(?:academic|research|educational|evaluation|personal|internal)(?:\s+(?:use|purposes?))?\s+only\b"
    r"|\bfree\s+for\s+(?:personal|academic|private|individual)\b|\bcompanies\s+(?:need|must)\b"
    r"|\b(?:less|fewer|more)\s+than\s+\$?\d[\d,.]*+\w{0,20}\s+(?:\w{1,30}\s+)?(?:users|employees|revenue|customers|people)\b"
    r"|\b(?:must|may|can)\s*not\s+(?:be\s+sold|(?:sell|use)\s+(?:it|this|them|the\s+\w+)\s+(?:for|in|to)\b)"
    r"|\b(?:should|shall|must|may|can)\s*not\s+be\s+used\b(?!\s+to\s+endorse)"
    r"|\bapply\s+for\s+(?:an?\s+)?(?:commercial|licen[cs]e)\b|\bopen\s+for\s+(?:academic|research)\b"
    r"|\b(?:excluding|except(?:ing)?|other\s+than|apart\s+from)\s+(?:for\s+)?(?:the\s+)?(?:\w+\s+)?"
    r"(?:weights|models?|checkpoints|data(?:sets?)?)\b(?!/)"
    r"|\bprovided\s+(?:that\s+)?you\b(?!\s+(?:keep|retain|include|give|comply))"
    r"|\bwith\s+the\s+(?:additional\s+)?(?:restriction|limitation)s?\b"
    r"|\b(?:is|are|remains?|stays?)\s+(?:proprietary|not\s+free|closed|all\s+rights\s+reserved)\b"
    r"|\bnothing\s+is\s+granted\b|\bno\s+(?:rights?|licen[cs]e)\s+(?:is|are)\s+granted\s+(?:for|to)\b"
    r"|\b(?:ha(?:s|ve)|needs?|requires?)\s+(?:an?\s+|its\s+|their\s+)?(?:separate|own|different|paid|commercial)\s+licen[cs]e\b"
    r"|\blicen[cs]e\s+of\s+(?:its|their)\s+own\b"
    r"|\b(?:weights|checkpoints|models)\s+(?:may\s+|might\s+|can\s+)?(?:inherit|follow|carry|retain|keep)\s+(?:the\s+|their\s+)?"
    r"(?:own\s+|original\s+)?licen[cs](?:e|es|ing)\b(?!\s+(?:file|below|above))"
    r"|\bresearch[- ]only\b|(?:仅(?:供|限|用于)[^。\n]{0,12}(?:研究|学术|非商业))|(?:禁止|不得)[^。\n]{0,6}商[业用]",
    re.IGNORECASE,
)
"""Limits of use that permissive licences do not have, and parts to which they are not given."""
LIMITED = re.compile(r"(?i)(?:^|-)nc(?:-|$)|non-?commercial|research|academic|non-production|mnpl|mrl")
"""Documents that have such limits themselves."""
BUT_FOR = re.compile(
    r"(?i)\b(?:except(?:ing)?(?:\s+for)?|excluding|with\s+the\s+exceptions?\s+of)\s+"
    r"(?!(?:in\s+compliance|as|where|when|if|that|otherwise)\b)(?=[\w`'\"/*.]|the\b)"
)
"""What takes a part from the whole."""
SENTENCE_ENDS = re.compile(r"[.;!](?=\s)|\n[ \t]*\n")
