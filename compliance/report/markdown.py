"""Markdown, for a comment on a pull request or a step summary."""

from compliance import __version__
from compliance.assessment import Assessment, Report
from compliance.citing import behind
from compliance.harmless import markdown, printable
from compliance.model import Finding
from compliance.report.faults import why
from compliance.report.json import decisive, settled_by, shown
from compliance.report.wording import NOT_COVERED, answers, as_used, cited, depends_on, known_by, stated
from compliance.terms import Judged

_PLACES = 5
SIGNS = {"permitted": "✅", "conditional": "🟡", "undetermined": "❔", "prohibited": "⛔"}


def render(report: Report) -> str:
    """A table of verdicts, then what decided and what is owed, folded by subject."""
    lines = [
        f"## {SIGNS[report.verdict]} modelcheck: {report.verdict}",
        "",
        f"{_of(report)} of {report.as_of}, by modelcheck {__version__}, catalogue of {report.catalog_version}.",
        "Not legal advice.",
        "",
        *_stated(report),
        "| | subject | access | verdict | terms |",
        "|---|---|---|---|---|",
    ]
    for item in report.worst_first:
        terms = ", ".join(item.documents) or "unknown"
        lines.append(
            f"| {SIGNS[item.verdict]} | {_code(item.subject)} | {as_used(item)} | {item.verdict} | {markdown(terms)} |"
        )
    groups: dict[tuple[str, ...], list[Assessment]] = {}
    for item in report.worst_first:
        groups.setdefault((item.verdict, *_assessment(item, set())), []).append(item)
    told: set[str] = set()
    for group in groups.values():
        lines += _group(group, told)
    if report.unresolved:
        lines += ["", "**Not resolved** (each counts as undetermined):", ""]
        lines += [f"- {_code(r.text)} at {_code(r.location.place)}: {markdown(why(r))}" for r in report.unresolved]
    if report.unread:
        lines += ["", "**Not read** (each counts as undetermined):", ""]
        lines += [f"- {_code(unread.path)}: {markdown(unread.reason)}" for unread in report.unread]
    if report.findings:
        lines += ["", "**Findings**:", ""]
        lines += [_finding(finding) for finding in report.findings]
    lines += [*_documents(report), "", f"**Not covered**: {NOT_COVERED}"]
    return "\n".join(lines) + "\n"


def _of(report: Report) -> str:
    return f"Of {_code(report.project)}, as" if report.project else "As"


def _stated(report: Report) -> list[str]:
    """The use that was held against the terms."""
    told = []
    for name, facts in report.stated:
        whose = f" of {_code(name)}" if name else ""
        told.append(f"The use{whose} as stated: {_code(stated(facts, ': ', '; ')) if facts else 'nothing'}.")
    return [*told, ""] if told else []


def _documents(report: Report) -> list[str]:
    """The texts that the rules above were read from, so that each can be looked up."""
    rows = []
    for document in cited(report):
        evidence = document.evidence
        sources = " ".join(filter(None, (evidence.url, evidence.source and _code(evidence.source))))
        digest = _code(evidence.sha256) if evidence.sha256 else "not kept"
        title = markdown(document.title)
        rows.append(f"| {_code(document.id)} | {title} | {sources} | {evidence.retrieved or 'not noted'} | {digest} |")
    head = ["", "<details><summary>Documents, as they were read</summary>", ""]
    head += ["| document | title | source | read on | SHA-256 |", "|---|---|---|---|---|"]
    return [*head, *rows, "", "</details>"] if rows else []


def _group(group: list[Assessment], told: set[str]) -> list[str]:
    """Subjects of which the same is told, folded, each with its places."""
    first = group[0]
    if not (lines := _assessment(first, told)):
        return []
    names = ", ".join(markdown(item.subject) for item in group)
    head = ["", f"<details><summary>{SIGNS[first.verdict]} {names}: {first.verdict}</summary>", ""]
    for item in group:
        if item.locations:
            whose = f"{_code(item.subject)} is " if len(group) > 1 else ""
            places = ", ".join(_code(place.place) for place in item.locations[:_PLACES])
            head.append(f"- {whose}used at {places}{_more(item)}")
    return [*head, *lines, "", "</details>"]


def _assessment(item: Assessment, told: set[str]) -> list[str]:
    """What a subject is under, beside its name and places; of the duties `told` in the same words only the names."""
    deciding = decisive(item)
    rules = [
        judged
        for judged in {judged.rule.key: judged for judged in reversed(shown(item))}.values()
        if judged.rule.effect == "duty"
        or judged.waived
        or ((judged.rule.key, judged.via) in deciding and judged.rule.effect == "prohibition")
    ]
    if not rules and not item.review and not item.questions and not item.assumed:
        return []
    lines = [f"- {markdown(known_by(item))}; by action: {_actions(item)}"]
    said = {judged.rule.key: _rule(judged, item) for judged in reversed(rules)}
    lines += [f"- {words}" for words in said.values() if words not in told]
    if again := [_code(key) for key, words in said.items() if words in told]:
        lines.append(f"- **to do**, as above: {', '.join(again)}")
    told.update(said[judged.rule.key] for judged in rules if _is_owed(judged))
    lines += _review(item, rules)
    for question in item.questions:
        led = "; ".join(f"{markdown(' | '.join(found))} → {verdict}" for verdict, found in answers(question).items())
        lines.append(f"- ❓ {markdown(question.question)} {_code(question.fact)}: {led}")
    for change in item.counterfactuals:
        lines.append(f"- would be {change.verdict} with {_code(stated(change.changes, ': ', ' and '))}")
    if item.assumed:
        lines.append(f"- assumed, as nobody stated it: {_code(stated(item.assumed, ': ', '; '))}")
    return lines


def _is_owed(judged: Judged) -> bool:
    return judged.rule.effect == "duty" and not (judged.met or judged.unmet or judged.waived)


def _review(item: Assessment, rules: list[Judged]) -> list[str]:
    """What somebody has to look at; of the readings that stand above only the names of their rules."""
    above = {f"{judged.rule.key}: {judged.rule.disputed}": judged.rule.key for judged in rules if judged.rule.disputed}
    named = [_code(above[reason]) for reason in item.review if reason in above]
    rest = [f"- to review: {markdown(reason)}" for reason in item.review if reason not in above]
    return [f"- to review: what is disputed above, {', '.join(named)}", *rest] if named else rest


def _actions(item: Assessment) -> str:
    return ", ".join(f"{name} {outcome.verdict}" for name, outcome in item.decision.actions.items())


def _more(item: Assessment) -> str:
    more = len(item.locations) - _PLACES
    return f" and {more} more place{'s' * (more != 1)}" if more > 0 else ""


def _finding(finding: Finding) -> str:
    places = ", ".join(_code(place.place) for place in finding.locations)
    subject = f"{_code(finding.subject)}: " if finding.subject and finding.subject not in finding.summary else ""
    return f"- {finding.level}: {subject}{markdown(finding.summary)}" + (f" ({places})" if places else "")


def _rule(judged: Judged, item: Assessment) -> str:
    rule = judged.rule
    section = behind(rule.section, rule.parts)
    path = "".join(f", through {_code(parent.id)} ({parent.relation})" for parent in judged.via)
    bars = "bars it" if item.verdict == "prohibited" else "may bar it"
    owed = "done" if judged.met else "not met" if judged.unmet else "to do"
    state = owed if rule.effect == "duty" else bars
    quote = item.quotes.get(rule.key)
    quoted = f"<br>> {markdown(' '.join(quote.text.split()))} ({_code(f'{quote.path}:{quote.line}')})" if quote else ""
    remedy = f"<br>{markdown(rule.remedy)}" if rule.remedy and not judged.met else ""
    settled = settled_by(rule) if not judged.met else None
    remedy += f" Then state {_code(settled)}." if settled and remedy else ""
    disputed = f"<br>disputed: {markdown(rule.disputed)}" if rule.disputed else ""
    if judged.waived:
        waiver = item.waivers[rule.key]
        state, remedy = "waived", f"<br>{markdown(f'by {waiver.owner} until {waiver.until}: {waiver.reason}')}"
    lacks = depends_on(judged, item)
    where = f"{_code(rule.key)}{markdown(section)}{path}"
    where += f"; depends on {', '.join(map(_code, lacks))}" if lacks and not judged.waived else ""
    return f"**{state}**: {markdown(rule.summary)} ({where}){quoted}{disputed}{remedy}"


def _code(text: str) -> str:
    """Text of others as code; without angle brackets, which some renderers read even there."""
    plain = printable(text).strip(" ").replace("|", "\\|") or "\ufffd"
    plain = plain.replace("<", "\u2039").replace(">", "\u203a").replace("`", "'")
    return f"`{plain}`"
