"""A question put to a person at a terminal, until the answer can be read."""

import shlex
from collections.abc import Mapping
from typing import Any

import click

from compliance import project
from compliance.cli import common
from compliance.grammar import Grammar
from compliance.logic import Unknown
from compliance.model import Fact, InputError


def answer(name: str, question: str, use: dict[str, Any], grammar: Grammar) -> None:
    """Ask for a fact and lay the answer over the use; who presses Enter does not know."""
    while True:
        text = click.prompt(f"{question}{hint(grammar.vocabulary.facts[name])}", default="unknown", err=True)
        try:
            use |= project.parse_facts([f"{name}={text}"], grammar)
        except InputError as problem:
            common.say_all((line.removeprefix(f"--fact {name}={text}: ") for line in problem.problems), err=True)
        else:
            return


def typed(facts: Mapping[str, Any]) -> str:
    """Facts as they are stated on the command line."""
    told = []
    for name, value in facts.items():
        text = ",".join(sorted(value)) or "none" if isinstance(value, frozenset) else str(value)
        told.append(f"--fact {shlex.quote(f'{name}={text.lower() if isinstance(value, (bool, Unknown)) else text}')}")
    return " ".join(told)


def hint(fact: Fact) -> str:
    """The answers that a fact takes."""
    if fact.values:
        values = (*fact.values, "none") if fact.type == "set-of" and "none" not in fact.values else fact.values
        return f" [{', '.join(values)}]"
    return {"bool": " [true, false]", "country": " [two letters]", "countries": " [two letters each, or none]"}.get(
        fact.type, ""
    )
