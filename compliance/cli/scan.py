"""`modelcheck scan [PATH]`: references only."""

from pathlib import Path

import click
import msgspec

from compliance import scan
from compliance.model import InputError, Reference


@click.command("scan")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="Output format.")
def command(path: Path, form: str) -> None:
    """List the references to models, datasets and services below PATH.

    Example: modelcheck scan . --format json
    """
    if not path.is_dir():
        raise InputError([f"{path}: not a folder"])
    references, unread = scan.scan(path)
    if form == "json":
        tree = {
            "schema": "modelcheck/scan/1",
            "references": [_plain(reference) for reference in references],
            "unread": [{"path": item.path, "reason": item.reason} for item in unread],
        }
        click.echo(msgspec.json.format(msgspec.json.encode(tree), indent=2).decode())
        return
    for reference in references:
        place = reference.location
        click.echo(f"{place.path}:{place.line}:{place.column}: {reference.text}  "
                   f"{reference.resolved or 'unresolved'}  {place.role}")  # fmt: skip
    for item in unread:
        click.echo(f"{item.path}: not read: {item.reason}")


def _plain(reference: Reference) -> dict[str, object]:
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
