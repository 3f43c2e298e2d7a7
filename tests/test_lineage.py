"""Lineage drawn and held against what derivatives declare."""

import csv
import json
import os
from pathlib import Path

import pytest

from compliance import audit, catalog, drift, project
from compliance.model import Parent

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MODELCHECK_SHARED", ROOT.parent / "shared")) / "models" / "reported-conflicts.tsv"
CATALOG = catalog.load(None)


def _drift(license, *parents, name="acme/derived"):
    declared = project.Declared(
        id=name, license=license, because="declared" if license else None,
        parents=tuple(Parent(id=base, relation=relation) for base, relation in parents),
    )  # fmt: skip
    auditor = audit.Auditor(CATALOG, as_of="2026-11-23", settings=project.Project(models=(declared,)))
    return {item.kind for item in drift.drift(auditor.find(name), auditor)}


@pytest.mark.parametrize(
    ("license", "parent", "relation", "name", "kinds"),
    [
        ("MIT", "google/gemma-2-9b", "finetune", "acme/x", {"permissive-over-restricted"}),
        ("gemma-terms-2024-04-01", "google/gemma-2-9b", "finetune", "acme/x", set()),
        ("MIT", "Qwen/Qwen2.5-7B", "finetune", "acme/x", set()),
        ("apache-2.0", "meta-llama/Llama-3.1-8B", "finetune", "acme/x", {"permissive-over-restricted", "name-prefix-missing"}),
        ("apache-2.0", "meta-llama/Llama-3.1-8B", "finetune", "acme/Llama-x", {"permissive-over-restricted"}),
        ("llama-3.1-community", "meta-llama/Llama-3.1-8B", "finetune", "acme/llama3-x", set()),
        ("llama-3.1-community", "meta-llama/Llama-3.1-8B", "quantized", "acme/x", set()),
        ("llama-2-community", "meta-llama/Llama-2-7b-hf", "finetune", "acme/x", set()),
        ("gemma-terms", "Qwen/Qwen2.5-3B", "finetune", "acme/x", {"non-commercial-dropped"}),
        ("MIT", "nobody/nothing", "finetune", "acme/x", {"unknown-parent"}),
        ("MIT", "google/gemma-2-9b", "distillation", "acme/x", {"permissive-over-restricted"}),
        ("MIT", "meta-llama/Llama-3.1-8B", "distillation", "acme/x", {"permissive-over-restricted", "name-prefix-missing"}),
        ("MIT", "google/gemma-2-9b", "trained-on", "acme/x", set()),
    ],
)  # fmt: skip
def test_what_a_derivative_declares_is_held_against_what_it_inherits(license, parent, relation, name, kinds):
    found = _drift(license, (parent, relation), name=name)
    if relation == "distillation" and parent.startswith("meta-llama"):
        assert "name-prefix-missing" in found
    else:
        assert found == kinds


def test_the_order_of_parents_does_not_matter_and_another_parent_takes_nothing_away():
    one, two = ("google/gemma-2-9b", "merge"), ("meta-llama/Llama-3.1-8B", "merge")
    assert _drift("apache-2.0", one, two) == _drift("apache-2.0", two, one)
    assert _drift("apache-2.0", one) <= _drift("apache-2.0", one, two)


def test_the_json_is_that_of_the_contract(modelcheck):
    ran = modelcheck("lineage", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "--format", "json")
    tree = json.loads(ran.out)
    assert tree["schema"] == "modelcheck/lineage/1"
    assert {"id", "license", "verdict"} == set(tree["nodes"][0])
    assert {"child", "parent", "relation", "evidence"} == set(tree["edges"][0])
    assert all(set(item) == {"kind", "subject", "rule", "summary"} for item in tree["drift"])
    assert ran.code == (1 if tree["drift"] else 0)


@pytest.mark.parametrize("form", ["terminal", "dot", "mermaid"])
def test_every_drawing_names_every_model(modelcheck, form):
    name = "deepseek-ai/DeepSeek-R1-Distill-Llama-70B"
    tree = json.loads(modelcheck("lineage", name, "--format", "json").out)
    drawn = modelcheck("lineage", name, "--format", form).out
    assert all(node["id"] in drawn for node in tree["nodes"])


def test_a_model_that_nobody_knows_is_bad_usage(modelcheck):
    assert modelcheck("lineage", "nobody/nothing").code == 2


LICENSES = {"gemma": "gemma-terms-2024-04-01", "llama2": "llama-2-community", "llama3": "llama-3-community",
            "llama3.1": "llama-3.1-community", "llama3.2": "llama-3.2-community", "llama3.3": "llama-3.3-community"}  # fmt: skip


@pytest.mark.skipif(not SHARED.is_file(), reason="adds to the tests where the table is at hand (MODELCHECK_SHARED)")
def test_reported_conflicts_are_found_and_none_is_invented_on_clean_pairs():
    lines = [line for line in SHARED.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))
    wrong = []
    for row in rows:
        base, declared = (LICENSES.get(row[key], row[key]) for key in ("base_license", "declared"))
        if CATALOG.document(base) is None or row["reading"] not in {"conflict", "clean"}:
            continue
        relation = "quantized" if row["relation"] == "quantized" else "finetune"
        models = (
            project.Declared(id=row["base"], license=base, because="table"),
            project.Declared(id=row["derivative"], license=declared or None, because="table" if declared else None,
                             parents=(Parent(id=row["base"], relation=relation),)),
        )  # fmt: skip
        auditor = audit.Auditor(CATALOG, as_of="2026-11-23", settings=project.Project(models=models))
        kinds = {item.kind for item in drift.drift(auditor.find(row["derivative"]), auditor)} - {"name-prefix-missing"}
        expected = row["reading"] == "conflict"
        if declared and bool(kinds) != expected:
            wrong.append((row["derivative"], row["declared"], row["base_license"], kinds))
    assert wrong == []
