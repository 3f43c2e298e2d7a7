"""SPDX 3.0.1 with the AI profile through spdx-python-model: AI packages, datasets, licences, lineage, verdicts."""

import io
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from compliance import __version__
from compliance.bom.items import Bill, Item, remarks
from compliance.bom.licensing import License, text_of
from compliance.model import InputError

_NO_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"


def write(bill: Bill) -> str:
    """The bill of materials as JSON-LD; the library checks every value and that it reads what it wrote."""
    spdx = library()
    graph = _Graph(spdx, bill)
    found = spdx.SHACLObjectSet()
    for element in graph.elements:
        found.add(element)
    out = io.BytesIO()
    spdx.JSONLDSerializer().write(found, out)
    out.seek(0)
    again = spdx.SHACLObjectSet()
    spdx.JSONLDDeserializer().read(out, again)
    return json.dumps(json.loads(out.getvalue()), indent=2, ensure_ascii=False) + "\n"


def library() -> Any:
    """The bindings of SPDX 3.0.1. Raises InputError where the extra is not installed."""
    try:
        from spdx_python_model import v3_0_1  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError(["SPDX 3.0.1 needs an extra: pip install 'modelcheck[bom]'"]) from None
    return v3_0_1


class _Graph:
    """The elements of a document; every one gets an id below one namespace."""

    def __init__(self, spdx: Any, bill: Bill) -> None:
        self.spdx, self.bill = spdx, bill
        self.base = f"https://spdx.org/spdxdocs/modelcheck-{bill.number}"
        self.created = spdx.CreationInfo(specVersion="3.0.1", created=_time(bill.created))
        tool = spdx.SoftwareAgent if hasattr(spdx, "SoftwareAgent") else spdx.Agent
        agent = tool(name=f"modelcheck {__version__}", creationInfo=self.created)
        agent._id = f"{self.base}#modelcheck"  # noqa: SLF001 - how the library names elements
        self.created.createdBy.append(agent)
        self.elements: list[Any] = [agent]
        self.licenses: dict[str, Any] = {}
        self.publishers: dict[str, Any] = {}
        self.packages = {item.id: self._package(item) for item in bill.all()}
        for item in bill.all():
            self._about(item)
        self._document()

    def _add(self, kind: Any, ref: str, /, **fields: Any) -> Any:
        element = kind(creationInfo=self.created, **fields)
        element._id = f"{self.base}#{sha256(ref.encode()).hexdigest()[:16]}"  # noqa: SLF001
        self.elements.append(element)
        return element

    def _package(self, item: Item) -> Any:
        spdx = self.spdx
        kind = spdx.dataset_DatasetPackage if item.kind == "dataset" else spdx.ai_AIPackage
        purpose = spdx.software_SoftwarePurpose.data if item.kind == "dataset" else spdx.software_SoftwarePurpose.model
        package = self._add(kind, f"package {item.id}", name=item.id)
        package.software_primaryPurpose = purpose
        if item.kind == "dataset":
            package.dataset_datasetType.append(spdx.dataset_DatasetType.noAssertion)
        elif item.family is not None:
            package.ai_typeOfModel.append(item.family)
        if item.purl is not None:
            package.software_packageUrl = item.purl
        if item.page is not None:
            package.software_downloadLocation = package.software_homePage = item.page
        if item.publisher is not None:
            package.suppliedBy = self._publisher(item.publisher)
        if item.released is not None and len(item.released) == len("YYYY-MM-DD"):
            package.releaseTime = _time(f"{item.released}T00:00:00Z")
        return package

    def _publisher(self, name: str) -> Any:
        if name not in self.publishers:
            self.publishers[name] = self._add(self.spdx.Organization, f"publisher {name}", name=name)
        return self.publishers[name]

    def _about(self, item: Item) -> None:
        """The licence, the lineage and what we say of a component."""
        package, kinds = self.packages[item.id], self.spdx.RelationshipType
        for name, kind in (("declared", kinds.hasDeclaredLicense), ("concluded", kinds.hasConcludedLicense)):
            mine = item.license is not None and item.license.acknowledgement == name
            self._relate(package, kind, [self._license(item.license if mine else None)])
        named = {"trained-on": kinds.trainedOn, "distillation": kinds.other}
        for parent in item.parents:
            if parent.id in self.packages:
                kind = named.get(parent.relation, kinds.descendantOf)
                self._relate(package, kind, [self.packages[parent.id]], comment=parent.relation)
        for number, (name, value) in enumerate(remarks(item)):
            self._note(package, f"{item.id} {number}", f"modelcheck:{name}={value}")

    def _note(self, subject: Any, name: str, statement: str) -> None:
        kind = self.spdx.AnnotationType.review
        note = self._add(self.spdx.Annotation, f"note {name}", subject=subject, annotationType=kind)
        note.statement, note.contentType = statement, "text/plain"

    def _license(self, found: License | None) -> Any:
        if found is None:
            return _NO_ASSERTION
        if found.expression not in self.licenses:
            name = f"license {found.expression}"
            made = self._add(self.spdx.simplelicensing_LicenseExpression, name)
            made.simplelicensing_licenseExpression = found.expression
            for ref in found.refs:
                copy = self.bill.texts(ref.document.id) if ref.document is not None else None
                text = self._add(self.spdx.simplelicensing_SimpleLicensingText, f"text {found.expression} {ref.id}")
                text.name, text.simplelicensing_licenseText = ref.id, text_of(ref, [copy])
                if ref.document is not None:
                    text.comment = f"modelcheck:license-id={ref.document.id}"
                entry = self.spdx.DictionaryEntry(key=ref.id, value=text._id)  # noqa: SLF001
                made.simplelicensing_customIdToUri.append(entry)
            self.licenses[found.expression] = made
        return self.licenses[found.expression]

    def _relate(self, source: Any, kind: Any, targets: list[Any], comment: str | None = None) -> None:
        parts = (target if isinstance(target, str) else target._id for target in (source, *targets))  # noqa: SLF001
        ends = [part.removeprefix(self.base) for part in parts]  # else their order would change with the time
        relation = self._add(
            self.spdx.Relationship, f"relation {kind} {ends} {comment}", from_=source, relationshipType=kind
        )
        relation.to.extend(targets)
        if comment is not None:
            relation.comment = comment

    def _document(self) -> None:
        spdx = self.spdx
        sbom = self._add(spdx.software_Sbom, "sbom", name=self.bill.name)
        roots = [self.packages[item.id] for item in self.bill.items]
        sbom.rootElement.extend(roots)
        sbom.element.extend(self.packages.values())
        sbom.software_sbomType.append(spdx.software_SbomType.analyzed)
        for number, (name, value) in enumerate(self.bill.facts):
            self._note(sbom, f"document {number}", f"modelcheck:{name}={value}")
        document = self._add(spdx.SpdxDocument, "document", name=self.bill.name)
        document.rootElement.append(sbom)
        profiles = spdx.ProfileIdentifierType
        document.profileConformance.extend(
            [profiles.core, profiles.software, profiles.ai, profiles.dataset, profiles.simpleLicensing]
        )
        document.element.extend(element for element in self.elements if element is not document)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
