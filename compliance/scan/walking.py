"""Which files below a root are looked at: no version control, no environments, nothing ignored, no links."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from compliance.files import shown
from compliance.model import Unread

SKIPPED = frozenset(
    """.git .hg .svn .venv venv virtualenv node_modules bower_components __pycache__ .tox .nox .mypy_cache .pytest_cache
    .ruff_cache .hypothesis .ipynb_checkpoints .idea .vscode .terraform .gradle .next .nuxt .svelte-kit .output
    .eggs site-packages dist vendor third_party third-party""".split()
)
"""Folders that hold what others wrote or what tools made."""

OWN_FILES = frozenset({"modelcheck.yaml", "modelcheck-policy.yaml", "modelcheck-baseline.json"})
"""Of the root: they name models without using any."""


class Ignore:
    """The patterns of one `.gitignore`, or of `exclude:`; the last that matches decides."""

    def __init__(self, lines: list[str]) -> None:
        self.rules: list[tuple[bool, bool, re.Pattern[str]]] = []
        for raw in lines:
            line = raw.rstrip("\r\n")
            if not line.endswith("\\ "):
                line = line.rstrip()
            if not line or line.startswith("#") or len(line) > 500:  # noqa: PLR2004
                continue
            negated = line.startswith("!")
            body = line[1:] if negated else line
            self.rules.append((negated, body.endswith("/"), _pattern(body.rstrip("/"))))

    def decides(self, path: str, *, folder: bool) -> bool | None:
        """True where ignored, False where taken back, None where nothing is said."""
        said = None
        for negated, folders_only, pattern in self.rules:
            if (folder or not folders_only) and pattern.fullmatch(path):
                said = not negated
        return said


Ignores = tuple[tuple[str, Ignore], ...]
"""What is ignored, each below its folder."""


def _pattern(body: str) -> re.Pattern[str]:
    anchored = "/" in body
    out, at = "", 0
    body = body.lstrip("/")
    while at < len(body):
        if body.startswith("**/", at):
            out, at = out + "(?:[^/]+/)*", at + 3
        elif body.startswith("**", at):
            out, at = out + ".*", at + 2
        elif body[at] == "*":
            out, at = out + "[^/]*", at + 1
        elif body[at] == "?":
            out, at = out + "[^/]", at + 1
        elif body[at] == "[" and (end := body.find("]", at + 2)) > 0:
            inner = (
                body[at + 1 : end].replace("\\", "\\\\").replace("!", "^", 1)
                if body[at + 1] == "!"
                else body[at + 1 : end]
            )
            out, at = out + f"[{inner}]", end + 1
        else:
            out, at = out + re.escape(body[at]), at + 1
    try:
        return re.compile(out if anchored else f"(?:.*/)?{out}")
    except re.error:
        return re.compile(re.escape(body))


def walk(
    root: Path, exclude: tuple[str, ...], unread: list[Unread], *, everything: bool = False
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Files below a root by their relative path, sorted; folders that cannot be listed are noted in `unread`.

    `everything` also takes what `.gitignore` leaves out, and folders of others or of tools except version control.
    """
    yield from _Walk(unread, everything=everything).below(str(root), "", (("", Ignore(list(exclude))),))


class _Walk:
    """One walk, without recursion: folders may lie deeper than Python's stack."""

    def __init__(self, unread: list[Unread], *, everything: bool) -> None:
        self.unread, self.everything = unread, everything

    def below(self, folder: str, prefix: str, ignores: Ignores) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
        """The files of a folder and of those in it."""
        stack = [self._files(folder, prefix, ignores)]
        while stack:
            found = next(stack[-1], None)
            if found is None:
                stack.pop()
            elif found[2] is None:
                yield found[0], found[1]
            else:
                stack.append(self._files(found[1].path, found[0] + "/", found[2]))

    def _files(
        self, folder: str, prefix: str, ignores: Ignores
    ) -> Iterator[tuple[str, "os.DirEntry[str]", Ignores | None]]:
        """Each file, and each folder with what is ignored in it."""
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as problem:
            path = shown(prefix.rstrip("/")) or "."
            self.unread.append(Unread(path=path, reason=f"cannot be listed ({problem.strerror or problem})"))
            return
        names = {entry.name for entry in entries}
        if "pyvenv.cfg" in names and prefix and not self.everything:
            return
        if ".gitignore" in names and not self.everything:
            ignores = (*ignores, (prefix, _gitignore(folder + "/.gitignore")))
        for entry in entries:
            path = prefix + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.is_symlink() or _ignored(path, ignores, folder=is_folder):
                continue
            if is_folder:
                if not self._skips(entry.name):
                    yield path, entry, ignores
            elif entry.is_file(follow_symlinks=False) and path not in OWN_FILES:
                yield shown(path), entry, None

    def _skips(self, name: str) -> bool:
        if self.everything:
            return name in {".git", ".hg", ".svn"}
        return name in SKIPPED or name.endswith((".egg-info", ".dist-info"))


def _gitignore(path: str) -> Ignore:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - no Path for each of thousands
            return Ignore(stream.read(200_000).decode("utf-8", errors="replace").splitlines())
    except OSError:
        return Ignore([])


def _ignored(path: str, ignores: Ignores, *, folder: bool) -> bool:
    said = False
    for prefix, ignore in ignores:
        answer = ignore.decides(path[len(prefix) :], folder=folder)
        if answer is not None:
            said = answer
    return said
