"""Words of a copy that stand for others of its document: spellings, list marks, years, names; known by the runs."""

from collections.abc import Iterator, Sequence
from itertools import islice

from compliance.texts.filling import Filling
from compliance.texts.listing import Mark, is_mark, lost, restyled
from compliance.texts.markup import is_blank
from compliance.texts.notices import says_more
from compliance.texts.owners import ADDRESS, BLANK, LONGEST, NAMED, OWNER, USAGE, YEAR, Span
from compliance.texts.spelling import spellings
from compliance.texts.words import RUN, Text, hashed, read

LONGEST_NAME = 14
FILLED = frozenset({OWNER, BLANK, NAMED, ADDRESS})
_TRIES = 200
_SAMPLE = frozenset("signature of moe ghoul ty coon president vice 1 april 1989 1990".split())
_WRITE = ("write", "to", "the", "free", "software", "foundation", "inc")


class Agreement:
    """A text beside a document of which only runs are known: what the document can have in a gap."""

    def __init__(
        self,
        text: Text,
        runs: Sequence[int],
        spans: tuple[Span, ...],
        filling: Filling,
        blanks: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        self.text, self.runs, self.spans, self.filling, self.blanks = text, runs, spans, filling, blanks
        self.count = len(runs) + RUN - 1

    def agree(
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

    def spelt(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether a gap has the document's words in another spelling."""
        tried = spellings(self.text, a, b, d - c)
        lines = self.text.lines
        near = range(lines[max(a - 1, 0)], lines[min(b, len(lines) - 1)] + 1)
        return (
            any(self.agree(a, b, c, d, words) for words in islice(tried, _TRIES))
            or self._signed(a, b, c, d, near)
            or (a == b and self._is_left_blank(c, d, near))
        )

    def _aside(self, near: range) -> list[str]:
        """What stands in angle brackets on lines."""
        return [piece for line, piece in self.text.addresses if self.text.row(line) in near]

    def _is_left_blank(self, c: int, d: int, near: range) -> bool:
        """Whether a gap is where the document has a name, and the text a blank in angle brackets: `<organization>`."""
        inside = any(s <= c and d <= s + n for s, n, kind in self.spans if kind in FILLED)
        return (inside or (c, d) in self.blanks) and any(map(is_blank, self._aside(near)))

    def _signed(self, a: int, b: int, c: int, d: int, near: range) -> bool:
        """Whether a gap has an address in angle brackets, or the sign of copyright for its letter or the other way."""
        words = self.text.words
        if (b - a, d - c) in {(0, 1), (1, 0)}:
            if not a or b >= len(words) or (words[a - 1] != "copyright" and not YEAR.fullmatch(words[b])):
                return False
            written = "".join(self.text.written[near.start - 1 : near.stop - 1]).casefold()
            wanted, other = (("c",), "\u00a9") if a == b else ((), "(c)")
            return other in written and words[a:b] in {(), ("c",)} and self.agree(a, b, c, d, wanted)
        if a < b or not self.text.addresses:
            return False
        found = [read(piece.strip("<>")).words for piece in self._aside(near)]
        return any(self.agree(a, b, c, d, _other(words, way)) for words in found for way in ("http", "https"))

    def begins(self, a: int, counted: Sequence[str], absent: Sequence[int], c: int) -> bool:
        """Whether the words that count begin a gap, and are those that the document has there, spelt otherwise."""
        mine, theirs = len(counted), len(absent)
        if not theirs or absent[-1] != c + theirs - 1 or tuple(counted) != self.text.words[a : a + mine]:
            return False
        tried = spellings(self.text, a, a + mine, theirs)
        return any(self.agree(a, a + mine, c, c + theirs, words, after=0) for words in islice(tried, _TRIES))

    def samples(self, counted: Sequence[str], c: int, d: int) -> bool:
        """Whether a gap has the names of the sample that tells how to apply the text, which the FSF changed."""
        usage = [(s, s + n) for s, n, kind in self.spans if kind == USAGE]
        return (
            "moe" in counted
            and _SAMPLE.issuperset(counted)
            and any(s <= c and d <= e for s, e in usage)
            and d - c <= len(_SAMPLE)
        )

    def written_to(self, a: int, counted: Sequence[str], absent: Sequence[int], c: int) -> bool:
        """Whether an address of the web stands where the document says to which street one writes."""
        if tuple(counted) not in {(), ("see",)} or list(absent) != list(range(c, c + len(_WRITE))):
            return False
        return self.agree(a, a, c, c + len(_WRITE), _WRITE, after=0)

    def marked(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether only list marks differ: a number or letter that begins a line and a sentence."""
        words = self.text.words
        marks = tuple(Mark(place=place, mine=words[place]) for place in range(a, b) if is_mark(place, self.text))
        places = {mark.place for mark in marks}
        kept = tuple(words[place] for place in range(a, b) if place not in places)
        if marks and ((not kept and c == d) or self.agree(a, b, c, d, kept)):
            return marks
        if b == len(words):
            return None
        if kept or d - c != 1:
            return self._unmarked(a, b, c, d) if not marks else None
        mine = words[a] if b > a else None
        for mark in lost(a, self.text) if mine is None else restyled(mine):
            if self.agree(a, b, c, d, (mark,)):
                return (Mark(place=a, theirs=mark, mine=mine),)
        return None

    def _unmarked(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether a gap has the document's words between entries of which each lost its mark."""
        spelt, marks = list[str](), list[Mark]()
        for place in range(a, b + 1):
            tried = ((*spelt, mark) for mark in lost(place, self.text))
            found = next((said for said in tried if self.agree(a, a, c, c + len(said), said, after=0)), None)
            if found is not None:
                marks.append(Mark(place=place, theirs=found[-1]))
            spelt = [*(found or spelt), *self.text.words[place : min(place + 1, b)]]
        return tuple(marks) if marks and self.agree(a, b, c, d, spelt) else None

    def years(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether a list of years goes on for longer in one of the two."""
        words = self.text.words
        if not a or not YEAR.fullmatch(words[a - 1]) or not all(YEAR.fullmatch(word) for word in words[a:b]):
            return False
        last = int(words[a - 1])
        if c == d:
            return any(kind == OWNER and s <= c <= s + n for s, n, kind in self.spans)
        return d - c <= LONGEST and self.agree(a, b, c, d, [str(last + n + 1) for n in range(d - c)])

    def filled(self, a: int, b: int, c: int, d: int) -> tuple[Mark, ...] | None:
        """Whether a gap is a blank that was filled in, with a few words of the document before and after it."""
        inside = [span for span in self.spans if span[2] in FILLED and span[0] < d and span[0] + span[1] > c]
        if len(inside) != 1 or max(d - c, b - a) > LONGEST:
            return None
        first, last, kind = inside[0][0], inside[0][0] + inside[0][1], inside[0][2]
        if kind == OWNER:
            first, last = max(first, c), min(last, d)
        end = b - (d - last)
        if first < c or last > d or (first, last) == (c, d) or end < a or not self._ends(end, b, last, d):
            return None
        for start, marks in self._beginnings(a, c, first, kind):
            if start <= end and end - start <= LONGEST_NAME and self._fills(start, end, kind):
                return marks
        return None

    def _fills(self, start: int, end: int, kind: int) -> bool:
        """Whether words fill in a blank, and the line of an owner states nothing besides."""
        lines = dict.fromkeys(self.text.lines[start:end]) if kind == OWNER else ()
        return not any(says_more(self.text.written[line - 1]) for line in lines) and self.filling.fills(
            self.text.words[start:end], kind
        )

    def _ends(self, a: int, b: int, c: int, d: int) -> bool:
        tried = islice(spellings(self.text, a, b, d - c), _TRIES)
        return c == d or any(self.agree(a, b, c, d, words, before=0) for words in tried)

    def _beginnings(self, a: int, c: int, d: int, kind: int) -> Iterator[tuple[int, tuple[Mark, ...]]]:
        """Where the text goes on after the document's words `c` to `d`, a list mark aside."""
        words, count = self.text.words, d - c
        if not count or self.agree(a, a + count, c, d, words[a : a + count], after=0):
            yield a + count, ()
            return
        if kind == NAMED and count == 1 and self.agree(a, a, c, d, ("of",), after=0):
            yield a, ()  # `the name Acme` for `the name of Acme`
            return
        if is_mark(a, self.text) and self.agree(a, a, c, d, words[a + 1 : a + 1 + count], after=0):
            yield a + 1 + count, (Mark(place=a, mine=words[a]),)
        short = words[a : a + count - 1]
        for mark in lost(a, self.text):
            if self.agree(a, a, c, d, (mark, *short), after=0):
                yield a + count - 1, (Mark(place=a, theirs=mark),)


def _other(words: tuple[str, ...], way: str) -> tuple[str, ...]:
    """An address with the scheme that is wanted."""
    return (way, *words[1:]) if words[:1] in {("http",), ("https",)} else words
