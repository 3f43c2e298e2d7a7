"""`modelcheck scan [PATH]`: references only."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from compliance import scan
from compliance.cli import common, flags
from compliance.model import InputError, Reference

LONG = 500
"""From so many files on a bar is shown."""


@click.command("scan")
@click.argument("path", default=".", type=flags.Folder(path_type=Path))
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to scan with (default: one per core).")
@click.option("--no-cache", is_flag=True, help="Look at every file again, remember nothing.")
@click.option(
    "--all", "everything", is_flag=True, help="Also look at what .gitignore leaves out, and vendored folders."
)
@flags.form()
def command(path: Path, jobs: int | None, no_cache: bool, everything: bool, form: str) -> None:  # noqa: FBT001 - click passes flags
    """List the references to models, datasets and services below PATH.

    \b
    Example:
      modelcheck scan . --format json
    """
    if not path.is_dir():
        raise InputError([f"{path}: not a folder"])
    with _bar() as progress:
        cache = None if no_cache else common.cache_folder()
        references, unread = scan.scan(
            path, everything=everything, jobs=jobs or os.cpu_count() or 1, cache=cache, progress=progress
        )
    if form == "json":
        tree = {
            "schema": "modelcheck/scan/1",
            "references": [_tree(reference) for reference in references],
            "unread": [{"path": item.path, "reason": item.reason} for item in unread],
        }
        common.say_json(tree)
        return
    for reference in references:
        place = reference.location
        said = reference.resolved or f"unresolved ({'; '.join(reference.how)})"
        where = f"{place.place}:{place.column}" if place.line else place.place  # a file of bytes has no lines
        common.say(f"{where}: {reference.text}  {said}  {place.role}")
    for item in unread:
        common.say(f"{item.path}: not read: {item.reason}")
    if not references and not unread:
        common.say("nothing here names a model, a dataset or a service", err=True)


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """A bar at a terminal, where there is much to scan; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    done = 0

    def tell(count: int, total: int) -> None:
        nonlocal done
        done += count
        if total >= LONG and (done == total or done % 50 < count):
            click.echo(f"\r{done * 100 // total:3} % of {total} files", nl=done == total, err=True)

    yield tell


def _tree(reference: Reference) -> dict[str, object]:
    place = reference.location
    return {
        "text": reference.text,
        "kind": reference.kind,
        "role": place.role,
        "gate": reference.gate,
        "resolved": reference.resolved,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "detector": place.detector,
        "how": list(reference.how),
    }
