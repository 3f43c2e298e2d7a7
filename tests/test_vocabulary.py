"""The vocabulary is a contract: every name in it is well formed and every reference resolves."""

import re
from pathlib import Path

import yaml

from compliance.report import wording

VOCABULARY = yaml.safe_load((Path(__file__).parents[1] / "catalog" / "vocabulary.yaml").read_text(encoding="utf-8"))
FACTS = VOCABULARY["facts"] | VOCABULARY["subject"]
TYPES = {
    "bool",
    "int",
    "number",
    "money",
    "text",
    "date",
    "country",
    "countries",
    "one-of",
    "set-of",
    "publisher-id",
    "document-id",
}


def test_every_fact_has_a_known_type():
    assert {name: fact["type"] for name, fact in FACTS.items() if fact["type"] not in TYPES} == {}


def test_every_fact_can_be_asked_for_in_words():
    assert [name for name, fact in FACTS.items() if not str(fact.get("question", "")).endswith("?")] == []


def test_every_bound_and_assumption_names_a_fact():
    for name, fact in FACTS.items():
        assumed = fact.get("assumed")
        named = [
            fact.get("at_least"),
            fact.get("at_most"),
            assumed.get("same-as") if isinstance(assumed, dict) else None,
        ]
        assert [other for other in named if other and other not in FACTS] == [], name


def test_every_closed_list_has_values():
    assert [
        name for name, fact in FACTS.items() if fact["type"] in {"one-of", "set-of"} and not fact.get("values")
    ] == []


def test_every_way_to_know_a_licence_is_listed_and_has_its_words():
    listed = set(VOCABULARY["subject"]["known_by"]["values"])
    assert {*wording.KNOWN, "unknown"} == listed
    code = " ".join(path.read_text() for path in (Path(__file__).parents[1] / "compliance").rglob("*.py"))
    told = set(re.findall(r'known_by(?:=|": ?| = |\] = )"([a-z-]+)"', code)) | set(re.findall(r'"(file-[a-z]+)"', code))
    assert told <= listed
