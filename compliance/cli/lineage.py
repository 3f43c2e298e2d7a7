"""`modelcheck lineage MODEL`: what a model is made from, and where its licence and theirs disagree."""

from pathlib import Path

import click
import msgspec

from compliance import audit, drift, project
from compliance.cli import common
from compliance.drift import Tree
from compliance.grammar import Grammar
from compliance.model import InputError


@click.command("lineage")
@click.argument("model")
@click.option("--project", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A project, for its own models and its use.")  # fmt: skip
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="State a fact of the use.")
@click.option("--format", "form", type=click.Choice(["terminal", "json", "dot", "mermaid"]), default="terminal",
              help="Output format.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, /, model: str, folder: Path | None, facts: tuple[str, ...], form: str) -> None:
    """Draw what MODEL is made from, with licences, verdicts and disagreements; exits with 1 where there are some.

    Example: modelcheck lineage deepseek-ai/DeepSeek-R1-Distill-Llama-70B
    """
    catalog = common.load_catalog()
    grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
    settings = project.Project()
    if folder is not None and (folder / project.FILE).exists():
        settings = project.load(folder / project.FILE, grammar)
    use = {**settings.use, **project.parse_facts(list(facts), grammar)}
    auditor = audit.Auditor(catalog, as_of=common.today(), settings=settings, explain=False)
    found = auditor.find(model)
    if found is None:
        hint = f"declare it with its parents under models: in {project.FILE} and give --project"
        raise InputError([f"{model!r} is not in the catalogue{catalog.near_model(model)}; {hint}"])
    tree = drift.tree(found, auditor, use)
    click.echo(_DRAWN[form](tree), nl=False)
    ctx.exit(1 if tree.drift else 0)


def _json(tree: Tree) -> str:
    plain = {"schema": "modelcheck/lineage/1", **msgspec.to_builtins(tree)}
    plain["drift"] = [msgspec.structs.asdict(item) for item in tree.drift]
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode() + "\n"


def _terminal(tree: Tree) -> str:
    nodes = {node["id"]: node for node in tree.nodes}
    lines: list[str] = []

    def draw(name: str, lead: str, branch: str, relation: str, above: tuple[str, ...]) -> None:
        node = nodes[name]
        told = f"{node['license'] or 'licence unknown'}, {node['verdict']}"
        lines.append(f"{lead}{branch}{relation}{name}  ({told})" + ("  and so on" if name in above else ""))
        if name in above:
            return
        below = [edge for edge in tree.edges if edge["child"] == name]
        inner = lead + {"": "", "├─ ": "│  ", "└─ ": "   "}[branch]
        for number, edge in enumerate(below):
            last = number == len(below) - 1
            draw(str(edge["parent"]), inner, "└─ " if last else "├─ ", f"{edge['relation']} of ", (*above, name))

    draw(tree.model, "", "", "", ())
    return "\n".join([*lines, *(f"{item.kind}: {item.summary}" for item in tree.drift)]) + "\n"


def _dot(tree: Tree) -> str:
    gap = r"\n"
    rows = [f"  {_quoted(node['id'])} [label={_quoted(_label(node, gap))}];" for node in tree.nodes]
    for edge in tree.edges:
        rows.append(f"  {_quoted(edge['child'])} -> {_quoted(edge['parent'])} [label={_quoted(edge['relation'])}];")
    return "digraph lineage {\n" + "\n".join(rows) + "\n}\n"


def _quoted(text: str | None) -> str:
    return '"' + (text or "").replace('"', '\\"') + '"'


def _mermaid(tree: Tree) -> str:
    ids = {node["id"]: f"n{number}" for number, node in enumerate(tree.nodes)}
    rows = [f'  {ids[node["id"]]}["{_label(node, "<br>")}"]' for node in tree.nodes]
    rows += [f"  {ids[edge['child']]} -->|{edge['relation']}| {ids[edge['parent']]}" for edge in tree.edges]
    return "graph TD\n" + "\n".join(rows) + "\n"


def _label(node: dict[str, str | None], gap: str) -> str:
    return f"{node['id']}{gap}{node['license'] or '?'}: {node['verdict']}".replace('"', "'")


_DRAWN = {"terminal": _terminal, "json": _json, "dot": _dot, "mermaid": _mermaid}
