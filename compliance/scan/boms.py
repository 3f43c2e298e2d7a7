"""Bills of materials as input: the models and datasets that CycloneDX and SPDX files list."""

import re

from compliance.scan import hub, names, signs
from compliance.scan.entries import Entry, MalformedError, json_entries, yaml_entries
from compliance.scan.files import File
from compliance.scan.hub import Name
from compliance.scan.patterns import pattern as lazily

_PURL = lazily(r"pkg:huggingface/(?P<id>[\w.%-]+(?:/[\w.-]+)?)(?:@(?P<revision>[\w.-]+))?(?P<more>\?[^\s\"'<>#]*)?")
_MODEL_TYPES = frozenset({"machine-learning-model", "ai_aipackage", "aipackage", "ai:aipackage"})
_DATA_TYPES = frozenset({"dataset_datasetpackage", "datasetpackage", "dataset"})


def find(file: File) -> None:
    """Report the models and datasets that a bill of materials lists."""
    if not signs.is_bill(file.data):
        return
    lower = file.path.lower()
    if lower.endswith((".xml", ".spdx", ".rdf", ".tag")):
        _lines(file)
        return
    try:
        entries = yaml_entries(file.text) if lower.endswith((".yaml", ".yml")) else json_entries(file.text)
    except MalformedError as problem:
        file.problem(problem.reason)
        entries = problem.read
    objects: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        objects.setdefault(entry.path[:-1], []).append(entry)
    for fields in objects.values():
        _component(file, {entry.path[-1]: entry for entry in fields if entry.path})


def _component(file: File, fields: dict[str, Entry]) -> None:
    """One object of the document, where its type says that it is a model or a dataset."""
    kind = next((fields[key].value.lower() for key in ("type", "@type") if key in fields), "")
    purpose = fields["primaryPackagePurpose"].value.lower() if "primaryPackagePurpose" in fields else ""
    purl = next((found for entry in fields.values() if (found := _PURL.search(entry.value))), None)
    is_data = kind in _DATA_TYPES or (purpose == "data" and purl is not None)
    if kind not in _MODEL_TYPES and purpose != "model" and not is_data and purl is None:
        return
    entry = next(
        (
            fields[key]
            for key in ("name", "purl", "packageUrl", "software_packageUrl", "referenceLocator")
            if key in fields
        ),
        None,
    )
    if entry is None:
        return
    group = fields["group"].value if "group" in fields else ""
    text = f"{group}/{entry.value}" if group and "/" not in entry.value else entry.value
    name = _name(text, purl, is_data=is_data)
    if name is None:
        name = next((link for item in fields.values() if (link := hub.hub_url(item.value)) is not None), None)
    file.report(
        entry.value,
        name._replace(text="") if name is not None else None,
        (entry.line, entry.column),
        role="used",
        detector="bom",
        how=() if name is not None else ("the bill of materials does not say where it is from",),
    )


def _name(text: str, purl: re.Match[str] | None, *, is_data: bool) -> Name | None:
    if purl is not None:
        prefix = "hf-dataset" if is_data or "datasets" in (purl["more"] or "") else "hf"
        return Name(
            "hf-dataset" if prefix == "hf-dataset" else "hf-model", f"{prefix}:{purl['id'].replace('%2F', '/')}"
        )
    return names.keyed(text, "dataset" if is_data else "hf")


def _lines(file: File) -> None:
    """Tag-value and XML: package URLs, and the components that are models."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        found = _PURL.search(line) if len(line) < 20_000 else None  # noqa: PLR2004
        if found is not None:
            name = _name(found["id"], found, is_data=False)
            file.report(found["id"], name, (number, found.start("id") + 1), role="used", detector="bom")
    for found in re.finditer(
        r"""<component[^>]*type=["']machine-learning-model["'][^>]*>(.{0,3000}?)</component>""", file.text, re.DOTALL
    ):
        title = re.search(r"<name>\s*([^<\s]+)\s*</name>", found[1])
        if title is not None and not _PURL.search(found[1]):
            file.report(
                title[1],
                names.keyed(title[1], "hf"),
                file.place(found.start(1) + title.start(1)),
                role="used",
                detector="bom",
            )
