"""Whose a model is that code names, by the words around it: the client that is called, the provider beside it."""

from compliance.scan.naming import apis
from compliance.scan.patterns import pattern as lazily
from compliance.scan.tables import patterns

_HINTED = patterns("code")
_PROVIDER = lazily(r"""\bprovider["']?\s*:\s*["'](\w+)["']""")


def record(text: str, start: int) -> tuple[int, int]:
    """Where the literal object that holds a text opens and closes; -1 where that is not seen."""
    return text.rfind("{", max(start - 400, 0), start), text.find("}", start, start + 400)


def beside(text: str, start: int) -> str | None:
    """The service that the same literal object names: `{id: "...", provider: "perplexity"}`."""
    opened, closed = record(text, start)
    found = _PROVIDER.search(text, opened, closed) if opened >= 0 and closed >= 0 else None
    return found[1] if found is not None and found[1] in apis.API else None


def hint(before: str, text: str, start: int) -> str | None:
    """The provider that the nearest words name: those of the call, else those of the statement."""
    statement = text[max(text.rfind(";", 0, start), start - 400, 0) : start]
    for piece in (before, statement):
        found = [(match.start(), name) for name, pattern in _HINTED.items() for match in pattern.finditer(piece)]
        if found:
            last = max(at for at, _ in found)
            return next(name for at, name in found if at == last)
    return None
