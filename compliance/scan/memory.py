"""What was seen in a tree before: by the stat of each file first, by path and content where that does not settle it.

An unchanged tree costs its stats alone. An entry goes stale silently only if a file changes and keeps size, inode,
mtime and ctime, all to the nanosecond. `ctime` cannot be set, so that needs two changes within one tick of the file
system's clock; hence git's rule for racily clean entries: what changed less than `SETTLED` before the run that looked
at it (or, by a wrong clock, after it) is kept without its stat, and hashed again the next time.
"""

import os
import sys
import time
from pathlib import Path

import msgspec

from compliance.files import keep, kept
from compliance.model import Reference, Struct
from compliance.scan.files import Wanted

Stat = tuple[int, int, int, int, int]
"""Size, modification and change in nanoseconds, inode, device."""

SETTLED = 2_000_000_000
"""Nanoseconds: FAT and some network file systems count in steps of two seconds."""


class Looked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was seen in a file."""

    found: tuple[Reference, ...] = ()
    unsure: tuple[Reference, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    told: tuple[tuple[str, ...], ...] = ()
    """Keys under which it says which model they hold."""
    problems: tuple[str, ...] = ()
    about_ollama: bool = False
    promising: bool = False
    """Whether the file holds any word for a model, so that it may pass one to a function elsewhere."""
    hasty: bool = False
    """Whether time ran out, or the process: nothing to remember."""


class Kept(msgspec.Struct, array_like=True):
    """A file as it was when it was looked at."""

    stat: Stat | None
    digest: bytes
    seen: Looked


class Whole(msgspec.Struct, array_like=True):
    """The cache of one tree, good for one version of the finders."""

    version: bytes
    files: dict[str, Kept]
    elsewhere: tuple[Reference, ...]


class Memory:
    """The cache of one tree; forgets what a run did not meet again, and everything where it is damaged."""

    def __init__(self, folder: Path | None, root: Path) -> None:
        self.path = None if folder is None else folder / f"scan-{_named(root)}.msgpack"
        self.before: dict[str, Kept] = {}
        self.now: dict[str, Kept] = {}
        self.elsewhere: tuple[Reference, ...] = ()
        self.settled = time.time_ns() - SETTLED
        self.is_new = True
        if self.path is not None:
            self.version = _version()
            self._load(self.path)

    def _load(self, path: Path) -> None:
        try:
            data = kept(path)
            if hashed(data[16:]) != data[:16]:
                return
            whole = msgspec.msgpack.decode(memoryview(data)[16:], type=Whole)
        except (OSError, msgspec.MsgspecError, ValueError):
            return
        if whole.version == self.version:
            self.before, self.elsewhere = whole.files, whole.elsewhere
            self.is_new = False

    def by_stat(self, path: str, stat: Stat | None) -> Looked | None:
        """What was seen in a file that cannot have changed since."""
        kept = self.before.get(path)
        if kept is None or stat is None or kept.stat != stat:
            return None
        self.now[path] = kept
        return kept.seen

    def by_digest(self, path: str, digest: bytes) -> Looked | None:
        """What was seen in a file of this path and content."""
        kept = self.before.get(path)
        return kept.seen if kept is not None and kept.digest == digest else None

    def add(self, path: str, stat: Stat | None, digest: bytes, seen: Looked) -> None:
        """Keep what was seen, with its stat where that is old enough to tell a later change."""
        if seen.hasty or self.path is None:
            return
        is_settled = stat is not None and max(stat[1], stat[2]) < self.settled
        self.now[path] = Kept(stat if is_settled else None, digest, seen)

    @property
    def is_same(self) -> bool:
        """Whether every file is the one that was there before, so that what they say of each other holds as well."""
        if self.is_new or self.now.keys() != self.before.keys():
            return False
        return all(self.before[path].digest == kept.digest for path, kept in self.now.items())

    def save(self, elsewhere: tuple[Reference, ...]) -> None:
        """Write what this run met, whole or not at all; a folder that cannot be written is no fault."""
        if self.path is None or (self.now == self.before and elsewhere == self.elsewhere and not self.is_new):
            return
        body = msgspec.msgpack.encode(Whole(self.version, self.now, elsewhere))
        keep(self.path, hashed(body) + body)


def stat_of(entry: "os.DirEntry[str]", *, follow: bool = False) -> Stat | None:
    """What tells one state of a file from another; None for one that is gone meanwhile."""
    try:
        return _stat(entry.stat(follow_symlinks=follow))
    except OSError:
        return None


def _stat(found: os.stat_result) -> Stat:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev


def hashed(*parts: bytes) -> bytes:
    """Sixteen bytes that stand for these."""
    from hashlib import blake2b  # noqa: PLC0415 - only with a cache

    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part)
    return digest.digest()


def _version() -> bytes:
    """What stands for this Python and the finders as installed: another version of them may see more."""
    parts = [sys.version.encode(), msgspec.__version__.encode()]
    folder = Path(__file__).parent
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.tsv")]):
        parts.append(repr((path.relative_to(folder).as_posix(), _stat(path.stat()))).encode())
    return hashed(*parts)


def _named(root: Path) -> str:
    return hashed(os.fsencode(root.resolve())).hex()[:16]
