"""Reports held against each other, models side by side, and BOMs that somebody else made."""

import json

import pytest

from compliance import openness

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


def test_of_a_model_that_came_the_clauses_that_decide_are_told_with_what_they_say(modelcheck, tmp_path):
    asked = ("--fact", "commercial=true", "--fact", "distribution=hosted-service")
    paths = [tmp_path / "0.json", tmp_path / "1.json"]
    for path, models in zip(paths, (["BAAI/bge-m3"], ["BAAI/bge-m3", "black-forest-labs/FLUX.1-dev"]), strict=True):
        modelcheck("check", *models, *asked, "--format", f"json={path}")
    first, *told = modelcheck("diff", *paths).out.splitlines()
    assert first == "black-forest-labs/FLUX.1-dev: absent -> prohibited"
    assert [line.partition(":")[0] for line in told] == ["  + flux-1-dev-non-commercial#commercial"]
    assert "No commercial use of the model" in told[0]


def test_a_rule_of_both_reports_of_which_more_is_known_is_named(modelcheck, tmp_path):
    paths = [tmp_path / "0.json", tmp_path / "1.json"]
    for path, shown in zip(paths, ("unknown", "true"), strict=True):
        modelcheck("check", "meta-llama/Llama-3.1-8B-Instruct", "--fact", "distribution=hosted-service", "--fact",
                   f"attribution_displayed={shown}", "--format", f"json={path}")  # fmt: skip
    (flip,) = json.loads(modelcheck("diff", *paths, "--format", "json").out)["changes"]
    assert any("llama-3.1-community#display: fulfilled unknown -> " in rule for rule in flip["rules_changed"])


def test_what_two_reports_were_decided_by_is_told_before_what_changed(modelcheck, reports, tmp_path):
    told = modelcheck("diff", *reports).out.splitlines()
    assert told[:2] == [
        "fields_of_use: gambling -> military",
        "deepseek-ai/DeepSeek-V3: undetermined -> prohibited",
    ]
    later = tmp_path / "later.json"
    stated = ("--fact", "fields_of_use=gambling", "--fact", "distribution=internal", "--fact", "commercial=unknown")
    modelcheck("check", "deepseek-ai/DeepSeek-V3", *stated, "--as-of", "2027-01-01", "--format", f"json={later}")
    ran = modelcheck("diff", reports[0], later)
    assert (ran.code, ran.out.splitlines()[1:]) == (
        0,
        ["commercial: not stated -> unknown", "no verdict and no clause changed"],
    )
    assert ran.out.startswith("as of: ")
    found = json.loads(modelcheck("diff", *reports, "--format", "json").out)["circumstances"]
    assert found == ["fields_of_use: gambling -> military"]


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
    columns = _columns(modelcheck, "deepseek-ai/DeepSeek-V3", "meta-llama/Llama-3.1-8B-Instruct", "gpt-4o")
    assert columns["openai:gpt-4o"]["openness class"] == "none: closed"
    assert columns["meta-llama/Llama-3.1-8B-Instruct"]["openness class"] == "none: the weights come with limits"
    parts = columns["deepseek-ai/DeepSeek-V3"]["parts"]
    assert parts[:3] == [
        "weights: deepseek-model-1.0", "code: mit (inference-code, architecture)", "data: none recorded",
    ]  # fmt: skip


def test_a_class_from_entries_that_nobody_checked_says_so(modelcheck):
    (column,) = _columns(modelcheck, "EleutherAI/pythia-12b").values()
    assert column["openness class"].endswith("(parts as entered by others, not checked)")


def test_a_model_of_which_only_the_weights_are_known_is_in_no_class_yet(modelcheck):
    (column,) = _columns(modelcheck, "mistralai/Mistral-7B-v0.1").values()
    assert column["openness class"] == "not known: no part but the weights is recorded"


III = "weights, architecture, technical-report, evaluation-results, card, data-description"
II = f"{III}, training-code, inference-code, evaluation-code, evaluation-data"
I = f"{II}, data, data-preprocessing-code, intermediate-weights, paper"  # noqa: E741 - the framework's name of it


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ("weights, card", ("none; 2 of 6 parts of class III, without "
                           "architecture, technical-report, evaluation-results, data-description")),
        (III, f"III, open model; 6 of 10 parts of class II, without {II.removeprefix(III + ', ')}"),
        (II, f"II, open tooling; 10 of 14 parts of class I, without {I.removeprefix(II + ', ')}"),
        (I, "I, open science"),
    ],
)  # fmt: skip
def test_the_class_grows_with_the_parts(modelcheck, tmp_path, parts, named):
    (tmp_path / "modelcheck.yaml").write_text(
        f"use: {{commercial: true, distribution: [internal]}}\nmodels: [{{id: acme/m, license: mit, because: ours, "
        f"subject: {{open_parts: [{parts}]}}}}]\n"
    )
    ran = modelcheck("compare", "acme/m", "--use", tmp_path / "modelcheck.yaml", "--format", "json")
    assert json.loads(ran.out)["models"][0]["openness class"] == named


# What the framework's own tool expects of its test files (../shared/models/openness-tests.tsv), by the parts in them.
CLASS_3 = "architecture weights card data-description evaluation-results"
CLASS_2 = f"{CLASS_3} training-code inference-code evaluation-code evaluation-data libraries"


@pytest.mark.parametrize(
    ("parts", "best", "percent"),
    [
        (f"{CLASS_3} technical-report", "III", {"III": 100, "II": 60}),
        (f"{CLASS_3} paper", "III", {"III": 100, "II": 60}),
        (f"{CLASS_2} technical-report", "II", {"III": 100, "II": 100, "I": 71}),
        (f"{CLASS_2} paper", "II", {"III": 100, "II": 100, "I": 77}),
        (
            f"{CLASS_2} paper data data-preprocessing-code intermediate-weights sample-outputs",
            "I",
            {"II": 100, "I": 100},
        ),
        ("", None, {"III": 0, "II": 0, "I": 0}),
    ],
)
def test_classes_are_those_of_the_framework_s_own_tool(parts, best, percent):
    ways = {name: openness.progress(parts.split(), name) for name in percent}
    assert openness.reached(parts.split()) == best
    assert {name: round(100 * way.open / way.of) for name, way in ways.items()} == percent


def test_customising_and_the_end_of_rights_stand_side_by_side(modelcheck):
    columns = _columns(modelcheck, "deepseek-ai/DeepSeek-V3", "gpt-4o")
    assert columns["openai:gpt-4o"]["may be customised"] == "only with what the provider offers"
    assert columns["deepseek-ai/DeepSeek-V3"]["may be customised"] in {"permitted", "conditional"}
    assert "deepseek-model-1.0#remote-restriction" in columns["deepseek-ai/DeepSeek-V3"]["rights end"]
    assert "30 days" in columns["openai:gpt-4o"]["rights end"][0]


def test_a_rule_that_binds_twice_is_named_once(modelcheck):
    (column,) = _columns(modelcheck, "meta-llama/Llama-3.1-405B-Instruct").values()
    assert len(column["rights end"]) == len(set(column["rights end"]))
    assert len(column["terms"]) == len(set(column["terms"]))


def test_fees_and_support_are_what_the_text_states(modelcheck):
    columns = _columns(modelcheck, "deepseek-ai/DeepSeek-V3", "gpt-4o", "Qwen/Qwen2.5-72B-Instruct")
    assert columns["deepseek-ai/DeepSeek-V3"]["fees"] == "royalty-free (2, 3)"
    assert columns["openai:gpt-4o"]["fees"].startswith("by usage")
    assert columns["Qwen/Qwen2.5-72B-Instruct"]["support"] == "none owed (7.a)"


def test_a_service_without_a_chosen_tier_tells_each_tier_for_itself(modelcheck):
    (column,) = _columns(modelcheck, "gemini-2.5-pro").values()
    assert column["trains on inputs"] == "free: default-off or yes, by organization_country; paid: no"


def test_every_clause_that_a_column_names_is_told(modelcheck):
    ran = modelcheck("compare", "deepseek-ai/DeepSeek-V3", "gpt-4o", "--format", "json")
    tree = json.loads(ran.out)
    named = {key for column in tree["models"] for row in ("decided by", "owed", "rights end")
             for key in column[row] if "#" in key}  # fmt: skip
    assert named <= tree["clauses"].keys()
    assert all(clause["summary"] for clause in tree["clauses"].values())


def test_the_page_is_one_file_without_network(modelcheck):
    out = modelcheck("compare", "deepseek-ai/DeepSeek-V3", "gpt-4o", "--format", "html").out
    assert out.startswith("<!doctype html>")
    assert '<th scope="col">openai:gpt-4o</th>' in out
    assert "src=" not in out
    assert "http-equiv" not in out
