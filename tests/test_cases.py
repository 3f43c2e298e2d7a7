"""The cases of law: each sentence, read from a text, against what the engine says."""

from functools import cache
from pathlib import Path

import pytest
from shelf import CATALOG

from compliance import cases

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def read(file):
    return cases.read(file, file.name, CATALOG, "2026-11-23")


def every():
    return (case for file in FILES for case in read(file))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_engine_says_what_the_text_says(file):
    assert {case.sentence: told for case in read(file) if (told := cases.run(case, CATALOG, FOLDER))} == {}


def test_every_licence_and_service_of_the_catalogue_has_cases_that_bite_and_that_do_not():
    known = {
        document.id
        for document in CATALOG.documents()
        if document.kind in {"license", "agreement", "terms"}
        and any(rule.effect != "permission" for rule in document.rules)
    }
    verdicts: dict[str, set[str]] = {name: set() for name in known}
    for case in every():
        for name in known.intersection(_documents(case)):
            verdicts[name].add(case.verdict)
    lacking = {name: found for name, found in verdicts.items() if len(found) < 2}
    assert lacking == {}


def test_every_law_and_every_policy_that_ships_has_cases_that_bite_and_that_do_not():
    laws = {document.id for document in CATALOG.documents() if document.kind == "law"}
    verdicts: dict[str, set[str]] = {name: set() for name in laws | set(CATALOG.index.policies)}
    for case in every():
        for name in verdicts.keys() & set(case.policies):
            verdicts[name].add(case.verdict)
    assert {name: found for name, found in verdicts.items() if len(found) < 2} == {}


def test_every_rule_of_a_law_or_a_shipped_policy_decides_some_case():
    shipped = [CATALOG.policy(name) for name in CATALOG.index.policies]
    laws = [document for document in CATALOG.documents() if document.kind == "law"]
    rules = {rule.key for document in [*shipped, *laws] for rule in document.rules if rule.level != "warning"}
    for case in every():
        if case.policies and rules:
            rules -= {rule.key for rule in cases.deciding(case, CATALOG, FOLDER)}
    assert sorted(rules) == []


def _documents(case: cases.Case) -> list[str]:
    if case.subject.service is not None:
        tier = case.use.get("service_tier")
        return [f"{case.subject.service}/{name}" for name in CATALOG.service(case.subject.service).tiers
                if tier in {None, name}]  # fmt: skip
    if case.subject.license is not None:
        return _named(case.subject.license)
    model = CATALOG.model(case.subject.id)
    if model.license is not None and case.subject.access != "api":
        return _named(model.license)
    if model.service is None:
        return []  # its licence is not known
    service = CATALOG.service(model.service)
    tier = case.use.get("service_tier")
    return [f"{service.id}/{name}" for name in service.tiers if tier in {None, name}]


def _named(license_id: str) -> list[str]:
    """The document of that name; none for an expression or a licence that the catalogue does not hold."""
    document = CATALOG.document(license_id)
    return [] if document is None else [document.id]
