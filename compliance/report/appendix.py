"""What the page for counsel says of no single model: waivers, faults, the use, assumptions, texts, what is left out."""

from collections.abc import Sequence

from compliance.assessment import Report
from compliance.model import Finding, Waiver
from compliance.report.faults import why
from compliance.report.markup import prose, text
from compliance.report.wording import NOT_COVERED, assumed_throughout, cited, said


def appendix(report: Report) -> str:
    """All of it, a section each; what a report has none of is left out."""
    parts = (_waivers(report.suppressed), _faults(report), _stated(report), _assumed(report), _documents(report))
    left_out = f"<section><h2>Not covered</h2><p>{NOT_COVERED[0].upper()}{NOT_COVERED[1:]}</p></section>"
    return "".join(parts) + left_out


def _section(heading: str, rows: list[str]) -> str:
    """A list that is of no single model."""
    listed = "".join(f"<li>{row}</li>" for row in rows)
    return f"<section><h2>{heading}</h2><ul>{listed}</ul></section>" if rows else ""


def _table(heading: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    named = "".join(f'<th scope="col">{name}</th>' for name in head)
    table = f'<table class="listed"><thead><tr>{named}</tr></thead><tbody>{body}</tbody></table>'
    return f"<section><h2>{heading}</h2>{table}</section>" if rows else ""


def _stated(report: Report) -> str:
    """The use that was held against the terms, as somebody stated it, with what each fact asks."""
    rows = [
        (f"<code>{text(fact)}</code>", text(said(value)), _asks(fact, name, report))
        for name, facts in report.stated
        for fact, value in facts.items()
    ]
    nothing = _section("The use as stated", ["nothing"]) if report.stated else ""
    return _table("The use as stated", ("Fact", "Value", "What it answers"), rows) or nothing


def _asks(fact: str, model: str, report: Report) -> str:
    asked = text(report.words.get(fact, ""))
    return f"Of <code>{text(model)}</code>: {asked}" if model else asked


def _assumed(report: Report) -> str:
    """What verdicts rest on that nobody stated; what differs between models stands in their own lists."""
    rows = [
        (f"<code>{text(fact)}</code>", text(said(value)), text(report.words.get(fact, "")))
        for fact, value in assumed_throughout(report).items()
    ]
    return _table("Assumed, as nobody stated it", ("Fact", "Value", "What it answers"), rows)


def _documents(report: Report) -> str:
    """The texts that the rules were read from, so that each can be looked up."""
    rows = []
    for document in cited(report):
        evidence = document.evidence
        url = text(evidence.url or "")
        link = f'<a href="{url}">{text(document.title)}</a>' if url.startswith(("https://", "http://")) else None
        source = f"<br><code>{text(evidence.source)}</code>" if evidence.source else ""
        digest = f"<code>{evidence.sha256}</code>" if evidence.sha256 else "not kept"
        read = f'<span class="whole">{text(evidence.retrieved or "not noted")}</span>'
        rows.append((f"<code>{text(document.id)}</code>", f"{link or text(document.title)}{source}", read, digest))
    return _table("Documents, as they were read", ("Document", "Text", "Read on", "SHA-256"), rows)


def _waivers(waivers: tuple[Waiver, ...]) -> str:
    """Every rule that the organisation turned off, by whom, why and until when."""
    rows = [
        f"<code>{text(waiver.rule)}</code> for {text(waiver.subject)}, by {text(waiver.owner)} until"
        f" {text(waiver.until)}: {text(waiver.reason)}"
        for waiver in waivers
    ]
    return _section("Waived", rows)


def _faults(report: Report) -> str:
    unresolved = [
        f"<code>{text(r.text)}</code> at <code>{text(r.location.place)}</code>: {prose(why(r))}"
        for r in report.unresolved
    ]
    unread = [f"<code>{text(item.path)}</code>: {text(item.reason)}" for item in report.unread]
    findings = [_finding(finding) for finding in report.findings]
    parts = (
        ("Not resolved; each counts as undetermined", unresolved),
        ("Not read; each counts as undetermined", unread),
        ("Findings", findings),
    )
    return "".join(_section(heading, rows) for heading, rows in parts)


def _finding(finding: Finding) -> str:
    subject = f"{finding.subject}: " if finding.subject and finding.subject not in finding.summary else ""
    places = ", ".join(f"<code>{text(place.place)}</code>" for place in finding.locations)
    return f"<strong>{finding.level}</strong>: {prose(subject + finding.summary)}" + (f" ({places})" if places else "")
