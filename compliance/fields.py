"""Fields of a mapping in a file, read one by one; every mistake is noted with its line."""

from compliance import dates
from compliance.model import Parent
from compliance.source import Node, near


def text(fields: dict[str, Node], key: str) -> str | None:
    """The text of a field, where it is there."""
    return fields[key].text() if key in fields else None


def texts(fields: dict[str, Node], key: str) -> tuple[str, ...]:
    """The texts of a list, empty where there is none."""
    return fields[key].texts() if key in fields else ()


def items(fields: dict[str, Node], key: str) -> list[Node]:
    """The items of a list, empty where there is none."""
    return fields[key].list() if key in fields else []


def one_of(fields: dict[str, Node], key: str, known: tuple[str, ...]) -> str | None:
    """A word of a closed list."""
    value = text(fields, key)
    if value is not None and value not in known:
        fields[key].error(f"{key} must be one of {', '.join(known)}, not {value!r}{near(value, known)}")
    return value


def date(fields: dict[str, Node], key: str) -> str | None:
    """A date."""
    if key not in fields:
        return None
    return fields[key].scalar(dates.iso, "a date (YYYY-MM-DD)")


def parent(node: Node, relations: frozenset[str]) -> Parent:
    """A lineage edge: `{id, relation}`."""
    fields = node.fields(["id", "relation"], required=["id", "relation"])
    relation = text(fields, "relation") or ""
    if "relation" in fields and relation not in relations:
        fields["relation"].error(f"unknown relation {relation!r}{near(relation, relations)}")
    return Parent(id=text(fields, "id") or "", relation=relation)


def names(fields: dict[str, Node], key: str, known: frozenset[str], what: str) -> frozenset[str]:
    """Words of an open list that has to know them."""
    found = set()
    for node in items(fields, key):
        name = node.text()
        if name in known:
            found.add(name)
        else:
            every = "; known are " + ", ".join(sorted(known))
            node.error(f"unknown {what} {name!r}{near(name, known) or every}")
    return frozenset(found)
