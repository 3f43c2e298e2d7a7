"""Bills of materials say the same of licences and origins in whichever form they are written."""

import json
import sys

import pytest

from compliance.scan import bomlineage, boms
from compliance.scan.files import File

ANCESTOR = {"type": "machine-learning-model", "name": "acme/base"}
MODEL = {
    "type": "machine-learning-model",
    "name": "acme/shop",
    "licenses": [{"license": {"id": "MIT"}}],
    "pedigree": {"ancestors": [{**ANCESTOR, "properties": [{"name": "x:relation", "value": "quantized"}]}]},
}
ENDS = ("SPDXRef-a", "SPDXRef-b")


def cyclonedx(*components: object, **more: object) -> bytes:
    """A bill in JSON."""
    return json.dumps({"bomFormat": "CycloneDX", "components": components, **more}).encode()


def spdx3() -> bytes:
    """A bill in which licences are elements of their own."""
    models = [{"type": "ai_AIPackage", "spdxId": end, "name": name}
              for end, name in zip(ENDS, ("acme/shop", "acme/base"), strict=True)]  # fmt: skip
    stated = {"type": "simplelicensing_LicenseExpression", "spdxId": "l", "simplelicensing_licenseExpression": "MIT"}
    kinds = {"hasDeclaredLicense": "l", "descendantOf": ENDS[1]}
    related = [{"type": "Relationship", "from": ENDS[0], "relationshipType": kind, "to": [to]}
               for kind, to in kinds.items()]  # fmt: skip
    return json.dumps({"@context": "spdxVersion", "@graph": [*models, stated, *related]}).encode()


XML = b"""<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components>
<component type="machine-learning-model"><name>acme/shop</name><licenses><license><id>MIT</id></license></licenses>
<pedigree><ancestors><component type="machine-learning-model"><name>acme/base</name>
<properties><property name="x:relation">quantized</property></properties></component></ancestors></pedigree>
</component></components></bom>"""
TAGS = b"""SPDXVersion: SPDX-2.3
PackageName: acme/shop
SPDXID: SPDXRef-a
PrimaryPackagePurpose: MODEL
PackageLicenseDeclared: MIT
PackageName: acme/base
SPDXID: SPDXRef-b
PrimaryPackagePurpose: MODEL
Relationship: SPDXRef-a DESCENDANT_OF SPDXRef-b
"""


@pytest.mark.parametrize(
    ("name", "bill", "relation"),
    [
        ("bom.json", cyclonedx(MODEL), "quantized"),
        ("bom.xml", XML, "quantized"),
        ("bom.spdx", TAGS, "finetune"),
        ("bom.spdx3.json", spdx3(), "finetune"),
    ],
)
def test_every_form_tells_the_licence_and_the_origin(name, bill, relation):
    found = [(child, stated, [edge[:2] for edge in edges])
             for child, stated, edges, _ in bomlineage.lineage(File(name, bill))]  # fmt: skip
    assert found == [("acme/shop", "MIT", [("acme/base", relation)])]
    assert [item[:2] for item in bomlineage.licensed(File(name, bill))] == [("acme/shop", "MIT")]


@pytest.mark.parametrize(
    ("licenses", "told"),
    [
        ([{"expression": "MIT OR Apache-2.0"}, {"license": {"id": "BSD"}}], "(MIT OR Apache-2.0) AND BSD"),
        ([{"license": {"id": "MIT", "licensing": {"licensor": {"organization": {"name": "Acme"}}}}}], "MIT"),
        ([{"license": {"id": "MIT", "properties": [{"name": "a", "value": "b"}]}}], "MIT"),
    ],
)
def test_all_licences_of_a_component_bind_and_nothing_else_that_stands_with_them(licenses, told):
    bill = cyclonedx({**ANCESTOR, "licenses": licenses})
    assert [stated for _, stated, _ in bomlineage.licensed(File("bom.json", bill))] == [told]


def test_a_package_url_may_be_escaped_in_any_case(see):
    part = {"type": "machine-learning-model", "name": "x", "purl": "pkg:huggingface/acme%2fbase-7b"}
    assert [item.resolved for item in see("bom.cdx.json", cyclonedx(part))] == ["hf:acme/base-7b"]


def test_a_service_may_answer_at_the_addresses_of_several(see):
    ends = ["https://api.openai.com/v1", "https://api.anthropic.com/v1"]
    found = see("bom.cdx.json", cyclonedx(services=[{"name": "llm", "endpoints": ends}]))
    assert {item.resolved for item in found} == {"service:openai", "service:anthropic"}


def test_many_services_are_read_in_steps_that_grow_with_their_number():
    def steps(count: int) -> int:
        bill, taken = File("bom.json", cyclonedx(services=[{"name": f"s{number}"} for number in range(count)])), 0

        def trace(frame, event, _):
            nonlocal taken
            frame.f_trace_opcodes = True
            taken += event == "opcode"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            boms.find(bill)
        finally:
            sys.settrace(before)
        return taken

    assert steps(400) < 5 * steps(100)
