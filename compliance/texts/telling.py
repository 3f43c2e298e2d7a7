"""Prose beside a whole text that tells where code comes from, which files are covered and where texts are: no terms."""

import re
from collections.abc import Callable, Iterator

from compliance.texts.owning import says_whose
from compliance.texts.recounting import names_file, names_works, recounts
from compliance.texts.terms import NAMED, in_other_scripts, states

_LINK = re.compile(r"[<(\[]{0,2}(?:https?://|www\.)[^\s<>()\[\]]{1,300}(?:\([^\s()]{0,40}\))?[>)\]]{0,2}")
_THING = r"""(?:(?:the|this|some|parts?|portions?|most|several|all|our|original|source|following|of|in|these|pieces
    |sections|files?|code|codebase|repo|repository|project|implementation|scripts?|modules?|models?|data|datasets?|package
    |library|folder|directory|software|functions?|work|content|presented|components?|product|and|here|it)\s){1,12}"""
_HOW = r"(?:(?:heavily|partially|partly|largely|mainly|originally|also|directly|mostly|loosely|in\spart)\s)?"
_MADE = r"""(?:adapted|taken|derived|borrowed|modified|copied|ported|forked|extracted|based|inspired|built|imported
    |translated|reused|adopted|vendored|added)"""
_FROM = r"(?:\s(?:from|on|upon|by))"
_NAME = r"(?P<{}>[^;:!?\x05]{{1,120}}?)"
_UNDER = r"""(?:,?\s(?:and\s|which\s|that\s|it\s){0,2}(?:is\s|are\s|was\s|were\s)?(?:originally\s)?
    (?:licensed\s|released\s|distributed\s|provided\s|made\savailable\s|available\s|published\s)?under\s(?:the\s|an?\s)?
    (?:terms\sof\sthe\s)?(?:following\s|same\s)?(?P<license>[^,;:!?\x02\x05]{0,60}?)\s?(?:licen[cs]e|terms)?
    (?:\s(?:below|as\sfollows|reproduced\sbelow))?
    |\sand\scarries\sthe\sfollowing\scopyright(?:\snotice)?\sand\slicen[cs]e(?:\snotice)?)?"""
_END = r",?(?:\s?including)?(?:\sbelow)?\s?[.:]?(?:\s\x02)?"
_COMPONENTS = r"""(?:sub)?(?:components|dependencies|libraries|packages|software|projects|code|works?)"""
_NOUN = r"""(?:(?:source|training|inference|evaluation|model)\s)?(?:code|codebase|files?|data|datasets?|annotations?
    |images?
    |scripts?|models?|weights|checkpoints?|software|documentation|contents?|materials?|works?|project|packages?|library
    |repository|repo|texts?|folder|directory|release|archive|distribution|benchmark|notebooks?|examples?)"""
_COVERED = rf"""(?:(?:all|any|the|this|these|our|of|original|other)\s){{0,4}}
    (?:non[\s-](?:image|code|text|data|software|media)\s)?
    {_NOUN}(?:,?\s(?:and|or)\s(?:the\s)?{_NOUN}|,\s{_NOUN}|\sfiles){{0,4}}(?:\s(?:that\s(?:is|are)\s)?
    (?:(?:downloaded|contained|included|provided|found|hosted|released|stored|available)\s)?
    (?:in|of|from|via|with|within|under|on|through)\s(?:(?:all|the|this|our|these)\s){{0,2}}{_NOUN}){{0,3}}"""
"""What of a project a sentence is of: all of it or a part, with nothing left out of it."""
_GNU = r"(?P<license>GNU\s(?:(?:lesser|library|affero)\s)?general\spublic\slicen[cs]e)"
_FORMS = [
    re.compile(form, re.IGNORECASE | re.VERBOSE)
    for form in (
        rf"""{_COVERED}\s(?:is|are)\s(?:licensed|released|distributed|provided|published|covered|made\savailable|available)\s
        (?:under|by)\s(?:the\s)?(?:terms\s(?:and\sconditions\s)?of\s(?:the\s)?)?(?P<license>[^,;:!?\x02\x05]{{1,100}}?)
        (?:\s\x02)?(?:,?\s(?:(?:which\sis\s)?(?:reproduced|included|given|shown|copied)\s)?(?:below|as\sfollows))?\s?[.:]?""",
        rf"{_THING}(?:(?:is|are|was|were|has\sbeen|have\sbeen)\s)?{_HOW}{_MADE}{_FROM}\s{_NAME.format('name')}{_UNDER}{_END}",
        rf"""(?:the|these)\s{_NAME.format('subject')}(?:\s\x02)?(?:\s(?:files?|assets?|functions?|classes|scripts?))?\s
        (?:is|are|was|were|has\sbeen|have\sbeen)\s(?:{_HOW}{_MADE}{_FROM}|a\smodified\sversion\sof)
        \s{_NAME.format('name')}{_UNDER}{_END}""",
        rf"""{_NAME.format('subject')}\s(?:is|are)\s(?:licensed|released|distributed|made\savailable|available)\sunder\s(?:the\s)?
        (?:terms\sof\sthe\s)?(?:open[\s-]source\s)?(?P<license>[^,;:!?\x02\x05]{{1,60}}?)\s?(?:licen[cs]e)?\s?[.:]?""",
        rf"""(?:we|i)\s{_HOW}(?:extracted|used|adapted|borrowed|took|reused|include|included|modified)(?:\sand\sused)?
        \s(?:the\s|some\s|parts\sof\sthe\s)?(?:source\s)?(?:code|files|functions|implementation|data)
        (?:\sand\sthe\s(?:pattern|data|idea|structure))?\sfrom\s{_NAME.format('name')}{_UNDER}{_END}""",
        rf"""(?:{_THING})?(?:contains?|includes?|incorporates?|uses?)\s(?:some\s|parts\sof\s)?(?:source\s)?
        (?:code|files|functions|parts|portions|work)\s(?:adapted\s|derived\s|taken\s|copied\s)?(?:from|of)
        \s{_NAME.format('name')}{_UNDER}{_END}""",
        rf"""(?:their|its|the|the\soriginal|whose)\s(?:original\s|full\s)?(?:licen[cs]e|copyright\snotice|notice)
        (?:\stext|\sterms)?(?:\s(?:of|for|from)\s{_NAME.format('name')})?\s(?:(?:is|are)\s)?
        (?:appended|included|reproduced|given|copied|provided|shown|follows|as\sfollows)?\s?(?:in\sfull\s)?(?:below|here)?\s?[.:]?""",
        rf"""{_NAME.format('name')}\s(?:is|are)\s(?:licensed|released|distributed|provided|made\savailable|available)\sunder
        \s(?:the\s)?following\s(?P<license>[^,;:!?\x02\x05]{{0,60}}?)\s?(?:licen[cs]e|terms)?\s?(?P<short>\(\w[\w.-]{{0,20}}\))?\s?[.:]?""",
        rf"""{_THING}(?:has|have|includes?|bundles?|contains?)\s(?:an?\snumber\sof|various|multiple|several|some|many)?\s?
        (?:third[\s-]party\s)?{_COMPONENTS}\s(?:with|under|that\shave)\s(?:separate|different|other|their\sown)\s
        (?:copyright\snotices?\sand\s)?(?:open[\s-]source\s)?(?:licen[cs]es?(?:\sterms)?|copyright\snotices?)
        (?:\s-\splease\ssee\s(?:the\s)?(?:file\s)?(?P<file>(?-i:[A-Z][A-Z_-]{{3,40}}|[\w-]{{1,50}}[./][\w./-]{{0,50}})))?\s?\.?""",
        r"""this\s(?:section|file|document|page)\s(?:summari[sz]es|lists)\s(?:those|these|the|all)\s
        (?:components|dependencies|packages|libraries)(?:\sand\stheir\slicen[cs]es)?\s?\.?""",
        r"""(?:please\s)?see\s(?:also\s)?(?:the\s)?(?:files?\s|folder\s|directory\s)?(?P<file>(?-i:[A-Z][A-Z_-]{3,40}|[\w-]{1,50}[./][\w./-]{0,50}))(?:\s(?:file|folder))?
        (?:\sfor\s(?:the\s)?(?:full\s)?(?:texts?|details|more\sinformation)(?:\sof\s(?:these|the|those)\slicen[cs]es?)?)?\s?\.?""",
        rf"""for\s{_NAME.format('name')}\ssee\salso\s(?:this|the)(?:\srequired)?\snotice\s?[.:]?""",
        r"""(?:no\scopyright\s(?:given|provided)|copyright\s?:?\snot\sprovided|usage\s?:|third[\s-]party\s(?:notices?|licen[cs]es|software))\s?[.:]?""",
        r"""(?:everything\s(?:in|inside|under)\s)?(?P<file>[\w.-]{0,60}(?:/[\w.-]{1,60}){1,8}/?|[\w-]{1,60}\.\w{1,5}|\x02)\s?[.:,]?""",
        rf"""(?:package|name|url|source|dataset\ssource|code\ssource|repository|project|version|home\s?page|commit|files?|origin|upstream)
        \s?:\s{_NAME.format('name')}\s?\.?""",
        r"""licen[cs]e\s?:\s(?P<license>[^,;:!?\x02\x05]{1,60}?)(?:\s?licen[cs]e)?,?(?:\s\x02)?\s?\.?""",
        rf"""(?:software|code)\s(?:distributed|included|bundled)\swith\s{_NAME.format('name')}\s?:""",
        r"""(?:the\s)?(?P<license>[^,;:!?\x02\x05]{1,60}?)(?:\slicen[cs]e)?\s?(?P<short>\(\w[\w.-]{0,20}\))?\s?[.:]?""",
        r"""\x02""",
        rf"""(?:this\s)?\w[\w.-]{{1,30}}\sis\sfree\ssoftware\s?[;:,]\syou\s(?:can|may)\sredistribute\sit\sand/or\smodify\sit\sunder\sthe
        \sterms\sof\sthe\s{_GNU}(?:\sas)?\spublished\sby\sthe\sfree\ssoftware\sfoundation\s?[;:,]\s(?:either\s)?(?P<short>version\s\d(?:\.\d)?)
        (?:\sof\sthe\slicen[cs]e)?(?:,?\sor\s\(?(?:at\syour\soption\)?)\sany\slater\sversion)?\s?\.""",
        r"""(?:this\s)?\w[\w.-]{1,30}\sis\sdistributed\sin\sthe\shope\sthat\sit\swill\sbe\suseful\s?,\sbut\swithout\sany\swarranty\s?[;,]\swithout\seven
        \sthe\simplied\swarranty\sof\smerchantability\sor\sfitness\sfor\sa\sparticular\spurpose\s?\.""",
        rf"see\sthe\s{_GNU}(?:\sbelow)?\sfor\smore\sdetails\s?\.",
        rf"""you\sshould\shave\sreceived\sa\scopy\sof\sthe\s{_GNU}\salong\swith\s(?:this\s)?\w[\w.-]{{1,30}}\s?[.;,]
        (?:\sif\snot,\ssee\s\x02\s?\.?)?""",
        r"if\snot,\ssee\s\x02\s?\.?",
    )
]  # fmt: skip
"""What sentences tell: origins, names, addresses, files, and that other parts have texts of their own."""
_IN_ADDRESSES = NAMED | frozenset("license licenses licence copying notice tree version versions its free".split())
"""Words of terms in addresses of projects and of their licences."""
_SENTENCE = re.compile(
    r"(?<=\x02)\s+(?=(?:This|The|These|It|See|All)\b)"
    r"|(?<=[.!?:])(?<!\b[A-Z]\.)\s+(?=[\x02\"'`(]?[A-Z])|\n[^\S\n]*+\n|\n(?=[ \t]{0,40}+(?:[-*\u2022]|\d{1,9}[.)])\s)"
)
_MARK = re.compile(r"\A[\s#>]*(?:[-*\u2022]+|\d{1,2}[.)])?\s*")
_DRAWN = re.compile(r"[-=_*#~]{3,}")
_LABEL = 4
"""Words of a label, which a sentence goes on after."""
_LONGEST = 400
"""Characters of a sentence."""


def tells(prose: str, is_own: Callable[[str], bool]) -> bool:
    """Whether every sentence tells an origin and the like; `is_own` says whether words name the text's own licence."""
    found = [*_sentences(prose)]
    at = 0
    while at < len(found):
        label = found[at].endswith(":") and len(found[at].split()) <= _LABEL and at + 1 < len(found)
        if _tells(found[at], is_own):
            at += 1
        elif label and _owns_or_recounts(f"{found[at]} {found[at + 1]}", is_own):
            at += 2
        else:
            return False
    return bool(found)


def _owns_or_recounts(said: str, is_own: Callable[[str], bool]) -> bool:
    """Whether words say whose something is, or recount."""
    return says_whose(said) or recounts(said, is_own)


def _sentences(prose: str) -> Iterator[str]:
    linked = _LINK.sub(_address, prose)
    for piece in _SENTENCE.split(linked):
        said = re.sub(r" \.(?=\s|$)", ".", " ".join(_DRAWN.sub(" ", _MARK.sub("", piece)).split()))
        if re.search(r"\w|\x02", said):
            yield said


def _address(match: "re.Match[str]") -> str:
    """An address as one sign; another where its words may lead to other terms."""
    words = re.findall(r"[^\W\d_]+", match[0].casefold())
    return " \x05 " if states(words, _IN_ADDRESSES) or in_other_scripts(match[0]) else " \x02 "


def _tells(sentence: str, is_own: Callable[[str], bool]) -> bool:
    if len(sentence) > _LONGEST or in_other_scripts(sentence):
        return False
    for form in _FORMS:
        match = form.fullmatch(sentence)
        if match is not None:
            slots = match.groupdict()
            named = all(names_works(said) for name in ("subject", "name") if (said := slots.get(name)))
            own = f"{slots.get('license') or ''} {slots.get('short') or ''}"
            named = named and names_file(slots.get("file") or "")
            if named and (not own.strip(" ()") or is_own(own)):
                return True
    return _owns_or_recounts(sentence, is_own)
