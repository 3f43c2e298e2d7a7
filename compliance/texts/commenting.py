"""Files of source code -> what their comments say of licences, line for line; other words of the code state none."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

from compliance.texts.terms import states

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_SIGNS = re.compile(
    r"licen[cs]|copyright|copyleft|\(c\)|\u00a9|spdx|permission|\u8bb8\u53ef|\u7248\u6743", re.IGNORECASE
)
_TEXTS = re.compile(r"(?i)licen[cs]e|copying|copyright|notice|readme|^patents")
_PLAIN = frozenset(
    " .txt .md .rst .html .htm .pdf .rtf .tex .json .yaml .yml .toml .cff .cabal .ipynb".split(" "),
)
"""Of files that are read as they are, and need no lexer."""
_BUILDS = frozenset(
    """makefile gnumakefile dockerfile containerfile cmakelists.txt rakefile gemfile vagrantfile jenkinsfile sconstruct
    sconscript build.bazel""".split()
)
"""Of code, by their whole names, whatever is behind the last full stop."""
_NO_CODE = frozenset(
    """text markdown rst html json jsonld yaml toml ini properties tex groff diff debcontrol po postscript output
    restructuredtext mediawiki asciidoc""".split()
)
_SET = re.compile(
    r"^[ \t]*+[\w.@$'\"-]{0,40}?licen[cs]es?[\w'\"-]{0,20}[ \t]*+(?:=>|:?=|:)[ \t]*+[\[({]?[ \t]*+['\"][^\n]{2,120}"
    r"|[(,][ \t]*+license[ \t]*+=[ \t]*+['\"][ \t]*+[^'\"\s][^'\"\n]{1,120}['\"]"
    r"|^(?-i:LABEL)[ \t]++[\w.\"-]{0,60}?licen[cs]es?\"?[ \t]*+=[^\n]{2,120}"
    r"|^[ \t]*+license[ \t]++['\"][^\n]{2,120}|\blicenses:[ \t]*+\[[^\n\]]{2,120}|^(?-i:License):[ \t]*+[^\n]{2,120}"
    r"|\blicense[ \t]*+\{\s*+name[^\n]{2,120}|^[ \t]*+[(\[]?[ \t]*+['\"]License ::[^\n]{2,120}",
    re.IGNORECASE | re.MULTILINE,
)
"""Where code sets a licence, as that of a package does."""
_RECORD = re.compile(
    r"(?P<key>\b\w{0,20}licen[cs]e\w{0,20})['\"]?[ \t]*+(?:=>|:?=|:)[ \t]*+['\"](?P<value>[^'\"\n]{1,80})['\"]",
    re.IGNORECASE,
)
"""Where code gives a licence to something, of itself or of others."""
_LOOKS = (
    (re.compile(r"\A\s*+(?:/\*|//)"), re.compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|//[^\n]*+")),
    (re.compile(r"\A\s*+\(\*"), re.compile(r"\(\*(?:[^*]|\*(?!\)))*+(?:\*\))?")),
    (re.compile(r"\A\s*+<!--"), re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->)?")),
    *(
        (re.compile(rf"\A\s*+{sign}[^\n]*+\n[ \t]*+{sign}"), re.compile(rf"(?m)^[ \t]*+{sign}[^\n]*+"))
        for sign in ("#", "--", ";", "%", "!", '"', "'", '\\.\\\\"', "dnl\\b", "(?i:rem)\\b")
    ),
)
"""How comments look at the beginning of a file, and all through it; one sign alone may be that of a heading."""
_MODE = re.compile(
    r"(?:[#/*;%\s]|--)*+(?:-\*-[\w\s:;+.-]{1,80}-\*-|(?:vim?|ex):[\w\s:=,]{1,80}|coding[:=]\s*[\w-]{2,20})[*/\s]*+",
    re.IGNORECASE,
)
_QUOTES = frozenset("\"'rRuU")
"""With what a string of code begins."""
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 10_000
"""Characters by which languages are told apart whose files are named alike."""
_MOST = 500_000
"""Characters of a file of code that are worth a lexer; a larger one is read as it is."""


def comments(text: str, name: str) -> str | None:
    """What comments of a file of code say of licences, and where it sets one, all else blank; None of another file."""
    path = PurePath(name)
    stated = path.name.casefold() == "pom.xml" and "<licenses>" in text  # in elements, not in comments
    if stated or _TEXTS.search(path.stem) or not _may_be_code(path):
        return None
    if len(text) > _MOST or not _SIGNS.search(text):
        return None
    from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415 - 100 ms that a text need not pay
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        lexer = get_lexer_for_filename(name, text[:_LOOKED_AT])
    except ClassNotFound:
        found = list(_by_look(text))
        if not found:
            return None
    else:
        if not _NO_CODE.isdisjoint(lexer.aliases):
            return None
        found = list(_lexed(lexer, text))
    kept = [(start, end) for start, end in _blocks(found, text) if _SIGNS.search(text, start, end)]
    kept += [
        match.span() for match in _SET.finditer(text) if not any(start <= match.start() < end for start, end in kept)
    ]
    return _masked(text, sorted(kept))


def unlisted(text: str) -> str:
    """A file of code without what it sets by the same name one time so and one time so: that is of many things."""
    found, values = list(_RECORD.finditer(text)), dict[str, set[str]]()
    for match in found:
        values.setdefault(match["key"], set()).add(match["value"])
    spans = [match.span("value") for match in found if len(values[match["key"]]) > 1]
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], " " * (end - start)]
        last = end
    return "".join((*parts, text[last:]))


def _may_be_code(path: PurePath) -> bool:
    return path.name.casefold() in _BUILDS or path.suffix.lower() not in _PLAIN


def spoken(text: str, name: str) -> str:
    """All comments and strings of a file of code, all else blank: people say terms in any of them."""
    from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415 - 100 ms that a text need not pay
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        found = _lexed(get_lexer_for_filename(name, text[:_LOOKED_AT]), text, strings=True)
    except ClassNotFound:
        found = _by_look(text)
    return _masked(text, list(found))


def _lexed(lexer: "Lexer", text: str, *, strings: bool = False) -> Iterator[tuple[int, int]]:
    """The comments of a file of code, or its strings too, from character to character."""
    from pygments.token import Comment, String  # noqa: PLC0415

    said, code = {Comment, String if strings else String.Doc}, {Comment.Preproc, Comment.PreprocFile, Comment.Hashbang}
    for at, kind, value in lexer.get_tokens_unprocessed(text):
        kinds = kind.split()
        if not said.isdisjoint(kinds) and code.isdisjoint(kinds):
            yield at, at + len(value)


def _blocks(found: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """The comments that stand together; a string that describes the code and has no word of terms stands alone."""
    block: tuple[int, int] | None = None
    for start, end in found:
        said = text[start:end]
        if is_for_editors(said):
            continue
        alone = said[:1] in _QUOTES and not _has_terms(said)
        if block is not None and (alone or text[block[1] : start].strip()):
            yield block
            block = None
        block = (start, end) if block is None else (block[0], end)
        if alone:
            yield block
            block = None
    if block is not None:
        yield block


def _by_look(text: str) -> Iterator[tuple[int, int]]:
    """The comments of a file of an unknown kind that begins with one."""
    for begins, comment in _LOOKS:
        if begins.match(text):
            yield from (match.span() for match in comment.finditer(text))
            return


def _masked(text: str, kept: list[tuple[int, int]]) -> str:
    """The text with nothing but line breaks outside of what is kept."""
    parts, last = [], 0
    for start, end in sorted(kept):
        if end > last:
            parts += [_breaks(text[last:start]), text[max(start, last) : end]]
            last = end
    return "".join((*parts, _breaks(text[last:])))


def _breaks(text: str) -> str:
    return re.sub(r"[^\r\n\u2028\u2029\f\v\x1c-\x1e\x85]+", "", text)


def is_for_editors(comment: str) -> bool:
    """Whether a comment tells editors how to show a file, and no more."""
    return _MODE.fullmatch(comment) is not None and not _has_terms(comment)


def _has_terms(said: str) -> bool:
    return states(_WORD.findall(said.casefold()))
