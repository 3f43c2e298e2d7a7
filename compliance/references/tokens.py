"""Words of licences' names as they are compared: spelling, numbers, and what people leave out or write otherwise."""

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from compliance.model import Struct

_TOKEN = re.compile(
    r"(?P<ver>\b(?:v|ver|vers)\.(?=\s*\d))|(?P<number>\d+(?:\.\d+)*)|(?P<word>[^\W\d_]+)|(?P<plus>\+{1,2})"
    r"|(?P<end>\n[ \t]*(?:\n|[-*\u2022#|][ \t]))|(?P<sign>[^\s\w]|_)",
    re.IGNORECASE,
)
_CJK = (
    ("知识共享", "cc"), ("署名", "by"), ("非商业性使用", "nc"), ("非商业", "nc"), ("相同方式共享", "sa"),
    ("禁止演绎", "nd"), ("木兰", "mulan"), ("宽松", "permissive"), ("通用公共", "gpl"), ("许可协议", "license"),
    ("许可证", "license"), ("许可", "license"), ("协议", "license"), ("授权", "license"),
    ("授權條款", "license"), ("授權", "license"), ("許可證", "license"), ("許可", "license"),
    ("協議", "license"), ("條款", "license"), ("ライセンス", "license"),
    ("社区", ""), ("模型", ""), ("国际", ""), ("第", ""), ("版", ""),
)  # fmt: skip
_CJK_WORD = re.compile("|".join(word for word, _ in _CJK))
_CJK_SIGN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
SAYS = frozenset(
    """license licence licenses licences licensed licenced licensing agreement lizenz licencia licença licenza
    licentie""".split()
)
"""Words that make a name that of a licence and not of what it is for."""
_DROPPED = SAYS | frozenset(
    "the a an version ver v software public general gnu model models community international unported generic".split()
)
_ALIKE = {
    "attribution": "by", "noncommercial": "nc", "sharealike": "sa", "noderivatives": "nd", "noderivs": "nd",
    "one": "1", "two": "2", "three": "3", "four": "4", "zero": "0", "clauses": "clause", "asl": "apache",
    "fdl": "gfdl", "glp": "gpl", "lglp": "lgpl", "afero": "affero",
    "germany": "de", "austria": "at", "australia": "au", "france": "fr", "netherlands": "nl",
}  # fmt: skip
_JOINED = {
    ("creative", "common"): "cc",
    ("creative", "commons"): "cc", ("non", "commercial"): "nc", ("share", "alike"): "sa", ("no", "derivatives"): "nd",
    ("no", "derivs"): "nd", ("openrail",): "open rail", ("mulanpsl",): "mulan permissive", ("psl",): "permissive",
    ("general", "public"): "gpl", ("lesser", "gpl"): "lgpl", ("library", "gpl"): "lgpl", ("affero", "gpl"): "agpl",
    ("free", "documentation"): "gfdl", ("cc", "0"): "cc0", ("cc", "0", "1"): "cc0 1", ("mozilla",): "mpl",
    ("eclipse",): "epl", ("european", "union"): "eupl", ("universal", "permissive"): "upl", ("academic", "free"): "afl",
    ("latex", "project"): "lppl", ("common", "development", "and", "distribution"): "cddl", ("server", "side"): "sspl",
    ("sil", "open", "font"): "ofl", ("open", "font"): "ofl", ("sil", "ofl"): "ofl", ("el",): "elastic",
    ("lesser", "gnu", "gpl"): "lgpl", ("affero", "gnu", "gpl"): "agpl", ("gnu", "public"): "gpl",
    ("affero", "license"): "agpl", ("microsoft", "public"): "ms pl", ("open", "software", "license"): "osl",
    ("no", "derivative", "works"): "nd", ("nd", "nc"): "nc nd", ("united", "states"): "us",
    ("do", "what", "the", "fuck", "you", "want", "to"): "wtfpl", ("creative", "ml"): "creativeml",
    ("educational", "community"): "ecl", ("python", "foundation"): "psf", ("no", "attribution"): "0",
}  # fmt: skip
"""What is written in several words, or in one; the words that are dropped are dropped before."""
_GNU_LETTERS = re.compile(r"(?i)^(gpl|lgpl|agpl|sspl|epl|mpl|eupl|el|gfdl|psl|mulanpsl|lppl|ofl|afl|osl)v$")
_GNU_GLUED = re.compile(r"(?i)^gnu(a?gpl|lgpl|agpl|fdl)v?$")
_MOST_JOINED = max(map(len, _JOINED))
_JOINS = frozenset(words[0] for words in _JOINED)


class Token(Struct, frozen=True):
    """A word of a text as names are compared by; `text` is empty for what names may or may not have."""

    text: str
    start: int
    end: int
    sign: bool = False
    says: bool = False


def tokenised(text: str) -> Iterator[Token]:
    """The words of a text as names are compared by; what names may or may not have has no text."""
    for token in _joined(list(_joined(list(_words(text))))):
        yield structs.replace(token, text="") if not token.sign and token.text in _DROPPED else token


def _words(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        start, end, kind = match.start(), match.end(), match.lastgroup
        if kind in {"sign", "end"}:
            yield Token(text="\n" if kind == "end" else match[0], start=start, end=end, sign=True)
        elif kind == "number":
            yield Token(text=re.sub(r"(?<!\.0)(?:\.0)++$", "", match[0]), start=start, end=end)
        elif kind == "ver":
            yield Token(text="", start=start, end=end)
        elif _CJK_SIGN.search(match[0]):
            yield from _chinese(match[0], start)
        else:
            word = match[0].casefold()
            glued = _GNU_LETTERS.match(word)
            word = glued[1] if glued is not None and text[end : end + 1].isdigit() else word
            word = _GNU_GLUED.sub(r"\1", word)
            yield Token(text=_ALIKE.get(word, word), start=start, end=end, says=word in SAYS)


def _chinese(written: str, start: int) -> Iterator[Token]:
    """Words of a stretch without spaces; what is no word of a name stays as it is."""
    at = 0
    for match in _CJK_WORD.finditer(written):
        if match.start() > at:
            yield from _apart(written[at : match.start()], start + at)
        said = dict(_CJK)[match[0]]
        yield Token(text=said, start=start + match.start(), end=start + match.end(), says=said in SAYS)
        at = match.end()
    if at < len(written):
        yield from _apart(written[at:], start + at)


def _apart(written: str, start: int) -> Iterator[Token]:
    """Words of two scripts that no space parts."""
    for match in re.finditer(r"[A-Za-z]+|[^A-Za-z]+", written):
        word = match[0].casefold()
        latin = word.isascii()
        yield Token(
            text=_ALIKE.get(word, word) if latin else match[0], start=start + match.start(), end=start + match.end(),
            says=word in SAYS,
        )  # fmt: skip


def _joined(tokens: Sequence[Token]) -> Iterator[Token]:
    """With names that are written in several words, or in one, as they are compared."""
    at = 0
    while at < len(tokens):
        size, said = (
            (0, "")
            if tokens[at].text not in _JOINS
            else next(
                (
                    (n, said)
                    for n in range(_MOST_JOINED, 0, -1)
                    if (said := _JOINED.get(_run(tokens, at, n))) is not None
                ),
                (0, ""),
            )
        )
        if not size:
            yield tokens[at]
            at += 1
            continue
        group = _group(tokens, at, size)
        for word in said.split(" "):
            yield Token(text=word, start=group[0].start, end=group[-1].end)
        at += len(group)


def _group(tokens: Sequence[Token], at: int, size: int) -> list[Token]:
    """So many words from a place, with the hyphens between them."""
    found: list[Token] = []
    words = 0
    for token in tokens[at : at + 2 * size]:
        if token.sign and (token.text != "-" or not found):
            break
        found.append(token)
        words += not token.sign
        if words == size:
            return found
    return []


def _run(tokens: Sequence[Token], at: int, size: int) -> tuple[str, ...]:
    return tuple(token.text for token in _group(tokens, at, size) if not token.sign)
