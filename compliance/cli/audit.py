"""`modelcheck audit [PATH]`: a verdict on a project."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import structs

from compliance import audit, composition, drift, policy, project, scan
from compliance.cli import common
from compliance.fulfilment import Fulfilment
from compliance.grammar import Grammar
from compliance.model import InputError

if TYPE_CHECKING:
    from types import ModuleType

    from compliance.catalog import Catalog
    from compliance.evidence import Evidence


@click.command("audit")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--use", "use_file", type=click.Path(path_type=Path), help="A project file instead of PATH/modelcheck.yaml."
)
@click.option(
    "--baseline", "earlier", type=click.Path(path_type=Path), help="An earlier JSON report; only what is new fails."
)
@common.verdict_options
@click.pass_context
def command(ctx: click.Context, /, path: Path, use_file: Path | None, earlier: Path | None, **options: Any) -> None:
    """Scan PATH, a folder, a modelcheck.yaml or a BOM; hold what it uses against modelcheck.yaml; report.

    Example: modelcheck audit examples/support-assistant --format json=report.json
    """
    before = None if earlier is None else _baseline().read(earlier)
    report, _ = audited(
        path,
        use_file,
        as_of=options["as_of"],
        facts=options["facts"],
        policies=options["policies"],
        model_dirs=options["model_dirs"],
        assumptions=not options["no_assumptions"],
    )
    if before is not None:
        report = _baseline().against(report, before)
    common.emit(report, options["formats"], all_rules=options["all_rules"])
    ctx.exit(
        common.code(report, require_duties=options["require_duties"], allow_undetermined=options["allow_undetermined"])
    )


def _baseline() -> "ModuleType":
    from compliance import baseline  # noqa: PLC0415 - most gates have none

    return baseline


def audited(
    path: Path,
    use_file: Path | None,
    *,
    as_of: str,
    facts: Iterable[str] = (),
    policies: tuple[str, ...] = (),
    model_dirs: tuple[Path, ...] = (),
    assumptions: bool = True,
    catalog: "Catalog | None" = None,
) -> tuple[audit.Report, "Evidence"]:
    """The report on a folder, a project file or a BOM, and where its texts were looked for. Raises InputError."""
    if not path.exists():
        raise InputError([f"{path}: there is no such file or folder"])
    root = path if path.is_dir() else path.parent
    is_settings = path.is_file() and path.suffix.lower() in {".yaml", ".yml"}
    bom = path.name if path.is_file() and not is_settings else None
    file = use_file or (path if is_settings else root / project.FILE)
    catalog = catalog or common.load_catalog()
    grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
    settings = project.Project()
    if file.exists() or use_file is not None:
        settings = project.load(file, grammar, file.name)
    use = {**settings.use, **project.parse_facts(list(facts), grammar)}
    problems = project.merged_problems(use, settings, catalog.vocabulary)
    evidence = common.evidence(catalog, model_dirs, project=root if path.is_dir() else None)
    auditor = audit.Auditor(
        catalog,
        as_of=as_of,
        assumptions=assumptions,
        policies=policy.load(policies or settings.policies, catalog, root),
        settings=settings,
        evidence=evidence,
        fulfilment=Fulfilment(root, evidence, settings.exclude) if path.is_dir() else None,
    )
    references, unread = scan.scan(root, settings.exclude, only=bom)
    found, unresolved = auditor.references(references)
    problems += project.scope_problems(use, len(found), catalog.vocabulary, settings.path)
    if problems:
        raise InputError(problems)
    assessments = [auditor.assess(name, use=use, locations=places) for name, places in sorted(found.items())]
    report = auditor.report(assessments, unresolved, unread)
    more = (*drift.findings(assessments, auditor), *composition.findings(assessments, auditor, use))
    return structs.replace(report, findings=(*report.findings, *more)), evidence
