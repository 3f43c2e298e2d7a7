"""Licences of the catalogue as SPDX writes them: identifiers of its list, and LicenseRefs for all others."""

import functools
import re
from collections.abc import Iterable
from typing import Any

from compliance.catalog import Catalog
from compliance.model import Document, Struct

SILENT = frozenset({"", "NOASSERTION", "UNKNOWN", "OTHER", "NONE"})
"""What is written where nothing is known; SPDX knows the second and the last."""


class Ref(Struct, frozen=True):
    """A LicenseRef and the document of the catalogue that it stands for, where there is one."""

    id: str
    document: Document | None = None
    stated: str | None = None


class License(Struct, frozen=True):
    """A valid SPDX expression with the LicenseRefs in it; `acknowledgement` is declared or concluded."""

    expression: str
    refs: tuple[Ref, ...] = ()
    acknowledgement: str = "declared"

    @property
    def single(self) -> bool:
        """Whether it is one licence and no expression of several."""
        return " " not in self.expression


@functools.cache
def listed() -> dict[str, str]:
    """The identifiers of the SPDX licence list, by their lower case."""
    from license_expression import get_spdx_licensing  # noqa: PLC0415 - 200 ms that only BOMs pay

    symbols = get_spdx_licensing().known_symbols
    return {name.casefold(): name for name in symbols if not name.startswith("LicenseRef-")}


def spdx(text: str | None, catalog: Catalog, acknowledgement: str = "declared") -> License | None:
    """A licence expression over ids and aliases of the catalogue as SPDX has it; None where it says nothing."""
    if text is None or text.strip().upper() in SILENT:
        return None
    from license_expression import ExpressionError, Licensing  # noqa: PLC0415

    try:
        tree = Licensing().parse(text.strip())
    except ExpressionError:
        tree = None
    refs: dict[str, Ref] = {}
    written = _one(text.strip(), catalog, refs) if tree is None else _tree(tree, catalog, refs)
    return License(expression=written, refs=tuple(refs.values()), acknowledgement=acknowledgement)


def valid(text: object) -> bool:
    """Whether a licence is written as SPDX asks: identifiers of the list or LicenseRefs, joined by operators."""
    if not isinstance(text, str) or not text.strip():
        return False
    from license_expression import ExpressionError, Licensing  # noqa: PLC0415

    try:
        tree = Licensing().parse(text)
    except ExpressionError:
        return False
    names = [symbol for symbol in tree.symbols] if tree is not None else []  # noqa: C416 - of no declared type
    plain = [key for symbol in names for key in re.split(r"\sWITH\s", " ".join(symbol.key.split()))]
    ref = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
    return bool(plain) and all(listed().get(key.casefold()) == key or ref.fullmatch(key) for key in plain)


def _tree(tree: Any, catalog: Catalog, refs: dict[str, Ref]) -> str:
    from license_expression import LicenseWithExceptionSymbol  # noqa: PLC0415

    if isinstance(tree, LicenseWithExceptionSymbol):
        exception = tree.exception_symbol.key
        known = listed().get(exception.casefold())
        left = _one(tree.license_symbol.key, catalog, refs)
        return f"{left} WITH {known}" if known else f"{left} AND {_one(exception, catalog, refs)}"
    operator = getattr(tree, "operator", None)
    if operator is None:
        return _one(tree.key, catalog, refs)
    parts = [_tree(part, catalog, refs) for part in tree.args]
    return f" {operator.strip()} ".join(f"({part})" if " AND " in part or " OR " in part else part for part in parts)


def _one(name: str, catalog: Catalog, refs: dict[str, Ref]) -> str:
    document = catalog.document(name)
    known = (document.spdx if document is not None else None) or listed().get(name.casefold())
    if known is not None:
        return known
    named = (document.license_ref or document.id if document is not None else name).removeprefix("LicenseRef-")
    plain = "LicenseRef-" + (re.sub(r"[^A-Za-z0-9.-]+", "-", named).strip("-") or "unnamed")
    refs[plain] = Ref(id=plain, document=document, stated=None if document is not None else name)
    return plain


def text_of(ref: Ref, copies: Iterable[str | None] = ()) -> str:
    """The text of a licence from a copy at hand; where there is none, where it can be read."""
    found = next((copy for copy in copies if copy), None)
    if found is not None:
        return found
    if ref.document is None:
        return f"Stated as {ref.stated!r}; no text of that name is known."
    evidence = ref.document.evidence
    where = evidence.url or evidence.source or "its publisher"
    proof = f" (SHA-256 {evidence.sha256})" if evidence.sha256 else ""
    return f"{ref.document.title}. The text was not at hand; it is at {where}{proof}."
