"""Policies of an organisation: those that ship and those of a project, with what they extend."""

from collections.abc import Iterable
from pathlib import Path

from compliance.catalog import Catalog
from compliance.grammar import Grammar
from compliance.model import Document, InputError
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
