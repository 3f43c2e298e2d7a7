"""Files written whole or not at all."""

import os
from pathlib import Path


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
