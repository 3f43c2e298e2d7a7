"""Licence text -> words, positional fingerprint and clause anchors; the texts themselves are not kept.

A fingerprint file (`<id>.fp`) is the magic `MCFP2`, three zero bytes, a 16-byte digest of all words, the number of
spans that copies fill in or leave out (headings, copyright lines, blanks) as a little-endian 32-bit number, each span
as two such numbers (first word, count of words), then one 4-byte BLAKE2b per run of five words, in order.
"""

import re
from pathlib import Path

from compliance.model import Struct
from compliance.words import RUN, Text, read

MAGIC = b"MCFP2\0\0\0"
RUN_BYTES = 4

_TITLE_WORDS = 14
_COPYRIGHT = re.compile(
    r"^\W{0,10}(?:copyright\s*(?:\(c\)|\u00a9)|copyright\s+(?=\d{4}|[<\[{])|\u00a9|\(c\)\s*(?=\d{4})).*$",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK = re.compile(r"\[[^\[\]\n]{2,60}\]|\{[^{}\n]{2,60}\}")
_HOW_TO = re.compile(
    r"^[^\w\n]*(?:END OF (?:THE )?TERMS AND CONDITIONS\W+)?(?:APPENDIX\W+)?"
    r"How to apply (?:the Apache License|these terms)[\s\S]*",
    re.IGNORECASE | re.MULTILINE,
)
_HOLDERS = (
    r"(?:the\s+)?(?:authors?|isc|copyright\s+(?:holder|owner)s?(?:\s+(?:and|or)\s+contributors)?"
    r"|regents\s+and\s+contributors)"
)
_NAMED = re.compile(
    rf"(?<=name of )(?:the organi[sz]ation|{_HOLDERS})|the\s+copyright\s+holders?(?=\s+(?:and|or)\s+contributors)"
    rf"|the regents and|(?<=provided by )(?:the\s+)?{_HOLDERS}|(?<=\band ){_HOLDERS}(?=\s+disclaims?\b)"
    rf"|(?<=event shall ){_HOLDERS}(?=\s+be\b)|(?<=modify, and/)or(?= distribute)",
    re.IGNORECASE,
)
"""The owners that BSD, ISC and MIT texts name, and the word that ISC has in one of its two forms."""
_ADDRESS = re.compile(
    r"\b(?:51\s+Franklin|59\s+Temple|675\s+Mass)\b[\s\S]{0,70}?\d{5}(?:-\d{4})?(?:,?\s+USA)?", re.IGNORECASE
)
"""Where the Free Software Foundation lived when the copy was made."""


def variable(text: str) -> list[tuple[int, int]]:
    """What copies of a text fill in or leave out: its heading, copyright lines and blanks, as (first word, count)."""
    spans = [
        match.span() for pattern in (_COPYRIGHT, _BLANK, _NAMED, _ADDRESS, _HOW_TO) for match in pattern.finditer(text)
    ]
    heading = re.match(r"\s*(?:[^\n]+\n){1,3}?(?=[ \t]*\n)", text)
    if heading is not None and len(read(heading.group()).words) <= _TITLE_WORDS:
        spans.append(heading.span())
    found = []
    for start, end in sorted(spans):
        first, last = len(read(text[:start]).words), len(read(text[:end]).words)
        if last > first:
            found.append((first, last - first))
    return found


def build(text: str) -> bytes:
    """The fingerprint file of a text."""
    words, spans = read(text), variable(text)
    numbers = [len(spans), *(number for span in spans for number in span)]
    return MAGIC + words.digest + b"".join(n.to_bytes(4, "little") for n in numbers) + b"".join(words.runs)


class Fingerprint(Struct, frozen=True):
    """A fingerprint file, read; `data` holds the runs."""

    digest: bytes
    spans: tuple[tuple[int, int], ...]
    data: bytes

    @property
    def runs(self) -> tuple[bytes, ...]:
        """One hash per run of five words, in order."""
        return tuple(self.data[i : i + RUN_BYTES] for i in range(0, len(self.data), RUN_BYTES))


def load(path: Path) -> Fingerprint:
    """Read a fingerprint file. Raises ValueError where it is not one."""
    return parse(path.read_bytes(), str(path))


def parse(data: bytes, name: str) -> Fingerprint:
    """The parts of a fingerprint. Raises ValueError, with its name, where it is none."""
    head = len(MAGIC) + 16
    count = int.from_bytes(data[head : head + 4], "little")
    body = head + 4 + 8 * count
    if not data.startswith(MAGIC) or len(data) <= body or (len(data) - body) % RUN_BYTES:
        raise ValueError(f"{name}: not a fingerprint file; build it again with `catalog anchor`")
    numbers = [int.from_bytes(data[i : i + 4], "little") for i in range(head + 4, body, 4)]
    return Fingerprint(
        digest=data[len(MAGIC) : head], spans=tuple(zip(numbers[::2], numbers[1::2], strict=True)), data=data[body:]
    )


class Span(Struct, frozen=True):
    """A clause in a copy: words `start` to `end`, lines `line` to `end_line`."""

    start: int
    end: int
    line: int
    end_line: int


def position(anchor: str, runs: tuple[bytes, ...]) -> tuple[int, int] | None:
    """Where an anchor (`hash.n:length`) begins in a text and how many words it has; None where it is not there."""
    match = re.fullmatch(r"([0-9a-f]{8})\.(\d+):(\d+)", anchor)
    if not match:
        return None
    wanted, nth, length = bytes.fromhex(match[1]), int(match[2]), int(match[3])
    places = [i for i, run in enumerate(runs) if run == wanted]
    if not 1 <= nth <= len(places) or places[nth - 1] + length > len(runs) + RUN - 1:
        return None
    return places[nth - 1], length


def find(anchor: str, text: Text) -> Span | None:
    """The clause of an anchor in a copy of the text, or None."""
    found = position(anchor, text.runs)
    if found is None:
        return None
    start, length = found
    end = min(start + length, len(text.words))
    return Span(start=start, end=end, line=text.lines[start], end_line=text.lines[end - 1])


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
    return f"{run.hex()}.{nth}:{end - start}"
