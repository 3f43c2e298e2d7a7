"""Every format over real BOMs and repositories: a sample of those at hand, or all of them with --all-targets.

`MODELCHECK_SHARED` is the folder of collected material, by default `../shared`; `MODELCHECK_REPOS` a folder of checkouts.
"""

import csv
import io
import json
import os
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from shelf import BESIDE
from test_report_formats import SARIF, _Page

ROOT = Path(__file__).parent.parent
BOMS = BESIDE / "scan" / "bom"
REPOS = Path(os.environ["MODELCHECK_REPOS"]) if "MODELCHECK_REPOS" in os.environ else None
SCHEMA = json.loads((ROOT / "compliance" / "report" / "report.schema.json").read_text())
SAMPLE = 6
FORMS = ("json", "jsonl", "sarif", "junit", "gitlab", "github", "markdown", "csv", "html")
GITLAB = {"description", "check_name", "fingerprint", "severity", "location"}


def _targets():
    boms = (
        sorted(path for path in BOMS.rglob("*") if path.suffix in {".json", ".xml", ".spdx"}) if BOMS.is_dir() else []
    )
    return [*boms, *(sorted(path for path in REPOS.iterdir() if path.is_dir()) if REPOS else ())]


def _check(form, text):
    """Raises where a text is not what its format asks for."""
    if form == "json":
        jsonschema.validate(json.loads(text), SCHEMA)
    elif form == "jsonl":
        assert all("verdict" in json.loads(line) for line in text.splitlines())
    elif form == "sarif":
        jsonschema.validate(json.loads(text), SARIF)
        prints = [result["partialFingerprints"]["modelcheck/v1"] for result in json.loads(text)["runs"][0]["results"]]
        assert len(prints) == len(set(prints))
    elif form == "junit":
        suite = ElementTree.fromstring(text).find("testsuite")
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
    elif form == "gitlab":
        issues = json.loads(text)
        assert all(set(issue) == GITLAB for issue in issues)
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    elif form == "github":
        assert all(
            line.startswith(("::error ", "::warning ", "::notice ", "modelcheck: ")) for line in text.splitlines()
        )
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) <= 1
    elif form == "html":
        page = _Page()
        page.feed(text)
        assert (page.open, page.problems) == ([], [])
    assert text or form in {"jsonl", "github", "csv"}, "nothing was written"


def test_every_format_of_every_target_is_valid(modelcheck, tmp_path, pytestconfig):
    targets = _targets()
    if not targets:
        pytest.skip(f"no BOM below {BOMS} and no MODELCHECK_REPOS: the material is not part of the repository")
    if not pytestconfig.getoption("--all-targets"):
        targets = targets[:: max(1, len(targets) // SAMPLE)]
    asked = [word for form in FORMS for word in ("--format", f"{form}={tmp_path / form}")]
    bad = []
    for target in targets:
        for form in FORMS:
            (tmp_path / form).unlink(missing_ok=True)
        done = modelcheck("audit", target, "--as-of", "2026-11-23", *asked)
        if done.code not in {0, 1, 3, 4}:
            bad.append((target.name, done.code, done.err))
            continue
        for form in FORMS:
            try:
                _check(form, (tmp_path / form).read_text(encoding="utf-8"))
            except (AssertionError, ValueError, OSError, jsonschema.ValidationError, ElementTree.ParseError) as problem:
                bad.append((target.name, form, str(problem)[:300]))
    assert bad == []
