"""What parts of a model are published, and which class of the Model Openness Framework they reach.

The lists are those of the framework, version 1.0 (LF AI & Data, https://isitopen.ai), as its own tool counts them:
supporting libraries, metadata and sample outputs are optional, and a research paper stands in for a technical report.
"""

from collections.abc import Collection
from typing import Literal

from compliance.model import Struct

Class = Literal["III", "II", "I"]
TITLES: dict[Class, str] = {"III": "open model", "II": "open tooling", "I": "open science"}
REQUIRED: dict[Class, tuple[str, ...]] = {
    "III": ("weights", "architecture", "technical-report", "evaluation-results", "card", "data-description"),
    "II": ("training-code", "inference-code", "evaluation-code", "evaluation-data"),
    "I": ("data", "data-preprocessing-code", "intermediate-weights", "paper"),
}
"""The parts that each class asks for beyond the one before."""


class Progress(Struct, frozen=True):
    """How far a class is reached: how many of its parts are open, and which are not."""

    open: int
    of: int
    lacking: tuple[str, ...]


def progress(parts: Collection[str], to: Class) -> Progress:
    """What of a class and of those before it is among the parts that are published under an open licence."""
    wanted: list[str] = []
    for name, required in REQUIRED.items():
        wanted += required
        if name == to:
            break
    if "paper" in parts and "technical-report" not in parts:
        wanted = [part for part in wanted if part != "paper"]
        wanted[wanted.index("technical-report")] = "paper"
    lacking = tuple(part for part in wanted if part not in parts)
    return Progress(open=len(wanted) - len(lacking), of=len(wanted), lacking=lacking)


def reached(parts: Collection[str]) -> Class | None:
    """The best class whose parts, and those of the classes before it, are all published under an open licence."""
    best: Class | None = None
    for name in REQUIRED:
        if progress(parts, name).lacking:
            break
        best = name
    return best
