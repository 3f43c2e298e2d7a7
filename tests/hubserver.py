"""A local server that speaks as much of the Hub's API as `check --online` asks for."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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
    "acme/open-GGUF": _repo({"license": "apache-2.0"}),
    "acme/lone-AWQ": _repo({"license": "apache-2.0"}),
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


@contextlib.contextmanager
def serving():
    """The server, on a free port of this machine; `seen` has the paths and logins it was asked with."""
    served = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    served.seen = []
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()
