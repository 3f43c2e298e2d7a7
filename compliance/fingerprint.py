"""Licence text -> words, positional fingerprint and clause anchors; the texts themselves are not kept.

A fingerprint file (`<id>.fp`) is the magic `MCFP3`, three zero bytes, a 16-byte digest of all words, the number of
spans that copies fill in or leave out (headings, copyright lines, blanks) as a little-endian 32-bit number, each span
as two such numbers (first word; count of words, with the kind in the highest byte), one 4-byte BLAKE2b per word of the
heading, then one per run of five words, in order.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from compliance.model import Struct
from compliance.texts.owners import TITLE, Span
from compliance.texts.words import RUN, Text, hashed, read

MAGIC = b"MCFP3\0\0\0"
RUN_BYTES = 4
_KIND = 24
_COUNT = (1 << _KIND) - 1


def build(text: str) -> bytes:
    """The fingerprint file of a text."""
    from compliance.texts import varying  # noqa: PLC0415 - 5 ms that no reading of a fingerprint need pay

    words, spans = read(text), varying.spans(text)
    numbers = [len(spans), *(number for first, count, kind in spans for number in (first, count | kind << _KIND))]
    title = [hashed((word,)) for first, count, kind in spans if kind == TITLE for word in words.words[first:][:count]]
    return (
        MAGIC
        + words.digest
        + b"".join(n.to_bytes(4, "little") for n in numbers)
        + b"".join(title)
        + words.runs.tobytes()
    )


class Fingerprint(Struct, frozen=True):
    """A fingerprint file, read; `title` holds the words of the heading, `data` the runs."""

    digest: bytes
    spans: tuple[Span, ...]
    title: bytes
    data: bytes

    @property
    def runs(self) -> Sequence[int]:
        """One hash per run of five words, in order."""
        return memoryview(self.data).cast("I")


def load(path: Path) -> Fingerprint:
    """Read a fingerprint file. Raises ValueError where it is not one."""
    return parse(path.read_bytes(), str(path))


def parse(data: bytes, name: str) -> Fingerprint:
    """The parts of a fingerprint. Raises ValueError, with its name, where it is none."""
    head = len(MAGIC) + 16
    count = int.from_bytes(data[head : head + 4], "little")
    end = head + 4 + 8 * count
    numbers = [int.from_bytes(data[i : i + 4], "little") for i in range(head + 4, min(end, len(data)), 4)]
    spans = tuple((first, n & _COUNT, n >> _KIND) for first, n in zip(numbers[::2], numbers[1::2], strict=False))
    body = end + RUN_BYTES * sum(n for _, n, kind in spans if kind == TITLE)
    if not data.startswith(MAGIC) or len(data) <= body or (len(data) - body) % RUN_BYTES:
        raise ValueError(f"{name}: not a fingerprint file; build it again with `catalog anchor`")
    return Fingerprint(digest=data[len(MAGIC) : head], spans=spans, title=data[end:body], data=data[body:])


class Clause(Struct, frozen=True):
    """A clause in a copy: words `start` to `end`, lines `line` to `end_line`."""

    start: int
    end: int
    line: int
    end_line: int


def position(anchor: str, runs: Sequence[int]) -> tuple[int, int] | None:
    """Where an anchor (`hash.n:length`) begins in a text and how many words it has; None where it is not there."""
    match = re.fullmatch(r"([0-9a-f]{8})\.(\d+):(\d+)", anchor)
    if not match:
        return None
    wanted, nth, length = int.from_bytes(bytes.fromhex(match[1]), "little"), int(match[2]), int(match[3])
    places = [i for i, run in enumerate(runs) if run == wanted]
    if not 1 <= nth <= len(places) or places[nth - 1] + length > len(runs) + RUN - 1:
        return None
    return places[nth - 1], length


def find(anchor: str, text: Text) -> Clause | None:
    """The clause of an anchor in a copy of the text, or None."""
    found = position(anchor, text.runs)
    if found is None:
        return None
    start, length = found
    end = min(start + length, len(text.words))
    return Clause(start=start, end=end, line=text.at(text.lines[start]), end_line=text.at(text.lines[end - 1]))


def draft(marked: str, text: Text) -> str:
    """The anchor for a draft `? first words … last words`. Raises ValueError where the words are not in the text."""
    first, _, last = marked.removeprefix("?").partition("…")
    head, tail = read(first).words, read(last).words
    starts = [i for i in range(len(text.words)) if text.words[i : i + len(head)] == head]
    for start in starts:
        for end in range(start + len(head), len(text.words) + 1):
            if text.words[max(end - len(tail), start) : end] == tail:
                return _anchor(start, end, text)
    raise ValueError(f"not in the text: {marked[:60]!r}" + ("" if starts else " (its first words)"))


def _anchor(start: int, end: int, text: Text) -> str:
    start = min(start, len(text.runs) - 1)
    run = text.runs[start]
    nth = sum(1 for other in text.runs[: start + 1] if other == run)
    return f"{run.to_bytes(RUN_BYTES, 'little').hex()}.{nth}:{end - start}"
