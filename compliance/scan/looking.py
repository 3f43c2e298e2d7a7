"""Looks at files one by one, in several processes where asked, and remembers by content what it saw."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from compliance.files import keep
from compliance.model import Reference, Struct
from compliance.scan import signs
from compliance.scan.files import MAX_BYTES, File, Wanted

if TYPE_CHECKING:
    from compliance.scan import Finder

Item = tuple[str, Path, tuple[str, ...]]
"""A path, the file, and the names of the finders that read such files."""

MIN_FOR_JOBS = 400
"""With fewer files the processes cost more than they save."""


class Looked(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was seen in a file."""

    found: tuple[Reference, ...] = ()
    unsure: tuple[Reference, ...] = ()
    wanted: tuple[Wanted, ...] = ()
    problems: tuple[str, ...] = ()
    about_ollama: bool = False


class Memory:
    """What was seen before, by the digest of path and content; forgets what a run did not meet again."""

    def __init__(self, folder: Path | None, root: Path) -> None:
        self.path = None if folder is None else folder / f"scan-{_named(root)}.msgpack"
        self.known: dict[bytes, Looked] = {}
        self.met: dict[bytes, Looked] = {}
        if self.path is not None:
            self.version = _version()
            self._load(self.path)

    def _load(self, path: Path) -> None:
        try:
            version, known = msgspec.msgpack.decode(path.read_bytes(), type=tuple[bytes, dict[bytes, Looked]])
        except (OSError, msgspec.MsgspecError, ValueError):
            return
        if version == self.version:
            self.known = known

    def get(self, digest: bytes) -> Looked | None:
        """What was seen in a file of this digest."""
        found = self.known.get(digest)
        if found is not None:
            self.met[digest] = found
        return found

    def save(self) -> None:
        """Write what this run met, whole or not at all; a folder that cannot be written is no fault."""
        if self.path is None or self.met == self.known:
            return
        keep(self.path, msgspec.msgpack.encode((self.version, self.met)))


def _version() -> bytes:
    """The digest of the finders themselves: another version of them may see more."""
    from hashlib import blake2b  # noqa: PLC0415 - only with a cache

    digest = blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def look_all(
    items: list[Item], memory: Memory, *, jobs: int, progress: Callable[[int], object] | None
) -> Iterator[tuple[str, Looked]]:
    """What is seen in each file, in the order of `items`; `progress` is told how many files are done."""
    told = progress or (lambda _count: None)
    if jobs <= 1 or len(items) < MIN_FOR_JOBS:
        for item in items:
            yield item[0], _remembered(item, memory)
            told(1)
        return
    pool = importlib.import_module("concurrent.futures").ProcessPoolExecutor(jobs)
    size = max(len(items) // (jobs * 8), 8)
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    try:
        for chunk, seen in zip(chunks, pool.map(_chunk, [(chunk, memory.known) for chunk in chunks]), strict=True):
            for item, (digest, looked) in zip(chunk, seen, strict=True):
                memory.met[digest] = looked
                yield item[0], looked
            told(len(chunk))
    finally:
        pool.shutdown(cancel_futures=True)


def _chunk(task: tuple[list[Item], dict[bytes, Looked]]) -> list[tuple[bytes, Looked]]:
    """A part of the files, in a process of its own."""
    items, known = task
    seen = []
    for item in items:
        data = _read(item)
        digest = _digest(item, data)
        seen.append((digest, known.get(digest) or look(item, data)))
    return seen


def _remembered(item: Item, memory: Memory) -> Looked:
    data = _read(item)
    if memory.path is None:
        return look(item, data)
    digest = _digest(item, data)
    seen = memory.get(digest)
    if seen is None:
        seen = memory.met[digest] = look(item, data)
    return seen


def _read(item: Item) -> bytes | str:
    """The bytes of a file, or why it cannot be read."""
    try:
        with item[1].open("rb") as stream:
            return stream.read(max(_finder(name).head or MAX_BYTES + 1 for name in item[2]))
    except OSError as problem:
        return f"cannot be read ({problem.strerror or problem})"


def _named(root: Path) -> str:
    from hashlib import blake2b  # noqa: PLC0415 - only with a cache

    return blake2b(str(root.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _digest(item: Item, data: bytes | str) -> bytes:
    from hashlib import blake2b  # noqa: PLC0415 - only with a cache

    digest = blake2b(item[0].encode("utf-8", "surrogateescape") + b"\0", digest_size=16)
    digest.update(data if isinstance(data, bytes) else data.encode())
    return digest.digest()


def _finder(name: str) -> "Finder":
    from compliance.scan import BY_NAME  # noqa: PLC0415 - the list of finders is that of the package

    return BY_NAME[name]


def look(item: Item, data: bytes | str) -> Looked:
    """What the finders see in a file."""
    path, full, names = item
    if isinstance(data, str):
        return Looked(problems=(data,))
    file = File(path, data, full)
    plain: bytes | None = None
    for name in names if data else ():
        finder = _finder(name)
        if finder.sign is not None:
            plain = signs.lower(data) if plain is None else plain
            if not finder.sign(plain):
                continue
        if finder.head is None and len(data) > MAX_BYTES:
            file.problem(f"more than {MAX_BYTES} bytes")
        else:
            _run(name, file)
    return Looked(
        found=tuple(file.found),
        unsure=tuple(file.unsure),
        wanted=tuple(file.wanted),
        problems=tuple(file.problems),
        about_ollama=b"ollama" in plain if plain is not None else False,
    )


def _run(name: str, file: File) -> None:
    """Run a finder; whatever it trips over is a file not read, never an end of the scan."""
    try:
        importlib.import_module(f"compliance.scan.{name}").find(file)
    except RecursionError:
        file.problem("nested too deeply")
    except Exception as problem:  # noqa: BLE001 - a hostile file must not end the scan
        file.problem(f"the {name} finder failed ({type(problem).__name__}: {problem})")
