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


def _renderer(module: str, function: str) -> Callable[..., str]:
    def render(report: Report, *, all_rules: bool = False) -> str:
        text: str = getattr(importlib.import_module(f"compliance.report.{module}"), function)(
            report, all_rules=all_rules
        )
        return text

    return render


FORMATS: dict[str, Callable[..., str]] = {name: _renderer(*place) for name, place in _WHERE.items()}
STYLE = Path(__file__).parent / "page.css"
"""The style of every page of ours."""
