"""Remarks and concluded licences added to SPDX documents of others: 2.x packages and the graph of 3.0."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from compliance.bom.items import TOOL
from compliance.bom.licensing import License, text_of, valid

Component = Callable[[dict[str, Any]], tuple[tuple[tuple[str, str], ...], License | None] | None]


def packages(tree: dict[str, Any], judge: Component, created: str) -> int:
    """Annotate the packages of SPDX 2.x; returns how many are models. What was declared stays where it is valid."""
    count = 0
    for package in tree.get("packages") or () if isinstance(tree.get("packages"), list) else ():
        if not isinstance(package, dict) or (found := judge(_flat(package))) is None:
            continue
        count += 1
        told, right = found
        for key in ("licenseConcluded", "licenseDeclared"):
            stated = package.get(key)
            if stated is not None and not (valid(stated) or stated in {"NONE", "NOASSERTION"}):
                told = (*told, (f"{key}-stated", str(stated)))
                package[key] = "NOASSERTION"
        if right is not None:
            if package.get("licenseConcluded") not in {None, "NOASSERTION", right.expression}:
                told = (*told, ("licenseConcluded-stated", str(package["licenseConcluded"])))
            package["licenseConcluded"] = right.expression
            _texts(tree, right)
        kept = package.get("annotations")
        notes = [note for note in kept if not _ours(note)] if isinstance(kept, list) else []
        package["annotations"] = [*notes, *(_note(name, value, created) for name, value in told)]
    return count


def _flat(package: dict[str, Any]) -> dict[str, Any]:
    """A package with the package URL of its external references, in the order in which finders look."""
    refs = package.get("externalRefs")
    locators = [ref.get("referenceLocator") for ref in refs if isinstance(ref, dict)] if isinstance(refs, list) else []
    purl = next((text for text in locators if isinstance(text, str) and text.startswith("pkg:huggingface/")), None)
    return {**package, "purl": purl} if purl is not None else package


def _note(name: str, value: str, created: str) -> dict[str, str]:
    return {
        "annotationDate": created,
        "annotationType": "REVIEW",
        "annotator": f"Tool: {TOOL}",
        "comment": f"modelcheck:{name}={value}",
    }


def _ours(note: Any) -> bool:
    comment = note.get("comment") if isinstance(note, dict) else None
    return isinstance(comment, str) and re.match(r"modelcheck:(?![\w-]+-stated=)", comment) is not None


def _texts(tree: dict[str, Any], right: License) -> None:
    known = tree.setdefault("hasExtractedLicensingInfos", []) if right.refs else []
    if not isinstance(known, list):
        return
    have = {info.get("licenseId") for info in known if isinstance(info, dict)}
    for ref in right.refs:
        if ref.id not in have:
            name = ref.document.title if ref.document is not None else ref.stated
            known.append({"licenseId": ref.id, "extractedText": text_of(ref), "name": name})


def graph(tree: dict[str, Any], judge: Component, created: str) -> int:
    """Annotate the AI packages and datasets of SPDX 3.0 by elements of our own; returns how many there are."""
    elements: list[Any] = tree["@graph"]
    elements[:] = [element for element in elements if not _added(element)]
    _forget(elements)
    info = "_:modelcheck"
    made: dict[str, dict[str, Any]] = {}

    def add(kind: str, seed: str, /, **fields: Any) -> str:
        ref = f"{_BASE}{sha256(seed.encode()).hexdigest()[:16]}"
        made[ref] = {"type": kind, "spdxId": ref, "creationInfo": info, **fields}
        return ref

    count = 0
    for element in list(elements):
        ref = element.get("spdxId", element.get("@id")) if isinstance(element, dict) else None
        if not isinstance(ref, str) or (found := judge(element)) is None:
            continue
        count += 1
        for name, value in found[0]:
            statement = f"modelcheck:{name}={value}"
            add("Annotation", f"{ref} {statement}", annotationType="review", subject=ref, statement=statement)
        if found[1] is not None:
            _concluded(ref, found[1], add)
    if count:
        agent = add("SoftwareAgent", TOOL, name=TOOL)
        creation = {"type": "CreationInfo", "@id": info, "specVersion": "3.0.1", "created": created}
        elements += [{**creation, "createdBy": [agent]}, *made.values()]
        for element in elements:
            is_document = isinstance(element, dict) and element.get("type") == "SpdxDocument"
            if is_document and isinstance(listed := element.get("element"), list):
                listed += made
    return count


_BASE = "https://spdx.org/spdxdocs/modelcheck-annotation#"


def _added(element: Any) -> bool:
    ref = element.get("spdxId", element.get("@id")) if isinstance(element, dict) else None
    return isinstance(ref, str) and (ref.startswith(_BASE) or ref == "_:modelcheck")


def _forget(elements: list[Any]) -> None:
    """Take elements of an earlier annotation out of the lists of the document."""
    for element in elements:
        if isinstance(element, dict) and isinstance(listed := element.get("element"), list):
            listed[:] = [ref for ref in listed if not (isinstance(ref, str) and ref.startswith(_BASE))]


def _concluded(ref: str, right: License, add: Callable[..., str]) -> None:
    """The licence that the catalogue knows, beside what was declared; texts of what SPDX does not list."""
    texts = [
        {"type": "DictionaryEntry", "key": item.id,
         "value": add("simplelicensing_SimpleLicensingText", f"text {item.id}", name=item.id,
                      simplelicensing_licenseText=text_of(item))}
        for item in right.refs
    ]  # fmt: skip
    fields = {"simplelicensing_customIdToUri": texts} if texts else {}
    expression = add("simplelicensing_LicenseExpression", f"license {right.expression}",
                     simplelicensing_licenseExpression=right.expression, **fields)  # fmt: skip
    add("Relationship", f"{ref} {right.expression}", relationshipType="hasConcludedLicense", to=[expression],
        **{"from": ref})  # fmt: skip
