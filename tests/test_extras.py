"""The wheel with each extra alone, in an environment that has nothing else: the extra's command works, others say what is missing."""

import json
import re
import shutil
import subprocess
import venv
from pathlib import Path

import pytest
from shelf import EXAMPLE

ROOT = Path(__file__).parent.parent


def _run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)


def _install(env, wanted):
    """Install from the package registry; nothing is compiled but what is run."""
    pip = (env / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile")
    done = _run(*pip, wanted)
    if done.returncode and re.search(r"No matching distribution|Could not find a version", done.stderr):
        pytest.skip("no package registry is reached from here")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def core(wheel, tmp_path_factory):
    """An environment with the wheel, and nothing else that it does not ask for."""
    env = tmp_path_factory.mktemp("core") / "env"
    venv.create(env, with_pip=True)
    _install(env, f"modelcheck @ {wheel.as_uri()}")
    return env


@pytest.fixture
def installed(core, wheel, tmp_path):
    """A copy of that environment with an extra, or none; the command is run by its Python, for scripts keep their place."""

    def install(extra):
        env = tmp_path / "env"
        shutil.copytree(core, env, symlinks=True)
        if extra:
            _install(env, f"modelcheck[{extra}] @ {wheel.as_uri()}")
        return env / "bin" / "python", "-m", "compliance"

    return install


def test_the_core_alone_writes_what_it_can_and_names_each_extra(installed, tmp_path):
    tool = installed("")
    (tmp_path / "table.csv").write_text("id,license\na/b,mit\n")
    (tmp_path / "use.yaml").write_text("use: {commercial: true}\n")
    for form in ("cyclonedx", "spdx"):
        assert _run(*tool, "bom", EXAMPLE, "--format", form, "-o", tmp_path / form).returncode == 0
        assert json.loads((tmp_path / form).read_text())
    for command, extra in (
        (["bom", EXAMPLE, "--format", "spdx3"], "bom"),
        (["check", "a/b", "--online"], "hub"),
        (["mcp"], "mcp"),
        (["bulk", tmp_path / "table.csv", "-o", tmp_path / "out.parquet", "--use", tmp_path / "use.yaml"], "bulk"),
    ):
        done = _run(*tool, *command)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"pip install 'modelcheck[{extra}]'" in done.stderr


def test_the_extra_bom_alone_checks_and_writes_spdx_3(installed, tmp_path):
    tool = installed("bom")
    assert _run(*tool, "bom", EXAMPLE, "--format", "spdx3", "-o", tmp_path / "spdx3").returncode == 0
    program = "from compliance.bom.cyclonedx import mistakes; print(len(mistakes('{}', '1.7')))"
    assert int(_run(tool[0], "-c", program).stdout) > 0


def test_the_extra_hub_alone_asks(installed):
    done = _run(
        *installed("hub"), "check", "a/b", "--online", env={"HF_ENDPOINT": "http://127.0.0.1:9", "HOME": "/tmp"}
    )
    assert done.returncode == 3
    assert "could not be reached" in done.stdout.replace("\n", " ")


def test_the_extra_mcp_alone_serves(installed):
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }  # fmt: skip
    done = _run(*installed("mcp"), "mcp", input=json.dumps(hello) + "\n", timeout=60)
    assert json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"] == "modelcheck"
