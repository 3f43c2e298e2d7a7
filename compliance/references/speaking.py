"""Sentences of a longer text, in any language, that say under what the work itself stands, and not what others made."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from compliance.texts.fences import without_code
from compliance.texts.front import FRONT

_PART = re.compile(
    r"\n[ \t>/*#;%]*\n|\n(?=\W{0,10}(?:licen[cs]|releas|distribut)ed\s+under\b)"
    r"|\n(?=[ \t>]*(?:[-*+|#\u2022]|\d{1,2}[.)]|<(?:p|li|br|h\d|div)\b)[ \t|#>-]?)"
    r"|(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\b[Vv]er\.)(?<!\b[Vv]\.)[)\"'*_]{0,3}\s|[\u3002\uff01\uff1b\uff1f]",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\bunder\b|licen[cs]|\bsubject\s+to\b|\bgoverned\b|\bpublic\s+domain\b|lizenz|licen[c\u00e7z]|lisans|\blisens"
    r"|\u8bb8\u53ef|\u8a31\u53ef|\u8a31\u8afe|\u534f\u8bae|\u5354\u8b70|\u6388\u6743|\u6388\u6b0a|\u5f00\u6e90|\u958b\u6e90|\u30e9\u30a4\u30bb\u30f3\u30b9"
    r"|\ub77c\uc774[\uc120\uc13c]\uc2a4|\u043b\u0438\u0446\u0435\u043d\u0437|\u043b\u0456\u0446\u0435\u043d\u0437",
    re.IGNORECASE,
)
"""What a sentence has that names a licence."""
_WORK = (
    r"(?:models?|weights|checkpoints?|code(?:base)?|sources?|software|data(?:sets?)?|repositor(?:y|ies)|repo|projects?|works?|packages?"
    r"|librar(?:y|ies)|tools?(?:kits?)?|apps?|applications?|programs?|plugins?|extensions?|frameworks?|modules?|crates?|gem"
    r"|scripts|benchmarks?|corpus|corpora|files?|materials?|documentation|docs|website|content|contents|fonts?|adapters?|release"
    r"|implementation|demos?|template|engine|server|client|compiler|system|images?|annotations|contributions|recordings|clips|api|sdk|family|series|versions?)"
)
_OWN = re.compile(
    rf"\b(?:this|our|these|its)\s(?:[^\s.]{{1,40}}\s){{0,5}}?{_WORK}\b"
    rf"|\bthe\s(?:(?-i:[a-z][\w-]*),?\s){{0,5}}?{_WORK}\b|\b(?:all|both)\s(?:[^\s.]{{1,40}}\s){{0,5}}?{_WORK}\b|\b(?:it|they)\b"
    r"|\bwe\s(?:[\w'\u2019]{1,20}\s){0,3}?(?:releas|open|publish|provid|licen[cs]|shar|distribut|mak|offer|host|adopt|dedicat|put)"
    r"|[\u672c\u6b64][\u5c08\u9879\u4ed3\u4ee3\u6a21\u5de5\u8f6f\u6570\u4f5c\u5e93\u7814\u6587\u63d2\u7cfb\u7a0b\u4ea7\u9805\u5009\u6578\u8edf\u7cfb\u30d7\u30ea\u30e2\u30bd\u30c7\u30e9]|\u672c\u6b21|\u6211\u4eec|\u6211\u5011|\u8be5\u9879\u76ee|\u8be5\u6a21\u578b|\u8be5\u4ed3\u5e93|\u8be5\u4ee3\u7801"
    r"|\u3053\u306e(?:\u30d7\u30ed\u30b8|\u30ea\u30dd\u30b8|\u30e2\u30c7\u30eb|\u30bd\u30d5\u30c8|\u30bd\u30fc\u30b9|\u30c7\u30fc\u30bf|\u30e9\u30a4\u30d6|\u30c4\u30fc\u30eb|\u30b3\u30fc\u30c9)|\u5f53(?:\u30e2\u30c7\u30eb|\u30ea\u30dd|\u30d7\u30ed)"
    r"|(?:\uc774|\ubcf8|\ud574\ub2f9)\s?(?:\ud504\ub85c\uc81d\ud2b8|\ubaa8\ub378|\uc800\uc7a5\uc18c|\ucf54\ub4dc|\uc18c\ud504\ud2b8|\ub370\uc774\ud130|\ub808\ud3ec)"
    r"|\b(?:diese[srnm]?|das|die|der|unser\w*)\s(?:[\w-]+\s){0,3}?(?:\w*projekt|modelle?|\w*gewichte|\w*code|software|\w*daten\w*|repository|paket|bibliothek|werk|programm)\b"
    r"|\b(?:ce|cette|ces|le|la|les|notre|nos)\s(?:\S+\s){0,3}?(?:projet|mod\u00e8les?|code|logiciel|d\u00e9p\u00f4t|donn\u00e9es|poids|biblioth\u00e8que|programme|\u0153uvre)\b"
    r"|\b(?:este|esta|el|la|los|nuestr[oa])\s(?:\S+\s){0,3}?(?:proyecto|modelos?|c\u00f3digo|software|repositorio|datos|pesos|biblioteca|programa|obra)\b"
    r"|\b(?:este|esta|o|a|os|nosso|nossa)\s(?:\S+\s){0,3}?(?:projeto|modelos?|c\u00f3digo|software|reposit\u00f3rio|dados|pesos|biblioteca|programa|obra)\b"
    r"|\b(?:questo|questa|il|lo|la|i|nostro|nostra)\s(?:\S+\s){0,3}?(?:progetto|modell[oi]|codice|software|repository|dataset|pesi|libreria|programma)\b"
    r"|\b(?:\u044d\u0442\u043e\u0442|\u044d\u0442\u0430|\u0434\u0430\u043d\u043d\w+|\u043d\u0430\u0448\w*|\u0432\u0441\u0435)\s(?:\S+\s){0,3}?(?:\u043f\u0440\u043e\u0435\u043a\u0442|\u043c\u043e\u0434\u0435\u043b|\u043a\u043e\u0434|\u0431\u0438\u0431\u043b\u0438\u043e\u0442\u0435\u043a|\u0440\u0435\u043f\u043e\u0437\u0438\u0442\u043e\u0440|\u043f\u0440\u043e\u0433\u0440\u0430\u043c\u043c)"
    r"|\b(?:\u043f\u0440\u043e\u0435\u043a\u0442|\u043a\u043e\u0434|\u043c\u043e\u0434\u0435\u043b\u044c)\s\u0440\u0430\u0441\u043f\u0440\u043e\u0441\u0442\u0440\u0430\u043d",
    re.IGNORECASE,
)
"""What a sentence calls the work that it stands with."""
_OPENS = re.compile(
    r"[\W_]*(?:(?:it|they|is|are|now|also|all|fully|completely|freely|currently|code|copyright[^\n]{0,80}?)[\W_]+){0,3}"
    r"(?:(?:dual|re|un)?[- ]?licen[cs]ed|released|distributed|(?:made\s+)?available|published|provided|open[- ]?sourced"
    r"|dedicated|lizenziert|ver\u00f6ffentlicht|distribu\u00e9|publi\u00e9|sous\s+licence|licenciado|distribuido|distribu\u00eddo|distribuito"
    r"|\u0440\u0430\u0441\u043f\u0440\u043e\u0441\u0442\u0440\u0430\u043d\u044f\u0435\u0442\u0441\u044f|\u57fa\u4e8e|\u91c7\u7528|\u9075\u5faa|\u4f9d\u7167)(?![^\W\d_])",
    re.IGNORECASE,
)
"""How one begins that leaves out what it speaks of."""
_STATES = re.compile(
    r"\bunder\b|\bsubject\s+to\b|\bgoverned\s+by\b|\bwith\s+an?\b|[-\s]licen[cs]ed\b|\blicen[cs]\w*|\bpublic\s+domain"
    r"|\bunter\b|\bsous\b|\bbajo\b|\bsob\b|\bsotto\b|\b\u043f\u043e\u0434\b",
    re.IGNORECASE,
)
_SHIPPED = re.compile(
    rf"\W*(?:with|thanks\s+to)\s(?:[\w.-]+\s){{0,2}}?[\w.-]+[-\s]licen[cs]ed\s{_WORK}\b,", re.IGNORECASE
)
"""How a sentence begins that says with what it comes."""
_ALIEN = re.compile(
    r"\bthird[- ]part|\bdependenc|\bbased\s+(?:up)?on\b|\bbuil[td]s?\s+(?:up)?on\b|\bbuil[td]\s+with\b|\bderived\b"
    r"|\badapt(?:s|ed)\b|\bborrow|\btaken\b|\bforked?\b|\bmodified\b|\bwhich\b|\bwhose\b|\bthat\s+(?:is|are|was|were)\b"
    r"|\bthanks?\b|\binspired\b|\bcontribut|\bpull\s+request|\bunlike\b|\btrained\b|\bfine-?tuned\b|\bgenerated\b"
    r"|\bus(?:es?|ed|ing)\b(?!\s+of|\s+(?:(?!under|with|and|which|from)[\w.-]{1,30}\s){1,5}licen[cs]e\b)|\bfrom\b|\boriginal(?:ly)?\b|\bprevious|\bothers?\b(?!\s+content)|\bfollow(?:s|ing)?\b|\bincludes?\b"
    r"|\bcontains?\b|\bif\b|\bwhen\b|\bsupports?\b|\bassum|\bcheck\b|\bfind\b|\bensure\b|\bcomply\b|\brequires?\b(?!\s+compliance\b)"
    r"|\u7b2c\u4e09\u65b9|\u4f9d\u8d56|\u53c2\u8003|\u501f\u9274|\u6765\u81ea|\u5f15\u7528|\u4e0a\u6e38|\u5982\u679c|\u611f\u8c22|\u30d9\u30fc\u30b9|\u7b2c\u4e09\u8005",
    re.IGNORECASE,
)
"""What a clause has that speaks of the works of others."""
_LEAD = re.compile(r"(?<!\s)\s*+(?:[-*+>]\s+)?(?:\*\*|__)[^*_\n]{1,100}(?:(?:\*\*|__)[:\uff1a]|[:\uff1a](?:\*\*|__))")
"""The heading of a paragraph, in its line."""
_ALONE = re.compile(
    r"\n[ \t]*\n\s*+(?:(?:(?:the|an?)\s)?[\w.+-]{1,20}(?:\s[\w.+-]{1,20}){0,5}\slicen[cs]ed?"
    r"|licen[cs]e\s(?:\([\w.+-]{1,20}(?:\s[\w.+-]{1,20}){0,4}\)|[\w.+-]{1,20}(?:\s[\w.+-]{1,20}){0,4}))[\s.]*",
    re.IGNORECASE,
)
"""A paragraph, or the sentence that it begins with, that is no more than the name of a licence."""
_SAYS_MORE = re.compile(r"(?i)\b(?:we|you|i|they|is|are|was|were|be|under|by|with|from|to|on|in|as|not?|our|your)\b")
_OF_OTHERS = re.compile(r"(?i)third[- ]part|acknowledg|credit|dependenc|thank|contribut|\buses?\b|built|related|other")
"""What headings have of sections on the works of others."""
_NEXT = re.compile(
    r"\b(?:and|but)\s+(?=(?:is|are|it|its|we|our|the|this|these|they|has|have|now|released|licen[cs]ed|distributed|available)\b)|;|\uff0c|,\s(?=(?:it|we|our|this|the|and)\b)"
)
"""Where a clause ends that may speak of something else."""
_TITLE = re.compile(r"^[ \t]*#[ \t]+(?P<marked>[^\n]{1,160})|^(?P<lined>[^\n#<|!\[]{2,100})\n=++[ \t]*$"
                    r"|<h1[^<>]{0,200}>(?P<tagged>.{1,400}?)</h1>",
                    re.MULTILINE | re.IGNORECASE | re.DOTALL)  # fmt: skip
_ENDS_TITLE = re.compile(r"[:\uff1a|(\u2013\u2014\uff08]|\s-\s")
_NOISE = re.compile(r"<[^<>]{0,300}>|!?\[|\]\([^()\s]{0,300}\)|&\w{2,8};|:[a-z0-9_+-]{2,30}:")
_SLUG = re.compile(
    r"(?:github\.com|huggingface\.co|gitlab\.com|gitee\.com)/(?!datasets/|spaces/|papers/)[\w.-]{1,60}/([\w.-]{2,80})"
)
_SUBJECT = re.compile(
    r"^[ \t*_`]{0,6}([A-Za-z][\w.+-]{0,40}[^\W_])[*_`]{0,3}\s(?:is|are)\s(?:dual[- ])?"
    r"(?:licen[cs]ed|released|distributed)\sunder\b",
    re.MULTILINE,
)
"""What a sentence puts under a licence that begins a line."""
_DEFINED = re.compile(
    r"^[ \t*_`]{0,6}([A-Z][\w.+-]{1,40})[*_`]{0,3}\s(?:\\?\([^()\n]{1,120}\)\s)?is\s+an?\s", re.MULTILINE
)
"""What a page says first to be something."""
_OFTEN = 4
"""Times that a page speaks of the work that it is about."""
_CLONED = re.compile(r"git\s+clone\s[^\n]{0,120}?/([\w.-]{2,80})")
_COMMON = frozenset(
    """a an and api app awesome benchmark chat code course data dataset demo docs documentation example examples for
    framework guide in introduction large language learning library license model models notes of on open overview
    package paper project readme release sdk server source system the toolkit tools training usage vision welcome
    with""".split()
)
"""What names a work no closer than its kind does."""
_LONGEST_SENTENCE = 900
_LONGEST_NAMED = 300
_LONGEST_NAME = 60
_SLUGS_IN = 60_000


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Sentences that say under what the work itself stands, from character to character."""
    front = FRONT.match(text)
    body = front.end() if front is not None else 0
    plain = without_code(text)
    if not _POINTS.search(plain, body):
        return
    called = named(text)
    points = [match.start() for match in _POINTS.finditer(plain, body)]
    start = body
    for end in (*(part.start() for part in _PART.finditer(plain, body)), len(plain)):
        at = bisect_left(points, start)
        if at == len(points):
            return
        if points[at] < end and end - start <= _LONGEST_SENTENCE:
            said = plain[start:end]
            if _is_of_itself(said, called) or (_is_alone(said) and not _is_of_others(plain, start)):
                yield start, end
        start = end


def _is_alone(said: str) -> bool:
    """Whether a sentence is the name of a licence, and nothing else."""
    bare = _NOISE.sub(" ", said) if len(said) <= _LONGEST_NAMED else ""
    return _ALONE.fullmatch(bare) is not None and _SAYS_MORE.search(bare) is None


def _is_of_others(plain: str, place: int) -> bool:
    """Whether the heading above a place is one of the works of others."""
    heading = plain.rfind("\n#", 0, place) + 1
    return _OF_OTHERS.search(plain[heading : plain.find("\n", heading)] if heading else "") is not None


def _is_of_itself(said: str, called: re.Pattern[str] | None) -> bool:
    """Whether a sentence speaks of the work that it stands with, where it comes to speak of licences."""
    if said.lstrip().startswith("|"):
        return False
    plain = _NOISE.sub(" ", _LEAD.sub(" ", said, count=1))
    states = _STATES.search(plain)
    if _SHIPPED.match(plain):
        return called is not None and called.search(plain) is not None
    head = plain if states is None or not plain.isascii() else plain[: states.start()]
    clauses = [match.end() for match in _NEXT.finditer(head)]
    alien = _ALIEN.search(plain, clauses[-1] if clauses else 0)
    if alien is not None and alien.start() < len(head):
        return False
    if _OPENS.match(plain) or _OWN.search(head):
        return True
    return called is not None and called.search(head) is not None


def named(text: str) -> re.Pattern[str] | None:
    """What a text calls the work: its title, and the repository that it is cloned from or links to most."""
    front = FRONT.match(text)
    body = front.end() if front is not None else 0
    title = _TITLE.search(text, body, body + _SLUGS_IN)
    called = set[str]()
    if title is not None:
        written = _NOISE.sub(" ", next(filter(None, title.groups()), ""))
        first = _ENDS_TITLE.split(written.strip(), maxsplit=1)[0].strip(" *_`")
        called |= {first, *re.findall(r"[\w.+-]{3,}", first)} if len(first) <= _LONGEST_NAME else set()
    head = text[:_SLUGS_IN]
    slugs = Counter(slug.removesuffix(".git").rstrip(".") for slug in _SLUG.findall(head))
    subjects = [match[1] for match in _SUBJECT.finditer(head)]
    defined = _DEFINED.search(head)
    subjects += defined.groups() if defined is not None else ()
    called |= {one for one in subjects if head.count(one) >= _OFTEN}
    called |= {slug for slug, count in slugs.most_common(1) if count > 1}
    called |= {cloned.removesuffix(".git").rstrip(".") for cloned in _CLONED.findall(head)[:1]}
    words = {name.casefold() for name in called if len(name) > 1 and name.casefold() not in _COMMON}
    if not words:
        return None
    forms = "|".join(r"[\s_-]?".join(map(re.escape, re.split(r"[\s_-]+", word))) for word in sorted(words))
    return re.compile(rf"(?<![^\W_])(?:{forms})(?![a-z\u00c0-\u024f\u0400-\u04ff])", re.IGNORECASE)
