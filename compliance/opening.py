"""The one door by which files of others are opened: what is found must be a plain file, and all is read to a bound."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FEW, _MANY = 65_536, 1_048_576


def plain(path: str | Path, most: int) -> bytes:
    """The bytes of a file that was found, at most so many. Raises OSError, also for what is no plain file.

    A pipe would be waited for, a device has no end. Links are followed: whoever walks a tree decides on those.
    """
    number = _opened(path)
    try:
        data = os.read(number, min(most, _FEW))
        if len(data) < min(most, _FEW) or len(data) == most:
            return data
        parts = [data]
        left = most - len(data)
        while left > 0 and (data := os.read(number, min(left, _MANY))):
            parts.append(data)
            left -= len(data)
        return b"".join(parts)
    finally:
        os.close(number)


def chunks(path: str | Path, size: int) -> Iterator[bytes]:
    """The parts of a file that was found, one after the other. Raises OSError, also for what is no plain file."""
    with os.fdopen(_opened(path), "rb") as stream:
        while data := stream.read(size):
            yield data


def _opened(path: str | Path) -> int:
    """The number under which a plain file is open."""
    number = os.open(path, _FLAGS)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "no plain file", str(path))
    return number


def named(path: Path, most: int) -> bytes:
    """The bytes of a file that the user named, at most so many; it may be a pipe. Raises OSError."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a third of the time of Path.open
        parts, left = [], most
        while left > 0 and (data := file.read(left)):  # a pipe gives what it has
            parts.append(data)
            left -= len(data)
    return parts[0] if len(parts) == 1 else b"".join(parts)
