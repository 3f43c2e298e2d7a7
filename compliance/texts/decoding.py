"""Files -> their text, in any usual encoding and with bounds."""

import re
from collections.abc import Callable
from pathlib import Path

from compliance.opening import named, plain
from compliance.texts import notebooks, rich

MAX_BYTES = 5_000_000
_MOSTLY = 0.8
_FEW = 8
_GB_SIGNS = rb"(?:[\x00-\x7f]+|\xa1[\xa1-\xfe]|\xa3[\xa1-\xfe]|[\x81-\x84][\x30-\x39][\x81-\xfe][\x30-\x39])*+"
"""Latin letters with the quotation marks, dashes and signs of GB 18030, each of two bytes or four."""

_MISREAD = re.compile("\u9225([\u4e00-\u9fff])|(?<=[A-Za-z.,;:!?])\u9225\ufffd")
"""A quotation mark or dash of UTF-8 that was read as GBK, with the letter after it or with its last byte lost."""
_QUOTES = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014")


def read(path: Path) -> str:
    """The text of a file that was found, in any usual encoding. Raises ValueError, where it is none."""
    return decode(read_bytes(path, plain))


def read_bytes(path: Path, door: Callable[[Path, int], bytes] = named) -> bytes:
    """The bytes of a file. Raises ValueError, with the reason, where it is none or too long for a licence."""
    try:
        data = door(path, MAX_BYTES + 1)
    except OSError as problem:
        raise ValueError(f"cannot be read ({problem.strerror or problem})") from None
    if len(data) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES} bytes, no licence is that long")
    return data


def decode(data: bytes) -> str:
    """The text of bytes in any usual encoding, in RTF or in a notebook. Raises ValueError where they are none."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:8192]:
        wide = _wide(data[:8192])
        if wide is None:
            raise ValueError("binary")
        return data.decode(wide, "replace")
    if data.startswith(b"{\\rtf"):
        return rich.words(data.decode("cp1252", "replace"))
    try:
        text = data.decode()
        if notebooks.is_notebook(text):
            return notebooks.words(text)
        return _MISREAD.sub(_quote, text) if "\u9225" in text else text
    except UnicodeDecodeError:
        return _in_old_encoding(data)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a text in Latin letters is zero."""
    half = len(head) // 2
    if half < _FEW:
        return None
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > _MOSTLY * half and not even:
        return "utf-16-le"
    return "utf-16-be" if even > _MOSTLY * half and not odd else None


def _in_old_encoding(data: bytes) -> str:
    """Chinese files that are not in UTF-8 are in GB 18030, others in Windows-1252."""
    high = sum(byte > 127 for byte in data[:8192])  # noqa: PLR2004 - beyond ASCII
    if high * 5 > len(data[:8192]) or re.fullmatch(_GB_SIGNS, data):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return data.decode("cp1252", "replace")


def _quote(match: "re.Match[str]") -> str:
    """What was misread, where its bytes are a quotation mark and a letter; else as it stands."""
    if match[1] is None:
        return "\u201d"  # after a digit it could have been a per mille sign: that is not taken
    try:
        meant = match[0].encode("gbk").decode()
    except UnicodeError:
        return match[0]
    return meant if meant[:1] in _QUOTES and meant[1:].isalpha() and meant[1:].isascii() else match[0]
