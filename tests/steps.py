"""A backtracking matcher that counts its steps, so that the growth of an expression is a number and not a time."""

import re
import sys
from functools import cache, reduce
from itertools import product
from re import _constants as sre
from re import _parser

REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)
ALPHABET = [*map(chr, range(9, 14)), *map(chr, range(32, 127)), "\0", "é", "中", "²", "\u017f"]
CATEGORIES = {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s", sre.CATEGORY_NOT_SPACE: r"\S",
              sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W"}  # fmt: skip
FEW = 4
"""What a bounded repeat is cut to: a bound, however high, is no growth."""
TURNS = 12
DEEP = 20_000
"""Calls within calls that a matcher of this kind needs."""
MANY = 10
"""Letters that are tried in pairs."""


class TooManyError(Exception):
    """The matcher was stopped."""


@cache
def _of(category, letter, flags):
    return re.match(CATEGORIES[category], letter, flags & sre.SRE_FLAG_ASCII) is not None


def _same(code, letter, flags):
    return code == ord(letter) or (flags & sre.SRE_FLAG_IGNORECASE and chr(code).lower() == letter.lower())


def _one(node, letter, flags):
    """Whether an element of one letter takes it."""
    kind, value = node
    if kind is sre.LITERAL:
        return _same(value, letter, flags)
    if kind is sre.NOT_LITERAL:
        return not _same(value, letter, flags)
    if kind is sre.ANY:
        return letter != "\n" or bool(flags & sre.SRE_FLAG_DOTALL)
    found = False
    for part, told in value:
        if part is sre.LITERAL:
            found = found or _same(told, letter, flags)
        elif part is sre.RANGE:
            cases = {letter, letter.lower(), letter.upper()} if flags & sre.SRE_FLAG_IGNORECASE else {letter}
            found = found or any(told[0] <= ord(case) <= told[1] for case in cases if len(case) == 1)
        elif part is sre.CATEGORY:
            found = found or _of(told, letter, flags)
    return found != (value[0][0] is sre.NEGATE)


class Steps:
    """One expression, ready to be tried on texts of few different letters."""

    def __init__(self, pattern, few=FEW):
        text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        self.flags = (
            pattern.flags | (0 if isinstance(pattern.pattern, str) else sre.SRE_FLAG_ASCII)
        ) & ~sre.SRE_FLAG_UNICODE
        self.few = few
        self.tree = _parser.parse(text, self.flags)
        self.flags |= self.tree.state.flags
        self.made = self._all(self.tree, self.flags)

    def only(self, tree):
        """The same with nothing but one of its alternatives."""
        self.tree, self.made = tree, self._all(tree, self.flags)
        return self

    def over(self, text, how, most):
        """How many steps the expression takes over a text."""
        self.spans(text, how, most)
        return self.steps

    def spans(self, text, how, most=sys.maxsize):
        """Where the expression matches; behind an empty match, at its place, one that is not empty, as in `finditer`."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), DEEP))
        self.text, self.most, self.steps, self.groups = text, most, 0, {}
        found, at, advances = set(), 0, False
        while at <= len(text):
            ends = []

            def ended(end, at=at, ends=ends, advances=advances):
                fits = end == len(text) if how == "fullmatch" else end > at or not advances
                return fits and not ends.append(end)

            if self.made(at, ended):
                found.add((at, ends[0]))
            if how != "finditer":
                break
            advances = bool(ends) and ends[0] == at
            at = ends[0] if ends else at + 1
        return found

    def _step(self):
        self.steps += 1
        if self.steps > self.most:
            raise TooManyError

    def _all(self, nodes, flags):
        made = [self._node(kind, value, flags) for kind, value in nodes]
        return reduce(_in_turn, reversed(made)) if made else lambda at, then: then(at)

    def _node(self, kind, value, flags):
        if kind in SINGLE:
            return self._letter(kind, value, flags)
        if kind is sre.AT:
            return lambda at, then: self._stands(value, at, flags) and then(at)
        if kind is sre.BRANCH:
            return self._either([self._all(way, flags) for way in value[1]])
        if kind is sre.SUBPATTERN:
            return self._group(value, flags)
        if kind is sre.ATOMIC_GROUP:
            return self._atomic(self._all(value, flags))
        if kind in {sre.ASSERT, sre.ASSERT_NOT}:
            return self._look(kind, value, flags)
        if kind is sre.FAILURE:
            return lambda _at, _then: False
        if kind is sre.GROUPREF:
            return self._again(value)
        assert kind in REPEATS, kind
        if kind is sre.POSSESSIVE_REPEAT:
            return self._atomic(self._repeat(sre.MAX_REPEAT, value, flags))
        return self._repeat(kind, value, flags)

    def _either(self, ways):
        def run(at, then):
            for way in ways:
                self._step()
                if way(at, then):
                    return True
            return False

        return run

    def _takes(self, kind, value, flags):
        told = {}

        def takes(letter):
            if letter not in told:
                told[letter] = bool(_one((kind, value), letter, flags))
            return told[letter]

        return takes

    def _letter(self, kind, value, flags):
        takes = self._takes(kind, value, flags)

        def run(at, then):
            self._step()
            return at < len(self.text) and takes(self.text[at]) and then(at + 1)

        return run

    def _group(self, value, flags):
        number, more, less, nodes = value
        inner = self._all(nodes, (flags | more) & ~less)

        def run(at, then):
            def close(end):
                before, self.groups[number] = self.groups.get(number), self.text[at:end]
                if then(end):
                    return True
                self.groups[number] = before
                return False

            return inner(at, close)

        return run if number is not None else inner

    def _again(self, number):
        def run(at, then):
            held = self.groups.get(number)
            self.steps += len(held or "")
            return held is not None and self.text.startswith(held, at) and then(at + len(held))

        return run

    def _atomic(self, inner):
        def run(at, then):
            ends = []
            return bool(inner(at, lambda end: not ends.append(end)) and then(ends[0]))

        return run

    def _look(self, kind, value, flags):
        direction, nodes = value
        inner, width = self._all(nodes, flags), nodes.getwidth()[0]

        def run(at, then):
            start = at - width if direction < 0 else at
            ends = direction < 0
            seen = start >= 0 and bool(inner(start, lambda end: not ends or end == at))
            return seen == (kind is sre.ASSERT) and then(at)

        return run

    def _repeat(self, kind, value, flags):
        least, most, nodes = value
        if most is not sre.MAXREPEAT and most > self.few:
            least, most = min(least, self.few), self.few
        most = sys.maxsize if most is sre.MAXREPEAT else most
        if len(nodes) == 1 and nodes[0][0] in SINGLE:
            return self._letters(kind, least, most, self._takes(*nodes[0], flags))
        inner = self._all(nodes, flags)

        def run(at, then, count=0):
            self._step()

            def more():
                return count < most and inner(at, lambda end: (end > at or count < least) and run(end, then, count + 1))

            if count < least:
                return more()
            return then(at) or more() if kind is sre.MIN_REPEAT else more() or then(at)

        return run

    def _letters(self, kind, least, most, takes):
        def run(at, then):
            end, text = at, self.text
            last = min(len(text), at + most)
            if kind is sre.MIN_REPEAT:
                while end - at < least or not then(end):
                    self._step()
                    if end >= last or not takes(text[end]):
                        return False
                    end += 1
                return True
            while end < last and takes(text[end]):
                self._step()
                end += 1
            while end - at >= least:
                self._step()
                if then(end):
                    return True
                end -= 1
            return False

        return run

    def _stands(self, where, at, flags):
        text = self.text
        if where in {sre.AT_BEGINNING_STRING, sre.AT_BEGINNING}:
            line = where is sre.AT_BEGINNING and flags & sre.SRE_FLAG_MULTILINE
            return at == 0 or (line and text[at - 1] == "\n")
        if where is sre.AT_END_STRING:
            return at == len(text)
        if where is sre.AT_END:
            return at >= len(text) - (text[-1:] == "\n") or (flags & sre.SRE_FLAG_MULTILINE and text[at] == "\n")
        assert where in {sre.AT_BOUNDARY, sre.AT_NON_BOUNDARY}, where
        sides = [0 <= place < len(text) and _of(sre.CATEGORY_WORD, text[place], flags) for place in (at - 1, at)]
        return (sides[0] != sides[1]) == (where is sre.AT_BOUNDARY)

    def counts(self, attack, how, turns):
        """The steps over an attack of so many turns, twice and four times as many; the highest number where too many."""
        before, pump, behind = attack
        found = []
        for times in (turns, 2 * turns, 4 * turns):
            try:
                found.append(self.over(before + pump * times + behind, how, 400_000))
            except (TooManyError, RecursionError):
                return [*found, *[sys.maxsize] * (3 - len(found))]
        return found

    def letters(self):
        """One letter for each way in which the elements of the expression tell letters apart."""
        singles = {repr(single): single for single in self._singles(self.tree, self.flags)}.values()
        told = {}
        for letter in ALPHABET:
            told.setdefault(tuple(bool(_one(node, letter, flags)) for node, flags in singles), letter)
        return [*told.values()]

    def _singles(self, nodes, flags):
        for kind, value in nodes:
            if kind in SINGLE:
                yield (kind, value), flags
            for part, inner in _parts(kind, value, flags):
                yield from self._singles(part, inner)

    def attacks(self):
        """What to write before, again and again, and behind."""
        letters = self.letters()
        pumps = {("", pump): None for pump in letters}
        for before, bodies in self.unbounded():
            for body in bodies:
                pumps |= {("", body): None, (before, body): None, ("", before + body): None}
            pumps |= {(before, letter): None for letter in letters}
        few = letters[:MANY]
        pumps |= {("", "".join(pair)): None for pair in product(few, few) if pair[0] != pair[1]}
        return [(before, pump, behind) for before, pump in pumps if pump for behind in ("\0", "")]

    def unbounded(self):
        """The repeats without a bound."""
        return self._repeats(self.tree, self.flags, "")

    def _repeats(self, nodes, flags, before):
        """Each repeat without a bound: what leads to it, and what it may repeat."""
        for kind, value in nodes:
            if kind in REPEATS and value[1] is sre.MAXREPEAT:
                yield before, {self._sample(value[2], flags, more) for more in range(3)}
            for part, inner in _parts(kind, value, flags):
                yield from self._repeats(part, inner, before)
            before += self._sample([(kind, value)], flags)

    def _sample(self, nodes, flags, more=0):
        """A short text that the nodes take, looks around left out; `more` of what may be repeated, and other branches."""
        text = ""
        for kind, value in nodes:
            if kind in SINGLE:
                taken = (
                    letter
                    for letter in ("a1 =-"[more:] + "a1 =-", *ALPHABET)
                    for letter in letter
                    if _one((kind, value), letter, flags)
                )
                text += next(taken, chr(value) if kind is sre.LITERAL else "")
            elif kind in REPEATS:
                text += self._sample(value[2], flags, more) * max(min(value[0], FEW), min(more, value[1]))
            elif kind is sre.BRANCH:
                text += self._sample(value[1][-1 if more else 0], flags, more)
            elif kind in {sre.SUBPATTERN, sre.ATOMIC_GROUP}:
                text += "".join(self._sample(part, inner, more) for part, inner in _parts(kind, value, flags))
        return text


def _in_turn(after, first):
    """What comes `after`, behind what comes `first`."""
    return lambda at, then: first(at, lambda end: after(end, then))


def _parts(kind, value, flags):
    """The expressions inside an element, with the flags that hold there."""
    if kind in REPEATS:
        return [(value[2], flags)]
    if kind is sre.SUBPATTERN:
        return [(value[3], (flags | value[1]) & ~value[2])]
    if kind is sre.BRANCH:
        return [(way, flags) for way in value[1]]
    if kind is sre.ATOMIC_GROUP:
        return [(value, flags)]
    return [(value[1], flags)] if kind in {sre.ASSERT, sre.ASSERT_NOT} else []


def grows(pattern, how):
    """An attack over which the steps grow faster than the text, and how fast they do; None where there is none.

    Of alternatives each start takes the steps of all, so that the whole grows as the worst of them does. Without a
    repeat that has no bound none does. Over most attacks half the text shows that each turn takes the steps
    of the one before; where it does not, more is written.
    """
    steps = Steps(pattern)
    ways = steps.tree[0][1][1] if [kind for kind, _ in steps.tree] == [sre.BRANCH] else [steps.tree]
    return next((found for way in ways if (found := _grows(steps.only(way), how)) is not None), None)


def _grows(steps, how):
    if not any(True for _ in steps.unbounded()):
        return None
    for attack in steps.attacks():
        one, two, four = steps.counts(attack, how, TURNS // 2)
        if four - two > 2 * (two - one) + 1:
            one, two, four = counts = steps.counts(attack, how, TURNS)
            if four == sys.maxsize or four - two > 2.2 * (two - one) + 4:
                return *attack, counts
    return None
