"""What short notices, headers, metadata and badges point to: the right licence and version, and nothing that is denied."""

from pathlib import Path

import pytest
import yaml

from compliance import catalog, packing, pointing

ROOT = Path(__file__).parent.parent
NAMES = pointing.Names(packing.load(ROOT / "nowhere", ROOT / "catalog"), catalog.load(None))
ROWS = yaml.safe_load((ROOT / "tests" / "references.yaml").read_text(encoding="utf-8"))


def _folded(name):
    """The text of a GNU licence is that of its `-only`."""
    return name.casefold().removesuffix("-only")


@pytest.mark.parametrize("row", ROWS, ids=[str(n) for n in range(len(ROWS))])
def test_a_sentence_points_to_what_it_says_and_to_nothing_else(row):
    found = pointing.pointers(row["text"], len(row["text"].split()), NAMES)
    assert {_folded(one.document) for one in found.found} == {_folded(name) for name in row["names"]}
    assert (found.reason is not None) == row.get("like", False)
    assert (" OR " in (found.expression or "")) == row.get("or", False), found.expression
