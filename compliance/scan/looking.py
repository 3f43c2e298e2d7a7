"""Looks at one file: reads it, asks each finder that its name calls for, within a limit of size and of time."""

import functools
import gc
import importlib
import re
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from compliance.opening import plain
from compliance.scan import signs
from compliance.scan.files import MAX_BYTES, File, Wanted, paired
from compliance.scan.memory import Looked, Memory, Stat, hashed

if TYPE_CHECKING:
    from compliance.scan import Finder

_POINTS = "a pointer of Git LFS: the file itself is not here; `git lfs pull` fetches it"

MAX_SECONDS = 10.0
"""Of processor time that a finder has for a file; enough for a thousand times the usual."""


class Item(NamedTuple):
    """A file to look at: its path below the root, where it lies, the finders that read such files, and its stat."""

    path: str
    full: str
    names: tuple[str, ...]
    stat: Stat | None


class _SlowError(Exception):
    """A finder took too long."""


def remembered(item: Item, memory: Memory) -> tuple[bytes, Looked]:
    """The digest of a file and what is seen in it, from the memory where the content is known."""
    data = read(item)
    if memory.path is None:
        return b"", look(item, data)
    digest = hashed(item.path.encode(), b"\0", data if isinstance(data, bytes) else data.encode())
    known = memory.by_digest(item.path, digest) if len(data) <= MAX_BYTES else None  # of more, the rest counts as well
    return digest, known or look(item, data)


def read(item: Item) -> bytes | str:
    """As many bytes of a file as its finders need, or why it cannot be read."""
    most = max(_finder(name).head or MAX_BYTES + 1 for name in item.names)
    try:
        return plain(item.full, most)
    except OSError as problem:
        return f"cannot be read ({problem.strerror or problem})"
    except ValueError as problem:
        return f"cannot be read ({problem})"


def holders(names: set[str], files: Iterable[tuple[str, str]], *, called: bool) -> dict[str, list[str]]:
    """Of Python files, each with where it lies, those in which each name stands, or is called."""
    found: dict[str, list[str]] = {name: [] for name in names}
    signs = {
        name: re.compile(rb"(?<!\w)" + re.escape(name.encode()) + (rb"\s*\(" if called else rb"(?!\w)"))
        for name in names
    }
    for path, full in files if names else ():
        data = read(Item(path, full, ("python",), None))
        if isinstance(data, bytes):
            for name, sign in signs.items():
                if name.encode() in data and sign.search(data):
                    found[name].append(path)
    return found


def _finder(name: str) -> "Finder":
    from compliance.scan import BY_NAME  # noqa: PLC0415 - the list of finders is that of the package

    return BY_NAME[name]


def look(item: Item, data: bytes | str) -> Looked:
    """What the finders see in a file."""
    if isinstance(data, str):
        return Looked(problems=(data,))
    if not data:
        return Looked()
    file = File(item.path, data)
    if data.startswith(signs.POINTER) and "weights" not in item.names:
        is_of_others = importlib.import_module("compliance.scan.config").skips(file)  # nothing is missed of such
        if not is_of_others:
            return Looked(problems=(_POINTS,))
    plain: signs.Plain | None = None
    for name in item.names:
        finder = _finder(name)
        if finder.head is None and len(data) > MAX_BYTES:
            large = importlib.import_module("compliance.scan.large").find
            _run(name, file, functools.partial(large, full=item.full, finder=finder))
            continue
        if finder.sign is not None:
            plain = signs.Plain(data) if plain is None else plain
            if not finder.sign(plain):
                continue
        _run(name, file, importlib.import_module(f"compliance.scan.{name}").find)
    return Looked(
        found=tuple(file.found),
        unsure=tuple(file.unsure),
        wanted=tuple(Wanted(*map(_paired, item)) for item in file.wanted),
        told=tuple(sorted(map(_paired, file.told))),
        problems=tuple(map(_paired, file.problems)),
        about_ollama=plain is not None and plain.names_ollama,
        promising=plain is not None and (plain.is_weak or plain.is_strong),
        hasty=file.hasty,
    )


def _paired(value: Any) -> Any:
    """A text or several, without the halves of pairs that no file can hold."""
    if isinstance(value, tuple):
        return tuple(map(_paired, value))
    return paired(value) if isinstance(value, str) else value


def _run(name: str, file: File, find: Callable[[File], object]) -> None:
    """Run a finder; whatever it trips over is a file not read, never an end of the scan."""
    try:
        _start(MAX_SECONDS)
        try:
            find(file)
        finally:
            _start(0)
    except _SlowError:
        file.hasty = True
        file.problem(f"looking at it took more than {MAX_SECONDS:.0f} seconds")
    except RecursionError:
        file.problem("nested too deeply")
    except MemoryError:
        file.problem("nested too deeply, or too large")
    except Exception as problem:  # noqa: BLE001 - a hostile file must not end the scan
        file.problem(f"the {name} finder failed ({type(problem).__name__}: {problem})")


_is_limited = False


def _start(seconds: float) -> None:
    """Set the alarm, or, with 0, put it out."""
    if _is_limited:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _ring(_number: int, _frame: Any) -> None:
    raise _SlowError


@contextmanager
def limits() -> Iterator[None]:
    """Within: finders are stopped after `MAX_SECONDS`, and garbage is collected seldom, as trees hold none.

    The alarm needs the main thread, and a system that has one: elsewhere only the limits of size and depth hold.
    """
    global _is_limited  # noqa: PLW0603 - a signal's handler belongs to the process
    is_able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    thresholds = gc.get_threshold()
    if thresholds[0]:
        gc.set_threshold(200_000, *thresholds[1:])
    before = signal.signal(signal.SIGPROF, _ring) if is_able else None
    _is_limited = is_able
    try:
        yield
    finally:
        _is_limited = False
        if is_able:
            signal.signal(signal.SIGPROF, before)
        gc.set_threshold(*thresholds)
