"""The proof of a rule as a tree: its conditions in words, each with what it came to."""

from compliance.logic import Step
from compliance.model import All, AnyOf, Condition, Document, Not, Struct, Test, Truth
from compliance.report.wording import said
from compliance.terms import Judged

_WORDS = {
    "equals": "is",
    "over": "is over",
    "at_least": "is at least",
    "under": "is under",
    "at_most": "is at most",
    "before": "is before",
    "after": "is after",
    "includes_any": "includes one of",
    "includes_all": "includes all of",
    "within": "is in",
    "only": "is only",
}


class Node(Struct, frozen=True):
    """A condition in words and whether it holds; `assumed` are the facts that it rests on and nobody stated."""

    text: str
    truth: Truth
    assumed: tuple[str, ...] = ()
    parts: tuple["Node", ...] = ()


def proof(judged: Judged, document: Document | None) -> list[Node]:
    """The conditions of a rule: those of its document, `when`, `unless`, and of a duty what would fulfil it."""
    rule, steps = judged.rule, list(judged.step.steps)
    found: list[Node] = []
    if steps:
        applies = steps.pop(0)
        if document is not None and document.applies is not None:
            found.append(_titled("the document applies where", document.applies, applies, applies.truth))
    if steps and rule.when is not None:
        step = steps.pop(0)
        found.append(_titled("the rule holds where", rule.when, step, step.truth))
    if steps and rule.unless is not None:
        step = steps.pop(0)
        found.append(_titled("unless", rule.unless, step, _contrary(step.truth)))
    if judged.fulfilled is not None and rule.fulfilled_when is not None:
        step = judged.fulfilled
        found.append(_titled("the duty is fulfilled where", rule.fulfilled_when, step, step.truth))
    return found


def _titled(title: str, condition: Condition, step: Step, truth: Truth) -> Node:
    return Node(text=title, truth=truth, parts=(_node(condition, step, truth),))


def _node(condition: Condition, step: Step, truth: Truth) -> Node:
    """A condition beside the step that it came to; `any` and `not` are kept in steps as contraries."""
    if isinstance(condition, Test):
        return Node(text=_sentence(condition), truth=truth, assumed=tuple(sorted(step.assumed)))
    if isinstance(condition, Not):
        return Node(text="not", truth=truth, parts=(_node(condition.item, step, _contrary(truth)),))
    is_all = isinstance(condition, All)
    pairs = zip(condition.items, step.steps, strict=False)
    parts = tuple(_node(item, part, part.truth if is_all else _contrary(part.truth)) for item, part in pairs)
    return Node(text="all of" if is_all else "any of", truth=truth, parts=parts)


def in_words(condition: Condition) -> str:
    """A condition on one line: "personal data is true and (… or …)"."""
    if isinstance(condition, Test):
        return _sentence(condition)
    if isinstance(condition, Not):
        return f"not ({in_words(condition.item)})"
    word = " and " if isinstance(condition, All) else " or "
    parts = (in_words(item) for item in condition.items)
    return word.join(f"({part})" if isinstance(item, (All, AnyOf)) else part
                     for part, item in zip(parts, condition.items, strict=True))  # fmt: skip


def _contrary(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _sentence(test: Test) -> str:
    several = test.op == "equals" and isinstance(test.operand, frozenset) and len(test.operand) > 1
    words = "is one of" if several else _WORDS.get(test.op, test.op.replace("_", " "))
    operand = test.written or said(test.operand)
    if test.other is not None:
        operand = f"the {test.other.replace('_', ' ')}"
    return f"{test.fact.replace('_', ' ')} {words} {operand}"
