"""Sentences beside a text that recount who made what from what: every word is one of such telling, or a name's.

Nothing is read as harmless for having no bad word: each word in small letters has to be known to tell and to bind
nobody, so that a duty, a party or a price in free wording is none that is known, in whatever language it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from compliance.texts.bodies import Part, are_small, is_another, is_built, is_owner, tokens_of
from compliance.texts.describing import WELL_KNOWN
from compliance.texts.ordinary import is_ordinary
from compliance.texts.terms import CLAUSE, NAMED, is_term

_GIVEN = r"(?:licen[cs]ed|released|distributed|made\savailable|available|published|provided)"
_LICENSE = r"(?P<license>[^,;:!?()\x02\x05-\x08]{1,60}?)(?:\slicen[cs]ed?)?"
_OWN = re.compile(
    rf"""(?:,?\s(?:which|that|and|it|therefore)){{0,2}}
    (?:\s(?:is|are)(?:\s(?:also|therefore|both|now|itself)){{0,2}})?(?P<how>\s{_GIVEN}\s(?:under|with)|\sunder|\ssubject\sto|\swith(?=\slicen[cs]e))
    \s(?:(?:the|an?)\s)?(?:terms\s(?:and\sconditions\s)?of\s(?:the\s)?)?(?:license\s)?{_LICENSE}
    (?:\s\((?P<short>[\w.\s-]{{1,30}})\)|\s\x02|\s\(\s?\x02\s?\))?
    (?:,?\s(?:above|below|as\sfollows|(?:which\sis\s)?(?:reproduced|included|given|copied)\sbelow))?
    (?=\s?[.:,](?:\s|$)|\s?$|\s(?:as|and|following|from)\b)""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
"""That something is under a licence, in the present; what licence it is stands in its groups."""
_PHRASES = [
    (re.compile(form, re.IGNORECASE | re.VERBOSE), said)
    for form, said in (
        (r"""\A(?:note|notice|nb|disclaimer|comment|acknowledge?ments?|origin|history|credits?|reference)\s?:\s""", ""),
        (r"""\A(?:unless|except\s(?:where|when|as))\sotherwise\s(?:noted|stated|specified|indicated)\s?(?:\([^()]{0,100}\))?,?\s(?=all\b|the\b|this\b|everything\b)""", ""),
        (r"""\bhowever\swe\sare\smaking\s(?:it|this|them)\savailable(?:\sfor\sgeneral\suse)?(?=\sunder\b)""", "it is"),
        (r"""\b(?:was|were|has\sbeen|is)\s(?:originally\s)?(?:developed|written|created|designed|built)\sfor\suse\s(?=(?:with|in|within)\s(?:the\s)?(?-i:[A-Z]))""", "was made "),
        (r"""\bfollowing\sthe\slicen[cs]e\sof\s(?=(?-i:[A-Z]))""", "as in "),
        (r"""\b(?:derivative|derived)\sworks?(?=\s(?:of|based|from)\b)""", "work"),
        (r"""\b(?:(?:a|the|an|slightly|heavily)\s){0,2}(?:modified|original|earlier|previous|extended|adapted|older|newer|first)\sversions?(?=\s(?:of|by|from)\b)""", "work"),
        (r"""\b(?:free|open[\s-]source)\s(?=software\b|project\b|library\b|projects\b|libraries\b)""", ""),
        (r"""\bthird[\s-]party\s""", ""),
        (r"""\bfor\s(?:their|his|her|its)\s(?:great\s|excellent\s|amazing\s|awesome\s|wonderful\s){0,2}(?:work|code|contributions?|help|support|feedback|efforts?)\b""", "with work"),
        (r"""\bunder\s(?:agreement|contract|grant|award)\s(?:number|no\.?)\s(?=\S*\d)""", "in "),
        (r"""\b(?:the\s)?(?:complete\s|full\s)?list\sof\s(?:all\s)?(?:the\s)?(?:contributors|authors)\b""", "authors"),
        (r"""\bcan\s(?:also\s)?be\sfound\b|\b(?:is|are)\s(?:also\s)?available(?=\s(?:at|from|on|in)\s\x02)""", "is found"),
        (r"""\bwhose\s(?:original\s)?licen[cs]e(?:\s\x02)?\s(?:is\sas\sfollows|follows|is\sbelow)\b""", "as follows"),
        (r"""\bis\s(?:osi[\s-](?:certified|approved)|approved\sby\s(?:the\s)?osi(?:\sand\s(?:the\s)?fsf)?)(?:,?\s(?:and|as)\sgpl[\s-]compatible)?(?=\s?[.,]|\s?$)""", "is listed"),
        (r"""\bis\s(?:therefore\s)?(?:also\s)?gpl[\s-]compatible(?=\s?[.,]|\s?$)""", "is listed"),
        (r"""\bthis\slicen[cs]e\s(?=is\slisted)""", "this work "),
        (r"""\bevaluation\s(?=scripts?\b|code\b|data\b)""", ""),
        (r"""(?:\b(?:on|in|since)\s)?\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:\d{1,2}\s)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s
        (?:\d{1,2},?\s)?(?:19|20)\d\d(?:\s\d\d:\d\d(?::\d\d)?)?(?:\s[+-]\d{4})?(?!\w)""", ""),
        (r"""\bare\s(?=mit|bsd|apache)(?P<license>[\w\s.-]{1,20})\slicensed\b""", "\x07"),
    )
]  # fmt: skip
"""Turns in which words of terms stand and say none; those that name a licence are asked which."""
_WHOLE = [
    re.compile(form, re.IGNORECASE | re.VERBOSE)
    for form in (
        r"""copyright\s(?:notice|statement)(?:\sand\s(?:statement|licen[cs]e))?\sfor\s(?:the\s)?(?P<name>[^.:;!?]{1,80}?)\s?[.:]?""",
        r"""(?:for\s(?:any\s|more\s|further\s)?(?:questions?|information|details|bug\sreports|comments),?\s)?(?:please\s)?
        (?:contact|e-?mail|write\sto|reach\sout\sto|visit|see)\s(?:(?:the\s)?(?P<name>[^.:;!?\x02\x0e]{1,60}?)\s(?:at\s|via\s)?)?\(?<?(?:\x02|\x0e)>?\)?
        (?:\s(?:or|and)\s(?:visit\s|see\s)?(?:\x02|\x0e))?
        (?:\s(?:if\syou\s(?:need\s(?:any\s|additional\s|more\s)?information|have\s(?:any\s)?(?:questions|comments|problems))
        (?:\sor\shave\s(?:any\s)?(?:questions|problems|comments))?|for\s(?:more|further|additional)\s(?:information|details)|(?:for|with)\s(?:any\s)?questions))?\s?\.?""",
        r"""(?:the\s)?(?P<name>[^.:;!?]{1,60}?)\s(?:includes?|contains?|uses?|bundles?|incorporates?)\s(?:the\s)?(?:following\s)?(?:(?:third[\s-]party|open[\s-]source)\s)?
        (?:software|components|libraries|code|packages)(?:/licensing|\sand\slicen[cs]es)?\s?[.:]?""",
        r"""(?P<name>[^.:;!?,]{1,60}?)\s?;\sversion\s[\w.-]{1,30}\s-{1,3}\s\x02""",
        r"""(?P<name>[^.:;!?,]{1,60}?)\s-{1,2}\s(?P<license>[^,;:!?()\x02\x05-\x08]{1,60}?)(?:\slicen[cs]e)?""",
        r"""this\sis\sthe\s"?(?P<license>[^,;:!?()\x02\x05-\x08]{1,40}?)(?:\ssoftware)?(?:\slicen[cs]e)?"?(?:\swhich\sis\slisted)?(?:,?\sand\sis\slisted)?\s?[.:]?""",
        r"""the\sfollowing\sis\s(?:the\s)?(?P<license>[^,;:!?()\x02\x05-\x08]{1,40}?)(?:\slicen[cs]e)?(?:,\sagreed\supon\sby\smost\scontributors)?\s?[.:]?""",
        r"""(?:this\ssoftware|this\scode|it)\sis\savailable\ssubject\sto\sthe\s(?:conditions\sand\sterms|terms\sand\sconditions|following\s(?:terms|conditions))(?:\slaid\sout)?(?:\sbelow)?\s?[.:]?""",
        r"""by\s(?:downloading|using|downloading\sand\susing)\sthis\ssoftware\syou\s(?:are\sagreeing|agree)\sto\sthe\sfollowing\sconditions\s?[.:]?""",
        r"""all\s(?:the\s)?(?:software|code)(?:\sand\sdocumentation)?\sis\slicensed\sas\sfollows\s?[.:]?""",
        r"""(?:upstream\s)?(?:authors?|contributors?|maintainers?|developers?)\s?:\s(?P<names>[^;!?]{1,100}?)\s?\.?""",
    )
]  # fmt: skip
"""Sentences of one form."""
_TELLS = frozenset(
    """adapted taken derived ported forked extracted developed written rewritten created designed built implemented
    generated downloaded obtained retrieved converted copied borrowed inspired modified maintained
    refactored extended improved contributed supported sponsored funded vendored bundled included includes contains
    incorporates incorporated packaged debianized based made started began lists listed summarizes describes uses
    imported adopted reused found thanks credits thank authored follows integrated merged
    appears came comes originated hosted""".split()
)
"""Of what a sentence tells: it has one of them, or a licence."""
_MADE = frozenset("part work works modifications changes packaging fork port copy".split())
"""Of what it tells as well where words of origin follow."""
_ORIGIN = frozenset("of by from to based".split())
_WORDS = (
    _TELLS
    | _MADE
    | frozenset(
        """the a an of in on from by with and as at to into via through within its it this that these those which is are was
    were been has have also originally partially partly largely heavily mainly mostly loosely directly initially
    first later then both itself other another several many various some all most following below above here
    code codebase file files project projects library libraries module modules package packages repository
    repositories implementation implementations software source sources function functions script scripts
    algorithm algorithms paper dataset datasets data image images simulator component components dependency
    dependencies optional directory directories folder subdirectory folders tree section sections document page
    snippet snippets class classes method methods routine routines idea ideas tool tools toolkit framework plugin
    bindings binding wrapper interface parser driver filter utility utilities original upstream official current
    corresponding system platform engine kernel header headers documentation docs example examples tests test template
    templates website site blog post article book archive distribution author authors contributors contributor
    maintainer maintainers developer developers community team people we using help work works copy prior early
    parts portions piece pieces number collection set list lists complete full text texts notice notices
    format time date january february march april may june july august september october november december
    information own their reproduced special towards contributions crate crates respective therefore currently pure native port c""".split()
    )
)
"""Words in small letters that sentences which recount are made of; none says for whom, for what, whether or how much."""
_FOR = frozenset(
    """library libraries module bindings binding wrapper interface filter plugin implementation port parser driver package
    toolkit framework tool tools utility utilities credits thanks support""".split()
)
"""What something is for a program, as in `bindings for Python`."""
_TO = frozenset("thanks credits ported converted contributed translated changes modifications listed thank".split())
_SOME = frozenset(
    """parts portions piece pieces test tests example examples template templates some several various other another
    original upstream snippet snippets""".split()
)
"""Of what a sentence may be that leaves the rest under other terms."""
_SINGULAR = frozenset("is was has includes contains incorporates uses bundles lists began follows".split())
_SMALL = frozenset(
    """the of and by a an 's s repository repo project code paper team library implementation package packages official
    original version following repositories projects sources authors from in at with file files asset assets work
    pytorch tensorflow""".split()
)
_BE = frozenset("is are was were".split())
_MAIL = re.compile(
    r"[<(]?[\w.+-]{1,64}(?:@|\s?\(at\)\s?)[\w-]{1,64}(?:\.[\w-]{1,30}){1,5}[>)]?"
    r"|(?<![\w./@-])[\w-]{2,40}\.(?:com|org|net|io|dev|edu|ai)(?![\w/.-]*\w)"
)
_BEFORE_NAMES = frozenset("from by of on the with in at via a an".split())
"""Behind which a name of ordinary words stands."""
_THESE = frozenset("this these that its their".split())
_PAST = frozenset("was were been originally previously formerly initially first".split())
_MARKS = re.compile(r"\s[:\u2013\u2014-]{1,3}\s|:(?=\s)")
_PATH = re.compile(r"[\w.*-]{0,60}(?:/[\w.*-]{0,60}){1,8}|[\w*-]{1,60}\.[a-z]{1,5}")
_IN_PATHS = frozenset(
    "license licence licenses copying notice evaluation test tests training inference sample research tree version".split()
)
_NUMBER = re.compile(r"v?\d{1,4}(?:\.\d{1,4}){1,3}[a-z]?|v\d{1,4}|(?:19|20)\d\d(?:-\d\d){0,2}")
_QUOTED = re.compile(r"[\"'`\u2018\u201c]([\w.+-]{1,40}(?:\s[\w.+-]{1,40}){0,2})[\"'`\u2019\u201d](?!\w)")
_LEAST = 4
"""Words of a sentence that names nobody."""
_LONGEST_NAME = 8
_TITLED = 4
"""Words of a name behind `the` that are ordinary ones with capitals: `the Public Suffix List`."""


def recounts(sentence: str, is_own: Callable[[str], bool]) -> bool:
    """Whether a sentence recounts, and names no licence but the text's own; addresses in it are one sign each."""
    said = _MAIL.sub("\x0e", sentence)
    found = _without_licenses(said, is_own)
    if found is None or "\x05" in found:
        return False
    if any(_fits(form, found, is_own) for form in _WHOLE):
        return True
    if any(sign in found for sign in ";!?"):
        return False
    bare = re.sub(r"\(\s?([^()]{0,60})\s?\)", r" , \1 , ", _QUOTED.sub(_as_name, found))
    tokens = re.findall(r"[\x02\x07\x0e]|,|[^\s,\x02\x07\x0e]+", _MARKS.sub(" , ", bare.strip(" .:*_")))
    return _is_told(tokens)


def _without_licenses(said: str, is_own: Callable[[str], bool]) -> str | None:
    """A sentence with one sign for where it says that something is under the text's own licence; None for another."""
    for form, instead in _PHRASES:
        match = form.search(said)
        while match is not None:
            if "license" in match.groupdict() and not is_own(match["license"]):
                return None
            said = said[: match.start()] + instead + said[match.end() :]
            match = form.search(said) if instead != "" or match.end() > match.start() else None
    for match in reversed([*_OWN.finditer(said)]):
        if match["short"] and not is_own(match["short"]):
            return None
        if is_own(match["license"]):
            subject = said[: match.start()].casefold().split()
            if subject[-1:] and subject[-1] in _PAST or (_WORDS.issuperset(subject) and not _SOME.isdisjoint(subject)):
                return None
            said = f"{said[: match.start()]} \x07 {said[match.end() :]}"
    return said


def _fits(form: "re.Pattern[str]", said: str, is_own: Callable[[str], bool]) -> bool:
    match = form.fullmatch(said)
    if match is None:
        return False
    slots = match.groupdict()
    if (names := slots.get("names")) and not all(
        is_another(tokens_of(one), Part(said=one)) for one in re.split(r",|\band\b|&|\x0e", names) if tokens_of(one)
    ):
        return False
    return (not (name := slots.get("name")) or names_works(name) or _is_titled(tokens_of(name))) and (
        not (own := slots.get("license")) or is_own(own)
    )


def names_works(said: str) -> bool:
    """Whether words name works, people or addresses, the first loosely; after a comma only what can be nothing else."""
    first = True
    for piece in re.split(r",|\band\b|\x02|[()\[\]]", said):
        tokens = [
            token for token in tokens_of(piece.replace("`", " ")) if token.casefold().removesuffix("'s") not in _SMALL
        ]
        if not tokens:
            continue
        plain = [token for token in tokens if not is_built(token)]
        if (
            not is_owner(tokens)
            if first
            else not (is_another(tokens, Part(said=piece)) and (len(tokens) > 1 or not plain))
        ):
            return False
        first = False
    return True


def _as_name(match: "re.Match[str]") -> str:
    """A quoted name without its signs; one that has words of terms keeps them, and is then none."""
    words = re.findall(r"[^\W\d_]+", match[1].casefold())
    return match[0] if any(is_term(word) and word not in NAMED for word in words) else "_".join(match[1].split()) + "_"


def _is_told(tokens: Sequence[str]) -> bool:
    """Whether words are all known or names, stand as such sentences have them, and one of them tells."""
    told, named, before = False, False, ""
    for kind, words, after in _runs(tokens):
        if kind == "name":
            if not _is_name(words, before, after, first=not named):
                return False
            named, before = True, "\x01"
            continue
        word = words[0].casefold()
        if not _stands(word, before, after):
            return False
        told = told or word in _TELLS or word == "\x07" or (word in _MADE and after in _ORIGIN)
        before = word
    return told and (named or len(tokens) >= _LEAST)


def _runs(tokens: Sequence[str]) -> Iterator[tuple[str, list[str], str]]:
    """Known words one by one, and names of several words, each with the word after it."""
    run: list[str] = []
    for place, token in enumerate(tokens):
        if _is_known(token, place):
            if run:
                yield "name", run, token.casefold()
                run = []
            yield "word", [token], (tokens[place + 1].casefold() if place + 1 < len(tokens) else "")
        else:
            run.append(token)
    if run:
        yield "name", run, ""


def _is_known(token: str, place: int) -> bool:
    """Whether a word is one of telling: written small but where the sentence begins."""
    folded = token.casefold()
    small = token.islower() or place == 0 or not token[0].isalpha()
    return token in {",", "\x02", "\x07", "\x0e"} or token.endswith("_") or _is_path(token) or (small and (folded in _WORDS or folded in {"for", "to"})) or (
        _NUMBER.fullmatch(folded) is not None
    )  # fmt: skip


def names_file(said: str) -> bool:
    """Whether no word in the name of a file is one of terms, but what licence files and folders are called."""
    return not any(is_term(word) and word not in _IN_PATHS for word in re.findall(r"[^\W\d_]+", said.casefold()))


def _is_path(token: str) -> bool:
    return _PATH.fullmatch(token) is not None and names_file(token)


def _stands(word: str, before: str, after: str) -> bool:
    """Whether `for` and `to` stand behind what takes them, and a licence's sign before nothing but a further clause."""
    if word == "for":
        return before in _FOR and after not in _WORDS - {"the"} and not is_term(after)
    if word == "to":
        return before in _TO
    if before == "\x07":
        return word in {",", "and", "as", "from", "\x02"}
    return not (before in _BE and (word in {"c", "with", "to"} or not after and word not in _TELLS | {"\x07", "\x02"}))


def _is_name(words: Sequence[str], before: str, after: str, *, first: bool) -> bool:
    """Whether words that are not known are a name where one can stand; after the first only what can be nothing else."""
    tokens = tokens_of(" ".join(words))
    if not tokens:
        return all(not any(map(str.isalnum, word)) for word in words)
    if before == "\x07" or (before in _BE and not after) or len(tokens) > _LONGEST_NAME:
        return False
    if tokens[-1].casefold().endswith(("'s", "\u2019s")) and (not after or after in _BE | {",", "and"}):
        return False
    plain = [token.casefold().removesuffix("'s") for token in tokens]
    if all(map(is_term, plain)) or any(token.islower() and is_ordinary(token) for token in tokens):
        return False
    if any(
        word in CLAUSE and (word not in NAMED or token.islower()) for word, token in zip(plain, tokens, strict=True)
    ):
        return False
    if before in _BEFORE_NAMES and WELL_KNOWN.issuperset(plain):
        return True
    ordinary = not any(is_built(token) for token in tokens) and all(map(is_ordinary, plain))
    if ordinary and ((not before and after not in _SINGULAR) or (before and before not in _BEFORE_NAMES)):
        return False
    if before == "the" and _is_titled(tokens):
        return True
    bare = [token.removesuffix("'s") for token in tokens]
    if before == "," and are_small(bare):
        return True
    if first and before != "," and before not in _THESE:
        return is_owner(bare)
    strict = before == "," or before in _THESE
    built = any(map(is_built, bare)) or (len(bare) > 1 and before not in _THESE)
    return is_another(bare, Part(said=" ".join(bare))) and (built or not strict)


def _is_titled(tokens: Sequence[str]) -> bool:
    """Whether words are a name of ordinary words with capitals, none of terms, and of what names of programs go on with."""
    names = [token for token in tokens if token not in {"of", "and", "the", "in"}]
    return 0 < len(names) <= _TITLED and all(
        (token[0].isupper() or is_built(token) or token in _FOR or not is_ordinary(token))
        and not is_term(token.casefold())
        for token in names
    )
