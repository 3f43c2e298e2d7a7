"""Hostile Python is bounded before a tree is made of it; work is counted here, not timed."""

import ast
from collections.abc import Callable

import pytest

from compliance.model import Reference, Unread
from compliance.scan.pythoncode import parsing

COUNT = 3000
WIDE = {
    "lines": "a\n" * COUNT,
    "statements": "a;" * COUNT,
    "elements": "[" + "a," * COUNT + "]",
    "numbers": "[" + "1," * COUNT + "]",
    "comparison": "a<" * COUNT + "a",
    "assignment": "a=" * COUNT + "1",
    "arguments": "f(" + "a=1," * COUNT + ")",
    "decorators": "@a\n" * COUNT + "def f(): pass",
    "patterns": "match a:\n case " + "a|" * COUNT + "b:\n  pass",
    "fields": "f'" + "{a}" * COUNT + "'",
    "brackets": ("(" * 150 + ")" * 150 + "\n") * (COUNT // 100),
    "with": "with " + "a as b," * COUNT + "a: pass",
}
KEYWORDS = {
    "or": "a or " * COUNT + "a",
    "strings": "'a' " * COUNT,
    "comprehension": "[a " + "for a in b " * COUNT + "]",
}
DEEP = {
    "sums": "a+" * 100_000 + "a",
    "minus": "-" * 300_000 + "1",
    "not": "not " * 100_000 + "1",
    "attributes": "a" + ".b" * 90_000,
    "calls": "f" + "()" * 60_000,
    "parentheses": "(" * 90_000 + ")" * 90_000,
    "brackets": "[" * 150_000,
    "dictionaries": "{1:" * 90_000,
    "lambdas": "lambda:" * 90_000 + "1",
    "choices": "a if b else " * 50_000 + "a",
    "powers": "a**" * 60_000 + "1",
    "branches": "if a:\n b\n" + "elif a:\n b\n" * 8_000,
    "indents": "".join(" " * depth + "if a:\n" for depth in range(150)),
    "digits": "1" * 50_000,
    "zeros": "\0" * 1000,
}


def _nodes(tree: ast.AST) -> int:
    count, left = 0, [tree]
    while left:
        node = left.pop()
        count += 1
        left += ast.iter_child_nodes(node)
    return count


@pytest.mark.parametrize("name", sorted(WIDE))
def test_a_tree_has_few_nodes_for_each_mark_that_is_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = WIDE[name]
    marks = sum(text.count(mark) for mark in parsing._MARKS)  # noqa: SLF001
    assert _nodes(parsing.parse(text)) <= 6 * marks + 20
    monkeypatch.setattr(parsing, "MAX_MARKS", marks - 1)
    assert "operators and lines" in (parsing.too_much(text) or "")


@pytest.mark.parametrize("name", sorted(KEYWORDS))
def test_what_needs_no_mark_needs_several_letters_for_each_node(name: str) -> None:
    assert _nodes(parsing.parse(KEYWORDS[name])) <= len(KEYWORDS[name]) / 2


@pytest.mark.parametrize("name", sorted(DEEP))
def test_what_is_nested_without_end_is_told_and_searched_line_by_line(
    name: str, see: Callable[..., list[Reference]], unread: Callable[..., list[Unread]]
) -> None:
    text = "from transformers import AutoModel\nAutoModel.from_pretrained('acme/base-7b')\n" + DEEP[name]
    assert [item.resolved for item in see("a.py", text)] == ["hf:acme/base-7b"]
    assert len(unread("a.py", text)) == 1


def test_what_would_be_too_much_is_never_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_given: object) -> ast.Module:
        raise AssertionError

    monkeypatch.setattr(parsing.ast, "parse", parse)
    for text in ("a" * 1_000_001, "a\n" * 100_001 + "a;" * 100_001, "f'" + "{a}" * 120_000 + "'" + " " * 400_000):
        with pytest.raises(parsing.NotParsedError) as told:
            parsing.parse(text)
        assert told.value.is_large


def test_long_but_common_python_is_parsed() -> None:
    line = 'def function_{0}(first, second=None):\n    """Say what it does."""\n    return {{"key_{0}": [first, second]}}\n'
    text = "".join(line.format(number) for number in range(8000)) + "x = f'{a}'\n"
    assert 700_000 < len(text) < 1_000_000
    assert parsing.too_much(text) is None
