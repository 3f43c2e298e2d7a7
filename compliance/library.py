"""All fingerprints in one file: which documents have the words of a text, and which are near.

Little-endian throughout: the magic `MCLB4`, three zero bytes, the length of a MessagePack head, the head, then three
arrays of 32-bit numbers: the runs of every document one after the other, and the sorted sample that finds candidates
(run hashes, and beside each the number of its document). Documents with the same words share their runs.

`copies.tsv`, beside the `.fp` files, names what was read: document, digest of its words, digest of the bytes, and
whether it is on the SPDX list. A row whose words are not those of the `.fp` counts for nothing.
"""

import mmap
import os
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compliance.files import keep, kept
from compliance.model import InputError, Struct
from compliance.owners import Span
from compliance.words import RUN

if TYPE_CHECKING:
    from compliance.fingerprint import Fingerprint

MAGIC = b"MCLB4\0\0\0"
COPIES = "copies.tsv"
DOCUMENTS = "licenses"
"""The folder of the documents of the catalogue; the others hold texts that are known by their words alone."""
SAMPLE = 8
SHORT = 300
"""Documents of fewer runs are sampled whole: one in eight would leave too few."""
CANDIDATES = 24
LONG = 100_000
"""Runs of a text of which no set of all is made."""


class Entry(Struct, frozen=True):
    """A document of the library: where its runs are, and the spans that copies fill in or leave out."""

    id: str
    digest: bytes
    start: int
    count: int
    spans: tuple[Span, ...] = ()
    title: bytes = b""
    """The hashes of the words of its heading."""
    catalogued: bool = False
    """Whether it is a document of the catalogue by this very id."""
    listed: bool = False
    """Whether it is on the SPDX list: of documents with the same words the one that others copy."""

    @property
    def words(self) -> int:
        """How many words the text has."""
        return self.count + RUN - 1


class Head(Struct, frozen=True):
    """What opening reads."""

    entries: tuple[Entry, ...]
    total: int
    sampled: int
    copies: dict[str, int]
    """The document of a file, by the digest of its bytes."""


class Library:
    """A compiled library in memory."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        view = memoryview(data)
        if view[: len(MAGIC)] != MAGIC:
            raise ValueError("not a library of fingerprints")
        size = int.from_bytes(view[8:12], "little")
        self.head = msgspec.msgpack.decode(view[12 : 12 + size], type=Head)
        rest = view[12 + size + -size % 4 :]
        if len(rest) != 4 * (self.head.total + 2 * self.head.sampled):
            raise ValueError("a library of fingerprints that is damaged")
        numbers = rest.cast("I")
        self._runs = numbers[: self.head.total]
        self._hashes = numbers[self.head.total : self.head.total + self.head.sampled]
        self._owners = numbers[self.head.total + self.head.sampled :]
        self._digests: dict[bytes, list[Entry]] = {}
        for entry in self.head.entries:
            self._digests.setdefault(entry.digest, []).append(entry)

    def same(self, digest: bytes) -> list[Entry]:
        """The documents that have exactly the words of this digest."""
        return self._digests.get(digest, [])

    def copy(self, data: bytes) -> list[Entry]:
        """The documents that a file holds to the byte, but for line ends and what is around it."""
        number = self.head.copies.get(bytes_digest(data))
        return [] if number is None else self.same(self.head.entries[number].digest)

    def runs(self, entry: Entry) -> memoryview:
        """The run hashes of a document, in order."""
        return self._runs[entry.start : entry.start + entry.count]

    def near(self, runs: Sequence[int]) -> list[Entry]:
        """The documents that share most with some runs, best first."""
        votes, entries = self._votes(runs), self.head.entries
        likely = sorted(votes, key=lambda n: -votes[n] * votes[n] / _sampled(entries[n].count))[:CANDIDATES]
        theirs = {run for n in likely for run in self.runs(entries[n])}
        mine = {run for run in runs if run in theirs}
        size = len(set(runs)) if len(runs) <= LONG else len(runs)
        shared = {n: len(mine.intersection(self.runs(entries[n]))) for n in likely}
        alike = sorted(likely, key=lambda n: (-shared[n] / (size + entries[n].count - shared[n]), entries[n].id))
        inside = sorted(likely, key=lambda n: (-shared[n] * shared[n] / entries[n].count, entries[n].id))
        ranked = dict.fromkeys(n for pair in zip(alike, inside, strict=True) for n in pair)
        return [entries[n] for n in ranked if shared[n]]

    def _votes(self, runs: Sequence[int]) -> Counter[int]:
        """How many runs of its sample each document shares with some; of a long text only what is known is kept."""
        votes: Counter[int] = Counter()
        hashes, owners = self._hashes, self._owners
        seen: set[int] = set()
        for run in set(runs) if len(runs) <= LONG else runs:
            place = bisect_left(hashes, run)
            if place == len(hashes) or hashes[place] != run or run in seen:
                continue
            seen.add(run)
            while place < len(hashes) and hashes[place] == run:
                votes[owners[place]] += 1
                place += 1
        return votes

    def __contains__(self, name: str) -> bool:
        return any(entry.id == name for entry in self.head.entries)

    def entry(self, name: str) -> Entry | None:
        """The document of that id."""
        return next((entry for entry in self.head.entries if entry.id == name), None)

    def named(self, name: str) -> Entry | None:
        """The document of that id, letter case aside."""
        return self._names.get(name.casefold())

    @cached_property
    def _names(self) -> dict[str, Entry]:
        return {entry.id.casefold(): entry for entry in reversed(self.head.entries)}


def _sampled(count: int) -> float:
    return count if count < SHORT else count / SAMPLE


def bytes_digest(data: bytes) -> str:
    """Names the bytes of a file, but for line ends and what is around it."""
    return blake2b(data.replace(b"\r\n", b"\n").strip(), digest_size=12).hexdigest()


class Copy(Struct, frozen=True):
    """A row of `copies.tsv`."""

    id: str
    words: str
    bytes: str
    listed: bool

    def row(self) -> str:
        """As it is written."""
        return "\t".join((self.id, self.words, self.bytes, "spdx" if self.listed else "-"))


def read_copies(path: Path) -> list[Copy]:
    """The rows of `copies.tsv`; none where there is no such file. Raises ValueError where one is damaged."""
    if not path.is_file():
        return []
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    if any(len(row) != 4 for row in rows):  # noqa: PLR2004 - the four columns
        raise ValueError(f"{path}: a row without four columns; build it again with `catalog fingerprint`")
    return [Copy(id=row[0], words=row[1], bytes=row[2], listed=row[3] == "spdx") for row in rows]


def pack(
    found: Iterable[tuple[str, "Fingerprint"]], copies: Iterable[Copy] = (), catalogued: frozenset[str] = frozenset()
) -> bytes:
    """Compile fingerprints, sorted by id, letter case aside."""
    copies = list(copies)
    listed = {copy.id.casefold() for copy in copies if copy.listed}
    runs, sample, entries = array("I"), [], []
    first: dict[tuple[bytes, bytes], int] = {}
    for number, (name, mark) in enumerate(sorted(found, key=lambda pair: (pair[0].casefold(), pair[0]))):
        own = array("I")
        own.frombytes(mark.data)
        start = first.setdefault((mark.digest, mark.data), len(runs))
        entries.append(Entry(
            id=name, digest=mark.digest, start=start, count=len(own), spans=mark.spans, title=mark.title,
            catalogued=name in catalogued, listed=name.casefold() in listed,
        ))  # fmt: skip
        if start == len(runs):
            sample += [(run, number) for run in set(own) if len(own) < SHORT or run % SAMPLE == 0]
            runs.extend(own)
    sample.sort()
    at = {(entry.id, entry.digest.hex()): number for number, entry in enumerate(entries)}
    known = {copy.bytes: at[copy.id, copy.words] for copy in copies if (copy.id, copy.words) in at}
    head = msgspec.msgpack.encode(Head(entries=tuple(entries), total=len(runs), sampled=len(sample), copies=known))
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
            return _open(packed)
        except (OSError, ValueError, msgspec.DecodeError) as problem:
            raise InputError([f"{packed}: {problem}; install modelcheck again"]) from None
    state, files = _state([f"{folder}/{name}" for name in (DOCUMENTS, "fingerprints")])
    path = None if cache is None else cache / f"library-{state}.bin"
    if path is not None:
        try:
            return _cached(path)
        except (OSError, ValueError, msgspec.DecodeError):
            pass
    data = compile_files(map(Path, files))
    if path is not None:
        keep(path, data + zlib.crc32(data).to_bytes(4, "little"))
    return Library(data)


def _cached(path: Path) -> Library:
    """What an earlier run compiled. Raises ValueError where a byte of it is not as it was."""
    data = kept(path)
    if zlib.crc32(memoryview(data)[:-4]) != int.from_bytes(data[-4:], "little"):
        raise ValueError("damaged")
    return Library(data[:-4])


def _open(path: Path) -> Library:
    """A compiled library; what is not asked for is not read."""
    with path.open("rb") as file:
        return Library(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def compile_files(files: Iterable[Path]) -> bytes:
    """Compile `.fp` files. Raises InputError with every file that is damaged."""
    from compliance import fingerprint  # noqa: PLC0415 - only when something changed

    found, problems, copies = [], [], []
    files = list(files)
    for folder in sorted({file.parent for file in files}):
        try:
            copies += read_copies(folder / COPIES)
        except (OSError, ValueError) as problem:
            problems.append(str(problem))
    for file in files:
        try:
            found.append((file.name.removesuffix(".fp"), fingerprint.load(file)))
        except (OSError, ValueError) as problem:
            problems.append(str(problem))
    if problems:
        raise InputError(problems)
    return pack(found, copies, frozenset(file.stem for file in files if file.parent.name == DOCUMENTS))


def _state(folders: list[str]) -> tuple[str, list[str]]:
    """What names the `.fp` files of folders and when each changed; and their paths, sorted."""
    digest, paths = blake2b(MAGIC, digest_size=16), []
    for folder in folders:
        try:
            with os.scandir(folder) as found:
                items = sorted((item.name, item.stat()) for item in found if item.name.endswith((".fp", COPIES)))
        except FileNotFoundError:
            continue
        for name, status in items:
            digest.update(f"{folder}/{name}\0{status.st_mtime_ns}\0{status.st_size}\0".encode())
        paths += [f"{folder}/{name}" for name, _ in items if name.endswith(".fp")]
    return digest.hexdigest(), paths
