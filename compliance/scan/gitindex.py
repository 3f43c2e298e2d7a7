"""Which files git tracks, by its index: what is committed belongs to the project whatever `.gitignore` says.

The index is read as `gitformat-index` describes it (https://git-scm.com/docs/index-format); no program is run.
"""

import os
from pathlib import Path

from compliance.opening import plain

MAX_INDEX = 500_000_000
"""Bytes; an index of a million files takes about 100 million."""
_FIXED, _HASHES = 40, (20, 32)
_EXTENDED, _LENGTH = 0x4000, 0x0FFF
_SPLIT = b"link"


class UnreadableError(Exception):
    """Why an index cannot be read."""


class Tracked:
    """The tracked files of one working tree, read when they are first asked for."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.problem: str | None = None
        self._files: frozenset[str] | None = None
        self._folders: frozenset[str] = frozenset()

    def file(self, path: str) -> bool:
        """Whether a file, by its path below the working tree, is tracked."""
        return path in self._read()

    def below(self, path: str) -> bool:
        """Whether anything in a folder is tracked."""
        self._read()
        return path in self._folders

    def _read(self) -> frozenset[str]:
        if self._files is None:
            try:
                files = _paths(*_index(Path(self.folder)))
            except (UnreadableError, OSError, ValueError, IndexError) as problem:
                reason = problem.strerror if isinstance(problem, OSError) else problem
                self.problem = f"git's index cannot be read ({reason}); what is committed and ignored was not looked at"
                files = []
            self._files = frozenset(files)
            self._folders = frozenset(_above(files))
        return self._files


def around(root: str) -> tuple[Tracked, str] | None:
    """The working tree around a folder that has no `.git` itself, and the folder's path in it, ending in a slash."""
    real = Path(root).resolve()
    for parent in real.parents:
        if (parent / ".git").exists():
            return Tracked(str(parent)), real.relative_to(parent).as_posix() + "/"
    return None


def _index(folder: Path) -> tuple[bytes, Path]:
    """The bytes of the index, none where nothing was ever committed, and the folder that holds it."""
    place = folder / ".git"
    if not place.is_dir():  # of a worktree or a submodule: a file that says where
        told = _bytes(place, 10_000).decode("utf-8", "surrogateescape").strip()
        if not told.startswith("gitdir:"):
            raise UnreadableError(".git is no folder and names none")
        place = folder / told.removeprefix("gitdir:").strip()
    try:
        return _bytes(place / "index", MAX_INDEX), place
    except FileNotFoundError:
        is_begun = (place / "packed-refs").exists() or any((place / "refs" / "heads").glob("*"))
        if is_begun or not (place / "HEAD").exists():
            raise
        return b"DIRC" + (2).to_bytes(4) + bytes(24), place  # what an index without files looks like


def _bytes(path: Path, most: int) -> bytes:
    data = plain(path, most + 1)
    if len(data) > most:
        raise UnreadableError(f"more than {most} bytes")
    return data


def _paths(data: bytes, place: Path, *, is_shared: bool = False) -> list[str]:
    """The paths of an index of version 2, 3 or 4, with hashes of either length; of a split one, those of both files."""
    version = int.from_bytes(data[4:8])
    if data[:4] != b"DIRC" or version not in {2, 3, 4}:
        raise UnreadableError("no index of version 2 to 4")
    count = int.from_bytes(data[8:12])
    for size in _HASHES:
        read = _entries(data, count, size, packed=version == 4)  # noqa: PLR2004
        if read is not None:
            files, end = read
            names = [os.fsdecode(path) for path in files if path]
            link = _extensions(data, end, size).get(_SPLIT)
            if link is None:
                return names
            shared = place / f"sharedindex.{link[:size].hex()}"  # what it holds and was deleted since is not there
            if is_shared or not any(link[:size]):
                return names
            return names + _paths(_bytes(shared, MAX_INDEX), place, is_shared=True)
    raise UnreadableError("it is damaged")


def _entries(data: bytes, count: int, size: int, *, packed: bool) -> tuple[list[bytes], int] | None:
    """The paths and where they end, if hashes of this length make sense of the whole; else None."""
    files: list[bytes] = []
    at, end, path = 12, len(data) - size, b""
    for _ in range(count):
        flags_at = at + _FIXED + size
        if flags_at + 2 > end:
            return None
        flags = int.from_bytes(data[flags_at : flags_at + 2])
        start = flags_at + (4 if flags & _EXTENDED else 2)
        strip = len(path)
        if packed:
            strip, start = _number(data, start)
            if strip > len(path):
                return None
        stop = data.find(b"\0", start, end)
        if stop < 0:
            return None
        path = path[: len(path) - strip] + data[start:stop]
        if len(path) < _LENGTH and flags & _LENGTH != len(path):
            return None  # one without a name stands for one of the shared index
        files.append(path)
        at = stop + 1 if packed else at + (stop - at + 8) // 8 * 8
    return files, at


def _number(data: bytes, at: int) -> tuple[int, int]:
    """An offset as git packs it, and where it ends."""
    value = data[at] & 127
    while data[at] & 128:
        at += 1
        value = (value + 1 << 7) | (data[at] & 127)
    return value, at + 1


def _extensions(data: bytes, at: int, size: int) -> dict[bytes, bytes]:
    """What stands behind the entries, by its name."""
    found: dict[bytes, bytes] = {}
    while at + 8 <= len(data) - size:
        length = int.from_bytes(data[at + 4 : at + 8])
        found[data[at : at + 4]] = data[at + 8 : at + 8 + length]
        at += 8 + length
    return found


def _above(files: list[str]) -> set[str]:
    """Every folder that one of these files is in."""
    folders: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders
