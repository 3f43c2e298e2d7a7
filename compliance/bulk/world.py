"""By the same door as `check`: one model in a small world where bare models stand for the ways to its ancestors."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from compliance.assessment import Assessment
from compliance.audit import Auditor
from compliance.bulk.licences import MISSING, OF_SERVICE, Book, Element
from compliance.bulk.told import Group
from compliance.model import Model, Parent


class _World(Auditor):
    """An auditor that knows one subject and the ways to what it inherits."""

    def __init__(self, plain: Auditor, world: dict[str, Model], subject: Model) -> None:
        super().__init__(
            plain.catalog,
            as_of=plain.as_of,
            assumptions=plain.assumptions,
            policies=plain.policies,
            explain=False,
        )
        self.world = {**world, subject.id: subject}

    def find(self, name: str) -> Model | None:
        """A model of the small world only."""
        return self.world.get(name)


def assess(auditor: Auditor, book: Book, group: Group, model: Model, use: Mapping[str, Any]) -> Assessment:
    """The engine's assessment of a group's model. Raises InputError where the use says what the catalogue says."""
    world: dict[str, Model] = {}
    items = book.ordered(group.inherited)
    parents = [_ancestor(book, item, number, world) for number, item in enumerate(items)]
    subject = structs.replace(model, parents=tuple(parents), facts={**model.facts, **group.lineage_depth()})
    return _World(auditor, world, subject).assess(subject.id, use=use)


def _ancestor(book: Book, item: Element, number: int, world: dict[str, Model]) -> Parent:
    own, path = item
    relations = sorted(path, key=lambda relation: (relation != "trained-on", relation)) or ["finetune"]
    names = [f"{number}/{at}" for at in range(len(relations))]
    for at, name in enumerate(names[:-1]):
        parent = Parent(id=names[at + 1], relation=relations[at + 1])
        world[name] = Model(id=name, known_by="project", parents=(parent,))
    if own != MISSING:
        service = "one" if own == OF_SERVICE else None  # what it taught inherits nothing of its terms
        world[names[-1]] = Model(id=names[-1], license=book.texts[own], known_by="card", service=service)
    return Parent(id=names[0], relation=relations[0])
