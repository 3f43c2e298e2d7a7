"""The report for a person at a terminal."""

import io
from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from compliance.assessment import Assessment, Report
from compliance.citing import behind
from compliance.harmless import printable
from compliance.model import Finding, Parent, Verdict
from compliance.report.json import decisive, settled_by, shown, why
from compliance.report.wording import answers, as_used, assumed_throughout, curable, depends_on, known_by, stated, taken
from compliance.terms import Judged, granting

_COLOURS: dict[Verdict, str] = {
    "prohibited": "red",
    "undetermined": "magenta",
    "conditional": "yellow",
    "permitted": "green",
}
"""By verdict, worst first."""
_PLACES = 3
_ANSWERS = 6


def render(report: Report, *, all_rules: bool = False, width: int = 100, color: bool = False) -> str:
    """The report as text, worst verdict first; `width` in columns."""
    page = _Page(width, color=color)
    assumed = assumed_throughout(report)
    told = _Told(assumed=assumed if len(report.assessments) > 1 else {})
    unknown = {finding.subject: finding for finding in report.findings if finding.rule == "model-not-known"}
    for item in report.worst_first:
        _assessment(page, item, told, unknown.get(item.subject), all_rules=all_rules)
    if told.assumed:
        page.row(f"Assumed, as nobody stated it: {stated(told.assumed, ' = ', ', ')}", 0)
        page.gap()
    if report.unresolved:
        page.head("Not resolved", " (each counts as undetermined)")
        for reference in report.unresolved:
            page.row(f"{reference.text}  at {reference.location.place}: {why(reference)}", bullet="- ")
        page.gap()
    if report.unread:
        page.head("Not read", " (each counts as undetermined)")
        for unread in report.unread:
            page.row(f"{unread.path}: {unread.reason}", bullet="- ")
        page.gap()
    for finding in report.findings:
        if finding in unknown.values():
            continue
        place = "".join(f" ({location.place})" for location in finding.locations)
        subject = f"{finding.subject}: " if finding.subject and finding.subject not in finding.summary else ""
        page.row(f"{finding.level}: {subject}{finding.summary}{place}", 0)
    _summary(page, report)
    return page.text()


class _Told:
    """What was said already and is only named when it comes again."""

    def __init__(self, assumed: dict[str, object]) -> None:
        self.assumed = assumed
        self.rules: dict[str, tuple[str, ...]] = {}
        self.asked: set[str] = set()
        self.judged: list[tuple[str, object]] = []

    def same(self, item: Assessment) -> str | None:
        """A subject of which all that follows its name was said in the same words."""
        rules = [(judged.rule.key, judged.via, _state(judged, item)) for judged in shown(item)]
        parts = (known_by(item), item.documents, item.decision.branches, _by_action(item), rules, item.review)
        told = (*parts, item.questions, item.counterfactuals, item.quotes, item.shown)
        found = next((subject for subject, other in self.judged if other == told), None)
        self.judged.append((item.subject, told))
        return found


class _Page:
    """Lines of a width; what others wrote steers nothing in them, and an address stays whole so that it can be used."""

    def __init__(self, width: int, *, color: bool) -> None:
        self._out = io.StringIO()
        self._console = Console(
            file=self._out, width=width, force_terminal=color, no_color=not color, highlight=False, soft_wrap=True
        )

    def text(self) -> str:
        """All of it."""
        return "".join(line.rstrip() + "\n" for line in self._out.getvalue().splitlines())

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def head(self, words: str, rest: str, verdict: Verdict | None = None) -> None:
        """A line that begins with words that stand out."""
        first, *more = self._wrapped(printable(words + rest), self._console.width)
        shown = Text(first)
        shown.stylize("bold" if verdict is None else f"bold {_COLOURS[verdict]}", 0, len(words))
        for line in (shown, *map(Text, more)):
            self._console.print(line)

    def row(self, text: str, indent: int = 2, *, bullet: str = "") -> None:
        """A paragraph under an indent; behind a bullet its lines hang."""
        margin = " " * indent + bullet
        for line in self._wrapped(printable(text), self._console.width - len(margin)):
            self._console.print(Text(margin + line))
            margin = " " * len(margin)

    @staticmethod
    def _wrapped(text: str, width: int) -> list[str]:
        """The text in lines of no more columns; a longer word stays whole, where rich would fold or crop it."""
        lines: list[str] = []
        line, used = "", 0
        for word in text.split(" "):
            size = cell_len(word)
            if line and used + 1 + size > width:
                lines.append(line.rstrip())
                line, used = word, size
            else:
                line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
        return [*lines, line.rstrip()]


def _assessment(page: _Page, item: Assessment, told: _Told, unknown: Finding | None, *, all_rules: bool) -> None:
    page.head(f"{item.verdict.upper()}", f"  {item.subject}  ({as_used(item)})", item.verdict)
    same = told.same(item) if unknown is None and not all_rules else None
    if same is not None:
        _used(page, item)
        page.row(f"all else as for {same} above")
        page.gap()
        return
    for document in {document.id: document for document in granting(item.terms)}.values():
        url = f", {document.evidence.url}" if document.evidence.url else ""
        page.row(f"under {document.title} ({document.id}){url}")
    page.row(known_by(item))
    if unknown is not None:
        page.row(unknown.summary)
    for branch in item.decision.branches:
        page.row(taken(branch))
    _used(page, item)
    page.row(_by_action(item))
    disputed = _rules(page, item, told, all_rules=all_rules)
    if unknown is None:  # else the way on stands above
        _review(page, item, disputed)
    _alternatives(page, item, told)
    for done in item.shown:
        page.row(f"shown: {done.fact} by {', '.join(place.place for place in done.places)}")
    own = {name: value for name, value in item.assumed.items() if name not in told.assumed}
    if own and item.documents:
        page.row(f"assumed: {stated(own, ' = ', ', ')}")
    page.gap()


def _used(page: _Page, item: Assessment) -> None:
    if item.locations:
        places = ", ".join(place.place for place in item.locations[:_PLACES])
        more = len(item.locations) - _PLACES
        page.row(f"used at {places}" + (f" and {more} more place{'s' * (more != 1)}" if more > 0 else ""))


def _by_action(item: Assessment) -> str:
    return ", ".join(f"{name}: {outcome.verdict}" for name, outcome in item.decision.actions.items())


def _review(page: _Page, item: Assessment, disputed: dict[str, str]) -> None:
    """What somebody has to look at; of the readings that stand above only the names of their rules."""
    above = {f"{key}: {reading}": key for key, reading in disputed.items()}
    named = [above[reason] for reason in item.review if reason in above]
    if named:
        page.row(f"to review: what is disputed above, {', '.join(named)}")
    for reason in item.review:
        if reason not in above:
            page.row(f"to review: {reason}")


def _alternatives(page: _Page, item: Assessment, told: _Told) -> None:
    for question in item.questions:
        asked = (
            f"{question.fact}, as above" if question.fact in told.asked else f"{question.question} ({question.fact})"
        )
        page.row(asked, bullet="? ")
        told.asked.add(question.fact)
        for verdict, found in answers(question).items():
            more = " | ..." if len(found) > _ANSWERS else ""
            page.row(f"{' | '.join(found[:_ANSWERS])}{more} -> {verdict}", 4)
    for change in item.counterfactuals:
        page.row(f"would be {change.verdict} with {stated(change.changes, ': ', ' and ')}")


def _rules(page: _Page, item: Assessment, told: _Told, *, all_rules: bool) -> dict[str, str]:
    """The rules under their headings, and the readings disputed there; a duty that is owed again is only named."""
    deciding = decisive(item)
    paths: dict[str, list[Judged]] = {}
    for judged in shown(item, all_rules=all_rules):
        decides = (judged.rule.key, judged.via) in deciding
        open_or_barred = decides and (
            judged.rule.effect == "prohibition" or item.verdict in {"undetermined", "prohibited"}
        )
        if all_rules or judged.rule.effect == "duty" or open_or_barred or judged.waived:
            paths.setdefault(judged.rule.key, []).append(judged)
    for heading, group in _grouped(paths.values()):
        page.row(heading)
        again: list[list[Judged]] = []
        for same in group:
            key, words = same[0].rule.key, (_state(same[0], item), *(_ways(same) if same[0].via else ()))
            if not all_rules and key not in item.quotes and told.rules.get(key) == words:
                again.append(same)
                continue
            _rule(page, same, item)
            if heading == "Owed:" and key not in item.quotes:
                told.rules[key] = words
        if again:
            page.row(f"as above: {', '.join(same[0].rule.key for same in again)}", 2, bullet="- ")
    return {key: same[0].rule.disputed for key, same in paths.items() if same[0].rule.disputed}


def _grouped(rules: Iterable[list[Judged]]) -> Iterable[tuple[str, list[list[Judged]]]]:
    groups: dict[str, list[list[Judged]]] = {"Why:": [], "Owed:": [], "Waived:": [], "Granted:": []}
    for same in rules:
        first = same[0]
        if first.waived:
            groups["Waived:"].append(same)
        elif first.rule.effect == "permission":
            groups["Granted:"].append(same)
        elif first.rule.effect == "duty" and not first.unmet:
            groups["Owed:"].append(same)
        else:
            groups["Why:"].append(same)
    return [(heading, group) for heading, group in groups.items() if group]


def _rule(page: _Page, same: list[Judged], item: Assessment) -> None:
    judged = same[0]
    rule = judged.rule
    page.row(rule.summary, 2, bullet="- ")
    section = behind(rule.section, rule.parts)
    source = f"; {rule.source}" if rule.source else ""
    page.row(f"{_state(judged, item)}; {rule.key}{section}{source}", 4)
    if paths := _ways(same):
        page.row(("also " if not judged.via else "") + f"through {' and '.join(paths)}", 4)
    quote = item.quotes.get(rule.key)
    if quote is not None:
        lines = f"{quote.line}" if quote.line == quote.end_line else f"{quote.line} to {quote.end_line}"
        page.row(f'"{" ".join(quote.text.split())}" ({quote.path}, line {lines})', 4)
    if rule.disputed:
        page.row(f"disputed: {rule.disputed}", 4)
    if rule.remedy and rule.effect != "permission" and not judged.met and not judged.waived:
        page.row(f"do: {rule.remedy}", 4)
        if settled := settled_by(rule):
            page.row(f"once done, state {settled}", 4)


def _ways(same: list[Judged]) -> list[str]:
    """The paths that brought a rule in, without those that only lead further back."""
    ways = sorted((other.via for other in same if other.via), key=len)
    return [_path(way) for n, way in enumerate(ways) if not any(way[: len(short)] == short for short in ways[:n])]


def _state(judged: Judged, item: Assessment) -> str:
    rule = judged.rule
    state: str = rule.effect
    if rule.effect == "duty" and judged.fulfilled is not None:
        state = {True: "duty, fulfilled", False: "duty, NOT MET", None: "duty, not shown"}[judged.fulfilled.truth]
    if lacks := depends_on(judged, item):
        state += f", depends on {', '.join(lacks)}"
    elif judged.step.truth is False and not rule.is_lack:
        state += ", does not apply"
    if (how := curable(judged)) is not None:
        state += f", {how}"
    if judged.waived:
        waiver = item.waivers[rule.key]
        state += f", WAIVED by {waiver.owner} until {waiver.until}: {waiver.reason}"
    return state


def _path(via: tuple[Parent, ...]) -> str:
    return " of ".join(f"{parent.id} ({parent.relation})" for parent in via)


def _summary(page: _Page, report: Report) -> None:
    counts = {str(name): sum(item.verdict == name for item in report.assessments) for name in _COLOURS}
    counts |= {"not resolved": len(report.unresolved), "not read": len(report.unread)}
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    bad = {(item.subject, item.access) for item in report.assessments if item.verdict in {"prohibited", "undetermined"}}
    if known := sum(not isinstance(one, tuple) or one in bad for one in report.known):
        told += f"; {known} of these known from before and no reason to fail"
    page.head(
        report.verdict.upper(),
        f" as of {report.as_of} (catalogue of {report.catalog_version}): {told or 'nothing was found'}. Not legal"
        " advice. Clauses are quoted from texts at hand; where none is quoted, the text was not seen.",
        report.verdict,
    )
