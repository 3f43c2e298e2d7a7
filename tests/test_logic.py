"""Three-valued truth table by table: what a fact is, what a matcher says, what the proof of it carries."""

from itertools import product

import pytest

from compliance import logic
from compliance.logic import FALSE, NOTHING, TRUE, UNKNOWN, Facts, Known, Step, compare, conjoin, evaluate, negate
from compliance.model import All, AnyOf, Choice, Fact, Not, SubjectFact, Vocabulary
from compliance.model import Test as Comparison

OPEN = Step(None, frozenset({"x"}))
MORE = Step(None, frozenset({"y"}))


def _facts(*facts, assumptions=True, subject=None, **stated):
    made = {fact.name: fact for fact in facts}
    made |= {name: Fact(name=name, type="bool") for name in stated if name not in made}
    return Facts(
        Vocabulary(facts=made, actions={}, relations=frozenset(), territories={}), stated, subject or {}, assumptions
    )


def _fact(name, type="bool", **more):
    return Fact(name=name, type=type, **more)


def _is(name, operand=True, op="equals"):  # noqa: FBT002 - the operand of most tests
    return Comparison(fact=name, op=op, operand=operand)


def _assumed(truth, *names):
    return Step(truth, NOTHING, frozenset(names))


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, True, False, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, True, None, True),
        (None, False, False, None),
        (None, None, None, None),
    ],
)
def test_and_and_or_follow_the_tables_of_kleene(left, right, both, either):
    stated = {name: value for name, value in (("a", left), ("b", right)) if value is not None}
    facts = _facts(_fact("a"), _fact("b"), **stated)
    items = (_is("a"), _is("b"))
    assert evaluate(All(items=items), facts).truth is both
    assert evaluate(AnyOf(items=items), facts).truth is either


@pytest.mark.parametrize(("truth", "contrary"), [(True, False), (False, True), (None, None)])
def test_not_turns_truth_around_and_leaves_the_unknown_unknown(truth, contrary):
    facts = _facts(_fact("a"), **({} if truth is None else {"a": truth}))
    assert evaluate(Not(item=_is("a")), facts).truth is contrary


def test_a_denied_step_keeps_everything_else_of_its_proof():
    test = _is("a")
    step = Step(True, NOTHING, frozenset({"p"}), test, (TRUE,))
    assert negate(step) == Step(False, NOTHING, frozenset({"p"}), test, (TRUE,))
    assert negate(OPEN) == OPEN


def test_an_open_conjunction_lacks_what_its_open_parts_lack_and_rests_on_all_assumptions():
    steps = (OPEN, MORE, _assumed(True, "p"), _assumed(True, "q"))
    assert conjoin(steps) == Step(None, frozenset({"x", "y"}), frozenset({"p", "q"}), None, steps)


def test_a_true_conjunction_rests_on_the_assumptions_of_all_its_parts():
    steps = (_assumed(True, "p"), TRUE, _assumed(True, "q"))
    assert conjoin(steps) == Step(True, NOTHING, frozenset({"p", "q"}), None, steps)
    assert conjoin(()) == Step(True)


def test_a_false_conjunction_lacks_nothing_and_rests_on_the_part_that_assumes_least():
    steps = (OPEN, _assumed(False, "p", "q"), _assumed(False, "z"), _assumed(True, "r"))
    assert conjoin(steps) == Step(False, NOTHING, frozenset({"z"}), None, steps)
    assert conjoin((*steps, FALSE)).assumed == NOTHING


def test_of_two_false_parts_that_assume_as_much_the_same_is_taken_in_any_order():
    one, two = _assumed(False, "p"), _assumed(False, "q")
    assert conjoin((one, two)).assumed == conjoin((two, one)).assumed == {"p"}


def test_the_proof_of_a_condition_shows_every_test_in_it():
    facts = _facts(_fact("b"), a=True)
    condition = All(items=(_is("a"), Not(item=_is("b"))))
    step = evaluate(condition, facts)
    assert [part.test for part in step.steps] == [_is("a"), _is("b")]
    either = evaluate(AnyOf(items=condition.items), facts)
    assert [part.test for part in either.steps] == [_is("a"), _is("b")]


def test_every_comparison_is_found_however_deep_it_stands_in_a_condition():
    one, two, three = (Comparison(fact=name, op="equals", operand=True) for name in "abc")
    condition = All(items=(one, Not(item=AnyOf(items=(two, Not(item=three))))))
    assert list(logic.tests(condition)) == [one, two, three]
    assert list(logic.tests(None)) == []


def test_a_stated_fact_is_known_and_rests_on_nothing():
    assert _facts(_fact("a", assumed=False), a=True).get("a") == Known(True)
    assert _facts(a=False).get("a") == Known(False)


def test_what_nobody_stated_is_not_false():
    assert _facts(_fact("a")).get("a") == {"a"}


def test_a_fact_stated_as_unknown_is_unknown_whatever_could_be_assumed_or_derived():
    facts = _facts(_fact("a", assumed=True, same_as="b", true_when=_is("b")), a=UNKNOWN, b=True)
    assert facts.get("a") == {"a"}
    assert repr(UNKNOWN) == "unknown"


def test_an_assumption_is_named_and_can_be_turned_off():
    assert _facts(_fact("a", assumed=False)).get("a") == Known(False, frozenset({"a"}))
    assert _facts(_fact("a", assumed=False), assumptions=False).get("a") == {"a"}


def test_assumptions_are_made_unless_they_are_turned_off():
    vocabulary = Vocabulary(facts={"a": _fact("a", assumed=True)}, actions={}, relations=frozenset(), territories={})
    assert Facts(vocabulary, {}).get("a") == Known(True, frozenset({"a"}))


def test_a_fact_that_is_the_same_as_another_takes_its_value_and_names_itself():
    facts = _facts(_fact("a", same_as="b"), b=True)
    assert facts.get("a") == Known(True, frozenset({"a"}))
    chain = _facts(_fact("a", same_as="b"), _fact("b", assumed=True))
    assert chain.get("a") == Known(True, frozenset({"a", "b"}))


def test_a_fact_is_the_same_as_a_nearer_one_where_only_that_was_stated():
    known = (_fact("a", same_as="b", rather="c"), _fact("b", same_as="d"), _fact("c", same_as="d"), _fact("d"))
    assert _facts(*known, d=True).get("a") == Known(True, frozenset({"a", "b"}))
    assert _facts(*known, c=False, d=True).get("a") == Known(False, frozenset({"a"}))
    assert _facts(*known, c=UNKNOWN, d=True).get("a") == {"c"}
    assert _facts(*known, b=True, c=False, d=True).get("a") == Known(True, frozenset({"a"}))


def test_a_fact_that_is_the_same_as_an_unknown_one_lacks_that_one():
    assert _facts(_fact("a", same_as="b"), _fact("b")).get("a") == {"b"}
    assert _facts(_fact("a", same_as="b"), assumptions=False, b=True).get("a") == {"a"}


def test_facts_that_are_defined_by_each_other_are_unknown():
    assert _facts(_fact("a", same_as="b"), _fact("b", same_as="a")).get("a") == {"a"}


def test_a_condition_on_other_facts_makes_a_fact_true_and_never_false():
    fact = _fact("a", true_when=_is("b"))
    assert _facts(fact, b=True).get("a") == Known(True)
    assert _facts(fact, b=False).get("a") == {"a"}
    assert _facts(fact, _fact("b")).get("a") == {"a"}


def test_a_fact_that_is_true_by_an_assumed_one_rests_on_that_assumption():
    facts = _facts(_fact("a", true_when=_is("b")), _fact("b", assumed=True))
    assert facts.get("a") == Known(True, frozenset({"b"}))


def test_what_the_user_states_is_before_what_follows_from_other_facts():
    assert _facts(_fact("a", true_when=_is("b")), a=False, b=True).get("a") == Known(False)


def test_denying_a_fact_denies_what_cannot_be_without_it():
    whole, part = _fact("whole", implies_false=("part",)), _fact("part", assumed=True)
    assert _facts(whole, part, whole=False).get("part") == Known(False)
    assert _facts(whole, part, whole=True).get("part") == Known(True, frozenset({"part"}))
    assert _facts(whole, part).get("part") == Known(True, frozenset({"part"}))
    assert _facts(whole, part, whole=False).get("whole") == Known(False)


def test_a_value_is_looked_up_once():
    facts = _facts(a=True)
    assert facts.get("a") is facts.get("a")


def _subject(*choices, **stated):
    known = {"s": SubjectFact(choices=tuple(Choice(value=value, when=when) for value, when in choices))}
    return _facts(_fact("s", "text"), _fact("a"), _fact("b"), _fact("c", assumed=False), subject=known, **stated).get(
        "s"
    )


def test_what_the_user_states_of_a_subject_is_before_what_the_catalogue_says():
    assert _subject(("x", None), s="y") == Known("y")


def test_the_first_choice_whose_condition_holds_is_the_value():
    choices = [("x", _is("a")), ("y", _is("b")), ("z", None)]
    assert _subject(*choices, a=True, b=True) == Known("x")
    assert _subject(*choices, a=False, b=True) == Known("y")
    assert _subject(*choices, a=False, b=False) == Known("z")


def test_an_open_condition_leaves_the_value_open_unless_all_that_can_follow_agrees():
    assert _subject(("x", _is("a")), ("y", None)) == {"a"}
    assert _subject(("x", _is("a")), ("y", _is("b")), ("z", None)) == {"a", "b"}
    assert _subject(("x", _is("a")), ("x", None)) == Known("x")
    assert _subject(("x", _is("a")), ("x", None), ("y", None)) == Known("x")
    assert _subject(("x", _is("a")), ("x", _is("b"))) == {"a", "b"}


def test_where_no_choice_holds_the_fact_itself_is_what_is_missing():
    assert _subject(("x", _is("a")), a=False) == {"s"}
    assert _subject() == {"s"}


def test_a_choice_names_the_assumptions_that_made_it_and_those_that_passed_over_others():
    assert _subject(("x", _is("c", operand=False)), ("y", None)) == Known("x", frozenset({"c"}))
    assert _subject(("x", _is("c")), ("y", None)) == Known("y", frozenset({"c"}))


FEW, MANY, MOST = _fact("few", "int", at_most="many"), _fact("many", "int"), _fact("most", "int", at_least="many")
NUMBERS = {
    ("over", 4): False, ("over", 5): False, ("over", 6): True,
    ("at_least", 4): False, ("at_least", 5): True, ("at_least", 6): True,
    ("under", 4): True, ("under", 5): False, ("under", 6): False,
    ("at_most", 4): True, ("at_most", 5): True, ("at_most", 6): False,
}  # fmt: skip


@pytest.mark.parametrize("op", ["over", "at_least", "under", "at_most"])
@pytest.mark.parametrize("value", [4, 5, 6])
def test_a_threshold_is_exact_at_its_edge(op, value):
    facts = _facts(_fact("n", "int"), n=value)
    assert evaluate(_is("n", 5, op), facts) == Step(NUMBERS[op, value], NOTHING, NOTHING, _is("n", 5, op))
    assert compare(op, float(value), 5) is NUMBERS[op, value]


def test_a_number_is_bounded_by_what_is_stated_of_others():
    assert _facts(FEW, MANY, MOST, many=5).bounds("few") == (None, 5)
    assert _facts(FEW, MANY, MOST, many=5).bounds("most") == (5, None)
    assert _facts(FEW, MANY, MOST, few=3).bounds("most") == (3, None)
    assert _facts(FEW, MANY, MOST, most=9).bounds("few") == (None, 9)
    assert _facts(FEW, MANY, MOST, few=2, most=9).bounds("many") == (2, 9)
    assert _facts(FEW, MANY, MOST, many=5, most=9).bounds("few") == (None, 5)
    assert _facts(FEW, MANY, MOST, few=2, many=5).bounds("many") == (5, 5)
    assert _facts(FEW, MANY, MOST).bounds("few") == (None, None)


def test_of_several_bounds_the_tightest_counts():
    facts = (_fact("n", "int", at_most="a"), _fact("a", "int"), _fact("b", "int", at_least="n"))
    assert _facts(*facts, a=7, b=5).bounds("n") == (None, 5)
    facts = (_fact("n", "int", at_least="a"), _fact("a", "int"), _fact("b", "int", at_most="n"))
    assert _facts(*facts, a=7, b=5).bounds("n") == (7, None)


def test_bounds_that_turn_in_a_circle_end():
    one, two = _fact("one", "int", at_most="two"), _fact("two", "int", at_most="one")
    assert _facts(one, two).bounds("one") == (None, None)
    assert _facts(one, two, two=4).bounds("one") == (4, 4)


def test_only_numbers_bound():
    assert _facts(FEW, MANY, many=True).bounds("few") == (None, None)
    assert _facts(FEW, MANY, many=UNKNOWN).bounds("few") == (None, None)
    assert _facts(FEW, MANY, few=UNKNOWN, many=1.5).bounds("few") == (None, 1.5)


@pytest.mark.parametrize(
    ("op", "stated", "truth"),
    [
        # a fact of at most 5: what lies above is settled
        *[(op, {"many": 5}, truth) for op, truth in (("over", False), ("at_most", True), ("under", None), ("at_least", None))],
        *[(op, {"many": 4}, truth) for op, truth in (("over", False), ("at_most", True), ("under", True), ("at_least", False))],
        *[(op, {"many": 6}, None) for op in ("over", "at_most", "under", "at_least")],
    ],
)  # fmt: skip
def test_an_upper_bound_settles_what_it_can(op, stated, truth):
    step = evaluate(_is("few", 5, op), _facts(FEW, MANY, **stated))
    assert step == Step(truth, NOTHING if truth is not None else frozenset({"few"}), NOTHING, _is("few", 5, op))


@pytest.mark.parametrize(
    ("op", "stated", "truth"),
    [
        *[(op, {"many": 5}, truth) for op, truth in (("over", None), ("at_most", None), ("under", False), ("at_least", True))],
        *[(op, {"many": 6}, truth) for op, truth in (("over", True), ("at_most", False), ("under", False), ("at_least", True))],
        *[(op, {"many": 4}, None) for op in ("over", "at_most", "under", "at_least")],
    ],
)  # fmt: skip
def test_a_lower_bound_settles_what_it_can(op, stated, truth):
    step = evaluate(_is("most", 5, op), _facts(MANY, MOST, **stated))
    assert step == Step(truth, NOTHING if truth is not None else frozenset({"most"}), NOTHING, _is("most", 5, op))


def test_a_bound_settles_what_would_otherwise_be_assumed_and_then_nothing_is_assumed():
    most = _fact("most", "int", at_least="many", same_as="many")
    facts = _facts(most, MANY, many=9)
    assert evaluate(_is("most", 5, "over"), facts) == Step(True, NOTHING, NOTHING, _is("most", 5, "over"))
    step = evaluate(_is("most", 9, "over"), facts)
    assert step == Step(False, NOTHING, frozenset({"most"}), _is("most", 9, "over"))


def test_a_bound_of_a_stated_number_does_not_overrule_it():
    assert evaluate(_is("few", 5, "over"), _facts(FEW, MANY, few=6, many=4)).truth is True


def test_a_bound_is_held_against_the_value_of_another_fact():
    test = Comparison(fact="few", op="over", other="limit")
    assert evaluate(test, _facts(FEW, MANY, many=3, limit=4)) == Step(False, NOTHING, NOTHING, test)
    assumed = _facts(FEW, MANY, _fact("limit", "int", assumed=4), many=3)
    assert evaluate(test, assumed) == Step(False, NOTHING, frozenset({"limit"}), test)
    assert evaluate(test, _facts(FEW, MANY, _fact("limit", "int"), many=3)).missing == {"few", "limit"}


def test_no_bound_is_held_against_what_is_not_a_number():
    for operand in ("5", True):
        assert evaluate(_is("few", operand, "under"), _facts(FEW, MANY, many=0)).truth is None
    assert evaluate(_is("few", 5, "equals"), _facts(FEW, MANY, many=3)).truth is None


XY, X, Z = frozenset({"x", "y"}), frozenset({"x"}), frozenset({"z"})


@pytest.mark.parametrize(
    ("op", "value", "operand", "holds"),
    [
        ("equals", True, True, True),
        ("equals", True, False, False),
        ("equals", "DE", "DE", True),
        ("equals", "DE", "FR", False),
        ("equals", "Acme/a", "acme/A", True),
        ("equals", 1, 1.0, True),
        ("equals", 1, True, False),
        ("equals", False, 0, False),
        ("equals", "x", XY, True),
        ("equals", "z", XY, False),
        ("equals", "X", XY, True),
        ("equals", "x", frozenset({"X", "Y"}), True),
        ("equals", 1, XY, False),
        ("starts_with", "Llama-3-x", "llama", True),
        ("starts_with", "my-Llama", "llama", False),
        ("before", "2026-01-01", "2026-01-02", True),
        ("before", "2026-01-02", "2026-01-02", False),
        ("before", "2026-01-03", "2026-01-02", False),
        ("after", "2026-01-01", "2026-01-02", False),
        ("after", "2026-01-02", "2026-01-02", False),
        ("after", "2026-01-03", "2026-01-02", True),
        ("within", "DE", frozenset({"DE", "FR"}), True),
        ("within", "US", frozenset({"DE", "FR"}), False),
        ("within", XY, X, True),
        ("within", XY, Z, False),
        ("within", NOTHING, X, False),
        ("within", "DE", "DE", True),
        ("includes", frozenset({"DE"}), "DE", True),
        ("includes", XY, X, True),
        ("includes", XY, "x", True),
        ("includes", XY, "z", False),
        ("includes_any", XY, X | Z, True),
        ("includes_any", XY, Z, False),
        ("includes_all", XY, XY, True),
        ("includes_all", XY, X, True),
        ("includes_all", X, XY, False),
        ("includes_all", NOTHING, X, False),
        ("only", X, XY, True),
        ("only", XY, XY, True),
        ("only", XY, X, False),
        ("only", NOTHING, X, True),
        ("equals", XY, XY, True),
        ("equals", X, XY, False),
        ("equals", XY, X, False),
    ],
)
def test_each_matcher_says_what_its_name_says(op, value, operand, holds):
    assert compare(op, value, operand) is holds


@pytest.mark.parametrize("op", ["over", "at_least", "under", "at_most"])
def test_every_number_matcher_orders_whole_and_broken_numbers(op):
    for value, operand in product((1, 1.5, 2), (1, 1.5, 2)):
        wanted = {
            "over": value > operand,
            "at_least": value >= operand,
            "under": value < operand,
            "at_most": value <= operand,
        }
        assert compare(op, value, operand) is wanted[op]


@pytest.mark.parametrize(
    ("op", "value", "operand", "complaint"),
    [
        ("over", 1, XY, "^over takes one value$"),
        ("near", 1, 1, "^near is no matcher$"),
        ("over", XY, X, "^over does not take a set$"),
    ],
)
def test_a_matcher_that_does_not_fit_raises_and_never_answers(op, value, operand, complaint):
    with pytest.raises(TypeError, match=complaint):
        compare(op, value, operand)


@pytest.mark.parametrize(
    ("op", "truth"), [("includes", False), ("includes_any", False), ("within", False), ("only", True), ("includes_all", None)]
)  # fmt: skip
def test_what_an_empty_set_says_needs_no_operand(op, truth):
    facts = _facts(_fact("s", "set-of"), _fact("t", "set-of"), s=NOTHING)
    test = Comparison(fact="s", op=op, other="t")
    missing = NOTHING if truth is not None else frozenset({"t"})
    assert evaluate(test, facts) == Step(truth, missing, NOTHING, test)


def test_an_assumed_empty_set_is_named_where_it_settles():
    facts = _facts(_fact("s", "set-of", assumed=NOTHING), _fact("t", "set-of"))
    test = Comparison(fact="s", op="includes", other="t")
    assert evaluate(test, facts) == Step(False, NOTHING, frozenset({"s"}), test)


def test_a_comparison_of_two_facts_lacks_what_is_unknown_of_both_and_rests_on_both():
    test = Comparison(fact="a", op="equals", other="b")
    assert evaluate(test, _facts(_fact("a"), _fact("b"))) == Step(None, frozenset({"a", "b"}), NOTHING, test)
    assert evaluate(test, _facts(_fact("b"), a=True)) == Step(None, frozenset({"b"}), NOTHING, test)
    assert evaluate(test, _facts(a=True, b=True)) == Step(True, NOTHING, NOTHING, test)
    both = _facts(_fact("a", assumed=True), _fact("b", assumed=False))
    assert evaluate(test, both) == Step(False, NOTHING, frozenset({"a", "b"}), test)


def test_a_false_operand_is_an_operand():
    assert evaluate(_is("a", operand=False), _facts(a=False)).truth is True
    assert evaluate(_is("n", operand=0, op="over"), _facts(_fact("n", "int"), n=1)).truth is True
