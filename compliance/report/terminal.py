"""The report for a person at a terminal."""

import io
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from compliance.assessment import Assessment, Report
from compliance.harmless import printable
from compliance.model import Finding, Parent
from compliance.report.json import all_documents, cure, decisive, shown, why
from compliance.terms import Judged

COLOURS = {"permitted": "green", "conditional": "yellow", "undetermined": "magenta", "prohibited": "red"}
_PLACES = 3
_ANSWERS = 6


def render(report: Report, *, all_rules: bool = False, width: int = 100, color: bool = False) -> str:
    """The report as text; `width` in columns."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=color, no_color=not color, highlight=False)
    told: dict[str, str] = {}
    unknown = {finding.subject: finding for finding in report.findings if finding.rule == "model-not-known"}
    for item in report.assessments:
        _assessment(console, item, told, unknown.get(item.subject), all_rules=all_rules)
    if report.unresolved:
        console.print("[bold]Not resolved[/] (each counts as undetermined)")
        for reference in report.unresolved:
            place = f"{reference.location.path}:{reference.location.line}"
            _row(console, f"{reference.text}  at {place}: {why(reference)}")
        console.print()
    if report.unread:
        console.print("[bold]Not read[/] (each counts as undetermined)")
        for unread in report.unread:
            _row(console, f"{unread.path}: {unread.reason}")
        console.print()
    for finding in report.findings:
        if finding in unknown.values():
            continue
        place = "".join(f" ({location.path}:{location.line})" for location in finding.locations)
        subject = f"{finding.subject}: " if finding.subject and finding.subject not in finding.summary else ""
        _row(console, f"{finding.level}: {subject}{finding.summary}{place}", 0)
    _summary(console, report)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def clean(text: str) -> str:
    """Text of others, made harmless: no control characters, no markup."""
    return escape(printable(text))


def _row(console: Console, text: str, indent: int = 2, *, bullet: str = "") -> None:
    if bullet:
        text = f"{bullet}{text}"
    console.print(Padding(clean(text), (0, 0, 0, indent)))


def _assessment(
    console: Console, item: Assessment, told: dict[str, str], unknown: Finding | None, *, all_rules: bool
) -> None:
    colour = COLOURS[item.verdict]
    console.print(f"[bold {colour}]{item.verdict.upper()}[/]  [bold]{clean(item.subject)}[/]  ({as_used(item)})")
    documents = {document.id: document for document in all_documents(item.terms) if document.grants}
    for document in documents.values():
        url = f", {document.evidence.url}" if document.evidence.url else ""
        _row(console, f"under {document.title} ({document.id}){url}")
    _row(console, ("" if documents else "under unknown terms; ") + f"licence known by: {item.known_by}")
    if unknown is not None:
        _row(console, unknown.summary)
    for branch in item.decision.branches:
        _row(console, f"branch taken: {branch}")
    if item.locations:
        places = ", ".join(f"{place.path}:{place.line}" for place in item.locations[:_PLACES])
        more = len(item.locations) - _PLACES
        _row(console, f"used at {places}" + (f" and {more} more places" if more > 0 else ""))
    _row(console, ", ".join(f"{name}: {outcome.verdict}" for name, outcome in item.decision.actions.items()))
    _rules(console, item, told, all_rules=all_rules)
    for reason in item.review:
        _row(console, f"to review: {reason}")
    _alternatives(console, item)
    for done in item.shown:
        _row(console, f"shown: {done.fact} by {', '.join(f'{place.path}:{place.line}' for place in done.places)}")
    if item.assumed:
        assumed = ", ".join(f"{name} = {_value(value)}" for name, value in item.assumed.items())
        _row(console, f"assumed: {assumed}")
    console.print()


def as_used(item: Assessment) -> str:
    """As what a subject is used: its access, but that data are no weights."""
    return item.kind if item.kind == "dataset" and item.access == "weights" else item.access


def _alternatives(console: Console, item: Assessment) -> None:
    for question in item.questions:
        _row(console, f"? {question.question} ({question.fact})")
        grouped: dict[str, list[str]] = {}
        for answer, outcome in question.outcomes.items():
            grouped.setdefault(outcome, []).append(answer)
        for verdict, found in grouped.items():
            more = " | ..." if len(found) > _ANSWERS else ""
            _row(console, f"{' | '.join(found[:_ANSWERS])}{more} -> {verdict}", 4)
    for change in item.counterfactuals:
        wanted = "; ".join(f"{name}: {_value(value)}" for name, value in change.changes.items())
        _row(console, f"would be {change.verdict} with {wanted}")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _rules(console: Console, item: Assessment, told: dict[str, str], *, all_rules: bool) -> None:
    """The rules under their headings; duties of laws and policies, which are the same for every model, only once."""
    deciding = decisive(item)
    common = {document.id for document in all_documents(item.terms) if not document.grants}
    paths: dict[str, list[Judged]] = {}
    for judged in shown(item, all_rules=all_rules):
        decides = (judged.rule.key, judged.via) in deciding
        open_or_barred = decides and (
            judged.rule.effect == "prohibition" or item.verdict in {"undetermined", "prohibited"}
        )
        if all_rules or judged.rule.effect == "duty" or open_or_barred:
            paths.setdefault(judged.rule.key, []).append(judged)
    for heading, group in _grouped(paths.values()):
        _row(console, heading)
        again = [] if all_rules else [same for same in group if told.get(same[0].rule.key) == _state(same[0], item)]
        for same in group:
            if same not in again:
                _rule(console, same, item)
            if heading == "Owed:" and not same[0].via and same[0].rule.document in common:
                told[same[0].rule.key] = _state(same[0], item)
        if again:
            _row(console, f"as above: {', '.join(same[0].rule.key for same in again)}", 2, bullet="- ")


def _grouped(rules: Iterable[list[Judged]]) -> Iterable[tuple[str, list[list[Judged]]]]:
    groups: dict[str, list[list[Judged]]] = {"Why:": [], "Owed:": [], "Granted:": []}
    for same in rules:
        first = same[0]
        if first.rule.effect == "permission":
            groups["Granted:"].append(same)
        elif first.rule.effect == "duty" and not first.unmet:
            groups["Owed:"].append(same)
        else:
            groups["Why:"].append(same)
    return [(heading, group) for heading, group in groups.items() if group]


def _rule(console: Console, same: list[Judged], item: Assessment) -> None:
    judged = same[0]
    rule = judged.rule
    _row(console, rule.summary, 2, bullet="- ")
    section = f", section {rule.section}" if rule.section else ""
    source = f"; {rule.source}" if rule.source else ""
    _row(console, f"{_state(judged, item)}; {rule.key}{section}{source}", 4)
    ways = sorted((other.via for other in same if other.via), key=len)
    paths = [_path(way) for n, way in enumerate(ways) if not any(way[: len(short)] == short for short in ways[:n])]
    if paths:
        _row(console, ("also " if not judged.via else "") + f"through {' and '.join(paths)}", 4)
    quote = item.quotes.get(rule.key)
    if quote is not None:
        lines = f"{quote.line}" if quote.line == quote.end_line else f"{quote.line} to {quote.end_line}"
        _row(console, f'"{" ".join(quote.text.split())}" ({quote.path}, line {lines})', 4)
    if rule.disputed:
        _row(console, f"disputed: {rule.disputed}", 4)
    shown_done = judged.fulfilled is not None and judged.fulfilled.truth is True
    if rule.remedy and rule.effect != "permission" and not shown_done:
        _row(console, f"do: {rule.remedy}", 4)


def _state(judged: Judged, item: Assessment) -> str:
    rule = judged.rule
    state: str = rule.effect
    if rule.effect == "duty" and judged.fulfilled is not None:
        state = {True: "duty, fulfilled", False: "duty, NOT MET", None: "duty, not shown"}[judged.fulfilled.truth]
    if judged.step.truth is None:
        state += ", depends on " + ", ".join(sorted(judged.step.missing))
    elif judged.step.truth is False and rule.id != "not-granted":
        state += ", does not apply"
    if rule.effect == "prohibition" and cure(judged):
        state += f", curable by a {cure(judged)}"
    if judged.waived:
        waiver = item.waivers[rule.key]
        state += f", WAIVED by {waiver.owner} until {waiver.until}: {waiver.reason}"
    return state


def _path(via: tuple[Parent, ...]) -> str:
    return " of ".join(f"{parent.id} ({parent.relation})" for parent in via)


def _summary(console: Console, report: Report) -> None:
    counts = {name: sum(item.verdict == name for item in report.assessments) for name in COLOURS}
    counts |= {"not resolved": len(report.unresolved), "not read": len(report.unread)}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    console.print(
        f"[bold {COLOURS[report.verdict]}]{report.verdict.upper()}[/] as of {report.as_of}"
        f" (catalogue of {report.catalog_version}): {told or 'nothing was found'}. Not legal advice. Clauses are"
        " quoted from texts at hand; where none is quoted, the text was not seen."
    )
