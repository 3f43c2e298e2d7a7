"""Finders: a file in, references out; one finder per file, listed in FINDERS, imported when a file needs it."""

import importlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from compliance.model import Reference, Unread
from compliance.scan import looking, signs
from compliance.scan.files import Wanted
from compliance.scan.patterns import pattern as lazily
from compliance.scan.walking import walk


class Finder(NamedTuple):
    """A module with `find(file)`, the paths it reads and a sign without which a file is not parsed.

    `head` is how many bytes it needs, where it does not need them all.
    """

    module: str
    paths: re.Pattern[str]
    sign: Callable[[bytes], bool] | None = None
    head: int | None = None


def _ends(*endings: str) -> re.Pattern[str]:
    return lazily(rf".*\.(?:{'|'.join(endings)})$", re.IGNORECASE)


FINDERS: tuple[Finder, ...] = (
    Finder("python", _ends("pyi?"), signs.in_code),
    Finder(
        "config",
        _ends("ya?ml", "toml", "json", "jsonc", "json5", "properties", "ini", "cfg", "conf", "tpl"),
        signs.in_text,
    ),
    Finder("environment", lazily(r"(?:.*/)?(?:\.?env(?:\..+)?|[^/]*\.env(?:\..+)?|.*[.-]env)$"), signs.in_text),
    Finder("notebook", _ends("ipynb"), signs.in_text),
    Finder("markdown", _ends("md", "mdx", "markdown", "rst", "adoc"), signs.in_text),
    Finder(
        "shell",
        lazily(
            r"(?i:.*\.(?:sh|bash|zsh|bat|ps1|mk|dockerfile|slurm|sbatch|modelfile|service)|(?:.*/)?(?:Dockerfile"
            r"|Containerfile|Makefile|Procfile|Modelfile|justfile|entrypoint)(?:[.-][^/]*)?)"
            r"(?<!\.md)(?<!\.mdx)(?<!\.rst)(?<!\.txt)$"
        ),
        signs.in_text,
    ),
    Finder(
        "sources",
        _ends(
            "[cm]?[jt]sx?",
            "vue",
            "svelte",
            "java",
            "kts?",
            "scala",
            "groovy",
            "go",
            "rs",
            "cs",
            "php",
            "rb",
            "swift",
            "dart",
            "exs?",
            "r",
            "jl",
        ),
        signs.in_code,
    ),
    Finder(
        "manifests",
        lazily(
            r"(?:.*/)?(?:requirements[^/]*\.(?:txt|in)|[^/]*requirements\.txt|constraints[^/]*\.txt"
            r"|requirements/[^/]+\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg)|environment[^/]*\.ya?ml"
            r"|package\.json|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|Cargo\.toml|go\.mod"
            r"|(?:poetry|uv|pdm|Cargo|Pipfile|yarn)\.lock|package-lock\.json|pnpm-lock\.yaml)$"
        ),
    ),
    Finder("boms", _ends("json", "xml", "ya?ml", "spdx", "rdf", "tag"), signs.in_bill),
    Finder(
        "weights",
        _ends(
            "gguf",
            "safetensors",
            "bin",
            "pth?",
            "ckpt",
            "onnx",
            "tflite",
            "h5",
            "keras",
            "pb",
            "nemo",
            "mlmodel",
            "llamafile",
            "ggml",
            "pkl",
        ),
        None,
        4_000_000,
    ),
    Finder("datafiles", _ends("jsonl?"), signs.in_records, 16_384),
    Finder("hubfiles", lazily(r"(?:.*/)?(?:\.gitmodules|(?:models|datasets|spaces)--[^/]+/refs/[^/]+)$")),
)
"""Every finder; adding one takes its file and its line here."""


BY_NAME = {finder.module: finder for finder in FINDERS}


def scan(
    root: Path,
    exclude: tuple[str, ...] = (),
    *,
    only: str | None = None,
    jobs: int = 1,
    cache: Path | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[list[Reference], list[Unread]]:
    """References to models, datasets and services below a folder, and the files that could not be read.

    Paths are relative to `root` with forward slashes, in order of path, line and column. `exclude` are patterns as in
    `.gitignore`; `only` names the one file to look at. `modelcheck.yaml` of the root is not scanned. `jobs` is the
    number of processes, `cache` a folder in which to remember what was seen in each file, `progress` is told how many
    files are done, and of how many.
    """
    unread: list[Unread] = []
    items: list[looking.Item] = []
    for path, full in walk(root, exclude, unread) if only is None else [(only, root / only)]:
        names = tuple(finder.module for finder in FINDERS if finder.paths.match(path))
        if names:
            items.append((path, full, names))
    memory = looking.Memory(cache, root)
    told = (lambda count: progress(count, len(items))) if progress is not None else None
    references: list[Reference] = []
    unsure: list[Reference] = []
    wanted: list[Wanted] = []
    about_ollama = False
    for path, seen in looking.look_all(items, memory, jobs=jobs, progress=told):
        references += seen.found
        unsure += seen.unsure
        wanted += seen.wanted
        about_ollama = about_ollama or seen.about_ollama
        unread += [Unread(path=path, reason=reason) for reason in seen.problems]
    memory.save()
    if about_ollama:
        references += unsure
    if wanted:
        references += _elsewhere(wanted, {path: full for path, full, _ in items if path.endswith(".py")}, references)
    references.sort(key=lambda item: (item.location.path, item.location.line, item.location.column, item.text))
    unread.sort(key=lambda item: (item.path, item.reason))
    return references, unread


def _elsewhere(wanted: list[Wanted], paths: dict[str, Path], references: list[Reference]) -> list[Reference]:
    """What calls load by names that other files define, where it was not seen there already."""
    follow = importlib.import_module("compliance.scan.imports").follow
    known = {(item.location.path, item.location.line, item.text) for item in references if item.gate}
    found: list[Reference] = follow(wanted, paths)
    return [item for item in found if (item.location.path, item.location.line, item.text) not in known]
