"""`modelcheck audit [PATH]`: a verdict on a project."""

from pathlib import Path
from typing import Any

import click

from compliance import audit, policy, project, scan
from compliance.cli import common
from compliance.grammar import Grammar
from compliance.model import InputError


@click.command("audit")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--use", "use_file", type=click.Path(path_type=Path), help="A project file instead of PATH/modelcheck.yaml."
)
@common.verdict_options
@click.pass_context
def command(ctx: click.Context, /, path: Path, use_file: Path | None, **options: Any) -> None:
    """Scan PATH, a folder, a modelcheck.yaml or a BOM; hold what it uses against modelcheck.yaml; report.

    Example: modelcheck audit examples/support-assistant --format json=report.json
    """
    if not path.exists():
        raise InputError([f"{path}: there is no such file or folder"])
    root = path if path.is_dir() else path.parent
    is_settings = path.is_file() and path.suffix.lower() in {".yaml", ".yml"}
    bom = path.name if path.is_file() and not is_settings else None
    file = use_file or (path if is_settings else root / project.FILE)
    catalog = common.load_catalog()
    grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
    settings = project.Project()
    if file.exists() or use_file is not None:
        settings = project.load(file, grammar, file.name)
    use = {**settings.use, **project.parse_facts(list(options["facts"]), grammar)}
    problems = project.merged_problems(use, settings, catalog.vocabulary)
    auditor = audit.Auditor(
        catalog,
        as_of=options["as_of"],
        assumptions=not options["no_assumptions"],
        policies=policy.load(options["policies"] or settings.policies, catalog, root),
        settings=settings,
        evidence=common.evidence(catalog, options["model_dirs"], project=root if path.is_dir() else None),
    )
    references, unread = scan.scan(root, settings.exclude, only=bom)
    found, unresolved = auditor.references(references)
    problems += project.scope_problems(use, len(found), catalog.vocabulary, settings.path)
    if problems:
        raise InputError(problems)
    assessments = [auditor.assess(name, use=use, locations=places) for name, places in sorted(found.items())]
    report = auditor.report(assessments, unresolved, unread)
    common.emit(report, options["formats"], all_rules=options["all_rules"])
    ctx.exit(
        common.code(report, require_duties=options["require_duties"], allow_undetermined=options["allow_undetermined"])
    )
