"""`check --online` against a local server that speaks the Hub's API: what cards say, and every way to be told nothing."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("huggingface_hub")

ROOT = Path(__file__).parent.parent
SHA = "a" * 40
TOKEN = "hf_" + "S3cr3tS3cr3t" * 3
MIT = """MIT License

Copyright (c) 2026 Acme

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated \
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the \
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit \
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the \
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE \
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR \
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR \
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def _repo(card, *, files=(), tags=(), gated=False):
    return {"card": card, "files": dict(files), "tags": list(tags), "gated": gated}


REPOS = {
    "acme/open": _repo({"license": "apache-2.0"}),
    "acme/with-file": _repo({}, files={"LICENSE": MIT}),
    "acme/disagrees": _repo({"license": "apache-2.0"}, files={"LICENSE": MIT}),
    "acme/silent": _repo({}),
    "acme/other": _repo({"license": "other", "license_name": "our-own"}, files={"LICENSE": "All is ours.\n" * 40}),
    "acme/vague": _repo({"license": "gemma"}),
    "acme/tuned": _repo({"license": "mit", "base_model": "meta-llama/Llama-2-7b-hf"}, tags=["base_model:adapter:meta-llama/Llama-2-7b-hf"]),
    "acme/deep": _repo({"license": "mit", "base_model": ["acme/middle"], "base_model_relation": "merge", "datasets": ["acme/data"]}),
    "acme/middle": _repo({"license": "llama3.1", "base_model": "acme/deep"}),
    "acme/gated": _repo({"license": "apache-2.0"}, files={"LICENSE": MIT}, gated="manual"),
    "acme/new-name": _repo({"license": "mit"}),
}  # fmt: skip


class Hub(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.do_GET()

    def _send(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def do_GET(self):
        self.server.seen.append((self.path, self.headers.get("Authorization")))
        path = self.path.partition("?")[0].removeprefix("/api/models/").lstrip("/")
        if path.startswith("acme/limited"):
            return self._send(429, b"{}", RateLimit='"api";r=0;t=1')
        if path == "acme/broken":
            return self._send(200, b"<html>not json", Content_Type="application/json")
        if path == "acme/down":
            return self._send(503, b"{}")
        if path == "acme/old-name":
            return self._send(307, b"", Location="/api/models/acme/new-name")
        name, _, file = path.partition("/resolve/")
        repo = REPOS.get(name)
        if repo is None:
            return self._send(401, b'{"error": "Invalid username or password."}', X_Error_Code="RepoNotFound")
        if file:
            if repo["gated"]:
                return self._send(403, b"{}", X_Error_Code="GatedRepo")
            data = repo["files"][file.partition("/")[2]].encode()
            return self._send(200, data, ETag=f'"{"b" * 40}"', X_Repo_Commit=SHA, Content_Type="text/plain")
        files = [{"rfilename": file, "size": len(text)} for file, text in repo["files"].items()]
        told = {"id": name, "modelId": name, "sha": SHA, "gated": repo["gated"], "cardData": repo["card"] or None,
                "tags": repo["tags"], "siblings": files, "private": False, "downloads": 0, "likes": 0}  # fmt: skip
        return self._send(200, json.dumps(told).encode(), Content_Type="application/json")


@pytest.fixture(scope="module")
def server():
    served = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    served.seen = []
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


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
