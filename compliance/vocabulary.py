"""`vocabulary.yaml` -> the closed lists of facts, actions, relations and territories."""

from msgspec import structs

from compliance.countries import COUNTRIES
from compliance.fields import one_of, text, texts
from compliance.grammar import Grammar
from compliance.model import Action, Fact, Vocabulary
from compliance.source import Node

_FACT_KEYS = (
    "type values question note assumed at_least at_most scope alone implies_false true_when fixed optional "
    "unused cured_by".split()
)  # fmt: skip
CURES = ("duty", "name", "registration", "license")
"""What may lift a prohibition, by whose act."""


def read(root: Node) -> Vocabulary:
    """The vocabulary of `vocabulary.yaml`; mistakes are noted at their place."""
    top = root.fields(
        ["facts", "subject", "actions", "relations", "territories"], required=["facts", "subject", "actions"]
    )
    if root.problems.found:
        return Vocabulary(facts={}, actions={}, relations=frozenset(), territories={})
    territories = _territories(top["territories"]) if "territories" in top else {}
    pairs = [(name, node, part == "subject") for part in ("facts", "subject") for name, node in top[part].items()]
    bare = {name: _fact(name, node, subject=subject) for name, node, subject in pairs}
    relations = frozenset(top["relations"].texts()) if "relations" in top else frozenset()
    names = Grammar(Vocabulary(facts=bare, actions={}, relations=relations, territories=territories))
    facts = {name: _finish(bare[name], node, names) for name, node, _ in pairs}
    actions = {name: _action(name, node, names) for name, node in top["actions"].items()}
    return Vocabulary(facts=facts, actions=actions, relations=relations, territories=territories)


def _territories(node: Node) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, value in node.items():
        if value.text() == "every country" if not value.is_list else False:
            found[name] = COUNTRIES
            continue
        found[name] = frozenset().union(*(found.get(code, frozenset({code})) for code in value.texts()))
        for code in found[name] - COUNTRIES:
            value.error(f"{code!r} is no country (ISO 3166-1 alpha-2) and no territory above")
    return found


def _fact(name: str, node: Node, *, subject: bool) -> Fact:
    given = node.fields(_FACT_KEYS, required=["type"])
    kind = text(given, "type") or "text"
    listed = given.get("values")
    closed = listed is not None and listed.is_list
    return Fact(
        name=name,
        type=kind,
        values=listed.texts() if closed and listed else (),
        values_of=None if closed or listed is None else listed.text(),
        question=text(given, "question"),
        note=text(given, "note"),
        at_least=text(given, "at_least"),
        at_most=text(given, "at_most"),
        scope=text(given, "scope") or "use",
        alone=texts(given, "alone"),
        implies_false=texts(given, "implies_false"),
        fixed=text(given, "fixed") == "true",
        optional=text(given, "optional") == "true",
        unused=text(given, "unused"),
        cured_by=one_of(given, "cured_by", CURES),
        subject=subject,
    )


def _finish(fact: Fact, node: Node, names: Grammar) -> Fact:
    fields = dict(node.items())
    assumed, same_as, rather, true_when = None, None, None, None
    if "assumed" in fields:
        if fields["assumed"].is_map:
            others = fields["assumed"].fields(["same-as", "rather"], required=["same-as"])
            same_as, rather = others["same-as"].text(), text(others, "rather")
        else:
            assumed = names.value(fact, fields["assumed"])
    if "true_when" in fields:
        true_when = names.condition(fields["true_when"])
    for other in filter(None, (same_as, rather, fact.at_least, fact.at_most, *fact.implies_false)):
        names.fact(other, node)
    return structs.replace(fact, assumed=assumed, same_as=same_as, rather=rather, true_when=true_when)


def _action(name: str, node: Node, names: Grammar) -> Action:
    fields = node.fields(["reserved", "when", "note"])
    return Action(
        name=name,
        reserved=text(fields, "reserved") == "true",
        when=names.condition(fields["when"]) if "when" in fields else None,
    )
