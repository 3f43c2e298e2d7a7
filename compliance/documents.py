"""Files of licences, agreements, policies and laws -> documents with their rules; every mistake with its line."""

import re

from compliance.fields import date, items, names, one_of, text, texts
from compliance.grammar import Grammar
from compliance.model import Compatible, Condition, Document, Evidence, Rule
from compliance.rosters import CONFIDENCE
from compliance.source import Node
from compliance.vocabulary import CURES

EFFECTS = ("permission", "prohibition", "duty")
PARTS = ("article", "clause", "§")
KINDS = ("license", "agreement", "use-policy", "terms", "law", "policy")
_RULE = """id section anchor effect actions when unless reaches in_force disputed differs cure fulfilled_when produces
    summary remedy source as_of confidence level contact""".split()
_DOCUMENT = """id title kind publisher version date category spdx license_ref aliases incorporates part_of derivatives
    compatible applies evidence rules extends note in_force contact states parts""".split()
_STATES = ("fees", "support", "warranty", "outputs", "changes", "ends")
_INSTEAD = {
    "if": "write `when`",
    "where": "write `when`",
    "except": "write `unless`",
    "severity": "a rule decides; `level: warning` is for what is only told",
    "message": "write `summary`",
    "description": "write `summary`",
    "fix": "write `remedy`",
}
_EFFECT_INSTEAD = {
    "deny": "write `prohibition`",
    "forbid": "write `prohibition`",
    "allow": "write a `prohibition` with an `unless`: a policy grants nothing",
    "review": "write a `prohibition` with `disputed: WHY`: it waits for a person",
    "require": "write a `duty` with `fulfilled_when`: what shows it done",
    "warn": "write a `prohibition` with `level: warning`",
}
_ID = re.compile(r"[a-z0-9][a-z0-9.+_-]*")


def _compatible(node: Node) -> Compatible:
    keys = ["license", "section", "how"]
    fields = node.fields([*keys, "later", "disputed"], required=keys)
    return Compatible(
        license=text(fields, "license") or "",
        section=text(fields, "section") or "",
        how=one_of(fields, "how", ("own-terms", "together", "clash")) or "clash",
        later=one_of(fields, "later", ("true", "false")) == "true",
        disputed=text(fields, "disputed"),
    )


def _effect(fields: dict[str, Node]) -> str:
    said = text(fields, "effect") or ""
    if said in _EFFECT_INSTEAD:
        fields["effect"].error(f"there is no effect {said!r}; {_EFFECT_INSTEAD[said]}")
        return "prohibition"
    return one_of(fields, "effect", EFFECTS) or "prohibition"


class DocumentReader:
    """Reads licences, agreements, policies and laws, and their rules, against a vocabulary."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        vocabulary = grammar.vocabulary
        self.actions = frozenset(vocabulary.actions)
        self.relations = vocabulary.relations
        category = vocabulary.facts.get("license_category")
        self.categories = frozenset(category.values if category else ())

    def condition(self, fields: dict[str, Node], key: str) -> Condition | None:
        """The condition under a key; none where it is empty."""
        if key not in fields or (fields[key].is_map and not list(fields[key].items())):
            return None
        return self.grammar.condition(fields[key])

    def document(self, root: Node) -> Document:
        """A licence, agreement, use policy, law or policy file."""
        fields = root.fields(_DOCUMENT, required=["id", "title", "kind"])
        name = text(fields, "id") or ""
        if "id" in fields and not _ID.fullmatch(name):
            fields["id"].error(f"id {name!r}: use lower-case letters, digits, '.', '+', '_' and '-'")
        period = self.period(fields)
        parts = one_of(fields, "parts", PARTS)
        return Document(
            id=name,
            title=text(fields, "title") or name,
            kind=one_of(fields, "kind", KINDS) or "license",
            publisher=text(fields, "publisher"),
            version=text(fields, "version"),
            date=date(fields, "date"),
            category=names(fields, "category", self.categories, "category"),
            spdx=text(fields, "spdx"),
            license_ref=text(fields, "license_ref"),
            aliases=texts(fields, "aliases"),
            incorporates=texts(fields, "incorporates"),
            part_of=texts(fields, "part_of"),
            derivatives=names(fields, "derivatives", self.relations, "relation"),
            compatible=tuple(_compatible(item) for item in items(fields, "compatible")),
            applies=self.condition(fields, "applies"),
            evidence=self.evidence(fields["evidence"]) if "evidence" in fields else Evidence(),
            rules=self.rules(fields["rules"], name, text(fields, "contact"), parts) if "rules" in fields else (),
            parts=parts,
            states=self.states(fields),
            extends=texts(fields, "extends"),
            valid_from=period[0],
            valid_until=period[1],
        )

    def states(self, fields: dict[str, Node]) -> dict[str, str]:
        """What a document states of itself, each with the section where it does."""
        inner = fields["states"].fields(list(_STATES)) if "states" in fields else {}
        for node in inner.values():
            if not re.search(r"\([^()]+\)$", node.text()):
                node.error("say at the end, in brackets, in which section the text states it")
        return {name: node.text() for name, node in inner.items()}

    def evidence(self, node: Node) -> Evidence:
        """Where a text was read."""
        fields = node.fields(["url", "source", "retrieved", "sha256"])
        digest = text(fields, "sha256")
        if digest is not None and not re.fullmatch(r"[0-9a-f]{64}", digest):
            fields["sha256"].error("sha256 must be 64 hexadecimal digits")
        return Evidence(
            url=text(fields, "url"), source=text(fields, "source"), retrieved=date(fields, "retrieved"), sha256=digest
        )

    def rules(
        self, node: Node, document: str, contact: str | None = None, parts: str | None = None
    ) -> tuple[Rule, ...]:
        """The rules of a document, each with whom to ask where it does not say, and what the text calls its parts."""
        found: dict[str, Rule] = {}
        for item in node.list():
            rule = self.rule(item, document, contact, parts)
            if rule.id in found:
                item.error(f"the rule id {rule.id!r} stands twice in {document}")
            found[rule.id] = rule
        return tuple(found.values())

    def rule(self, node: Node, document: str, contact: str | None = None, parts: str | None = None) -> Rule:
        """One rule; whom to ask stands at the end of its remedy."""
        fields = node.fields(_RULE, required=["id", "effect", "summary"], instead=_INSTEAD)
        remedy, contact = text(fields, "remedy"), text(fields, "contact") or contact
        effect = _effect(fields)
        every = "actions" not in fields or (not fields["actions"].is_list and fields["actions"].text() == "any")
        period = self.period(fields)
        if "fulfilled_when" in fields and effect != "duty":
            fields["fulfilled_when"].error("fulfilled_when belongs to a duty")
        if effect == "permission" and every:
            node.error("a permission lists the actions that it grants; `any` is not read as a grant")
        confidence = one_of(fields, "confidence", CONFIDENCE)
        if confidence in {"low", "none"} and "disputed" not in fields:
            node.error(f"confidence {confidence} is not certain: say `disputed:` with the reason")
        return Rule(
            id=text(fields, "id") or "",
            document=document,
            section=text(fields, "section"),
            parts=parts,
            anchor=text(fields, "anchor"),
            effect=effect if effect in EFFECTS else "prohibition",  # type: ignore[arg-type]
            actions=None if every else names(fields, "actions", self.actions, "action"),
            when=self.condition(fields, "when"),
            unless=self.condition(fields, "unless"),
            reaches=names(fields, "reaches", self.relations, "relation") if "reaches" in fields else None,
            valid_from=period[0],
            valid_until=period[1],
            disputed=text(fields, "disputed"),
            differs=text(fields, "differs"),
            cure=one_of(fields, "cure", CURES),
            fulfilled_when=self.condition(fields, "fulfilled_when"),
            produces={key: value.text() for key, value in fields["produces"].items()} if "produces" in fields else None,
            summary=text(fields, "summary") or "",
            remedy=f"{remedy} Contact: {contact}." if remedy and contact else remedy,
            source=text(fields, "source"),
            as_of=date(fields, "as_of"),
            confidence=confidence,
            level=one_of(fields, "level", ("warning",)),
            line=node.line,
        )

    def period(self, fields: dict[str, Node]) -> tuple[str | None, str | None]:
        """From when and until when something is in force."""
        if "in_force" not in fields:
            return None, None
        inner = fields["in_force"].fields(["from", "until"])
        return date(inner, "from"), date(inner, "until")
