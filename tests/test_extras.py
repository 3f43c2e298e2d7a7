"""The wheel with each extra alone, in an environment that has nothing else: the extra's command works, others say what is missing."""

import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "support-assistant"


def _run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    built = _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture
def installed(wheel, tmp_path):
    """Installs the wheel with an extra, or none, from the package registry."""

    def install(extra):
        venv.create(tmp_path / "env", with_pip=True)
        wanted = f"modelcheck{f'[{extra}]' if extra else ''} @ {wheel.as_uri()}"
        done = _run(tmp_path / "env" / "bin" / "pip", "install", "-q", "--disable-pip-version-check", wanted)
        if done.returncode and re.search(r"No matching distribution|Could not find a version", done.stderr):
            pytest.skip("no package registry is reached from here")
        assert done.returncode == 0, done.stderr
        return tmp_path / "env" / "bin" / "modelcheck"

    return install


def test_the_core_alone_writes_what_it_can_and_names_each_extra(installed, tmp_path):
    tool = installed("")
    (tmp_path / "table.csv").write_text("id,license\na/b,mit\n")
    (tmp_path / "use.yaml").write_text("use: {commercial: true}\n")
    for form in ("cyclonedx", "spdx"):
        assert _run(tool, "bom", EXAMPLE, "--format", form, "-o", tmp_path / form).returncode == 0
        assert json.loads((tmp_path / form).read_text())
    for command, extra in (
        (["bom", EXAMPLE, "--format", "spdx3"], "bom"),
        (["check", "a/b", "--online"], "hub"),
        (["mcp"], "mcp"),
        (["bulk", tmp_path / "table.csv", "-o", tmp_path / "out.parquet", "--use", tmp_path / "use.yaml"], "bulk"),
    ):
        done = _run(tool, *command)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"pip install 'modelcheck[{extra}]'" in done.stderr


def test_the_extra_bom_alone_checks_and_writes_spdx_3(installed, tmp_path):
    tool = installed("bom")
    assert _run(tool, "bom", EXAMPLE, "--format", "spdx3", "-o", tmp_path / "spdx3").returncode == 0
    program = "from compliance.bom.cyclonedx import mistakes; print(len(mistakes('{}', '1.7')))"
    assert int(_run(tool.parent / "python", "-c", program).stdout) > 0


def test_the_extra_hub_alone_asks(installed):
    done = _run(installed("hub"), "check", "a/b", "--online", env={"HF_ENDPOINT": "http://127.0.0.1:9", "HOME": "/tmp"})
    assert done.returncode == 3
    assert "could not be reached" in done.stdout.replace("\n", " ")


def test_the_extra_mcp_alone_serves(installed):
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }  # fmt: skip
    done = _run(installed("mcp"), "mcp", input=json.dumps(hello) + "\n", timeout=60)
    assert json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"] == "modelcheck"
