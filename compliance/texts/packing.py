"""Fingerprints, what was read, and other wordings -> the one file of a library."""

import os
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from compliance import tables
from compliance.files import keep, kept
from compliance.model import InputError, Struct
from compliance.texts.library import COPIES, DOCUMENTS, MAGIC, SAMPLE, SHORT, Entry, Head, Library, opened
from compliance.texts.owners import LEFT_OUT, Span
from compliance.texts.wordings import WORDINGS, Wording, read_wordings

if TYPE_CHECKING:
    from compliance.fingerprint import Fingerprint


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
    rows = [*tables.rows(path)]
    if any(len(row) != 4 for row in rows):  # noqa: PLR2004 - the four columns
        raise ValueError(f"{path}: a row without four columns; build it again with `catalog fingerprint`")
    return [Copy(id=row[0], words=row[1], bytes=row[2], listed=row[3] == "spdx") for row in rows]


def pack(
    found: Iterable[tuple[str, "Fingerprint"]],
    copies: Iterable[Copy] = (),
    catalogued: frozenset[str] = frozenset(),
    wordings: Mapping[tuple[str, str], Sequence[Wording]] = MappingProxyType({}),
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
        left_out, others = _worded(wordings.get((name, mark.digest.hex()), ()))
        entries.append(Entry(
            id=name, digest=mark.digest, start=start, count=len(own), spans=mark.spans + left_out, title=mark.title,
            worded=others, catalogued=name in catalogued, listed=name.casefold() in listed,
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


def _worded(wordings: Sequence[Wording]) -> tuple[tuple[Span, ...], bytes]:
    """What copies leave out, and the other wordings, packed."""
    left_out = tuple((wording.first, wording.count, LEFT_OUT) for wording in wordings if wording.left_out)
    rest = [wording for wording in wordings if not wording.left_out]
    return left_out, msgspec.msgpack.encode(rest) if rest else b""


def compile_files(files: Iterable[Path]) -> bytes:
    """Compile `.fp` files. Raises InputError with every file that is damaged."""
    from compliance import fingerprint  # noqa: PLC0415 - only when something changed

    found, problems, copies = [], [], []
    wordings: dict[tuple[str, str], list[Wording]] = {}
    files = list(files)
    for folder in sorted({file.parent for file in files}):
        try:
            copies += read_copies(folder / COPIES)
            wordings |= read_wordings(folder / WORDINGS)
        except (OSError, ValueError) as problem:
            problems.append(str(problem))
    for file in files:
        try:
            found.append((file.name.removesuffix(".fp"), fingerprint.load(file)))
        except (OSError, ValueError) as problem:
            problems.append(str(problem))
    if problems:
        raise InputError(problems)
    return pack(found, copies, frozenset(file.stem for file in files if file.parent.name == DOCUMENTS), wordings)


def load(packed: Path, folder: Path, cache: Path | None = None) -> Library:
    """The library of this installation: the wheel's file, or the `.fp` files below `folder`, compiled on change.

    Raises InputError where a file is damaged.
    """
    if packed.is_file():
        try:
            return opened(packed)
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


def _state(folders: list[str]) -> tuple[str, list[str]]:
    """What names the `.fp` files of folders and when each changed; and their paths, sorted."""
    digest, paths = blake2b(MAGIC, digest_size=16), []
    for folder in folders:
        try:
            with os.scandir(folder) as found:
                items = sorted(
                    (item.name, item.stat()) for item in found if item.name.endswith((".fp", COPIES, WORDINGS))
                )
        except FileNotFoundError:
            continue
        for name, status in items:
            told = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)  # archives may set one time for all files
            digest.update(f"{folder}/{name}\0{told}\0".encode())
        paths += [f"{folder}/{name}" for name, _ in items if name.endswith(".fp")]
    return digest.hexdigest(), paths
