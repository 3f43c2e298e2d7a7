"""What a text names as a licence and is no one document: families, and names that nobody knows."""

import re
from collections.abc import Iterator, Sequence

from compliance.references.denying import spoken
from compliance.references.nicknames import Name

_STRANGE = re.compile(
    r"(?:\bunder\s+(?:(?:the|an?|both|either)\s+)*(?:terms\s+(?:and\s+conditions\s+)?of\s+(?:the\s+)?)?|\band\s+(?:the\s+)?)"
    r"((?:[A-Z][\w.+'-]{0,30}\s+){1,5})(?:[Ll]icen[cs]e|Agreement)\b"
)
"""What is written as the name of a licence is."""
_STATED = re.compile(r"\b(?:LICEN[CS]E|File|Files|Section|Directory)\b")
_PLAIN_WORDS = frozenset(
    """a agreement an and code commercial community copyright creative data end for free general license licence model
    of open original permissive project public same software source term terms the these this user whole""".split()
)


def strange(plain: str, names: Sequence[Name]) -> Iterator[str]:
    """What stands as the name of the licence of something and is none that is known."""
    for match in _STRANGE.finditer(plain):
        words = match[1].split()
        read = (name for name in names if name.document is not None or name.among)
        known = any(name.start < match.end() and match.start(1) < name.end for name in read)
        if known or _PLAIN_WORDS.issuperset(map(str.casefold, words)) or _STATED.search(match[1]):
            continue
        if spoken(plain, match.start(1), match.end()) == "holds":
            yield f"the {' '.join(words).removesuffix(' License')} license, which is none that is known"


def which(written: str, among: tuple[str, ...]) -> str:
    """What is no one licence, and what it may be."""
    if not among:
        return f"{written}, and that is no one text"
    return f"{written} without its version, which may be {', '.join(among)}"
