"""`modelcheck compare MODEL...`: open weights and closed services side by side for one use."""

from pathlib import Path

import click
import msgspec

from compliance import audit, comparing, policy, project
from compliance.cli import common, completing
from compliance.grammar import Grammar


@click.command("compare")
@click.argument("models", nargs=-1, required=True, metavar="MODEL...", shell_complete=completing.models)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=completing.facts,
    help="State a fact of the use.",
)
@click.option("--use", "use_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A project file.")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME|FILE",
    shell_complete=completing.policies,
    help="A policy instead of the default.",
)
@click.option("--as-of", metavar="DATE", callback=common.as_date, help="Decide as of this date (default: today, UTC).")
@click.option("--format", "form", type=click.Choice(["terminal", "markdown", "html", "json"]), default="terminal",
              help="Output format.")  # fmt: skip
def command(
    models: tuple[str, ...],
    facts: tuple[str, ...],
    use_file: Path | None,
    policies: tuple[str, ...],
    as_of: str,
    form: str,
) -> None:
    """Hold several models against one use: verdict, clauses, duties, privacy and rights in outputs.

    Example: modelcheck compare deepseek-ai/DeepSeek-V3 meta-llama/Llama-3.1-405B-Instruct gpt-4o gemini-2.5-pro
    """
    catalog = common.load_catalog()
    grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
    settings = project.Project() if use_file is None else project.load(use_file, grammar, use_file.name)
    use = {**settings.use, **project.parse_facts(list(facts), grammar)}
    auditor = audit.Auditor(
        catalog,
        as_of=as_of,
        policies=policy.load(policies or settings.policies, catalog, Path()),
        settings=settings,
    )
    columns = comparing.side_by_side(auditor, models, use)
    if form == "json":
        tree = {"schema": "modelcheck/compare/1", "models": columns}
        click.echo(msgspec.json.format(msgspec.json.encode(tree), indent=2).decode())
    else:
        click.echo({"markdown": _markdown, "html": _html, "terminal": _terminal}[form](columns), nl=False)


def _markdown(columns: list[dict[str, str]]) -> str:
    names = list(columns[0])
    rows = [
        f"| {name} | " + " | ".join(column[name].replace("|", "\\|") for column in columns) + " |" for name in names
    ]
    return "\n".join([rows[0], "|---" * (len(columns) + 1) + "|", *rows[1:]]) + "\n"


def _html(columns: list[dict[str, str]]) -> str:
    from html import escape  # noqa: PLC0415

    from compliance.report import STYLE  # noqa: PLC0415

    names = list(columns[0])
    head = "".join(f'<th scope="col">{escape(column["model"])}</th>' for column in columns)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td{_shade(name, column)}>{escape(column[name])}</td>" for column in columns)
        + "</tr>"
        for name in names[1:]
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>modelcheck: models compared</title><style>{STYLE.read_text(encoding="utf-8")}
main{{max-width:none;overflow-x:auto}}td{{vertical-align:top;min-width:14rem;overflow-wrap:anywhere}}</style></head><body>
<header><h1>Models compared for one use</h1>
<p class="meta">Not legal advice: clauses are cited by their ids.</p></header>
<main><table><thead><tr><td></td>{head}</tr></thead><tbody>
{rows}
</tbody></table></main></body></html>
"""


def _shade(name: str, column: dict[str, str]) -> str:
    return f' class="{column["verdict"]}"' if name == "verdict" else ""


def _terminal(columns: list[dict[str, str]]) -> str:
    import io  # noqa: PLC0415
    import shutil  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(show_lines=True)
    for heading in ("", *(column["model"] for column in columns)):
        table.add_column(escape(heading), overflow="fold")
    for name in list(columns[0])[1:]:
        table.add_row(name, *(escape(column[name]) for column in columns))
    out = io.StringIO()
    Console(file=out, width=max(shutil.get_terminal_size((140, 24)).columns, 100), no_color=True).print(table)
    return out.getvalue()
