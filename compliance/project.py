"""`modelcheck.yaml` -> the intended use, declared models, policies, waivers."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from compliance.contradicting import Stated, contradictions
from compliance.fields import date, every, items, one_of, parent, values
from compliance.grammar import SET_TYPES, Grammar
from compliance.logic import UNKNOWN, Unknown
from compliance.model import InputError, Parent, Struct, Value, Vocabulary, Waiver
from compliance.source import Given, Node, Problems, is_pipe, near, parse, read_text

FILE = "modelcheck.yaml"
MISNAMED = ("modelcheck.yml", ".modelcheck.yaml", ".modelcheck.yml")
"""Names that people give it, and under which it would count for nothing."""
ACCESS = ("weights", "api", "third-party-api", "integrated-product", "code")
_DECLARED = {"access": one_of("access", ACCESS), **every("service license because", Node.text)}
_WAIVER = {**every("rule subject reason owner text_sha256", Node.text), "until": date}


class Declared(Struct, frozen=True):
    """A model as the project file declares or corrects it."""

    id: str
    access: str | None = None
    service: str | None = None
    license: str | None = None
    parents: tuple[Parent, ...] = ()
    because: str | None = None
    subject: dict[str, Any] = {}
    use: dict[str, Any] = {}
    line: int = 0


class Project(Struct, frozen=True):
    """What a project says of itself."""

    path: str = FILE
    use: dict[str, Any] = {}
    models: tuple[Declared, ...] = ()
    policies: tuple[str, ...] = ("default",)
    waivers: tuple[Waiver, ...] = ()
    exclude: tuple[str, ...] = ()
    places: dict[str, int] = {}


def stands(path: Path) -> bool:
    """Whether anything stands there: a link that leads nowhere and what may not be looked at are told when read."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def load(path: Path, grammar: Grammar, shown: str = FILE, folder: Path | None = None) -> Project:
    """Read a project file, its policies below `folder`. Raises InputError with every mistake, each with its line."""
    if path.name == FILE and is_pipe(path):
        raise InputError([f"{shown}: a pipe, not a file"])  # one of another name was given, and is waited for
    return read(read_text(path, shown), grammar, shown, folder)


def read(text: str, grammar: Grammar, shown: str = FILE, folder: Path | None = None) -> Project:
    """Read the text of a project file. Raises InputError with every mistake, each with its line."""
    problems = Problems()
    root = parse(text, shown, problems)
    if root is None:
        raise InputError(problems.found)
    below = dict.fromkeys(grammar.vocabulary.facts, "a fact stands below `use:`")
    fields = root.fields(["use", "models", "policies", "waivers", "exclude"], instead=below)
    use, places = read_facts(fields["use"], grammar, of_use=True) if "use" in fields else ({}, {})
    models = tuple(_declared(node, grammar) for node in items(fields, "models"))
    _unique(models, fields)
    if "use" in fields:
        for message in contradictions(use, grammar.vocabulary):
            fields["use"].error(message)
    project = Project(
        path=shown,
        use=use,
        models=models,
        policies=_policies(fields["policies"], grammar, folder) if "policies" in fields else ("default",),
        waivers=tuple(_waiver(node) for node in items(fields, "waivers")),
        places=places,
        **values(fields, {"exclude": Node.texts}),
    )
    problems.raise_if_any()
    return project


def parse_facts(pairs: list[str], grammar: Grammar) -> dict[str, Value | Unknown]:
    """`--fact name=value`; values of a set are separated by commas, `none` is the empty set. Raises InputError."""
    problems = Problems()
    found: dict[str, Value | Unknown] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            problems.found.append(f"--fact {pair}: write it as name=value")
            continue
        fact = grammar.vocabulary.facts.get(name.strip())
        if not text.strip() and fact is not None:  # a variable that nobody set
            others = "`none` or `unknown`" if fact.type in SET_TYPES else "or `unknown`"
            problems.found.append(f"--fact {pair}: no value; write one, {others}")
            continue
        is_set = fact is not None and fact.type in SET_TYPES
        given = Given(_several(text), "sequence") if is_set else Given(text.strip())
        value = _fact(name.strip(), Node(given, f"--fact {pair}", problems), grammar)
        if value is not None and found.setdefault(name.strip(), value) != value:
            many = "; give all its values at once, with commas" if is_set else ""
            problems.found.append(f"--fact {pair}: {name.strip()} is stated twice{many}")
    problems.found = [message.replace(":1: ", ": ", 1) for message in problems.found]
    problems.found += [f"--fact: {message}" for message in contradictions(found, grammar.vocabulary)]
    problems.raise_if_any()
    return found


def _several(text: str) -> list[Given]:
    """The values of a set as people type them."""
    text = text.strip().removeprefix("[").removesuffix("]").strip()
    return [Given(part.strip()) for part in text.split(",")] if text else []


def _fact(name: str, node: Node, grammar: Grammar) -> Value | Unknown | None:
    fact = grammar.fact(name, node)
    if fact is None:
        return None
    if not node.is_map and [item.raw.value for item in node.list()] == ["unknown"]:
        return UNKNOWN
    return grammar.value(fact, node)


def read_facts(node: Node, grammar: Grammar, *, of_use: bool = False) -> tuple[dict[str, Any], dict[str, int]]:
    """A mapping of facts to values, and the line of each; mistakes are noted at the node.

    Facts `of_use` are not those of the model: the catalogue answers these, and a correction of it gives its reason.
    """
    found: dict[str, Any] = {}
    places: dict[str, int] = {}
    for name, value in node.items():
        if value.is_null:
            value.error(f"{name} has no value; write one, or `unknown`")
            continue
        parsed = _fact(name, value, grammar)
        if of_use and parsed is not None and is_of_the_subject(name, grammar.vocabulary):
            value.error(f"{name} is a fact of the model, not of the use; state it under `subject:` with `because:`")
        elif parsed is not None:
            found[name], places[name] = parsed, value.line
    return found, places


def is_of_the_subject(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the catalogue answers a fact; how a model is reached is for the user to say."""
    return vocabulary.facts[name].subject and name != "access"


def _policies(node: Node, grammar: Grammar, folder: Path | None) -> tuple[str, ...]:
    """Names of policies; one that neither ships nor is a file is noted."""
    names, found = grammar.ids.get("policy-id", frozenset()), []
    for item in node.list():
        found.append(name := item.text())
        if name and names and folder is not None and name not in names and not (folder / name).exists():
            told = f"there is no file {name!r}" if Path(name).suffix else f"policy {name!r} is not shipped"
            item.error(f"{told}{near(name, sorted(names))}; name one that ships, a law, or a path from the project")
    return tuple(found)


def _declared(node: Node, grammar: Grammar) -> Declared:
    if not node.is_map:
        node.error(f"expected a model as `- id: NAME`, found {node.kind}")
        return Declared(id="", line=node.line)
    facts = grammar.vocabulary.facts
    below = {
        name: f"a fact stands below `{'subject' if facts[name].subject else 'use'}:` of its model" for name in facts
    }
    fields = node.fields(["id", *_DECLARED, "parents", "subject", "use"], required=["id"], instead=below)
    for key in ("license", "subject"):
        stated = key in fields and not (fields[key].is_map and not list(fields[key].items()))
        if stated and "because" not in fields:
            fields[key].error(f"{key} overrides the catalogue: say `because:`")
    if "because" in fields:
        _filled(fields["because"], "because")
    use = read_facts(fields["use"], grammar, of_use=True)[0] if "use" in fields else {}
    services = grammar.ids.get("service-id", frozenset())
    if services and "service" in fields and (name := fields["service"].text()) not in services:
        fields["service"].error(f"the service {name!r} is not in the catalogue{near(name, sorted(services))}")
    for message in contradictions(use, grammar.vocabulary):
        fields["use"].error(message)
    return Declared(
        id=fields["id"].text().removeprefix("hf:") if "id" in fields else "",
        **values(fields, _DECLARED),
        parents=_parents(fields["parents"], grammar) if "parents" in fields else (),
        subject=read_facts(fields["subject"], grammar)[0] if "subject" in fields else {},
        use=use,
        line=node.line,
    )


def _parents(node: Node, grammar: Grammar) -> tuple[Parent, ...]:
    parents = []
    for item in node.list():
        if not item.is_map:
            item.error(f"expected a parent as `{{id: NAME, relation: finetune}}`, found {item.kind}")
            continue
        parents.append(parent(grammar.vocabulary.relations)(item))
    return tuple(sorted(parents, key=lambda edge: (edge.id.casefold(), edge.id, edge.relation)))


def _unique(models: tuple[Declared, ...], fields: dict[str, Node]) -> None:
    seen: set[str] = set()
    for node, model in zip(items(fields, "models"), models, strict=True):
        if model.id and model.id.casefold() in seen:
            node.error(f"the model {model.id!r} is declared twice")
        seen.add(model.id.casefold())


def _waiver(node: Node) -> Waiver:
    keys = ["rule", "subject", "reason", "owner", "until"]
    fields = node.fields(_WAIVER, required=keys)
    said = dict.fromkeys(keys, "") | values(fields, _WAIVER)
    if "rule" in fields and "#" not in said["rule"]:
        fields["rule"].error("a waiver names one rule as document#rule, as the report does")
    for key in {"subject", "reason", "owner"} & fields.keys():
        _filled(fields[key], key)
    return Waiver(**said, line=node.line)


def _filled(node: Node, key: str) -> None:
    """Notes a text without a word in it."""
    if not any(sign.isalnum() for sign in node.text()):
        node.error(f"{key} says nothing; write it out")


def merged_problems(use: Stated, settings: Project, vocabulary: Vocabulary) -> list[str]:
    """Contradictions between the facts of a project, the command line and single models, laid one over the other."""
    found = [f"--fact and {settings.path}: {told}" for told in contradictions(use, vocabulary)]
    for model in settings.models:
        if model.use:
            told = contradictions({**use, **model.use}, vocabulary)
            found += [f"{settings.path}:{model.line}: {model.id}: {line}" for line in told]
    return list(dict.fromkeys(found))


def scope_problems(
    use: Stated, subjects: int, vocabulary: Vocabulary, shown: str, places: Mapping[str, int] = MappingProxyType({})
) -> list[str]:
    """Facts about one model stated for a whole project of several; `places` are the lines of those in a file."""
    found = [name for name in use if vocabulary.facts[name].scope == "model"] if subjects > 1 else []
    told = f"is a fact about one model and there are {subjects}; state it under `models:` of {FILE} for each"
    where = {name: f"{shown}:{places[name]}" if name in places else shown for name in found}
    return [f"{where[name]}: {name} {told}: `- {{id: MODEL, use: {{{name}: ...}}}}`" for name in found]
