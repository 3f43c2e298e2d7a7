"""Licence files at hand: quoted where they are, believed where they are verbatim, doubted where they were changed.

The texts belong to their publishers, so these tests write one of their own and teach it to a catalogue of their own.
"""

import json
from pathlib import Path

import pytest

from compliance import anchoring, catalog, library
from compliance.cli import common

ROOT = Path(__file__).parent.parent
TEXT = """ORCHARD MODEL LICENCE AGREEMENT

1. Grant. You may use, copy, change and pass on the Orchard weights free of charge, and offer
products that run them to anybody.

2. Military use. You will not use the weights for any military purpose whatsoever, and you will
see to it that nobody does so through you.
"""
LICENSE = """id: orchard
title: Orchard Model Licence
kind: license
category: [community]
aliases: [orchard-license]
derivatives: [finetune]
evidence: {url: "https://example.org/licence", source: ours, retrieved: 2026-11-23, sha256: "%s"}
rules:
- id: grant
  section: "1"
  anchor: "? You may use, copy, change … to anybody"
  effect: permission
  actions: [run, modify, distribute, distribute-derivative, serve, serve-model]
  summary: Anything is allowed.
- id: military
  section: "2"
  anchor: "? You will not use the weights … through you"
  effect: prohibition
  when: {fields_of_use: {includes: military}}
  summary: No military use.
  remedy: Use another model.
- id: copy
  section: "1"
  effect: duty
  actions: [distribute]
  when: {distribution: {includes: weights}}
  fulfilled_when: {license_copy_included: true}
  produces: {kind: license-copy}
  summary: The licence goes with the weights.
  remedy: Ship it.
"""
MODELS = """publisher: acme
models:
- {id: acme/apple, license: orchard, released: 2026-01-01, input_modality: [text], output_modality: [text],
   source: ours, as_of: 2026-11-23, confidence: high}
"""


@pytest.fixture
def orchard(tmp_path, monkeypatch):
    """A catalogue of one licence, and a folder for the files of its one model."""
    base = tmp_path / "base"
    for name, text in {
        "catalog/vocabulary.yaml": (ROOT / "catalog/vocabulary.yaml").read_text(),
        "catalog/publishers.yaml": "publishers:\n  acme: {name: Acme, country: DE}\n",
        "catalog/licenses/orchard.yaml": LICENSE % ("0" * 64),
        "catalog/models/acme.yaml": MODELS,
        "policies/default.yaml": (ROOT / "policies/default.yaml").read_text(),
        "texts/orchard.txt": TEXT,
    }.items():
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert anchoring.anchor_file(base / "catalog/licenses/orchard.yaml", base / "texts") == 2
    data = catalog.compile_catalog(catalog.sources(base))
    marks = library.compile_files(sorted(base.rglob("*.fp")))
    monkeypatch.setattr(common, "load_catalog", lambda: catalog.Catalog(data))
    monkeypatch.setattr(common, "load_library", lambda: library.Library(marks))
    folder = tmp_path / "models" / "acme" / "apple"
    folder.mkdir(parents=True)
    return folder


def _check(modelcheck, orchard, *more):
    ran = modelcheck(
        "check",
        "acme/apple",
        "--model-dir",
        orchard.parent.parent,
        "--fact",
        "distribution=internal",
        "--format",
        "json",
        *more,
    )
    report = json.loads(ran.out)
    return report["assessments"][0], report["findings"], ran.code


def test_a_clause_is_quoted_from_the_copy_beside_the_model(modelcheck, orchard):
    (orchard / "LICENSE").write_text("\n\n" + TEXT)
    item, findings, code = _check(modelcheck, orchard, "--fact", "fields_of_use=military")
    assert code == 1
    assert findings == []
    assert item["license"]["known_by"] == "file-exact"
    (quote,) = [rule["quote"] for rule in item["rules"] if rule["id"] == "orchard#military"]
    assert quote["path"].endswith("acme/apple/LICENSE")
    assert (quote["line"], quote["end_line"]) == (8, 9)
    assert quote["text"].startswith("2. Military use. You will not")


def test_a_changed_licence_file_is_for_a_person_to_read(modelcheck, orchard):
    (orchard / "LICENSE").write_text(TEXT.replace("free of charge", "for a fee"))
    item, findings, code = _check(modelcheck, orchard)
    assert code == 3
    assert item["license"]["known_by"] == "file-modified"
    assert [finding["rule"] for finding in findings] == ["license-modified"]


def test_a_changed_licence_file_never_passes_whatever_the_policy(modelcheck, orchard, tmp_path):
    (orchard / "LICENSE").write_text(TEXT.replace("free of charge", "for a fee"))
    (tmp_path / "lax.yaml").write_text("id: lax\ntitle: Lax\nkind: policy\nrules: []\n")
    _, _, code = _check(modelcheck, orchard, "--policy", tmp_path / "lax.yaml")
    assert code == 3


def test_a_licence_file_that_nobody_knows_is_undetermined(modelcheck, orchard):
    (orchard / "LICENSE").write_text("You may do as you are told, and nothing else, ever, under any circumstances.")
    item, findings, code = _check(modelcheck, orchard)
    assert (code, item["license"]["known_by"]) == (3, "file-unknown")
    assert [finding["rule"] for finding in findings] == ["license-unrecognised"]


def test_a_model_that_the_catalogue_lacks_is_known_by_its_licence_file(modelcheck, orchard):
    other = orchard.parent / "pear"
    other.mkdir()
    (other / "LICENSE.md").write_text(TEXT)
    ran = modelcheck(
        "check",
        "acme/pear",
        "--model-dir",
        orchard.parent.parent,
        "--fact",
        "distribution=internal",
        "--format",
        "json",
    )
    (item,) = json.loads(ran.out)["assessments"]
    assert (ran.code, item["license"]) == (
        0,
        {"expression": "orchard", "known_by": "file-exact", "documents": ["orchard"]},
    )


def test_show_prints_a_clause_from_a_copy_and_says_where_it_is_not(modelcheck, orchard):
    copy = orchard / "LICENSE"
    copy.write_text(TEXT)
    ran = modelcheck("show", "orchard#military", "--text", copy)
    assert ran.out.splitlines()[1].startswith("2. Military use.")
    copy.write_text(TEXT.replace("will not use", "may use"))
    assert modelcheck("show", "orchard#military", "--text", copy).code == 2


@pytest.mark.usefixtures("orchard")
def test_an_audit_quotes_from_a_copy_in_the_project(modelcheck, tmp_path):
    project = tmp_path / "project"
    (project / "licences").mkdir(parents=True)
    (project / "licences" / "LICENSE-orchard.txt").write_text(TEXT)
    (project / "modelcheck.yaml").write_text(
        "use: {distribution: [internal], fields_of_use: [military]}\nmodels: [{id: acme/apple}]\n"
    )
    report = json.loads(modelcheck("audit", project, "--format", "json").out)
    (quote,) = [rule["quote"] for rule in report["assessments"][0]["rules"] if rule["id"] == "orchard#military"]
    assert quote["path"] == "licences/LICENSE-orchard.txt"


@pytest.mark.parametrize(("text", "copied"), [(TEXT, True), (TEXT.replace("free of charge", "for a fee"), False)])
def test_a_text_at_hand_is_copied_where_it_is_owed_and_unchanged(modelcheck, orchard, tmp_path, text, copied):
    (orchard / "LICENSE").write_text(text)
    settings = tmp_path / "modelcheck.yaml"
    settings.write_text("use: {distribution: [weights], fields_of_use: []}\nmodels: [{id: acme/apple}]\n")
    ran = modelcheck("notice", settings, "-o", tmp_path / "out", "--model-dir", orchard.parent.parent)
    assert ran.code == 0
    place = tmp_path / "out" / "licenses" / "acme--apple--orchard.txt"
    assert (place.read_text() if place.exists() else None) == (text if copied else None)
