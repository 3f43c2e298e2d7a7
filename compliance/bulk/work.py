"""The folder beside the output in which a run keeps what is done, for one process at a time."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Any

import compliance
from compliance.model import InputError


@contextmanager
def folder(out: Path, key: dict[str, Any]) -> Iterator[Path]:
    """The folder that a stopped run of the same job left, else a new one; removed when all went well.

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
            if not _same(mark, key):
                _empty(place)
                mark.write_text(json.dumps(key))
            try:
                yield place
            except InputError:
                if any(
                    path.name.endswith((".parquet", ".bin")) or (path / "_SUCCESS").exists() for path in place.iterdir()
                ):
                    raise  # what was done may be of use to the next run
                shutil.rmtree(place, ignore_errors=True)
                raise
            _empty(place)
        shutil.rmtree(place, ignore_errors=True)
    except OSError as problem:
        raise InputError([f"{out}: cannot be written ({problem.strerror or problem})"]) from None


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


def makers() -> str:
    """What tells the code that makes the tables from other code: the package by its hash, what it calls by version."""
    package = Path(compliance.__file__).parent
    found = blake2b(digest_size=16)
    for path in sorted(package.rglob("*.py")):
        found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in ("duckdb", "ibis-framework", "pyspark"):
        with suppress(metadata.PackageNotFoundError):
            found.update(f"{name} {metadata.version(name)}\0".encode())
    return found.hexdigest()


def stamp(path: Path) -> list[Any]:
    """What tells an input file from another."""
    try:
        status = path.stat()
    except OSError as problem:
        raise InputError([f"{path}: cannot be read ({problem.strerror or problem})"]) from None
    return [str(path.resolve()), status.st_size, status.st_mtime_ns]
