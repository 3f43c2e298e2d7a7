"""Pages that are generated from the files they describe: docs/laws.md, and docs/policies/ with a page per policy.

`MODELCHECK_REGENERATE=1 python -m pytest -q tests/test_pages.py` writes them.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from shelf import CATALOG

from compliance import policy
from compliance.citing import place
from compliance.model import Document, Rule
from compliance.report import proof

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
POLICIES = sorted(path.stem for path in (ROOT / "policies").glob("*.yaml"))
LAWS = """# Laws in the catalogue

A law binds where a policy extends it or a project names it under `policies:`. Laws only forbid and require. What could
not be confirmed in a text is disputed: it leaves a verdict undetermined and never permits. Generated from `catalog/laws`
(`MODELCHECK_REGENERATE=1 python -m pytest -q tests/test_pages.py`); `modelcheck show <law>#<rule>` prints conditions
and sources. This is no legal advice: read the article before you rely on a rule.
"""


def _held(page: Path, lines: Iterator[str]) -> None:
    wanted = "\n".join(lines) + "\n"
    if os.environ.get("MODELCHECK_REGENERATE"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(wanted)
    assert page.read_text() == wanted


def test_the_page_of_the_laws_says_what_stands_in_their_files():
    laws = sorted((d for d in CATALOG.documents() if d.kind == "law"), key=lambda law: law.id)
    _held(DOCS / "laws.md", (line for part in ([LAWS], *map(_law, laws)) for line in part))


def _law(law: Document) -> Iterator[str]:
    yield f"## {law.title}\n\n`{law.id}`, {law.evidence.url}"
    yield f"Binds where {proof.in_words(law.applies)}.\n" if law.applies else "Binds every use.\n"
    yield "| rule | where | effect | in force | what it says | how sure |\n|---|---|---|---|---|---|"
    yield from (_row(rule) for rule in law.rules)
    yield ""


def _row(rule: Rule) -> str:
    bounds = (("from", rule.valid_from), ("until", rule.valid_until))
    since = " ".join(f"{word} {day}" for word, day in bounds if day) or "yes"
    sure = f"disputed: {rule.disputed}" if rule.disputed else f"{rule.confidence}, {rule.as_of}"
    return _cells(f"`{rule.id}`", place(rule.section, rule.parts), rule.effect, since, rule.summary, sure)


def _cells(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def test_every_page_belongs_to_a_policy_that_ships():
    assert sorted(path.stem for path in (DOCS / "policies").glob("*.md")) == POLICIES


@pytest.mark.parametrize("name", POLICIES)
def test_the_page_of_a_policy_says_what_stands_in_its_file(name):
    _held(DOCS / "policies" / f"{name}.md", _policy(name))


def _policy(name: str) -> Iterator[str]:
    found = {document.id: document for document in policy.load([name], CATALOG, ROOT)}
    own = found.pop(name)
    yield f"# {own.title}\n"
    yield f"`modelcheck check MODEL --policy {name}`, or `policies: [{name}]` in modelcheck.yaml. Generated from"
    yield f"`policies/{name}.yaml`; [policies](../policies.md) says how to write one of your own.\n"
    if own.extends:
        yield f"Extends {', '.join(_link(found[each]) for each in own.extends)}.\n"
    for rule in own.rules:
        yield from _rule(rule)
    for document in sorted(found.values(), key=lambda each: (each.kind == "law", each.id)):
        yield f"## From {_link(document)}: {document.title}\n"
        yield from (f"- `{rule.id}` ({_effect(rule)}): {rule.summary}" for rule in document.rules)
        yield ""
    cases = yaml.safe_load((ROOT / "tests/cases/policies.yaml").read_text())["cases"]
    yield "## Cases\n\n| what the tests hold it to | verdict |\n|---|---|"
    yield from (_cells(case["case"], case["verdict"]) for case in cases if case.get("policies") == [name])


def _link(document: Document) -> str:
    law = document.kind == "law"
    return f"[{document.id}](../laws.md)" if law else f"[{document.id}]({document.id}.md)"


def _effect(rule: Rule) -> str:
    return rule.effect + (f", {rule.level}" if rule.level else "") + (", for review" if rule.disputed else "")


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id}\n\n{rule.summary}\n"
    yield f"- effect: {_effect(rule)}"
    if rule.actions:
        yield f"- concerns: {', '.join(sorted(rule.actions))}"
    conditions = (("where", rule.when), ("unless", rule.unless), ("fulfilled where", rule.fulfilled_when))
    yield from (f"- {word} {proof.in_words(condition)}" for word, condition in conditions if condition is not None)
    if rule.disputed:
        yield f"- for review: {rule.disputed}"
    yield f"- do: {rule.remedy}\n"
