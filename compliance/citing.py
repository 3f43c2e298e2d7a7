"""A text, its section and the way to who brought it in, in words."""

from compliance.model import Document, Parent, Rule, Struct


class Cited(Struct, frozen=True):
    """A text that a disagreement is about: what was declared, or the clause of what is inherited."""

    document: str
    section: str | None = None
    url: str | None = None


def cited(document: Document, clause: Rule | None = None) -> Cited:
    """A text, and the section that a disagreement is about."""
    section = clause.section if clause is not None else None
    return Cited(document=document.id, section=section, url=document.evidence.url or document.evidence.source)


def told(text: Cited) -> str:
    """A text with its section and URL."""
    parts = [f"section {text.section}" if text.section else "", text.url or ""]
    return f"{text.document} ({', '.join(filter(None, parts))})" if any(parts) else text.document


def way(path: tuple[Parent, ...]) -> str:
    """The ancestor at the end of a path, and the way to it where it is no parent."""
    between = f", through {', '.join(f'{edge.id} ({edge.relation})' for edge in path[:-1])}" if len(path) > 1 else ""
    return f"{path[-1].id} ({path[-1].relation}{between})"
