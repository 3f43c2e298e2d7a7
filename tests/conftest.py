"""What all tests share: the folder of helpers, and how long properties are tried.

Properties try the same worlds in every run, so that a red build can be seen again;
`pytest --hypothesis-profile=long tests/test_guarantees.py` tries thirty times as many, others each time.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from compliance import files
from compliance.cli import main

ROOT = Path(__file__).parent.parent

sys.path.insert(0, str(ROOT / "tests"))

_SLOW = [HealthCheck.filter_too_much, HealthCheck.too_slow]
settings.register_profile("default", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How much of the material beside the checkout is tried."""
    about = "every format over all BOMs of ../shared and all folders below $MODELCHECK_REPOS, not over a sample"
    parser.addoption("--all-targets", action="store_true", help=about)


def pytest_configure(config: pytest.Config) -> None:
    """Compile what all tests share before there are several processes."""
    if not hasattr(config, "workerinput"):
        import shelf

        shelf.fingerprints()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built once for all processes that run tests."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "wheel"
    folder.mkdir(exist_ok=True)
    with files.alone(folder):
        if not list(folder.glob("*.whl")):
            command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
            built = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
            assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


@dataclass
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def modelcheck(monkeypatch, capsys) -> Callable[..., Ran]:
    """Runs a command in this process."""

    import shelf

    shelf.for_commands(monkeypatch)

    def run(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["modelcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        told = capsys.readouterr()
        code = end.value.code
        return Ran(code=int(code) if isinstance(code, int) else 0, out=told.out, err=told.err)

    return run
