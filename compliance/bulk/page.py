"""The summary as one HTML file that needs no network: each table as bars and, below them, in numbers."""

from html import escape
from typing import TYPE_CHECKING

from compliance.bulk.engines import shown
from compliance.bulk.summary import VERDICTS, Summary, Table

if TYPE_CHECKING:
    from compliance.bulk import Job, Use

COLORS = {"prohibited": "#b02a30", "undetermined": "#6b4fa0", "conditional": "#b98500", "permitted": "#1f7a4d",
          "dropped": "#b02a30", "silent": "#6b4fa0", "kept": "#1f7a4d", "models": "#2f5d8a"}  # fmt: skip
_CSS = """:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1d2126;--soft:#5b636d}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--ink:#e7e5df;--soft:#a2a9b1}}
body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem;background:var(--paper);color:var(--ink);
font:16px/1.55 "Iowan Old Style","Palatino Linotype",Georgia,serif}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2.2rem 0 .4rem}svg{width:100%;height:auto}
.bars{overflow-x:auto}svg{min-width:34rem}
svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg .soft{fill:var(--soft)}
table{border-collapse:collapse;font-size:.9rem}th,td{text-align:right;padding:.1rem .9rem .1rem 0}
th:first-child{text-align:left}p,summary{color:var(--soft)}
.key span{white-space:nowrap;margin-right:1em}
.key i{display:inline-block;width:.8em;height:.8em;margin-right:.3em}
"""
_LEFT, _WIDTH, _BAR, _STEP = 190, 510, 18, 26


def render(found: Summary, job: "Job", *, catalog: str) -> str:
    """The page."""
    uses = "".join(f"<p>{escape(_use(name, use))}</p>" for name, use in sorted(job.uses.items()))
    told = ", ".join(f"{found.verdicts[name]:,} {name}" for name in VERDICTS)
    body = "\n".join(_section(table) for table in found.tables() if table.rows)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>modelcheck bulk: {found.models:,} models</title><style>{_CSS}</style></head><body>
<h1>{found.models:,} models: {escape(told)}</h1>
<p>Read: {escape(shown(job.inputs))}.</p>{uses}
<p>As of {escape(job.as_of)}; catalogue <code>{escape(catalog[:16])}</code>. Not legal advice. Dropped: a licence is
declared that gives up what an inherited one restricts; silent: none is declared over it. A model that inherits
from two families counts in both. Beside each bar stand its models and the share of its first colour.</p>
{body}
</body></html>
"""


def _use(name: str, use: "Use") -> str:
    """What was intended, in words."""
    sets = {fact: sorted(value) if isinstance(value, frozenset) else [value] for fact, value in use.facts.items()}
    told = [f"{fact} = {', '.join(map(_written, values))}" for fact, values in sorted(sets.items())]
    policies = ", ".join(policy.id for policy in use.policies) or "none"
    return f"Use{' ' if name else ''}{name}: {'; '.join(told) or 'nothing stated'}. Policies: {policies}."


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _section(table: Table) -> str:
    key = "".join(f'<span><i style="background:{COLORS[name]}"></i>{escape(name)}</span>' for name in table.columns)
    head = "".join(f"<th>{escape(name)}</th>" for name in ("", *table.columns))
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{count:,}</td>" for count in counts)}</tr>'
                   for name, counts in table.rows)  # fmt: skip
    return f"""<h2>{escape(table.title)}</h2><p class="key">{key}</p><div class="bars">{_bars(table)}</div>
<details><summary>In numbers</summary><table><tr>{head}</tr>{rows}</table></details>"""


def _bars(table: Table) -> str:
    """One bar a row: shares of the row where there are several columns, else its part of the greatest."""
    most = max(sum(counts) for _, counts in table.rows) or 1
    height = len(table.rows) * _STEP + 4
    parts = [f'<svg viewBox="0 0 860 {height}" role="img" aria-label="{escape(table.title)}">']
    for number, (name, counts) in enumerate(table.rows):
        top, total = number * _STEP + 2, sum(counts)
        whole = total if len(counts) > 1 else most
        parts.append(f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(name)}</text>')
        left = float(_LEFT)
        for column, count in zip(table.columns, counts, strict=True):
            width = _WIDTH * count / (whole or 1)
            if count:
                told = escape(f"{name}, {column}: {count:,} of {total:,}")
                parts.append(f'<rect x="{left:.1f}" y="{top}" width="{max(width, 0.5):.1f}" height="{_BAR}" '
                             f'fill="{COLORS[column]}"><title>{told}</title></rect>')  # fmt: skip
            left += width
        share = f" · {100 * counts[0] / total:.1f} %" if len(counts) > 1 and total else ""
        parts.append(f'<text class="soft" x="{_LEFT + _WIDTH + 8}" y="{top + 14}">{total:,}{share}</text>')
    return "".join([*parts, "</svg>"])
