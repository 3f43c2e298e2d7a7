"""Where what rows declare disagrees with what they inherit: each licence against each inherited one once."""

from compliance import drift
from compliance.bulk.licences import CONFLICT, MISSING, NONE_STATED, Book, Element
from compliance.bulk.told import Group
from compliance.model import Model


class Drifts:
    """Remembers what was found of each pair of licences, and of each shape of a name where that matters."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._found: dict[tuple[int, object], dict[Element, tuple[str, ...]]] = {}

    def of(self, group: Group, model: Model) -> tuple[str, ...]:
        """The kinds of disagreement between what a model declares and what it inherits."""
        found: set[str] = {"cycle"} if group.cycle else set()
        if model.license is None and group.own == NONE_STATED and group.depth != 0:
            found.add("license-missing")
        if group.own == CONFLICT:
            found.add("rows-differ")
        plain = named = self._found.setdefault((group.own, None), {})
        if self.book.asked(group.inherited):
            named = self._found.setdefault((group.own, group.shape if group.known < 0 else model.id), {})
        for item in self.book.sets[group.inherited]:
            known = plain if plain is named or not self.book.asks(item[0]) else named
            told = known.get(item)
            if told is None:
                told = known[item] = self._against(model, group.own, item)
            if told:
                found.update(told)
        return tuple(sorted(found)) if found else ()

    def _against(self, model: Model, own: int, item: Element) -> tuple[str, ...]:
        number, path = item
        if number == MISSING:
            return ("unknown-parent",)
        mains, names, found = list(self.book.mains(own)), self.book.catalog.vocabulary, set()
        for base in self.book.mains(number):
            found |= {kind for kind, _ in drift.taken(mains, base, path, names)}
            if any(drift.misnamed(model, base, path)):
                found.add(drift.MISNAMED)
        return tuple(sorted(found))
