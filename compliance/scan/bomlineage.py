"""What bills of materials say of licences, and of what models were made from."""

from collections.abc import Iterator

from compliance import cards
from compliance.scan import boms
from compliance.scan.boms import Objects, Path
from compliance.scan.files import File

RELATIONS = frozenset({"finetune", "adapter", "quantized", "merge", "pruned", "converted", "distillation"})
_STATED = {"hasdeclaredlicense": "licenseDeclared", "hasconcludedlicense": "licenseConcluded"}
"""Relationships of SPDX 3 to a licence, by what SPDX 2 calls them."""
Edges = list[tuple[str, str, int]]
"""What something was made from: names, relations and lines."""


def licensed(file: File) -> Iterator[tuple[str, str, int]]:
    """The models and datasets of a bill of materials that say their licence: name, licence and line."""
    objects = boms.objects(boms.read(file))
    for path, license_ in _licenses(objects).items():
        fields = objects.get(path, {})
        if name := boms.called(fields):
            yield name, license_, next(iter(fields.values())).line


def lineage(file: File) -> Iterator[tuple[str, str | None, Edges, int]]:
    """The models that a bill of materials says are made from others: name, licence, what they are made from, line."""
    objects = boms.objects(boms.read(file))
    made: dict[Path, Edges] = {}
    relations, licenses = _relations(objects), _licenses(objects)
    for path, fields in objects.items():
        if path[-3:-1] == ("pedigree", "ancestors"):
            at = fields.get("name") or next(iter(fields.values()))
            made.setdefault(path[:-3], []).append((boms.called(fields), relations.get(path, "finetune"), at.line))
        elif path[-4:-1] == ("modelCard", "modelParameters", "datasets") and "name" in fields:
            data = fields["name"]
            made.setdefault(path[:-4], []).append((f"hf-dataset:{data.value}", "trained-on", data.line))
    _related(objects, made)
    for path, edges in made.items():
        fields = objects.get(path, {})
        if name := boms.called(fields):
            known = [edge for edge in edges if edge[0]]
            yield name, licenses.get(path), known, next(iter(fields.values())).line


def _related(objects: Objects, made: dict[Path, Edges]) -> None:
    """Relationships of SPDX 2 and 3."""
    ids = boms.ids(objects)
    for path, fields in objects.items():
        kind = boms.relation(fields)
        if kind not in {"descendantof", "ancestorof", "trainedon"}:
            continue
        start = next((fields[key].value for key in ("spdxElementId", "from") if key in fields), "")
        for end in boms.ends(objects, path):
            child, parent = (end, start) if kind == "ancestorof" else (start, end)
            if child in ids and parent in ids:
                told = fields["comment"].value if "comment" in fields else ""
                relation = "trained-on" if kind == "trainedon" else told if told in RELATIONS else "finetune"
                name = boms.called(objects[ids[parent]])
                made.setdefault(ids[child], []).append((name, relation, fields["relationshipType"].line))


def _relations(objects: Objects) -> dict[Path, str]:
    """The relation that is told among the properties of an ancestor."""
    found = {}
    for path, fields in objects.items():
        if len(path) > 1 and path[-2] == "properties" and "name" in fields and "value" in fields:
            told = fields["value"].value
            if fields["name"].value.rpartition(":")[2] in {"relation", "base_model_relation"} and told in RELATIONS:
                found[path[:-2]] = told
    return found


def _licenses(objects: Objects) -> dict[Path, str]:
    """The licence of every component; several bind together."""
    found: dict[Path, dict[str, None]] = {}
    for path, fields in objects.items():
        if path[-2:-1] == ("licenses",) or path[-3:-2] + path[-1:] == ("licenses", "license"):
            stated = [fields[key].value for key in ("id", "expression", "name") if key in fields][:1]
            found.setdefault(path[: path.index("licenses")], {}).update(dict.fromkeys(stated))
        for key in _STATED.values():
            if key in fields and fields[key].value != "NOASSERTION":
                found[path] = {fields[key].value: None}
    return {path: cards.together(stated) or "" for path, stated in {**_related_to(objects), **found}.items() if stated}


def _related_to(objects: Objects) -> dict[Path, dict[str, None]]:
    """The licences of SPDX 3, which are elements of their own; what was concluded goes over what was declared."""
    ids = boms.ids(objects)
    found: dict[str, dict[Path, dict[str, None]]] = {key: {} for key in _STATED}
    for path, fields in objects.items():
        kind = fields["relationshipType"].value.lower() if "relationshipType" in fields else ""
        start = ids.get(fields["from"].value) if "from" in fields else None
        if kind in found and start is not None:
            ends = (objects.get(ids.get(end.value, ()), {}) for end in objects.get((*path, "to"), {}).values())
            told = (end.get("simplelicensing_licenseExpression") for end in ends)
            found[kind].setdefault(start, {}).update({one.value: None for one in told if one is not None})
    declared, concluded = found.values()
    return {**declared, **{path: told for path, told in concluded.items() if told}}
