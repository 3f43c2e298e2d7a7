"""Manifests of packages -> what they state as their licence, for prose that stands beside it says nothing of it."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from compliance.references import pointing
from compliance.references.doubting import Doubt

_FILE = re.compile(r"(?i)^see\s+licen[cs]e\s+in\s+(.+)$")
_EXPRESSION = re.compile(r"[\w.+() -]+")
_CHOICE = " OR "
_LONGEST = 80
_MOST = 20_000
_LARGEST = 100_000
"""Characters of a manifest; what is longer can be nested so that reading it takes minutes."""


def stated(path: str, text: str, names: pointing.Names) -> pointing.Pointers | None:
    """What a manifest points to as the licence of its package; None of a file that is none or cannot be read."""
    read = _READERS.get(PurePosixPath(path.replace("\\", "/")).name.casefold())
    if read is None or len(text) > _LARGEST:
        return None
    try:
        lines = [line for line in read(text) if line]
    except (ValueError, RecursionError, AttributeError):
        return None
    file = next((found[1] for line in lines if (found := _FILE.match(line))), None)
    told = [line for line in lines if not _FILE.match(line)]
    if not told:
        return pointing.Pointers(more=Doubt(kind="file", words=f"points to the file {file}") if file else None)
    if len(told) == 1 and _EXPRESSION.fullmatch(told[0]):
        tag = pointing.pointers(f"SPDX-License-Identifier: {told[0]}", len(told[0]), names)
        if tag.found:
            return tag
    whole = "\n".join(line if line.startswith(("<", "License ::")) else f"License: {line}" for line in told)
    pointers = pointing.pointers(whole, len(whole.split()), names)
    said = pointers.found or pointers.more
    strange = Doubt(kind="name", words=f"states {told[0][:_LONGEST]!r}, which names no one text")
    return pointers if said else pointing.Pointers(more=strange)


def _package(text: str) -> Iterator[str]:
    """An expression, or as packages of old wrote it an object, or objects in `licenses`, of which one may be chosen.

    npm, package.json, "license": an array stands for what is now written with OR.
    """
    tree = json.loads(text)
    yield from _called(tree.get("license"))
    yield _CHOICE.join(_called(tree.get("licenses")))


def _composer(text: str) -> Iterator[str]:
    """An expression, or an array of which one may be chosen: the schema of Composer, "license"."""
    yield _CHOICE.join(_called(json.loads(text).get("license")))


def _called(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("type") or one.get("name") if isinstance(one, Mapping) else one
        if isinstance(name, str) and name.strip():
            yield name.strip()


def _pyproject(text: str) -> Iterator[str]:
    tree = tomllib.loads(text)
    project = tree.get("project") or tree.get("tool", {}).get("poetry", {})
    yield from _field(project.get("license"))
    for line in project.get("classifiers", []):
        if isinstance(line, str) and line.startswith("License ::"):
            yield line


def _cargo(text: str) -> Iterator[str]:
    tree = tomllib.loads(text)
    package = tree.get("package") or tree.get("workspace", {}).get("package", {})
    license_ = package.get("license")
    if isinstance(license_, str):
        yield license_.replace("/", " OR ")  # as the manifests of old wrote a choice
    elif isinstance(license_, Mapping):
        yield "SEE LICENSE IN the workspace"
    if isinstance(package.get("license-file"), str):
        yield f"SEE LICENSE IN {package['license-file']}"


def _field(value: Any) -> Iterator[str]:
    """A licence as pyproject.toml has it: an expression, or a table with a text or a file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and isinstance(value.get("text"), str):
        yield value["text"]
    elif isinstance(value, Mapping) and isinstance(value.get("file"), str):
        yield f"SEE LICENSE IN {value['file']}"


def _pom(text: str) -> Iterator[str]:
    begin = text.find("<licenses>")
    end = text.find("</licenses>", begin)
    if 0 <= begin < end:
        yield text[begin : min(end, begin + _MOST)] + "</licenses>"


_READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "package.json": _package,
    "composer.json": _composer,
    "pyproject.toml": _pyproject,
    "cargo.toml": _cargo,
    "pom.xml": _pom,
}
