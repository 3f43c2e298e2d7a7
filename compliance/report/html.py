"""The report for counsel: one HTML file that needs no network, readable on paper and by screen readers."""

from pathlib import Path

from compliance.assessment import Assessment, Report
from compliance.model import Finding, Waiver
from compliance.report.card import card, escaped, pill, prose
from compliance.report.json import decisive, shown, why
from compliance.report.wording import (
    NOT_COVERED,
    said,
)

_HERE = Path(__file__).parent
_ORDER = ("prohibited", "undetermined", "conditional", "permitted")
_MEANING = {
    "prohibited": "At least one clause bars a use of this project.",
    "undetermined": "A fact, a licence or a reading is still open; nothing unknown passes.",
    "conditional": "Permitted, as long as the duties listed are fulfilled.",
    "permitted": "Nothing that binds this use stands against it, and nothing is owed.",
}
_NOTHING = "Nothing was found to audit."


def render(report: Report, *, all_rules: bool = False) -> str:
    """The page."""
    css, script = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    body = "\n".join(card(item, number, all_rules=all_rules) for number, item in enumerate(report.worst_first, start=1))
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>modelcheck: {report.verdict}</title><style>{css}</style></head><body>
<header class="{report.verdict}"><p class="brand">modelcheck &middot; use of AI models</p>
<h1 class="verdict">{report.verdict.capitalize()}</h1>
<p class="lead">{_MEANING[report.verdict] if report.assessments or _is_open(report) else _NOTHING}</p>
<div class="tools"{"" if report.assessments else " hidden"}>{_counts(report)}<label for="search">Search</label>
<input id="search" type="search" placeholder="model, clause, duty, licence">
<button type="button" id="all" aria-pressed="false">Expand all</button>
<p id="left" class="soft" role="status"></p></div>
{_summary(report.worst_first)}{_open(report)}
<p class="meta">As of {escaped(report.as_of)}; catalogue of {escaped(report.catalog_version)},
SHA-256 <code>{escaped(report.catalog_sha256)}</code>. Not legal advice: clauses are cited, and quoted where a copy of
their text was at hand.</p>
</header>
<main>{body}<div id="more">{_waivers(report.suppressed)}{_faults(report)}{_stated(report)}
<section><h2>Not covered</h2><p>{NOT_COVERED[0].upper()}{NOT_COVERED[1:]}</p></section></div></main>
<script>{script}</script></body></html>
"""


def _is_open(report: Report) -> bool:
    return bool(report.unresolved or report.unread)


def _summary(cards: tuple[Assessment, ...]) -> str:
    """A row per model: the verdict, the model, and what it comes from in one line."""
    rows = "".join(
        f'<tr data-verdict="{item.verdict}"><td>{pill(item.verdict)}</td>'
        f'<th scope="row"><a href="#m{number}">{escaped(item.subject)}</a></th><td>{_gist(item)}</td></tr>'
        for number, item in enumerate(cards, start=1)
    )
    head = '<tr><th scope="col">Verdict</th><th scope="col">Model</th><th scope="col">In short</th></tr>'
    return f'<table class="summary"><thead>{head}</thead><tbody>{rows}</tbody></table>' if rows else ""


def _open(report: Report) -> str:
    """What no row of the summary can show: references that name nothing known, and files that were not read."""
    counts = [(len(report.unresolved), "reference", "to no known model"), (len(report.unread), "file", "not read")]
    told = [f"{count} {name}{'s' * (count != 1)} {what}" for count, name, what in counts if count]
    return f'<p><a href="#more">{" and ".join(told)}</a>: each counts as undetermined.</p>' if told else ""


def _gist(item: Assessment) -> str:
    """What decided, or how much is owed; and how many rules a waiver turned off."""
    count = len({judged.rule.key for judged in item.decision.judged if judged.waived})
    return _decided(item) + (f" {count} rule{'s' * (count != 1)} waived." if count else "")


def _decided(item: Assessment) -> str:
    deciding = [judged.rule for judged in shown(item) if (judged.rule.key, judged.via) in decisive(item)]
    if item.verdict == "prohibited":
        certain = [rule for rule in deciding if rule.effect != "permission" and not rule.disputed]
        return escaped(next((rule.summary for rule in certain), "No permission is granted for it."))
    if item.verdict == "undetermined":
        counts = [(len(item.questions), "question", "to answer"), (len(item.review), "point", "to review")]
        told = [f"{count} {name}{'s' * (count != 1)} {todo}" for count, name, todo in counts if count]
        only = item.review[0] if len(item.review) == 1 and not item.questions else "; ".join(told)
        return escaped(f"{only.rstrip('.')}.")
    owed = {judged.rule.key for judged in shown(item) if judged.rule.effect == "duty" and not judged.met}
    return f"{len(owed)} duties to fulfil." if len(owed) > 1 else "1 duty to fulfil." if owed else "Nothing owed."


def _counts(report: Report) -> str:
    buttons = []
    for verdict in _ORDER:
        count = sum(item.verdict == verdict for item in report.assessments)
        if count:
            buttons.append(f'<button type="button" class="{verdict}" data-verdict="{verdict}" aria-pressed="false">'
                           f"{count} {verdict}</button>")  # fmt: skip
    return f'<div class="counts" role="group" aria-label="Filter by verdict">{"".join(buttons)}</div>'


def _section(heading: str, rows: list[str]) -> str:
    """A list that is of no single model."""
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f"<section><h2>{heading}</h2><ul>{listed}</ul></section>" if rows else ""


def _stated(report: Report) -> str:
    """The use that was held against the terms, as somebody stated it."""
    rows = [
        (f"of <code>{escaped(name)}</code>: " if name else "")
        + (
            ", ".join(f"<code>{escaped(fact)}</code> = {escaped(said(value))}" for fact, value in facts.items())
            or "nothing"
        )
        for name, facts in report.stated
    ]
    return _section("The use as stated", rows)


def _waivers(waivers: tuple[Waiver, ...]) -> str:
    """Every rule that the organisation turned off, by whom, why and until when."""
    rows = [
        f"<code>{escaped(waiver.rule)}</code> for {escaped(waiver.subject)}, by {escaped(waiver.owner)} until"
        f" {escaped(waiver.until)}: {escaped(waiver.reason)}"
        for waiver in waivers
    ]
    return _section("Waived", rows)


def _faults(report: Report) -> str:
    unresolved = [
        f"<code>{escaped(r.text)}</code> at <code>{escaped(r.location.place)}</code>: {prose(why(r))}"
        for r in report.unresolved
    ]
    unread = [f"<code>{escaped(item.path)}</code>: {escaped(item.reason)}" for item in report.unread]
    findings = [_finding(finding) for finding in report.findings]
    parts = (
        ("Not resolved; each counts as undetermined", unresolved),
        ("Not read; each counts as undetermined", unread),
        ("Findings", findings),
    )
    return "".join(_section(heading, rows) for heading, rows in parts)


def _finding(finding: Finding) -> str:
    subject = f"{finding.subject}: " if finding.subject and finding.subject not in finding.summary else ""
    places = ", ".join(f"<code>{escaped(place.place)}</code>" for place in finding.locations)
    return f"<strong>{finding.level}</strong>: {prose(subject + finding.summary)}" + (f" ({places})" if places else "")
