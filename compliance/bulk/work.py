"""The folder beside the output in which a run keeps what is done, for one process at a time."""

import hashlib
import json
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import compliance
from compliance import files
from compliance.model import InputError

_SEAL = ".seal"


@contextmanager
def folder(out: Path, key: dict[str, Any], tell: Callable[[str], object] = lambda _: None) -> Iterator[Path]:
    """The folder that a stopped run of the same job left, else a new one; removed when all went well.

    Where a part of it is not what was left there, `tell` is told so and all of it is made again.
    Raises InputError where it cannot be made or where another process is at work in it: numbers of licences are those
    of one process, so that two would take each other's tables for their own.
    """
    place = out.with_name(out.name + ".work")
    try:
        place.mkdir(exist_ok=True)
        with (place / "lock").open("a") as lock:
            if not _locked(lock):
                raise InputError([f"{place}: another run is writing {out.name}; wait for it or choose another output"])
            mark = place / "run.json"
            broken = _broken(place) if _same(mark, key) else None
            if broken is not None:
                tell(f"{broken}: is not as a stopped run left it; nothing of that run is taken up")
            if broken is not None or not _same(mark, key):
                _empty(place)
                mark.write_text(json.dumps(key))
            try:
                yield place
            except (InputError, KeyboardInterrupt):
                _clear(place)
                if any(_is_done(path) for path in place.iterdir()):
                    raise  # what was done may be of use to the next run
                shutil.rmtree(place, ignore_errors=True)
                raise
            _empty(place)
        shutil.rmtree(place, ignore_errors=True)
    except OSError as problem:
        _clear(place)
        raise InputError([f"{out}: cannot be written ({problem.strerror or problem})"]) from None


def _clear(place: Path) -> None:
    """Take away what is not whole: a full disk needs the room."""
    for path in place.glob("*.half"):
        path.unlink(missing_ok=True)


def _is_done(path: Path) -> bool:
    """Whether it is the seal of a stage of a run; that the input is there in another form is none."""
    return path.suffix == _SEAL and not path.name.startswith("input")


def seal(path: Path) -> None:
    """Say of a file, or of a folder of files, that it is whole, and what is in it. Raises OSError."""
    files.replace(_seal_of(path), _sum(path).encode())


def is_sealed(path: Path) -> bool:
    """Whether a file or folder was sealed; what is in it was looked at when the work folder was opened."""
    return _seal_of(path).exists()


def remove(path: Path) -> None:
    """Remove a file or folder, and its seal first."""
    _seal_of(path).unlink(missing_ok=True)
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _seal_of(path: Path) -> Path:
    return path.with_name(path.name + _SEAL)


def _broken(place: Path) -> Path | None:
    """A part of the folder that is not what its seal says."""
    for mark in sorted(place.glob("*" + _SEAL)):
        path = mark.with_name(mark.name.removesuffix(_SEAL))
        try:
            if mark.read_text() != _sum(path):
                return path
        except (OSError, ValueError):
            return path
    return None


def _sum(path: Path) -> str:
    """What tells the bytes of a file, or of all files of a folder and their names, from others. Raises OSError."""
    found = hashlib.blake2b(digest_size=16)
    for part in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if part.is_file():
            with part.open("rb") as file:
                held = hashlib.file_digest(file, "blake2b").hexdigest()
            found.update(f"{part.relative_to(path).as_posix()}\0{held}\0".encode())
    return found.hexdigest()


def _same(mark: Path, key: dict[str, Any]) -> bool:
    try:
        return bool(json.loads(mark.read_text()) == key)
    except (OSError, ValueError):
        return False


def _empty(place: Path) -> None:
    for path in place.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != "lock":
            path.unlink()


def _locked(file: Any) -> bool:
    """Whether this process has the folder now; the lock ends with the process, however that ends."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where nothing is locked
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def no_room(problem: Exception, place: Path, megabytes: int) -> str | None:
    """What to do where DuckDB has no room left; None where it is something else."""
    kind, text = type(problem).__name__, str(problem).partition("\n")[0]
    if kind == "OutOfMemoryException" and "offload" not in text:
        return f"{megabytes} MB are too little for this table; give more with --memory"
    if kind == "OutOfMemoryException" or (kind == "IOException" and str(place) in text):
        told = "make room there, or give an output elsewhere; what is done is kept for the next run"
        why = text.rpartition(": ")[2] if kind == "IOException" else "no room is left for what does not fit in memory"
        return f"{place}: cannot be written ({why}); {told}"
    return None


def makers() -> str:
    """What tells the code that makes the tables from other code: the package by its hash, what it calls by version."""
    package = Path(compliance.__file__).parent
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(package.rglob("*.py")):
        found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in ("duckdb", "ibis-framework", "pyspark", "sqlglot"):
        with suppress(metadata.PackageNotFoundError):
            found.update(f"{name} {metadata.version(name)}\0".encode())
    return found.hexdigest()


def stamp(path: Path) -> list[Any]:
    """What tells an input file from another, also one made to look as old. Raises InputError for no file."""
    try:
        status = path.stat()
    except OSError as problem:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", str(path)):
            told = "an address is not read; download the file, and give its path"
            raise InputError([f"{path.as_posix().replace(':/', '://', 1)}: {told}"]) from None
        raise InputError([f"{path}: cannot be read ({problem.strerror or problem})"]) from None
    if not stat.S_ISREG(status.st_mode):
        raise InputError([f"{path}: not a file; write the table to one"])
    return [str(path.resolve()), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_dev, status.st_ino]
