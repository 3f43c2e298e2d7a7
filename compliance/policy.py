"""Policies of an organisation: those that ship and those of a project, with what they extend."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from compliance.catalog import Catalog
from compliance.grammar import Grammar
from compliance.logic import Facts, evaluate
from compliance.model import All, Condition, Document, Finding, InputError
from compliance.reading import Reader
from compliance.source import Problems, near, read_root


def load(names: Iterable[str], catalog: Catalog, root: Path) -> list[Document]:
    """Policies and laws by shipped name or by path below `root`, with what they extend. Raises InputError."""
    found: dict[str, Document] = {}
    queue = list(names)
    while queue:
        name = queue.pop(0)
        if name in found:
            continue
        document = catalog.policy(name) or _law(name, catalog)
        if document is None:
            document = _policy_file(name, catalog, root)
        found[name] = document
        queue += document.extends
    return list(found.values())


def _law(name: str, catalog: Catalog) -> Document | None:
    """A law of the catalogue: it binds where a policy extends it or a project names it."""
    document = catalog.document(name)
    return document if document is not None and document.kind == "law" else None


def _policy_file(name: str, catalog: Catalog, root: Path) -> Document:
    path = root / name
    if not path.suffix and not path.exists():
        hint = near(name, catalog.index.policies)
        shipped = ", ".join(sorted(catalog.index.policies))
        raise InputError([f"policy {name!r} is not shipped{hint}; shipped are {shipped}; or give a path to a file"])
    problems = Problems()
    root_node = read_root(path, name, problems)
    ids: dict[str, Iterable[str]] = {
        "publisher-id": catalog.index.publishers,
        "document-id": catalog.index.documents,
    }
    document = Reader(Grammar(catalog.vocabulary, ids)).document(root_node)
    if document.kind != "policy":
        root_node.error(f"a policy file has `kind: policy`, not {document.kind!r}")
    problems.raise_if_any()
    return document


def unasked(catalog: Catalog, bound: Iterable[Document], uses: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Laws that bind one of the uses as it is stated (a warning), or may (a note), and that no policy in force asks.

    A law is asked where a policy extends it or a project names it; a verdict that left one out has to say so. A law
    *may* bind where a part of its condition holds as stated and the rest turns on facts that nobody stated. A law that
    has nothing to say on what is done (on training, where nobody trains) is left out.
    """
    held = {document.id for document in bound}
    bind: set[str] = set()
    may: dict[str, frozenset[str]] = {}
    for use in uses:
        facts = Facts(catalog.vocabulary, use, {})
        for name, applies in catalog.index.laws.items():
            if name in held or applies is None:
                continue
            step = evaluate(applies, facts)
            if step.truth is True and _speaks(name, catalog, facts):
                bind.add(name)
            elif step.truth is None and isinstance(applies, All) and any(part.truth is True for part in step.steps):
                may[name] = may.get(name, frozenset()) | step.missing
    how = "name them in `policies:` or with --policy, or a policy that extends them"
    told = []
    if bind:
        policies = [name for name in catalog.index.policies if _extends(name, catalog) & bind]
        offer = f" ({', '.join(sorted(policies))})" if policies else ""
        said = f"laws that bind this use are not asked by any policy in force: {_named(bind, catalog)}; {how}{offer}"
        told.append(Finding(rule="law-not-asked", level="warning", summary=said))
    rest = sorted(set(may) - bind)
    if rest:
        turns = ", ".join(sorted(frozenset().union(*(may[name] for name in rest))))
        said = f"laws that may bind this use are not asked either: {', '.join(rest)}; it turns on {turns}"
        told.append(Finding(rule="law-not-asked", level="note", summary=said))
    return tuple(told)


def _speaks(law: str, catalog: Catalog, facts: Facts) -> bool:
    def open_(condition: Condition | None) -> bool:
        return condition is None or evaluate(condition, facts).truth is not False

    done = {name for name, action in catalog.vocabulary.actions.items() if open_(action.when)}
    document = catalog.document(law)
    return document is None or any(
        (rule.actions is None or rule.actions & done) and open_(rule.when) for rule in document.rules
    )


def _named(laws: Iterable[str], catalog: Catalog) -> str:
    found = [catalog.document(name) for name in sorted(laws)]
    return ", ".join(f"{document.title} ({document.id})" for document in found if document is not None)


def _extends(name: str, catalog: Catalog) -> set[str]:
    return {document.id for document in load([name], catalog, Path())}
