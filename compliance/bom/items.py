"""What a report has to say in a bill of materials, whatever its format: models, datasets, licences, places, lineage."""

import re
from collections.abc import Callable
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from msgspec import structs

from compliance import __version__
from compliance.assessment import Assessment, Report
from compliance.audit import Auditor
from compliance.bom.licensing import License, spdx
from compliance.lineage import Graph
from compliance.model import Location, Model, Parent, Reference, Struct
from compliance.report.json import decisive, shown

TOOL = f"modelcheck-{__version__}"
_HUB = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[\w.-]{1,95}", re.ASCII)
_CONCLUDED = frozenset({"file-exact", "file-modified", "file-unknown", "project"})


class Item(Struct, frozen=True):
    """A component: what it is, under which licence, where it was seen, what it was made from, what we say of it."""

    id: str
    kind: str
    verdict: str
    known_by: str
    license: License | None = None
    purl: str | None = None
    page: str | None = None
    publisher: str | None = None
    family: str | None = None
    released: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    access: str | None = None
    service: str | None = None
    parents: tuple[Parent, ...] = ()
    places: tuple[Location, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def group(self) -> str | None:
        """The owner, for names of two parts."""
        return self.id.partition("/")[0] if _HUB.fullmatch(self.id) else None

    @property
    def name(self) -> str:
        """The name without the owner."""
        return self.id.partition("/")[2] if _HUB.fullmatch(self.id) else self.id


class Bill(Struct, frozen=True):
    """A report as it goes into a bill of materials; `created` is a time in UTC, `complete` that all was read."""

    name: str
    created: str
    items: tuple[Item, ...]
    lineage: tuple[Item, ...] = ()
    complete: bool = True
    facts: tuple[tuple[str, str], ...] = ()
    texts: Callable[[str], str | None] = lambda _: None

    def all(self) -> tuple[Item, ...]:
        """What is used, then what it was made from."""
        return (*self.items, *self.lineage)

    @property
    def number(self) -> str:
        """A number that only the same content at the same time has."""
        content = [(item.id, item.notes, [str(place) for place in item.places]) for item in self.all()]
        return str(uuid5(NAMESPACE_URL, repr((self.name, self.created, self.facts, content))))


def bill(report: Report, auditor: Auditor, *, name: str, created: str) -> Bill:
    """What a report holds, in the order of names; ancestors that are not used themselves come as lineage."""
    used = {item.subject: _assessed(item, auditor) for item in report.assessments}
    for reference in report.unresolved:
        other = _unresolved(reference)
        before = used.get(other.id)
        places = (*before.places, *other.places) if before is not None else other.places
        used[other.id] = structs.replace(before or other, places=places)
    made_from: dict[str, Item] = {}
    for item in report.assessments:
        model = auditor.find(item.subject)
        graph = Graph(model, auditor.find) if model is not None else None
        for (_, key), edge in graph.edges.items() if graph is not None else ():
            if key not in used and key not in made_from:
                ancestor = auditor.find(key)
                made_from[key] = _known(ancestor, auditor) if ancestor is not None else _stranger(edge)
    return Bill(
        name=name,
        created=created,
        items=tuple(used[key] for key in sorted(used)),
        lineage=tuple(made_from[key] for key in sorted(made_from)),
        complete=not report.unread and not report.unresolved,
        facts=(*told(report), ("verdict", report.verdict)),
        texts=_texts(auditor, [item.subject for item in report.assessments]),
    )


def told(report: Report) -> tuple[tuple[str, str], ...]:
    """What every verdict rests on."""
    return (
        ("tool", TOOL),
        ("as-of", report.as_of),
        ("catalog", f"{report.catalog_version} {report.catalog_sha256[:16]}"),
    )


def notes(item: Assessment) -> tuple[tuple[str, str], ...]:
    """The verdict of a subject in pairs of names and values: what decided, what is owed, what is open."""
    deciding = decisive(item)
    found: dict[tuple[str, str], None] = {("verdict", item.verdict): None}
    found |= {("action", f"{name}={outcome.verdict}"): None for name, outcome in item.decision.actions.items()}
    for judged in shown(item):
        rule = judged.rule
        bars = (rule.key, judged.via) in deciding and item.verdict in {"prohibited", "undetermined"}
        if judged.waived:
            found["waived", f"{rule.key}: {item.waivers[rule.key].reason}"] = None
        elif rule.effect == "duty" and not judged.met:
            found["owed", f"{rule.key}: {rule.summary}"] = None
        elif bars and rule.effect != "permission":
            found["decided-by", f"{rule.key}: {rule.summary}"] = None
    found |= {("question", f"{question.fact}: {question.question}"): None for question in item.questions}
    found |= {("review", reason): None for reason in item.review}
    found |= {("governed-by", name): None for name in item.documents}
    found["known-by", item.known_by] = None
    return tuple(found)


def remarks(item: Item) -> list[tuple[str, str]]:
    """All that formats without a field for it say of a component, in pairs of names and values."""
    places = [f"{place.path}:{place.line}:{place.column} {place.text}".rstrip() for place in item.places]
    lists = [("input", item.inputs), ("output", item.outputs), ("location", tuple(dict.fromkeys(places)))]
    single = [("access", item.access), ("service", item.service), ("family", item.family)]
    return [
        *item.notes,
        *((name, value) for name, value in single if value),
        *((name, value) for name, values in lists for value in values),
    ]


def acknowledgement(known_by: str) -> str:
    """Whether a licence is what its publisher declared, or what was concluded from files or by the project."""
    return "concluded" if known_by in _CONCLUDED else "declared"


def purl(name: str, kind: str = "model", *, own: bool = False) -> str | None:
    """The package URL of a model or dataset of the Hub, or of one's own."""
    if not _HUB.fullmatch(name):
        return None
    path = "/".join(quote(part, safe="") for part in name.split("/"))
    if own:
        return f"pkg:generic/{path}"
    return f"pkg:huggingface/{path}" + ("?repo_type=datasets" if kind == "dataset" else "")


def _assessed(item: Assessment, auditor: Auditor) -> Item:
    model = auditor.find(item.subject) or Model(id=item.subject, known_by="unknown")
    base = _known(model, auditor)
    expression = None if item.access == "api" else item.expression
    found = spdx(expression, auditor.catalog, acknowledgement(item.known_by))
    return structs.replace(
        base,
        access=item.access,
        service=model.service,
        places=item.locations,
        known_by=item.known_by,
        license=found,
        verdict=item.verdict,
        notes=notes(item),
    )


def _known(model: Model, auditor: Auditor) -> Item:
    own = model.known_by in {"project", "unknown"}
    in_hub = _HUB.fullmatch(model.id) is not None and not own and model.service is None
    publisher = auditor.catalog.index.publishers.get(model.publisher or "")
    return Item(
        id=model.id,
        kind="model",
        verdict="",
        known_by=model.known_by,
        license=spdx(model.license, auditor.catalog, acknowledgement(model.known_by)),
        purl=purl(model.id, own=not in_hub) if model.service is None else None,
        page=f"https://huggingface.co/{model.id}" if in_hub else None,
        publisher=publisher.name if publisher is not None else model.publisher,
        family=model.family,
        released=model.released,
        inputs=tuple(sorted(model.input_modality)),
        outputs=tuple(sorted(model.output_modality)),
        parents=tuple(_named(parent, auditor) for parent in model.parents),
    )


def _named(parent: Parent, auditor: Auditor) -> Parent:
    known = auditor.find(parent.id)
    return parent if known is None else Parent(id=known.id, relation=parent.relation)


def _stranger(parent: Parent) -> Item:
    kind = "dataset" if parent.relation == "trained-on" else "model"
    name = parent.id.partition(":")[2] if parent.id.startswith(("hf:", "hf-dataset:")) else parent.id
    return Item(id=parent.id, kind=kind, verdict="", known_by="unknown", purl=purl(name, kind))


def _unresolved(reference: Reference) -> Item:
    """A component for what names nothing that is known; it counts as undetermined."""
    prefix, _, rest = (reference.resolved or "").partition(":")
    name = rest.partition("@")[0].partition("#")[0] if prefix in {"hf", "hf-dataset"} else reference.text
    kind = "dataset" if "dataset" in reference.kind else "model"
    why = reference.how[-1] if reference.how else "names no model of the catalogue"
    return Item(
        id=name,
        kind=kind,
        verdict="undetermined",
        known_by="unknown",
        purl=purl(name, kind) if prefix in {"hf", "hf-dataset"} else None,
        places=(reference.location,),
        notes=(("verdict", "undetermined"), ("review", why)),
    )


def _texts(auditor: Auditor, subjects: list[str]) -> Callable[[str], str | None]:
    """The text of a document from a copy beside one of the subjects or in the project."""

    def text(document: str) -> str | None:
        if auditor.evidence is None:
            return None
        return next(filter(None, (auditor.evidence.text(document, subject) for subject in subjects)), None)

    return text
