"""`modelcheck notice [PATH] -o DIR`: the files that fulfil the duties."""

import os
from pathlib import Path

import click

from compliance import notice
from compliance.cli import common, flags
from compliance.cli.audit import audited
from compliance.model import InputError
from compliance.opening import plain


@click.command("notice")
@click.argument("path", default=".", type=flags.Folder(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to fill.")
@flags.use
@flags.day()
@flags.folders("copied")
def command(path: Path, output: Path, use_file: Path | None, as_of: str, model_dirs: tuple[Path, ...]) -> None:
    """Write the notices, attributions and texts that PATH owes, and OWED.md with all that is open; overwrite nothing.

    \b
    Example:
      modelcheck notice . -o notices
    """
    report, auditor = audited(path, use_file, as_of=as_of, model_dirs=model_dirs)
    common.say_dated(auditor)
    for item in report.assessments:
        if item.verdict in {"prohibited", "undetermined"}:
            common.say(f"warning: {item.subject} is {item.verdict}; no notice makes it permitted", err=True)
    for reference in report.unresolved:
        told = f"{reference.location.place}: {reference.text} is not known; what it owes is missing"
        common.say(f"warning: {told}", err=True)
    for unread in report.unread:
        common.say(f"warning: {unread.path}: was not read ({unread.reason}); what it owes may be missing", err=True)
    beside = auditor.fulfilment
    made = notice.files(
        notice.owed(report),
        auditor.evidence.text if auditor.evidence else lambda *_: None,
        came=lambda subject: [] if beside is None else [text for _, text in beside.upstream(subject)],
        facts=auditor.catalog.vocabulary.facts,
        as_of=as_of,
    )
    for name, text in made.items():
        place = output / name
        if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(output)):  # `resolve` raises for a loop
            raise InputError([f"{place}: a link leads out of {output}; nothing is written through it"])
        if place.exists():
            common.say(f"kept     {place} (exists{'' if _same(place, text) else ', and differs'})")
            continue
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise InputError([f"{place.parent}: cannot be made ({problem.strerror or problem})"]) from None
        common.write(place, text)
        common.say(f"written  {place}")
    if not made:
        found = report.assessments or report.unresolved or report.unread
        common.say("nothing is owed that is not shown fulfilled" if found else "no model was found, so nothing is owed")


def _same(place: Path, text: str) -> bool:
    try:
        return plain(place, len(text.encode()) + 1) == text.encode()
    except OSError:
        return False
