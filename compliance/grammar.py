"""Facts and conditions from text, against a vocabulary: typed values, matchers, did-you-mean."""

import re
from collections.abc import Callable, Iterable, Mapping

from compliance import dates
from compliance.countries import COUNTRIES, NAMES
from compliance.model import All, AnyOf, Condition, Fact, Not, Test, Value, Vocabulary
from compliance.source import Node, near, nearest

SET_TYPES = {"set-of", "countries"}
NUMBER_TYPES = {"int", "number", "money"}
_SHORT = 4
"""Letters of a word that is like too many others."""
_MOST = 1e18
"""What whole numbers stay below, so that every format that we write has them exactly."""
_OPERATORS: Mapping[str, set[str]] = {
    "over": NUMBER_TYPES,
    "at_least": NUMBER_TYPES | {"date"},
    "under": NUMBER_TYPES,
    "at_most": NUMBER_TYPES | {"date"},
    "before": {"date"},
    "after": {"date"},
    "starts_with": {"text"},
    "includes": SET_TYPES,
    "includes_any": SET_TYPES,
    "includes_all": SET_TYPES,
    "only": SET_TYPES,
    "within": {"country", "countries"},
}
_FEW = 12  # values that fit a message
_MANY = {"includes_any", "includes_all", "only", "within"}


class Grammar:
    """Reads values and conditions against one vocabulary; `ids` holds the names that publisher-id and document-id take.

    `ids` may be empty while the catalogue that defines them is still being read; then they are checked later.
    """

    def __init__(self, vocabulary: Vocabulary, ids: Mapping[str, Iterable[str]] | None = None) -> None:
        self.vocabulary = vocabulary
        self.ids = {name: frozenset(known) for name, known in (ids or {}).items()}

    def fact(self, name: str, node: Node) -> Fact | None:
        """The fact of that name, or None with the mistake noted."""
        found = self.vocabulary.facts.get(name)
        if found is None:
            node.error(f"unknown fact {name!r}{self._meant(name)}")
        return found

    def _meant(self, name: str) -> str:
        """Facts that hold the name as a word, at their end and the shortest first; else the nearest; else a list."""
        word = name.casefold().replace("-", "_")
        whole = [known for known in self.vocabulary.facts.values() if f"_{word}_" in f"_{known.name}_"]
        names = [fact.name for fact in whole if not fact.subject]
        named = sorted(names, key=lambda known: (not known.endswith(word), len(known)))
        if named:
            return f"; did you mean {' or '.join(map(repr, named[:4]))}?"
        return near(name, self.vocabulary.facts) or "; `modelcheck show facts` lists them all"

    def value(self, fact: Fact, node: Node) -> Value | None:
        """A value of a fact, typed; None with the mistake noted."""
        if fact.type in SET_TYPES:
            if "none" not in fact.values and [item.raw.value for item in node.list()] == ["none"]:
                return frozenset()
            parts = [self._atom(fact, item) for item in node.list()]
            if any(part is None for part in parts):
                return None
            return self._expand(fact, frozenset(str(part) for part in parts))
        if fact.type == "country":
            return node.scalar(self._one_country, f"a country (ISO 3166-1 alpha-2), such as DE, for {fact.name}")
        return self._atom(fact, node)

    def _expand(self, fact: Fact, values: frozenset[str]) -> frozenset[str]:
        if fact.type not in {"country", "countries"}:
            return values
        return frozenset().union(*(self.vocabulary.territories.get(value, frozenset({value})) for value in values))

    def _atom(self, fact: Fact, node: Node) -> Value | None:
        if fact.type in {"one-of", "set-of"} and fact.values_of is None:
            few = len(fact.values) <= _FEW
            every = f"the values of {fact.name} (`modelcheck show {fact.name}`)"
            what = f"{', '.join(fact.values)} for {fact.name}" if few else every
            return node.scalar(lambda text: self._one_of(text, fact.values), f"one of {what}")
        if fact.type == "text" and "*" in str(node.raw.value):
            node.error(f"{fact.name} is compared letter by letter, and `*` stands for itself; use starts_with")
            return None
        parse, what = self._parsers(fact)
        return node.scalar(parse, f"{what} for {fact.name}")

    def _parsers(self, fact: Fact) -> tuple[Callable[[str], Value], str]:
        kind = fact.values_of or fact.type
        if kind in self.ids or kind in {"publisher-id", "document-id"}:
            return lambda text: self._id(text, kind), f"a {kind}"
        if kind in {"country", "countries"}:
            return (self._country, "a country (ISO 3166-1 alpha-2), such as DE, or a territory of the vocabulary")
        return {
            "bool": (_bool, "true or false"),
            "int": (_int, "a whole number"),
            "number": (_number, "a number"),
            "money": (_number, "an amount in US dollars"),
            "date": (dates.iso, "a date (YYYY-MM-DD)"),
        }.get(kind, (str, "text"))

    def _id(self, text: str, kind: str) -> str:
        known = self.ids.get(kind)
        if known and text not in known:
            raise ValueError(f"not in the catalogue{near(text, known)}")
        return text

    def _one_of(self, text: str, values: tuple[str, ...]) -> str:
        if text not in values:
            raise ValueError(near(text, values).removeprefix("; "))
        return text

    def _country(self, text: str) -> str:
        if text.upper() not in COUNTRIES and text.upper() not in self.vocabulary.territories:
            word = text.casefold()
            named = NAMES.get((nearest(word, NAMES) or "") if len(word) > _SHORT else word)
            hint = f"; did you mean {named!r}?" if named else near(text.upper(), self.vocabulary.territories)
            raise ValueError(hint.removeprefix("; "))
        return text.upper()

    def _one_country(self, text: str) -> str:
        """A country that a fact is; a territory would be compared with countries and equal none."""
        members = self.vocabulary.territories.get(text.upper(), frozenset({text.upper()}))
        if text.upper() not in self.vocabulary.territories:
            return self._country(text)
        if len(members) > 1:
            raise ValueError(f"which is {len(members)} countries; name the one, or say `unknown`")
        return next(iter(members))

    def condition(self, node: Node) -> Condition | None:
        """A condition; None with the mistakes noted, or where it is empty."""
        if not node.is_map:
            node.error(f"expected a condition (facts and what they must be), found {node.kind}")
            return None
        parts = [part for key, value in node.items() if (part := self._clause(key, value)) is not None]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(items=tuple(parts))

    def _clause(self, key: str, node: Node) -> Condition | None:
        if key in {"all", "any"}:
            items = tuple(item for child in node.list() if (item := self.condition(child)) is not None)
            if not items:
                node.error(f"{key!r} needs at least one condition")
                return None
            return All(items=items) if key == "all" else AnyOf(items=items)
        if key == "not":
            item = self.condition(node)
            return Not(item=item) if item is not None else None
        fact = self.fact(key, node)
        return None if fact is None else self._matcher(fact, node)

    def _matcher(self, fact: Fact, node: Node) -> Condition | None:
        if node.is_map:
            tests = [test for op, value in node.items() if (test := self._operator(fact, op, value)) is not None]
            if not tests:
                return None
            return tests[0] if len(tests) == 1 else All(items=tuple(tests))
        if fact.type in SET_TYPES:
            node.error(f"{fact.name} is a set: use includes, includes_any, includes_all, only or within")
            return None
        if node.is_list:
            found = [self._atom(fact, item) for item in node.list()]
            if any(item is None for item in found):
                return None
            return self._among(fact, "equals", frozenset(str(item) for item in found))
        value = self._atom(fact, node)
        if value is not None and fact.type == "country" and value in self.vocabulary.territories:
            return self._among(fact, "equals", frozenset({str(value)}))  # any of its countries
        return None if value is None else Test(fact=fact.name, op="equals", operand=value)

    def _operator(self, fact: Fact, op: str, node: Node) -> Test | None:
        if op == "fact":
            return self._other(fact, "equals", node)
        if fact.type not in _OPERATORS.get(op, ()):
            fit = [name for name, types in _OPERATORS.items() if fact.type in types]
            wrong = f"{op} does not fit" if op in _OPERATORS else f"unknown matcher {op!r} for"
            how = f"use {', '.join(fit)}" if fit else "write the value itself, or a list of values"
            node.error(f"{wrong} {fact.name}, which is {fact.type}; {how}{near(op, fit) if op not in fit else ''}")
            return None
        if node.is_map:  # the operand is another fact
            inner = node.fields(["fact"], required=["fact"])
            return self._other(fact, op, inner["fact"]) if "fact" in inner else None
        if op in _MANY or fact.type in SET_TYPES:
            if op == "includes" and node.is_list:
                node.error("includes takes one value; use includes_any or includes_all")
                return None
            found = [self._atom(fact, item) for item in node.list()]
            if not found or any(item is None for item in found):
                return None
            return self._among(fact, op, frozenset(str(item) for item in found))
        operand = self._atom(fact, node)
        return None if operand is None else Test(fact=fact.name, op=op, operand=operand)

    def _among(self, fact: Fact, op: str, values: frozenset[str]) -> Test:
        operand = self._expand(fact, values)
        return Test(
            fact=fact.name, op=op, operand=operand, written=None if operand == values else ", ".join(sorted(values))
        )

    def _other(self, fact: Fact, op: str, node: Node) -> Test | None:
        other = self.fact(node.text(), node)
        return None if other is None else Test(fact=fact.name, op=op, other=other.name)


def _bool(text: str) -> bool:
    folded = text.casefold()
    if folded in {"true", "yes"}:
        return True
    if folded in {"false", "no"}:
        return False
    raise ValueError


def _int(text: str) -> int:
    if not re.fullmatch(r"\d+(?:_\d{3})*", text):
        raise ValueError("digits only, such as 250_000")
    if float(text) >= _MOST:
        raise ValueError("below 10^18")
    return int(text)


def _number(text: str) -> int | float:
    if not re.fullmatch(r"\d+(?:_\d{3})*(?:\.\d+)?(?:[eE]\+?\d{1,3})?", text):
        raise ValueError("such as 250_000 or 1.5e25")
    number = float(text)
    if number == float("inf"):
        raise ValueError("below 10^308")
    return int(number) if number.is_integer() and number < _MOST and "e" not in text.lower() else number
