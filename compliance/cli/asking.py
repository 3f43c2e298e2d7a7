"""A question put to a person at a terminal, until the answer can be read."""

from typing import Any

import click

from compliance import project
from compliance.cli import common
from compliance.grammar import Grammar
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


def hint(fact: Fact) -> str:
    """The answers that a fact takes."""
    if fact.values:
        values = (*fact.values, "none") if fact.type == "set-of" and "none" not in fact.values else fact.values
        return f" [{', '.join(values)}]"
    return {"bool": " [true, false]", "country": " [two letters]", "countries": " [two letters each, or none]"}.get(
        fact.type, ""
    )
