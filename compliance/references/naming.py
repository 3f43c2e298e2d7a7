"""What a text points to: the documents that it names, which of them may be chosen, and what leaves that in doubt."""

import re
from collections.abc import Iterable

from compliance.model import Struct
from compliance.references.doubting import Doubt
from compliance.references.prose import Pointer

_EXCEPTION = re.compile(r"-exception(?:-|$)")


class Pointers(Struct, frozen=True):
    """What a text points to: the documents in order, and the sets of them of which one may be chosen."""

    found: tuple[Pointer, ...] = ()
    choices: tuple[frozenset[str], ...] = ()
    bound: frozenset[str] = frozenset()
    """Documents that are in such a set, and are named elsewhere without a choice."""
    more: Doubt | None = None
    """What the text says beside the names of licences."""
    among: tuple[str, ...] = ()
    """Where it names no one document, those of the family that it names."""

    @property
    def expression(self) -> str | None:
        """The documents as a licence expression: those that may be chosen parted by OR, the rest bound together."""
        groups: dict[str, None] = {}
        for pointer in self.found:
            choice = next((choice for choice in self.choices if len(choice) > 1 and pointer.document in choice), None)
            names = [one.document for one in self.found if choice and one.document in choice] or [pointer.document]
            groups[" OR ".join(dict.fromkeys(names))] = None
        groups |= dict.fromkeys(one.document for one in self.found if one.document in self.bound)
        parts = [f"({part})" if " OR " in part and len(groups) > 1 else part for part in groups]
        return " AND ".join(parts) or None

    def lines(self, text: str) -> list[tuple[str, int]]:
        """The documents, each with its line in the text."""
        return [(one.document, 1 + text.count("\n", 0, one.start)) for one in self.found]

    @property
    def doubt(self) -> Doubt | None:
        """What keeps a name from being that of the licence itself."""
        like = [pointer.document for pointer in self.found if pointer.like]
        if not like:
            return self.more
        return Doubt(kind="like", words=f"names a licence like {' and '.join(like)}, or one made from it")

    @property
    def reason(self) -> str | None:
        """How the doubt is told."""
        return self.doubt.told if self.doubt is not None else None


def once(found: Iterable[Pointer]) -> tuple[Pointer, ...]:
    """Each document once; named itself and not only one like it, where both stand."""
    kept: dict[str, Pointer] = {}
    for pointer in found:
        if _EXCEPTION.search(pointer.document) and "-with-" not in pointer.document:
            continue  # it only takes from what the licence asks
        before = kept.get(pointer.document)
        if before is None or (before.like and not pointer.like and pointer.named):
            kept[pointer.document] = pointer
    return tuple(kept.values())
