"""Which ancestors bind a derivative, and by which path."""

from collections import deque
from collections.abc import Callable, Iterator

from compliance.model import Model, Parent

Path = tuple[Parent, ...]


def ancestors(model: Model, find: Callable[[str], Model | None]) -> Iterator[tuple[Path, Model | None]]:
    """Every ancestor with a path to it for each set of relations that leads there, nearest first; None where unknown.

    Which rules travel depends on the relations of a path and not on their order: a base that is reached by a
    distillation and by a fine-tune binds as both. An ancestor is walked through once for each set of relations, so a
    cycle ends. Datasets (`trained-on`) are walked like models; their rules travel only where their text says so.
    """
    queue: deque[tuple[Path, Model]] = deque([((), model)])
    seen: set[tuple[str, frozenset[str]]] = {(model.id.casefold(), frozenset())}
    while queue:
        path, child = queue.popleft()
        relations = frozenset(parent.relation for parent in path)
        for parent in child.parents:
            found = find(parent.id)
            yield (*path, parent), found
            if found is not None and (state := (found.id.casefold(), relations | {parent.relation})) not in seen:
                seen.add(state)
                queue.append(((*path, parent), found))


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
