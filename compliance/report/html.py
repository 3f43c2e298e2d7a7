"""The report for counsel: one HTML file that needs no network, readable on paper and by screen readers."""

from html import escape
from pathlib import Path

from compliance.audit import Assessment, Report
from compliance.engine import Judged
from compliance.model import Document, Parent
from compliance.report.json import all_documents, cure, decisive, shown

_HERE = Path(__file__).parent
_ORDER = ("prohibited", "undetermined", "conditional", "permitted")
_MEANING = {
    "prohibited": "At least one clause bars a use of this project.",
    "undetermined": "A fact, a licence or a reading is still open; nothing unknown passes.",
    "conditional": "Permitted, as long as the duties listed are fulfilled.",
    "permitted": "Nothing that binds this use stands against it, and nothing is owed.",
}


def render(report: Report, *, all_rules: bool = False) -> str:
    """The page."""
    css, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    cards = sorted(report.assessments, key=lambda item: (_ORDER.index(item.verdict), item.subject))
    body = "\n".join(_card(item, all_rules=all_rules) for item in cards)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>modelcheck: {report.verdict}</title><style>{css}</style></head><body>
<header><h1>Use of AI models</h1>
<p class="verdict {report.verdict}">{report.verdict.capitalize()}</p>
<p>{_MEANING[report.verdict]}</p>
<p class="meta">As of {_text(report.as_of)}; catalogue of {_text(report.catalog_version)},
<code>{_text(report.catalog_sha256[:16])}</code>. Not legal advice: clauses are cited, and quoted where a copy was at
hand.</p>
<div class="tools">{_counts(report)}<label class="soft" for="search">Search</label>
<input id="search" type="search" placeholder="model, clause, duty">
<p id="left" class="soft" role="status"></p></div></header>
<main>{body}{_faults(report)}</main><script>{script}</script></body></html>
"""


def _text(text: str) -> str:
    return escape("".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in text))


def _counts(report: Report) -> str:
    buttons = []
    for verdict in _ORDER:
        count = sum(item.verdict == verdict for item in report.assessments)
        if count:
            buttons.append(f'<button type="button" class="{verdict}" data-verdict="{verdict}" aria-pressed="false">'
                           f"{count} {verdict}</button>")  # fmt: skip
    return f'<div class="counts" role="group" aria-label="Filter by verdict">{"".join(buttons)}</div>'


def _card(item: Assessment, *, all_rules: bool) -> str:
    documents = {document.id: document for document in all_documents(item.terms)}
    actions = "".join(f'<tr><th scope="row">{_text(name)}</th><td class="{outcome.verdict}">{outcome.verdict}</td></tr>'
                      for name, outcome in item.decision.actions.items())  # fmt: skip
    parts = [
        _head(item),
        f'<p class="soft">{_text(item.access)}, {_terms(item, documents)}; known by {_text(item.known_by)}</p>',
        *_rules(item, documents, all_rules=all_rules),
        _listed("To review", [_text(reason) for reason in item.review]),
        _questions(item),
        _listed("What would make it pass", [
            f"<code>{_text('; '.join(f'{name}: {_value(value)}' for name, value in change.changes.items()))}</code>"
            f' would be <span class="{change.verdict}">{change.verdict}</span>' for change in item.counterfactuals]),
        _drawing(item),
        f"<details><summary>Verdict by action, places, assumptions</summary><table>{actions}</table>"
        + _listed("Used at", [f"<code>{_text(place.path)}:{place.line}</code>" for place in item.locations])
        + _listed("Assumed", [f"<code>{_text(name)}</code> = {_text(_value(v))}" for name, v in item.assumed.items()])
        + "</details>",
    ]  # fmt: skip
    return f'<article class="{item.verdict}" data-verdict="{item.verdict}">{"".join(parts)}</article>'


def _head(item: Assessment) -> str:
    stamp = f'<span class="stamp {item.verdict}">{item.verdict}</span>'
    return f'<div class="head"><h2>{_text(item.subject)}</h2>{stamp}</div>'


def _terms(item: Assessment, documents: dict[str, Document]) -> str:
    found = [documents[name] for name in item.documents if name in documents]
    return "under " + ", ".join(_link(document) for document in found) if found else "terms unknown"


def _link(document: Document) -> str:
    url = document.evidence.url or ""
    title = _text(document.title)
    return f'<a href="{escape(url)}">{title}</a>' if url.startswith(("https://", "http://")) else title


def _rules(item: Assessment, documents: dict[str, Document], *, all_rules: bool) -> list[str]:
    deciding = decisive(item)
    groups: dict[str, dict[str, str]] = {"Why": {}, "Owed": {}, "Granted": {}}
    for judged in shown(item, all_rules=all_rules):
        decides = (judged.rule.key, judged.via) in deciding
        if judged.rule.effect == "permission":
            heading = "Granted"
        elif judged.rule.effect == "duty" and not judged.unmet:
            heading = "Owed"
        else:
            heading = "Why"
        if all_rules or heading != "Why" or decides or judged.unmet:
            groups[heading].setdefault(judged.rule.key, _rule(judged, item, documents.get(judged.rule.document)))
    why, owed, granted = (list(group.values()) for group in groups.values())
    folded = f"<details><summary>Granted by</summary><ul>{''.join(f'<li>{g}</li>' for g in granted)}</ul></details>"
    return [_listed("Why", why), _listed("Owed", owed), folded if granted else ""]


def _rule(judged: Judged, item: Assessment, document: Document | None) -> str:
    rule = judged.rule
    state = {"prohibition": "bars it", "permission": "granted", "duty": "not shown"}[rule.effect]
    if judged.fulfilled is not None and judged.fulfilled.truth is not None:
        state = "fulfilled" if judged.fulfilled.truth else "not met"
    if judged.step.truth is None:
        state += ", depends on " + ", ".join(sorted(judged.step.missing))
    if rule.effect == "prohibition" and cure(judged):
        state += f", curable by a {cure(judged)}"
    waiver = item.waivers.get(rule.key) if judged.waived else None
    told = [f'{_text(rule.summary)} <span class="state">[{_text(state)}]</span>']
    cited = f"<code>{_text(rule.key)}</code>" + (f", section {_text(rule.section)}" if rule.section else "")
    if document is not None and document.evidence.sha256:
        cited += f", text <code>{document.evidence.sha256[:12]}</code>"
    if rule.source:
        cited += f", {_text(rule.source)}"
    told.append(f'<div class="soft">{cited}{_through(judged.via)}</div>')
    quote = item.quotes.get(rule.key)
    if quote is not None:
        told.append(f"<blockquote>{_text(quote.text)}<br><code>{_text(quote.path)}:{quote.line}</code></blockquote>")
    if waiver is not None:
        told.append(f"<div>Waived by {_text(waiver.owner)} until {_text(waiver.until)}: {_text(waiver.reason)}</div>")
    if rule.disputed:
        told.append(f'<div class="soft">Disputed: {_text(rule.disputed)}</div>')
    if rule.remedy and rule.effect != "permission" and state != "fulfilled":
        told.append(f"<div>To do: {_text(rule.remedy)}</div>")
    return "".join(told)


def _through(via: tuple[Parent, ...]) -> str:
    return "".join(f", through {_text(parent.id)} ({_text(parent.relation)})" for parent in via)


def _questions(item: Assessment) -> str:
    rows = []
    for question in item.questions:
        answers = "".join(f'<tr><td>{_text(answer)}</td><td class="{verdict}">{verdict}</td></tr>'
                          for answer, verdict in question.outcomes.items())  # fmt: skip
        rows.append(f"{_text(question.question)} <code>{_text(question.fact)}</code><table>{answers}</table>")
    return _listed("Still to be known", rows)


def _listed(heading: str, rows: list[str]) -> str:
    return f"<h3>{heading}</h3><ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>" if rows else ""


def _value(value: object) -> str:
    if isinstance(value, (list, frozenset)):
        return ", ".join(sorted(map(str, value))) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _drawing(item: Assessment) -> str:
    """The lineage that terms came through, as inline SVG: the subject above, its ancestors below."""
    rows: list[str] = [item.subject]
    edges: dict[tuple[int, int], str] = {}
    for path in sorted({judged.via for judged in item.decision.judged if judged.via}, key=len):
        child = 0
        for parent in path:
            if parent.id not in rows:
                rows.append(parent.id)
            edges[(child, rows.index(parent.id))] = parent.relation
            child = rows.index(parent.id)
    if not edges:
        return ""
    depth = [0] * len(rows)
    for child, parent_row in edges:
        depth[parent_row] = max(depth[parent_row], depth[child] + 1)
    at = [(14 + 28 * depth[row], 18 + 44 * row) for row in range(len(rows))]
    shapes = [_node(name, *at[row]) for row, name in enumerate(rows)]
    shapes += [_edge(at[child], at[parent_row], relation) for (child, parent_row), relation in edges.items()]
    names = _text(", ".join(rows))
    size = f'viewBox="0 0 640 {len(rows) * 44}" width="640"'
    return f'<h3>Lineage</h3><svg role="img" aria-label="{names}" {size}>{"".join(shapes)}</svg>'


def _node(name: str, x: int, y: int) -> str:
    label = f'<text x="{x + 12}" y="{y + 5}" fill="currentColor" font-size="14">{_text(name)}</text>'
    return f'<circle cx="{x}" cy="{y}" r="5" fill="currentColor"/>{label}'


def _edge(start: tuple[int, int], end: tuple[int, int], relation: str) -> str:
    line = f'<path d="M{start[0]} {start[1] + 6}V{end[1]}H{end[0] - 6}" fill="none" stroke="currentColor"/>'
    label = f'<text x="{start[0] + 6}" y="{end[1] - 12}" fill="currentColor" font-size="11">{_text(relation)}</text>'
    return line + label


def _faults(report: Report) -> str:
    unresolved = [f"<code>{_text(r.text)}</code> at <code>{_text(r.location.path)}:{r.location.line}</code>"
                  for r in report.unresolved]  # fmt: skip
    unread = [f"<code>{_text(item.path)}</code>: {_text(item.reason)}" for item in report.unread]
    findings = [f"{finding.level}: {_text(finding.summary)}" for finding in report.findings]
    parts = (
        ("Not resolved; each counts as undetermined", unresolved),
        ("Not read; each counts as undetermined", unread),
        ("Findings", findings),
    )
    return "".join(f"<section>{_listed(heading, rows)}</section>" for heading, rows in parts if rows)
