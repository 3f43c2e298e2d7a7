"""The heading of a copy beside the document's: absent or whole, or another that is known; never with a word changed."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from compliance.owners import CLAUSE, TITLE, Span, is_copyright
from compliance.words import hashed, read

_FEW = 5
_ACRONYM = 4
_WORD = 4
_HEADING = frozenset(
    """the a an of and for to in license licence agreement terms version v release date dated last updated effective
    modified on text full file january february march april may june july august september october november december
    md txt conditions notice legal copying eula code software model open source general standard
    copyright disclaimer licenses licences""".split()
)
_KINDS = frozenset("acceptable use policy community public".split())
"""Words of titles that tell one kind of document from another: each has to be one of the document's own title."""
_LEAD = frozenset(
    """this the a an project software program package code library repository work model dataset data module file files
    is are released licensed made available distributed provided covered under terms of following as below reproduced
    conditions by and license licence itself all its""".split()
)
_BELOW = frozenset("copied reproduced found also with faq at below here see".split())
_SAID = frozenset("license licence licensed terms".split())
_COMMON = frozenset("weights models party parties person user users contributor".split())
"""Words that, with those of headings, name nobody."""
_GENERIC = frozenset(
    """license\nlicense agreement\nsoftware license\nlicense terms\nlicensing\ncopying\nlegal\nlegal notice
    software license agreement\nterms and conditions\nlicense file\nlicense txt\nlicense md\nlicense text""".replace(
        "    ", "").split("\n")
)  # fmt: skip
"""Headings that any text may stand under."""
_ALSO = {
    "mit": ("mit license mit", "mit license", "expat license", "mit license expat"),
    "mit-0": ("mit no attribution", "mit no attribution license", "mit 0 license", "mit license no attribution"),
    "bsd-2-clause": ("bsd 2 clause license", "2 clause bsd license", "simplified bsd license", "freebsd license"),
    "bsd-3-clause": ("bsd 3 clause license", "3 clause bsd license", "new bsd license", "modified bsd license",
                     "revised bsd license", "bsd 3 clause", "bsd 3 clause new or revised license"),
    "isc": ("isc license isc", "isc license"),
    "apache-2.0": ("apache license 2.0", "apache license version 2.0", "apache 2.0 license"),
    "mpl-2.0": ("mozilla public license 2.0", "mozilla public license version 2.0 mpl 2.0"),
    "zlib": ("zlib license", "zlib libpng license"),
    "odc-by-1.0": ("attribution license odc by", "open data commons attribution license odc by"),
    "nvidia-oneway-noncommercial": ("nvidia source code license nc", "nvidia source code license for"),
    "fsl-1.1-alv2": ("functional source license version 1.1 apache 2.0 future license",),
    "unlicense": ("unlicense",),
    "wtfpl": ("do what the fuck you want to public license",),
}  # fmt: skip
"""Other titles of some licences, without the article before them."""
_IDS = {"expat": ("mit",), "fsl-1.1-alv2": ("fsl 1.1 apache 2.0",)}
"""Other ids of some licences."""
_OWN = {"mit-0": frozenset({"no", "attribution"})}
"""Words of titles that the ids lack."""
_ABOUT = frozenset(
    """for of the official implementation software code project model models package library repository weights
    reference pytorch""".split()
)
"""Words around the name of a project."""
_NAME = 3
_TAG = ("spdx", "license", "identifier")
_TAG_ENDS: tuple[tuple[str, ...], ...] = ((), ("only",), ("or", "later"))
_PLAIN_TITLES = frozenset(
    "copyright and permission notice\nlicense and copyright\ncopyright and license information".split("\n")
)
_ENDS = re.compile(
    r"(?:this is the )?end(?: of)?(?: (?:the|this))?(?: (?:license|licence|terms and conditions|terms|agreement|file|document))"
    r"(?: (?:text|agreement|file))?|back to (?:the )?top|top"
)
_COVERS = re.compile(
    r"(?:this|the above|the) (?:license|licence|notice) (?:applies to|covers|governs) (?:all|everything|the (?:entire|whole))"
    r"(?: (?:the|of|other|source|code|content|contents|files|file|software|material|works?|project|package|program|repository"
    r"|repo|folder|directory|distribution|library|in|within|under|this|that|and))*"
)
_FOLLOWS = re.compile(
    r"\b(?:as follows|which follows|is as follows|unless otherwise (?:noted|stated|specified|indicated)"
    r"|except where (?:otherwise )?(?:noted|stated|indicated)(?: otherwise)?"
    r"|(?:the )?(?:full |complete )?(?:text|copy|terms)(?: of (?:the|this|that) (?:license|licence))?"
    r" (?:follows?|(?:is|are)(?: reproduced| included| given| set out)?(?: here)? (?:below|as follows))"
    r"|(?:see|given|reproduced|included|shown)(?: the text)? (?:below|here)|in this (?:repository|package|project|folder|directory))\b"
)
"""What sentences say that the text follows or of what it holds."""
_TITLED = 0.6
"""Words of a title that begin with a capital, or are no letters."""
_TITLE_WORDS = 24
_TOKEN = re.compile(r"[^\s,;:()\[\]/*_\"#]+")
_BODY = ("creative", "commons")
"""Who wrote a text, before its title."""
_LABEL = (("license",), ("licence",))
"""What stands before a title: `License: MIT`."""
_LICENSE_FOR = {("license", "for"), ("licence", "for"), ("agreement", "for")}
_SPOILT = frozenset(
    """draft sample example excluded except excepting void superseded obsolete deprecated expired revoked withdrawn
    translation unofficial amended altered changed apache mit bsd gpl gnu lgpl agpl mozilla creative commons cc rail
    openrail llama gemma proprietary confidential free paid
    enterprise business developer student education trial beta preview early access professional premium individual
    team valid invalid temporary interim void null fees due""".split()
)
"""Words that say of a text that it is another, or does not hold."""
_PLAIN = re.compile(r"[a-z]*")


_THE = hashed(("the",))
_WRITTEN = {hashed((one,)): hashed((two,)) for one, two in (("licence", "license"), ("https", "http"))}
_SMALL_WORDS = frozenset("of and for to in or by on a an the with from via at as is".split())
_SMALL = frozenset(hashed((word,)) for word in "of and for to in or by on".split())

Line = tuple[bytes, ...]


class Heading:
    """The lines of a document's heading, of which only hashes are known."""

    def __init__(self, spans: tuple[Span, ...], title: bytes, name: str) -> None:
        words = iter([title[n : n + _WORD] for n in range(0, len(title), _WORD)])
        own = [(first, first + count) for first, count, kind in spans if kind == TITLE]
        self.lines = [(first, end, _told(list(islice(words, end - first)))) for first, end in own]
        self.end = max((end for _, end in own), default=0)
        parts = frozenset(re.findall(r"\d+(?:\.+\d+)*|[a-z]+", name.casefold()))
        self.id = read(name).words
        self.ids = {self.id, *(read(other).words for other in _IDS.get(name.casefold(), ()))}
        self.also = frozenset(_ALSO.get(name.casefold(), _gnu(name.casefold())))
        self.words = _HEADING | parts | _kinds(parts) | _OWN.get(name.casefold(), frozenset())
        self.title = frozenset(word for _, _, line in self.lines for word in line)
        self.common = self.words | _LEAD | _COMMON

    def whole(self, first: int, last: int, rows: Sequence[Sequence[str]]) -> bool:
        """Whether each line that words `first` to `last` of the document touch is among rows of the text, or absent."""
        if self.known(rows) or any(_plain(row) in self.also for row in rows):
            return True
        told = [_line(row) for row in rows]
        own = [line for _, _, line in self.lines]
        for start, end, line in self.lines:
            if end <= first or start >= last or any(_within(line, row) for row in told):
                continue
            if any(self._for_another(row) for row in rows):
                continue
            others = [row for words, row in zip(rows, told, strict=True) if row not in own and not _generic(words)]
            if first > start or end > last or any(not _content(row).isdisjoint(_content(line)) for row in others):
                return False
        return True

    def states(self, row: Sequence[str]) -> bool:
        """Whether a row of the text is a line of the heading, but for an article and the id, or another title."""
        own = [line for _, _, line in self.lines]
        row = row[1:] if row[:1] in _LABEL and len(row) > _NAME else row
        row = row[len(_BODY) :] if tuple(row[: len(_BODY)]) == _BODY else row
        if _plain(self._less_id(row)) in self.also:
            return True
        return self.known([row]) or _plain(row) in self.also or _line(row) in own or _line(self._less_id(row)) in own or self._for_another(row)

    def _for_another(self, row: Sequence[str]) -> bool:
        """Whether a row is a line of the heading, but for the name after `license for`."""
        place = next((n for n, pair in enumerate(pairwise(row)) if pair in _LICENSE_FOR), None)
        if place is None:
            return False
        told, name = _line(row[: place + 2]), frozenset(row[place + 2 :])
        return (
            (_plain(row[: place + 2]) in self.also or any(_begins(line, told) for _, _, line in self.lines))
            and 0 < len(name) <= _FEW
            and name.isdisjoint(CLAUSE | _KINDS | _SPOILT)
            and not any("." in word for word in name)
        )

    def _less_id(self, row: Sequence[str]) -> Sequence[str]:
        """A row without the id of the document, which publishers write in brackets after the name."""
        size = len(self.id)
        ends = (row[:-size], row[-size:]), (row[size:], row[:size])
        return next((rest for rest, name in ends if tuple(name) == self.id and rest), row)

    def known(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether rows are another title of the licence."""
        plain = [_plain(row) for row in rows if not _generic(row)]
        return bool(plain) and " ".join(plain) in self.also

    def is_title(self, words: Sequence[str], row: str = "", *, alone: bool = False, headed: bool = False) -> bool:
        """Whether a line before the text is its title, or says that it follows; numbers are the document's own.

        `row` is the line as it was written; `alone` says that it is a paragraph, `headed` that the heading comes later.
        """
        words = tuple(word for word in words if word != "=") or tuple(words)  # `== Title`
        place = next((n for n, word in enumerate(words) if word == "copyright"), None)
        if place is not None and is_copyright(words[place:]):
            return not place or self.is_title(words[:place], row)
        rest = [word for word in words if word not in self.words]
        if not rest or self.states(words) or self.is_tag(words) or " ".join(words) in _PLAIN_TITLES:
            return True
        if self._has_none(words) and (
            _is_project(words, row, alone=alone) or (headed and alone and is_titled(row) and (CLAUSE | _KINDS | _SPOILT).isdisjoint(words))
        ):
            return True
        return self._of_project(words, row, alone=alone) or self.leads_in(words)

    def is_tag(self, words: Sequence[str]) -> bool:
        """Whether a line is SPDX's tag with the id of the document."""
        if tuple(words[:3]) != _TAG:
            return False
        name = tuple(words[3:])
        return any(name == (*own, *end) for own in self.ids for end in _TAG_ENDS)

    def _of_title(self, word: str) -> bool:
        return hashed((word,)) in self.title or any(word in other.split() for other in self.also)

    def _has_none(self, words: Sequence[str]) -> bool:
        """Whether no word is one of the heading, which would be changed rather than of another name."""
        return not any(hashed((word,)) in self.title and word not in _ABOUT for word in words)

    def _of_project(self, words: Sequence[str], row: str, *, alone: bool) -> bool:
        """Whether a line is `Name License` or `License for Name`, above a document with a title of its own or none."""
        name = [word for word in words if word not in {"license", "licence", "for", "the"}]
        said = len(words) - len(name)
        return (
            0 < said <= _NAME
            and len(name) + said == len(words)
            and {"license", "licence"}.intersection(words) != set()
            and self._has_none(name)
            and _is_project(name, row, alone=alone)
        )

    def closes(self, words: Sequence[str]) -> bool:
        """Whether a line after the text says that it ends there, or that all of the project is under it."""
        said = " ".join(words)
        if _ENDS.fullmatch(said):
            return True
        return _COVERS.fullmatch(said) is not None

    def leads_in(self, words: Sequence[str]) -> bool:
        """Whether a line says that the text follows."""
        kept = _FOLLOWS.sub(" ", " ".join(words)).split()
        rest = [word for word in kept if word not in self.words and word not in _LEAD]
        if len(kept) < len(words) and not rest:
            return True
        words = kept
        if "under" not in words:
            return not frozenset(rest) - _BELOW and len(words) > _FEW and not _SAID.isdisjoint(words)
        after = words[len(words) - 1 - list(reversed(words)).index("under") :]
        return (
            all(word in self.words or word in _LEAD or self._of_title(word) for word in after)
            and len(rest) <= _FEW
            and CLAUSE.isdisjoint(rest)
            and _PLAIN.fullmatch("".join(rest)) is not None
        )


def _is_project(words: Sequence[str], row: str, *, alone: bool) -> bool:
    """Whether a line names what is licensed: `# Name`, `For Name software`, or `Name` as a paragraph."""
    name = frozenset(words) - _ABOUT
    if len(name) == len(frozenset(words)) and not alone and not row.lstrip().startswith("#"):
        return False
    return (
        0 < len(name) <= _NAME
        and name.isdisjoint(CLAUSE | _KINDS | _HEADING | _SPOILT)
        and all(_PLAIN.fullmatch(word) for word in name)
    )


def _gnu(name: str) -> Iterator[str]:
    """Other titles of the GNU licences: `GNU GPL v3`, `GNU General Public License, version 3.0`."""
    match = re.fullmatch(r"(l|a|)gpl-([123])\.(\d)(?:-only|-or-later)?", name)
    if match is None:
        return
    kind = {"l": ("lesser ", "library "), "a": ("affero ",), "": ("",)}[match[1]]
    numbers = [f"{match[2]}.{match[3]}"] + [match[2]] * (match[3] == "0")
    names = [f"{body}{full}" for body in ("gnu ", "") for full in (f"{match[1]}gpl", *(f"{k}general public license" for k in kind))]
    yield from (f"{full}{v}{number}{end}" for full in names for v in (" ", " v ", " version ") for number in numbers for end in ("", " license"))
    yield from (full for full in names if full.startswith("gnu"))


def is_titled(row: str) -> bool:
    """Whether a line is written as titles are: capitals, and no sentence."""
    tokens = [token for token in _TOKEN.findall(row) if token.casefold() not in _SMALL_WORDS]
    high = sum(not token[0].islower() for token in tokens)
    return (
        row.rstrip()[-1:] not in {".", "!", ";"}
        and any(token.isalpha() for token in tokens)
        and len(tokens) <= _TITLE_WORDS
        and high >= _TITLED * len(tokens)
    )


def _told(words: list[bytes]) -> Line:
    return tuple(_WRITTEN.get(word, word) for word in words[words[:1] == [_THE] :])


def _line(words: Sequence[str]) -> Line:
    return _told([hashed((word,)) for word in words])


def _plain(words: Sequence[str]) -> str:
    return " ".join(words[words[:1] == ("the",) :]).replace("licence", "license")


def _generic(words: Sequence[str]) -> bool:
    return _plain(words) in _GENERIC


def _content(line: Line) -> frozenset[bytes]:
    return frozenset(line) - _SMALL


def _begins(line: Line, told: Line) -> bool:
    return len(line) > len(told) and line[: len(told)] == told


def _within(line: Line, row: Line) -> bool:
    """Whether a row has all words of a line, one after the other."""
    return any(row[n : n + len(line)] == line for n in range(len(row) - len(line) + 1))


def _kinds(own: frozenset[str]) -> frozenset[str]:
    """The words of a title that an id stands for, by their initials or by what goes with them."""
    initials = {letter for word in own if len(word) <= _ACRONYM for letter in word}
    kinds = {word for word in _KINDS if word[0] in initials}
    if "policy" in own:
        kinds |= {"acceptable", "use"}
    if own & {"nc", "noncommercial"}:
        kinds.add("nc")
    if own & {"community", "model", "rail", "openrail", "llama", "gemma", "qwen", "deepseek"}:
        kinds.add("community")
    return frozenset(kinds)
