"""Policies of an organisation: those that ship and those of a project, with what they extend."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import structs

from compliance.catalog import Catalog
from compliance.documents import KINDS
from compliance.fields import items
from compliance.logic import Facts, evaluate, mapped
from compliance.model import All, Condition, Document, Finding, InputError, Test
from compliance.reading import Reader
from compliance.source import Node, Problems, is_pipe, near, read_root


def load(names: Iterable[str], catalog: Catalog, root: Path) -> list[Document]:
    """Policies and laws by shipped name or by path, with what they extend, by their ids. Raises InputError."""
    return sorted(asked(names, catalog, root), key=lambda document: document.id)


def asked(names: Iterable[str], catalog: Catalog, root: Path) -> list[Document]:
    """Those that are named, then those that they extend. Raises InputError.

    A path is read from `root`, and one under `extends` from the folder of the file in which it stands.
    """
    found: dict[str, Document] = {}
    below: dict[str, list[tuple[str, str]]] = {}
    queue = [(name, root) for name in names]
    while queue:
        name, folder = queue.pop(0)
        key = _identity(name, catalog, folder)
        if key in found:
            continue
        document = _shipped(name, catalog)
        if document is None:
            document = _policy_file(name, catalog, folder)
            folder = (folder / name).parent
        found[key] = document
        below[key] = [(_identity(other, catalog, folder), other) for other in document.extends]
        queue += [(other, folder) for other in document.extends]
    _refuse_circles(below)
    return list(found.values())


def _identity(name: str, catalog: Catalog, folder: Path) -> str:
    """What tells two policies apart: the name of one that ships, or where a file lies, however it is written."""
    return name if _shipped(name, catalog) is not None else os.path.realpath(folder / name)


def _refuse_circles(below: Mapping[str, list[tuple[str, str]]]) -> None:
    done: set[str] = set()

    def follow(key: str, name: str, trail: tuple[tuple[str, str], ...]) -> None:
        keys = [one for one, _ in trail]
        if key in keys:
            circle = " -> ".join((*(written for _, written in trail[keys.index(key) :]), name))
            raise InputError([f"{name}: extends itself ({circle}); take one `extends` of these out"])
        if key not in done:
            for other, written in below[key]:
                follow(other, written, (*trail, (key, name)))
            done.add(key)

    for key in below:
        follow(key, key, ())


def _shipped(name: str, catalog: Catalog) -> Document | None:
    """A policy that ships, or a law of the catalogue: it binds where a policy extends it or a project names it."""
    document = catalog.document(name)
    return catalog.policy(name) or (document if document is not None and document.kind == "law" else None)


def _policy_file(name: str, catalog: Catalog, folder: Path) -> Document:
    path = folder / name
    if not path.suffix and not path.exists():
        raise InputError([_not_shipped(name, catalog)])
    if not Path(name).is_absolute() and is_pipe(path):
        raise InputError([f"{name}: a pipe, not a file"])  # one by its whole path was given, and is waited for
    problems = Problems()
    root_node = read_root(path, name, problems)
    if not root_node.is_map or not root_node.raw.value:
        found = "a list" if root_node.is_list else "a text" if not root_node.is_map else "nothing"
        wanted = "expected a policy, with id, title, `kind: policy` and rules"
        raise InputError([f"{name}: {wanted}, found {found}; docs/policies.md has one to start from"])
    document = Reader(catalog.grammar).document(root_node)
    fields = dict(root_node.items())
    if "kind" in fields and document.kind in set(KINDS) - {"policy"}:
        fields["kind"].error(f"a policy file has `kind: policy`, not {document.kind!r}")
    for node in items(fields, "extends"):
        _extendable(node, path.parent, catalog)
    problems.raise_if_any()

    def called(condition: Condition | None) -> Condition | None:
        return mapped(condition, lambda test: _called(test, catalog)) if condition is not None else None

    rules = (structs.replace(rule, when=called(rule.when), unless=called(rule.unless)) for rule in document.rules)
    return structs.replace(document, applies=called(document.applies), rules=tuple(rules))


def _called(test: Test, catalog: Catalog) -> Test:
    """A comparison in which models have the ids of the catalogue beside those that a policy calls them by."""
    if test.fact != "subject_id" or test.op != "equals" or test.other:
        return test
    ids = frozenset(model.id for name in test.operands if (model := catalog.model(name)) is not None)
    return test if ids <= test.operands else structs.replace(test, operand=test.operands | ids)


def _extendable(node: Node, folder: Path, catalog: Catalog) -> None:
    """Notes a name under `extends` that is no policy that ships, no law and no file."""
    name = node.text()
    if _shipped(name, catalog) is not None or (folder / name).is_file():
        return
    node.error(f"there is no file {name!r}" if Path(name).suffix else _not_shipped(name, catalog))


def _not_shipped(name: str, catalog: Catalog) -> str:
    hint = near(name, [*catalog.index.policies, *catalog.index.laws])
    shipped = ", ".join(sorted(catalog.index.policies))
    laws = ", ".join(sorted(catalog.index.laws))
    return f"policy {name!r} is not shipped{hint}; shipped are {shipped}; laws are {laws}; or give a path to a file"


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
        policies = [name for name in catalog.index.policies
                    if bind & {document.id for document in load([name], catalog, Path())}]  # fmt: skip
        offer = f" ({', '.join(sorted(policies))})" if policies else ""
        said = f"laws that bind this use are not asked by any policy in force: {_named(bind, catalog)}; {how}{offer}"
        told.append(Finding(rule="law-not-asked", level="warning", summary=said))
    rest = sorted(set(may) - bind)
    if rest:
        turns = ", ".join(sorted(frozenset().union(*(may[name] for name in rest))))
        also, after = (" either", "") if bind else (" by any policy in force", f"; {how}")
        said = f"laws that may bind this use are not asked{also}: {', '.join(rest)}; it turns on {turns}{after}"
        told.append(Finding(rule="law-not-asked", level="note", summary=said))
    return tuple(told)


def coming(
    catalog: Catalog, bound: Iterable[Document], uses: Iterable[Mapping[str, Any]], as_of: str
) -> tuple[Finding, ...]:
    """What laws that are asked begin to require or forbid within a year, as far as a use that is stated may meet it."""
    from compliance.citing import place  # noqa: PLC0415 - most gates ask no law

    facts = [Facts(catalog.vocabulary, use, {}) for use in uses]
    until = f"{int(as_of[:4]) + 1}{as_of[4:]}"

    def truth(condition: Condition | None) -> bool | None:
        found = [True if condition is None else evaluate(condition, one).truth for one in facts]
        return True if True in found else None if None in found else False

    told = []
    for law in bound:
        later = [rule for rule in law.rules if rule.valid_from is not None and as_of < rule.valid_from <= until]
        applies = truth(law.applies) if law.kind == "law" and later else False
        for rule in later if applies is not False else ():
            holds = truth(rule.when)
            if holds is not False:
                where = place(rule.section, rule.parts)
                bound_ = "begins to bind" if holds and applies else "may begin to bind"
                said = f"{rule.key}{f' ({where})' if where else ''} {bound_} on {rule.valid_from}: {rule.summary}"
                told.append(Finding(rule="law-begins-later", level="note", summary=said))
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
