"""What copies of one text may vary without being another text: names, headings, list marks, spelling; nothing else.

Words that the document lacks are known; those that the text lacks are known by their runs alone. A spelling is
therefore put in the place of another and believed where the runs agree, and what copies leave out is left out whole.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from compliance.aligning import Block
from compliance.filling import Filling, is_unfilled
from compliance.headings import Heading
from compliance.library import Entry
from compliance.listing import Mark, is_mark, lost, restyled
from compliance.owners import (
    ADDRESS,
    BLANK,
    EITHER,
    LEFT_OUT,
    LONGEST,
    NAMED,
    OWNER,
    TITLE,
    USAGE,
    YEAR,
    Span,
    is_copyright,
    is_name,
)
from compliance.spelling import spellings
from compliance.wordings import worded
from compliance.words import RUN, Text, hashed, line_spans

_LONGEST_NAME = 14
_TITLE_LINES = 4
_HEADING_LINES = 8
"""Lines before the body of a text among which its heading is sought."""
_TRIES = 200
_SHORT = 10
"""Words of a gap in which other spellings are tried."""
_SLIDE = 8
_FEW = 5
"""Words of the heading of a section."""
_FILLED = frozenset({OWNER, BLANK, NAMED, ADDRESS})

_JOINING = frozenset("of for to in and or".split())
"""Words that make no line and no addition of their own."""
_RULE = frozenset("=<>")
"""What lines that part sections are drawn with."""
_DRAWN = 3


class Frame:
    """A text beside a document's runs: whether what lies between two blocks is the same text.

    `whole` is the part of the text in which the document is sought, `blocks` what both have.
    """

    def __init__(
        self, text: Text, runs: Sequence[int], entry: Entry, whole: tuple[int, int], blocks: Sequence[Block] = ()
    ) -> None:
        self.text, self.runs, self.spans, self.whole = text, runs, entry.spans, whole
        self.count = len(runs) + RUN - 1
        self.heading = Heading(entry.spans, entry.title, entry.id)
        self.filling = Filling(text, entry.spans, self.heading.common)
        self.wordings = entry.wordings
        self._blocks = blocks

    def absent(self, first: int, last: int) -> list[int]:
        """The words of the document in a gap, but for those that copies leave out: owners, and whole lines."""
        spans = [
            (s, s + n)
            for s, n, kind in self.spans
            if kind in {OWNER, EITHER} or (kind in {TITLE, USAGE, LEFT_OUT} and first <= s and s + n <= last)
        ]
        return [place for place in range(first, last) if not any(s <= place < e for s, e in spans)]

    def same(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether words `a` to `b` of the text stand for words `c` to `d` of the document, given list marks or none."""
        for shift in range(_SLIDE if a == b or c == d else 1):
            if shift and not (self._slides(a, c, d, shift) if a == b else self._repeats(a, b, c, shift)):
                break
            found = self._same(a - shift, b - shift, c - shift, d - shift)
            if found is not None:
                return found
        return None

    def _slides(self, a: int, c: int, d: int, shift: int) -> bool:
        """Whether words that are missing could as well be those that stand `shift` words before them."""
        mine = self.text.runs
        return shift <= min(a, c) and a - shift < len(mine) and d - shift < len(self.runs) and (
            mine[a - shift] == self.runs[d - shift]
        )  # fmt: skip

    def _repeats(self, a: int, b: int, c: int, shift: int) -> bool:
        """Whether words that were added could as well be those that stand `shift` words before them."""
        return shift <= min(a - self.whole[0], c) and self.text.words[a - shift] == self.text.words[b - shift]

    def _same(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        if self.wordings and worded(self.text, self.runs, self.wordings, (a, b, c, d), self.whole, self._names):
            return ()
        added = self.beyond(a, b)
        absent = self.absent(c, d)
        if self.heading.lines and c <= self.heading.end:
            if c < self.heading.end and not self.heading.whole(c, d, self._rows):
                return None
            absent = [place for place in absent if place >= self.heading.end]
            added = self._beside_heading(a, b, added)
        if added and _JOINING.issuperset(added):
            return () if (b - a, d - c) == (1, 0) and self._and_sign(a) else None
        if not absent and (not added or self._unfilled(added, c, d)):
            return ()
        if self._fits(added, c, d) or self._years(a, b, c, d):
            return ()
        filled = self._filled(a, b, c, d)
        return self._other(a, b, c, d) if filled is None else filled

    def _other(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether a short gap is spelt otherwise, or has other list marks."""
        if max(b - a, d - c) > _SHORT:
            return None
        return () if self._spelt(a, b, c, d) else self._marked(a, b, c, d)

    # -- the heading -------------------------------------------------------------------------------------------------

    @cached_property
    def _body(self) -> int:
        """The word of the text with which the body begins."""
        end = self.heading.end
        i, j, _ = next(block for block in (*self._blocks, (self.whole[1], self.count, 0)) if sum(block[1:]) >= end)
        return i + max(end - j, 0)

    @cached_property
    def _opening(self) -> int:
        """The word of the text with which it goes on as the document for a while."""
        return next((i for i, _, count in self._blocks if count > _LONGEST_NAME), self.whole[1] * (self.whole[0] >= 0))

    @cached_property
    def _rows(self) -> list[tuple[str, ...]]:
        """The lines before the body of the text that say nothing of owners."""
        rows = [self.text.words[start:stop] for start, stop in line_spans(self.whole[0], self._body, self.text)]
        return [row for row in rows[-_HEADING_LINES:] if not is_copyright(row)]

    def _beside_heading(self, a: int, b: int, added: list[str]) -> list[str]:
        """The words of a gap that are in no line which is the heading otherwise."""
        if not added or (
            not any(self.heading.states(row) for row in self._rows) and not self.heading.known(self._rows)
        ):
            return added
        left: list[str] = []
        for start, end in line_spans(a, b, self.text):
            first, last = self._line(start)
            row = self.text.words[first:last]
            if not (self.heading.states(row) or (self.heading.known(self._rows) and row in self._rows)):
                left += self.beyond(start, end)
        return left

    def _line(self, place: int) -> tuple[int, int]:
        lines = self.text.lines
        first, last = bisect_left(lines, lines[place]), bisect_right(lines, lines[place])
        return max(first, self.whole[0]), min(last, self.whole[1])

    # -- blanks ------------------------------------------------------------------------------------------------------

    def _unfilled(self, added: Sequence[str], c: int, d: int) -> bool:
        """Whether words are a blank that stands in angle brackets, and so is no word, in the document."""
        return is_unfilled(added) and any(
            d in {s, s + n} or c in {s, s + n} for s, n, kind in self.spans if kind in {OWNER, USAGE}
        )

    def _fits(self, added: Sequence[str], c: int, d: int) -> bool:
        """Whether words can stand where the document leaves a blank or names an owner from word `c` to `d`."""
        inside = [span for span in self.spans if span[0] < d and span[0] + span[1] > c]
        blanks = [span for span in inside if span[2] in _FILLED]
        covered = all(any(s <= place < s + n for s, n, _ in blanks) for place in range(c, d))
        if not d > c > 0 or not covered or not added or len(added) > _LONGEST_NAME:
            return False
        return all(self._fills(added, span, c, d) for span in blanks)

    def _fills(self, added: Sequence[str], span: Span, c: int, d: int) -> bool:
        """Whether words fill in a span of which the gap from `c` to `d` leaves what is before and after."""
        before, after = self._document(span[0], c), self._document(d, span[0] + span[1])
        return before is not None and after is not None and self.filling.fills(added, span[2], before, after)

    def _names(self, words: Sequence[str]) -> bool:
        return self.filling.fills(words, NAMED)

    def _document(self, first: int, last: int) -> tuple[str, ...] | None:
        """Words of the document that the text has, where the blocks show them."""
        if last <= first:
            return ()
        block = next(((i, j) for i, j, n in self._blocks if j <= first and last <= j + n), None)
        return None if block is None else self.text.words[block[0] + first - block[1] : block[0] + last - block[1]]

    # -- lines that do not count -------------------------------------------------------------------------------------

    def beyond(self, a: int, b: int) -> list[str]:
        """The words of a gap that are no copyright line, no page number and, before the text, no heading."""
        left: list[str] = []
        titles, owners = 0, False
        for start, end in line_spans(a, b, self.text):
            words = self.text.words[start:end]
            if _JOINING.issuperset(words):
                left += words
                continue
            first, last = self._line(start)
            line = self.text.words[first:last]
            owners = is_copyright(line) or (owners and YEAR.match(line[0]) is not None and is_name(line))
            if owners:
                continue
            if (first, last) == (start, end):
                if _is_page(words) or self._is_rule(start, words):
                    continue
                row, alone = self._row(start)
                if a == self.whole[0] and titles < _TITLE_LINES and self.heading.is_title(words, row, alone=alone):
                    titles += 1
                    continue
                if (start < self._opening or b == self.whole[1]) and self.filling.signs(row):
                    continue
            if start < self._opening and self.heading.leads_in(line):
                continue
            left += words
        return left

    def _row(self, place: int) -> tuple[str, bool]:
        """The line of a word as it was written, and whether it is a paragraph."""
        rows, number = self.text.rows, self.text.lines[place]
        return rows[number - 1], not "".join(
            (*rows[max(number - 2, 0) : number - 1], *rows[number : number + 1])
        ).strip()

    def _and_sign(self, a: int) -> bool:
        """Whether a word is the `and` of a heading, where the document may have `&`."""
        first, last = self._line(a)
        number = self.text.lines[a]
        begins = number == 1 or not self.text.rows[number - 2].strip()
        return begins and self.text.words[a] == "and" and first < a < last - 1 and last - first <= _FEW

    def _is_rule(self, place: int, words: Sequence[str]) -> bool:
        """Whether a line is drawn, not written: three signs or more."""
        return _RULE.issuperset(words) and len(self.text.rows[self.text.lines[place] - 1].strip()) >= _DRAWN

    def _years(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether a list of years goes on for longer in one of the two."""
        words = self.text.words
        if not a or not YEAR.fullmatch(words[a - 1]) or not all(YEAR.fullmatch(word) for word in words[a:b]):
            return False
        last = int(words[a - 1])
        if c == d:
            return any(kind == OWNER and s <= c <= s + n for s, n, kind in self.spans)
        return d - c <= LONGEST and self._agree(a, b, c, d, [str(last + n + 1) for n in range(d - c)])

    def _filled(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether a gap is a blank that was filled in, with a few words of the document before and after it."""
        inside = [span for span in self.spans if span[2] in _FILLED and span[0] < d and span[0] + span[1] > c]
        if len(inside) != 1 or max(d - c, b - a) > LONGEST:
            return None
        first, last, kind = inside[0][0], inside[0][0] + inside[0][1], inside[0][2]
        if kind == OWNER:
            first, last = max(first, c), min(last, d)
        end = b - (d - last)
        if first < c or last > d or (first, last) == (c, d) or end < a or not self._ends(end, b, last, d):
            return None
        for start, marks in self._beginnings(a, c, first, kind):
            if start <= end and end - start <= _LONGEST_NAME and self.filling.fills(self.text.words[start:end], kind):
                return marks
        return None

    def _ends(self, a: int, b: int, c: int, d: int) -> bool:
        tried = islice(spellings(self.text, a, b, d - c), _TRIES)
        return c == d or any(self._agree(a, b, c, d, words, before=0) for words in tried)

    def _beginnings(self, a: int, c: int, d: int, kind: int) -> Iterator[tuple[int, tuple[Mark, ...]]]:
        """Where the text goes on after the document's words `c` to `d`, a list mark aside."""
        words, count = self.text.words, d - c
        if not count or self._agree(a, a + count, c, d, words[a : a + count], after=0):
            yield a + count, ()
            return
        if kind == NAMED and count == 1 and self._agree(a, a, c, d, ("of",), after=0):
            yield a, ()  # `the name Acme` for `the name of Acme`
            return
        if is_mark(a, self.text) and self._agree(a, a, c, d, words[a + 1 : a + 1 + count], after=0):
            yield a + 1 + count, (Mark(place=a, mine=words[a]),)
        short = words[a : a + count - 1]
        for mark in lost(a, self.text):
            if self._agree(a, a, c, d, (mark, *short), after=0):
                yield a + count - 1, (Mark(place=a, theirs=mark),)

    # -- other spellings, believed where the runs agree --------------------------------------------------------------

    def _agree(
        self, a: int, b: int, c: int, d: int, words: Sequence[str], *, before: int = RUN - 1, after: int = RUN - 1
    ) -> bool:
        """Whether the document has exactly these words in the gap, by the runs that hold them and those around."""
        if len(words) != d - c:
            return False
        before = min(before, a, c)
        after = min(after, len(self.text.words) - b, self.count - d)
        spelt = (*self.text.words[a - before : a], *words, *self.text.words[b : b + after])
        if len(spelt) < RUN:
            return False
        own = [int.from_bytes(hashed(spelt[n : n + RUN]), "little") for n in range(len(spelt) - RUN + 1)]
        return own == list(self.runs[c - before : c - before + len(own)])

    def _spelt(self, a: int, b: int, c: int, d: int) -> bool:
        tried = spellings(self.text, a, b, d - c)
        return any(self._agree(a, b, c, d, words) for words in islice(tried, _TRIES))

    def _marked(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether only list marks differ: a number or letter that begins a line and a sentence."""
        words = self.text.words
        marks = tuple(Mark(place=place, mine=words[place]) for place in range(a, b) if is_mark(place, self.text))
        places = {mark.place for mark in marks}
        kept = tuple(words[place] for place in range(a, b) if place not in places)
        if marks and ((not kept and c == d) or self._agree(a, b, c, d, kept)):
            return marks
        if kept or d - c != 1 or b == len(words):
            return None
        mine = words[a] if b > a else None
        for mark in lost(a, self.text) if mine is None else restyled(mine):
            if self._agree(a, b, c, d, (mark,)):
                return (Mark(place=a, theirs=mark, mine=mine),)
        return None


def _is_page(words: Sequence[str]) -> bool:
    return re.fullmatch(r"page \d+(?: of \d+)?", " ".join(words)) is not None
