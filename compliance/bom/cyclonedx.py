"""CycloneDX 1.6 and 1.7 as JSON: models with their cards, pedigree, licences and evidence."""

import json
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from compliance import __version__
from compliance.bom.items import Bill, Item
from compliance.bom.licensing import License, Ref
from compliance.model import InputError

if TYPE_CHECKING:
    from cyclonedx.validation.json import JsonStrictValidator

PREFIX = "modelcheck:"
_ROOT = "modelcheck:project"


def write(bill: Bill, version: str = "1.6") -> str:
    """The bill of materials, checked against the schema where the extra `bom` is installed."""
    items = {item.id: item for item in bill.all()}
    tree: dict[str, Any] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": f"urn:uuid:{bill.number}",
        "version": 1,
        "metadata": {
            "timestamp": bill.created,
            "tools": {"components": [{"type": "application", "name": "modelcheck", "version": __version__}]},
            "component": {"type": "application", "bom-ref": _ROOT, "name": bill.name},
            "properties": properties(bill.facts),
        },
        "components": [_component(item, items, bill) for item in bill.items],
        "dependencies": [
            {"ref": _ROOT, "dependsOn": [item.id for item in bill.items]},
            *({"ref": item.id, "dependsOn": _inside(item, bill)} for item in bill.items),
        ],
        "compositions": [{"aggregate": "complete" if bill.complete else "incomplete", "assemblies": [_ROOT]}],
    }
    if services := _services(bill.items):
        tree["services"] = services
    text = json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
    if wrong := mistakes(text, version):
        raise InputError([f"our own BOM is not valid CycloneDX {version}; please report it", *wrong])
    return text


def mistakes(text: str, version: str) -> list[str]:
    """What the schema has against a text; nothing where the library that brings the schema is not installed."""
    try:
        found = _validator(version).validate_str(text, all_errors=True)
    except ImportError:
        return []
    return [f"{error.data.json_path}: {error.data.message[:200]}" for error in found or ()]


@cache
def _validator(version: str) -> "JsonStrictValidator":
    """What checks texts of a version, with the schema read once. Raises ImportError where the extra is missing."""
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415 - an extra
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    return JsonStrictValidator(SchemaVersion.from_version(version))


def properties(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Pairs in the form of properties, under our name."""
    return [{"name": PREFIX + name, "value": value} for name, value in pairs]


def licenses(found: License | None, texts: Any = None) -> list[dict[str, Any]]:
    """A licence choice: an identifier of SPDX's list, a named licence, or an expression."""
    if found is None:
        return []
    if not found.single:
        return [{"expression": found.expression, "acknowledgement": found.acknowledgement}]
    if not found.refs:
        return [{"license": {"id": found.expression, "acknowledgement": found.acknowledgement}}]
    ref = found.refs[0]
    named: dict[str, Any] = {"name": ref.id, "acknowledgement": found.acknowledgement}
    copy = texts(ref.document.id) if texts is not None and ref.document is not None else None
    if copy is not None:
        named["text"] = {"contentType": "text/plain", "content": copy}
    if ref.document is not None and ref.document.evidence.url:
        named["url"] = ref.document.evidence.url
    named["properties"] = properties(_about(ref))
    return [{"license": named}]


def _about(ref: Ref) -> list[tuple[str, str]]:
    document = ref.document
    if document is None:
        return [("license-stated", ref.stated or "")]
    found = [("license-id", document.id), ("license-title", document.title)]
    return found + ([("license-sha256", document.evidence.sha256)] if document.evidence.sha256 else [])


def _component(item: Item, items: dict[str, Item], bill: Bill) -> dict[str, Any]:
    kept = {"type": "data" if item.kind == "dataset" else "machine-learning-model", "bom-ref": item.id}
    tree: dict[str, Any] = {**kept, **_identity(item)}
    if found := licenses(item.license, bill.texts):
        tree["licenses"] = found
    if item.page is not None:
        tree["externalReferences"] = [*_license_pages(item), {"type": "website", "url": item.page}]
    if ancestors := _ancestors(item, items, (item.id,)):
        lineage = "; ".join(f"{parent.relation} of {parent.id}" for parent in item.parents)
        tree["pedigree"] = {"ancestors": ancestors, "notes": lineage}
    if item.places or (item.license is not None and item.license.acknowledgement == "concluded"):
        tree["evidence"] = _evidence(item)
    if item.kind == "model":
        tree["modelCard"] = _card(item)
    if item.kind == "dataset":
        tree["data"] = [{"type": "dataset", "name": item.id}]
    about = [("access", item.access), ("released", item.released), ("family", item.family)]
    tree["properties"] = properties([*((name, value) for name, value in about if value), *item.notes])
    return tree


def _identity(item: Item) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    if item.group is not None:
        tree["group"] = item.group
    tree["name"] = item.name
    if item.purl is not None:
        tree["purl"] = item.purl
    if item.publisher is not None:
        tree |= {"supplier": {"name": item.publisher}, "publisher": item.publisher}
    return tree


def _license_pages(item: Item) -> list[dict[str, str]]:
    refs = item.license.refs if item.license is not None else ()
    pages = [ref.document.evidence.url for ref in refs if ref.document is not None]
    return [{"type": "license", "url": url} for url in pages if url]


def _evidence(item: Item) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    if item.places:
        places: dict[tuple[str, int, str], dict[str, Any]] = {}
        for place in item.places:
            told = {"location": place.path, "line": place.line, "symbol": place.text}
            told["additionalContext"] = f"{place.detector}, {place.role}"
            places[place.path, place.line, place.text] = {key: value for key, value in told.items() if value}
        tree["occurrences"] = list(places.values())
    if item.license is not None and item.license.acknowledgement == "concluded":
        tree["licenses"] = licenses(item.license)
    return tree


def _card(item: Item) -> dict[str, Any]:
    """The model card: what the catalogue knows of the model; what it does not know is left out."""
    parameters: dict[str, Any] = {}
    if item.family is not None:
        parameters["architectureFamily"] = item.family
    data = [parent for parent in item.parents if parent.relation == "trained-on"]
    if data:
        parameters["datasets"] = [{"type": "dataset", "name": parent.id} for parent in data]
    for key, kinds in (("inputs", item.inputs), ("outputs", item.outputs)):
        if kinds:
            parameters[key] = [{"format": kind} for kind in kinds]
    return {"modelParameters": parameters} if parameters else {}


def _ancestors(item: Item, items: dict[str, Item], above: tuple[str, ...]) -> list[dict[str, Any]]:
    """The models that one was made from, each with its own; a cycle ends where it would close."""
    found = []
    for parent in item.parents:
        if parent.relation == "trained-on":
            continue
        base = items.get(parent.id) or Item(id=parent.id, kind="model", verdict="", known_by="unknown")
        tree: dict[str, Any] = {"type": "machine-learning-model", **_identity(base)}
        if listed := licenses(base.license):
            tree["licenses"] = listed
        if parent.id not in above and (more := _ancestors(base, items, (*above, parent.id))):
            tree["pedigree"] = {"ancestors": more}
        tree["properties"] = properties([("relation", parent.relation)])
        found.append(tree)
    return found


def _inside(item: Item, bill: Bill) -> list[str]:
    """The other components that one was made from, and the service that runs it."""
    known = {other.id for other in bill.items}
    found = [parent.id for parent in item.parents if parent.id in known and parent.id != item.id]
    return list(dict.fromkeys([*found, *([_service(item)] if item.service is not None else [])]))


def _service(item: Item) -> str:
    return f"service:{item.service}"


def _services(items: Iterable[Item]) -> list[dict[str, Any]]:
    """The services that run models, each once."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        if item.service is not None:
            provider = {"provider": {"name": item.publisher}} if item.publisher else {}
            found[item.service] = {"bom-ref": _service(item), **provider, "name": item.service}
    return list(found.values())
