"""SPDX's templates of licences -> where copies of a text may be worded otherwise or leave words out, as hashes.

A template (`ID.xml` of license-list-XML) marks what may be left out, and gives for other words a regular expression;
what that allows in the place of any name is a name here too, and nothing else.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from typing import Any

from compliance.model import Struct
from compliance.texts.wordings import ANY, Wording, written
from compliance.texts.words import RUN, read

_MOST = 64
"""Wordings of one expression; one that allows more is a name in disguise."""
_BLOCKS = frozenset("p item list bullet br titleText copyrightText standardLicenseHeader text".split())
_LEFT_OUT = frozenset({"optional", "titleText", "copyrightText"})
_FREE = "\0"
_MORE = {
    "neither the name of the copyright holder nor the names of its contributors may": (
        f"neither the name of {_FREE} nor the names of the contributors may",
        f"neither the names of {_FREE} nor the names of the contributors may",
        f"neither the names of {_FREE} nor the names of any of the contributors may",
        f"neither the name of {_FREE} nor the names of his contributors may",
        f"neither the name of {_FREE} nor the names of any other contributors may",
        f"neither the name of {_FREE} nor those of its contributors may",
        f"neither the name of {_FREE} nor the names of contributors may",
        f"neither the name of {_FREE} nor the name of {_FREE} nor the names of their contributors may",
        f"neither the names of {_FREE} nor the names of project contributors may",
        f"neither name of {_FREE} nor the names of its contributors may",
        f"the names of {_FREE} may not",
        f"names of {_FREE} may not",
        f"the name {_FREE} may not",
        f"neither the name of {_FREE} nor the names of other contributors may",
        "the name of the contributors may not",
    ),
    "portions copyright c 1996 2010 the postgresql global development group "
    "portions copyright c 1994 the regents of the university of california": (
        f"portions copyright c {_FREE} portions copyright c 1994 the regents of the university of california",
    ),
}
"""What copies have besides in a place that a template names by these words of its own."""

Atoms = tuple[str | None, ...]
"""Words; None stands for a name."""


class Place(Struct, frozen=True):
    """Characters of a template that may be worded otherwise; `within` where it holds other such places."""

    start: int
    end: int
    ways: tuple[str, ...]
    within: bool = False


class Spot(Struct, frozen=True):
    """The same by words of the document: its other wordings, none of which is its own."""

    first: int
    end: int
    ways: tuple[Atoms, ...]
    within: bool = False


def wordings(template: Path, words: tuple[str, ...]) -> list[Wording]:
    """Where a document of these words may be worded otherwise, by its template."""
    text, places = _read(template)
    spots = sorted(_spots(text, places, words), key=lambda spot: (spot.first, spot.end))
    left_out = [spot for spot in spots if () in spot.ways and spot.end > spot.first]
    return [
        *(Wording(first=spot.first, count=spot.end - spot.first, slots=(("-",),)) for spot in left_out),
        *(_joined(group, words) for group in _groups([spot for spot in spots if not spot.within])),
    ]


def _read(template: Path) -> tuple[str, list[Place]]:
    from xml.etree import ElementTree  # noqa: PLC0415 - a file of SPDX that the author chose

    root = ElementTree.parse(template).getroot()  # noqa: S314
    body = next((node for node in root.iter() if _tag(node) == "text"), root)
    parts: list[str] = []
    places: list[Place] = []
    _walk(body, parts, places)
    return "".join(parts), places


def _tag(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _walk(node: Any, parts: list[str], places: list[Place]) -> None:
    """Add a node's text and places; what follows it is its parent's."""
    tag = _tag(node)
    if tag in _BLOCKS:
        parts.append("\n")
    spaced = node.get("spacing", "both") if tag == "alt" or tag in _LEFT_OUT else "none"
    if spaced in {"both", "before"}:
        parts.append(" ")
    start, before = sum(map(len, parts)), len(places)
    parts.append(node.text or "")
    for child in node:
        _walk(child, parts, places)
        parts.append(child.tail or "")
    end = sum(map(len, parts))
    if tag == "alt":
        places.append(Place(start=start, end=end, ways=tuple(_ways(node.get("match", "")))))
    elif tag in _LEFT_OUT:
        places.append(Place(start=start, end=end, ways=("",), within=len(places) > before))
    if tag in _BLOCKS:
        parts.append("\n")
    elif spaced in {"both", "after"}:
        parts.append(" ")


def _ways(expression: str) -> list[str]:
    """The texts that an expression allows, a name written as a zero; none where they are too many."""
    try:
        tree = re._parser.parse(" ".join(expression.split()))  # type: ignore[attr-defined]  # noqa: SLF001
    except re.error:
        return []
    found = _sequence(tree)
    return sorted(set(found)) if len(found) <= _MOST else []


def _sequence(tree: Any) -> list[str]:
    parts = [_one(str(op), value) for op, value in tree]
    size = 1
    for part in parts:
        size *= len(part)
    return ["".join(way) for way in product(*parts)] if size <= _MOST else [_FREE] * (_MOST + 1)


def _one(op: str, value: Any) -> list[str]:
    if op == "LITERAL":
        return [chr(value)]
    if op == "IN":
        return _set(value)
    if op == "SUBPATTERN":
        return _sequence(value[-1])
    if op == "BRANCH":
        return [way for branch in value[1] for way in _sequence(branch)]
    if op in {"MAX_REPEAT", "MIN_REPEAT"}:
        least, _, inner = value
        ways = _sequence(inner) if least <= 1 or str(inner[0][0]) == "LITERAL" else []
        return ways if least else ["", *ways]
    return [] if op == "AT" else [_FREE]


def _set(items: Any) -> list[str]:
    kinds = {str(op) for op, _ in items}
    signs = [chr(value) for op, value in items if str(op) == "LITERAL"]
    if kinds == {"LITERAL"} and not any(sign.isalnum() and sign.lower() == sign for sign in signs):
        return [" "] if any(sign.isspace() for sign in signs) else signs
    if "CATEGORY_SPACE" in {str(value) for _, value in items}:
        return [" "]
    return signs if kinds == {"LITERAL"} else [_FREE]


def _spots(text: str, places: list[Place], words: tuple[str, ...]) -> Iterator[Spot]:
    """The places in the words of the document, where both agree on what is around them."""
    own = read(text).words
    blocks = SequenceMatcher(None, own, words, autojunk=False).get_matching_blocks()
    at = {i + n: j + n for i, j, size in blocks for n in range(size)}
    at[-1], at[len(own)] = -1, len(words)
    ends = {place: (len(read(text[: place.start]).words), len(read(text[: place.end]).words)) for place in places}
    gone = {n for place, (start, end) in ends.items() if "" in place.ways and at.keys().isdisjoint(range(start, end))
            for n in range(start, end)}  # fmt: skip
    for place, (start, stop) in ends.items():
        end = stop if place.ways == ("",) else next((n for n in range(stop, len(own)) if n not in gone), len(own))
        if start - 1 not in at or end not in at:
            continue
        first, last = at[start - 1] + 1, at[end]
        inner = words[first:last] if first <= last else None
        more = _MORE.get(" ".join(own[start:end]), ())
        ways = {_atoms(way) for way in (*place.ways, *more)} | {own[start:end]}
        if inner not in {own[start:end], ()} and not any(inner is not None and _is_way(inner, way) for way in ways):
            continue
        ways = {way for way in ways if way != inner}
        if ways:
            yield Spot(first=first, end=last, ways=tuple(sorted(ways, key=str)), within=place.within)


def _atoms(way: str) -> Atoms:
    found: list[str | None] = []
    for number, piece in enumerate(re.split(f"{_FREE}+", way)):
        found += [None] if number else []
        found += read(piece).words
    return tuple(found)


def _is_way(words: tuple[str, ...], way: Atoms) -> bool:
    """Whether the words of a document are one of the ways, a name for a name."""
    form = " ".join(".{1,60}" if atom is None else re.escape(atom) for atom in way)
    return bool(way) and re.fullmatch(form, " ".join(words)) is not None


def _groups(spots: list[Spot]) -> list[list[Spot]]:
    """Spots that are so near to each other that no run parts them."""
    groups: list[list[Spot]] = []
    for spot in spots:
        if groups and spot.first < groups[-1][-1].end:
            continue
        if groups and spot.first - groups[-1][-1].end < RUN:
            groups[-1].append(spot)
        else:
            groups.append([spot])
    return groups


def _joined(group: list[Spot], words: tuple[str, ...]) -> Wording:
    slots: list[tuple[str, ...]] = []
    at = group[0].first
    for spot in group:
        if spot.first > at:
            slots.append((_hashes(words[at : spot.first]),))
        slots.append(tuple(dict.fromkeys(_hashes(way) for way in (words[spot.first : spot.end], *spot.ways))))
        at = spot.end
    return Wording(first=group[0].first, count=group[-1].end - group[0].first, slots=tuple(slots))


def _hashes(way: Atoms) -> str:
    """Words as their number and hash, a name as `*`, nothing as `-`."""
    found, start = [], 0
    for place, atom in enumerate([*way, None]):
        if atom is None:
            if place > start:
                found.append(written(tuple(filter(None, way[start:place]))))
            if place < len(way):
                found.append(ANY)
            start = place + 1
    return "+".join(found) or "-"
