"""Renderers: Report -> str, one per file."""

from collections.abc import Callable

from compliance.audit import Report


def _json(report: Report, *, all_rules: bool = False) -> str:
    from compliance.report import json  # noqa: PLC0415 - each format is imported when it is asked for

    return json.render(report, all_rules=all_rules)


def _terminal(report: Report, *, all_rules: bool = False) -> str:
    from compliance.report import terminal  # noqa: PLC0415

    return terminal.render(report, all_rules=all_rules)


FORMATS: dict[str, Callable[..., str]] = {"terminal": _terminal, "json": _json}
