"""The lineage of a subject, drawn as inline SVG that needs no script and no font of its own."""

from collections.abc import Callable

from compliance.assessment import Assessment
from compliance.report.wording import related

_ROW, _STEP, _HEIGHT, _CHAR = 56, 26, 30, 8.0
Text = Callable[[str], str]


def lineage(item: Assessment, text: Text) -> str:
    """The subject above, what it was made from below it, edges named by their relation; empty where there is none."""
    below: dict[str, dict[str, str]] = {}
    for child, relation, parent in item.ancestry:
        below.setdefault(child, {})[parent] = relation
    if not below:
        return ""
    depth = _order(item.subject, below)
    rows = list(depth)
    edges = {(rows.index(child), rows.index(parent)): relation
             for child, parents in below.items() for parent, relation in parents.items()}  # fmt: skip
    at = [(2 + _STEP * depth[name], 2 + _ROW * row) for row, name in enumerate(rows)]
    width = int(max(x + _width(name) for (x, _), name in zip(at, rows, strict=True))) + 4
    shapes = [_edge(at[child], at[row], relation, text) for (child, row), relation in edges.items()]
    shapes += [_node(name, *at[row], text, first=row == 0) for row, name in enumerate(rows)]
    told = "; ".join(f"{rows[child]} is {related(relation)} {rows[row]}" for (child, row), relation in edges.items())
    height = _ROW * len(rows) - (_ROW - _HEIGHT) + 6
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = f'<svg role="img" aria-label="{text(told)}" {size}>{"".join(shapes)}</svg>'
    return f'<div class="drawing" tabindex="0">{svg}</div>'


def _order(top: str, below: dict[str, dict[str, str]]) -> dict[str, int]:
    """Every name with its depth, each right under what was made from it first."""
    depth: dict[str, int] = {}
    queue = [(top, 0)]
    while queue:
        name, level = queue.pop()
        if name not in depth:
            depth[name] = level
            queue += [(parent, level + 1) for parent in reversed(below.get(name, {}))]
    return depth


def _width(name: str) -> float:
    return 24 + _CHAR * len(name)


def _node(name: str, x: int, y: int, text: Text, *, first: bool) -> str:
    box = f'<rect x="{x}" y="{y}" width="{_width(name):.0f}" height="{_HEIGHT}" rx="7"/>'
    return f'<g class="{"node own" if first else "node"}">{box}<text x="{x + 12}" y="{y + 20}">{text(name)}</text></g>'


def _edge(start: tuple[int, int], end: tuple[int, int], relation: str, text: Text) -> str:
    x, middle = start[0] + 12, end[1] + _HEIGHT // 2
    line = f'<path d="M{x} {start[1] + _HEIGHT}V{middle - 8}q0 8 8 8H{end[0]}"/>'
    return f'<g class="edge">{line}<text x="{x + 8}" y="{end[1] - 8}">{text(related(relation))}</text></g>'
