"""Archives in the tree, wheels and apps among them: the weights that they list, and what configurations beside say.

Nothing is unpacked but the head of what gzip holds and small configurations, each to a bound.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

from compliance.scan import nested
from compliance.scan.files import File
from compliance.scan.naming import hub
from compliance.scan.naming.hub import Name
from compliance.scan.weights import is_weights

_MOST, _MEMBERS, _SMALL = 10_000_000, 5_000, 200_000
"""Bytes that are unpacked, members that are looked at, and bytes of one that is read."""
_HEADER = re.compile(rb"PK\x03\x04(?P<fields>[\s\S]{26})")
_BLOCK = 512
_CONFIG = re.compile(r"(?:^|/)(?:adapter_)?config\.json$")


def find(file: File) -> None:
    """Report the weights that an archive holds, by their names, and the bases that configurations beside them name."""
    held = list(islice(_zipped(file.data) if file.data.startswith(b"PK") else _tarred(file.data), _MEMBERS))
    said = File(file.path, b"")  # of which the bytes of the archive are no text
    weights = [name for name, _ in held if hub.WEIGHTS.search(name) or is_weights(name)]
    for name in weights:
        own = Name(hub.kind_of(name, "bundled-weights"), f"bundled:{file.path}!/{name}")
        said.report(name.rpartition("/")[2], own, (0, 0), role="used", detector="archive", how=(f"in {file.path}",))
    for name, data in held:
        if weights and _CONFIG.search(name):
            nested.read(said, "json", data.decode("utf-8", "replace"), lambda _line, _column, _text: (0, 0))
    file.found += said.found


def _zipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of a zip archive by the headers before them, those of configurations with what they hold."""
    for found in _HEADER.finditer(data):
        method, size, length, extra = struct.unpack_from("<4xH8xI4xHH", found["fields"])
        start = found.end() + length
        name = data[found.end() : start].decode("utf-8", "replace")
        body = data[start + extra : start + extra + min(size or _SMALL, _SMALL)] if _CONFIG.search(name) else b""
        yield name, _inflated(body, -15, _SMALL) if method else body


def _tarred(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of a tar archive, compressed by gzip or not, as far as it was read."""
    plain = _inflated(data, 31, _MOST) if data.startswith(b"\x1f\x8b") else data
    at = 0
    while plain[at + 257 : at + 262] == b"ustar":
        name = plain[at : at + 100].rstrip(b"\0").decode("utf-8", "replace")
        size = _octal(plain[at + 124 : at + 136])
        at += _BLOCK
        yield name, plain[at : at + min(size, _SMALL)] if _CONFIG.search(name) else b""
        at += -(-size // _BLOCK) * _BLOCK


def _octal(field: bytes) -> int:
    """A number of a header; of one that is none, more than any archive has."""
    text = field.strip(b"\0 ")
    return int(text, 8) if text and not text.strip(b"01234567") else _MOST


def _inflated(data: bytes, form: int, most: int) -> bytes:
    try:
        return zlib.decompressobj(form).decompress(data, most)
    except zlib.error:
        return b""
