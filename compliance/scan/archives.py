"""Archives in the tree, wheels and apps among them: the weights in them, and what configurations say of these."""

import io
import re
import struct
import tarfile
import zlib
from collections.abc import Iterator

from compliance.scan import nested
from compliance.scan.files import File
from compliance.scan.naming import hub
from compliance.scan.naming.hub import Name
from compliance.scan.weights import is_weights

HEAD = 4_000_000
"""As much of an archive as is read: what begins further behind is not seen."""
_MOST, _MEMBERS, _SMALL = 50_000_000, 5_000, 200_000
"""Bytes that are unpacked, members that are looked at, and bytes of one that is read."""
_HEADER = re.compile(rb"PK\x03\x04(?P<fields>[\s\S]{26})")
_CONFIG = re.compile(r"(?:^|/)(?:adapter_)?config\.json$")


def find(file: File) -> None:
    """Report the weights that an archive holds, by their names, and the bases that configurations beside them name."""
    members = _zipped(file.data) if file.data.startswith(b"PK") else _tarred(file.data)
    held = list(members)
    said = File(file.path, b"")  # of which the bytes of the archive are no text
    weights = [name for name, _ in held if hub.WEIGHTS.search(name) or is_weights(name)]
    for name in weights:
        own = Name(hub.kind_of(name, "bundled-weights"), f"bundled:{file.path}!/{name}")
        said.report(name.rpartition("/")[2], own, (0, 0), role="used", detector="archive", how=(f"in {file.path}",))
    for name, data in held:
        if weights and _CONFIG.search(name) and len(data) < _SMALL:
            nested.read(said, "json", data.decode("utf-8", "replace"), lambda _line, _column, _text: (0, 0))
    file.found += said.found


def _zipped(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of a zip archive by the headers before them, those of configurations with what they hold."""
    for count, found in enumerate(_HEADER.finditer(data)):
        method, size = struct.unpack_from("<4xH8xI", found["fields"])
        length, extra = struct.unpack_from("<22xHH", found["fields"])
        start = found.end() + length
        name = data[found.end() : start].decode("utf-8", "replace")
        body = data[start + extra : start + extra + min(size or _SMALL, _SMALL)] if _CONFIG.search(name) else b""
        yield name, _inflated(body, -15) if method else body
        if count >= _MEMBERS:
            return


def _tarred(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of a tar archive, compressed by gzip or not, as far as it was read."""
    plain = _inflated(data, 31, _MOST) if data.startswith(b"\x1f\x8b") else data
    try:
        with tarfile.open(fileobj=io.BytesIO(plain), mode="r:") as opened:
            for count, member in enumerate(opened):
                is_read = _CONFIG.search(member.name) and member.isreg() and member.size < _SMALL
                body = opened.extractfile(member) if is_read else None
                yield member.name, body.read(_SMALL) if body is not None else b""
                if count >= _MEMBERS:
                    return
    except (tarfile.TarError, EOFError, ValueError, OSError):
        return  # no archive of this kind, or cut where the reading ended


def _inflated(data: bytes, form: int, most: int = _SMALL) -> bytes:
    try:
        return zlib.decompressobj(form).decompress(data, most)
    except zlib.error:
        return b""
