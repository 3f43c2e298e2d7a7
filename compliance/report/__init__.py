"""Renderers: Report -> str, one per file, imported when their format is asked for."""

import importlib
from collections.abc import Callable
from pathlib import Path

from compliance.assessment import Report

_WHERE = {
    "terminal": ("terminal", "render"),
    "json": ("json", "render"),
    "jsonl": ("ci", "lines"),
    "html": ("html", "render"),
    "markdown": ("markdown", "render"),
    "sarif": ("sarif", "render"),
    "junit": ("ci", "junit"),
    "github": ("ci", "github"),
    "gitlab": ("ci", "gitlab"),
    "csv": ("ci", "table"),
}
_WHOLE = frozenset({"terminal", "json", "jsonl", "html"})
"""Formats that can show rules which do not hold as well."""


def _renderer(name: str) -> Callable[..., str]:
    module, function = _WHERE[name]

    def render(report: Report, *, all_rules: bool = False) -> str:
        more = {"all_rules": all_rules} if name in _WHOLE else {}
        text: str = getattr(importlib.import_module(f"compliance.report.{module}"), function)(report, **more)
        return text

    return render


FORMATS: dict[str, Callable[..., str]] = {name: _renderer(name) for name in _WHERE}
STYLE = Path(__file__).parent / "page.css"
"""The style of every page of ours."""
