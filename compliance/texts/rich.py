"""Rich Text Format: the words that a reader sees, a line for each paragraph; no fonts, styles, pictures."""

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"(?P<bytes>(?:\\'[0-9a-fA-F]{2})+)|\\u(?P<code>-?\d{1,6}) ?|\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{0,9}) ?"
    r"|\\(?P<sign>[^A-Za-z])|(?P<group>[{}])|(?P<said>[^\\{}\r\n]+|\\)|(?P<line>[\r\n]+)"
)
_UNSEEN = frozenset("fonttbl colortbl stylesheet info pict filetbl listtable revtbl themedata latentstyles".split())
"""Groups that are no text; so are those marked as ones that a reader may pass over."""
_SAYS = {
    **dict.fromkeys(("par", "line", "page", "sect", "row"), "\n"), "tab": "\t", "cell": "\t", "emdash": "\u2014",
    "endash": "\u2013", "ldblquote": '"', "rdblquote": '"', "lquote": "'", "rquote": "'", "bullet": "\u2022",
}  # fmt: skip
"""Words of RTF that stand for a sign; others say how a text looks."""
_SIGNS = {"~": " ", "_": "-", "-": "", "\n": "\n", "\r": "\n"}
_PAGE = re.compile(r"\\ansicpg(\d{3,5})\b")


def words(text: str) -> str:
    """What an RTF file says. Line breaks of the file are none of its text."""
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Text and signs outside of groups that are not seen."""
    page = _PAGE.search(text[:400])
    encoding = f"cp{page[1]}" if page is not None else "cp1252"
    unseen, depth, passed = 0, 0, 0  # the depth from which nothing is seen; signs left of what stands for a code
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "group":
            depth += 1 if token[0] == "{" else -1
            unseen, passed = 0 if depth < unseen else unseen, 0
        elif unseen or kind == "line":
            continue
        elif token["word"] in _UNSEEN or token["sign"] == "*":
            unseen = depth
        elif kind == "bytes":
            said = _decoded(token[0], encoding)
            yield said[passed:]
            passed = max(0, passed - len(said))
        elif kind == "code":
            yield chr(int(token["code"]) % 65536).encode("utf-8", "replace").decode()
            passed = 1
        elif kind == "said":
            yield token[0][passed:]
            passed = 0
        elif kind == "sign":
            yield _SIGNS.get(token["sign"], token["sign"])
        else:
            yield _SAYS.get(token["word"], "")


def _decoded(escapes: str, encoding: str) -> str:
    raw = bytes.fromhex(escapes.replace("\\'", ""))
    try:
        return raw.decode(encoding, "replace")
    except LookupError:
        return raw.decode("cp1252", "replace")
