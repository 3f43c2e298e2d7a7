"""Bills of materials as input: the models and datasets that CycloneDX and SPDX files list."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from compliance.scan import bomtexts, signs
from compliance.scan.configuration.entries import Entry, MalformedError, json_entries, yaml_entries
from compliance.scan.files import File
from compliance.scan.naming import hosting, hub, names
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily

_PURL = lazily(r"pkg:huggingface/(?P<id>[\w.%-]+(?:/[\w.-]+)?)(?:@(?P<revision>[\w.-]+))?(?P<more>\?[^\s\"'<>#]*)?")
_MODEL_TYPES = frozenset({"machine-learning-model", "ai_aipackage", "aipackage", "ai:aipackage"})
_DATA_TYPES = frozenset({"dataset_datasetpackage", "datasetpackage", "dataset"})
_NAMES = ("name", "purl", "packageUrl", "software_packageUrl", "referenceLocator")
_NOT_JSON = (".xml", ".spdx", ".rdf", ".tag")
_IDS = ("SPDXID", "spdxId", "@id")
_LINKS = ("downloadLocation", "software_downloadLocation")
_TARGETS = ("relatedSpdxElement", "to")
_OF_MODELS = frozenset(
    "openai anthropic cohere mistral deepseek xai perplexity voyage groq bedrock ai21 moonshot minimax zai".split()
)
"""Services that run models and nothing else, by names that nobody else has."""
_ENDPOINT = lazily(
    r"https?://[^/\s]*(?:(?P<openai>api\.openai\.com)|(?P<azure>openai\.azure\.com)|(?P<anthropic>api\.anthropic\.com)"
    r"|(?P<google>generativelanguage\.googleapis\.com|aiplatform\.googleapis\.com)|(?P<bedrock>bedrock-runtime\.)"
    r"|(?P<mistral>api\.mistral\.ai)|(?P<cohere>api\.cohere\.(?:com|ai))|(?P<groq>api\.groq\.com))"
)
_UNSAID = "the bill of materials names the service and no model of it"
_OWN_RELATIONS = frozenset({"distillation", "trained-on"})

Path = tuple[str, ...]
Objects = dict[Path, dict[str, Entry]]
"""The entries of a document by the object that holds them, and by their keys in it."""


def find(file: File) -> None:
    """Report the models and datasets that a bill of materials lists."""
    if not signs.is_bill(file.data):
        return
    entries = read(file)
    held = objects(entries)
    own = signs.is_own_bill(file.data)  # only there is it known that the terms of ancestors were looked at
    lineage = _made_from(entries, held) if own else set()
    services = {} if own else _services(entries)
    for path, fields in held.items():
        above = any(path[:length] in lineage for length in range(1, len(path) + 1)) if lineage else False
        _component(file, fields, is_ancestor=own and ("pedigree" in path or above))
        if path in services:
            _service(file, fields, services[path])
    if file.path.lower().endswith(_NOT_JSON):
        _urls(file)


def read(file: File) -> list[Entry]:
    """What a bill says, also one that breaks off; why it does is noted in the file."""
    try:
        return _entries(file)
    except MalformedError as problem:
        file.problem(problem.reason)
        return problem.read


def _entries(file: File) -> list[Entry]:
    """What the file says, in whichever of the forms it is written."""
    lower, start = file.path.lower(), file.text.lstrip()[:1]
    if lower.endswith((".yaml", ".yml")):
        return yaml_entries(file.text)
    if lower.endswith(_NOT_JSON) and start != "{":
        return bomtexts.xml_entries(file.text) if start == "<" else bomtexts.tag_entries(file.text)
    return json_entries(file.text)


def objects(entries: list[Entry]) -> Objects:
    """The objects of a document, by the keys that lead to them."""
    found: Objects = {}
    for entry in entries:
        if entry.path:
            found.setdefault(entry.path[:-1], {})[entry.path[-1]] = entry
    return found


def ids(held: Objects) -> dict[str, Path]:
    """Where each element of SPDX is."""
    return {fields[key].value: path for path, fields in held.items() for key in _IDS if key in fields}


def relation(fields: Mapping[str, Entry]) -> str:
    """The kind of a relationship of SPDX, as both of its forms have it; empty where an object is none."""
    return fields["relationshipType"].value.replace("_", "").lower() if "relationshipType" in fields else ""


def ends(held: Objects, path: Path) -> list[str]:
    """The elements to which a relationship of SPDX leads."""
    found = [held[path][key].value for key in _TARGETS if key in held[path]]
    return found + [entry.value for key in _TARGETS for entry in held.get((*path, key), {}).values()]


def described(fields: Mapping[str, str]) -> tuple[str, Name | None] | None:
    """The key that names the model or dataset of one object, and what it names; None where it is neither."""
    kind = next((fields[key].lower() for key in ("type", "@type") if key in fields), "")
    purpose = fields.get("primaryPackagePurpose", "").lower()
    purl = next((found for value in fields.values() if (found := _PURL.search(value))), None)
    told = fields.get("comment", "").partition("modelcheck:kind=")[2]  # SPDX 2.3 has no purpose for either
    kind = {"model": "aipackage", "dataset": "dataset"}.get(told, kind)
    is_data = kind in _DATA_TYPES or (purl is not None and (purpose == "data" or kind == "data"))
    links = (hub.hub_url(fields[key]) for key in _LINKS if key in fields)
    link = next((found for found in links if found is not None and found.kind != "hf-space"), None)
    if kind not in _MODEL_TYPES and purpose != "model" and not is_data and purl is None and link is None:
        return None
    key = next((key for key in _NAMES if key in fields), None)
    if key is None:
        return None
    group = fields.get("group", "")
    text = f"{group}/{fields[key]}" if group and "/" not in fields[key] else fields[key]
    name = _name(text, purl, is_data=is_data) if purl is not None or link is None else link
    if name is None:
        name = next((link for value in fields.values() if (link := hub.hub_url(value)) is not None), None)
    return key, name


def _component(file: File, fields: dict[str, Entry], *, is_ancestor: bool) -> None:
    """One object of the document, where its type says that it is a model or a dataset; ancestors are not used."""
    found = described({key: entry.value for key, entry in fields.items()})
    if found is None:
        return
    entry, name = fields[found[0]], found[1]
    file.report(
        entry.value,
        name._replace(text="") if name is not None else None,
        (entry.line, entry.column),
        role="docs" if is_ancestor else "used",
        detector="bom",
        how=() if name is not None else ("the bill of materials does not say where it is from",),
    )


def _services(entries: list[Entry]) -> dict[Path, list[Entry]]:
    """The services of CycloneDX, each with what stands in it."""
    found: dict[Path, list[Entry]] = {}
    for entry in entries:
        for at, word in enumerate(entry.path[:-2]):
            if word == "services":
                found.setdefault(entry.path[: at + 2], []).append(entry)
    return found


def _service(file: File, fields: dict[str, Entry], entries: list[Entry]) -> None:
    """A service that runs models: of which it is, the bill of materials says nothing."""
    called = [entry.value for entry in entries if entry.path[-1] == "name" and "data" not in entry.path]
    asked = (_ENDPOINT.search(entry.value) for entry in entries if "endpoints" in entry.path)
    services = {str(found.lastgroup): None for found in asked if found is not None}
    named = (host for text in called if (host := hosting.host(text)) in _OF_MODELS)
    for service in services or dict.fromkeys(named):
        if "name" in fields:
            at, name = fields["name"], Name("api-package", f"service:{service}", service if len(services) > 1 else "")
            file.report(at.value, name, (at.line, at.column), role="used", detector="bom", how=(_UNSAID,))


def _made_from(entries: list[Entry], held: Objects) -> set[Path]:
    """Where our SPDX has elements only because another was made from them: `descendantOf`, or our own remark."""
    others = {entry.value for entry in entries if "documentDescribes" in entry.path or "rootElement" in entry.path}
    ancestors: set[str] = set()
    for path, fields in held.items():
        kind = relation(fields)
        if kind:
            is_ours = "comment" in fields and fields["comment"].value in _OWN_RELATIONS
            (ancestors if kind == "descendantof" or is_ours else others).update(ends(held, path))
    places = ids(held)
    return {places[name] for name in ancestors - others if name in places}


def called(fields: Mapping[str, Entry]) -> str:
    """The model or dataset that an object is, by its id on the Hub or as it is called; empty where it is neither."""
    found = described({key: entry.value for key, entry in fields.items()})
    if found is None:
        return ""
    name = found[1]
    plain = (name.resolved or "").partition("@")[0] if name is not None else ""
    return plain.removeprefix("hf:") or fields[found[0]].value


def _name(text: str, purl: re.Match[str] | None, *, is_data: bool) -> Name | None:
    if purl is not None:
        prefix = "hf-dataset" if is_data or "datasets" in (purl["more"] or "") else "hf"
        return Name("hf-dataset" if prefix == "hf-dataset" else "hf-model", f"{prefix}:{unquote(purl['id'])}")
    return names.keyed(text, "dataset" if is_data else "hf")


def _urls(file: File) -> None:
    """Package URLs that stand where no component says so."""
    known = {reference.resolved for reference in file.found}
    for number, line in file.lines(20_000):
        for found in _PURL.finditer(line):
            name = _name(found["id"], found, is_data=False)
            if name is not None and name.resolved not in known:
                file.report(found["id"], name, (number, found.start("id") + 1), role="used", detector="bom")
