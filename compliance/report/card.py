"""The card of one model on the page for counsel: its verdict, what decides it, what is owed, and where it is said."""

import re
from html import escape

from compliance.assessment import Assessment
from compliance.citing import behind
from compliance.harmless import printable
from compliance.model import Document, Parent
from compliance.report.drawing import lineage
from compliance.report.json import all_documents, decisive, settled_by, shown
from compliance.report.proof import Node, proof
from compliance.report.wording import (
    answers,
    as_used,
    curable,
    depends_on,
    known_by,
    related,
    said,
    stated,
)
from compliance.terms import Judged

_TYPED = re.compile(r"`([^`\n]{1,100})`")


def card(item: Assessment, number: int, *, all_rules: bool) -> str:
    """The card; `number` is its anchor, from 1."""
    documents = {document.id: document for document in all_documents(item.terms)}
    actions = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td class="{verdict}">{verdict}</td></tr>'
        for name, verdict in ((name, outcome.verdict) for name, outcome in item.decision.actions.items())
    )
    drawn = lineage(item, escaped)
    parts = [
        f'<div class="head"><h2>{escaped(item.subject)}</h2>{pill(item.verdict)}</div>',
        f'<p class="soft">{escaped(as_used(item))} {_terms(item, documents)}; {known_by(item)}</p>',
        *_rules(item, documents, all_rules=all_rules),
        _listed("To review", [prose(reason) for reason in item.review]),
        _questions(item),
        _listed("What would make it pass", [
            f"<code>{escaped(stated(change.changes, ': ', ' and '))}</code>"
            f' would be <span class="{change.verdict}">{change.verdict}</span>' for change in item.counterfactuals]),
        f"<h3>Lineage</h3>{drawn}" if drawn else "",
        f"<details><summary>Verdict by action, places, assumptions</summary><table>{actions}</table>"
        + _listed("Used at", [f"<code>{escaped(place.place)}</code>" for place in item.locations])
        + _listed("Assumed", [f"<code>{escaped(name)}</code> = {escaped(said(v))}" for name, v in item.assumed.items()])
        + "</details>",
    ]  # fmt: skip
    return f'<article id="m{number}" class="{item.verdict}" data-verdict="{item.verdict}">{"".join(parts)}</article>'


def _terms(item: Assessment, documents: dict[str, Document]) -> str:
    found = [documents[name] for name in item.documents if name in documents]
    return "under " + ", ".join(_link(document) for document in found) if found else "under unknown terms"


def _link(document: Document) -> str:
    return _linked(document, escaped(document.title))


def _linked(document: Document, label: str) -> str:
    url = document.evidence.url or ""
    return f'<a href="{escape(url)}">{label}</a>' if url.startswith(("https://", "http://")) else label


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
        if all_rules or heading != "Why" or decides or judged.unmet or judged.waived:
            groups[heading].setdefault(judged.rule.key, _rule(judged, item, documents.get(judged.rule.document)))
    why, owed, granted = (list(group.values()) for group in groups.values())
    listed = "".join(f"<li>{rule}</li>" for rule in granted)
    folded = f'<details><summary>Granted by</summary><ul class="rules">{listed}</ul></details>'
    return [_listed("Why", why, "rules"), _listed("Owed", owed, "rules"), folded if granted else ""]


def _rule(judged: Judged, item: Assessment, document: Document | None) -> str:
    rule = judged.rule
    state = {"prohibition": "bars it", "permission": "granted", "duty": "not shown"}[rule.effect]
    if judged.fulfilled is not None and judged.fulfilled.truth is not None:
        state = "fulfilled" if judged.fulfilled.truth else "not met"
    lacks = depends_on(judged, item)
    if lacks or judged.step.truth is None:
        state = {"prohibition": "may bar it", "permission": "may grant", "duty": state}[rule.effect]
    waiver = item.waivers.get(rule.key) if judged.waived else None
    kind = "waived" if waiver is not None else state.replace(" ", "-")
    told = [
        f'<p class="rule"><span class="state {kind}">{"waived" if waiver else state}</span> {prose(rule.summary)}</p>'
    ]
    if lacks:
        told.append(f'<p class="soft">Depends on {escaped(", ".join(lacks))}</p>')
    quote = item.quotes.get(rule.key)
    if quote is not None:
        place = f"<cite><code>{escaped(quote.path)}:{quote.line}</code></cite>"
        told.append(f"<blockquote>{escaped(quote.text)}{place}</blockquote>")
    if waiver is not None:
        told.append(f"<p>Waived by {escaped(waiver.owner)} until {escaped(waiver.until)}: {escaped(waiver.reason)}</p>")
    if rule.disputed:
        told.append(f'<p class="soft">Disputed: {prose(rule.disputed)}</p>')
    if rule.remedy and rule.effect != "permission" and state != "fulfilled" and waiver is None:
        how = curable(judged)
        cured = f" <span class='soft'>{how.capitalize()}.</span>" if how else ""
        settled = settled_by(rule)
        cured += f" Then state <code>{escaped(settled)}</code>." if settled else ""
        told.append(f'<p class="todo"><strong>To do</strong> {prose(rule.remedy)}{cured}</p>')
    told.append(_cited(judged, item, document))
    return "".join(told)


def _cited(judged: Judged, item: Assessment, document: Document | None) -> str:
    """Where the rule stands, folded: section, source, hash of the text, path; and its proof."""
    rule, seen = judged.rule, judged.rule.key in item.quotes
    label = escaped(rule.key) + escaped(behind(rule.section, rule.parts))
    rows = [("Path", _through(judged.via))] if judged.via else []
    if document is not None:
        rows.append(("Text", _link(document)))
        source = rule.source or document.evidence.source
        rows += [("Source", f"<code>{escaped(source)}</code>")] if source else []
        rows += [("SHA-256", f"<code>{document.evidence.sha256}</code>")] if document.evidence.sha256 else []
        rows += [("Read on", escaped(document.evidence.retrieved))] if document.evidence.retrieved else []
    rows.append(("Quoted", "from a copy at hand" if seen else "no copy of the text was at hand"))
    listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    tree = "".join(_tree(node) for node in proof(judged, document))
    proved = f'<ul class="proof">{tree}</ul>' if tree else ""
    return f'<details class="cited"><summary><code>{label}</code></summary><dl>{listed}</dl>{proved}</details>'


def _tree(node: Node) -> str:
    truth = {True: "true", False: "false", None: "unknown"}[node.truth]
    assumed = ' <span class="soft">assumed</span>' if node.assumed and not node.parts else ""
    parts = f"<ul>{''.join(_tree(part) for part in node.parts)}</ul>" if node.parts else ""
    return f'<li><span class="truth {truth}">{truth}</span> {escaped(node.text)}{assumed}{parts}</li>'


def _through(via: tuple[Parent, ...]) -> str:
    return " &rarr; ".join(f"{escaped(related(parent.relation))} {escaped(parent.id)}" for parent in via)


def _questions(item: Assessment) -> str:
    rows = []
    for question in item.questions:
        led = "".join(f'<tr><td>{escaped(" | ".join(found))}</td><td class="{verdict}">{verdict}</td></tr>'
                      for verdict, found in answers(question).items())  # fmt: skip
        rows.append(
            f'{escaped(question.question)} <code>{escaped(question.fact)}</code><table class="answers">{led}</table>'
        )
    return _listed("Still to be known", rows)


def _listed(heading: str, rows: list[str], kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f"<h3>{heading}</h3><ul{named}>{''.join(f'<li>{row}</li>' for row in rows)}</ul>" if rows else ""


def escaped(text: str) -> str:
    """Words of others or of ours as text of the page."""
    return escape(printable(text, "\n"))


def prose(text: str) -> str:
    """A sentence of ours, in which what is to be typed stands between backticks."""
    return _TYPED.sub(r"<code>\1</code>", escaped(text))


def pill(verdict: str) -> str:
    """A verdict in its colour."""
    return f'<span class="pill {verdict}">{verdict}</span>'
