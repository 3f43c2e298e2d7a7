"""A project of one or more files, and what the scanner says of it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from compliance.model import Reference, Unread
from compliance.scan import scan

See = Callable[..., list[Reference]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file of the project."""

    def writer(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return writer


@pytest.fixture
def see(tmp_path: Path, write: Callable[[str, str | bytes], Path]) -> See:
    """Write one file and return the references of the project."""

    def seer(name: str, text: str | bytes, exclude: tuple[str, ...] = ()) -> list[Reference]:
        write(name, text)
        return scan(tmp_path, exclude)[0]

    return seer


@pytest.fixture
def unread(tmp_path: Path, write: Callable[[str, str | bytes], Path]) -> Callable[[str, str | bytes], list[Unread]]:
    """Write one file and return what could not be read of the project."""

    def reader(name: str, text: str | bytes) -> list[Unread]:
        write(name, text)
        return scan(tmp_path)[1]

    return reader


@pytest.fixture
def gates(tmp_path: Path, write: Callable[[str, str | bytes], Path]) -> Callable[..., None]:
    """Check that of a project these texts gate, and those after a question mark are listed as unresolved."""

    def checker(files: Mapping[str, str], expected: tuple[str, ...]) -> None:
        for name, text in files.items():
            write(name, text)
        references = scan(tmp_path)[0]
        gated = sorted(item.text for item in references if item.gate)
        assert gated == sorted(text for text in expected if not text.startswith("?"))
        unresolved = " ".join(" ".join((item.text, *item.how)) for item in references if item.resolved is None)
        assert all(text[1:] in unresolved for text in expected if text.startswith("?"))

    return checker
