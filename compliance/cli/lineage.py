"""`modelcheck lineage MODEL`: what a model is made from, and where its licence and theirs disagree."""

from pathlib import Path

import click
import msgspec

from compliance import audit, composition, drift, project
from compliance.cli import common
from compliance.composition import Release
from compliance.drift import Tree
from compliance.grammar import Grammar
from compliance.model import InputError

_FEW = 4


@click.command("lineage")
@click.argument("model")
@click.option("--project", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A project, for its own models and its use.")  # fmt: skip
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="State a fact of the use.")
@click.option("--format", "form", type=click.Choice(["terminal", "json", "dot", "mermaid"]), default="terminal",
              help="Output format.")  # fmt: skip
@click.option("--release", is_flag=True, help="Say under which licences of the catalogue MODEL may be passed on.")
@click.pass_context
def command(
    ctx: click.Context, /, model: str, folder: Path | None, facts: tuple[str, ...], form: str, *, release: bool
) -> None:
    """Draw what MODEL is made from, with licences, verdicts and disagreements; exits with 1 where there are some.

    With --release it also lists the licences of the catalogue that satisfy everything that MODEL inherits, and why the
    others do not.

    Example: modelcheck lineage deepseek-ai/DeepSeek-R1-Distill-Llama-70B --release
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
    told = composition.release(found, auditor) if release else None
    if form == "json":
        click.echo(_json(tree, told), nl=False)
    else:
        click.echo(_DRAWN[form](tree) + (_told(told) if told is not None and form == "terminal" else ""), nl=False)
    ctx.exit(1 if tree.drift else 0)


def _json(tree: Tree, told: Release | None) -> str:
    plain = {"schema": "modelcheck/lineage/1", **msgspec.to_builtins(tree)}
    plain["drift"] = [msgspec.structs.asdict(item) for item in tree.drift]
    if told is not None:
        plain["release"] = {
            "licenses": told.licenses,
            "together": told.together,
            "conflict": told.conflict,
            "refused": [{"reason": reason, "licenses": names} for reason, names in told.refused.items()],
        }
    return msgspec.json.format(msgspec.json.encode(plain), indent=2).decode() + "\n"


def _told(told: Release) -> str:
    if told.conflict is not None:
        lines = [f"may not be passed on under any licence: what it inherits {told.conflict}"]
    elif told.together:
        lines = [f"may be passed on only under all of these at once: {', '.join(told.together)}"]
    else:
        lines = [f"may be passed on under: {', '.join(told.licenses) or 'no licence of the catalogue'}"]
    for reason, names in told.refused.items():
        some = ", ".join(names[:_FEW]) + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")
        lines.append(f"not under {some}: {reason}")
    lines.append("Whether a licence of your own that repeats every limit would do is for counsel.")
    return "\n" + "\n".join(lines) + "\n"


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


_DRAWN = {"terminal": _terminal, "dot": _dot, "mermaid": _mermaid}
