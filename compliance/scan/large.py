"""Files too large to be parsed as they come: searched as bytes for what names a model."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.opening import chunks
from compliance.scan import config, signs
from compliance.scan.configuration import settings
from compliance.scan.files import JSON, MAX_BYTES, File
from compliance.scan.naming import keys, names

if TYPE_CHECKING:
    from compliance.scan import Finder

MAX_SEARCHED = 200_000_000
"""Bytes of a file that are searched."""

_CHUNK, _OVERLAP = 2_000_000, 4_000
_PAIR = re.compile(rb'"([\w.-]{1,60})"\s*:\s*(?:"([!#-~]{2,120})"|\[([^\[\]{}]{2,400}))')
_ITEM = re.compile(rb'"([!#-~]{2,120})"')


def names_models(data: bytes, known: set[tuple[bytes, bytes]] | None = None) -> tuple[int, str] | None:
    """Where JSON first names a model or dataset under a key that holds one, or by a name that is nothing else.

    `known` are pairs that name none: data repeats them.
    """
    dull = set() if known is None else known
    for pair in _PAIR.finditer(data):
        key, value, listed = pair[1], pair[2], pair[3]
        for text in (value,) if value is not None else _ITEM.findall(listed):
            if (key, text) in dull:
                continue
            name, plain = key.decode("utf-8", "replace"), text.decode()
            if keys.value(plain, (name,)) or (not settings.documents(name) and names.free(plain)):
                return pair.start(), text.decode()
            dull.add((key, text))
    return None


def find(file: File, full: str, finder: "Finder") -> None:
    """Note a file that is too large for a finder where any part of it holds the finder's sign."""
    lower = file.path.lower()
    if finder.module == "config" and config.skips(file):
        return
    if finder.module == "boms" and not signs.is_bill(file.data):
        return
    is_data = finder.module == "config" and lower.endswith(JSON)
    dull: set[tuple[bytes, bytes]] = set()
    for at, line, chunk in _chunks(full):
        if at >= MAX_SEARCHED:
            file.problem(f"more than {MAX_BYTES} bytes, and only the first {MAX_SEARCHED} were searched for models")
        elif is_data:
            found = names_models(chunk, dull)
            if found is not None:
                line += chunk.count(b"\n", 0, found[0])  # noqa: PLW2901
                file.problem(f"more than {MAX_BYTES} bytes, and it names models (line {line}: {found[1]})")
        elif finder.sign is None or finder.sign(signs.Plain(chunk)):
            file.problem(f"more than {MAX_BYTES} bytes")
        if file.problems:
            return


def _chunks(full: str) -> Iterator[tuple[int, int, bytes]]:
    """The parts of a file, each with its place, its first line, and the end of the part before it."""
    at, line, before = 0, 1, b""
    for chunk in chunks(full, _CHUNK):
        whole = before + chunk
        yield at, line, whole
        if at >= MAX_SEARCHED:
            return
        at += len(chunk)
        before = whole[-_OVERLAP:]
        line += whole.count(b"\n", 0, len(whole) - len(before))
