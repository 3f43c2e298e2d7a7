"""Other ways to write the same words: British and American spelling, joined and parted words, owners by other names."""

from collections.abc import Iterator
from itertools import islice, pairwise, product

from compliance.texts.words import Text

_LONG = 3
"""Letters before an ending that is written in two ways: `colour`, but not `four`."""
_TRIES = 100
_HALVES = frozenset("non sub re un world web co pre post multi e per on off over under cross right no".split())
_ENDINGS = (("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("our", "or"))
_SPELLINGS = (
    ("https", "http"), ("licence", "license"), ("fulfil", "fulfill"), ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"), ("wilful", "willful"), ("labelled", "labeled"), ("modelling", "modeling"),
    ("cancelled", "canceled"), ("centre", "center"), ("programme", "program"), ("sublicensable", "sublicenseable"),
)  # fmt: skip
_ABBREVIATED = {("apache", "2.0"): ("alv", "2"), ("alv", "2"): ("apache", "2.0")}
_OWNERS = ("holder", "holders", "owner", "owners")
_WHOSE = ("its", "any", "other", "the")


def spellings(text: Text, a: int, b: int, wanted: int) -> Iterator[tuple[str, ...]]:
    """Other ways to write words `a` to `b` in as many words as are wanted."""
    words = text.words[a:b]
    if len(words) == wanted:
        ways = [_others(text.words[place], text.words[max(place - 2, 0) : place]) for place in range(a, b)]
        yield from islice(product(*ways), _TRIES)
    joined = _joined(words, text.hyphened)
    if len(joined) == wanted:
        yield joined
    for place, (one, two) in enumerate(pairwise(words)):
        if (one, two) in _ABBREVIATED:
            yield (*words[:place], *_ABBREVIATED[one, two], *words[place + 2 :])
        if one in _HALVES or two == "s" or (one, two) in text.hyphened:
            yield (*words[:place], one + two, *words[place + 2 :])
    for place, word in enumerate(words):
        if word.endswith("s"):
            yield (*words[:place], word[:-1], "s", *words[place + 1 :])  # where a mark stands before the apostrophe
        for half in _HALVES:
            if word.startswith(half) and len(word) > len(half) + 1:
                yield (*words[:place], half, word[len(half) :], *words[place + 1 :])


def _joined(words: tuple[str, ...], hyphened: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """The words with every pair that was parted at the end of a line as one."""
    found: list[str] = []
    for word in words:
        if found and (word == "s" or (found[-1], word) in hyphened):
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def _others(word: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """Spellings of a word that mean the same after the two words before it."""
    if word in _OWNERS and before[-1:] == ("copyright",):
        return _OWNERS
    if word in _WHOSE and before == ("names", "of"):
        return _WHOSE
    found = [word]
    for pairs, least in ((_SPELLINGS, 0), (_ENDINGS, _LONG)):
        for one, two in pairs:
            for old, new in ((one, two), (two, one)):
                if word.find(old) >= least and (other := word.replace(old, new)) not in found:
                    found.append(other)
    return tuple(found)
