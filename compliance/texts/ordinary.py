"""Words that licences, terms of services and programs write in small letters, in many languages, as hashes.

`ordinary.bin` holds four bytes of each word's BLAKE2b, sorted; `benchmarks/ordinary_words.py` builds it.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path

SIZE = 4
FILE = Path(__file__).with_name("ordinary.bin")


def hashed(word: str) -> bytes:
    """The bytes of a word."""
    return blake2b(word.encode(), digest_size=SIZE).digest()


@cache
def is_ordinary(word: str) -> bool:
    """Whether a word, in small letters, is one of sentences rather than of names."""
    data, wanted = _data(), hashed(word)
    low, high = 0, len(data) // SIZE
    while low < high:
        middle = (low + high) // 2
        found = data[middle * SIZE : middle * SIZE + SIZE]
        if found == wanted:
            return True
        low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False


@cache
def _data() -> bytes:
    return FILE.read_bytes()
