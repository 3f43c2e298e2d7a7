"""What all tests share: the folder of helpers, and how long properties are tried.

Properties try the same worlds in every run, so that a red build can be seen again;
`pytest --hypothesis-profile=long tests/test_guarantees.py` tries thirty times as many, others each time.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from compliance.cli import main

sys.path.insert(0, str(Path(__file__).parent))

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
