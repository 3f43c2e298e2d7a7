"""Several processes that take parts of the files in turn; one that dies leaves the file it looked at as unread."""

import os
import struct
from collections.abc import Callable
from pathlib import Path

import msgspec

from compliance.scan.looking import Item, remembered
from compliance.scan.memory import Looked, Memory

MIN_FOR_JOBS = 200
"""With fewer files left to read, processes cost more than they save."""

Seen = tuple[int, bytes, Looked]
"""The number of a file, its digest, and what is in it."""

_NUMBER = struct.Struct("<i")
_PART = struct.Struct("<q")


def look_all(
    items: list[Item], memory: Memory, *, jobs: int, progress: Callable[[int], object]
) -> list[tuple[bytes, Looked]]:
    """The digest of each file and what is seen in it, in the order of `items`."""
    jobs = min(jobs, len(items) // 50) if len(items) >= MIN_FOR_JOBS and hasattr(os, "fork") else 1
    if jobs <= 1:
        seen = []
        for item in items:
            seen.append(remembered(item, memory))
            progress(1)
        return seen
    pool = _Pool(items, memory, jobs)
    try:
        found = pool.work(progress)
    finally:
        pool.close()
    return [found[number] for number in range(len(items))]


class _Pool:
    """Children forked from here. The numbers of the parts lie in a pipe from which each takes the next."""

    def __init__(self, items: list[Item], memory: Memory, jobs: int) -> None:
        self.items, self.memory = items, memory
        self.size = max(len(items) // (jobs * 16), 4)
        self.size = max(self.size, len(items) // 2000 + 1)
        reading, writing = os.pipe()
        parts = range(0, len(items), self.size)
        os.write(writing, b"".join(_NUMBER.pack(start) for start in parts))
        os.close(writing)
        self.queue = reading
        self.children: list[tuple[int, int]] = []
        self.told = 0
        for _ in range(jobs - 1):
            self._fork()

    def _fork(self) -> None:
        try:
            written = _scratch()
            child = os.fork()
        except OSError:
            return  # no more processes to be had: fewer do as well
        if child:
            self.children.append((child, written))
            return
        code = 1
        try:
            self._child(written)
            code = 0
        finally:
            os._exit(code)

    def _child(self, written: int) -> None:
        """Write, before each file, its number at the start, and at the end of each part what was seen in it."""
        end = _PART.size
        while (start := self._next()) is not None:
            seen: list[Seen] = []
            for number in range(start, min(start + self.size, len(self.items))):
                os.pwrite(written, _PART.pack(number + 1), 0)
                seen.append((number, *remembered(self.items[number], self.memory)))
            data = msgspec.msgpack.encode(seen)
            end += os.pwrite(written, _PART.pack(len(data)) + data, end)
            os.pwrite(written, _PART.pack(0), 0)

    def _next(self) -> int | None:
        data = os.read(self.queue, _NUMBER.size)
        return int(_NUMBER.unpack(data)[0]) if data else None

    def work(self, progress: Callable[[int], object]) -> dict[int, tuple[bytes, Looked]]:
        """Take parts until there are none left, then gather what the children saw, and do what one left."""
        seen: dict[int, tuple[bytes, Looked]] = {}
        while (start := self._next()) is not None:
            for number in range(start, min(start + self.size, len(self.items))):
                seen[number] = remembered(self.items[number], self.memory)
            self._tell(progress, start)
        while self.children:
            child, written = self.children.pop()
            _, status = os.waitpid(child, 0)
            at, parts = _read(written)
            seen |= {number: (digest, looked) for number, digest, looked in parts}
            if at and status:
                problem = f"the process that looked at it ended ({os.waitstatus_to_exitcode(status)})"
                seen.setdefault(at - 1, (b"", Looked(problems=(problem,), hasty=True)))
        for number, item in enumerate(self.items):
            if number not in seen:
                seen[number] = remembered(item, self.memory)
        self._tell(progress, len(self.items))
        return seen

    def _tell(self, progress: Callable[[int], object], done: int) -> None:
        progress(done - self.told)
        self.told = done

    def close(self) -> None:
        """End what still runs."""
        os.close(self.queue)
        for child, written in self.children:
            os.close(written)
            os.kill(child, 9)
            os.waitpid(child, 0)


def _scratch() -> int:
    """A file without a name, in memory where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("modelcheck")
    import tempfile  # noqa: PLC0415 - 3 ms, for those who need it

    number, name = tempfile.mkstemp()
    Path(name).unlink()
    return number


def _read(written: int) -> tuple[int, list[Seen]]:
    """The number of the file a child was looking at, from 1, or 0, and what it saw in those before."""
    with os.fdopen(written, "rb") as stream:
        stream.seek(0)
        data = stream.read()
    if len(data) < _PART.size:
        return 0, []
    seen: list[Seen] = []
    at = _PART.size
    while at + _PART.size <= len(data):
        (length,) = _PART.unpack_from(data, at)
        at += _PART.size
        if at + length <= len(data):  # else it ended while it wrote
            seen += msgspec.msgpack.decode(memoryview(data)[at : at + length], type=list[Seen])
        at += length
    return int(_PART.unpack_from(data)[0]), seen
