"""Catalogue and policy files -> documents, models, services, publishers; every mistake with its line."""

import re

from compliance.fields import date, names, one_of, text
from compliance.grammar import Grammar
from compliance.model import (
    Choice,
    Compatible,
    Condition,
    Document,
    Evidence,
    Former,
    Model,
    Parent,
    Publisher,
    Rule,
    Service,
    Struct,
    SubjectFact,
    Unconfirmed,
    Vocabulary,
)
from compliance.rosters import CONFIDENCE
from compliance.source import Node, near

CURES = ("duty", "name", "registration", "license")
EFFECTS = ("permission", "prohibition", "duty")
KINDS = ("license", "agreement", "use-policy", "terms", "law", "policy")
_RULE = """id section anchor effect actions when unless reaches in_force disputed cure fulfilled_when produces summary
    remedy source as_of confidence level contact""".split()
_DOCUMENT = """id title kind publisher version date category spdx license_ref aliases incorporates part_of derivatives
    compatible applies evidence rules extends note in_force contact states""".split()
_TIER = "title in_force incorporates earlier aliases category facts rules note evidence version date states".split()
_STATES = ("fees", "support", "warranty", "outputs", "changes", "ends")
_MODEL = """id kind aliases family released license code_license parents input_modality output_modality source as_of
    confidence note retired weights formerly publisher""".split()
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


class Reader:
    """Reads the files of a catalogue against its vocabulary."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        vocabulary = grammar.vocabulary
        self.actions = frozenset(vocabulary.actions)
        self.relations = vocabulary.relations
        category = vocabulary.facts.get("license_category")
        self.categories = frozenset(category.values if category else ())

    def _condition(self, fields: dict[str, Node], key: str) -> Condition | None:
        if key not in fields or (fields[key].is_map and not list(fields[key].items())):
            return None
        return self.grammar.condition(fields[key])

    # -- documents ---------------------------------------------------------------------------------------------------

    def document(self, root: Node) -> Document:
        """A licence, agreement, use policy, law or policy file."""
        fields = root.fields(_DOCUMENT, required=["id", "title", "kind"])
        name = text(fields, "id") or ""
        if "id" in fields and not _ID.fullmatch(name):
            fields["id"].error(f"id {name!r}: use lower-case letters, digits, '.', '+', '_' and '-'")
        period = self._period(fields)
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
            aliases=fields["aliases"].texts() if "aliases" in fields else (),
            incorporates=fields["incorporates"].texts() if "incorporates" in fields else (),
            part_of=fields["part_of"].texts() if "part_of" in fields else (),
            derivatives=names(fields, "derivatives", self.relations, "relation"),
            compatible=tuple(_compatible(item) for item in fields["compatible"].list())
            if "compatible" in fields
            else (),
            applies=self._condition(fields, "applies"),
            evidence=self._evidence(fields["evidence"]) if "evidence" in fields else Evidence(),
            rules=self.rules(fields["rules"], name, text(fields, "contact")) if "rules" in fields else (),
            states=self._states(fields),
            extends=fields["extends"].texts() if "extends" in fields else (),
            valid_from=period[0],
            valid_until=period[1],
        )

    def _states(self, fields: dict[str, Node]) -> dict[str, str]:
        inner = fields["states"].fields(list(_STATES)) if "states" in fields else {}
        for node in inner.values():
            if not re.search(r"\([^()]+\)$", node.text()):
                node.error("say at the end, in brackets, in which section the text states it")
        return {name: node.text() for name, node in inner.items()}

    def _evidence(self, node: Node) -> Evidence:
        fields = node.fields(["url", "source", "retrieved", "sha256"])
        digest = text(fields, "sha256")
        if digest is not None and not re.fullmatch(r"[0-9a-f]{64}", digest):
            fields["sha256"].error("sha256 must be 64 hexadecimal digits")
        return Evidence(
            url=text(fields, "url"),
            source=text(fields, "source"),
            retrieved=date(fields, "retrieved"),
            sha256=digest,
        )

    def rules(self, node: Node, document: str, contact: str | None = None) -> tuple[Rule, ...]:
        """The rules of a document; ids are unique in it. `contact` is whom to ask where a rule does not say."""
        found: dict[str, Rule] = {}
        for item in node.list():
            rule = self.rule(item, document, contact)
            if rule.id in found:
                item.error(f"the rule id {rule.id!r} stands twice in {document}")
            found[rule.id] = rule
        return tuple(found.values())

    def rule(self, node: Node, document: str, contact: str | None = None) -> Rule:
        """One rule; whom to ask stands at the end of its remedy."""
        fields = node.fields(_RULE, required=["id", "effect", "summary"], instead=_INSTEAD)
        remedy, contact = text(fields, "remedy"), text(fields, "contact") or contact
        effect = _effect(fields)
        every = "actions" not in fields or (not fields["actions"].is_list and fields["actions"].text() == "any")
        period = self._period(fields)
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
            anchor=text(fields, "anchor"),
            effect=effect if effect in EFFECTS else "prohibition",  # type: ignore[arg-type]
            actions=None if every else names(fields, "actions", self.actions, "action"),
            when=self._condition(fields, "when"),
            unless=self._condition(fields, "unless"),
            reaches=names(fields, "reaches", self.relations, "relation") if "reaches" in fields else None,
            valid_from=period[0],
            valid_until=period[1],
            disputed=text(fields, "disputed"),
            cure=one_of(fields, "cure", CURES),
            fulfilled_when=self._condition(fields, "fulfilled_when"),
            produces={key: value.text() for key, value in fields["produces"].items()} if "produces" in fields else None,
            summary=text(fields, "summary") or "",
            remedy=f"{remedy} Contact: {contact}." if remedy and contact else remedy,
            source=text(fields, "source"),
            as_of=date(fields, "as_of"),
            confidence=confidence,
            level=one_of(fields, "level", ("warning",)),
            line=node.line,
        )

    def _period(self, fields: dict[str, Node]) -> tuple[str | None, str | None]:
        if "in_force" not in fields:
            return None, None
        inner = fields["in_force"].fields(["from", "until"])
        return date(inner, "from"), date(inner, "until")

    # -- models ------------------------------------------------------------------------------------------------------

    def models(self, root: Node) -> list[Model]:
        """A file of `catalog/models/`."""
        top = root.fields(["publisher", "models", "note"], required=["publisher", "models"])
        publisher = text(top, "publisher")
        self._publisher(publisher, top)
        return [self._model(node, publisher) for node in (top["models"].list() if "models" in top else [])]

    def _publisher(self, name: str | None, fields: dict[str, Node], key: str = "publisher") -> None:
        known = self.grammar.ids.get("publisher-id", frozenset())
        if name is not None and known and name not in known:
            fields[key].error(f"unknown publisher {name!r}{near(name, known)}; add it to publishers.yaml")

    def _model(self, node: Node, publisher: str | None, service: str | None = None) -> Model:
        fields = node.fields(_MODEL, required=["id"])
        modal = {
            key: frozenset(self.grammar.value(self.grammar.vocabulary.facts[key], fields[key]) or ())  # type: ignore[arg-type]
            for key in ("input_modality", "output_modality")
            if key in fields
        }
        own = text(fields, "publisher")
        self._publisher(own, fields)
        if service is None and (wrong := fields.get("weights", fields.get("publisher"))) is not None:
            wrong.error("only a model of a service names the `weights` that it runs, or whose it is")
        return Model(
            id=text(fields, "id") or "",
            kind=one_of(fields, "kind", ("model", "dataset")) or "model",
            publisher=own or publisher,
            family=text(fields, "family"),
            released=date(fields, "released"),
            retired=date(fields, "retired"),
            license=text(fields, "license"),
            code_license=text(fields, "code_license"),
            parents=tuple(self.parent(item) for item in fields["parents"].list()) if "parents" in fields else (),
            aliases=fields["aliases"].texts() if "aliases" in fields else (),
            input_modality=modal.get("input_modality", frozenset()),
            output_modality=modal.get("output_modality", frozenset()),
            service=service,
            weights=text(fields, "weights"),
            formerly=tuple(self._former(item) for item in fields["formerly"].list()) if "formerly" in fields else (),
            source=text(fields, "source"),
            as_of=date(fields, "as_of"),
            confidence=one_of(fields, "confidence", CONFIDENCE),
        )

    def _former(self, node: Node) -> Former:
        fields = node.fields(["license", "until", "source"], required=["license", "until", "source"])
        return Former(
            license=text(fields, "license") or "",
            until=date(fields, "until") or "",
            source=text(fields, "source"),
        )

    def parent(self, node: Node) -> Parent:
        """A lineage edge: `{id, relation}`."""
        fields = node.fields(["id", "relation"], required=["id", "relation"])
        relation = text(fields, "relation") or ""
        if "relation" in fields and relation not in self.relations:
            fields["relation"].error(f"unknown relation {relation!r}{near(relation, self.relations)}")
        return Parent(id=text(fields, "id") or "", relation=relation)

    # -- services ----------------------------------------------------------------------------------------------------

    def services(self, root: Node) -> tuple[list[Service], list[Document], list[Model]]:
        """A file of `catalog/services/`: services, one document per tier, further terms, and the models they offer."""
        top = root.fields(["provider", "services", "terms", "note"], required=["provider", "services"])
        named = text(top, "provider")
        self._publisher(named, top, "provider")
        provider = named or ""
        services, documents, models = [], [], []
        for node in top["services"].list() if "services" in top else []:
            fields = node.fields(["id", "title", "aliases", "tiers", "models", "note"], required=["id", "tiers"])
            name = text(fields, "id") or ""
            tiers = [self._tier(item, name, provider) for item in (fields["tiers"].list() if "tiers" in fields else [])]
            services.append(
                Service(
                    id=name,
                    title=text(fields, "title") or name,
                    provider=provider,
                    tiers=tuple(tier.id.partition("/")[2] for tier in tiers),
                    aliases=fields["aliases"].texts() if "aliases" in fields else (),
                )
            )
            documents += tiers
            for item in fields["models"].list() if "models" in fields else []:
                models.append(self._model(item, provider, name))
        documents += [self._tier(item, None, provider) for item in (top["terms"].list() if "terms" in top else [])]
        return services, documents, models

    def _tier(self, node: Node, service: str | None, provider: str) -> Document:
        """The terms of a tier; without a service, terms that tiers name as incorporated or earlier ones."""
        key = "id" if service is None else "tier"
        fields = node.fields([key, *_TIER], required=[key])
        name = f"{service}/{text(fields, key) or ''}" if service is not None else text(fields, key) or ""
        period = self._period(fields)
        facts = fields["facts"].items() if "facts" in fields else []
        return Document(
            id=name,
            title=text(fields, "title") or name,
            kind="terms",
            publisher=provider,
            version=text(fields, "version"),
            date=date(fields, "date"),
            category=names(fields, "category", self.categories, "category"),
            incorporates=fields["incorporates"].texts() if "incorporates" in fields else (),
            evidence=self._evidence(fields["evidence"]) if "evidence" in fields else Evidence(),
            rules=self.rules(fields["rules"], name) if "rules" in fields else (),
            facts={key: self.subject_fact(key, value) for key, value in facts},
            states=self._states(fields),
            aliases=fields["aliases"].texts() if "aliases" in fields else (),
            earlier=fields["earlier"].texts() if "earlier" in fields else (),
            valid_from=period[0],
            valid_until=period[1],
        )

    def subject_fact(self, name: str, node: Node) -> SubjectFact:
        """A fact of a service: a value, or `[{value, when}]` where it depends on the user."""
        fields = node.fields(
            ["value", "source", "section", "as_of", "confidence", "note", "effective"], required=["value"]
        )
        fact = self.grammar.fact(name, node)
        choices: tuple[Choice, ...] = ()
        if fact is not None and "value" in fields:
            value = fields["value"]
            if value.is_list and any(item.is_map for item in value.list()):
                choices = tuple(found for item in value.list() if (found := self._choice(name, item)) is not None)
            elif value.raw.value != "unknown":
                single = self.grammar.value(fact, value)
                choices = (Choice(value=single),) if single is not None else ()
        confidence = one_of(fields, "confidence", CONFIDENCE)
        return SubjectFact(
            choices=() if confidence in {"low", "none"} else choices,
            source=text(fields, "source"),
            section=text(fields, "section"),
            as_of=date(fields, "as_of"),
            confidence=confidence,
        )

    def _choice(self, name: str, node: Node) -> Choice | None:
        fields = node.fields(["value", "when"], required=["value"])
        if "value" not in fields or fields["value"].raw.value == "unknown":
            return None
        value = self.grammar.value(self.grammar.vocabulary.facts[name], fields["value"])
        return None if value is None else Choice(value=value, when=self._condition(fields, "when"))


class Parts(Struct, frozen=True):
    """A catalogue as read, before packing."""

    vocabulary: Vocabulary
    documents: dict[str, Document]
    document_names: dict[str, str]
    models: dict[str, Model]
    model_names: dict[str, str]
    services: dict[str, Service]
    publishers: dict[str, Publisher]
    policies: dict[str, Document]
    unconfirmed: dict[str, Unconfirmed] = {}
