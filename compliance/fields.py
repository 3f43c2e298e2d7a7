"""Fields of a mapping in a file, each read as its scheme says; every mistake is noted with its line."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from compliance import dates
from compliance.model import Parent
from compliance.source import Node, near

Read = Callable[[Node], Any]
Scheme = Mapping[str, Read]
"""How the value of each key is read."""

CONFIDENCE = ("high", "medium", "low", "none")


def every(keys: str, read: Read) -> dict[str, Read]:
    """A scheme in which keys, parted by blanks, are read alike."""
    return dict.fromkeys(keys.split(), read)


def values(fields: Mapping[str, Node], scheme: Scheme) -> dict[str, Any]:
    """The values of the fields that are there and that a scheme has, in its order."""
    return {key: read(fields[key]) for key, read in scheme.items() if key in fields}


def text(fields: dict[str, Node], key: str) -> str | None:
    """The text of a field, where it is there."""
    return fields[key].text() if key in fields else None


def items(fields: dict[str, Node], key: str) -> list[Node]:
    """The items of a list, empty where there is none."""
    return fields[key].list() if key in fields else []


def is_true(node: Node) -> bool:
    """Whether `true` stands there."""
    return node.text() == "true"


def date(node: Node) -> str | None:
    """A date."""
    return node.scalar(dates.iso, "a date (YYYY-MM-DD)")


def one_of(key: str, known: Iterable[str]) -> Read:
    """Reads a word of a closed list."""
    words = tuple(known)

    def read(node: Node) -> str:
        value = node.text()
        if value not in words:
            node.error(f"{key} must be one of {', '.join(words)}, not {value!r}{near(value, words)}")
        return value

    return read


def each(read: Read) -> Read:
    """Reads every item of a list."""
    return lambda node: tuple(read(item) for item in node.list())


def names(known: frozenset[str], what: str) -> Read:
    """Reads words of an open list that has to know them."""

    def read(node: Node) -> frozenset[str]:
        found = set()
        for item in node.list():
            name = item.text()
            if name in known:
                found.add(name)
            else:
                all_ = "; known are " + ", ".join(sorted(known))
                item.error(f"unknown {what} {name!r}{near(name, known) or all_}")
        return frozenset(found)

    return read


def parent(relations: frozenset[str]) -> Read:
    """Reads a lineage edge: `{id, relation}`."""

    def read(node: Node) -> Parent:
        fields = node.fields(["id", "relation"], required=["id", "relation"])
        relation = text(fields, "relation") or ""
        if "relation" in fields and relation not in relations:
            fields["relation"].error(f"unknown relation {relation!r}{near(relation, relations)}")
        return Parent(id=text(fields, "id") or "", relation=relation)

    return read
