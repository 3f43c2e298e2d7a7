"""Licence files found in folders; files written whole or not at all."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_NAME = re.compile(
    r"(?:^|[._-])(?:un)?licen[cs]e|^copying|^notice\b|use[._-]?policy|acceptable[._-]?use|terms|agreement|^eula|^legal",
    re.IGNORECASE,
)
_TEXT = {"", ".txt", ".md", ".rst", ".html", ".htm", ".markdown", ".tex", ".adoc"}
_SKIPPED = {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache", ".ruff_cache"}


def is_licence(name: str) -> bool:
    """Whether a file should be a licence, by its name."""
    suffix = Path(name).suffix.lower()
    return _NAME.search(name) is not None and (suffix in _TEXT or suffix[1:].isdigit())


def licences(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Files to read, those named and those below folders; True where a file should be a licence."""
    for path in paths:
        if not path.is_dir():
            yield path, True
            continue
        for folder, names, found in os.walk(path):
            of_licences = Path(folder).name.casefold() in {"licenses", "licences"}
            names[:] = sorted(name for name in names if name not in _SKIPPED)
            for name in sorted(found):
                if is_licence(name) or (of_licences and Path(name).suffix.lower() in _TEXT):
                    yield Path(folder) / name, True
                elif Path(name).suffix.lower() in _TEXT:
                    yield Path(folder) / name, False


def replace(path: Path, data: bytes) -> None:
    """Write a file beside its place, then rename it; it gets the permissions of a new file. Raises OSError."""
    import tempfile  # noqa: PLC0415 - 3 ms that a cold gate need not pay

    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    umask = os.umask(0)
    os.umask(umask)
    os.chmod(file.name, 0o666 & ~umask)
    os.replace(file.name, path)


def keep(path: Path, data: bytes) -> None:
    """Store in a cache, best effort: a cache that cannot be written costs time, never a verdict."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, data)
    except OSError:
        return
