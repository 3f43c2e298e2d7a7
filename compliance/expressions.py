"""Licence expressions, read into the terms of the documents that they name."""

from typing import Any

from msgspec import structs

from compliance.catalog import Catalog
from compliance.model import Document, Parent
from compliance.terms import AllOf, Gap, Leaf, OneOf, Terms

Path = tuple[Parent, ...]


def leaf(document: Document, catalog: Catalog, via: Path = ()) -> Terms:
    """A document with what it incorporates, and what that does; a part that the catalogue lacks leaves a gap."""
    parts, gaps = {document.id: document}, []
    queue = [document]
    while queue:
        whole_of = queue.pop(0)
        for name in whole_of.incorporates:
            part = catalog.document(name)
            if part is None:
                gaps.append(Gap(reason=f"{whole_of.id} makes {name} part of itself, which is not in the catalogue"))
            elif part.id not in parts:
                parts[part.id] = part
                queue.append(part)
    whole = Leaf(documents=tuple(parts.values()), via=via)
    return AllOf(terms=(whole, *gaps)) if gaps else whole


def expression(text: str, catalog: Catalog, via: Path = ()) -> Terms:
    """The terms of a licence expression (SPDX syntax over catalogue ids, SPDX ids and LicenseRefs)."""
    name = text.strip()
    if name.upper() == "NONE":
        return Gap(reason="there is no licence, so nothing is permitted", known_to_be_none=True)
    if not _is_compound(name):
        return _single(name, catalog, via)
    tree, problem = _parsed(name)
    if problem is not None:
        return Gap(reason=problem)
    return _tree(tree, catalog, via) if tree is not None else Gap(reason="the licence expression is empty")


def unreadable(text: str) -> str | None:
    """Why a text is no licence expression, or nothing."""
    return _parsed(text.strip())[1] if _is_compound(text) else None


def _is_compound(name: str) -> bool:
    return any(sign in f" {name.upper()} " for sign in (" AND ", " OR ", " WITH ", "("))


def _parsed(name: str) -> tuple[Any, str | None]:
    from license_expression import Licensing  # noqa: PLC0415 - 40 ms that most gates need not pay

    try:
        return Licensing().parse(name), None
    except Exception as problem:  # noqa: BLE001 - on broken text it also raises IndexError, AssertionError and more
        return None, f"the licence expression {name!r} cannot be read: {problem}"


def _single(name: str, catalog: Catalog, via: Path) -> Terms:
    if name.upper() in {"NOASSERTION", "UNKNOWN", "OTHER", ""}:
        return Gap(reason=f"the licence is stated as {name or 'nothing'!r}, which says nothing")
    document = catalog.document(name)
    if document is None:
        return Gap(reason=f"the licence {name!r} is not in the catalogue; read it and declare a `license:` that is")
    return leaf(document, catalog, via)


def _tree(tree: Any, catalog: Catalog, via: Path) -> Terms:
    from license_expression import LicenseWithExceptionSymbol  # noqa: PLC0415

    if isinstance(tree, LicenseWithExceptionSymbol):
        parts = [_single(symbol.key, catalog, via) for symbol in (tree.license_symbol, tree.exception_symbol)]
        return AllOf(terms=tuple(parts))
    operator = getattr(tree, "operator", None)
    if operator is None:
        return _single(tree.key, catalog, via)
    terms = tuple(_tree(argument, catalog, via) for argument in tree.args)
    if operator.strip() == "AND":
        return _together(terms)
    return OneOf(terms=terms, names=tuple(argument.render("{symbol.key}") for argument in tree.args))


def _together(terms: tuple[Terms, ...]) -> Terms:
    """All of some terms; use policies among them are one document with the licences, for they grant nothing alone."""
    policies = [term for term in terms if isinstance(term, Leaf) and term.documents[0].kind == "use-policy"]
    granting = [term for term in terms if term not in policies]
    documents = tuple(document for policy in policies for document in policy.documents)
    if granting and documents:
        granting[0] = _under(granting[0], documents)
    found = tuple(granting or terms)
    return found[0] if len(found) == 1 else AllOf(terms=found)


def _under(terms: Terms, policies: tuple[Document, ...]) -> Terms:
    if isinstance(terms, Leaf):
        return Leaf(documents=(*terms.documents, *policies), via=terms.via)
    if isinstance(terms, Gap):
        return terms
    return structs.replace(terms, terms=tuple(_under(term, policies) for term in terms.terms))
