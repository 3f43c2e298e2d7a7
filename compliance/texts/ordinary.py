"""Words that licences, terms of services and programs write in small letters, in many languages, as hashes.

`ordinary.bin` holds four bytes of each word's BLAKE2b, in as many sorted parts as there are kinds, behind the number of
words of each; `benchmarks/ordinary_words.py` builds it.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, Literal

SIZE = 4
FILE = Path(__file__).with_name("ordinary.bin")
Kind = Literal[0, 1, 2, 3, 4]
THING: Final = 0
ACT: Final = 1
LINK: Final = 2
WORD: Final = 3
SPOKEN: Final = 4
"""English nouns and adjectives that no clause is made of; English verbs that are nouns as well;
other verbs, adverbs and what binds sentences; all other words of texts; and those that other languages speak often."""


def hashed(word: str) -> bytes:
    """The bytes of a word."""
    return blake2b(word.encode(), digest_size=SIZE).digest()


def is_ordinary(word: str) -> bool:
    """Whether a word, in small letters, is one of sentences rather than of names."""
    return kind(word) in {THING, ACT, LINK, WORD}


@cache
def kind(word: str) -> Kind | None:
    """Which kind of word this is, in small letters; None of names and of what is not known."""
    data, wanted = _data(), hashed(word)
    for number, start, end in _parts():
        low, high = start, end
        while low < high:
            middle = (low + high) // 2
            found = data[middle * SIZE : middle * SIZE + SIZE]
            if found == wanted:
                return number
            low, high = (middle + 1, high) if found < wanted else (low, middle)
    return None


@cache
def _data() -> bytes:
    return FILE.read_bytes()


@cache
def _parts() -> tuple[tuple[Kind, int, int], ...]:
    """The kinds with the places of their words in the file."""
    kinds: tuple[Kind, ...] = (THING, ACT, LINK, WORD, SPOKEN)
    ends = [len(kinds)]
    for number in kinds:
        ends.append(ends[-1] + int.from_bytes(_data()[number * SIZE : number * SIZE + SIZE], "little"))
    return tuple((number, ends[number], ends[number + 1]) for number in kinds)
