"""Licence expressions, read into the terms of the documents that they name."""

import functools
import re
from typing import Any

from msgspec import structs

from compliance.catalog import Catalog
from compliance.model import Document, Parent
from compliance.terms import AllOf, Gap, Leaf, OneOf, Terms, mapped

Path = tuple[Parent, ...]

_NARROWING = frozenset({"freertos-exception-2.0", "llgpl", "mpl-2.0-no-copyleft-exception", "shl-2.0", "shl-2.1"})
"""What the SPDX list has as exceptions, and changes or adds terms too: FreeRTOS bars comparisons."""

_SYMBOL = re.compile(r"[\w.+:/-]+")


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


def is_same(one: str, other: str, catalog: Catalog) -> bool:
    """Whether two licence expressions say the same: of the same documents, in whatever order and by whatever name."""
    return one == other or _folded(one, catalog) == _folded(other, catalog)


def _folded(text: str, catalog: Catalog) -> Any:
    """An expression in the catalogue's own names, and simplified; as it is written where it cannot be read."""
    named = _SYMBOL.sub(
        lambda match: document.id if (document := catalog.document(match[0])) else match[0], text.strip()
    )
    tree, problem = _parsed(named.casefold()) if _is_compound(named) else (None, None)
    return named.casefold() if tree is None or problem is not None else tree.simplify()


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
        return _excepted(tree.license_symbol.key, tree.exception_symbol.key, catalog, via)
    operator = getattr(tree, "operator", None)
    if operator is None:
        return _single(tree.key, catalog, via)
    terms = tuple(_tree(argument, catalog, via) for argument in tree.args)
    if operator.strip() == "AND":
        return _together(terms)
    return OneOf(terms=terms, names=tuple(argument.render("{symbol.key}") for argument in tree.args))


def _excepted(license_name: str, exception: str, catalog: Catalog, via: Path) -> Terms:
    """A licence with an exception: what only adds permissions leaves the choice of the licence without them."""
    base = _single(license_name, catalog, via)
    added = _single(exception, catalog, via)
    if catalog.document(exception) is not None or exception.casefold() not in _widening():
        return AllOf(terms=(base, added))
    unread = Gap(reason=f"{exception} adds permissions to {license_name}, and is not in the catalogue: read it")
    return OneOf(terms=(base, unread), names=(license_name, f"{license_name} WITH {exception}"))


@functools.cache
def _widening() -> frozenset[str]:
    """The exceptions of the SPDX list that do no more than to add permissions."""
    from license_expression import get_spdx_licensing  # noqa: PLC0415 - 200 ms that only exceptions pay

    symbols = get_spdx_licensing().known_symbols.items()
    names = {name.casefold() for name, symbol in symbols if symbol.is_exception and not name.startswith("LicenseRef-")}
    return frozenset(names - _NARROWING)


def _together(terms: tuple[Terms, ...]) -> Terms:
    """All of some terms; use policies among them are one document with the licences, for they grant nothing alone."""
    policies = [term for term in terms if isinstance(term, Leaf) and term.documents[0].kind == "use-policy"]
    granting = [term for term in terms if term not in policies]
    documents = tuple(document for policy in policies for document in policy.documents)
    if granting and documents:
        granting[0] = mapped(granting[0], lambda one: structs.replace(one, documents=(*one.documents, *documents)))
    found = tuple(granting or terms)
    return found[0] if len(found) == 1 else AllOf(terms=found)
