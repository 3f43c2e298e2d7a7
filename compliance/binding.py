"""Which terms bind a subject: its licence expression, what its ancestors bind it to, its service, the policies."""

from typing import Any

from msgspec import structs

from compliance.catalog import Catalog
from compliance.engine import AllOf, Gap, Leaf, OneOf, Terms, Tiers
from compliance.lineage import DATA, Lineage, Reached
from compliance.model import Document, Model, Parent

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


def model_terms(model: Model, access: str, catalog: Catalog, lineage: Lineage) -> list[Terms]:
    """The model's own licence and those of its ancestors that bind derivatives of this kind."""
    declared = model.code_license if access == "code" and model.code_license else model.license
    found: list[Terms] = []
    if declared is not None and model.confidence in _UNSURE:
        found.append(_unsure(model, declared))
    elif declared is not None:
        found.append(expression(declared, catalog))
        if model.known_by in {"file-modified", "file-unknown"}:
            found.append(Gap(reason=f"the licence file beside {model.id} is not the text of {declared}; read it"))
    elif not model.parents or model.known_by != "project":
        why = f" ({model.source})" if model.source and model.known_by == "unknown" else ""
        found.append(Gap(reason=f"the licence of {model.id} is not known{why}; declare `license:` with `because:`"))
    for reached in lineage.reached(model) if access != "code" else ():
        found += _inherited(reached, catalog)
    return found


_UNSURE = frozenset({"low", "none"})


def _unsure(model: Model, stated: str) -> Gap:
    card = "the tag of its card, which names no version" if model.known_by == "card" else None
    known = card or model.source or "memory"
    return Gap(reason=f"the licence of {model.id} ({stated}) is not certain; confirm it. Known from: {known}")


def _inherited(reached: Reached, catalog: Catalog) -> list[Terms]:
    edge, ancestor = reached.path[-1], reached.ancestor
    if edge.relation == DATA:
        return []
    if ancestor is None:
        return [Gap(reason=f"{edge.id}, from which it was made ({edge.relation}), is not in the catalogue")]
    if ancestor.license is None:
        return [Gap(reason=f"the licence of {edge.id}, from which it was made, is not known")]
    terms = expression(ancestor.license, catalog, reached.path)
    return [terms, _unsure(ancestor, ancestor.license)] if ancestor.confidence in _UNSURE else [terms]


def service_terms(service: str, tier: str | None, catalog: Catalog, as_of: str) -> Terms:
    """The terms of a service's tier on a day; of all its tiers where none is stated."""
    known = catalog.service(service)
    if known is None:
        return Gap(reason=f"the service {service!r} is not in the catalogue")
    if tier is not None and tier not in known.tiers:
        return Gap(reason=f"{known.title} has no tier {tier!r}; it has {', '.join(known.tiers)}")
    names = (tier,) if tier is not None else known.tiers
    found = [(name, catalog.document(f"{known.id}/{name}")) for name in names]
    terms = tuple(leaf(_on(document, catalog, as_of), catalog) for _, document in found if document is not None)
    return terms[0] if len(terms) == 1 else Tiers(terms=terms, names=tuple(name for name, _ in found))


def _on(document: Document, catalog: Catalog, as_of: str) -> Document:
    """The version of a tier's terms in force on a day; the newest where none that is known was."""
    versions = [document, *filter(None, (catalog.document(name) for name in document.earlier))]
    return next((version for version in versions if _in_force(version, as_of)), document)


def _in_force(document: Document, as_of: str) -> bool:
    begun = document.valid_from is None or document.valid_from <= as_of
    return begun and (document.valid_until is None or as_of <= document.valid_until)
