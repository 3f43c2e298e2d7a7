"""Fields of a mapping in a file, read one by one; every mistake is noted with its line."""

from compliance import dates
from compliance.source import Node, near


def text(fields: dict[str, Node], key: str) -> str | None:
    """The text of a field, where it is there."""
    return fields[key].text() if key in fields else None


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


def names(fields: dict[str, Node], key: str, known: frozenset[str], what: str) -> frozenset[str]:
    """Words of an open list that has to know them."""
    found = set()
    for node in fields[key].list() if key in fields else []:
        name = node.text()
        if name in known:
            found.add(name)
        else:
            every = "; known are " + ", ".join(sorted(known))
            node.error(f"unknown {what} {name!r}{near(name, known) or every}")
    return frozenset(found)
