"""What comments of code say beside a licence that they hold to the word: whose it is, which file, and nothing else."""

import re

from compliance.references.nicknames import Names
from compliance.references.tagging import TAG
from compliance.texts.commenting import is_for_editors
from compliance.texts.notices import is_copyright
from compliance.texts.owning import are_names, says_whose
from compliance.texts.terms import in_other_scripts, states
from compliance.texts.words import read

_SIGNS = re.compile(r"^(?:[\s#*;%!\"'|]+|//+!?|/\*+!?|--+(?=\s)|<!--)+")
_CLOSES = re.compile(r"(?<![\s*])[\s*]*+(?:(?<=\*)/|-->)?[\s*]*+$")
_DATED = re.compile(
    r"\$(?:Id|Header|(?:Open|Net|Free|DragonFly)BSD|Mirbsd)"
    r"(?::\s[\w.,/+-]{1,80}\s[\d.]{1,12}\s\d{4}[/-]\d\d[/-]\d\d\s[\d:]{5,8}Z?\s\w{1,20}(?:\sExp)?\s)?:?\s*\$"
)
"""Which version of a file this is, as CVS writes it."""
_AUTHOR = re.compile(
    r"(?:(?:file|original|main|[A-Z]\w{1,12}(?:\s[A-Z]\w{1,12})?)\s)?author(?:s|\(s\))?\s*:\s*(?P<names>[^:;]{2,120})"
    r"|(?:written|coded|created|modified|ported|implemented|maintained)\s+by\s*:?\s*(?P<by>[^:;]{2,120})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"[Tt]his\s(?:file\s)?is\s(?:a\s)?part\sof\s(?:the\s)?[A-Z][\w+-]{1,30}(?:\s[A-Z][\w+-]{1,30}){0,2}"
    r"(?:\s(?:project|library|toolkit|package))?(?:,\san?\s(?P<kind>[a-z][\w\s-]{2,40}))?\s?\."
)
_FILE = re.compile(r"(?:@?file:?\s+)?[\w+-]{1,40}(?:\.[\w+-]{1,12}){1,2}")
_SAID = re.compile(r"[A-Za-z][\w\s.,:;()'\"/+-]{2,160}")
_WORD = re.compile(r"[^\W\d_]+")
_CLAIMS = frozenset("property belong belongs owned owns ownership".split())
"""What says whose something is without the words of a term."""
_SET = re.compile(
    r"[@:\w.\"']{0,12}licen[cs]e[\w\"']{0,4}:?[ \t]{0,4}[=:]?[ \t]{0,4}[\"']?(?P<said>[^\"'\n=:]{2,60})[\"']?,?",
    re.IGNORECASE,
)
_CLASSED = re.compile(r"[\[\"']{0,2}License\s::(?:\sOSI\sApproved\s::)?\s(?P<said>[^\"'\n:]{2,60})[\]\"',]{0,3}")
"""Where code sets the licence by its name."""
_DRAWN = re.compile(r"[\W_]*")


def are_of_code(text: str, document: str, names: Names) -> bool:
    """Whether every line of comments beside the text of a document says whose or which file it is, or names that."""
    return all(_is_of_code(_CLOSES.sub("", _SIGNS.sub("", row.strip())), document, names) for row in text.split("\n"))


def _tells(said: str) -> bool:
    """Whether a line is of words alone, none of which any term has."""
    words = _WORD.findall(said.casefold())
    return said.isascii() and _SAID.fullmatch(said) is not None and not states(words) and _CLAIMS.isdisjoint(words)


def _is_of_code(said: str, document: str, names: Names) -> bool:
    if in_other_scripts(said):
        return False
    if any(form.fullmatch(said) for form in (_DRAWN, _DATED, _FILE)) or is_for_editors(said):
        return True
    if says_whose(said) or is_copyright(read(said).words, said):
        return True
    if (author := _AUTHOR.fullmatch(said)) is not None:
        return are_names(author["names"] or author["by"])
    if (part := _PART.fullmatch(said)) is not None:
        return not states((part["kind"] or "").casefold().split(), {"public"})
    if (tag := TAG.fullmatch(said)) is not None:
        return names.document(tag[1]) == document
    stated = [match["said"].strip() for form in (_SET, _CLASSED) if (match := form.fullmatch(said)) is not None]
    if any(names.document(name) == document or document in (names.family(name) or ()) for name in (said, *stated)):
        return True
    return not stated and _tells(said)
