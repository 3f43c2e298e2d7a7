"""Which ancestors bind a derivative, and by which path."""

from collections import deque
from collections.abc import Callable, Iterator

from compliance.model import Model, Parent

Path = tuple[Parent, ...]


def ancestors(model: Model, find: Callable[[str], Model | None]) -> Iterator[tuple[Path, Model | None]]:
    """Every ancestor with the paths to it, nearest first; None where the catalogue does not know it.

    What travels along a path depends on the kinds of its edges: an ancestor is followed again where another path to it
    has not all the kinds of one before. A cycle ends where it would close. Datasets (`trained-on`) are walked like
    models; their rules travel only where their text says so.
    """
    queue: deque[tuple[Path, frozenset[str], Model]] = deque([((), frozenset(), model)])
    seen: dict[str, list[frozenset[str]]] = {model.id.casefold(): [frozenset()]}
    while queue:
        path, kinds, child = queue.popleft()
        for parent in child.parents:
            found = find(parent.id)
            longer, more = (*path, parent), kinds | {parent.relation}
            yield longer, found
            before = seen.setdefault((found.id if found else parent.id).casefold(), [])
            if found is not None and not any(known <= more for known in before):
                before.append(more)
                queue.append((longer, more, found))


def depth(model: Model, find: Callable[[str], Model | None]) -> int | None:
    """Generations to the furthest ancestor; None where a cycle makes them endless."""
    met: set[str] = set()
    generation, count = {model.id.casefold(): model}, 0
    while True:
        names = [parent.id for child in generation.values() for parent in child.parents]
        if not names:
            return count
        known = [(name, find(name)) for name in dict.fromkeys(names)]
        met |= generation.keys()
        generation = {found.id.casefold(): found for _, found in known if found is not None}
        count += 1
        if count > len(met) + 1:
            return None
