"""What a text is: a document of the library to the word, one that was changed and where, several, or unknown."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Literal

from compliance.fingerprint import RUN, Text
from compliance.library import Entry, Library
from compliance.model import Struct

Result = Literal["exact", "modified", "composite", "reference", "unknown"]

NEAR = 0.5
"""A text is a modified copy where it holds at least this share of a document's words, or the document of its own."""
LEAST = 25
"""Words that a copy must share with a document before it is called a copy of it."""
_FILLED = 14
_ONE_LINE = 2
_PART = 0.9
_PARTIAL = 30
"""Changed words that a document which is there as a whole may have beyond one of which a part is missing."""
_COPYRIGHT = frozenset({"copyright", "©", "copyrights"})
_HEADING = frozenset(
    """the a an of and for to in license licence agreement terms use policy acceptable community model version v
    release date dated last updated effective modified on text full file january february march april may june july
    august september october november december md txt""".split()
)


class Change(Struct, frozen=True):
    """A difference from the document: words `start` to `end` of the text that it does not have, or has no more.

    `at` is the place in the document, `missing` the span of its words (first, count) that the text lacks there, if any.
    """

    start: int
    end: int
    at: int
    line: int
    end_line: int
    missing: tuple[int, int] | None = None


class Match(Struct, frozen=True):
    """A document found in a text, from line to line; exact where nothing was changed."""

    entry: Entry
    line: int
    end_line: int
    changes: tuple[Change, ...] = ()
    also: tuple[str, ...] = ()
    shared: int = 0

    @property
    def exact(self) -> bool:
        """Whether the words are the document's, but for what copies fill in."""
        return not self.changes


class Recognition(Struct, frozen=True):
    """What a text is."""

    result: Result
    matches: tuple[Match, ...] = ()


def recognise(text: Text, library: Library) -> Recognition:
    """Hold a text against every document of a library; a near miss is never called a match."""
    if same := library.same(text):
        last = text.lines[-1] if text.lines else 0
        match = Match(
            entry=same[0], line=text.lines[0] if text.lines else 0, end_line=last,
            also=tuple(entry.id for entry in same[1:]), shared=len(text.words),
        )  # fmt: skip
        return Recognition(result="exact", matches=(match,)) if text.words else Recognition(result="unknown")
    matches = _parts(text, library)
    if not matches:
        return Recognition(result="unknown")
    if len(matches) > 1:
        return Recognition(result="composite", matches=tuple(sorted(matches, key=lambda match: match.line)))
    return Recognition(result="exact" if matches[0].exact else "modified", matches=tuple(matches))


def _parts(text: Text, library: Library) -> list[Match]:
    """The documents in a text, the one that covers most first."""
    whole = _best(text, library)
    if whole is None:
        return []
    match, covered = whole
    rest = [(a, b) for a, b in _gaps(covered) if b - a >= LEAST]
    found = [match]
    if not rest or match.shared < _PART * match.entry.words:
        return found
    inner: list[tuple[int, int, list[Match]]] = []
    for start, end in rest:
        part = Text(words=text.words[start:end], lines=text.lines[start:end])
        same = library.same(part)
        others = (
            [_whole(part, same)] if same else [m for m in _parts(part, library) if m.shared >= _PART * m.entry.words]
        )
        if others:
            inner.append((start, end, others))
    if not inner:
        return found
    taken = [(start, end) for start, end, _ in inner]
    kept = tuple(
        change
        for change in match.changes
        if change.missing is not None or not any(a <= change.start and change.end <= b for a, b in taken)
    )
    return [
        Match(entry=match.entry, line=match.line, end_line=match.end_line, changes=kept, shared=match.shared),
        *(other for _, _, others in inner for other in others),
    ]


def _whole(part: Text, same: list[Entry]) -> Match:
    also = tuple(entry.id for entry in same[1:])
    return Match(entry=same[0], line=part.lines[0], end_line=part.lines[-1], also=also, shared=len(part.words))


def _best(text: Text, library: Library) -> tuple[Match, list[bool]] | None:
    runs = [int.from_bytes(run, "little") for run in text.runs]
    best: tuple[tuple[int, int, str], Match, list[bool]] | None = None
    twins: list[str] = []
    for entry in library.near(runs)[:6]:
        blocks = align(runs, library.runs(entry))
        shared = sum(length for _, _, length in blocks)
        enough = shared >= LEAST or shared == entry.words
        if not enough or (shared < NEAR * entry.words and shared < NEAR * len(text.words)):
            continue
        changes = _changes(blocks, text, entry)
        weight = sum(c.end - c.start + (c.missing[1] if c.missing else 0) for c in changes)
        whole = shared >= _PART * entry.words
        key = (weight + (_PARTIAL if changes and not whole else 0), -shared, entry.id)
        if best is not None and key[:2] == best[0][:2]:
            twins.append(entry.id)
        if best is None or key < best[0]:
            twins = twins if best is not None and key[:2] == best[0][:2] else []
            covered = [False] * len(text.words)
            for start, _, length in blocks:
                covered[start : start + length] = [True] * length
            first, last = blocks[0][0], blocks[-1][0] + blocks[-1][2] - 1
            match = Match(
                entry=entry, line=text.lines[first], end_line=text.lines[last], changes=changes, shared=shared
            )
            best = (key, match, covered)
    if best is None:
        return None
    match = best[1]
    also = tuple(sorted({name for name in twins if name != match.entry.id})) if match.exact else ()
    return Match(**{**{k: getattr(match, k) for k in match.__struct_fields__}, "also": also}), best[2]


# -- alignment -------------------------------------------------------------------------------------------------------

Block = tuple[int, int, int]
"""Words of the text from, words of the document from, how many agree."""


def align(mine: Sequence[int], theirs: Sequence[int]) -> list[Block]:
    """Runs that both have in the same order, as blocks of words: unique runs first, then grown both ways."""
    pairs = _rising(_unique_pairs(mine, theirs))
    blocks: list[list[int]] = []
    for i, j in pairs:
        if blocks and i - blocks[-1][0] == j - blocks[-1][1] and i < blocks[-1][0] + blocks[-1][2]:
            continue
        low_i, low_j = (blocks[-1][0] + blocks[-1][2], blocks[-1][1] + blocks[-1][2]) if blocks else (0, 0)
        if i < low_i or j < low_j:
            continue
        start_i, start_j = i, j
        while start_i > low_i and start_j > low_j and mine[start_i - 1] == theirs[start_j - 1]:
            start_i, start_j = start_i - 1, start_j - 1
        end_i, end_j = i + 1, j + 1
        while end_i < len(mine) and end_j < len(theirs) and mine[end_i] == theirs[end_j]:
            end_i, end_j = end_i + 1, end_j + 1
        blocks.append([start_i, start_j, end_i - start_i])
    return _as_words([(a, b, n) for a, b, n in blocks])


def _unique_pairs(mine: Sequence[int], theirs: Sequence[int]) -> list[tuple[int, int]]:
    once: dict[int, int] = {}
    for place, run in enumerate(theirs):
        once[run] = -1 if run in once else place
    seen: dict[int, int] = {}
    for place, run in enumerate(mine):
        seen[run] = -1 if run in seen else place
    return [(place, once[run]) for run, place in seen.items() if place >= 0 and once.get(run, -1) >= 0]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs that rises on both sides."""
    pairs.sort()
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = [-1] * len(pairs)
    for number, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before[number] = chain[place - 1] if place else -1
        if place == len(tails):
            tails.append(j)
            chain.append(number)
        else:
            tails[place], chain[place] = j, number
    found = []
    number = chain[-1] if chain else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _as_words(blocks: list[Block]) -> list[Block]:
    """Blocks of runs as blocks of words; a word belongs to the first block that holds it."""
    found: list[Block] = []
    for i, j, length in blocks:
        count = length + RUN - 1
        if found:
            over = max(found[-1][0] + found[-1][2] - i, found[-1][1] + found[-1][2] - j, 0)
            i, j, count = i + over, j + over, count - over  # noqa: PLW2901
        if count > 0:
            found.append((i, j, count))
    return found


def _gaps(covered: list[bool]) -> Iterable[tuple[int, int]]:
    start = None
    for place, is_covered in enumerate([*covered, True]):
        if not is_covered and start is None:
            start = place
        elif is_covered and start is not None:
            yield start, place
            start = None


# -- changes ---------------------------------------------------------------------------------------------------------


def _changes(blocks: list[Block], text: Text, entry: Entry) -> tuple[Change, ...]:
    """What lies between the blocks and is not merely filled in."""
    found = []
    at_i = at_j = 0
    ends = (len(text.words), entry.words, 0)
    for i, j, length in [*blocks, ends]:
        if i > at_i or j > at_j:
            change = _change(at_i, i, at_j, j, text, entry)
            if change is not None:
                found.append(change)
        at_i, at_j = i + length, j + length
    return tuple(found)


def _change(a: int, b: int, c: int, d: int, text: Text, entry: Entry) -> Change | None:
    absent = [place for place in range(c, d) if not any(s <= place < s + n for s, n in entry.spans)]
    if not absent:
        added = _beyond_copyright(a, b, text, entry)
        blank = d > c > 0 and len(added) <= _FILLED and _TURNS.isdisjoint(added)
        if not added or blank:
            return None
    first = min(a, len(text.lines) - 1)
    last = min(max(b - 1, first), len(text.lines) - 1)
    missing = (absent[0], absent[-1] - absent[0] + 1) if absent else None
    return Change(start=a, end=b, at=c, line=text.lines[first], end_line=text.lines[last], missing=missing)


_TITLES = {"mit-0": frozenset({"no", "attribution"})}
"""Words of titles that the ids lack."""
_TURNS = frozenset(
    """no non not never none neither nor only except unless without must shall may can cannot commercial commercially
    personal research academic prohibited forbidden restricted limited exclusively % $ € £ ¥ < > ≥ ≤ =""".split()
)


def _beyond_copyright(a: int, b: int, text: Text, entry: Entry) -> list[str]:
    """The words of a gap that are no copyright line, no page number and no heading."""
    own = entry.id.casefold()
    names = _HEADING | frozenset(re.findall(r"[\d.]*\d|[a-z]+", own)) | _TITLES.get(own, frozenset())
    few_lines = len(set(text.lines)) <= _ONE_LINE
    left: list[str] = []
    for start, end in _line_spans(a, b, text):
        words = text.words[start:end]
        first, last = _line_around(start, text)
        whole = (first, last) == (start, end)
        if _is_copyright(text.words[first:last]) or (whole and (_is_heading(words, names) or _is_page(words))):
            continue
        if start == 0 and (_is_heading(words, names) or (few_lines and _is_heading_and_copyright(words, names))):
            continue
        left += words
    return left


def _line_around(place: int, text: Text) -> tuple[int, int]:
    return bisect_left(text.lines, text.lines[place]), bisect_right(text.lines, text.lines[place])


def _line_spans(a: int, b: int, text: Text) -> Iterable[tuple[int, int]]:
    start = a
    for place in range(a, b):
        if place + 1 == b or text.lines[place + 1] != text.lines[place]:
            yield start, place + 1
            start = place + 1


_RESERVED = ("all", "rights", "reserved")


def _is_copyright(words: Sequence[str]) -> bool:
    words = tuple(words)
    if words == _RESERVED:
        return True
    begins = words[0] in _COPYRIGHT or tuple(words[:2]) == ("portions", "copyright") or words[0] == "c"
    return (
        begins
        and len(words) <= 2 * _FILLED
        and _TURNS.isdisjoint(words)
        and (words[-3:] == _RESERVED or any(word == "c" or re.fullmatch(r"\d{4}", word) for word in words))
    )


def _is_heading(words: Sequence[str], names: frozenset[str]) -> bool:
    return all(word in names or re.fullmatch(r"[\d.]+", word) for word in words) and not all(
        re.fullmatch(r"[\d.]+", word) for word in words
    )


def _is_heading_and_copyright(words: Sequence[str], names: frozenset[str]) -> bool:
    place = next((n for n, word in enumerate(words) if word in _COPYRIGHT), None)
    if place is None:
        return False
    return (place == 0 or _is_heading(words[:place], names)) and _is_copyright(words[place:])


def _is_page(words: Sequence[str]) -> bool:
    return bool(re.fullmatch(r"page \d+(?: of \d+)?", " ".join(words)))
