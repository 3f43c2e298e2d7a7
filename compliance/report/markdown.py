"""Markdown, for a comment on a pull request or a step summary."""

from compliance.assessment import Assessment, Report
from compliance.citing import place
from compliance.harmless import markdown, printable
from compliance.model import Finding
from compliance.report.json import decisive, shown, why
from compliance.report.wording import answers, as_used, stated
from compliance.terms import Judged

SIGNS = {"permitted": "✅", "conditional": "🟡", "undetermined": "❔", "prohibited": "⛔"}


def render(report: Report, *, all_rules: bool = False) -> str:  # noqa: ARG001
    """A table of verdicts, then what decided and what is owed, folded by subject."""
    lines = [
        f"## {SIGNS[report.verdict]} modelcheck: {report.verdict}",
        "",
        f"As of {report.as_of}, catalogue of {report.catalog_version}. Not legal advice.",
        "",
        "| | subject | access | verdict | terms |",
        "|---|---|---|---|---|",
    ]
    for item in report.worst_first:
        terms = ", ".join(item.documents) or "unknown"
        lines.append(
            f"| {SIGNS[item.verdict]} | {_code(item.subject)} | {as_used(item)} | {item.verdict} | {markdown(terms)} |"
        )
    for item in report.worst_first:
        lines += _assessment(item)
    if report.unresolved:
        lines += ["", "**Not resolved** (each counts as undetermined):", ""]
        lines += [f"- {_code(r.text)} at {_code(r.location.place)}: {markdown(why(r))}" for r in report.unresolved]
    if report.unread:
        lines += ["", "**Not read** (each counts as undetermined):", ""]
        lines += [f"- {_code(unread.path)}: {markdown(unread.reason)}" for unread in report.unread]
    if report.findings:
        lines += ["", "**Findings**:", ""]
        lines += [_finding(finding) for finding in report.findings]
    return "\n".join(lines) + "\n"


def _assessment(item: Assessment) -> list[str]:
    deciding = decisive(item)
    rules = [
        judged
        for judged in {judged.rule.key: judged for judged in reversed(shown(item))}.values()
        if judged.rule.effect == "duty"
        or judged.waived
        or ((judged.rule.key, judged.via) in deciding and judged.rule.effect == "prohibition")
    ]
    if not rules and not item.review and not item.questions:
        return []
    lines = ["", f"<details><summary>{SIGNS[item.verdict]} {markdown(item.subject)}: {item.verdict}</summary>", ""]
    lines += [f"- {_rule(judged, item)}" for judged in reversed(rules)]
    lines += [f"- to review: {markdown(reason)}" for reason in item.review]
    for question in item.questions:
        led = "; ".join(f"{markdown(' | '.join(found))} → {verdict}" for verdict, found in answers(question).items())
        lines.append(f"- ❓ {markdown(question.question)} {_code(question.fact)}: {led}")
    for change in item.counterfactuals:
        lines.append(f"- would be {change.verdict} with {_code(stated(change.changes, ': ', ' and '))}")
    if item.assumed:
        lines.append(f"- assumed, as nobody stated it: {_code(stated(item.assumed, ': ', '; '))}")
    return [*lines, "", "</details>"]


def _finding(finding: Finding) -> str:
    places = ", ".join(_code(place.place) for place in finding.locations)
    subject = f"{_code(finding.subject)}: " if finding.subject and finding.subject not in finding.summary else ""
    return f"- {finding.level}: {subject}{markdown(finding.summary)}" + (f" ({places})" if places else "")


def _rule(judged: Judged, item: Assessment) -> str:
    rule = judged.rule
    section = f", {place(rule.section, rule.parts)}" if rule.section else ""
    done = judged.fulfilled is not None and judged.fulfilled.truth is True
    bars = "bars it" if item.verdict == "prohibited" else "may bar it"
    state = "done" if done else "to do" if rule.effect == "duty" else bars
    quote = item.quotes.get(rule.key)
    quoted = f"<br>> {markdown(' '.join(quote.text.split()))} ({_code(f'{quote.path}:{quote.line}')})" if quote else ""
    remedy = f"<br>{markdown(rule.remedy)}" if rule.remedy and not done else ""
    disputed = f"<br>disputed: {markdown(rule.disputed)}" if rule.disputed else ""
    if judged.waived:
        waiver = item.waivers[rule.key]
        state, remedy = "waived", f"<br>{markdown(f'by {waiver.owner} until {waiver.until}: {waiver.reason}')}"
    cited = f"{_code(rule.key)}{markdown(section)}"
    return f"**{state}**: {markdown(rule.summary)} ({cited}){quoted}{disputed}{remedy}"


def _code(text: str) -> str:
    """Text of others as code; without angle brackets, which some renderers read even there."""
    plain = printable(text).strip(" ").replace("|", "\\|") or "\ufffd"
    plain = plain.replace("<", "\u2039").replace(">", "\u203a").replace("`", "'")
    return f"`{plain}`"
