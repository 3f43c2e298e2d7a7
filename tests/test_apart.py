"""Words that stand apart from a whole text and are no terms of it are a part of their own; what may be a term is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from orchard import OURS, OWN
from shelf import CATALOG

from compliance import identify
from tests.test_evidence import TEXT, _check, orchard  # noqa: F401 - the fixture

ORIGINS = [
    "# Third-party notices\n\n## apple-tree\n\nParts of this repository grew from it in the spring, and we thank its keepers.",
    "Orchard makes use of libraries that are compatibly licensed as listed in the licences folder.",
    "The following dependencies are used by the project:\n\n- Pippin, Apache-2.0\n- Russet, MIT",
]
TERMS = [
    "For research only.",
    "You must pay before you sell the weights.",
    "Not for use in hospitals.",
    "Students may use it free of charge.",
    "\u4ec5\u9650\u975e\u5546\u4e1a\u7528\u9014\u3002",
    "<!-- not for commercial use -->",
    '<img src="tree.png" alt="not for commercial use">',
    "No one may host it without our consent.",
    "Redistribution is allowed for members only.",
    "Only Acme may sell it.",
    "This does not cover the weights.",
    "Rights end when Acme revokes them.",
]
PAGE = "\n\n".join(
    f"## Part {n}\n\nA tree that is pruned in winter bears in autumn, as every keeper knows." for n in range(20)
)


def _found(text):
    return identify.identify_text(text, "LICENSE", OURS, CATALOG)


def _parts(text):
    return [(part.id, part.result) for part in _found(text).documents]


@pytest.mark.parametrize("said", ORIGINS)
def test_what_only_tells_of_other_things_leaves_the_text_to_the_word(said):
    for text in (f"{said}\n\n{OWN}", f"{OWN}\n---\n{said}\n"):
        found = _found(text)
        assert (found.result, found.document) == ("composite", None)
        assert sorted(_parts(text)) == [("orchard", "exact"), ("unknown", "unknown")]
        assert found.changes  # what was not read by anybody is told all the same


@pytest.mark.parametrize("said", TERMS)
def test_what_may_be_a_term_is_a_change_of_the_text_wherever_it_stands(said):
    for text in (f"{said}\n\n{OWN}", f"{OWN}\n---\n{said}\n", f"{ORIGINS[0]}\n\n{said}\n\n{OWN}"):
        assert _found(text).result == "modified"
        assert _parts(text) == [("orchard", "modified")]


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN.rstrip()}\n{ORIGINS[1]}\n",
        f"{OWN}\n6. {ORIGINS[1]}\n",
        f"{OWN}\n(b) {ORIGINS[1]}\n",
        f"A Licence of Sorts\n\nCopyright 2024 Acme, house rules apply\n\n{OWN}",
        f"Copyright 2024 Acme, house rules apply\n\n{OWN}",
        OWN.replace("2. Notice", f"{ORIGINS[1]}\n\n2. Notice"),
    ],
)
def test_what_touches_a_text_goes_on_with_it_or_heads_it_is_a_change_of_it(text):
    assert _parts(text) == [("orchard", "modified")]


def test_a_text_that_lost_words_is_not_made_whole_by_what_stands_apart():
    short = OWN.replace(" over patents in the weights.", "")
    assert _parts(f"{ORIGINS[0]}\n\n{short}\n\n{ORIGINS[1]}\n") == [("orchard", "modified")]


def test_of_a_page_only_what_is_near_the_text_is_read_as_if_it_were_said_of_it():
    unsaid = "We share the best of them, so the scores may not be those of the paper."
    assert _parts(f"{PAGE}\n\n{OWN}")[0] == ("unknown", "unknown")
    assert ("orchard", "exact") in _parts(f"{unsaid}\n\n{PAGE}\n\n## Licence\n\n```\n{OWN}```\n")
    assert _parts(f"{PAGE}\n\nNot for you.\n\n{OWN}") == [("orchard", "modified")]
    assert _parts(f"For research only.\n\n{PAGE}\n\n{OWN}") == [("orchard", "modified")]


def test_a_part_that_was_changed_stays_so_beside_one_that_was_not():
    changed = OWN.replace("300 million", "30 million")
    assert _parts(f"{ORIGINS[1]}\n\n{OWN}\n---\n\n{changed}") == [
        ("unknown", "unknown"), ("orchard", "exact"), ("orchard", "modified"),
    ]  # fmt: skip


@given(st.lists(st.sampled_from(ORIGINS), min_size=1, max_size=3), st.sampled_from(TERMS), st.integers(0, 3))
def test_a_term_among_words_that_stand_apart_is_never_taken_for_one_of_them(pieces, term, place):
    pieces.insert(place, term)
    beside = "\n\n".join(pieces)
    for text in (f"{beside}\n\n{OWN}", f"{OWN}\n\n{beside}\n"):
        assert _parts(text) == [("orchard", "modified")]


def test_a_model_beside_such_a_file_is_for_a_person_to_read(modelcheck, orchard):  # noqa: F811
    (orchard / "LICENSE").write_text(f"{ORIGINS[1]}\n\n{TEXT}")
    item, findings, code = _check(modelcheck, orchard)
    assert code == 3
    assert item["license"]["known_by"] == "file-unknown"
    assert "holds orchard, and words beside it" in findings[0]["summary"]
