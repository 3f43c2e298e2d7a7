"""Which ancestors bind a derivative, and by which path."""

from collections.abc import Callable, Iterator

from compliance.model import Model, Parent

Path = tuple[Parent, ...]


def ancestors(model: Model, find: Callable[[str], Model | None]) -> Iterator[tuple[Path, Model | None]]:
    """Every ancestor with each path to it, nearest first; None where the catalogue does not know it.

    A cycle ends where it would close. Datasets (`trained-on`) are walked like models; their rules travel only where
    their text says so.
    """
    queue: list[tuple[Path, Model]] = [((), model)]
    seen = {model.id.casefold()}
    while queue:
        path, child = queue.pop(0)
        for parent in child.parents:
            found = find(parent.id)
            longer = (*path, parent)
            yield longer, found
            key = (found.id if found else parent.id).casefold()
            if found is not None and key not in seen:
                seen.add(key)
                queue.append((longer, found))
