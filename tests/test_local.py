"""Models that lie in a project: what they are made from is read from cards, adapters, recipes, headers and bills."""

import json
import struct

import pytest

USE = "use: {commercial: true, purpose: [production], distribution: [%s], fields_of_use: []}\n"
LLAMA = "meta-llama/Llama-3.1-8B-Instruct"


@pytest.fixture
def project(tmp_path):
    """Writes files; `modelcheck.yaml` among them."""

    def write(files, distribution="internal"):
        (tmp_path / "modelcheck.yaml").write_text(USE % distribution)
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


def _edges(modelcheck, root, model):
    tree = json.loads(modelcheck("lineage", model, "--project", root, "--format", "json").out)
    return {(edge["parent"], edge["relation"], edge["evidence"]) for edge in tree["edges"] if edge["child"] == model}


def _findings(modelcheck, root):
    tree = json.loads(modelcheck("audit", root, "--format", "json").out)
    return {(item["rule"], item["subject"]) for item in tree["findings"]}, tree


def _card(**fields):
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()) + "---\n# A model\n"


def _gguf(**fields):
    def text(value):
        return struct.pack("<Q", len(value)) + value.encode()

    body = b"".join(text(key.replace("__", ".")) + struct.pack("<I", 8) + text(value) for key, value in fields.items())
    kind = text("general.file_type") + struct.pack("<II", 4, 15)
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(fields) + 1) + body + kind


def _safetensors(**meta):
    head = json.dumps({"__metadata__": meta}).encode()
    return struct.pack("<Q", len(head)) + head


ADAPTER = json.dumps({"base_model_name_or_path": LLAMA, "peft_type": "LORA"})


def _held(modelcheck, root):
    """Verdict and licence of every model of a project."""
    items = _findings(modelcheck, root)[1]["assessments"]
    return {item["subject"]: (item["verdict"], item["license"]["expression"]) for item in items}


@pytest.mark.parametrize(
    ("stated", "held"),
    [
        (["cc-by-nc-4.0", "apache-2.0 OR mit"], ("prohibited", "cc-by-nc-4.0 AND (apache-2.0 OR mit)")),
        (["mit", "other"], ("undetermined", "mit AND other")),
        (["mit", "mit"], ("permitted", "mit")),
    ],
)
def test_every_tag_of_a_card_binds_whatever_it_holds(modelcheck, project, stated, held):
    root = project({"m/x/README.md": _card(license=stated, pipeline_tag="x"), "m/x/x.safetensors": _safetensors()})
    assert _held(modelcheck, root) == {"m/x": held}


@pytest.mark.parametrize(
    ("place", "verdict"),
    [("m/x/legal/LICENSE.txt", "undetermined"), ("m/x/y/LICENSE.txt", "permitted"), ("m/LICENSE.txt", "permitted")],
)
def test_a_licence_below_a_model_is_the_models_unless_another_model_lies_there(modelcheck, project, place, verdict):
    card, weights = _card(license="mit", pipeline_tag="x"), _safetensors()
    both = {f"m/{name}/{file}": text for name in ("x", "x/y")
            for file, text in (("README.md", card), ("x.safetensors", weights))}  # fmt: skip
    root = project({**both, place: "You may look at these weights, and do nothing else with them anywhere.\n"})
    assert _held(modelcheck, root)["m/x"][0] == verdict


def test_folders_that_differ_in_capitals_alone_bind_together(modelcheck, project):
    files = {f"m/{name}/README.md": _card(license=stated, pipeline_tag="x")
             for name, stated in (("x", "mit"), ("X", "cc-by-nc-4.0"))}  # fmt: skip
    root = project({**files, "m/x/x.safetensors": _safetensors(), "m/X/x.safetensors": _safetensors()})
    assert [verdict for verdict, _ in _held(modelcheck, root).values()] == ["prohibited"]


@pytest.mark.parametrize(("because", "parents"), [("", {LLAMA, "a/b"}), ("because: it was read, ", {"a/b"})])
def test_a_parent_that_is_declared_without_a_reason_comes_beside_those_of_the_card(
    modelcheck, project, because, parents
):
    root = project({"m/x/README.md": _card(license="mit", base_model=LLAMA), "m/x/x.safetensors": _safetensors()})
    declared = f"models: [{{id: m/x, {because}parents: [{{id: a/b, relation: merge}}]}}]\n"
    (root / "modelcheck.yaml").write_text(USE % "internal" + declared)
    assert {edge[0] for edge in _edges(modelcheck, root, "m/x")} == parents


def test_a_model_is_declared_once_by_whichever_of_its_names(modelcheck, project):
    root = project({})
    models = "models: [{id: 'openai:gpt-4o', use: {%s}}, {id: gpt-4o, use: {%s}}]\n" % (("service_tier: api",) * 2)
    (root / "modelcheck.yaml").write_text(USE % "internal" + models)
    done = modelcheck("audit", root)
    assert (done.code, "declared on line 2 as well" in done.err) == (2, True)


def test_a_model_may_be_declared_as_reports_name_it(modelcheck, project):
    root = project({})
    declared = "models: [{id: 'hf:acme/own', license: mit, because: it is ours}]\n"
    (root / "modelcheck.yaml").write_text(USE % "internal" + declared)
    assert _held(modelcheck, root) == {"acme/own": ("permitted", "mit")}


def test_an_adapter_is_one_edge_with_the_places_that_name_its_base(modelcheck, project):
    root = project(
        {"m/x/README.md": _card(license="mit", base_model=LLAMA, datasets=["a/b"]), "m/x/adapter_config.json": ADAPTER}
    )
    assert _edges(modelcheck, root, "m/x") == {
        (LLAMA, "adapter", "m/x/adapter_config.json:1"), ("hf-dataset:a/b", "trained-on", "m/x/README.md:4")
    }  # fmt: skip


def test_a_card_lists_bases_with_their_relation(modelcheck, project):
    root = project(
        {"m/x/README.md": _card(license="mit", base_model=[LLAMA, "google/gemma-2-9b"], base_model_relation="merge")}
    )
    assert {edge[:2] for edge in _edges(modelcheck, root, "m/x")} == {(LLAMA, "merge"), ("google/gemma-2-9b", "merge")}


@pytest.mark.parametrize("bases", ["", '""', "' '", "\n- ''\n-", "[]"])
def test_an_empty_base_is_no_parent(modelcheck, project, bases):
    card = f"---\nlicense: mit\nbase_model: {bases}\ndatasets:\n- ''\n---\n"
    adapter = json.dumps({"base_model_name_or_path": "", "peft_type": "LORA"})
    root = project({"m/x/README.md": card, "m/x/adapter_config.json": adapter, "m/x/x.safetensors": _safetensors()})
    assert _edges(modelcheck, root, "m/x") == set()
    assert "is not known" not in modelcheck("audit", root).out


def test_a_merge_recipe_is_a_model_of_ones_own(modelcheck, project):
    recipe = (
        f"models:\n- model: {LLAMA}+acme/lora\n- model: google/gemma-2-9b\nmerge_method: slerp\n"
        "base_model: meta-llama/Llama-3.1-8B\n"
    )
    root = project({"recipes/a.yaml": recipe})
    assert _edges(modelcheck, root, "recipes/a.yaml") == {
        (LLAMA, "merge", "recipes/a.yaml:2"),
        ("acme/lora", "merge", "recipes/a.yaml:2"),
        ("google/gemma-2-9b", "merge", "recipes/a.yaml:3"),
        ("meta-llama/Llama-3.1-8B", "merge", "recipes/a.yaml:5"),
    }
    found, _ = _findings(modelcheck, root)
    assert ("terms-together", "recipes/a.yaml") in found
    assert ("drift-unknown-parent", "recipes/a.yaml") in found


def test_a_recipe_of_several_models_names_what_is_made_on_the_way(modelcheck, project):
    recipe = (
        "name: first\nmerge_method: linear\nmodels:\n- model: google/gemma-2-9b\n---\n"
        f"name: second\nmerge_method: linear\nmodels:\n- model: first\n- model: {LLAMA}\n"
    )
    root = project({"a.yml": recipe})
    assert {edge[0] for edge in _edges(modelcheck, root, "a.yml#second")} == {"a.yml#first", LLAMA}


def test_slices_and_experts_are_parents(modelcheck, project):
    slices = f"slices:\n- sources:\n  - model: {LLAMA}\n    layer_range: [0, 9]\nmerge_method: passthrough\n"
    experts = "base_model: Qwen/Qwen2.5-3B\ngate_mode: hidden\nexperts:\n- source_model: google/gemma-2-9b\n"
    root = project({"slices.yaml": slices, "moe.yaml": experts})
    assert {edge[0] for edge in _edges(modelcheck, root, "slices.yaml")} == {LLAMA}
    assert {edge[0] for edge in _edges(modelcheck, root, "moe.yaml")} == {"Qwen/Qwen2.5-3B", "google/gemma-2-9b"}


def test_a_gguf_header_names_what_was_quantised(modelcheck, project):
    head = _gguf(general__license="apache-2.0", general__source__huggingface__repository="Qwen/Qwen2.5-3B")
    root = project({"x.Q4.gguf": head})
    assert _edges(modelcheck, root, "x.Q4.gguf") == {("Qwen/Qwen2.5-3B", "quantized", "x.Q4.gguf")}
    assert ("drift-permissive-over-restricted", "x.Q4.gguf") in _findings(modelcheck, root)[0]


def test_a_gguf_header_names_the_base_and_the_data(modelcheck, project):
    head = _gguf(
        general__base_model__0__repo_url=f"https://huggingface.co/{LLAMA}",
        general__dataset__0__repo_url="https://huggingface.co/datasets/a/b",
    )
    root = project({"x.gguf": head})
    assert {edge[:2] for edge in _edges(modelcheck, root, "x.gguf")} == {
        (LLAMA, "finetune"),
        ("hf-dataset:a/b", "trained-on"),
    }


def test_a_header_of_safetensors_names_the_base_of_an_adapter(modelcheck, project):
    head = _safetensors(ss_network_module="networks.lora", ss_base_model_version="google/gemma-2-9b")
    root = project({"m/x/x.safetensors": head})
    assert {edge[:2] for edge in _edges(modelcheck, root, "m/x")} == {("google/gemma-2-9b", "adapter")}


def test_a_pedigree_of_a_bill_is_a_lineage(modelcheck, project):
    ancestor = {
        "type": "machine-learning-model",
        "name": "google/gemma-2-9b",
        "purl": "pkg:huggingface/google/gemma-2-9b",
    }
    model = {"type": "machine-learning-model", "group": "acme", "name": "shop", "licenses": [{"license": {"id": "MIT"}}],
             "pedigree": {"ancestors": [ancestor | {"properties": [{"name": "relation", "value": "quantized"}]}]}}  # fmt: skip
    root = project(
        {"bom.cdx.json": json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [model]})}
    )
    assert _edges(modelcheck, root, "acme/shop") == {("google/gemma-2-9b", "quantized", "bom.cdx.json:1")}
    assert ("drift-permissive-over-restricted", "acme/shop") in _findings(modelcheck, root)[0]


def test_relationships_of_spdx_are_a_lineage(modelcheck, project):
    packages = [
        {"SPDXID": f"SPDXRef-{n}", "name": name, "primaryPackagePurpose": "OTHER",
         "externalRefs": [], "comment": "modelcheck:kind=model", "licenseDeclared": stated}
        for n, (name, stated) in enumerate([("acme/shop", "MIT"), ("google/gemma-2-9b", "NOASSERTION")])
    ]  # fmt: skip
    edge = {"spdxElementId": "SPDXRef-0", "relationshipType": "DESCENDANT_OF", "relatedSpdxElement": "SPDXRef-1"}
    bill = {"spdxVersion": "SPDX-2.3", "SPDXID": "SPDXRef-DOCUMENT", "packages": packages, "relationships": [edge]}
    root = project({"bom.spdx.json": json.dumps(bill)})
    assert {found[:2] for found in _edges(modelcheck, root, "acme/shop")} == {("google/gemma-2-9b", "finetune")}


def test_a_model_in_the_project_is_what_code_and_weights_refer_to(modelcheck, project):
    code = 'm = AutoModel.from_pretrained("./m/x")\n'
    root = project(
        {
            "m/x/README.md": _card(license="llama3.1", base_model=LLAMA),
            "m/x/x.safetensors": _safetensors(),
            "a.py": code,
        }
    )
    _, tree = _findings(modelcheck, root)
    assert tree["unresolved"] == []
    (mine,) = [item for item in tree["assessments"] if item["subject"] == "m/x"]
    assert {"a.py", "m/x/x.safetensors"} <= {place["path"] for place in mine["locations"]}
    assert any(rule["via"] == [{"id": LLAMA, "relation": "finetune"}] for rule in mine["rules"])


@pytest.mark.parametrize(
    ("card", "files", "kind"),
    [
        (_card(base_model=LLAMA), {}, "drift-license-missing"),
        (_card(license="other", base_model=LLAMA), {}, "drift-license-unnamed"),
        (_card(license="mit", base_model=LLAMA), {}, "drift-permissive-over-restricted"),
        (_card(license="cc-by-nc-4.0", base_model=LLAMA), {}, "drift-use-restrictions-dropped"),
        (_card(license="llama3.1", base_model=LLAMA), {}, "drift-name-prefix-missing"),
        (_card(license="gemma", base_model="Qwen/Qwen2.5-3B"), {}, "drift-non-commercial-dropped"),
        (_card(license="qwen-research", base_model="Qwen/Qwen2.5-3B"), {}, "drift-non-commercial-base-sold"),
        (_card(license="mit", base_model="nobody/nothing"), {}, "drift-unknown-parent"),
        (
            _card(license="mit", base_model="Qwen/Qwen2.5-7B"),
            {"m/x/LICENSE": "All that we say goes. " * 30},
            "license-unrecognised",
        ),
    ],
)
def test_every_kind_of_disagreement_is_found_with_both_texts(modelcheck, project, card, files, kind):
    root = project({"m/x/README.md": card, **files})
    found, tree = _findings(modelcheck, root)
    assert (kind, "m/x") in found
    (told,) = [item for item in tree["findings"] if (item["rule"], item["subject"]) == (kind, "m/x")][:1]
    if "over-restricted" in kind or "dropped" in kind:
        assert told["summary"].count("https://") >= 2 or "gemma" in told["summary"]
        assert "section" in told["summary"]


def test_share_alike_is_broken_by_a_permissive_tag_and_kept_by_what_the_text_names(modelcheck, project):
    bases = "  - {id: acme/sa, license: CC-BY-SA-4.0, because: ours}\n"
    root = project(
        {
            "m/x/README.md": _card(license="mit", base_model="acme/sa"),
            "m/y/README.md": _card(license="gpl-3.0", base_model="acme/sa"),
        }
    )
    (root / "modelcheck.yaml").write_text(USE % "internal" + "models:\n" + bases)
    found, _ = _findings(modelcheck, root)
    assert ("drift-share-alike-broken", "m/x") in found
    assert ("drift-share-alike-broken", "m/y") not in found


def test_a_notice_is_asked_of_what_is_passed_on(modelcheck, project):
    files = {"m/Llama-x/README.md": _card(license="llama3.1", base_model=LLAMA)}
    root = project(files, "derivative-weights")
    assert ("drift-notice-missing", "m/Llama-x") in _findings(modelcheck, root)[0]
    line = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved."
    (root / "m/Llama-x/Notice.txt").write_text(line)
    assert ("drift-notice-missing", "m/Llama-x") not in _findings(modelcheck, root)[0]


@pytest.mark.parametrize(
    "text",
    ["---\nbase_model: [\n---\n", "---\nbase_model: &a [*a]\n---\n", "---\nlicense: {a: 1}\nbase_model: {b: 2}\n---\n"],
)
def test_a_broken_card_is_no_traceback(modelcheck, project, text):
    root = project({"m/x/README.md": text, "m/x/adapter_config.json": ADAPTER})
    assert modelcheck("audit", root).code in {1, 3}


def test_the_readme_of_a_project_is_no_model(modelcheck, project):
    root = project(
        {
            "README.md": _card(license="mit", sdk="gradio", models=[LLAMA]),
            "docs/data.md": _card(license="mit", task_categories=["qa"]),
        }
    )
    _, tree = _findings(modelcheck, root)
    assert {item["subject"] for item in tree["assessments"]} <= {LLAMA}


DATA = {"m/x/README.md": _card(license="mit", base_model="Qwen/Qwen2.5-7B", datasets=["a/b"])}


@pytest.mark.parametrize(
    ("license_", "level", "words"),
    [
        ("cc-by-nc-4.0", "warning", "which is under cc-by-nc-4.0"),
        ("cc0-1.0", "note", "which is under cc0-1.0"),
        (None, "note", "not known"),
    ],
)
def test_the_terms_of_training_data_are_a_finding_of_their_own_and_bind_nothing(
    modelcheck, project, license_, level, words
):
    root = project(DATA)
    known = f"models: [{{id: 'hf-dataset:a/b', license: {license_}, because: its card}}]\n" if license_ else ""
    (root / "modelcheck.yaml").write_text(USE % "internal" + known)
    _, tree = _findings(modelcheck, root)
    (told,) = [item for item in tree["findings"] if item["rule"] == "data-terms"]
    assert (told["subject"], told["level"]) == ("m/x", level)
    assert words in told["summary"]
    assert "disputed" in told["summary"]
    (mine,) = [item for item in tree["assessments"] if item["subject"] == "m/x"]
    assert mine["verdict"] in {"permitted", "conditional"}


def test_a_policy_can_ask_for_a_review_of_training_data(modelcheck, project):
    rule = (
        "id: acme\ntitle: Acme\nkind: policy\nrules:\n- id: data\n  effect: prohibition\n"
        "  when: {training_data_category: {includes_any: [non-commercial]}}\n"
        "  disputed: Counsel decides.\n  summary: Data for research only is reviewed.\n  remedy: Write to counsel.\n"
    )
    root = project({**DATA, "acme.yaml": rule})
    known = "models: [{id: 'hf-dataset:a/b', license: cc-by-nc-4.0, because: its card}]\n"
    (root / "modelcheck.yaml").write_text(USE % "internal" + known + "policies: [acme.yaml]\n")
    _, tree = _findings(modelcheck, root)
    found = {item["subject"]: item["verdict"] for item in tree["assessments"]}
    assert found["m/x"] == "undetermined"
    assert found["Qwen/Qwen2.5-7B"] in {"permitted", "conditional"}
