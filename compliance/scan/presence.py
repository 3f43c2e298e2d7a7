"""Whether what references name is in the tree: data without a name of its own that is not, and folders, a run makes."""

import os
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from compliance.model import Reference
from compliance.scan.files import MADE, NOT_HERE
from compliance.scan.naming import known

_DATA = known.words("data-word")
"""Words of names that every project gives its data: alone they say which file is written or looked for, not whose."""


def checked(
    root: Path, found: list[Reference], told: Iterable[tuple[str, ...]], ignored: AbstractSet[str]
) -> list[Reference]:
    """The references, of which data of no name of its own that is not there gates no more.

    A folder that is there is seen by itself, unless git `ignored` it, and one that some file of the project makes, as
    `told`, is its own.
    """
    made = {words[1] for words in told if words[0] == MADE}
    found = [item for item in found if not (_is_folder(item) and _is_own(root, item, made, ignored))]
    return [_checked(root, item) if item.kind == "dataset-file" and item.gate else item for item in found]


def _is_folder(item: Reference) -> bool:
    return NOT_HERE in item.how or (
        item.kind == "bundled-weights" and item.location.detector.startswith("python-call:from_pretrained")
    )


def _is_own(root: Path, item: Reference, made: set[str], ignored: AbstractSet[str]) -> bool:
    path = PurePosixPath(item.text.removeprefix("./"))
    is_made = not made.isdisjoint([str(one) for one in (path, *path.parents)][:-1])
    return is_made or (NOT_HERE in item.how and _lies(root, item, item.text.removeprefix("./").rstrip("/"), ignored))


def _lies(root: Path, item: Reference, path: str, ignored: AbstractSet[str] = frozenset()) -> bool:
    places = (folder / path for folder in PurePosixPath(item.location.path).parents)
    return any(
        os.path.lexists(root / place) and ignored.isdisjoint(map(str, (place, *place.parents))) for place in places
    )


def _checked(root: Path, item: Reference) -> Reference:
    path = (item.resolved or "").removeprefix("file:")
    words = re.split(r"[\W_]+", path.rpartition("/")[2].lower())
    if any(word not in _DATA and not word.isdigit() for word in words) or _lies(root, item, path):
        return item
    return replace(item, gate=False, how=(*item.how, f"{path} is not in the tree"))
