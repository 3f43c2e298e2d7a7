"""Duties written out as files."""

import pytest

USE = """
use: {{organization_type: company, organization_country: DE, commercial: true, purpose: [production],
  distribution: [{distribution}], fields_of_use: [], territories: [DE], monthly_active_users: 10,
  interacts_with_people: true, modifications: [none]}}
models: [{{id: {model}}}]
"""
NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved."
)


@pytest.fixture
def project(tmp_path):
    def write(model="meta-llama/Llama-3.1-8B-Instruct", distribution="weights"):
        (tmp_path / "modelcheck.yaml").write_text(USE.format(model=model, distribution=distribution))
        return tmp_path

    return write


def test_the_prescribed_lines_are_written_to_the_letter(modelcheck, project, tmp_path):
    out = tmp_path / "out"
    assert modelcheck("notice", project(), "-o", out).code == 0
    assert (out / "NOTICE").read_text() == NOTICE + "\n"
    assert "**Built with Llama** (meta-llama/Llama-3.1-8B-Instruct)" in (out / "ATTRIBUTION.md").read_text()
    assert "<strong>Built with Llama</strong>" in (out / "ATTRIBUTION.html").read_text()


def test_a_text_that_is_not_at_hand_is_listed_with_its_source(modelcheck, project, tmp_path):
    out = tmp_path / "out"
    modelcheck("notice", project(), "-o", out)
    listed = (out / "OWED.md").read_text()
    assert "obtain the text from the source above" in listed
    assert "Text: https://" in listed
    assert not (out / "licenses").exists()


def test_what_exists_is_never_overwritten(modelcheck, project, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "NOTICE").write_text("ours")
    ran = modelcheck("notice", project(), "-o", out)
    assert (out / "NOTICE").read_text() == "ours"
    assert "NOTICE (exists, and differs)" in ran.out
    assert (out / "OWED.md").exists()


def test_duties_that_are_shown_fulfilled_are_not_listed(modelcheck, project, tmp_path):
    root = project()
    file = root / "modelcheck.yaml"
    done = "use: {license_copy_included: true, notice_included: true, attribution_displayed: true, "
    file.write_text(file.read_text().replace("use: {", done))
    modelcheck("notice", root, "-o", tmp_path / "out")
    assert not (tmp_path / "out" / "NOTICE").exists()
    assert not (tmp_path / "out" / "ATTRIBUTION.md").exists()


def test_a_prohibited_use_is_told_that_no_notice_helps(modelcheck, project, tmp_path):
    root = project()
    file = root / "modelcheck.yaml"
    file.write_text(file.read_text().replace("fields_of_use: []", "fields_of_use: [military]"))
    ran = modelcheck("notice", root, "-o", tmp_path / "out")
    assert "is prohibited; no notice makes it permitted" in ran.err


def test_nothing_owed_writes_nothing(modelcheck, project, tmp_path):
    ran = modelcheck("notice", project("microsoft/phi-4", "internal"), "-o", tmp_path / "out")
    assert "nothing is owed" in ran.out
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_bad_usage(modelcheck, tmp_path):
    assert modelcheck("notice", tmp_path / "none", "-o", tmp_path / "out").code == 2
