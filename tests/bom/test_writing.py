"""Bills of materials that we write: valid by their own libraries, complete, and read back by our own scan."""

import json
import re
from pathlib import Path

import pytest
from shelf import BESIDE, EXAMPLE

ROOT = Path(__file__).parent.parent.parent
SHARED = BESIDE / "scan" / "bom"
USED = ["BAAI/bge-m3", "deepseek-ai/DeepSeek-V3", "openai:gpt-4o", "shop/photo-reader-v2"]
ODD = """models:
- {id: acme/two-licenses, license: "MIT OR llama3.1", because: their README says so}
- {id: acme/with, license: GPL-3.0-only WITH Classpath-exception-2.0, because: their README says so}
- {id: acme/unheard, license: LicenseRef-acme-1, because: their README says so}
- {id: acme/strange, license: "licence of our own", because: their README says so}
- {id: "acme/evil\\u202e<script>", because: it came so}
- {id: acme/loop-a, parents: [{id: acme/loop-b, relation: merge}], because: it came so}
- {id: acme/loop-b, parents: [{id: acme/loop-a, relation: finetune}], because: it came so}
"""
FORMATS = ["cyclonedx 1.6", "cyclonedx 1.7", "spdx 2.3", "spdx3 3.0.1"]


def _needs(form):
    if form == "cyclonedx":
        pytest.importorskip("cyclonedx")
    if form == "spdx3":
        pytest.importorskip("spdx_python_model")


@pytest.fixture
def bom(modelcheck, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")

    def write(folder, form, *more):
        name, version = form.split()
        _needs(name)
        path = tmp_path / f"{name}-{version}.json"
        version = ["--spec-version", version] if name == "cyclonedx" else []
        ran = modelcheck("bom", folder, "--format", name, *version, "--as-of", "2026-11-23", "-o", path, *more)
        assert (ran.code, ran.out) == (0, ""), ran.err
        return path

    return write


@pytest.mark.parametrize("form", FORMATS)
def test_a_bom_is_read_back_with_the_same_models_and_verdicts(bom, modelcheck, form):
    path = bom(EXAMPLE, form)
    again = modelcheck("audit", path, "--use", EXAMPLE / "modelcheck.yaml", "--as-of", "2026-11-23", "--format", "json")
    told = json.loads(again.out)
    first = json.loads(modelcheck("audit", EXAMPLE, "--as-of", "2026-11-23", "--format", "json").out)
    verdicts = [{item["subject"]: item["verdict"] for item in report["assessments"]} for report in (first, told)]
    assert verdicts[0] == verdicts[1]
    assert sorted(verdicts[0]) == USED
    assert (told["unresolved"], told["unread"]) == ([], [])


@pytest.mark.parametrize("form", FORMATS)
def test_a_bom_alone_names_every_model_that_was_used_and_no_other(bom, form):
    from compliance import scan

    path = bom(EXAMPLE, form)
    references, unread = scan.scan(path.parent, only=path.name)
    named = {reference.resolved.removeprefix("hf:") for reference in references if reference.gate}
    assert (named, unread) == (set(USED), [])


@pytest.mark.parametrize("form", FORMATS)
def test_odd_licences_and_names_make_a_valid_bom(bom, tmp_path, form):
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "modelcheck.yaml").write_text(ODD)
    (folder / "app.py").write_text('d = load_dataset("squad_org/squad")\nm = AutoModel.from_pretrained("who/knows")\n')
    text = bom(folder, form).read_text()
    assert "Classpath-exception-2.0" in text
    assert "LicenseRef-acme-1" in text
    assert "LicenseRef-licence-of-our-own" in text
    assert "MIT OR LicenseRef-scancode-llama-3.1-license-2024" in text
    assert "who/knows" in text
    assert "squad_org/squad" in text
    from compliance import scan

    references, _ = scan.scan(tmp_path, only=f"{form.replace(' ', '-')}.json")
    read = {reference.resolved for reference in references if reference.gate}
    assert {"hf:who/knows", "hf-dataset:squad_org/squad", "hf:acme/loop-a", "hf:acme/loop-b", "hf:acme/with"} <= read


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_project_makes_an_empty_bom_and_says_so(modelcheck, tmp_path, form):
    name, version = form.split()
    _needs(name)
    ran = modelcheck("bom", tmp_path, "--format", name, "--spec-version", version)
    assert ran.code == 0
    assert json.loads(ran.out)
    assert "no model was found" in ran.err


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collection of real BOMs is not part of the repository")
@pytest.mark.parametrize("form", FORMATS)
def test_what_real_boms_list_can_be_written_in_every_format(modelcheck, tmp_path, form):
    name, version = form.split()
    _needs(name)
    for path in sorted(SHARED.rglob("*.json"))[::3]:
        ran = modelcheck("bom", path, "--format", name, "--spec-version", version, "-o", tmp_path / "x.json")
        assert ran.code == 0, f"{path}: {ran.err}"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_project_at_the_same_time_gives_the_same_bytes(bom, form):
    first = bom(EXAMPLE, form).read_bytes()
    assert bom(EXAMPLE, form).read_bytes() == first


@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_cyclonedx_is_read_by_its_library_with_licences_places_and_pedigree(bom, version):
    path = bom(EXAMPLE, f"cyclonedx {version}")
    from cyclonedx.model.bom import Bom

    tree = json.loads(path.read_text())
    read = Bom.from_json(tree)
    components = {component.bom_ref.value: component for component in read.components}
    assert sorted(components) == USED
    (licence,) = components["deepseek-ai/DeepSeek-V3"].licenses
    assert licence.name.startswith("LicenseRef-")
    assert licence.acknowledgement.value == "declared"
    assert str(licence.url).startswith("https://github.com/deepseek-ai/")
    (place,) = components["deepseek-ai/DeepSeek-V3"].evidence.occurrences
    assert (place.location, place.line) == ("assistant/answer.py", 6)
    (base,) = components["shop/photo-reader-v2"].pedigree.ancestors
    assert base.purl.to_string() == "pkg:huggingface/meta-llama/Llama-3.2-11B-Vision-Instruct"
    cards = {item["bom-ref"]: item["modelCard"] for item in tree["components"]}
    assert cards["BAAI/bge-m3"]["modelParameters"]["inputs"] == [{"format": "text"}]
    told = [(item.name, item.value) for item in components["shop/photo-reader-v2"].properties]
    assert ("modelcheck:verdict", "prohibited") in told


def test_spdx_2_is_parsed_by_its_library_with_licences_and_lineage(bom):
    from spdx_tools.spdx.model import RelationshipType
    from spdx_tools.spdx.parser.parse_anything import parse_file
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

    document = parse_file(str(bom(EXAMPLE, "spdx 2.3")))
    assert validate_full_spdx_document(document) == []
    packages = {package.name: package for package in document.packages}
    assert set(USED) < set(packages)
    assert str(packages["BAAI/bge-m3"].license_declared) == "MIT"
    ids = {package.spdx_id: name for name, package in packages.items()}
    made = [(ids[edge.spdx_element_id], ids[edge.related_spdx_element_id], edge.comment)
            for edge in document.relationships if edge.relationship_type == RelationshipType.DESCENDANT_OF]  # fmt: skip
    assert ("shop/photo-reader-v2", "meta-llama/Llama-3.2-11B-Vision-Instruct", "finetune") in made
    named = {info.license_id: info for info in document.extracted_licensing_info}
    assert str(packages["deepseek-ai/DeepSeek-V3"].license_declared) in named
    notes = {note.annotation_comment for note in document.annotations
             if note.spdx_id == packages["shop/photo-reader-v2"].spdx_id}  # fmt: skip
    assert "modelcheck:verdict=prohibited" in notes


def test_spdx_3_is_read_by_its_library_and_every_model_has_both_licences(bom):
    path = bom(EXAMPLE, "spdx3 3.0.1")
    from spdx_python_model import v3_0_1 as spdx

    found = spdx.SHACLObjectSet()
    with path.open("rb") as file:
        spdx.JSONLDDeserializer().read(file, found)
    models = {model.name: model for model in found.foreach_type("ai_AIPackage")}
    assert set(USED) < set(models)
    stated = [
        (edge.from_.name, edge.relationshipType.rpartition("/")[2]) for edge in found.foreach_type("Relationship")
    ]
    for name in models:  # what the AI profile asks for
        assert stated.count((name, "hasDeclaredLicense")) == stated.count((name, "hasConcludedLicense")) == 1
    texts = [text.simplelicensing_licenseText for text in found.foreach_type("simplelicensing_SimpleLicensingText")]
    assert any("SHA-256" in text for text in texts)


def test_a_text_at_hand_goes_into_the_bom(bom, tmp_path):
    pytest.importorskip("cyclonedx")
    from license_expression import get_spdx_licensing  # noqa: F401 - a core dependency

    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "app.py").write_text('m = AutoModel.from_pretrained("BAAI/bge-m3")\n')
    path = bom(tmp_path / "p", "cyclonedx 1.6")
    (component,) = json.loads(path.read_text())["components"]
    assert component["licenses"] == [{"license": {"id": "MIT", "acknowledgement": "declared"}}]


def test_what_we_wrote_into_a_project_is_no_use_of_a_model(modelcheck, tmp_path):
    import shutil

    folder = tmp_path / "project"
    shutil.copytree(EXAMPLE, folder)
    first = modelcheck("audit", folder, "--as-of", "2026-11-23", "--format", "json").out
    (folder / "report.json").write_text(first)
    for form in ("sarif", "html", "markdown", "gitlab", "jsonl", "csv", "junit"):
        modelcheck("audit", folder, "--format", f"{form}={folder / 'report'}.{form}")
    shutil.copy(folder / "report.gitlab", folder / "quality.json")
    for form, version in ((form.split()[0], form.split()[1]) for form in FORMATS):
        _needs(form)
        modelcheck("bom", folder, "--format", form, "-o", folder / f"models.{form}-{version}.json")
    (folder / "config" / "assistant.yaml").unlink()
    told = json.loads(modelcheck("audit", folder, "--as-of", "2026-11-23", "--format", "json").out)
    assert [item["subject"] for item in told["assessments"]] == USED[1:]  # bge-m3 is no longer used
    assert [item["text"] for item in told["unresolved"]] == ["settings['search']['embedding_model']"]


def test_a_version_that_a_format_does_not_have_is_bad_usage(modelcheck):
    ran = modelcheck("bom", EXAMPLE, "--format", "spdx", "--spec-version", "1.6")
    assert (ran.code, ran.out) == (2, "")
    assert "writes 2.3" in ran.err


def test_a_bom_that_cannot_be_written_leaves_nothing(modelcheck, tmp_path):
    ran = modelcheck("bom", EXAMPLE, "-o", tmp_path / "no" / "x.json")
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_bill_in_yaml_is_audited_as_one(modelcheck, tmp_path):
    bill = tmp_path / "bom.spdx.yaml"
    bill.write_text("spdxVersion: SPDX-2.3\npackages:\n- name: a\n  downloadLocation: https://hf.co/acme/base-7b\n")
    done = modelcheck("audit", bill, "--format", "json")
    assert (done.code, [item["text"] for item in json.loads(done.out)["unresolved"]]) == (3, ["a"])


def test_spdx_3_written_at_another_time_differs_in_nothing_but_the_time_and_its_namespace(bom, monkeypatch):
    lines = []
    for seconds in ("1800000000", "1900000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        text = bom(EXAMPLE, "spdx3 3.0.1").read_text()
        lines.append(re.sub(r"modelcheck-[0-9a-f-]{36}|20[0-9]{2}-[0-9-]{5}T[0-9:]{8}Z", "", text))
    assert lines[0] == lines[1]
