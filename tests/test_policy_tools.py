"""Policies as a team works with them: lint, test, diff, a waiver, a gate that starts today."""

import datetime
import json
from pathlib import Path

import pytest
import yaml

HEAD = "id: acme\ntitle: Acme\nkind: policy\nextends: [default]\nrules:\n"
NC = """  - id: no-nc
    effect: prohibition
    when: {license_category: {includes: non-commercial}}
    summary: No non-commercial terms.
    remedy: Choose another model.
"""


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes a policy of some rules and gives its path."""
    monkeypatch.chdir(tmp_path)

    def write(rules, head=HEAD):
        (tmp_path / "acme.yaml").write_text(head + rules)
        return "acme.yaml"

    return write


def test_the_policies_that_ship_have_nothing_to_mend(modelcheck):
    ran = modelcheck("policy", "lint")
    assert (ran.code, ran.out) == (0, "nothing to mend\n")


def test_a_sound_policy_has_nothing_to_mend(modelcheck, written):
    assert modelcheck("policy", "lint", written(NC)).code == 0


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (NC.replace("non-commercial}", "non-comercial}"), "did you mean 'non-commercial'"),
        (NC.replace("    remedy: Choose another model.\n", ""), "says what to do about it"),
        (NC.replace("when:", "wen:"), "unknown key 'wen'; did you mean 'when'"),
        (NC.replace("effect: prohibition", "effect: forbid"), "effect"),
        (NC + NC.replace("includes: non-commercial", "includes: rail"), "stands twice"),
        (
            NC.replace("when:", "when: {commercial: true, not: {commercial: true}}\n    unless:"),
            "can ever make it true",
        ),
        (
            NC + NC.replace("id: no-nc", "id: again").replace("when: {", "when: {commercial: true, "),
            "acme#again: it adds nothing: wherever it is true, acme#no-nc is true as well",
        ),
        (
            NC.replace("when: {license_category: {includes: non-commercial}}", "when: {personal_data: true, dpa_signed: true}")
            + "  - id: contract\n    effect: duty\n    when: {personal_data: true}\n"
            "    fulfilled_when: {dpa_signed: true}\n    summary: s\n    remedy: r\n",
            "acme#contract: whoever fulfils it breaks acme#no-nc",
        ),
        (
            NC.replace("prohibition", "permission").replace("when:", "actions: [run]\n    when:"),
            "a policy grants nothing",
        ),
        (
            NC.replace("license_category: {includes: non-commercial}", "subject_id: 'google/*'"),
            "subject_id is compared letter by letter",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_policy_is_said(modelcheck, written, rules, said):
    ran = modelcheck("policy", "lint", written(rules))
    assert ran.code == 1
    assert said in ran.out


def test_a_policy_is_looked_through_whatever_its_name_and_that_of_what_it_extends(modelcheck, written):
    dead = NC.replace("when:", "when: {commercial: true, not: {commercial: true}}\n    unless:")
    ran = modelcheck("policy", "lint", written(dead, HEAD.replace("id: acme", "id: zeta")))
    assert "acme.yaml:6: zeta#no-nc: no use and no model can ever make it true" in ran.out


TOP = "id: acme\ntitle: Acme\nkind: policy\n"
ONE = "rules:\n  - {id: r, effect: prohibition, when: {access: api}, summary: s, remedy: x}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "acme.yaml: expected a policy, with id, title, `kind: policy` and rules, found nothing"),
        ("- a\n", "acme.yaml: expected a policy, with id, title, `kind: policy` and rules, found a list"),
        ("rules:\n\t- {id: r}\n", "acme.yaml:2: not YAML: found character that cannot start any token; indent with spaces"),
        ("title: A: B\n", "acme.yaml:1: not YAML"),
        (TOP.replace("policy", "polcy") + ONE, "acme.yaml:3: kind must be one of"),
        (TOP.replace("acme", "Our line") + ONE, "acme.yaml:1: id 'Our line': use lower-case letters"),
        (TOP + "extends: [defalt, gdrp]\n" + ONE, "acme.yaml:4: policy 'defalt' is not shipped; did you mean 'default'?"),
        (TOP + "extends: [defalt, gdrp]\n" + ONE, "acme.yaml:4: policy 'gdrp' is not shipped; did you mean 'gdpr'?"),
        (TOP + "extends: [other.yaml]\n" + ONE, "acme.yaml:4: there is no file 'other.yaml'"),
        (TOP + ONE.replace("prohibition", "deny"), "acme.yaml:5: there is no effect 'deny'; write `prohibition`"),
        (TOP + ONE.replace("prohibition", "allow"), "a policy grants nothing"),
        (TOP + ONE.replace("prohibition", "review"), "write a `prohibition` with `disputed: WHY`"),
        (TOP + ONE.replace("when", "if"), "acme.yaml:5: unknown key 'if'; write `when`"),
        (TOP + ONE.replace("access: api", "lineage_depth: {greater: 2}"),
         "acme.yaml:5: unknown matcher 'greater' for lineage_depth, which is int; use over, at_least, under, at_most"),
        (TOP + ONE.replace("access: api", "publisher: metta"), "did you mean 'meta'?"),
        (TOP + ONE.replace("access: api", "publisher_country: China"), "expected a country (ISO 3166-1 alpha-2)"),
        (TOP + ONE.replace("when", "actions: [deploy], when"), "unknown action 'deploy'; known are distribute"),
        (TOP + ONE.replace("access: api", "all: [{access: api}, {access: weights}]"), "acme.yaml:5: acme#r: no use and no model"),
    ],
)  # fmt: skip
def test_a_new_user_s_mistake_is_named_with_file_line_and_what_to_write(modelcheck, tmp_path, text, said):
    (tmp_path / "acme.yaml").write_text(text)
    ran = modelcheck("policy", "lint", tmp_path / "acme.yaml")
    assert ran.code == 1
    assert said in ran.out


@pytest.mark.parametrize(
    "text",
    [TOP.replace("acme", "[acme]") + ONE, TOP + "evidence: {source: s, sha256: [ab]}\n" + ONE],
    ids=["id", "sha256"],
)
def test_a_list_where_a_text_belongs_is_told_once(modelcheck, tmp_path, text):
    (tmp_path / "acme.yaml").write_text(text)
    assert modelcheck("policy", "lint", tmp_path / "acme.yaml").out.count("expected text, found a list") == 1


def test_policies_that_extend_each_other_are_refused_with_the_way_round(modelcheck, tmp_path):
    for one, other in ("ab", "ba"):
        name = f"id: {one}\ntitle: {one}\nkind: policy\nextends: [{tmp_path}/{other}.yaml]\n"
        (tmp_path / f"{one}.yaml").write_text(name + ONE)
    ran = modelcheck("policy", "lint", tmp_path / "a.yaml")
    assert ran.code == 1
    assert f"a.yaml -> {tmp_path}/b.yaml -> {tmp_path}/a.yaml); take one `extends` of these out" in ran.out
    assert modelcheck("check", "BAAI/bge-m3", "--policy", tmp_path / "a.yaml").code == 2


def test_a_rule_that_another_needs_is_not_called_idle(modelcheck, written):
    rules = NC + NC.replace("id: no-nc", "id: rail").replace("includes: non-commercial", "includes: rail")
    assert modelcheck("policy", "lint", written(rules)).code == 0


def test_a_rule_of_two_values_of_one_set_can_hold(modelcheck, written):
    both = "when: {all: [{license_category: {includes: rail}}, {license_category: {includes: community}}]}"
    assert modelcheck("policy", "lint", written(NC.replace(NC.splitlines()[2].strip(), both))).code == 0


def test_an_empty_policy_asks_for_nothing_and_that_is_said(modelcheck, written):
    ran = modelcheck("policy", "lint", written("", head="id: acme\ntitle: Acme\nkind: policy\n"))
    assert "asks for nothing" in ran.out


def test_a_name_that_is_no_policy_is_a_mistake_of_the_caller(modelcheck):
    ran = modelcheck("policy", "lint", "permisive-only")
    assert ran.code == 2
    assert "did you mean 'permissive-only'" in ran.err
    assert modelcheck("policy", "lint", "none.yaml").code == 2


CASES = """given: {commercial: true, distribution: [internal], territories: [DE], fields_of_use: []}
cases:
  - {case: Non-commercial terms are out, license: cc-by-nc-4.0, verdict: prohibited}
  - {case: MIT is in, license: mit, verdict: %s}
"""


def test_cases_hold_under_a_policy_or_fail(modelcheck, written, tmp_path):
    policy = written(NC)
    (tmp_path / "cases.yaml").write_text(CASES % "permitted")
    assert modelcheck("policy", "test", policy, "cases.yaml").code == 0
    (tmp_path / "cases.yaml").write_text(CASES % "prohibited")
    ran = modelcheck("policy", "test", policy, "cases.yaml")
    assert ran.code == 1
    assert "FAILED cases.yaml:4: MIT is in" in ran.out


def test_diff_names_the_verdicts_that_flip(modelcheck, written, tmp_path):
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("facebook/nllb-200-distilled-600M")\n'
                                     'n = AutoModel.from_pretrained("deepseek-ai/DeepSeek-R1")\n')  # fmt: skip
    (tmp_path / "modelcheck.yaml").write_text(
        "use: {commercial: false, purpose: [research], distribution: [internal]}\n"
    )
    ran = modelcheck("policy", "diff", "default", "permissive-only")
    assert "DeepSeek-R1" not in ran.out
    same = modelcheck("policy", "diff", "default", written("", head=HEAD.replace("rules:\n", "")))
    assert (same.code, same.out) == (0, "nothing changed\n")
    tree = json.loads(modelcheck("policy", "diff", "default", "permissive-only", "--format", "json").out)
    assert tree["schema"] == "modelcheck/diff/1"


@pytest.mark.parametrize(("document", "holds"), [("mit", True), ("acme", False), ("apache-2.0", False)])
def test_a_case_about_one_action_is_decided_by_what_decides_that_action(modelcheck, written, tmp_path, document, holds):
    bar = "  - {id: served, effect: prohibition, actions: [serve], summary: s, remedy: r}\n"
    case = f"cases: [{{case: It runs, license: mit, facts: {{distribution: [hosted-service]}}, action: run, verdict: permitted, decides: {{document: {document}}}}}]"
    (tmp_path / "cases.yaml").write_text(case)
    ran = modelcheck("policy", "test", written(bar), tmp_path / "cases.yaml")
    assert ran.code == (0 if holds else 1)
    assert (f"expected {document} to decide, it was mit#grant" in ran.out + ran.err) is not holds


def test_what_lint_and_cases_find_can_be_had_as_json(modelcheck, written, tmp_path):
    written(NC.replace("    remedy: Choose another model.\n", ""))
    ran = modelcheck("policy", "lint", "acme.yaml", "--format", "json")
    assert (ran.code, [line.partition(":")[0] for line in json.loads(ran.out)["problems"]]) == (1, ["acme.yaml"])
    (tmp_path / "cases.yaml").write_text("cases: [{case: NC is barred, license: cc-by-nc-4.0, verdict: permitted}]")
    ran = modelcheck("policy", "test", written(NC), "cases.yaml", "--format", "json")
    told = json.loads(ran.out)
    assert (ran.code, told["cases"], [item["case"] for item in told["failed"]]) == (1, 1, ["NC is barred"])


WAIVE = ("waive", "deepseek-model-1.0#use-military", "DeepSeek-AI/deepseek-v3", "--reason", "a: simulation # only")
OWNED = (*WAIVE, "--owner", "legal@example.com", "--until", "2099-01-31")
PROJECTS = [
    "use: {commercial: true}\n",
    "# ours\nuse:\n  commercial: true  # yes\n\nwaivers: []\npolicies: [default]\n",
    (
        "waivers:\n- rule: gemma-terms#notice  # why\n  subject: google/gemma-2-9b\n  reason: x\n  owner: y\n"
        "  until: 2099-01-31\n\n# below\nmodels:\n  - id: deepseek-ai/DeepSeek-V3\n    access: weights\n"
    ),
    "waivers:\n    - {rule: gemma-terms#notice, subject: a/b, reason: x, owner: y, until: 2099-01-31}\nuse: {}",
]


@pytest.mark.parametrize("text", PROJECTS)
def test_a_waiver_is_added_and_everything_else_stays(modelcheck, tmp_path, text):
    file = tmp_path / "modelcheck.yaml"
    file.write_text(text)
    assert modelcheck(*OWNED, "--project", tmp_path).code == 0
    before, after = yaml.safe_load(text), yaml.safe_load(file.read_text())
    new = after.pop("waivers")
    assert new[:-1] == (before.pop("waivers", None) or [])
    assert before == after
    assert new[-1]["reason"] == "a: simulation # only"
    assert new[-1]["subject"] == "deepseek-ai/DeepSeek-V3"
    assert len(new[-1]["text_sha256"]) == 64
    for line in text.splitlines():
        assert line == "waivers: []" or line in file.read_text()


def test_a_waiver_turns_the_rule_off_in_the_next_audit(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-V3")\n')
    (tmp_path / "modelcheck.yaml").write_text(
        "use: {commercial: true, distribution: [internal], fields_of_use: [military]}\n"
    )
    assert modelcheck("audit", tmp_path).code == 1
    assert modelcheck(*OWNED, "--project", tmp_path).code == 0
    ran = modelcheck("audit", tmp_path, "--all-rules")
    assert ran.code == 0
    assert "WAIVED by legal@example.com" in ran.out


def test_all_that_a_waiver_lacks_is_said_at_once(modelcheck, tmp_path):
    ran = modelcheck("waive", "deepseek-model-1.0#use-militry", "x/y", "--until", "2020-01-01", "--project", tmp_path)
    assert ran.code == 2
    for said in ("did you mean 'deepseek-model-1.0#use-military'", "--reason", "--owner", "lies in the past"):
        assert said in ran.err
    assert not (tmp_path / "modelcheck.yaml").exists()


def test_a_waiver_holds_for_a_model_by_any_of_its_names(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("meta-llama/Meta-Llama-3.1-8B")\n')
    (tmp_path / "modelcheck.yaml").write_text(
        "use: {distribution: [internal], fields_of_use: [military], monthly_active_users: 5}\nwaivers:\n"
        "- {rule: llama-3.1-use-policy#military, subject: meta-llama/Meta-Llama-3.1-8B,"
        " reason: leave, owner: us, until: 2027-01-31}\n"
    )
    found = json.loads(modelcheck("audit", tmp_path, "--as-of", "2026-11-28", "--format", "json").out)
    assert "waiver-unused" not in [item["rule"] for item in found["findings"]]


@pytest.mark.parametrize("rule", ["deepseek-model-1.0", "nothing#at-all", "mit#not-granted"])
def test_what_is_no_rule_cannot_be_waived(modelcheck, tmp_path, rule):
    ran = modelcheck(
        "waive", rule, "x/y", "--reason", "r", "--owner", "o", "--until", "2099-01-01", "--project", tmp_path
    )
    assert ran.code == 2


def test_a_project_written_on_one_line_is_left_alone(modelcheck, tmp_path):
    file = tmp_path / "modelcheck.yaml"
    text = "waivers: [{rule: gemma-terms#notice, subject: a/b, reason: x, owner: y, until: 2099-01-31}]\n"
    file.write_text(text)
    ran = modelcheck(*OWNED, "--project", tmp_path)
    assert ran.code == 2
    assert "on one line" in ran.err
    assert file.read_text() == text


def test_what_is_in_use_passes_and_what_is_new_wants_a_review(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-V3")\n')
    assert modelcheck("init", tmp_path, "--from-current").code == 0
    assert modelcheck("policy", "lint", tmp_path / "modelcheck-policy.yaml").code == 0
    gate = ("audit", tmp_path, "--baseline", tmp_path / "modelcheck-baseline.json")
    assert modelcheck(*gate).code == 0
    (tmp_path / "new.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-R1")\n')
    ran = modelcheck(*gate)
    assert ran.code == 3
    assert "project-current#new-model" in ran.out


def test_a_project_file_that_is_there_is_kept_and_the_line_to_add_is_said(modelcheck, tmp_path):
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("deepseek-ai/DeepSeek-V3")\n')
    (tmp_path / "modelcheck.yaml").write_text("use: {commercial: true}\n")
    ran = modelcheck("init", tmp_path, "--from-current")
    assert (tmp_path / "modelcheck.yaml").read_text() == "use: {commercial: true}\n"
    assert "put `policies: [modelcheck-policy.yaml]`" in ran.out
    assert modelcheck("init", tmp_path, "--from-current").code == 2
    assert str(datetime.datetime.now(datetime.UTC).year) in (tmp_path / "modelcheck-policy.yaml").read_text()


def _check(modelcheck, policy, model, *more):
    return modelcheck(
        "check", model, "--policy", policy, "--fact", "distribution=internal", "--fact", "commercial=true", *more
    )


def test_a_rule_says_whom_to_ask(modelcheck, written):
    head = HEAD.replace("rules:", "contact: legal@acme.example\nrules:")
    rules = NC.replace("non-commercial}", "community}").replace("[default]", "[]")
    ran = _check(modelcheck, written(rules, head), "google/gemma-2-9b")
    assert "Choose another model. Contact: legal@acme.example." in ran.out


@pytest.mark.parametrize(
    ("when", "model", "verdict"),
    [
        ("{publisher: deepseek}", "deepseek-ai/DeepSeek-R1", 1),
        ("{publisher_country: [CN]}", "deepseek-ai/DeepSeek-R1", 1),
        ("{publisher_country: [CN]}", "google/gemma-2-9b", 0),
        ("{lineage_depth: {at_least: 1}}", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", 1),
        ("{lineage_depth: {at_least: 1}}", "google/gemma-2-9b", 0),
        ("{license_category: {includes: network-copyleft}}", "google/gemma-2-9b", 0),
        ("{license_document: {includes: gemma-terms-2024-04-01}}", "google/gemma-2-9b", 1),
        ("{subject_id: GOOGLE/gemma-2-9B}", "google/gemma-2-9b", 1),
        ("{subject_id: [a/b, gemma2:9b]}", "google/gemma-2-9b", 0),
        ("{subject_id: [a/b, 'ollama:gemma2']}", "ollama:gemma2", 1),
        ("{subject_id: CohereForAI/aya-101}", "CohereForAI/aya-101", 1),
        ("{known_by: [catalog-family, card, unknown]}", "google/gemma-2-9b", 0),
    ],
)
def test_a_rule_may_turn_on_what_is_known_of_the_model(modelcheck, written, when, model, verdict):
    assert (
        _check(modelcheck, written(NC.replace("{license_category: {includes: non-commercial}}", when)), model).code
        == verdict
    )


def test_a_rule_may_turn_on_the_age_of_the_evidence(modelcheck, written):
    policy = written(NC.replace("{license_category: {includes: non-commercial}}", "{evidence_age_days: {over: 365}}"))
    assert _check(modelcheck, policy, "google/gemma-2-9b", "--as-of", "2026-12-01").code == 0
    assert _check(modelcheck, policy, "google/gemma-2-9b", "--as-of", "2028-12-01").code == 1


def test_a_warning_changes_no_verdict(modelcheck, written):
    warned = NC.replace("{license_category: {includes: non-commercial}}", "{publisher: google}\n    level: warning")
    ran = _check(modelcheck, written(warned), "google/gemma-2-9b")
    assert ran.code == 0
    assert "warning: google/gemma-2-9b: No non-commercial terms." in ran.out


def unasked(modelcheck, *more):
    ran = modelcheck("check", "gpt-4o", *more, "--format", "json")
    return {
        each["level"]: each["summary"] for each in json.loads(ran.out)["findings"] if each["rule"] == "law-not-asked"
    }


def test_a_law_that_binds_the_use_and_is_asked_by_no_policy_is_told(modelcheck):
    told = unasked(modelcheck, "--fact", "personal_data=true", "--fact", "territories=[DE]")
    assert "(gdpr)" in told["warning"]
    assert "eu-personal-data" in told["warning"]


def test_a_law_that_binds_one_use_is_not_told_again_as_one_that_may_bind_another(modelcheck, tmp_path):
    known, open_ = {"personal_data": True, "territories": ["DE"]}, {"personal_data": True}
    models = [{"id": "BAAI/bge-m3", "use": known}, {"id": "google/gemma-2-9b", "use": open_}]
    (tmp_path / "modelcheck.yaml").write_text(json.dumps({"use": {"distribution": ["internal"]}, "models": models}))
    report = json.loads(modelcheck("audit", tmp_path, "--format", "json").out)
    told = {each["level"]: each["summary"] for each in report["findings"] if each["rule"] == "law-not-asked"}
    may = told["note"].partition(": ")[2].partition(";")[0].split(", ")
    assert ("(gdpr)" in told["warning"], "gdpr" in may, "uk-gdpr" in may) == (True, False, True)


def test_a_policy_is_found_beside_who_names_it(modelcheck, tmp_path, monkeypatch):
    for folder in ("here", "project/policies", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "acme.yaml").write_text(TOP + "extends: [base.yaml]\n" + ONE)
        base = f"id: of-{Path(folder).name}\ntitle: T\nkind: policy\nextends: [default]\n" + ONE
        (tmp_path / folder / "base.yaml").write_text(base)
    (tmp_path / "project/app.py").write_text('AutoModel.from_pretrained("BAAI/bge-m3")\n')
    use = "use: {distribution: [internal]}\npolicies: "
    (tmp_path / "project/modelcheck.yaml").write_text(use + "[policies/acme.yaml]\n")
    (tmp_path / "elsewhere/use.yaml").write_text(use + "[acme.yaml]\n")
    monkeypatch.chdir(tmp_path / "here")

    def bound(*args):
        ran = modelcheck(*args, "--format", "json", "--all-rules")
        rules = json.loads(ran.out)["assessments"][0]["rules"]
        return {rule["document"] for rule in rules} & {"of-here", "of-policies", "of-elsewhere"}

    project = tmp_path / "project"
    assert bound("audit", project) == {"of-policies"}
    assert bound("audit", project, "--use", tmp_path / "elsewhere/use.yaml") == {"of-elsewhere"}
    assert bound("audit", project, "--policy", "acme.yaml") == {"of-here"}
    assert bound("check", "BAAI/bge-m3", "--policy", "../project/policies/acme.yaml") == {"of-policies"}


def test_a_policy_that_extends_itself_by_another_name_is_told_once(modelcheck, tmp_path):
    (tmp_path / "a.yaml").write_text(TOP + f"extends: [../{tmp_path.name}/a.yaml]\n" + ONE)
    assert "extends itself" in modelcheck("check", "BAAI/bge-m3", "--policy", tmp_path / "a.yaml").err


def test_policies_that_extend_each_other_are_told_by_the_names_that_stand_in_them(modelcheck, tmp_path):
    (tmp_path / "a.yaml").write_text(TOP + "extends: [b.yaml]\n" + ONE)
    (tmp_path / "b.yaml").write_text(TOP + "extends: [a.yaml]\n" + ONE)
    assert (
        "a.yaml: extends itself (a.yaml -> b.yaml -> a.yaml)"
        in modelcheck("check", "BAAI/bge-m3", "--policy", tmp_path / "a.yaml").err
    )


def test_a_law_that_a_policy_in_force_extends_is_asked(modelcheck):
    facts = ("--fact", "personal_data=true", "--fact", "territories=[DE]")
    assert "(gdpr)" not in unasked(modelcheck, *facts, "--policy", "eu-personal-data").get("warning", "")
    assert "(gdpr)" not in unasked(modelcheck, *facts, "--policy", "gdpr").get("warning", "")


def test_a_law_that_may_bind_is_told_with_the_facts_it_turns_on(modelcheck):
    told = unasked(modelcheck, "--fact", "personal_data=true")
    assert "gdpr" in told["note"]
    assert "organization_country" in told["note"]


def test_a_law_with_nothing_to_say_on_what_is_done_is_not_told(modelcheck):
    told = unasked(modelcheck, "--fact", "organization_country=DE", "--fact", "modifications=[none]")
    assert "eu-tdm" not in told.get("warning", "")


def test_where_no_law_binds_nothing_is_told(modelcheck):
    assert unasked(modelcheck, "--fact", "personal_data=false", "--fact", "territories=[BR]") == {}


def test_a_known_fault_fails_in_a_file_where_it_was_not(modelcheck, tmp_path):
    load = 'm = AutoModel.from_pretrained("meta-llama/Llama-3.2-11B-Vision-Instruct")\n'
    (tmp_path / "modelcheck.yaml").write_text(
        "use: {commercial: true, distribution: [hosted-service], territories: [DE]}\n"
    )
    (tmp_path / "old.py").write_text(load)
    old = tmp_path.parent / "old.json"
    assert modelcheck("audit", tmp_path, "--format", f"json={old}").code == 3
    (tmp_path / "old.py").write_text(f"\n\n{load}")
    assert modelcheck("audit", tmp_path, "--baseline", old).code == 0, "lines move"
    (tmp_path / "new.py").write_text(load)
    ran = modelcheck("audit", tmp_path, "--baseline", old)
    assert ran.code == 3
    assert "but not in new.py; that is new" in " ".join(ran.out.split())


def test_a_known_fault_with_a_reading_that_is_new_fails(modelcheck, tmp_path):
    (tmp_path / "modelcheck.yaml").write_text("use: {commercial: true, distribution: [weights]}\n")
    (tmp_path / "app.py").write_text('m = AutoModel.from_pretrained("mistralai/Codestral-22B-v0.1")\n')
    old = tmp_path.parent / "old.json"
    assert modelcheck("audit", tmp_path, "--format", f"json={old}").code == 1
    report = json.loads(old.read_text())
    assert report["assessments"][0]["review"]
    assert modelcheck("audit", tmp_path, "--baseline", old).code == 0
    report["assessments"][0]["review"] = []
    old.write_text(json.dumps(report))
    assert modelcheck("audit", tmp_path, "--baseline", old).code == 1


def test_a_waiver_without_a_name_is_asked_for_it_at_a_terminal(modelcheck, tmp_path, monkeypatch):
    answers = iter(["gemma-terms#notice", "google/gemma-2-9b", "the notice ships", "legal@acme.example", "2099-01-31"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    ran = modelcheck("waive", "--project", tmp_path)
    assert (ran.code, next(answers, None)) == (0, None)
    assert "gemma-terms#notice" in (tmp_path / "modelcheck.yaml").read_text()


def test_a_waiver_without_a_name_is_a_mistake_elsewhere(modelcheck, tmp_path):
    ran = modelcheck("waive", "--project", tmp_path)
    assert ran.code == 2
    assert "modelcheck waive RULE SUBJECT" in ran.err


def test_what_a_law_begins_to_ask_within_a_year_is_told_with_its_day(modelcheck):
    asked = ("check", "gpt-4o", "--policy", "eu-ai-act", "--fact", "organization_country=DE", "--format", "json")

    def coming(day):
        found = json.loads(modelcheck(*asked, "--as-of", day).out)["findings"]
        return [item["summary"] for item in found if item["rule"] == "law-begins-later"]

    assert any(
        "Articles 111(3), 53" in told and "may begin to bind on 2027-08-02" in told for told in coming("2026-11-28")
    )
    assert not any("on 2027-08-02" in told for told in coming("2027-08-02"))
    assert not any("on 2027-08-02" in told for told in coming("2026-07-01"))
