"""Pages in HTML as their readers see them: blocks as lines of their own, without menus, scripts and styles."""

import re
from collections.abc import Iterator

from compliance.texts.terms import in_other_scripts, states

IS_PAGE = re.compile(r"<(?:!doctype\s+html|html|body|head)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"<(script|style|nav|footer|aside|header|button|noscript|select|svg|title|template|address)\b[^<>]{0,500}>"
    r"(.{0,100000}?)</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_CODE = frozenset({"script", "style", "svg", "template"})
_BLOCK = re.compile(
    r"</?(?:p|div|br|hr|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|tbody|thead|td|th|pre|blockquote|section|article|main|header"
    r"|footer|nav|aside|title|head|body|html|center|address|figure|form)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_PROLOGUE = re.compile(r"<!doctype[^<>]{0,300}>|<\?xml[^<>]{0,300}\?>", re.IGNORECASE)
_KEYWORD = re.compile(r"\$[A-Z][A-Za-z]{1,20}(?::[\w\s,:./+-]{0,80})?\$")
"""What version control fills in: `$Date$`."""
_ITEM = 6
"""Words of an entry of a menu."""
_MENU = frozenset(
    """home terms policy license licenses licence copyright reserved about us our your you use contact cookie ask
    patents law jurisdiction example member members edit read view version versions display can all is are this
    print cite resources day free business enterprise customers training education test
    cloud machine device devices donate register press invite buy""".split()
)
"""Words of terms that menus have."""
_BREAK = "\v"


def laid_out(text: str) -> tuple[str, tuple[int, ...]]:
    """A page with its blocks as lines, and for each of them the line of the file on which it began."""
    text = _PROLOGUE.sub(_as_lines, text.replace(_BREAK, " "))
    text = _ASIDE.sub(lambda found: _as_lines(found) if _is_aside(found[1].casefold(), found[2]) else found[0], text)
    text = _BLOCK.sub(lambda found: _BREAK + _as_lines(found), text)
    return text.replace(_BREAK, "\n"), tuple(_origins(text))


def _as_lines(found: "re.Match[str]") -> str:
    return "\n" * found[0].count("\n") or " "


def _origins(text: str) -> Iterator[int]:
    line = 1
    yield line
    for sign in re.findall(r"[\n\v]", text):
        line += sign == "\n"
        yield line


def _is_aside(kind: str, content: str) -> bool:
    """Whether what stands in an element is code, or words of menus, and no terms."""
    if kind in _CODE:
        return re.search(r"[{}();=]|<\w", content) is not None or not content.strip()
    return all(_is_item(piece) for piece in _TAG.split(content))


def _is_item(piece: str) -> bool:
    words = re.findall(r"[$%€£¥]|[\u4e00-\u9fff]|[^\W\d_]+", _KEYWORD.sub(" ", piece).casefold())
    whose = words[:1] in (["copyright"], ["c"]) or "\u00a9" in piece or "&copy;" in piece
    return not states(words, _MENU) and not in_other_scripts(piece) and (len(words) <= _ITEM or whose)
