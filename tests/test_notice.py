"""Duties written out as files."""

import json
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXTS = Path(os.environ.get("MODELCHECK_SHARED", ROOT.parent / "shared")) / "licenses" / "texts"

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


# -- duties that the project's files show done -----------------------------------------------------------------------


def _shown(modelcheck, root):
    tree = json.loads(modelcheck("audit", root, "--format", "json").out)["assessments"][0]
    return {item["fact"]: [f"{place['path']}:{place['line']}" for place in item["locations"]] for item in tree["shown"]}


def test_what_notice_writes_the_next_audit_counts(modelcheck, project):
    root = project()
    assert modelcheck("audit", root, "--require-duties").code == 1
    modelcheck("notice", root, "-o", root / "legal")
    shown = _shown(modelcheck, root)
    assert shown == {"attribution_displayed": ["legal/ATTRIBUTION.html:4"], "notice_included": ["legal/NOTICE:1"]}
    out = modelcheck("audit", root).out
    assert "shown: notice_included by legal/NOTICE:1" in out
    assert "duty, fulfilled; llama-3.1-community#notice" in out


def test_a_line_that_is_not_to_the_letter_shows_nothing(modelcheck, project):
    root = project()
    (root / "NOTICE").write_text(NOTICE.replace("Llama 3.1 Community", "Llama 3.2 Community"))
    (root / "index.html").write_text("<p>Built with Llamas</p>")
    assert _shown(modelcheck, root) == {}


@pytest.mark.parametrize(
    ("path", "text", "shows"),
    [
        ("web/index.html", "<p>Built\n   with Llama</p>", True),
        ("src/Footer.tsx", "<span>Built with Llama</span>", True),
        ("locales/en.json", '{"footer": "Built with Llama"}', True),
        ("README.md", "# App\n\nBuilt with Llama.\n", True),
        ("docs/about.md", "Built with Llama", True),
        ("web/index.html", "<!-- Built with Llama -->", False),
        ("src/Footer.tsx", "// TODO Built with Llama\n<span/>", False),
        ("src/app.py", 'BANNER = "Built with Llama"', False),
        ("OWED.md", "Built with Llama", False),
    ],
)
def test_words_count_where_they_are_displayed(modelcheck, project, path, text, shows):
    root = project()
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    assert ("attribution_displayed" in _shown(modelcheck, root)) is shows


def test_words_for_a_user_interface_do_not_count_in_a_readme(modelcheck, project):
    root = project("MiniMaxAI/MiniMax-M2.1", "hosted-service")
    (root / "README.md").write_text("We use MiniMax M2.1.")
    assert "attribution_displayed" not in _shown(modelcheck, root)
    (root / "index.html").write_text("<p>MiniMax M2.1</p>")
    assert "attribution_displayed" in _shown(modelcheck, root)
    (root / "index.html").write_text("<p>MiniMax M2.1.5</p>")
    assert "attribution_displayed" not in _shown(modelcheck, root)


def test_what_the_user_says_is_not_done_stays_undone(modelcheck, project):
    root = project()
    (root / "NOTICE").write_text(NOTICE)
    file = root / "modelcheck.yaml"
    file.write_text(file.read_text().replace("use: {", "use: {notice_included: false, "))
    assert "notice_included" not in _shown(modelcheck, root)
    assert modelcheck("audit", root).code == 1


@pytest.mark.skipif(not TEXTS.is_dir(), reason="adds to the tests where the texts are at hand (MODELCHECK_SHARED)")
def test_a_copy_of_the_agreement_is_known_by_its_text(modelcheck, project):
    root = project()
    (root / "licenses").mkdir()
    text = (TEXTS / "llama-3.1-community.txt").read_text()
    (root / "licenses" / "llama.txt").write_text(text)
    assert "license_copy_included" in _shown(modelcheck, root)
    (root / "licenses" / "llama.txt").write_text(text.replace("700 million", "800 million"))
    assert "license_copy_included" not in _shown(modelcheck, root)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="adds to the tests where the texts are at hand (MODELCHECK_SHARED)")
def test_the_projects_own_license_is_no_copy_of_a_models(modelcheck, project):
    root = project("deepseek-ai/DeepSeek-R1")
    text = (TEXTS / "mit.txt").read_text()
    (root / "LICENSE").write_text(text)
    assert "license_copy_included" not in _shown(modelcheck, root)
    (root / "licenses").mkdir()
    (root / "licenses" / "DeepSeek-R1.txt").write_text(text)
    assert _shown(modelcheck, root) == {"license_copy_included": ["licenses/DeepSeek-R1.txt:1"]}
