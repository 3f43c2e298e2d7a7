"""`modelcheck diff OLD.json NEW.json`: what changed between two reports."""

from pathlib import Path
from typing import Any

import click
import msgspec

from compliance import comparing
from compliance.cli import common
from compliance.model import InputError


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="Output format.")
@click.pass_context
def command(ctx: click.Context, old: Path, new: Path, form: str) -> None:
    """Name the verdicts that flipped and the clauses that came or went; exits with 1 where a verdict flipped.

    Example: modelcheck diff before.json after.json
    """
    ctx.exit(show(comparing.difference(_report(old), _report(new)), form))


def show(found: list[comparing.Flip], form: str) -> int:
    """Print what changed; 1 where a verdict flipped."""
    if form == "json":
        tree = {"schema": "modelcheck/diff/1", "changes": [msgspec.structs.asdict(flip) for flip in found]}
        common.say_json(tree)
    for flip in found if form == "terminal" else ():
        common.say(f"{flip.subject}: {flip.before or 'absent'} -> {flip.after or 'absent'}")
        for sign, rules in (("+", flip.rules_added), ("-", flip.rules_dropped), ("~", flip.rules_changed)):
            for rule in rules:
                common.say(f"  {sign} {rule}")
    if not found and form == "terminal":
        common.say("nothing changed")
    return 1 if any(flip.before != flip.after for flip in found) else 0


def _report(path: Path) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes())
    except OSError as problem:
        raise InputError([f"{path}: cannot be read ({problem.strerror or problem})"]) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise InputError([f"{path}: not JSON ({problem})"]) from None
