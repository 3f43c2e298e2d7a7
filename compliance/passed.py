"""What an audit passed over, told so that a green one hides nothing: folders of others, nested projects, submodules."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from compliance.files import plain, shown
from compliance.model import Finding, Location
from compliance.project import FILE
from compliance.scan.walking import Ignore

_PATH = re.compile(r"^[ \t]*+path[ \t]*+=[ \t]*+(\S.*)$", re.MULTILINE)
_MOST = 8


def findings(root: Path, over: list[str], exclude: tuple[str, ...], *, stated: bool) -> Iterator[Finding]:
    """Notes on `over`, what a scan of `root` passed by; `stated` is whether somebody stated anything of the use."""
    if not stated:
        yield _note(
            "no-project-file", f"there is no {FILE}, so nothing is known of the use; `modelcheck init` writes one"
        )
    nested = [path for path in over if not path.endswith("/")]
    folders = [path for path in over if path.endswith("/")]
    if nested:
        said = f"the use stated in {_named(nested)} does not count here; audit that folder by itself"
        yield _note("project-file-nested", said, *nested)
    if folders:
        said = f"not looked at, as what others wrote: {_named(folders)}; `modelcheck scan --all` lists what they name"
        yield _note("folders-left-out", said)
    excluded = Ignore(list(exclude))
    if absent := [path for path in _absent(root) if not excluded.decides(path, folder=True)]:
        said = f"submodules that are not checked out were not looked at: {_named(absent)}; git submodule update --init"
        yield _note("submodules-absent", said, ".gitmodules", level="warning")


def _note(rule: str, summary: str, *paths: str, level: Literal["warning", "note"] = "note") -> Finding:
    return Finding(
        rule=rule, level=level, summary=summary, locations=tuple(Location(path=path, line=1) for path in paths)
    )


def _named(paths: list[str]) -> str:
    more = len(paths) - _MOST
    return ", ".join(paths[:_MOST]) + (f" and {more} more" if more > 0 else "")


def _absent(root: Path) -> Iterator[str]:
    """Submodules whose folders are empty or not there."""
    try:
        text = plain(root / ".gitmodules", 200_000).decode("utf-8", "replace")
    except OSError:
        return
    for path in dict.fromkeys(path.strip() for path in _PATH.findall(text)):
        try:
            with os.scandir(root / path) as entries:
                is_empty = next(entries, None) is None
        except (OSError, ValueError):
            is_empty = True
        if is_empty:
            yield shown(path)
