"""What was decided of one subject holds for another only where nothing that bears on it differs."""

import pytest
from shelf import CATALOG

from compliance import audit, project
from compliance.model import Parent

BASES = ["meta-llama/Llama-3.1-8B", "google/gemma-2-9b", "Qwen/Qwen2.5-7B", "mistralai/Mistral-Large-Instruct-2407"]
USES = [
    {},
    {"commercial": True, "distribution": frozenset({"derivative-weights"}), "fields_of_use": frozenset()},
    {"commercial": False, "distribution": frozenset({"embedded-product"}), "monthly_active_users": 800_000_000},
]


def _chain(length, base=BASES[0], relation="finetune"):
    names = [f"acme/m{number}" for number in range(length)]
    return [(name, above, relation) for name, above in zip(names, [base, *names], strict=False)]


def _auditor(edges, *, explain=True):
    models = tuple(project.Declared(id=name, parents=(Parent(id=above, relation=kind),)) for name, above, kind in edges)
    return audit.Auditor(CATALOG, as_of="2026-11-23", settings=project.Project(models=models), explain=explain)


def test_fine_tunes_that_differ_in_their_names_alone_are_decided_once():
    edges = _chain(200)
    auditor = _auditor(edges)
    for name, _, _ in edges:
        auditor.assess(name, use=USES[1])
    assert len(auditor.recurring) == 1


@pytest.mark.parametrize("use", USES)
def test_a_decision_that_recurs_is_the_one_that_would_be_made_afresh(use):
    edges = [(f"acme/{name}-{number}", base, kind) for number, base in enumerate(BASES)
             for name in ("Llama", "x", "Llama-x") for kind in ("finetune", "adapter", "distillation")]  # fmt: skip
    edges = list({f"{name}-{kind}": (f"{name}-{kind}", base, kind) for name, base, kind in edges}.values())
    edges += [*_chain(3), *[(f"acme/own-{kind}", "acme/m2", kind) for kind in ("finetune", "quantized")]]
    together = _auditor(edges)
    for name in (*BASES, *(name for name, _, _ in edges)):
        assert together.assess(name, use=use) == _auditor(edges).assess(name, use=use)
    assert len(together.recurring) < len(edges)


def test_a_name_that_a_text_asks_for_tells_two_apart():
    edges = [("acme/x", BASES[0], "finetune"), ("acme/Llama-x", BASES[0], "finetune")]
    auditor = _auditor(edges, explain=False)
    without, named = (auditor.assess(name, use=USES[1]) for name, _, _ in edges)
    assert any(judged.unmet for judged in without.decision.judged if judged.rule.id == "name-prefix")
    assert not any(judged.unmet for judged in named.decision.judged if judged.rule.id == "name-prefix")


def test_the_path_of_a_recurring_decision_is_its_own():
    edges = _chain(5)
    auditor = _auditor(edges)
    for number, (name, above, kind) in enumerate(edges):
        paths = {judged.via for judged in auditor.assess(name, use=USES[1]).decision.judged}
        assert {len(path) for path in paths} == {number + 1}
        assert {path[0] for path in paths} == {Parent(id=above, relation=kind)}
