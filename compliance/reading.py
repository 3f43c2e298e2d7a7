"""Catalogue and policy files -> documents, models, services, publishers; every mistake with its line."""

from compliance.documents import DocumentReader
from compliance.fields import date, items, names, one_of, parent, text, texts
from compliance.model import (
    Choice,
    Document,
    Evidence,
    Former,
    Model,
    Publisher,
    Service,
    Struct,
    SubjectFact,
    Unconfirmed,
    Vocabulary,
)
from compliance.rosters import CONFIDENCE
from compliance.source import Node, near

_TIER = "title in_force incorporates earlier aliases category facts rules note evidence version date states".split()
_MODEL = """id kind aliases family released license code_license parents input_modality output_modality source as_of
    confidence note retired weights formerly publisher""".split()


class Reader(DocumentReader):
    """Reads the files of a catalogue against its vocabulary."""

    def models(self, root: Node) -> list[Model]:
        """A file of `catalog/models/`."""
        top = root.fields(["publisher", "models", "note"], required=["publisher", "models"])
        publisher = text(top, "publisher")
        self._publisher(publisher, top)
        return [self._model(node, publisher) for node in items(top, "models")]

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
            parents=tuple(parent(item, self.relations) for item in items(fields, "parents")),
            aliases=texts(fields, "aliases"),
            input_modality=modal.get("input_modality", frozenset()),
            output_modality=modal.get("output_modality", frozenset()),
            service=service,
            weights=text(fields, "weights"),
            formerly=tuple(self._former(item) for item in items(fields, "formerly")),
            source=text(fields, "source"),
            as_of=date(fields, "as_of"),
            confidence=one_of(fields, "confidence", CONFIDENCE),
        )

    def _former(self, node: Node) -> Former:
        fields = node.fields(["license", "until", "source"], required=["license", "until", "source"])
        return Former(
            license=text(fields, "license") or "", until=date(fields, "until") or "", source=text(fields, "source")
        )

    def services(self, root: Node) -> tuple[list[Service], list[Document], list[Model]]:
        """A file of `catalog/services/`: services, one document per tier, further terms, and the models they offer."""
        top = root.fields(["provider", "services", "terms", "note"], required=["provider", "services"])
        named = text(top, "provider")
        self._publisher(named, top, "provider")
        provider = named or ""
        services, documents, models = [], [], []
        for node in items(top, "services"):
            fields = node.fields(["id", "title", "aliases", "tiers", "models", "note"], required=["id", "tiers"])
            name = text(fields, "id") or ""
            tiers = [self._tier(item, name, provider) for item in items(fields, "tiers")]
            services.append(
                Service(
                    id=name,
                    title=text(fields, "title") or name,
                    provider=provider,
                    tiers=tuple(tier.id.partition("/")[2] for tier in tiers),
                    aliases=texts(fields, "aliases"),
                )
            )
            documents += tiers
            for item in items(fields, "models"):
                models.append(self._model(item, provider, name))
        documents += [self._tier(item, None, provider) for item in items(top, "terms")]
        return services, documents, models

    def _tier(self, node: Node, service: str | None, provider: str) -> Document:
        """The terms of a tier; without a service, terms that tiers name as incorporated or earlier ones."""
        key = "id" if service is None else "tier"
        fields = node.fields([key, *_TIER], required=[key])
        name = f"{service}/{text(fields, key) or ''}" if service is not None else text(fields, key) or ""
        period = self.period(fields)
        facts = fields["facts"].items() if "facts" in fields else []
        return Document(
            id=name,
            title=text(fields, "title") or name,
            kind="terms",
            publisher=provider,
            version=text(fields, "version"),
            date=date(fields, "date"),
            category=names(fields, "category", self.categories, "category"),
            incorporates=texts(fields, "incorporates"),
            evidence=self.evidence(fields["evidence"]) if "evidence" in fields else Evidence(),
            rules=self.rules(fields["rules"], name) if "rules" in fields else (),
            facts={key: self.subject_fact(key, value) for key, value in facts},
            states=self.states(fields),
            aliases=texts(fields, "aliases"),
            earlier=texts(fields, "earlier"),
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
        return None if value is None else Choice(value=value, when=self.condition(fields, "when"))


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
