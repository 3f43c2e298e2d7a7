"""What copies of one text may vary without being another text: names, headings, list marks, spelling; nothing else.

Words that the document lacks are known; those that the text lacks are known by their runs alone. A spelling is
therefore put in the place of another and believed where the runs agree, and what copies leave out is left out whole.
"""

from collections.abc import Sequence
from functools import cached_property

from compliance.texts.agreeing import FILLED, LONGEST_NAME, Agreement
from compliance.texts.aligning import Block
from compliance.texts.around import JOINING, Around
from compliance.texts.filling import Filling, is_unfilled
from compliance.texts.headings import Heading
from compliance.texts.library import Entry
from compliance.texts.listing import Mark, is_mark, lost, restyled
from compliance.texts.notices import is_copyright
from compliance.texts.owners import ADDRESS, EITHER, LEFT_OUT, NAMED, OWNER, TITLE, USAGE, Span
from compliance.texts.owning import says_whose
from compliance.texts.wordings import ANY, worded
from compliance.texts.words import RUN, Text, hashed, line_spans

_HEADING_LINES = 8
"""Lines before the body of a text among which its heading is sought."""
_SHORT = 10
"""Words of a gap in which other spellings are tried."""
_SLIDE = 8
_WHOLE = frozenset({TITLE, USAGE, LEFT_OUT, ADDRESS})
"""What copies leave out whole, or not at all."""
_RULED = int.from_bytes(hashed(("=",) * RUN), "little")
"""The run of a drawn line."""


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
        named = frozenset(
            (w.first, w.first + w.count) for w in self.wordings if len(w.slots) == 1 and ANY in w.slots[0]
        )
        self.agreement = Agreement(text, runs, entry.spans, self.filling, named)
        self._blocks = blocks

    @cached_property
    def around(self) -> Around:
        """The lines that do not count."""
        opening = next((i for i, _, n in self._blocks if n > LONGEST_NAME), self.whole[1] * (self.whole[0] >= 0))
        return Around(self.text, self.heading, self.filling, self.whole, opening, self.is_notice)

    def is_notice(self, words: Sequence[str]) -> bool:
        """Whether words are of the notice that the document itself says to put on works; none are where it has one."""
        said = ["http" if word == "https" else word for word in words]
        own = (tuple(said[n : n + RUN]) for n in range(len(said) - RUN + 1))
        return bool(self._notice) and all(int.from_bytes(hashed(run), "little") in self._notice for run in own)

    @cached_property
    def _notice(self) -> frozenset[int]:
        usage = [(s, s + n) for s, n, kind in self.spans if kind == USAGE]
        return frozenset(self.runs[usage[0][0] : usage[-1][1] - RUN + 1]) if usage else frozenset()

    def absent(self, first: int, last: int) -> list[int]:
        """The words of the document in a gap, but for those that copies leave out: owners, and whole lines."""
        spans = [
            (s, s + n)
            for s, n, kind in self.spans
            if kind in {OWNER, EITHER} or (kind in _WHOLE and first <= s and s + n <= last)
        ]
        left = [place for place in range(first, last) if not any(s <= place < e for s, e in spans)]
        if len(left) < RUN:
            return left
        ruled = {n + i for n in range(first, last - RUN + 1) if self.runs[n] == _RULED for i in range(RUN)}
        return [place for place in left if place not in ruled]

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
        otherwise = self._worded(a, b, c, d) if self.wordings else None
        if otherwise is not None:
            return otherwise
        if a < b and c == d and self.around.is_address(a, b):
            return ()  # the document has it in angle brackets
        counted = added = self.around.counted(a, b)
        absent = self.absent(c, d) if added else self.absent(self._of_owner(a, c), d)
        if self.heading.lines and c <= self.heading.end:
            if c < self.heading.end and not self.heading.whole(c, d, self._rows):
                return None
            absent = [place for place in absent if place >= self.heading.end]
            added = self._beside_heading(a, b, added)
        if added and JOINING.issuperset(added):
            return () if (b - a, d - c) == (1, 0) and self.around.and_sign(a) else None
        if not absent and (not added or self._unfilled(added, c, d) or self._is_appendix(added, c)):
            return ()
        if (self._fits(added, c, d) and not self.around.says_more(a, b)) or self.agreement.years(a, b, c, d):
            return ()
        filled = self.agreement.filled(a, b, c, d)
        return self._other(a, b, c, d, counted) if filled is None else filled

    def _worded(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether a gap has another wording that is known, behind the document's list mark, another or none."""
        if worded(self.text, self.runs, self.wordings, (a, b, c, d), self.whole, self._names):
            return ()
        if not any(wording.first == c + 1 for wording in self.wordings):
            return None
        mine = self.text.words[a] if a < b and is_mark(a, self.text) else None
        begin = a if mine is None else a + 1
        if not worded(self.text, self.runs, self.wordings, (begin, b, c + 1, d), self.whole, self._names):
            return None
        tried = lost(a, self.text) if mine is None else (mine, *restyled(mine))
        for mark in tried:
            if self.agreement.agree(a, a, c, c + 1, (mark,), after=0):
                return () if mark == mine else (Mark(place=a, theirs=mark, mine=mine),)
        return None

    def _of_owner(self, a: int, c: int) -> int:
        """Where the line of an owner began in the document, of which the text has the first words and another owner."""
        first = self.around.line(a)[0] if a < self.whole[1] else a
        begins = [s for s, n, kind in self.spans if kind == LEFT_OUT and s < c < s + n and c - s <= a - first]
        return begins[0] if begins and says_whose(self.text.written[self.text.lines[a] - 1]) else c

    def _other(self, a: int, b: int, c: int, d: int, counted: Sequence[str]) -> tuple[Mark, ...] | None:
        """Whether a gap has the document's words between lines that do not count, or is spelt or marked otherwise."""
        if a == b and any(self.agreement.agree(a, b, c, d, row) for row in self._rows):
            return ()  # a heading that the document has again
        if self.agreement.samples(counted, c, d) or self.agreement.written_to(a, counted, self.absent(c, d), c):
            return ()
        absent = self.absent(c, d)
        some = counted and (len(counted) < b - a or len(absent) < d - c)
        if some and (self.agreement.agree(a, b, c, d, counted) or self.agreement.begins(a, counted, absent, c)):
            return ()
        if max(b - a, d - c) > _SHORT:
            return None
        return () if self.agreement.spelt(a, b, c, d) else self.agreement.marked(a, b, c, d)

    @cached_property
    def _body(self) -> int:
        """The word of the text with which the body begins."""
        end = self.heading.end
        i, j, _ = next(block for block in (*self._blocks, (self.whole[1], self.count, 0)) if sum(block[1:]) >= end)
        return i + max(end - j, 0)

    @cached_property
    def _rows(self) -> list[tuple[str, ...]]:
        """The lines before the body of the text that say nothing of owners."""
        spans = list(line_spans(self.whole[0], self._body, self.text))[-_HEADING_LINES:]
        rows = [(self.text.words[start:stop], self.text.written[self.text.lines[start] - 1]) for start, stop in spans]
        return [words for words, row in rows if not is_copyright(words, row)]

    def _beside_heading(self, a: int, b: int, added: list[str]) -> list[str]:
        """The words of a gap that are in no line which is the heading otherwise."""
        if not added or (
            not any(self.heading.states(row) for row in self._rows) and not self.heading.known(self._rows)
        ):
            return added
        left: list[str] = []
        for start, end in line_spans(a, b, self.text):
            first, last = self.around.line(start)
            row = self.text.words[first:last]
            if not (self.heading.states(row) or (self.heading.known(self._rows) and row in self._rows)):
                left += self.around.counted(start, end)
        return left

    def _unfilled(self, added: Sequence[str], c: int, d: int) -> bool:
        """Whether words are a blank that stands in angle brackets, and so is no word, in the document."""
        return is_unfilled(added) and any(
            d in {s, s + n} or c in {s, s + n} for s, n, kind in self.spans if kind in {OWNER, USAGE}
        )

    def _is_appendix(self, added: Sequence[str], c: int) -> bool:
        """Whether what tells how to apply the text is only called an appendix, as older copies of the GPL do."""
        return tuple(added) == ("appendix",) and any(s <= c < s + n for s, n, kind in self.spans if kind == USAGE)

    def _fits(self, added: Sequence[str], c: int, d: int) -> bool:
        """Whether words can stand where the document leaves a blank or names an owner from word `c` to `d`."""
        inside = [span for span in self.spans if span[0] < d and span[0] + span[1] > c]
        blanks = [span for span in inside if span[2] in FILLED]
        covered = all(any(s <= place < s + n for s, n, _ in blanks) for place in range(c, d))
        if not d > c > 0 or not covered or not added or len(added) > LONGEST_NAME:
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
