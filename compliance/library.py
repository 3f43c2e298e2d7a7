"""All fingerprints in one file: which documents have the words of a text, and which are near.

Little-endian throughout: the magic `MCLB1`, three zero bytes, the length of a MessagePack head, the head, then three
arrays of 32-bit numbers: the runs of every document one after the other, and the sorted sample that finds candidates
(run hashes, and beside each the number of its document).
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec

from compliance import fingerprint
from compliance.files import keep
from compliance.fingerprint import Fingerprint, Text
from compliance.model import InputError, Struct

MAGIC = b"MCLB1\0\0\0"
SAMPLE = 8
SHORT = 300
"""Documents of fewer runs are sampled whole: one in eight would leave too few."""
CANDIDATES = 24


class Entry(Struct, frozen=True):
    """A document of the library: where its runs are, and the spans that copies fill in or leave out."""

    id: str
    digest: bytes
    start: int
    count: int
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> int:
        """How many words the text has."""
        return self.count + fingerprint.RUN - 1


class Head(Struct, frozen=True):
    """What opening reads."""

    entries: tuple[Entry, ...]
    total: int
    sampled: int


class Library:
    """A compiled library in memory."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise ValueError("not a library of fingerprints")
        size = int.from_bytes(data[8:12], "little")
        self.head = msgspec.msgpack.decode(data[12 : 12 + size], type=Head)
        numbers = memoryview(data)[12 + size + -size % 4 :].cast("I")
        if len(numbers) != self.head.total + 2 * self.head.sampled:
            raise ValueError("a library of fingerprints that is damaged")
        self._runs = numbers[: self.head.total]
        self._hashes = numbers[self.head.total : self.head.total + self.head.sampled]
        self._owners = numbers[self.head.total + self.head.sampled :]
        self._digests: dict[bytes, list[Entry]] = {}
        for entry in self.head.entries:
            self._digests.setdefault(entry.digest, []).append(entry)

    def same(self, text: Text) -> list[Entry]:
        """The documents that have exactly these words."""
        return self._digests.get(text.digest, [])

    def runs(self, entry: Entry) -> memoryview:
        """The run hashes of a document, in order."""
        return self._runs[entry.start : entry.start + entry.count]

    def near(self, runs: Iterable[int]) -> list[Entry]:
        """The documents that share most with some runs, best first."""
        votes: Counter[int] = Counter()
        hashes, owners = self._hashes, self._owners
        for run in set(runs):
            place = bisect_left(hashes, run)
            while place < len(hashes) and hashes[place] == run:
                votes[owners[place]] += 1
                place += 1
        entries = self.head.entries
        likely = sorted(votes, key=lambda n: -votes[n] * votes[n] / _sampled(entries[n].count))[:CANDIDATES]
        mine = set(runs)
        shared = {n: len(mine.intersection(self.runs(entries[n]))) for n in likely}
        ranked = sorted(likely, key=lambda n: (-shared[n] / (len(mine) + entries[n].count - shared[n]), entries[n].id))
        return [entries[n] for n in ranked if shared[n]]

    def __contains__(self, name: str) -> bool:
        return any(entry.id == name for entry in self.head.entries)

    def entry(self, name: str) -> Entry | None:
        """The document of that id."""
        return next((entry for entry in self.head.entries if entry.id == name), None)


def _sampled(count: int) -> float:
    return count if count < SHORT else count / SAMPLE


def pack(found: Iterable[tuple[str, Fingerprint]]) -> bytes:
    """Compile fingerprints, sorted by id."""
    runs, sample, entries = array("I"), [], []
    for number, (name, mark) in enumerate(sorted(found, key=lambda pair: pair[0])):
        own = array("I")
        own.frombytes(mark.data)
        entries.append(Entry(id=name, digest=mark.digest, start=len(runs), count=len(own), spans=mark.spans))
        sample += [(run, number) for run in set(own) if len(own) < SHORT or run % SAMPLE == 0]
        runs.extend(own)
    sample.sort()
    head = msgspec.msgpack.encode(Head(entries=tuple(entries), total=len(runs), sampled=len(sample)))
    padding = b"\0" * (-len(head) % 4)
    tail = array("I", [run for run, _ in sample]).tobytes() + array("I", [owner for _, owner in sample]).tobytes()
    return MAGIC + len(head).to_bytes(4, "little") + head + padding + runs.tobytes() + tail


# -- finding it ------------------------------------------------------------------------------------------------------


def load(packed: Path, folder: Path, cache: Path | None = None) -> Library:
    """The library of this installation: the wheel's file, or the `.fp` files below `folder`, compiled on change.

    Raises InputError where a file is damaged.
    """
    if packed.is_file():
        try:
            return Library(packed.read_bytes())
        except (OSError, ValueError, msgspec.DecodeError) as problem:
            raise InputError([f"{packed}: {problem}; install modelcheck again"]) from None
    files = sorted(folder.rglob("*.fp"))
    path = None if cache is None else cache / f"library-{_state(files)}.bin"
    if path is not None:
        try:
            return Library(path.read_bytes())
        except (OSError, ValueError, msgspec.DecodeError):
            pass
    data = compile_files(files)
    if path is not None:
        keep(path, data)
    return Library(data)


def compile_files(files: Iterable[Path]) -> bytes:
    """Compile `.fp` files. Raises InputError with every file that is damaged."""
    found, problems = [], []
    for file in files:
        try:
            found.append((file.name.removesuffix(".fp"), fingerprint.load(file)))
        except (OSError, ValueError) as problem:
            problems.append(str(problem))
    if problems:
        raise InputError(problems)
    return pack(found)


def _state(files: list[Path]) -> str:
    digest = blake2b(MAGIC, digest_size=16)
    for file in files:
        status = file.stat()
        digest.update(f"{file}\0{status.st_mtime_ns}\0{status.st_size}\0".encode())
    return digest.hexdigest()
