"""Facts that are stated together and cannot all hold."""

from collections.abc import Iterator, Mapping

from compliance.grammar import NUMBER_TYPES
from compliance.logic import Facts, Unknown, evaluate, tests
from compliance.model import Value, Vocabulary

Stated = Mapping[str, Value | Unknown]


def contradictions(use: Stated, vocabulary: Vocabulary) -> list[str]:
    """Stated facts that cannot all hold: bounds breached, exclusive values together, implications denied."""
    return [message for name, value in use.items() for message in _contradicted(name, value, use, vocabulary)]


def _contradicted(name: str, value: Value | Unknown, use: Stated, vocabulary: Vocabulary) -> Iterator[str]:
    fact = vocabulary.facts[name]
    if isinstance(value, frozenset) and len(value) > 1:
        for alone in sorted(value & frozenset(fact.alone)):
            yield f"{name}: {alone!r} excludes all other values"
    if fact.type in NUMBER_TYPES and isinstance(value, (int, float)):
        others = {key: stated for key, stated in use.items() if key != name}
        least, most = Facts(vocabulary, others).bounds(name)
        if least is not None and value < least:
            yield f"{name} is {value}, but other facts make it at least {least}"
        elif most is not None and value > most:
            yield f"{name} is {value}, but other facts make it at most {most}"
    if value is False:
        for other in fact.implies_false:
            if use.get(other) is True:
                yield f"{name} is false, but {other} is true"
        others = {key: stated for key, stated in use.items() if key != name}
        made = evaluate(fact.true_when, Facts(vocabulary, others, assumptions=False)) if fact.true_when else None
        if made is not None and made.truth is True:
            told = sorted(
                {f"{test.fact} ({_said(others[test.fact])})" for test in tests(fact.true_when) if test.fact in others}
            )
            yield f"{name} is false, but {' and '.join(told)} makes it true; state one of them"


def _said(value: Value | Unknown) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
