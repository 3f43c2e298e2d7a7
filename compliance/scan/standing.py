"""Whether the data that references name is in the tree: what is not, and has no name of its own, a run makes."""

import os
import re
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from compliance.model import Reference

_DATA = frozenset(
    """train training trained test tests testing val valid validation eval evaluation dev data dataset datasets set
    split sample samples example examples input inputs output outputs out result results prediction predictions log
    logs tmp temp cache processed raw corpus text texts file files my new final all full small json jsonl csv tsv txt
    parquet
    chunked chunks""".split()
)
"""Words of names that every project gives its data: alone they say which file is written or looked for, not whose."""


def checked(root: Path, found: list[Reference]) -> list[Reference]:
    """The references, of which data of no name of its own that is not there gates no more."""
    return [_checked(root, item) if item.kind == "dataset-file" and item.gate else item for item in found]


def _checked(root: Path, item: Reference) -> Reference:
    path = (item.resolved or "").removeprefix("file:")
    words = re.split(r"[\W_]+", path.rpartition("/")[2].lower())
    if any(word not in _DATA and not word.isdigit() for word in words) or any(
        os.path.lexists(root / folder / path) for folder in PurePosixPath(item.location.path).parents
    ):
        return item
    return replace(item, gate=False, how=(*item.how, f"{path} is not in the tree"))
