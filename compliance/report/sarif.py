"""SARIF 2.1.0: what code scanning reads (OASIS Standard, 27 March 2020)."""

from textwrap import shorten
from typing import Any

import msgspec

from compliance import __version__
from compliance.assessment import Report
from compliance.report.places import Remark, remarks

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """One run; a rule per clause, a result per clause and place, waivers as suppressions."""
    found = list(remarks(report))
    ids = list(dict.fromkeys(remark.rule for remark in found))
    first = {remark.rule: remark for remark in reversed(found)}
    tree = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "modelcheck",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [_rule(first[name]) for name in ids],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(remark, ids.index(remark.rule)) for remark in found],
                "properties": {"verdict": report.verdict, "as_of": report.as_of, "catalog": report.catalog_sha256},
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(tree), indent=2).decode() + "\n"


def _rule(remark: Remark) -> dict[str, Any]:
    text = remark.about or remark.message.removeprefix(f"{remark.subject}: ")
    rule: dict[str, Any] = {
        "id": remark.rule,
        "shortDescription": {"text": shorten(text, 200, placeholder=" ...")},
        "fullDescription": {"text": text},
        "help": {"text": remark.help or text},
        "defaultConfiguration": {"level": remark.level},
    }
    if remark.url:
        rule["helpUri"] = remark.url
    return rule


def _result(remark: Remark, index: int) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": max(remark.place.line, 1)}
    if remark.place.column > 0:
        region["startColumn"] = remark.place.column
    result: dict[str, Any] = {
        "ruleId": remark.rule,
        "ruleIndex": index,
        "level": remark.level,
        "message": {"text": remark.message + (f" To do: {remark.help}" if remark.help else "")},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(remark.place.path)}, "region": region}}],
        "partialFingerprints": {"modelcheck/v1": remark.fingerprint},
    }
    if remark.known:
        result["baselineState"] = "unchanged"
    if remark.waived:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": remark.waived}]
    return result


def _uri(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(path)
