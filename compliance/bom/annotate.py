"""Somebody else's bill of materials, returned with verdicts and corrected licences, and nothing else changed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compliance.assessment import Report
from compliance.audit import Auditor
from compliance.bom import items, spdxnotes
from compliance.bom.cyclonedx import PREFIX, licenses, properties
from compliance.bom.licensing import License, listed, spdx
from compliance.model import InputError
from compliance.opening import named
from compliance.scan import boms
from compliance.scan.files import MAX_BYTES

Pairs = tuple[tuple[str, str], ...]


class Judge:
    """What we say of a component by the name under which the bill lists it."""

    def __init__(self, report: Report, auditor: Auditor) -> None:
        self.auditor = auditor
        self.general = items.told(report)
        self.found = {item.subject.casefold(): item for item in report.assessments}

    def component(self, fields: dict[str, Any]) -> tuple[Pairs, License | None] | None:
        """The remarks on one object and its licence as the catalogue knows it; None where it is no model or dataset."""
        described = boms.described({key: value for key, value in fields.items() if isinstance(value, str)})
        if described is None:
            return None
        key, name = described
        resolved = name.resolved if name is not None else None
        known = self.auditor.find(resolved or fields[key])
        item = self.found.get(known.id.casefold()) if known is not None else None
        if known is None or item is None:
            text = resolved or fields[key]
            why = "an ancestor; its terms come through what was made from it" if known is not None else (
                f"{text} names no model of the catalogue; declare it under models: in modelcheck.yaml"
            )  # fmt: skip
            verdict: Pairs = () if known is not None else (("verdict", "undetermined"),)
            own = known.license if known is not None else None
            return (*verdict, ("review", why), *self.general), spdx(own, self.auditor.catalog)
        told = (("subject", item.subject), *items.notes(item), *self.general)
        if item.access == "api":
            return told, None
        return told, spdx(item.expression, self.auditor.catalog, items.acknowledgement(item.known_by))


def annotate(path: Path, report: Report, auditor: Auditor, *, created: str) -> tuple[str, int]:
    """The bill at a path with what we say of its models, and how many these are. Raises InputError where it is none."""
    tree = _read(path)
    judge = Judge(report, auditor)
    if tree.get("bomFormat") == "CycloneDX":
        count = sum(_component(component, judge) for component in _objects(tree))
    elif isinstance(tree.get("@graph"), list):
        count = spdxnotes.graph(tree, judge.component, created)
    elif str(tree.get("spdxVersion", "")).startswith("SPDX-2"):
        count = spdxnotes.packages(tree, judge.component, created)
    else:
        raise InputError([f"{path}: neither CycloneDX nor SPDX as JSON; convert it first"])
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n", count


def _read(path: Path) -> dict[str, Any]:
    if path.is_dir():
        raise InputError([f"{path}: is a folder; --annotate takes a BOM"])
    try:
        data = named(path, MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InputError([f"{path}: has more than {MAX_BYTES} bytes; split the BOM and annotate its parts"])
        tree = json.loads(data.decode("utf-8-sig"))
    except OSError as problem:
        raise InputError([f"{path}: cannot be read ({problem.strerror or problem})"]) from None
    except (ValueError, RecursionError) as problem:
        raise InputError([f"{path}: is no JSON that can be read ({problem}); --annotate takes BOMs as JSON"]) from None
    if not isinstance(tree, dict):
        raise InputError([f"{path}: is a list or a value, and no BOM"])
    return tree


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every component of a CycloneDX document, those below others and in pedigrees included."""
    queue = [part for key in ("components", "metadata") for part in (tree.get(key),) if part is not None]
    while queue:
        part = queue.pop()
        if isinstance(part, list):
            queue += part
        elif isinstance(part, dict):
            if isinstance(part.get("type"), str):
                yield part
            below = (part.get(key) for key in ("component", "components", "pedigree", "ancestors", "descendants"))
            queue += [inner for inner in below if inner is not None]


def _component(component: dict[str, Any], judge: Judge) -> bool:
    """Add properties to a component, and put a licence that is wrong or missing right; whether it is a model."""
    found = judge.component(component)
    if found is None:
        return False
    told, right = found
    stated = component.get("licenses")
    corrected = _corrected(stated, right)
    if corrected != stated:
        if stated is not None:
            told = (*told, ("license-stated", json.dumps(stated, sort_keys=True, ensure_ascii=False)))
        if corrected:
            component["licenses"] = corrected
        else:
            component.pop("licenses", None)
    kept = component.get("properties")
    if kept is not None and not isinstance(kept, list):
        told = (*told, ("properties-stated", json.dumps(kept, sort_keys=True, ensure_ascii=False)))
        kept = []
    others = [entry for entry in kept or () if not (isinstance(entry, dict) and _ours(entry))]
    component["properties"] = [*others, *properties(told)]
    return True


def _ours(entry: dict[str, Any]) -> bool:
    """A property of an earlier annotation, replaced by this one; what was stated before us stays."""
    name = str(entry.get("name", ""))
    return name.startswith(PREFIX) and not name.endswith("-stated")


def _corrected(stated: Any, right: License | None) -> Any:
    """The licence of the catalogue where it is known and another one is stated; else what is stated, made valid."""
    if right is not None:
        same = isinstance(stated, list) and len(stated) == 1 and _name(stated[0]) == right.expression
        return stated if same else licenses(right)
    if stated is None:
        return None
    rows = stated if isinstance(stated, list) else [stated]
    made = [row for entry in rows if (row := _valid(entry)) is not None]
    expressions = [row for row in made if "expression" in row]
    return expressions[:1] if expressions and len(made) > 1 else made


def _name(entry: Any) -> str | None:
    if not isinstance(entry, dict):
        return None
    named = entry.get("license")
    found = (named.get("id") or named.get("name")) if isinstance(named, dict) else entry.get("expression")
    return found if isinstance(found, str) else None


_NOTHING = frozenset({"", "unknown", "noassertion", "none", "other", "n/a", "null"})


def _valid(entry: Any) -> dict[str, Any] | None:
    """An entry that the schema takes; one that says nothing is dropped, an id that no list has becomes a name."""
    if isinstance(entry, str):
        entry = {"license": {"name": entry}}
    if (text := _name(entry)) is None or text.strip().casefold() in _NOTHING:
        return None
    if not isinstance(entry.get("license"), dict):
        return {**entry}
    named = dict(entry["license"])
    if "id" in named and named["id"] not in listed().values():
        name = named.pop("id")
        known = listed().get(str(name).strip().casefold())
        named = {"id": known, **named} if known else {"name": named.pop("name", None) or str(name), **named}
    elif "id" in named:
        named.pop("name", None)
    return {**entry, "license": named}
