"""Where a text leaves a choice between the licences that it names -> the documents of which one may be taken."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Place = tuple[str, int, int]
"""A document, and from where to where a text points to it."""

_LINKS = frozenset(
    """and or the a an und oder et ou y o license licence licenses licensed under either with well as
    或 和 及 与 以及""".split()
)
_OR = re.compile(r"\b(?:or|oder|ou)\b|或|^\s*(?:/|\|{1,2})\s*$", re.IGNORECASE)
_ALONE = re.compile(r"\n[ \t]*+(?:and/)?or[ \t]*+[:,]?[ \t]*+\n", re.IGNORECASE)
"""An `or` in a line of its own."""
_PART = r"(?:[^\s./,&]|\.(?=\d)){1,20}+"
_CHOICE = re.compile(
    r"\b(?:dual|tri(?:ple)?|bi|multi)[- ]?"
    rf"(?:{_PART}(?:\s{{0,2}}(?:/|,|&|\band\b|\bor\b)\s{{0,2}}{_PART}){{0,3}}\s{{1,3}})?licen"
    r"|\beither\s+of\b|\bunder\s+either\b|\beither\s{0,2}:|\bcho+se\s+(?:one\s+of|between)\b"
    r"|\bunder\s+(?:a\s+choice\s+of\s+)?(?:two|2|three|3)\s+(?:different\s+)?licen"
    r"|\bat\s+(?:your|their)\s+(?:option|choice|discretion)\b(?!\)?,?\s+(?:or\s+)?any\b)|双(?:重)?(?:许可|授权|协议)",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"\b(?:under|choose|use|using|distributed\s+under|with)\s+(?:either|any|one)\s+(?:of\s+(?:the(?:se)?\s+)?(?:two\s+)?)?"
    r"licen[cs]es?\b|\bchoose\s+either\b",
    re.IGNORECASE,
)
"""What speaks of licences that were named elsewhere in the text."""
_ALTERNATIVELY = re.compile(r"\bAlternatively,?\s[^.;]{0,120}?\b(?:under|governed)\b")
_POM = re.compile(r"<licenses>(.{0,20000}?)(?:</licenses>|\Z)", re.DOTALL)
"""Of licences in a `pom.xml` the user may select any: Maven, POM reference, "Licenses"."""
_SENTENCE_ENDS = re.compile(
    r"[.;!?](?=\s)|[。\uff1b]|\|[ \t]*\n"
    r"|(?<!\bof)(?<!\bthese)(?<!\bboth)(?<!:)\n[ \t]*\n(?![ \t]*[-*\u2022\d])(?=[^\n])"
)
_LINE = 200
_FEW = 5


def choices(text: str, plain: str, found: Sequence[Place]) -> Iterator[frozenset[str]]:
    """Documents of which one may be chosen: an `or` joins them, or their sentence speaks of a choice."""
    joined = list(_joined(plain, found))
    yield from _alternatives(plain, found, joined)
    whole = [[one for one in found if not _ends(text, match, one)] for match in _CHOICE.finditer(plain)]
    yield from (group for group in joined if not any(_is_within(group, places, found) for places in whole))
    yield from (frozenset(one[0] for one in places) for places in whole)
    for match in _POM.finditer(text):
        yield frozenset(name for name, start, _ in found if match.start() <= start < match.end())
    every = frozenset(name for name, *_ in found)
    if len(every) == 2 and _EITHER.search(plain):  # noqa: PLR2004 - both, and nothing else
        yield every


def _is_within(group: frozenset[str], places: Sequence[Place], found: Sequence[Place]) -> bool:
    """Whether an `or` joins but a part of what a sentence leaves to choose, and nowhere else."""
    wide = {one[0] for one in places}
    return group < wide and all(one in places for one in found if one[0] in group)


def _joined(plain: str, found: Sequence[Place]) -> Iterator[frozenset[str]]:
    group = set[str]()
    for one, two in pairwise(found):
        if is_choice(plain, one[2], two[1]):
            group |= {one[0], two[0]}
        elif one[0] != two[0] and group:
            yield frozenset(group)
            group = set()
    yield frozenset(group)


def is_choice(plain: str, start: int, end: int) -> bool:
    """Whether what stands between two names says `or`."""
    between = plain[start:end][: _LINE + 1]
    joined = _OR.search(between) is not None and joins(between) and not _in_table(plain, start, between)
    return joined or _ALONE.search(between) is not None


def _in_table(plain: str, place: int, between: str) -> bool:
    """Whether bars part cells of a row and not names."""
    begin = plain.rfind("\n", 0, place) + 1
    return "|" in between and plain[begin:place].lstrip().startswith("|")


def _alternatives(plain: str, found: Sequence[Place], joined: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    """What a sentence with `alternatively` names, and the one licence that was named before it."""
    for match in _ALTERNATIVELY.finditer(plain):
        before = frozenset(name for name, start, _ in found if start < match.start())
        ending = _SENTENCE_ENDS.search(plain, match.end())
        end = ending.start() if ending is not None else len(plain)
        after = frozenset(name for name, start, _ in found if match.start() <= start < end)
        if after and (len(before) == 1 or any(before <= group for group in joined)) and _is_choice(after, joined):
            yield before | after


def _is_choice(names: frozenset[str], joined: Sequence[frozenset[str]]) -> bool:
    return len(names) == 1 or any(names <= group for group in joined)


def joins(between: str) -> bool:
    """Whether what stands between two names only joins them."""
    if len(between) > _LINE:
        return False
    plain = re.sub(r"\([^()\n]{0,80}\)", " ", between)
    words = re.findall(r"[^\W\d_]+", plain.casefold())
    return len(words) <= _FEW and _LINKS.issuperset(words) and not re.search(r"[.:;!?\u3002\uff1b]|\n[ \t]*\n", plain)


def _ends(text: str, match: re.Match[str], one: Place) -> bool:
    """Whether a sentence, with the list that it leads in, ends between what speaks of a choice and a name."""
    between = text[min(match.end(), one[2]) : max(match.start(), one[1])]
    return _SENTENCE_ENDS.search(between) is not None
