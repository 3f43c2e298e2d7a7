"""The names that people give licences, with a version or without -> the documents that are meant."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec import structs

from compliance.catalog import Catalog
from compliance.model import Struct
from compliance.references import gnu
from compliance.references.tokens import Token, tokenised
from compliance.texts.library import Library

_OTHERS = {
    "3 clause bsd": "bsd-3-clause", "2 clause bsd": "bsd-2-clause", "4 clause bsd": "BSD-4-Clause",
    "0 clause bsd": "0bsd", "bsd 0 clause": "0bsd", "new bsd": "bsd-3-clause",
    "3 clause new or revised bsd": "bsd-3-clause", "bsd 3 clause new or revised": "bsd-3-clause",
    "modified bsd": "bsd-3-clause", "revised bsd": "bsd-3-clause",
    "simplified bsd": "bsd-2-clause", "freebsd": "bsd-2-clause", "bsd 3": "bsd-3-clause",
    "bsd 2": "bsd-2-clause", "clear bsd": "bsd-3-clause-clear", "mit x11": "mit", "x11 mit": "mit",
    "mit x consortium": "mit", "fsl 1.1 apache 2.0": "FSL-1.1-ALv2",
    "apache 2": "apache-2.0", "boost": "bsl-1.0", "boost 1": "bsl-1.0", "epl 2": "epl-2.0", "epl 1": "epl-1.0",
    "cc 0": "cc0-1.0", "cc nc 4": "cc-by-nc-4.0", "elastic 2": "elastic-2.0", "wtfpl": "wtfpl", **gnu.UNVERSIONED,
    "zlib libpng": "zlib", "upl": "UPL-1.0", "psf": "PSF-2.0", "psf 2": "PSF-2.0",
    "python foundation": "PSF-2.0", "python foundation 2": "PSF-2.0",
    "creativeml open rail m": "creativeml-openrail-m", "bigscience rail 1": "bigscience-bloom-rail-1.0",
    "open rail ++ m": "creativeml-openrail++-m", "flux 1 dev nc": "flux-1-dev-non-commercial",
    "mulan permissive 2": "mulanpsl-2.0", "health ai developer foundations": "health-ai-developer-foundations",
    "stable diffusion": "creativeml-openrail-m", "blue oak": "blueoak-1.0.0", "sspl 1": "sspl-1.0",
    "polyform nc": "polyform-noncommercial-1.0.0", "zlib": "zlib", "cc zero": "cc0-1.0", "llama 2": "llama-2-community",
    "free art 1.3": "LAL-1.3", "apple mit": "AML", "business source": "busl-1.1", "nethack gpl": "NGPL",
    "zlib libpng with acknowledgement": "zlib-acknowledgement", "open data weights 1": "openmdw-1.0",
    "open data weights 1.1": "openmdw-1.1", "gfdl": "GFDL-1.1-or-later", "apache": "apache-2.0", "ofl": "ofl-1.1",
    "edl": "bsd-3-clause", "expat": "mit", "edl 1": "bsd-3-clause", "eclipse distribution": "bsd-3-clause",
    "eclipse distribution 1": "bsd-3-clause", "bsd 4": "BSD-4-Clause", "original bsd": "BSD-4-Clause",
}  # fmt: skip
"""Names that neither list has, by their words; without a version where one only is in use."""
_FAMILIES = frozenset(
    """llama|open data weights|old mit|libpng
    |cc by|cc by sa|cc by nc|cc by nd|cc by nc sa|cc by nc nd|open rail|open|rail|falcon|open data|open 3|source
    |mpl|epl|eupl|osl|afl|lppl|cpl|artistic|bsl|nvidia source code""".replace("\n    ", "").split("|")
)
"""Names of families whose members differ: none of them is meant."""
_OF_NVIDIA = re.compile(r"nvidia-(?:source-code|oneway)-")
"""What NVIDIA's research calls `Source Code License`, in whatever edition."""
_LOOSE = {"bsd": "bsd-3-clause", "cddl": "CDDL-1.0"}
"""Names of families of which one is taken, and told as doubtful."""
_ALIKE_BSD = ("bsd-2-clause", "bsd-3-clause", "BSD-4-Clause")
_FURTHER = re.compile(
    r"^(?!\D{0,40}?\n[ \t]*(?:\n|\d{1,2}[.)]\s))"
    r"[\s,(\u2013-]{0,12}(?:(?:public\s)?\s{0,4}licen[cs]e[\s,(-]{0,12})?(?:\([^()\d]{1,20}\)[\s,-]{0,12})?"
    r"(?:either\s)?\s{0,4}"
    r"(?:(?:version|ver\.?|v\.?)\s*(\d+(?:\.\d+)*[a-c]?)|(?<![,;])[ -](\d\d?(?:\.\d+)*))(?![\w%]|\.[a-z])",
    re.IGNORECASE,
)
_LONGER = re.compile(
    r"^(?:[ \t]+(?!(?:Open|Source|Free|Public|Software|License|Licence|General|Community|Permissive|Model|International"
    r"|and|or|Version|Agreement|Standard|Generic|Unported|Terms|Universal)\b)[A-Z][a-z]+){1,3}"
    r"(?:[ \t]+(?:Open|Source|Use|Model|Software|Community|Public))*[ \t]+(?:License|Licence|Agreement)\b"
)
"""Words of a name of which a shorter name is the beginning: `Intel Research Use License`."""
_GLUED = re.compile(r"(?<![\w.-])[A-Za-z]{2,12}-v?\d[\d.]{0,6}-$")
"""What stands before the end of another name, without a space: `FSL-1.1-` before `Apache-2.0`."""
_OF_A_WORK = re.compile(r"[ \t]+(?!(?:Licen[cs]e|Public|Software|Agreement|Open|Version)\b)[A-Z][a-z]")
"""A further word of the name of something, of which a word is the first: `Zed Attack Proxy`."""
_BARE = frozenset("by nc sa nd".split())
"""Words that are no name without another."""
_ORDINARY = frozenset(
    "ai and august code commercial data for free nc of on open research source to unrestricted use".split()
)
_PARTS_OF_CC = re.compile(r"cc by (?:(?:nc|sa|nd) ){1,2}\d")
_VERSION = re.compile(r"-v?\d[\d.]*+[a-z]?\d*+(?=-|$)")
_SKIPS = frozenset("-,()[]\"'`\u2013\u2014\u201c\u201d\u2018\u2019&/*_\uff0c\uff08\uff09\u300a\u300b")
_BESIDE = frozenset("-\"'`\u201c\u201d\u2018\u2019)]*_")
_MOST_SKIPPED = 5
_BRACKETS = re.compile(
    r"[(\uff08](?=[^()\uff09]{0,80}?(?:(?:19|20)\d\d\b|[\u4e00-\u9fff]))[^()\uff09]{1,80}+[)\uff09]\s{0,4}$"
)
"""A date, or the name in Chinese, behind a title; what else stands in brackets parts one text from another."""
_TITLES = Path(__file__).with_name("titles.tsv")
_KINDS = frozenset({"license", "agreement", "use-policy"})


class Name(Struct, frozen=True):
    """A name in a text: what it means, or None where that is no one document."""

    document: str | None
    start: int
    end: int
    says: bool
    """Whether a word such as `license` belongs to it."""
    among: tuple[str, ...] = ()
    """The documents of the family that is named, where no version is."""


class Names:
    """Finds documents by any name that people write."""

    def __init__(self, library: Library, catalog: Catalog) -> None:
        self.library, self.catalog = library, catalog

    def document(self, name: str) -> str | None:
        """The id of the document that a name means; SPDX's own `-or-later` and `-only` are kept."""
        name = name.strip(" .,()\"'")
        if (called := self._called(name)) is not None:
            return called
        found = next(self.within(name), None)
        whole = found is not None and not re.search(r"\w", name[: found.start] + name[found.end :])
        return found.document if found is not None and whole else None

    def _called(self, name: str) -> str | None:
        """The id of the document that the SPDX list or the catalogue calls so."""
        listed = self.library.named(re.sub(r"\+$", "-or-later", name)) or self.library.named(name)
        known = self.catalog.document(name)
        if listed is not None and (known is None or re.search(r"-(?:only|or-later)$", listed.id)):
            return listed.id
        return known.id if known is not None else None

    def family(self, name: str) -> tuple[str, ...]:
        """The documents that a name without a version may mean."""
        return self._index.families.get(_key(name), ())

    def is_own(self, document: str) -> bool:
        """Whether a document is a publisher's own, whose name may be that of a model as well."""
        return document in self._index.own

    def within(self, text: str) -> Iterator[Name]:
        """The names in a text, in order."""
        tokens = list(tokenised(text))
        at = 0
        while at < len(tokens):
            found = self._found(tokens, at, text)
            if found is None:
                at += 1
                continue
            yield found
            while at < len(tokens) and tokens[at].start < found.end:
                at += 1

    def _found(self, tokens: Sequence[Token], at: int, text: str) -> Name | None:
        if not tokens[at].text or tokens[at].sign:
            return None
        match = self._longest(tokens, at, text)
        if tokens[at].text in gnu.UNVERSIONED and (match is None or " " not in match[0] or re.search(r"\d", match[0])):
            return self._gnu(tokens, at, text)
        if match is None:
            return None
        key, last = match
        index, rest = self._index, text[tokens[last].end : tokens[last].end + 200]
        document = self._as_tag(text[tokens[at].start : tokens[last].end]) or index.names[key]
        among = index.families.get(key, ())
        further = None if tokens[last].text[:1].isdigit() else _FURTHER.match(rest)
        if further is not None and not _ends_with(document or "", further[1] or further[2]):
            document, among = index.names.get(_key(f"{key} {further[1] or further[2]}")), ()  # or none that is known
        if document is not None and _LONGER.match(rest):
            document, among = None, ()  # the beginning of another name
        glued = _GLUED.search(text[max(0, tokens[at].start - 24) : tokens[at].start])
        if glued is not None:  # the end of a name that nobody knows, or it would have been found from its beginning
            return Name(document=None, start=tokens[at].start - len(glued[0]), end=tokens[last].end, says=True)
        if document is not None and gnu.LATER.match(rest):
            document = self._called(f"{document}-or-later") or document
        named = _named(document, tokens, _widened(tokens, at, last))
        return structs.replace(named, among=among) if named.says or key not in index.titled else None

    def _longest(self, tokens: Sequence[Token], at: int, text: str) -> tuple[str, int] | None:
        """The longest name that begins at a token, and its last token."""
        names, begins = self._index.names, self._index.begins
        key, found, skipped = "", None, 0
        for place in range(at, len(tokens)):
            token = tokens[place]
            if token.sign or not token.text:
                skipped += 1
                inside = token.text == "." and token.end == tokens[min(place + 1, len(tokens) - 1)].start
                if skipped > _MOST_SKIPPED or (token.sign and token.text not in _SKIPS and not inside):
                    break
                continue
            key, skipped = f"{key} {token.text}" if key else token.text, 0
            if key not in begins:
                break
            if key in names and self._as_written(key, tokens[at].start, token.end, text):
                found = key, place
        return found

    def _as_written(self, key: str, start: int, end: int, text: str) -> bool:
        """Names that are a word of the language too, as `Fair` is, count as the SPDX list writes them, and alone."""
        document = self._index.names[key] or ""
        word = document.isalpha() and key == document.casefold()
        if not word or document in self.catalog.index.documents:
            return True
        return text[start:end] == document and (document.isupper() or _OF_A_WORK.match(text, end) is None)

    def _as_tag(self, written: str) -> str | None:
        """The document that the catalogue knows by a name as it is written, which goes before what is read into it."""
        known = self.catalog.document(re.sub(r"\s+", "-", written)) or self.catalog.document(written)
        if known is None or known.id not in self._index.own or _key(written) in self._index.families:
            return None
        return known.id

    def _gnu(self, tokens: Sequence[Token], at: int, text: str) -> Name:
        token = tokens[at]
        first, last = _widened(tokens, at, at)
        said = gnu.said(text, tokens[first].start, token.end)
        if said is None:
            return _named(gnu.UNVERSIONED[token.text], tokens, (first, last))
        family = f"{token.text.upper()}-{said.version}"
        document = self._called(f"{family}{said.ending}") or self._called(f"{family}-only")
        while first and tokens[first - 1].start >= said.start:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].start < said.end:
            last += 1
        return _named(document, tokens, _widened(tokens, first, last))

    @property
    def _index(self) -> "_Index":
        return _index(self.library, self.catalog)


class _Index(Struct, frozen=True):
    """Documents by the words of their names, those of one publisher, how names begin, and families by their names."""

    names: dict[str, str | None]
    own: frozenset[str]
    begins: frozenset[str]
    families: dict[str, tuple[str, ...]]
    titled: frozenset[str]
    """Titles that are names only where a word such as `license` stands with them."""


@lru_cache(maxsize=2)
def _index(library: Library, catalog: Catalog) -> _Index:
    names: dict[str, str | None] = {_key(name): _known(meant, catalog) for name, meant in _OTHERS.items()}
    meant = frozenset(names)
    own = _catalogued(names, catalog)
    for entry in library.head.entries:
        if entry.listed or entry.id not in catalog.index.documents:
            names.setdefault(_key(entry.id), _known(entry.id, catalog))
    titled = _titled(names, library, catalog)
    names |= {key[3:]: name for key, name in names.items() if _PARTS_OF_CC.match(key)}
    for key in ("modified mit", "microsoft"):  # what several texts are called
        names.pop(key, None)
    for key in [key for key in names if not re.search(r"[^\W\d]{2}", key) or _is_ordinary(key)]:
        del names[key]
    families = _loosened(names, meant, (*catalog.index.documents, *(entry.id for entry in library.head.entries)))
    names |= dict.fromkeys(_FAMILIES)
    begins = {" ".join(key.split(" ")[:n]) for key in names for n in range(1, key.count(" ") + 2)}
    return _Index(names=names, own=own, begins=frozenset(begins), families=families, titled=titled)


def _titled(names: dict[str, str | None], library: Library, catalog: Catalog) -> frozenset[str]:
    """Adds the titles of the SPDX list; tells which of them are names only where `License` stands with them."""
    added = dict[str, str | None]()
    for row in _TITLES.read_text(encoding="utf-8").splitlines()[1:]:
        name, title = row.split("\t")
        key = _key(title)
        if key and key not in names and (library.named(name) is not None or catalog.document(name) is not None):
            added.setdefault(key, _known(name, catalog))
    names |= added
    return frozenset(key for key in added if not re.search(r"\d", key))


def _catalogued(names: dict[str, str | None], catalog: Catalog) -> frozenset[str]:
    """Adds the names of the catalogue's documents; tells which documents are a publisher's own."""
    dated: dict[str, set[str]] = {}
    own = set()
    for document in catalog.called():
        if document.kind not in _KINDS:
            continue
        if document.publisher is not None and "rail" not in document.id:
            own.add(document.id)
        called = (document.id, document.title, *document.aliases, document.license_ref or "", document.spdx or "")
        for name in called:
            names.setdefault(_key(name.removeprefix("LicenseRef-")), document.id)
        dated.setdefault(_key(_BRACKETS.sub(" ", document.title)), set()).add(document.id)
    for key, ids in dated.items():
        names.setdefault(key, min(ids) if len(ids) == 1 else None)
    return frozenset(own)


def _loosened(names: dict[str, str | None], meant: frozenset[str], ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The families that names without a version are of; such a name is that of no one document, but for a few."""
    stems: dict[str, set[str]] = {}
    for name in ids:
        base = re.sub(r"-(?:only|or-later)$", "", name.casefold())
        stems.setdefault(_VERSION.sub("", base), set()).add(base)
    families: dict[str, tuple[str, ...]] = {"bsd": _ALIKE_BSD, "cddl": ("CDDL-1.0", "CDDL-1.1")}
    families |= {"apache": ("apache-1.0", "apache-1.1", "apache-2.0"), "ofl": ("ofl-1.0", "ofl-1.1")}
    families |= {key: tuple(sorted(stems.get(key.replace(" ", "-"), ()))) for key in _FAMILIES}
    families |= {"bsl": ("bsl-1.0", "busl-1.1"), "nvidia source code": tuple(filter(_OF_NVIDIA.match, sorted({*ids})))}
    for key, document in names.items():
        if document is None or key in meant or key in _LOOSE or re.search(r"\d", key):
            continue
        alike = stems.get(_VERSION.sub("", document.casefold()), set())
        if re.search(r"\d", document) and len(alike) > 1:
            families[key] = tuple(sorted(alike))
    names |= {**{key: None for key in families if key not in meant}, **_LOOSE}
    return families


def _is_ordinary(key: str) -> bool:
    """Whether a name is made of words that any sentence has."""
    words = key.split(" ")
    return _BARE.issuperset(words) or _ORDINARY.issuperset(word for word in words if not word[0].isdigit())


def _known(name: str, catalog: Catalog) -> str:
    known = catalog.document(name)
    return name if known is None or re.search(r"-(?:only|or-later)$", name) else known.id


def _named(document: str | None, tokens: Sequence[Token], place: tuple[int, int]) -> Name:
    first, last = place
    return Name(
        document=document, start=tokens[first].start, end=tokens[last].end,
        says=any(token.says or token.text == "terms" for token in tokens[first : last + 1]),
    )  # fmt: skip


def _widened(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """With the words before and after that belong to a name and say nothing."""
    while first and not tokens[first - 1].sign and not tokens[first - 1].text:
        first -= 1
    at = last + 1
    while at < len(tokens) and (not tokens[at].text or (tokens[at].sign and tokens[at].text in _BESIDE)):
        if not tokens[at].sign:
            last = at
        at += 1
    return first, last


def _ends_with(document: str, version: str) -> bool:
    return re.search(rf"[-v]{re.escape(version)}(?:\.0)*$", document) is not None


def _key(name: str) -> str:
    return " ".join(token.text for token in tokenised(name) if token.text and not token.sign)
