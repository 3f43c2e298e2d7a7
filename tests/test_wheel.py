"""The wheel, installed in an empty environment outside the checkout, says the same as it; nothing else is packed."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from shelf import EXAMPLE

ROOT = Path(__file__).parent.parent
COMMAND = ["audit", str(EXAMPLE), "--format", "json", "--as-of", "2026-11-23"]


def _run(command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A console script from a freshly built wheel; dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    done = _run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel])
    assert done.returncode == 0, done.stderr
    site = next((folder / "env" / "lib").glob("python*/site-packages"))
    own = Path(json.__file__).parent.parent
    dependencies = [path for path in sys.path if "site-packages" in path and Path(path) != own]
    (site / "dependencies.pth").write_text("\n".join(dependencies) + "\n")
    return folder / "env" / "bin" / "modelcheck"


def test_the_wheel_reports_what_the_checkout_reports(installed, tmp_path, modelcheck):
    outside = {**os.environ, "PYTHONPATH": "", "XDG_CACHE_HOME": str(tmp_path)}
    from_wheel = _run([installed, *COMMAND], cwd=tmp_path, env=outside)
    from_checkout = modelcheck(*COMMAND)
    assert from_wheel.returncode == from_checkout.code, from_wheel.stderr
    assert json.loads(from_wheel.stdout) == json.loads(from_checkout.out)
    kept = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert all(name.startswith("scan-") for name in kept), "the wheel has its catalogue compiled"


def test_the_wheel_reads_its_own_catalogue_which_has_no_mistakes(installed, tmp_path):
    python = installed.parent / "python"
    where = _run([python, "-c", "import compliance; print(compliance.__file__)"], cwd=tmp_path)
    assert str(installed.parent.parent) in where.stdout
    lint = _run([installed, "catalog", "lint"], cwd=tmp_path)
    assert lint.returncode == 0, lint.stdout


def test_the_wheel_tells_type_checkers_that_it_has_types(installed):
    (site,) = (installed.parent.parent / "lib").glob("python*/site-packages")
    assert (site / "compliance" / "py.typed").is_file()


def test_the_source_distribution_holds_the_package_and_its_data_and_no_other_part_of_the_checkout():
    packed = {file.distribution_path for file in SdistBuilder(str(ROOT)).recurse_included_files()}
    assert {path.partition("/")[0] for path in packed} == {
        "catalog", "compliance", "policies", "README.md", "pyproject.toml"
    }  # fmt: skip
