"""Reports held against each other, models side by side, and BOMs that somebody else made."""

import json

import pytest

BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [
        {"type": "machine-learning-model", "name": "DeepSeek-V3", "purl": "pkg:huggingface/deepseek-ai/DeepSeek-V3"}
    ],
}


@pytest.fixture
def reports(modelcheck, tmp_path):
    paths = []
    for number, field in enumerate(("gambling", "military")):
        path = tmp_path / f"{number}.json"
        modelcheck("check", "deepseek-ai/DeepSeek-V3", "--fact", f"fields_of_use={field}", "--fact", "distribution=internal",
                   "--format", f"json={path}")  # fmt: skip
        paths.append(path)
    return paths


def test_a_flipped_verdict_is_named_with_the_clauses_that_came(modelcheck, reports):
    ran = modelcheck("diff", *reports, "--format", "json")
    (flip,) = json.loads(ran.out)["changes"]
    assert ran.code == 1
    assert (flip["before"], flip["after"]) == ("undetermined", "prohibited")
    assert "deepseek-model-1.0#use-military" in flip["rules_added"]


def test_a_report_does_not_differ_from_itself(modelcheck, reports):
    ran = modelcheck("diff", reports[0], reports[0])
    assert (ran.code, ran.out) == (0, "nothing changed\n")


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"schema": "other"}'])
def test_what_is_no_report_is_bad_usage(modelcheck, reports, tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content)
    assert modelcheck("diff", reports[0], path).code == 2


def test_open_weights_and_services_are_compared_for_one_use(modelcheck):
    names = ["deepseek-ai/DeepSeek-V3", "meta-llama/Llama-3.1-405B-Instruct", "gpt-4o", "gemini-2.5-pro"]
    facts = ["--fact", "commercial=true", "--fact", "distribution=hosted-service"]
    columns = json.loads(modelcheck("compare", *names, *facts, "--format", "json").out)["models"]
    assert [column["model"] for column in columns] == [*names[:2], "openai:gpt-4o", "google:gemini-2.5-pro"]
    assert [column["trains on inputs"] for column in columns[:3]] == ["no provider", "no provider", "default-off"]
    for form in ("terminal", "markdown"):
        told = modelcheck("compare", *names, *facts, "--format", form).out
        assert all(column["verdict"] in told for column in columns)


def test_a_bom_is_audited_like_a_project(modelcheck, tmp_path):
    path = tmp_path / "some.cdx.json"
    path.write_text(json.dumps(BOM))
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("google/gemma-2-9b")\n')
    report = json.loads(modelcheck("audit", path, "--format", "json").out)
    assert [item["subject"] for item in report["assessments"]] == ["deepseek-ai/DeepSeek-V3"]
    assert report["assessments"][0]["locations"][0]["path"] == "some.cdx.json"


def _columns(modelcheck, *names):
    ran = modelcheck(
        "compare", *names, "--fact", "commercial=true", "--fact", "distribution=internal", "--format", "json"
    )
    return {column["model"]: column for column in json.loads(ran.out)["models"]}


def test_openness_is_told_by_part_and_by_class(modelcheck):
    columns = _columns(modelcheck, "deepseek-ai/DeepSeek-R1", "meta-llama/Llama-3.1-8B-Instruct", "gpt-4o")
    assert columns["openai:gpt-4o"]["openness class"] == "none: closed"
    assert columns["meta-llama/Llama-3.1-8B-Instruct"]["openness class"] == "none: the weights come with limits"
    assert columns["deepseek-ai/DeepSeek-R1"]["open parts"].startswith("weights")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ("weights", "below class III"),
        ("weights,card", "III, open model"),
        ("weights,card,training-code,inference-code", "II, open tooling"),
        ("weights,card,training-code,inference-code,data,paper", "I, open science"),
    ],
)
def test_the_class_grows_with_the_parts(modelcheck, tmp_path, parts, named):
    (tmp_path / "modelcheck.yaml").write_text(
        f"use: {{commercial: true, distribution: [internal]}}\nmodels: [{{id: acme/m, license: mit, because: ours, "
        f"subject: {{open_parts: [{parts}]}}}}]\n"
    )
    ran = modelcheck("compare", "acme/m", "--use", tmp_path / "modelcheck.yaml", "--format", "json")
    assert json.loads(ran.out)["models"][0]["openness class"] == named


def test_customising_and_the_end_of_rights_stand_side_by_side(modelcheck):
    columns = _columns(modelcheck, "deepseek-ai/DeepSeek-V3", "gpt-4o")
    assert columns["openai:gpt-4o"]["may be customised"] == "only with what the provider offers"
    assert columns["deepseek-ai/DeepSeek-V3"]["may be customised"] in {"permitted", "conditional"}
    assert "deepseek-model-1.0#" in columns["deepseek-ai/DeepSeek-V3"]["rights end"]


def test_the_page_is_one_file_without_network(modelcheck):
    out = modelcheck("compare", "deepseek-ai/DeepSeek-V3", "gpt-4o", "--format", "html").out
    assert out.startswith("<!doctype html>")
    assert '<th scope="col">openai:gpt-4o</th>' in out
    assert "src=" not in out
    assert "http-equiv" not in out
