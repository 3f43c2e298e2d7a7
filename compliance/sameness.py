"""What copies of one text may vary without being another text: names, headings, list marks, spelling; nothing else.

Words that the document lacks are known; those that the text lacks are known by their runs alone. A spelling is
therefore put in the place of another and believed where the runs agree.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product

from compliance.owners import CLAUSE, LONGEST, YEAR, is_copyright, is_name
from compliance.words import RUN, Text, hashed

_LONGEST_NAME = 14
_TITLE_LINES = 4
_FEW = 5
_TRIES = 200
_LIST = 2000
"""Lines before a list mark in which the one before it is sought."""
_SHORT = 10
"""Words of a gap in which other spellings are tried."""

_HEADING = frozenset(
    """the a an of and for to in license licence agreement terms version v release date dated last updated effective
    modified on text full file january february march april may june july august september october november december
    md txt conditions notice legal copying eula code software model open source general standard""".split()
)
_KINDS = frozenset("acceptable use policy community public".split())
"""Words of titles that tell one kind of document from another: each has to be one of the document's own title."""
_LEAD = frozenset(
    """this the a an project software program package code library repository work model dataset data module file files
    is are released licensed made available distributed provided covered under terms of following as below reproduced
    conditions by and license licence itself all its""".split()
)
_BLANK = frozenset(
    """one line to give the programs librarys program name and a brief an idea of what it does copyright c year yyyy
    author owner fullname project signature ty coon 51 franklin street st fifth floor 59 temple place suite 330 boston
    ma 02110 1301 02111 1307 675 mass massachusetts ave avenue cambridge 02139 3309 usa""".split()
)
_JOINING = frozenset("of for to in and or".split())
"""Words that make no line and no addition of their own."""
_UNFILLED = frozenset(
    """one line to give the program's name and a brief idea of what it does
    one line to give the program's name and an idea of what it does
    one line to give the library's name and an idea of what it does
    one line to give the library's name and a brief idea of what it does
    year
    name of author
    program
    signature of ty coon""".replace("    ", "").split("\n")
)
"""Blanks that stand in angle brackets, and so are no words, in the document."""
_TITLES = {"mit-0": frozenset({"no", "attribution"})}
"""Words of titles that the ids lack."""
_MARKS = frozenset([*map(str, range(1, 31)), *"abcdefghijklmnopqrstuvwxyz", *"ii iii iv vi vii viii ix".split()])
_FIRST = frozenset("1 a i".split())
_BEFORE = dict(pairwise("i ii iii iv v vi vii viii ix".split()[::-1]))
_HALVES = frozenset("non sub re un world web co pre post multi e per on off over under cross right no".split())
_SPELLINGS = (
    ("https", "http"), ("licence", "license"), ("isation", "ization"), ("ise", "ize"), ("ising", "izing"),
    ("ised", "ized"), ("our", "or"), ("fulfil", "fulfill"), ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"), ("wilful", "willful"), ("labelled", "labeled"), ("modelling", "modeling"),
    ("cancelled", "canceled"), ("centre", "center"), ("programme", "program"), ("sublicensable", "sublicenseable"),
)  # fmt: skip
_OWNERS = ("holder", "holders", "owner", "owners")
_WHOSE = ("its", "any", "other", "the")
_RULE = frozenset("=<>")
"""What lines that part sections are drawn with."""
_DRAWN = 3
_ACRONYM = 4
_PLAIN = re.compile(r"[a-z]*")


class Frame:
    """A text beside a document's runs: whether what lies between two blocks is the same text."""

    def __init__(self, text: Text, runs: Sequence[int], spans: tuple[tuple[int, int], ...], name: str) -> None:
        self.text, self.runs, self.spans = text, runs, spans
        self.count = len(runs) + RUN - 1
        own = frozenset(re.findall(r"\d+(?:\.+\d+)*|[a-z]+", name.casefold()))
        self.names = _HEADING | own | _kinds(own) | _TITLES.get(name.casefold(), frozenset())

    def absent(self, first: int, last: int) -> list[int]:
        """The words of the document in a gap, but for those that copies fill in, or leave out from either end."""
        spans = [(s, s + n) for s, n in self.spans if n <= LONGEST or first <= s + _FEW or s + n <= last]
        return [place for place in range(first, last) if not any(s <= place < e for s, e in spans)]

    def same(self, a: int, b: int, c: int, d: int, *, whole: tuple[int, int]) -> bool:
        """Whether words `a` to `b` of the text stand for words `c` to `d` of the document; `whole` is the part."""
        added = self.beyond(a, b, whole)
        if added and _JOINING.issuperset(added):
            return False
        if not self.absent(c, d) or self._unfilled(added, c, d):
            if not added:
                return True
            in_title = any(s == 0 and c < n for s, n in self.spans)
            known = self.names if in_title else _BLANK if c < d else frozenset()
            if known.issuperset(added) or " ".join(added) in _UNFILLED or (not in_title and self._fits(added, c, d)):
                return True
        if self._years(a, b, c, d) or self._filled(a, b, c, d):
            return True
        return max(b - a, d - c) <= _SHORT and (self._spelt(a, b, c, d) or self._marked(a, b, c, d))

    def _unfilled(self, added: Sequence[str], c: int, d: int) -> bool:
        """Whether the blanks of an appendix, which says how to apply the text, are named otherwise."""
        inside = any(s <= c and d <= s + n for s, n in self.spans if n > LONGEST)
        return inside and d - c <= _SHORT and len(added) >= _DRAWN and _BLANK.issuperset(added)

    def _fits(self, added: Sequence[str], c: int, d: int) -> bool:
        """Whether words can stand where the document leaves a blank or names an owner from word `c` to `d`."""
        blanks = [(s, s + n) for s, n in self.spans if n <= LONGEST]
        covered = all(any(s <= place < e for s, e in blanks) for place in range(c, d))
        return d > c > 0 and covered and len(added) <= _LONGEST_NAME and is_name(added)

    # -- lines that do not count -------------------------------------------------------------------------------------

    def beyond(self, a: int, b: int, whole: tuple[int, int]) -> list[str]:
        """The words of a gap that are no copyright line, no page number and, before the text, no heading."""
        left: list[str] = []
        titles, owners = 0, False
        for start, end in line_spans(a, b, self.text):
            words = self.text.words[start:end]
            if _JOINING.issuperset(words):
                left += words
                continue
            first, last = _line_around(start, self.text)
            first, last = max(first, whole[0]), min(last, whole[1])
            line = self.text.words[first:last]
            owners = is_copyright(line) or (owners and YEAR.match(line[0]) is not None and is_name(line))
            if owners:
                continue
            if (first, last) == (start, end) and (_is_page(words) or self._is_rule(start, words)):
                continue
            if a == whole[0] and titles < _TITLE_LINES and self._is_title(words):
                titles += 1
                continue
            left += words
        return left

    def _is_rule(self, place: int, words: Sequence[str]) -> bool:
        """Whether a line is drawn, not written: three signs or more."""
        return _RULE.issuperset(words) and len(self.text.rows[self.text.lines[place] - 1].strip()) >= _DRAWN

    def _is_title(self, words: Sequence[str]) -> bool:
        """Whether a line before the text is its title, or says that it follows; numbers are the document's own."""
        place = next((n for n, word in enumerate(words) if word == "copyright"), None)
        if place is not None and is_copyright(words[place:]):
            return not place or self._is_title(words[:place])
        rest = [word for word in words if word not in self.names]
        if not rest:
            return True
        rest = [word for word in rest if word not in _LEAD]
        if "under" not in words:
            return False
        after = words[len(words) - 1 - list(reversed(words)).index("under") :]
        return (
            (self.names | _LEAD).issuperset(after)
            and len(rest) <= _FEW
            and CLAUSE.isdisjoint(rest)
            and _PLAIN.fullmatch("".join(rest)) is not None
        )

    def _years(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether a list of years goes on for longer in one of the two."""
        words = self.text.words
        if not a or not YEAR.fullmatch(words[a - 1]) or not all(YEAR.fullmatch(word) for word in words[a:b]):
            return False
        last = int(words[a - 1])
        return c == d or (d - c <= LONGEST and self._agree(a, b, c, d, [str(last + n + 1) for n in range(d - c)]))

    def _filled(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether a gap is a blank that was filled in, with a few words of the document before and after it."""
        inside = [(max(s, c), min(s + n, d)) for s, n in self.spans if s < d and s + n > c]
        if len(inside) != 1 or max(d - c, b - a) > LONGEST or (c, d) in inside:
            return False
        first, last = inside[0]
        end = b - (d - last)
        if end < a or not self._ends(end, b, last, d):
            return False
        return any(
            start <= end and end - start <= _LONGEST_NAME and is_name(self.text.words[start:end])
            for start in self._beginnings(a, c, first)
        )

    def _ends(self, a: int, b: int, c: int, d: int) -> bool:
        tried = islice(self._spellings(a, b, d - c), _TRIES)
        return c == d or any(self._agree(a, b, c, d, words, before=0) for words in tried)

    def _beginnings(self, a: int, c: int, d: int) -> Iterator[int]:
        """Where the text goes on after the document's words `c` to `d`, a list mark aside."""
        words, count = self.text.words, d - c
        if not count or self._agree(a, a + count, c, d, words[a : a + count], after=0):
            yield a + count
            return
        if is_mark(a, self.text) and self._agree(a, a, c, d, words[a + 1 : a + 1 + count], after=0):
            yield a + 1 + count
        short = words[a : a + count - 1]
        if any(self._agree(a, a, c, d, (mark, *short), after=0) for mark in self._lost_marks(a)):
            yield a + count - 1

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
        tried = self._spellings(a, b, d - c)
        return any(self._agree(a, b, c, d, words) for words in islice(tried, _TRIES))

    def _spellings(self, a: int, b: int, wanted: int) -> Iterator[tuple[str, ...]]:
        """Other ways to write words `a` to `b` in as many words as are wanted."""
        words = self.text.words[a:b]
        if len(words) == wanted:
            ways = [
                _others(self.text.words[place], self.text.words[max(place - 2, 0) : place]) for place in range(a, b)
            ]
            yield from islice(product(*ways), _TRIES // 2)
        for place, (one, two) in enumerate(pairwise(words)):
            if one in _HALVES or (one, two) in self.text.hyphened:
                yield (*words[:place], one + two, *words[place + 2 :])
        for place, word in enumerate(words):
            for half in _HALVES:
                if word.startswith(half) and len(word) > len(half) + 1:
                    yield (*words[:place], half, word[len(half) :], *words[place + 1 :])

    def _marked(self, a: int, b: int, c: int, d: int) -> bool:
        """Whether only list marks differ: a number or letter that begins a line and a sentence."""
        kept = tuple(self.text.words[place] for place in range(a, b) if not is_mark(place, self.text))
        counted = all(_follows(place, self.text) for place in range(a, b) if is_mark(place, self.text))
        if counted and len(kept) < b - a and ((not kept and c == d) or self._agree(a, b, c, d, kept)):
            return True
        if kept or d - c != 1 or b == len(self.text.words):
            return False
        marks = self._lost_marks(a) if a == b else _same_mark(self.text.words[a])
        return any(self._agree(a, b, c, d, (mark,)) for mark in marks)

    def _lost_marks(self, place: int) -> frozenset[str]:
        """The marks that a list entry can have had; `a` and `i` are words as well, unless a colon is before them."""
        end = _before_entry(place, self.text)
        return _MARKS if end == ":" else _MARKS - {"a", "i"} if end else frozenset()


def _kinds(own: frozenset[str]) -> frozenset[str]:
    """The words of a title that an id stands for, by their initials or by what goes with them."""
    initials = {letter for word in own if len(word) <= _ACRONYM for letter in word}
    kinds = {word for word in _KINDS if word[0] in initials}
    if "policy" in own:
        kinds |= {"acceptable", "use"}
    if own & {"nc", "noncommercial"}:
        kinds.add("nc")
    if own & {"community", "model", "rail", "openrail", "llama", "gemma", "qwen", "deepseek"}:
        kinds.add("community")
    return frozenset(kinds)


def _same_mark(mark: str) -> tuple[str, ...]:
    """`a` for 1 and 1 for `a`: lists are lettered in one copy and numbered in another."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    if mark.isdigit():
        return (letters[int(mark) - 1],) if 1 <= int(mark) <= len(letters) else ()
    return (str(letters.index(mark) + 1),) if len(mark) == 1 else ()


def _others(word: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """Spellings of a word that mean the same after the two words before it."""
    if word in _OWNERS and before[-1:] == ("copyright",):
        return _OWNERS
    if word in _WHOSE and before == ("names", "of"):
        return _WHOSE
    found = [word]
    for one, two in _SPELLINGS:
        for old, new in ((one, two), (two, one)):
            if old in word and word.replace(old, new) not in found:
                found.append(word.replace(old, new))
    return tuple(found)


def is_mark(place: int, text: Text) -> bool:
    """Whether a word is the number or letter of a list entry: it begins its line, and a sentence ended before."""
    word = text.words[place]
    if word not in _MARKS or not _before_entry(place, text):
        return False
    row = text.rows[text.lines[place] - 1]
    return re.match(rf"[^\w\n]*{re.escape(word)}\s?[.):]\W*\w", row) is not None


def _follows(place: int, text: Text) -> bool:
    """Whether a mark is the first of its list or comes after the one before it, as 3 after 2."""
    mark = text.words[place]
    if mark in _FIRST:
        return True
    before = str(int(mark) - 1) if mark.isdigit() else _BEFORE.get(mark, chr(ord(mark[0]) - 1))
    begins = re.compile(rf"[^\w\n]*{re.escape(before)}\s?[.):]")
    line = text.lines[place] - 1
    return any(begins.match(row) for row in text.rows[max(line - _LIST, 0) : line])


def _before_entry(place: int, text: Text) -> str:
    """What ends the sentence before a word that begins a line; empty where it begins none, or no sentence ended."""
    if place == 0 or text.lines[place] == text.lines[place - 1]:
        return ""
    before = text.rows[text.lines[place - 1] - 1 : text.lines[place] - 1]
    match = re.search(r"([.;:,]|\band|\bor)\W*$", before[0])
    return match[1] if match else "blank" if any(not re.search(r"\w", row) for row in before[1:]) else ""


def _is_page(words: Sequence[str]) -> bool:
    return re.fullmatch(r"page \d+(?: of \d+)?", " ".join(words)) is not None


def _line_around(place: int, text: Text) -> tuple[int, int]:
    return bisect_left(text.lines, text.lines[place]), bisect_right(text.lines, text.lines[place])


def line_spans(a: int, b: int, text: Text) -> Iterator[tuple[int, int]]:
    """The words from `a` to `b`, line by line."""
    start = a
    for place in range(a, b):
        if place + 1 == b or text.lines[place + 1] != text.lines[place]:
            yield start, place + 1
            start = place + 1
