"""`modelcheck test [PATH]`: cases of law written in YAML."""

from pathlib import Path

import click

from compliance import cases
from compliance.cli import common, flags
from compliance.model import InputError


@click.command("test")
@click.argument("path", default="tests/cases", type=click.Path(path_type=Path))
@flags.form()
@click.pass_context
def command(ctx: click.Context, path: Path, form: str) -> None:
    """Run the cases of a file, or of all YAML files below a folder. Exits with 1 where one fails.

    \b
    Example:
      modelcheck test cases.yaml
    """
    ctx.exit(1 if failures(path, form) else 0)


def failures(path: Path, form: str, policies: tuple[str, ...] = ()) -> int:
    """Run cases and print those that fail; `policies` are those of cases that name none. Raises InputError."""
    if not path.exists():
        raise InputError([f"{path}: there is no such file or folder; write cases as docs/catalog.md shows"])
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    catalog, problems, found = common.load_catalog(), [], []
    for file in files:
        try:
            found += [(case, file.parent) for case in cases.read(file, file.as_posix(), catalog, flags.today())]
        except InputError as problem:
            problems += problem.problems
    if problems or not files:
        raise InputError(problems or [f"{path}: no YAML files of cases"])
    failed = []
    for case, root in found:
        differences = cases.run(case, catalog, Path() if policies else root, policies)
        if differences:
            failed.append({"place": case.place, "case": case.sentence, "differences": differences})
            if form == "terminal":
                common.say_all([f"FAILED {case.place}: {case.sentence}", *(f"  {line}" for line in differences)])
    if form == "json":
        common.say_json({"schema": "modelcheck/test/1", "cases": len(found), "failed": failed})
    else:
        common.say(f"{len(found) - len(failed)} of {len(found)} cases hold")
    return len(failed)
