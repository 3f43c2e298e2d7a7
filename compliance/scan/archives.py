"""Archives in the tree, wheels and apps among them: the weights that they list by name; nothing is unpacked."""

import re
import struct
from collections.abc import Iterator
from itertools import islice

from compliance.scan.files import File
from compliance.scan.naming import hub
from compliance.scan.naming.hub import Name
from compliance.scan.weights import is_weights

_MEMBERS = 5_000
"""Members that are looked at."""
_HEADER = re.compile(rb"PK\x03\x04(?P<fields>[\s\S]{26})")
_BLOCK = 512


def find(file: File) -> None:
    """Report the weights that an archive holds, by the names that stand before them in its bytes."""
    for name in islice(_zipped(file.data) if file.data.startswith(b"PK") else _tarred(file.data), _MEMBERS):
        if hub.WEIGHTS.search(name) or is_weights(name):
            own = Name(hub.kind_of(name, "bundled-weights"), f"bundled:{file.path}!/{name}")
            how = (f"in {file.path}",)
            file.report(name.rpartition("/")[2], own, (0, 0), role="used", detector="archive", how=how)


def _zipped(data: bytes) -> Iterator[str]:
    """The names of a zip archive by the headers before its members."""
    for found in _HEADER.finditer(data):
        (length,) = struct.unpack_from("<22xH", found["fields"])
        yield data[found.end() : found.end() + length].decode("utf-8", "replace")


def _tarred(data: bytes) -> Iterator[str]:
    """The same of a tar archive that is not compressed, as far as it was read."""
    at = 0
    while data[at + 257 : at + 262] == b"ustar":
        yield data[at : at + 100].rstrip(b"\0").decode("utf-8", "replace")
        at += _BLOCK - (-_octal(data[at + 124 : at + 136]) // _BLOCK) * _BLOCK


def _octal(field: bytes) -> int:
    """A number of a header; of one that is none, more than any archive has."""
    text = field.strip(b"\0 ")
    return int(text, 8) if text and not text.strip(b"01234567") else 1 << 40
