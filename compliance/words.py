"""A text -> its words: what a reader would call the same text has the same words, and what hides in it is told."""

import re
import unicodedata
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise

RUN = 5

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,300}|!--[^<>]{0,2000}--)>")
_LINK_TARGET = re.compile(r"\]\([^()\s]{0,500}\)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACED = re.compile("[\u2010-\u2015\u201c\u201d\u2022\u00b7\u00a0]")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_NUMBER = r"\d+(?:(?:[._]|,(?=\d{3}(?!\d)))\d+)*"
_PLAIN_WORD = re.compile(rf"[a-z]+|{_NUMBER}|[$%<>=]", re.ASCII)
_WORD = re.compile(rf"{_NUMBER}|[{_CJK}]|[^\W\d_{_CJK}]+|[$€£¥%<>≥≤=≠₹₩₽‰]")

# What is dropped from the words and yet seen, or struck out and yet a word, in one or the other view of a file.
_HTML = frozenset(
    """a abbr article b big blockquote body br center cite code col dd div dl dt em figure font footer h1 h2 h3 h4 h5 h6
    head header hr html i img kbd li link main meta nav ol p pre q samp section small span strong style sub summary sup
    details table tbody td th thead title tr tt u ul var""".split()
)
_ATTRIBUTE = r"""\s+(?:class|id|href|src|style|name|rel|lang|align|valign|dir|width|height|border|type|start|value|
    color|size|face|target|charset|content|http-equiv|xmlns|cellpadding|cellspacing|colspan|rowspan|(?:data|aria)-[\w-]+)
    \s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_MARKUP = re.compile(rf"</?([a-z][a-z0-9]*)(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE | re.VERBOSE)
_ADDRESS = re.compile(
    r"<(?:(?:url:)?https?://\S*(?:\s+(?:\S*/\S*|licenses))*|[^\s<>]+@[^\s<>]+|\S+ at \S+)>", re.IGNORECASE
)
_PLACEHOLDER = frozenset(
    """a an and asset author authors brief copyright date description designee development does entities for give group
    here holder holders idea information inhaber ins insert institution it its jahr library librarys license licence
    line name names notice number of one organization organisation owner owners product program programs project
    publisher related s signature software state the to ty coon url version what work x year years your yyyy""".split()
)
_EDITOR = re.compile(r"<!--\s*(?:markdownlint|prettier|vale|textlint|toc|/toc|doctoc)[^\n]*-->", re.IGNORECASE)
_STRUCK = re.compile(r"~~[^~\n]*\w[^~\n]*~~|<(?:del|s|strike)\b[^<>]*>", re.IGNORECASE)
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069][^\n]*")


class Text:
    """The words of a text under NFKC and casefold, each with its line (from 1, parted by line feeds only)."""

    def __init__(self, words: tuple[str, ...], shape: str, hidden: tuple[tuple[int, str], ...] = ()) -> None:
        self.words = words
        self.shape = shape
        self.hidden = hidden
        """Words that are not counted though a reader may see them, or counted though struck out: line and text."""

    @cached_property
    def rows(self) -> list[str]:
        """The lines as they were read, folded."""
        return self.shape.split("\n")

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line of every word."""
        lines: list[int] = []
        for number, line in enumerate(self.rows, start=1):
            lines += [number] * len(_found(line))
        return tuple(lines)

    @cached_property
    def runs(self) -> tuple[bytes, ...]:
        """One hash per run of five words; a shorter text has one run."""
        words = self.words
        return tuple(hashed(words[i : i + RUN]) for i in range(max(len(words) - RUN + 1, 1)))

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The runs as numbers."""
        return tuple(int.from_bytes(run, "little") for run in self.runs)

    @cached_property
    def digest(self) -> bytes:
        """16 bytes over all words: equal for texts that differ in nothing that counts."""
        return digest(self.words)


def digest(words: tuple[str, ...]) -> bytes:
    """16 bytes over words."""
    return blake2b("\n".join(words).encode(), digest_size=16).digest()


def hashed(words: tuple[str, ...]) -> bytes:
    """The four bytes of a run."""
    return blake2b(" ".join(words).encode(), digest_size=4).digest()


def lines(text: str) -> list[str]:
    """The lines of a text as an editor numbers them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read(text: str) -> Text:
    """Split a text into words; markup, bullets, quotes, case and wrapping do not count."""
    text, hidden = _without_markup(text)
    if not text.isascii():
        text = _SPACED.sub(" ", text.replace("\u2019", "'").replace("\u02bc", "'"))
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text)
    text = text.lower() if text.isascii() else text.casefold()
    if "'" in text:
        text = _with_apostrophes_closed(text)
    return Text(words=tuple(_found(text)), shape=text, hidden=hidden)


def _found(folded: str) -> list[str]:
    found = (_PLAIN_WORD if folded.isascii() else _WORD).findall(folded)
    if "," in folded or "_" in folded:
        joined = "\n".join(found)
        if "," in joined or "_" in joined:  # the separators of numbers, such as 700,000,000
            return joined.replace(",", "").replace("_", "").split("\n")
    return found


def _without_markup(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    hidden: list[tuple[int, str]] = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        import html  # noqa: PLC0415 - few texts hold entities

        text = html.unescape(text)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        hidden += _places(_TURNED, text)
    if "~~" in text or "<" in text:
        hidden += _places(_STRUCK, text)
    if ">" in text:
        text = _unquoted(text)
    if "<" in text:
        hidden += [(line, piece) for line, piece in _places(_TAG, text) if _says(piece)]
        text = _TAG.sub(lambda match: "\n" * match.group().count("\n") or " ", text)
    if "](" in text:
        text = _LINK_TARGET.sub("]", text)
    return text, tuple(hidden)


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, str]]:
    return [(1 + text.count("\n", 0, match.start()), match.group()) for match in pattern.finditer(text)]


def _says(piece: str) -> bool:
    """Whether what stands in angle brackets is more than markup, an address or a blank."""
    if piece.startswith("<!--"):
        return _EDITOR.fullmatch(piece) is None and _WORD.search(piece) is not None
    match = _MARKUP.fullmatch(piece)
    if (match and match[1].casefold() in _HTML) or _ADDRESS.fullmatch(piece):
        return False
    return not _PLACEHOLDER.issuperset(_WORD.findall(piece.casefold().replace("'", "").strip("<>/")))


def _with_apostrophes_closed(text: str) -> str:
    """`licensor's` is one word; a quotation mark parts words."""
    parts = text.split("'")
    closed = [parts[0]]
    for before, part in pairwise(parts):
        inside = (before[-1:].isalnum() or before[-1:] == "_") and (part[:1].isalnum() or part[:1] == "_")
        closed.append(part if inside else f"'{part}")
    return "".join(closed)


def _unquoted(text: str) -> str:
    """Without the marks of a text that is quoted as a whole; elsewhere `>` is a word."""
    rows = text.split("\n")
    quoted = sum(row.lstrip().startswith(">") for row in rows)
    if quoted <= 1 or quoted * 5 < 4 * sum(bool(row.strip()) for row in rows):
        return text
    return "\n".join(re.sub(r"^\s*(?:>\s?)+", "", row) for row in rows)
