"""Lineage drawn and held against what derivatives declare."""

import csv
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import audit, catalog, drift, lineage, project
from compliance.model import Model, Parent

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


# -- properties ------------------------------------------------------------------------------------------------------

KINDS = ["finetune", "merge", "distillation", "trained-on"]
EDGES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 7), st.sampled_from(KINDS)), max_size=14)


def _models(edges):
    """Seven models, m0 to m6; m7 is a parent that nobody knows."""
    parents = {number: [] for number in range(7)}
    for child, parent, kind in edges:
        parents[child].append(Parent(id=f"m{parent}", relation=kind))
    return {f"m{n}": Model(id=f"m{n}", parents=tuple(found)) for n, found in parents.items()}


def _reached(models, kinds):
    """What a rule that travels along some kinds of edges reaches from m0 upwards, by walking."""
    reached, queue = set(), ["m0"]
    while queue:
        child = models.get(queue.pop())
        for parent in child.parents if child is not None else ():
            if parent.relation in kinds and parent.id not in reached:
                reached.add(parent.id)
                queue.append(parent.id)
    return reached


@given(EDGES, st.sets(st.sampled_from(KINDS)))
def test_every_ancestor_that_some_path_reaches_is_reached(edges, kinds):
    models = _models(edges)
    paths = [(path, path[-1].id) for path, _ in lineage.ancestors(models["m0"], models.get)]
    found = {name for path, name in paths if all(edge.relation in kinds for edge in path)}
    assert found == _reached(models, kinds)


@given(EDGES, EDGES)
def test_another_parent_takes_no_ancestor_away(edges, more):
    def reached(some):
        models = _models(some)
        return {(path[-1].id, frozenset(edge.relation for edge in path))
                for path, _ in lineage.ancestors(models["m0"], models.get)}  # fmt: skip

    after = reached([*edges, *more])
    for name, kinds in reached(edges):
        assert any(other == name and known <= kinds for other, known in after)


def test_a_base_behind_a_distilled_sibling_still_binds():
    """m0 is distilled from m1 and fine-tuned from m2; both come from m3, a fine-tune of Llama 3.1, whose text leaves students alone."""
    made = [("m1", "m3", "finetune"), ("m2", "m3", "finetune"), ("m3", "meta-llama/Llama-3.1-8B", "finetune"),
            ("m0", "m1", "distillation"), ("m0", "m2", "finetune")]  # fmt: skip
    models = tuple(
        project.Declared(
            id=name,
            license="mit",
            because="declared",
            parents=tuple(Parent(id=base, relation=kind) for child, base, kind in made if child == name),
        )
        for name in ("m0", "m1", "m2", "m3")
    )
    auditor = audit.Auditor(CATALOG, as_of="2026-11-23", settings=project.Project(models=models))
    duties = {judged.rule.key for judged in auditor.assess("m0", use={}).decision.judged}
    assert "llama-3.1-community#scale" in duties


def test_a_hundred_thousand_models_are_walked():
    models = {
        f"m{n}": Model(id=f"m{n}", parents=(Parent(id=f"m{n // 2}", relation="finetune"),)) for n in range(1, 100_000)
    }
    assert len(list(lineage.ancestors(models["m99999"], models.get))) == 17
