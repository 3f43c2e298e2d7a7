"""The report for a person at a terminal."""

import io

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from compliance.audit import Assessment, Report
from compliance.engine import Judged
from compliance.report.json import all_documents, cure, shown

COLOURS = {"permitted": "green", "conditional": "yellow", "undetermined": "magenta", "prohibited": "red"}


def render(report: Report, *, all_rules: bool = False, width: int = 100, color: bool = False) -> str:
    """The report as text; `width` in columns."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    for item in report.assessments:
        _assessment(console, item, all_rules=all_rules)
    if report.unresolved:
        console.print("[bold]Not resolved[/] (each counts as undetermined)")
        for reference in report.unresolved:
            place = f"{reference.location.path}:{reference.location.line}"
            _row(console, f"{reference.text}  [{place}]  not in the catalogue: declare it under `models:`")
        console.print()
    if report.unread:
        console.print("[bold]Not read[/] (each counts as undetermined)")
        for unread in report.unread:
            _row(console, f"{unread.path}: {unread.reason}")
        console.print()
    for finding in report.findings:
        place = "".join(f" [{location.path}:{location.line}]" for location in finding.locations)
        console.print(f"{finding.level}: {clean(finding.summary)}{escape(place)}")
    _summary(console, report)
    return out.getvalue()


def clean(text: str) -> str:
    """Text of others, made harmless: no control characters, no markup."""
    return escape("".join(char if char.isprintable() else "�" for char in text))


def _row(console: Console, text: str, indent: int = 2) -> None:
    console.print(Padding(clean(text), (0, 0, 0, indent)))


def _assessment(console: Console, item: Assessment, *, all_rules: bool) -> None:
    colour = COLOURS[item.verdict]
    console.print(f"[bold {colour}]{item.verdict.upper()}[/]  [bold]{clean(item.subject)}[/]  ({item.access})")
    titles = list(dict.fromkeys(document.title for document in all_documents(item.terms) if document.grants))
    _row(console, "under " + (", ".join(titles) or "unknown terms") + f"; known by {item.known_by}")
    for place in item.locations[:3]:
        _row(console, f"used at {place.path}:{place.line}")
    if len(item.locations) > 3:
        _row(console, f"and at {len(item.locations) - 3} more places")
    actions = ", ".join(f"{name} {outcome.verdict}" for name, outcome in item.decision.actions.items())
    _row(console, f"actions: {actions}")
    for branch in item.decision.branches:
        _row(console, f"taken: {branch}")
    _rules(console, item, all_rules=all_rules)
    for reason in item.review:
        _row(console, f"review: {reason}")
    for question in item.questions:
        _row(console, f"question: {question.question} ({question.fact})")
        grouped: dict[str, list[str]] = {}
        for answer, verdict in question.outcomes.items():
            grouped.setdefault(verdict, []).append(answer)
        for verdict, found in grouped.items():
            _row(console, f"{' | '.join(found[:6])}{' | ...' if len(found) > 6 else ''} -> {verdict}", 4)
    for change in item.counterfactuals:
        wanted = "; ".join(f"{name}: {_value(value)}" for name, value in change.changes.items())
        _row(console, f"would be {change.verdict} with {wanted}")
    if item.assumed:
        assumed = ", ".join(f"{name} = {_value(value)}" for name, value in item.assumed.items())
        _row(console, f"assumed: {assumed}")
    console.print()


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _rules(console: Console, item: Assessment, *, all_rules: bool) -> None:
    decisive = {
        (judged.rule.key, judged.via)
        for outcome in item.decision.actions.values()
        if outcome.verdict == item.verdict
        for judged in outcome.decisive
    }
    for judged in shown(item, all_rules=all_rules):
        deciding = (judged.rule.key, judged.via) in decisive
        if all_rules or judged.rule.effect == "duty" or (deciding and judged.rule.effect == "prohibition"):
            _rule(console, judged, item)
        elif deciding and item.verdict in {"undetermined", "prohibited"}:
            _rule(console, judged, item)


def _rule(console: Console, judged: Judged, item: Assessment) -> None:
    rule = judged.rule
    state = rule.effect
    if rule.effect == "duty" and judged.fulfilled is not None:
        state = {True: "duty, fulfilled", False: "duty, NOT MET", None: "duty, not shown"}[judged.fulfilled.truth]
    if judged.step.truth is None:
        state += ", depends on " + ", ".join(sorted(judged.step.missing))
    if cure(judged) and rule.effect == "prohibition":
        state += f", curable by {cure(judged)}"
    if judged.waived:
        waiver = item.waivers[rule.key]
        state += f", WAIVED by {waiver.owner} until {waiver.until}: {waiver.reason}"
    _row(console, f"- {rule.summary}")
    section = f" section {rule.section}" if rule.section else ""
    document = next((d for d in all_documents(item.terms) if d.id == rule.document), None)
    url = (rule.source or (document.evidence.url if document is not None else None)) or ""
    _row(console, f"{state}; {rule.key}{section}" + (f"; {url}" if url else ""), 4)
    for number, parent in enumerate(judged.via):
        _row(console, f"{'via' if number == 0 else 'and'} {parent.relation} of {parent.id}", 4)
    if rule.disputed:
        _row(console, f"disputed: {rule.disputed}", 4)
    if rule.remedy and judged.fulfilled is None or judged.unmet:
        _row(console, f"remedy: {rule.remedy}", 4)


def _summary(console: Console, report: Report) -> None:
    counts = {name: sum(item.verdict == name for item in report.assessments) for name in COLOURS}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    console.print(
        f"[bold {COLOURS[report.verdict]}]{report.verdict.upper()}[/] as of {report.as_of}"
        f" (catalogue of {report.catalog_version}): {told or 'nothing assessed'}. The texts themselves were not seen."
    )
