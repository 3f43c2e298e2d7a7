"""`modelcheck show ID`: anything of the catalogue, with its evidence."""

from pathlib import Path

import click
import msgspec

from compliance import citing
from compliance.catalog import Catalog
from compliance.cli import asking, common, flags, pasted
from compliance.model import Action, Condition, Document, InputError, Rule
from compliance.report import proof, wording
from compliance.source import near


@click.command("show")
@click.argument("name", metavar="ID")
@click.option(
    "--text",
    "copy",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A copy of the licence: quote the rule's clause.",
)
@flags.form()
def command(name: str, copy: Path | None, form: str) -> None:
    """A licence, model, service, law, policy, rule (DOCUMENT#RULE), fact or action, with its evidence.

    `facts` lists all facts of a use, `policies` the policies that ship and the laws that can be named like them.

    \b
    Example:
      modelcheck show gemma-terms#notice
    """
    catalog = common.load_catalog()
    if name in _LISTS:
        _LISTS[name](catalog, form)
        return
    found = _find(name, catalog)
    if copy is not None:
        common.say_all(_clause(found, copy))
        return
    if form == "json":
        tree = msgspec.to_builtins(found, order="deterministic")  # sets have no order of their own
        common.say_json({"schema": "modelcheck/show/1", "shown": type(found).__name__.lower(), **tree})
        return
    common.say_all([*_lines(found), *(_text_of(found, catalog) if isinstance(found, Rule) else ())])


def _text_of(rule: Rule, catalog: Catalog) -> list[str]:
    """Where the text of a rule is, when it was read and how to know it."""
    document = catalog.document(rule.document) or catalog.policy(rule.document)
    return [f"text: {line}" for line in [_said(document.evidence)] if line] if document is not None else []


def _facts(catalog: Catalog, form: str) -> None:
    facts = [fact for fact in catalog.vocabulary.facts.values() if not fact.subject]
    if form == "json":
        common.say_json(msgspec.to_builtins(facts, order="deterministic"))
    else:
        common.say_all(f"{fact.name}: {fact.question or fact.note}{asking.hint(fact)}" for fact in facts)


def _policies(catalog: Catalog, form: str) -> None:
    listed = [*map(catalog.policy, catalog.index.policies), *map(catalog.document, catalog.index.laws)]
    known = [document for document in listed if document is not None]
    if form == "json":
        common.say_json([{"id": document.id, "kind": document.kind, "title": document.title} for document in known])
    else:
        common.say_all(f"{document.id}: {document.title} ({document.kind})" for document in known)


_LISTS = {"facts": _facts, "policies": _policies}
"""What is asked for by the name of a list."""


def _clause(found: msgspec.Struct, copy: Path) -> list[str]:
    """A rule's clause in a copy of its text. Raises InputError where it is not there."""
    from compliance import fingerprint  # noqa: PLC0415
    from compliance.texts import decoding, quoting, words  # noqa: PLC0415

    if not isinstance(found, Rule) or found.anchor is None:
        raise InputError(["--text quotes the clause of one rule; name it as DOCUMENT#RULE"])
    try:
        text = decoding.read(copy)
    except ValueError as problem:
        raise InputError([f"{copy}: {problem}"]) from None
    span = fingerprint.find(found.anchor, words.read(text))
    if span is None:
        hint = f"modelcheck identify {copy} says what was changed"
        raise InputError([f"{copy}: the clause of {found.key} is not in it as {found.document} has it; {hint}"])
    return [f"{copy}:{span.line}:", *quoting.quoted(text, span.line, span.end_line)]


def _find(name: str, catalog: Catalog) -> msgspec.Struct:
    document_name, sign, rule_name = name.partition("#")
    document = catalog.document(document_name) or catalog.policy(document_name)
    if sign and document is not None:
        rule = next((rule for rule in document.rules if rule.id == rule_name), None)
        if rule is None:
            known = ", ".join(rule.id for rule in document.rules)
            raise InputError([f"{document.id} has no rule {rule_name!r}; it has {known}"])
        return rule
    found = (
        document or catalog.model(pasted.plain([name])[0]) or catalog.service(name)
        or catalog.vocabulary.facts.get(name) or catalog.index.publishers.get(name)
        or catalog.vocabulary.actions.get(name)
    )  # fmt: skip
    if found is None:
        names = [
            *catalog.vocabulary.facts,
            *catalog.vocabulary.actions,
            *catalog.index.documents,
            *catalog.index.policies,
        ]
        hint = (
            near(name, names)
            or pasted.may_be(name, catalog)
            or "; `modelcheck catalog search WORDS` looks in titles and rules"
        )
        raise InputError(
            [f"{name!r} is no licence, model, service, rule, fact, action or publisher of the catalogue{hint}"]
        )
    return found


def _lines(found: msgspec.Struct) -> list[str]:
    if isinstance(found, Document):
        rows = _plain(found, skip={"rules", "facts"})
        return [*rows, "rules:", *(_rule(rule) for rule in found.rules)]
    if isinstance(found, Action):
        told = "where " + proof.in_words(found.when) if found.when is not None else "always"
        silence = "is forbidden by terms that do not grant it" if found.reserved else "needs no grant"
        return [f"{found.name}: an action; it is performed {told}, and {silence}"]
    if isinstance(found, Rule):
        found = msgspec.structs.replace(found, section=citing.place(found.section, found.parts) or None)
    return _plain(found, skip={"line", "parts"})


def _rule(rule: Rule) -> str:
    section = citing.behind(rule.section, rule.parts)
    return f"  {rule.effect:<12} {rule.id}{section}: {rule.summary}" + (" (disputed)" if rule.disputed else "")


def _plain(found: msgspec.Struct, skip: set[str]) -> list[str]:
    off = {field.name for field in msgspec.structs.fields(found) if field.default is False}
    kept = ((name, getattr(found, name)) for name in found.__struct_fields__ if name not in skip)
    return [
        f"{name.replace('_', ' ')}: {_said(value)}"
        for name, value in kept
        if value not in (None, (), {}, "", frozenset()) and not (name in off and value is False)
    ]


def _said(value: object) -> str:
    if isinstance(value, Condition):
        return proof.in_words(value)
    if isinstance(value, msgspec.Struct):
        return "; ".join(_plain(value, skip={"line"}))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_said(part)}" for name, part in value.items())
    if isinstance(value, (tuple, list)):
        return ("; " if any(isinstance(part, msgspec.Struct) for part in value) else ", ").join(map(_said, value))
    return wording.said(value)
