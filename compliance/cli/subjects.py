"""From references to the models that they name, and facts to what may be answered."""

from collections.abc import Iterable

from compliance.audit import Auditor
from compliance.model import Fact, Location, Reference

Found = dict[str, tuple[Location, ...]]


def of(auditor: Auditor, references: Iterable[Reference]) -> tuple[Found, list[Reference]]:
    """What is to be assessed, declared models first, each with its places; and what names nothing known."""
    found: Found = {}
    settings = auditor.project
    for declared in settings.models:
        model = auditor.find(declared.id)
        place = Location(path=settings.path, line=declared.line, text=declared.id, detector="project")
        found[model.id if model is not None else declared.id] = (place,)
    unresolved = []
    for reference in references:
        if not reference.gate:
            continue
        names = filter(None, (reference.resolved, reference.text))
        model = next((model for name in names if (model := auditor.find(name)) is not None), None)
        if model is None:
            unresolved.append(reference)
        else:
            found[model.id] = (*found.get(model.id, ()), reference.location)
    return found, unresolved


def hint(fact: Fact) -> str:
    """The answers that a fact takes."""
    if fact.values:
        return f" [{', '.join(fact.values)}]"
    return {"bool": " [true, false]", "country": " [two letters]", "countries": " [two letters each]"}.get(
        fact.type, ""
    )
