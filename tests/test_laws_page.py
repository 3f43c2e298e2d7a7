"""The page of the laws: what docs/laws.md says is what stands in catalog/laws."""

import os
from collections.abc import Iterator
from pathlib import Path

from compliance import catalog
from compliance.model import Document, Rule

PAGE = Path(__file__).parent.parent / "docs" / "laws.md"
HEAD = """# Laws in the catalogue

A law binds where a policy extends it or a project names it under `policies:`. Laws only forbid and require. What could
not be confirmed in a text is disputed: it leaves a verdict undetermined and never permits. Generated from `catalog/laws`
(`MODELCHECK_REGENERATE=1 python -m pytest -q tests/test_laws_page.py`); `modelcheck show <law>#<rule>` prints conditions
and sources. This is no legal advice: read the article before you rely on a rule.
"""


def test_the_page_says_what_stands_in_the_files():
    laws = sorted((d for d in catalog.load(None).documents() if d.kind == "law"), key=lambda law: law.id)
    wanted = "\n".join([HEAD, *(line for law in laws for line in _section(law))])
    if os.environ.get("MODELCHECK_REGENERATE"):
        PAGE.write_text(wanted)
    assert PAGE.read_text() == wanted


def _section(law: Document) -> Iterator[str]:
    yield f"## {law.title}\n\n`{law.id}`, {law.evidence.url}\n"
    yield "| rule | article | effect | in force | what it says | how sure |\n|---|---|---|---|---|---|"
    yield from (_row(rule) for rule in law.rules)
    yield ""


def _row(rule: Rule) -> str:
    bounds = (("from", rule.valid_from), ("until", rule.valid_until))
    since = " ".join(f"{word} {day}" for word, day in bounds if day) or "yes"
    sure = f"disputed: {rule.disputed}" if rule.disputed else f"{rule.confidence}, {rule.as_of}"
    cells = (f"`{rule.id}`", rule.section or "", rule.effect, since, rule.summary, sure)
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
