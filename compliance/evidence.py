"""Licence files at hand: beside models and in the project; what they are, and the clauses quoted from them."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from compliance import files
from compliance.catalog import Catalog
from compliance.files import licences
from compliance.model import Finding, Location, Model, Rule, Struct

if TYPE_CHECKING:
    from compliance.identify import Identified
    from compliance.library import Library

_LONGEST = 1500
_MOST_BYTES = 1_000_000
_UPSTREAM = re.compile(r"notices?(?:\.(?:txt|md))?", re.IGNORECASE)


class Quote(Struct, frozen=True):
    """A clause as it stands in a copy on disk."""

    path: str
    line: int
    end_line: int
    text: str


class Copy(Struct, frozen=True):
    """A licence file that was recognised."""

    path: str
    text: str
    found: "Identified"


class Evidence:
    """Looks for licence files in a project, in folders of models and in the Hugging Face cache, and reads them once."""

    def __init__(
        self,
        catalog: Catalog,
        library: Callable[[], "Library"],
        *,
        project: Path | None = None,
        folders: tuple[Path, ...] = (),
        hub: Path | None = None,
    ) -> None:
        self.catalog, self._load = catalog, library
        self.local: Mapping[str, Path] = {}
        self.project, self.folders, self.hub = project, folders, hub
        self._copies: dict[str, list[Copy]] = {}

    @cached_property
    def _library(self) -> "Library":
        return self._load()

    def _read(self, root: Path, shown: str) -> Iterator[Copy]:
        """The licence files below a folder, those with a telling name only."""
        paths = [path for path, expected in licences((root,)) if expected]
        if not paths:
            return
        from compliance import identify  # noqa: PLC0415 - 10 ms that a gate without licence files need not pay

        for path in paths:
            name = files.shown(f"{shown}{path.relative_to(root).as_posix()}")
            try:
                text = identify.read(path)
            except ValueError as problem:
                yield Copy(
                    path=name, text="", found=identify.Identified(path=name, result="unknown", reason=str(problem))
                )
                continue
            yield Copy(path=name, text=text, found=identify.identify_text(text, name, self._library, self.catalog))

    @cached_property
    def _in_project(self) -> list[Copy]:
        return [] if self.project is None else list(self._read(self.project, ""))

    @property
    def has_copies(self) -> bool:
        """Whether the project holds a file that should be a licence."""
        return bool(self._in_project)

    def folder(self, model: str) -> Path | None:
        """The folder of a model's files: below a given folder by its id or name, or in the Hugging Face cache."""
        if model in self.local:
            return self.local[model]
        owner, _, name = model.rpartition("/")
        for root in self.folders:
            for place in (root / model, root / name, root / f"{owner}__{name}"):
                if place.is_dir():
                    return place
        if len(self.folders) == 1 and any(licences((self.folders[0],))) and not _has_folders(self.folders[0]):
            return self.folders[0]
        if self.hub is not None and owner:
            snapshots = self.hub / f"models--{owner}--{name}" / "snapshots"
            found = sorted(snapshots.iterdir()) if snapshots.is_dir() else []
            return found[-1] if found else None
        return None

    def copies(self, model: str) -> list[Copy]:
        """The licence files beside a model."""
        if model not in self._copies:
            folder = self.folder(model)
            if model in self.local and self.project is not None:
                inside = self.local[model].relative_to(self.project)
                self._copies[model] = [copy for copy in self._in_project if Path(copy.path).parent == inside]
            else:
                self._copies[model] = [] if folder is None else list(self._read(folder, f"{folder.as_posix()}/"))
        return self._copies[model]

    def text(self, document: str, model: str) -> str | None:
        """The text of a document from a copy that has it to the word, and nothing else; None where there is none."""
        for copy in (*self.copies(model), *self._in_project):
            found = copy.found
            if found.result == "exact" and len(found.documents) == 1:
                part = found.documents[0]
                if document in {part.id, *part.also}:
                    return copy.text
        return None

    def shipped(self, document: str, among: Callable[[str], bool]) -> str | None:
        """Where the project holds the text of a document to the word, among the paths that count."""
        for copy in self._in_project:
            parts = copy.found.documents
            known = {name for part in parts for name in (part.id, *part.also) if part.result == "exact"}
            if document in known and copy.found.result in {"exact", "composite"} and among(copy.path):
                return copy.path
        return None

    def notice(self, model: str) -> tuple[str, str] | None:
        """The NOTICE file that a model came with, by its path and text; None where none is at hand."""
        folder = self.folder(model)
        if folder is None:
            return None
        try:
            found = sorted(path for path in folder.iterdir() if _UPSTREAM.fullmatch(path.name) and path.is_file())
            text = found[0].read_bytes()[:_MOST_BYTES].decode("utf-8", "replace") if found else ""
        except OSError:
            return None
        return (found[0].as_posix(), text) if text.strip() else None

    def quote(self, rule: Rule, model: str) -> Quote | None:
        """A rule's clause from a copy beside the model, else from one in the project."""
        if rule.anchor is None:
            return None
        copies = (*self.copies(model), *self._in_project)
        if not copies:
            return None
        from compliance import fingerprint, words  # noqa: PLC0415

        for copy in copies:
            for part in copy.found.documents:
                if rule.document in {part.id, *part.also} and part.result != "reference":
                    span = fingerprint.find(rule.anchor, words.read(copy.text))
                    if span is not None:
                        return _quoted(copy, span.line, span.end_line)
        return None

    def weigh(self, model: Model) -> tuple[Model, list[Finding]]:
        """The model with what the licence files beside it show, and where they disagree with the catalogue."""
        licences = [copy for copy in self.copies(model.id) if "notice" not in Path(copy.path).name.casefold()]
        licences = [copy for copy in licences if not self._is_policy(copy)]
        if not licences:
            return model, []
        copy = licences[0]
        found, declared = copy.found, self.catalog.document(model.license or "")
        names = {name for part in found.documents for name in (part.id, *part.also)}
        place = (Location(path=copy.path, line=1, text=found.document or "", detector="identify"),)
        kept = {key: getattr(model, key) for key in model.__struct_fields__}

        def finding(rule: str, summary: str) -> Finding:
            return Finding(rule=rule, level="warning", subject=model.id, summary=summary, locations=place)

        if found.result == "modified":
            summary = f"the licence file differs from {found.document} in {len(found.changes)} places"
            return Model(**{**kept, "known_by": "file-modified"}), [finding("license-modified", summary)]
        if found.result == "unknown":
            summary = "the licence file beside the model is none that is known"
            return Model(**{**kept, "known_by": "file-unknown"}), [finding("license-unrecognised", summary)]
        if declared is not None and declared.id in names:
            return Model(**{**kept, "known_by": "file-exact", "confidence": None}), []
        if declared is None and model.license is None:
            return Model(**{**kept, "license": found.documents[0].id, "known_by": "file-exact"}), []
        source = "card" if model.known_by == "card" else "catalogue"
        told = f"the licence file is {found.documents[0].id}, the {source} says {model.license}; both are taken to bind"
        both = f"({model.license}) AND {found.documents[0].id}"
        return Model(**{**kept, "license": both, "confidence": None}), [finding("license-differs", told)]

    def _is_policy(self, copy: Copy) -> bool:
        document = self.catalog.document(copy.found.document or "")
        return document is not None and document.kind == "use-policy"


def _has_folders(folder: Path) -> bool:
    return any(path.is_dir() and not path.name.startswith(".") for path in folder.iterdir())


def _quoted(copy: Copy, line: int, end_line: int) -> Quote:
    from compliance import words  # noqa: PLC0415

    lines = words.lines(copy.text)[line - 1 : end_line]
    return Quote(path=copy.path, line=line, end_line=end_line, text="\n".join(lines)[:_LONGEST])
