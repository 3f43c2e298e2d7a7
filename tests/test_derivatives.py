"""Real derivatives from public model cards, labelled before the tool was run."""

import csv
from pathlib import Path

import pytest

from compliance import audit, cards, catalog, drift
from compliance.model import Model, Parent

CATALOG = catalog.load(None)
LINES = (Path(__file__).parent / "derivatives.tsv").read_text().splitlines()
ROWS = list(csv.DictReader([line for line in LINES if not line.startswith("#")], delimiter="\t"))
USE = {
    "commercial": True, "purpose": frozenset({"production"}), "distribution": frozenset({"hosted-service"}),
    "organization_type": "company", "organization_country": "DE", "territories": frozenset({"DE"}),
    "monthly_active_users": 10_000, "annual_revenue_usd": 500_000.0, "fields_of_use": frozenset(),
    "interacts_with_people": True, "revenue_minded": True, "receives_payment": True, "environment": "production",
}  # fmt: skip


def _found(row):
    edges = tuple(Parent(id=base, relation=row["relation"]) for base in row["bases"].split(","))
    name, stated = f"public/{row['derivative']}", row["declares"] or None
    model = Model(id=name, license=stated, parents=edges, known_by="card", confidence=cards.confidence(stated, CATALOG))
    given = zip(row["bases"].split(","), row["base_licenses"].split(","), strict=True)
    bases = {base.casefold(): Model(id=base, license=license_) for base, license_ in given if license_}
    online = {name.casefold(): model, **bases}
    auditor = audit.Auditor(CATALOG, as_of="2026-11-23", explain=False, online=online)
    item = auditor.assess(name, use=USE)
    verdict = "passes" if item.verdict in {"permitted", "conditional"} else item.verdict
    return ",".join(sorted({told.kind for told in drift.drift(model, auditor)})), verdict, item.review


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["derivative"])
def test_a_real_derivative_is_told_as_it_was_labelled(row):
    kinds, verdict, review = _found(row)
    assert (kinds, verdict) == (row["kinds"], row["verdict"]), review


def test_there_are_more_than_forty():
    assert len({row["card"] for row in ROWS}) > 40
