"""`check --online` against a local server that speaks the Hub's API: what cards say, and every way to be told nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hubserver import TOKEN, serving

pytest.importorskip("huggingface_hub")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def server():
    with serving() as served:
        yield served


@pytest.fixture
def online(server, tmp_path):
    """Runs `check --online` in a process of its own: the library reads its settings when it is imported."""

    def run(*arguments, endpoint=None, **more):
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("HF_")},
            "HF_ENDPOINT": endpoint or f"http://127.0.0.1:{server.server_port}",
            "HF_HOME": str(tmp_path / "hf"),
            "HF_TOKEN": TOKEN,
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_DISABLE_XET": "1",
            **more,
        }
        command = [
            sys.executable,
            "-m",
            "compliance",
            "check",
            *arguments,
            "--online",
            "--format",
            "json",
            "--fact",
            "distribution=internal",
            "--fact",
            "commercial=true",
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=environment, cwd=ROOT, timeout=120
        )
        assert TOKEN not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done, json.loads(done.stdout)

    return run


def _one(report):
    (item,) = report["assessments"]
    return item, " ".join(finding["summary"] for finding in report["findings"])


def test_a_card_is_read_and_said_to_be_one(online, server):
    done, report = online("acme/open")
    item, _ = _one(report)
    assert (done.returncode, item["verdict"]) == (0, "permitted"), done.stdout
    assert item["license"] == {"expression": "apache-2.0", "known_by": "card", "documents": ["apache-2.0"]}
    assert any(header == f"Bearer {TOKEN}" for _, header in server.seen)


def test_a_licence_file_is_read_where_the_card_is_silent(online):
    item, _ = _one(online("acme/with-file")[1])
    assert (item["license"]["expression"], item["license"]["known_by"]) == ("mit", "file-exact")
    assert any(rule["quote"] for rule in item["rules"])


def test_a_file_that_disagrees_with_the_card_binds_as_well(online):
    item, told = _one(online("acme/disagrees")[1])
    assert sorted(item["license"]["documents"]) == ["apache-2.0", "mit"]
    assert "the card says apache-2.0" in told


@pytest.mark.parametrize("name", ["acme/silent", "acme/other", "acme/vague"])
def test_a_card_that_names_no_certain_text_is_undetermined(online, name):
    done, report = online(name)
    assert (done.returncode, report["verdict"]) == (3, "undetermined")


def test_lineage_is_read_from_card_and_tags_and_binds(online):
    item, _ = _one(online("acme/tuned", "--fact", "commercial=true")[1])
    assert "llama-2-community" in item["license"]["documents"]
    assert any(rule["via"] == [{"id": "meta-llama/Llama-2-7b-hf", "relation": "adapter"}] for rule in item["rules"])


def test_a_conversion_whose_card_names_no_base_is_of_what_its_name_says_or_of_nobody_knows_what(online):
    _, report = online("acme/open-GGUF", "acme/lone-AWQ")
    told = {item["subject"]: item for item in report["assessments"]}
    assert {name: item["verdict"] for name, item in told.items()} == {
        "acme/open-GGUF": "permitted",
        "acme/lone-AWQ": "undetermined",
    }
    assert any("acme/lone" in reason for reason in told["acme/lone-AWQ"]["review"])


def test_ancestors_are_asked_for_and_a_circle_ends(online):
    item, _ = _one(online("acme/deep")[1])
    assert "llama-3.1-community" in item["license"]["documents"]
    assert any(rule["via"] == [{"id": "acme/middle", "relation": "merge"}] for rule in item["rules"])


def test_a_gated_model_is_told_by_its_card_with_what_to_do_for_its_files(online):
    item, told = _one(online("acme/gated")[1])
    assert item["license"]["known_by"] == "card"
    assert "accept its terms at" in told
    assert "hf auth login" in told


def test_a_renamed_model_is_found_and_the_new_name_told(online):
    _, told = _one(online("acme/old-name")[1])
    assert "is now called acme/new-name" in told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("acme/missing", "is private"),
        ("acme/limited", "limits requests"),
        ("acme/down", "code 503"),
        ("acme/broken", "gave no sense"),
        ("no/such/id", "no id of the Hub"),
    ],
)
def test_what_the_hub_does_not_tell_is_undetermined_and_says_why(online, name, told):
    done, report = online(name)
    assert (done.returncode, report["verdict"]) == (3, "undetermined")
    assert told in _one(report)[1]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"endpoint": "http://127.0.0.1:9"}, "could not be reached"),
        ({"endpoint": f"http://user:{TOKEN}@127.0.0.1:9"}, "could not be reached"),
        ({"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE is set"),
    ],
)
def test_no_network_is_undetermined_and_no_login_is_shown(online, settings, told):
    done, report = online("acme/open", **settings)
    assert (done.returncode, report["verdict"]) == (3, "undetermined")
    assert told in _one(report)[1]


def test_nobody_is_asked_without_the_option_or_for_what_is_known(modelcheck, server, monkeypatch):
    before = len(server.seen)
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    assert modelcheck("check", "acme/open").code == 3
    assert modelcheck("check", "BAAI/bge-m3", "--online", "--fact", "distribution=internal").code == 0
    assert len(server.seen) == before


def test_without_the_extra_the_option_says_what_to_install(modelcheck, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    ran = modelcheck("check", "acme/open", "--online")
    assert ran.code == 2
    assert "modelcheck[hub]" in ran.err
