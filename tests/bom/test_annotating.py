"""BOMs of others come back with verdicts and licences put right, and with nothing else changed."""

import json

import pytest
from shelf import BESIDE

SHARED = BESIDE / "scan" / "bom"
CYCLONEDX = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "x-theirs": {"kept": [1, None]},
    "metadata": {"component": {"type": "application", "name": "theirs"}},
    "components": [
        {"type": "machine-learning-model", "bom-ref": "a", "name": "DeepSeek-V3", "group": "deepseek-ai",
         "licenses": [{"license": {"id": "deepseek"}}], "properties": [{"name": "theirs", "value": "1"}]},
        {"type": "machine-learning-model", "bom-ref": "b", "name": "bge-m3", "purl": "pkg:huggingface/BAAI/bge-m3",
         "licenses": [{"license": {"id": "MIT", "url": "https://theirs.example"}}]},
        {"type": "machine-learning-model", "bom-ref": "c", "name": "who/knows", "licenses": [{"license": {"id": "unknown"}}]},
        {"type": "machine-learning-model", "bom-ref": "d", "name": "who/else", "licenses": "apache-2.0", "properties": 7},
        {"type": "machine-learning-model", "bom-ref": "e", "name": "who/third", "licenses": [{"license": {"id": "mit"}}, None]},
        {"type": "library", "name": "numpy", "licenses": [{"license": {"name": "BSD"}}]},
        None,
    ],
}  # fmt: skip
SPDX2 = {
    "spdxVersion": "SPDX-2.3",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "theirs",
    "packages": [
        {"SPDXID": "SPDXRef-a", "name": "V3", "licenseDeclared": "deepseek licence", "licenseConcluded": "MIT",
         "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                           "referenceLocator": "pkg:huggingface/deepseek-ai/DeepSeek-V3"}]},
        {"SPDXID": "SPDXRef-b", "name": "numpy", "licenseDeclared": "BSD-3-Clause"},
    ],
}  # fmt: skip
SPDX3 = {
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    "@graph": [
        {"type": "SpdxDocument", "spdxId": "urn:doc", "element": ["urn:a"], "rootElement": ["urn:a"]},
        {"type": "ai_AIPackage", "spdxId": "urn:a", "name": "deepseek-ai/DeepSeek-V3", "theirs": [1]},
        {"type": "Relationship", "spdxId": "urn:r", "from": "urn:a", "to": ["llama3.1"],
         "relationshipType": "hasDeclaredLicense"},
    ],
}  # fmt: skip


@pytest.fixture
def annotated(modelcheck, tmp_path):
    def run(tree, *facts):
        path = tmp_path / "theirs.json"
        path.write_text(json.dumps(tree))
        ran = modelcheck("bom", "--annotate", path, *facts)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


def _told(component):
    found = {}
    for item in component["properties"]:
        found.setdefault(item["name"].removeprefix("modelcheck:"), item["value"])
    return found


def test_a_component_gets_its_verdict_and_its_licence(annotated):
    first = annotated(CYCLONEDX, "--fact", "fields_of_use=military", "--fact", "distribution=internal")["components"][0]
    assert _told(first)["verdict"] == "prohibited"
    assert _told(first)["decided-by"].startswith("deepseek-model-1.0#use-military")
    assert first["licenses"][0]["license"]["name"].startswith("LicenseRef-")
    assert json.loads(_told(first)["license-stated"]) == [{"license": {"id": "deepseek"}}]


def test_a_right_licence_is_left_as_it_was(annotated):
    assert annotated(CYCLONEDX)["components"][1]["licenses"] == CYCLONEDX["components"][1]["licenses"]


def test_what_the_catalogue_lacks_is_undetermined_and_its_licence_made_valid(annotated):
    third, fourth, fifth = annotated(CYCLONEDX)["components"][2:5]
    assert _told(third)["verdict"] == "undetermined"
    assert "licenses" not in third
    assert fourth["licenses"] == [{"license": {"name": "apache-2.0"}}]
    assert _told(fourth)["properties-stated"] == "7"
    assert fifth["licenses"] == [{"license": {"id": "MIT"}}]


def test_nothing_else_is_lost_and_a_second_annotation_adds_nothing(annotated):
    once = annotated(CYCLONEDX)
    again = annotated(once)
    assert [c and c.get("licenses") for c in again["components"]] == [
        c and c.get("licenses") for c in once["components"]
    ]
    ours = [_rest(part) if part and part["type"] != "library" else part for part in again["components"]]
    assert ours == [_rest(part) if part and part["type"] != "library" else part for part in CYCLONEDX["components"]]
    assert {"name": "theirs", "value": "1"} in again["components"][0]["properties"]
    assert len(again["components"][0]["properties"]) == len(once["components"][0]["properties"])
    assert {key: value for key, value in again.items() if key != "components"} == {
        key: value for key, value in CYCLONEDX.items() if key != "components"
    }


def test_an_ancestor_in_a_bom_of_others_is_assessed_as_well(modelcheck, tmp_path):
    tree = json.loads(json.dumps(CYCLONEDX))
    tree["components"] = [{"type": "machine-learning-model", "name": "bge-m3", "group": "BAAI", "pedigree": {
        "ancestors": [{"type": "machine-learning-model", "group": "deepseek-ai", "name": "DeepSeek-V3"}]}}]  # fmt: skip
    path = tmp_path / "theirs.json"
    path.write_text(json.dumps(tree))
    facts = ["--fact", "fields_of_use=military", "--fact", "distribution=internal"]
    assert modelcheck("audit", path, *facts).code == 1
    component = json.loads(modelcheck("bom", "--annotate", path, *facts).out)["components"][0]
    assert _told(component["pedigree"]["ancestors"][0])["verdict"] == "prohibited"


def test_spdx_2_packages_get_annotations_and_a_concluded_licence(annotated):
    tree = annotated(SPDX2)
    package = tree["packages"][0]
    assert package["licenseConcluded"].startswith("LicenseRef-")
    assert package["licenseDeclared"] == "NOASSERTION"
    comments = [note["comment"] for note in package["annotations"]]
    assert "modelcheck:licenseDeclared-stated=deepseek licence" in comments
    assert "modelcheck:licenseConcluded-stated=MIT" in comments
    assert tree["hasExtractedLicensingInfos"][0]["licenseId"] == package["licenseConcluded"]
    assert tree["packages"][1] == SPDX2["packages"][1]


def test_spdx_3_gets_elements_of_our_own_and_keeps_its_graph(annotated):
    once = annotated(SPDX3)
    tree = annotated(once)
    assert len(tree["@graph"]) == len(once["@graph"])
    assert tree["@graph"][1:3] == SPDX3["@graph"][1:3]
    made = tree["@graph"][3:]
    assert any(item["type"] == "Annotation" and item["statement"].startswith("modelcheck:verdict=") for item in made)
    (relation,) = [item for item in made if item["type"] == "Relationship"]
    assert (relation["from"], relation["relationshipType"]) == ("urn:a", "hasConcludedLicense")
    assert {item["spdxId"] for item in made if "spdxId" in item} <= set(tree["@graph"][0]["element"])


@pytest.mark.parametrize(
    ("content", "told"),
    [("[]", "no BOM"), ("{", "no JSON"), ("{}", "neither"), ('{"spdxVersion": "SPDX-2.3"', "no JSON"), ("[" * 200_000, "JSON")],
)  # fmt: skip
def test_what_is_no_bom_is_refused_with_its_name(modelcheck, tmp_path, content, told):
    path = tmp_path / "x.json"
    path.write_text(content)
    ran = modelcheck("bom", "--annotate", path)
    assert ran.code == 2
    assert "x.json" in ran.err
    assert told in ran.err


def test_a_bom_without_models_comes_back_with_a_warning(modelcheck, tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6"}')
    ran = modelcheck("bom", "--annotate", path)
    assert ran.code == 0
    assert "nothing was added" in ran.err
    assert json.loads(ran.out) == json.loads(path.read_text())


def _rest(component):
    """All of a component that an annotation must not touch."""
    if not isinstance(component, dict):
        return component
    return {key: value for key, value in component.items() if key not in {"licenses", "properties"}}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of real BOMs is not part of the repository")
def test_real_boms_are_no_less_valid_than_before_and_keep_what_they_had(modelcheck, request):
    pytest.importorskip("cyclonedx")
    from compliance.bom import cyclonedx

    done, tried = 0, 1 if request.config.getoption("all_targets") else 4
    for path in sorted(SHARED.rglob("*.json")):
        before = json.loads(path.read_bytes())
        if "bomFormat" not in before and "@graph" not in before:
            continue
        ran = modelcheck("bom", "--annotate", path)
        assert ran.code == 0, f"{path}: {ran.err}"
        after = json.loads(ran.out)
        done += 1
        if "bomFormat" in before:
            now = cyclonedx.mistakes(ran.out, before["specVersion"]) if done % tried == 0 else []
            if now:
                assert len(now) <= len(cyclonedx.mistakes(path.read_text(), before["specVersion"])), path
            parts = zip(after.get("components") or (), before.get("components") or (), strict=True)
            changed = [(_rest(mine), _rest(theirs)) for mine, theirs in parts]
            assert [pair for pair in changed if pair[0] != pair[1]] == []
        else:
            theirs = [e for e in before["@graph"] if e.get("type") != "SpdxDocument"]
            assert [e for e in theirs if e not in after["@graph"]] == []
    assert done > 100


def test_a_bom_without_end_is_refused_at_once(modelcheck, tmp_path):
    path = tmp_path / "many.cdx.json"
    component = '{"type": "machine-learning-model", "group": "acme", "name": "m"},' * 100_000
    path.write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [' + component.rstrip(",") + "]}")
    done = modelcheck("bom", "--annotate", path)
    assert (done.code, done.out) == (2, "")
    assert "split the BOM" in done.err
    assert modelcheck("audit", path).code == 3


def test_a_file_that_is_no_bom_counts_as_not_read(modelcheck, tmp_path):
    path = tmp_path / "a.cdx.json"
    path.write_bytes(b"\0" * 1000)
    done = modelcheck("audit", path)
    assert done.code == 3
    assert "neither CycloneDX nor SPDX that can be read" in done.out
