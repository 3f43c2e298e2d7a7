"""SPDX 2.3 as JSON through spdx-tools: packages, licences with their texts or where these are, lineage, places."""

import io
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from compliance import __version__
from compliance.bom.items import TOOL, Bill, Item, remarks
from compliance.bom.licensing import text_of
from compliance.model import InputError

if TYPE_CHECKING:
    from spdx_tools.spdx.model import Annotation, Document, Package, Relationship


_OTHER = frozenset({"distillation", "trained-on"})
"""Relations for which SPDX 2.3 has no name; the comment says which."""


def write(bill: Bill) -> str:
    """The bill of materials, validated by the library before it is returned."""
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document  # noqa: PLC0415 - heavy
    from spdx_tools.spdx.writer.json import json_writer  # noqa: PLC0415

    document = _document(bill)
    wrong = validate_full_spdx_document(document)
    if wrong:
        raise InputError(
            ["our own BOM is not valid SPDX 2.3; please report it", *(found.validation_message for found in wrong)]
        )
    out = io.StringIO()
    json_writer.write_document_to_stream(document, out, validate=False)
    return json.dumps(json.loads(out.getvalue()), indent=2, ensure_ascii=False) + "\n"


def spdx_id(name: str) -> str:
    """An identifier of a package from its name."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-") or "unnamed"
    return f"SPDXRef-{plain}-{sha256(name.encode()).hexdigest()[:8]}"


def _document(bill: Bill) -> "Document":
    from spdx_tools.spdx import model as spdx  # noqa: PLC0415

    created = datetime.fromisoformat(bill.created)
    packages = [_package(item) for item in bill.all()]
    told = [(spdx_id(item.id), pair) for item in bill.items for pair in remarks(item)]
    told += [("SPDXRef-DOCUMENT", pair) for pair in bill.facts]
    return spdx.Document(
        creation_info=spdx.CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id="SPDXRef-DOCUMENT",
            name=bill.name,
            document_namespace=f"https://spdx.org/spdxdocs/modelcheck-{bill.number}",
            creators=[spdx.Actor(spdx.ActorType.TOOL, f"modelcheck-{__version__}")],
            created=created.astimezone(UTC).replace(tzinfo=None),
        ),
        packages=packages,
        relationships=list(_relationships(bill)),
        annotations=[_annotation(subject, *pair, created) for subject, pair in told],
        extracted_licensing_info=_texts(bill),
    )


def _annotation(subject: str, name: str, value: str, created: datetime) -> "Annotation":
    from spdx_tools.spdx import model as spdx  # noqa: PLC0415

    return spdx.Annotation(
        spdx_id=subject,
        annotation_type=spdx.AnnotationType.REVIEW,
        annotator=spdx.Actor(spdx.ActorType.TOOL, TOOL),
        annotation_date=created.astimezone(UTC).replace(tzinfo=None),
        annotation_comment=f"modelcheck:{name}={value}",
    )


def _package(item: Item) -> "Package":
    from spdx_tools.common.spdx_licensing import spdx_licensing  # noqa: PLC0415
    from spdx_tools.spdx import model as spdx  # noqa: PLC0415

    nothing = spdx.SpdxNoAssertion()
    licence: Any = spdx_licensing.parse(item.license.expression) if item.license is not None else nothing
    concluded = item.license is not None and item.license.acknowledgement == "concluded"
    category = spdx.ExternalPackageRefCategory.PACKAGE_MANAGER
    return spdx.Package(
        spdx_id=spdx_id(item.id),
        name=item.id,
        download_location=item.page or nothing,
        files_analyzed=False,
        supplier=spdx.Actor(spdx.ActorType.ORGANIZATION, item.publisher) if item.publisher else nothing,
        homepage=item.page,
        license_concluded=licence if concluded else nothing,
        license_declared=nothing if concluded else licence,
        external_references=[spdx.ExternalPackageRef(category, "purl", item.purl)] if item.purl else [],
        primary_package_purpose=spdx.PackagePurpose.OTHER,
        release_date=datetime.fromisoformat(item.released) if item.released and len(item.released) == 10 else None,  # noqa: PLR2004
        comment=f"modelcheck:kind={item.kind}",
    )


def _relationships(bill: Bill) -> "list[Relationship]":
    from spdx_tools.spdx import model as spdx  # noqa: PLC0415

    kinds = spdx.RelationshipType
    known = {item.id for item in bill.all()}
    found = [spdx.Relationship("SPDXRef-DOCUMENT", kinds.DESCRIBES, spdx_id(item.id)) for item in bill.items]
    if not found:
        found.append(spdx.Relationship("SPDXRef-DOCUMENT", kinds.DESCRIBES, spdx.SpdxNone()))
    for item in bill.all():
        for parent in item.parents:
            if parent.id in known:
                kind = kinds.OTHER if parent.relation in _OTHER else kinds.DESCENDANT_OF
                relation = spdx.Relationship(spdx_id(item.id), kind, spdx_id(parent.id), parent.relation)
                found.append(relation)
    return found


def _texts(bill: Bill) -> list[Any]:
    """The licences that SPDX does not list: the text where it was at hand, else where it is."""
    from spdx_tools.spdx import model as spdx  # noqa: PLC0415

    refs = {ref.id: ref for item in bill.all() if item.license is not None for ref in item.license.refs}
    return [
        spdx.ExtractedLicensingInfo(
            license_id=ref.id,
            extracted_text=text_of(ref, [bill.texts(ref.document.id) if ref.document is not None else None]),
            license_name=ref.document.title if ref.document is not None else ref.stated,
            cross_references=[ref.document.evidence.url] if ref.document and ref.document.evidence.url else [],
            comment=f"modelcheck:license-id={ref.document.id}" if ref.document is not None else None,
        )
        for ref in refs.values()
    ]
