"""How the SPDX list, the catalogue and people spell the names of licences -> the documents that are meant."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from compliance import tables
from compliance.catalog import Catalog
from compliance.model import Struct
from compliance.references import gnu
from compliance.references.tokens import tokenised
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
    |cc|cc by|cc by sa|cc by nc|cc by nd|cc by nc sa|cc by nc nd|open rail|open|rail|falcon|open data|open 3|source
    |mpl|epl|eupl|osl|afl|lppl|cpl|artistic|bsl|nvidia source code""".replace("\n    ", "").split("|")
)
"""Names of families whose members differ: none of them is meant."""
_OF_NVIDIA = re.compile(r"nvidia-(?:source-code|oneway)-")
"""What NVIDIA's research calls `Source Code License`, in whatever edition."""
_LOOSE = {"bsd": "bsd-3-clause", "cddl": "CDDL-1.0"}
"""Names of families of which one is taken, and told as doubtful."""
_ALIKE_BSD = ("bsd-2-clause", "bsd-3-clause", "BSD-4-Clause")
_BARE = frozenset("by nc sa nd".split())
"""Words that are no name without another."""
_ORDINARY = frozenset(
    "ai and august code commercial data for free nc of on open research source to unrestricted use".split()
)
_PARTS_OF_CC = re.compile(r"cc by (?:(?:nc|sa|nd) ){1,2}\d")
_VERSION = re.compile(r"-v?\d[\d.]*+[a-z]?\d*+(?=-|$)")
_BRACKETS = re.compile(
    r"[(\uff08](?=[^()\uff09]{0,80}?(?:(?:19|20)\d\d\b|[\u4e00-\u9fff]))[^()\uff09]{1,80}+[)\uff09]\s{0,4}$"
)
"""A date, or the name in Chinese, behind a title; what else stands in brackets parts one text from another."""
_TITLES = Path(__file__).with_name("titles.tsv")
_KINDS = frozenset({"license", "agreement", "use-policy"})


class Spellings(Struct, frozen=True):
    """Documents by the words of their names, those of one publisher, how names begin, and families by their names."""

    names: dict[str, str | None]
    own: frozenset[str]
    begins: frozenset[str]
    families: dict[str, tuple[str, ...]]
    titled: frozenset[str]
    """Titles that are names only where a word such as `license` stands with them."""


@lru_cache(maxsize=2)
def spellings(library: Library, catalog: Catalog) -> Spellings:
    """All spellings that are known; made once for a library and a catalogue."""
    names: dict[str, str | None] = {compared(name): _known(meant, catalog) for name, meant in _OTHERS.items()}
    meant = frozenset(names)
    own = _catalogued(names, catalog)
    for entry in library.head.entries:
        if entry.listed or entry.id not in catalog.index.documents:
            names.setdefault(compared(entry.id), _known(entry.id, catalog))
    titled = _titled(names, library, catalog)
    names |= {key[3:]: name for key, name in names.items() if _PARTS_OF_CC.match(key)}
    for key in ("modified mit", "microsoft"):  # what several texts are called
        names.pop(key, None)
    for key in [key for key in names if not re.search(r"[^\W\d]{2}", key) or _is_ordinary(key)]:
        del names[key]
    families = _loosened(names, meant, (*catalog.index.documents, *(entry.id for entry in library.head.entries)))
    names |= dict.fromkeys(_FAMILIES)
    begins = {" ".join(key.split(" ")[:n]) for key in names for n in range(1, key.count(" ") + 2)}
    return Spellings(names=names, own=own, begins=frozenset(begins), families=families, titled=titled)


def _titled(names: dict[str, str | None], library: Library, catalog: Catalog) -> frozenset[str]:
    """Adds the titles of the SPDX list; tells which of them are names only where `License` stands with them."""
    added = dict[str, str | None]()
    for name, title in tables.rows(_TITLES):
        key = compared(title)
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
            names.setdefault(compared(name.removeprefix("LicenseRef-")), document.id)
        dated.setdefault(compared(_BRACKETS.sub(" ", document.title)), set()).add(document.id)
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
    families |= {key: tuple(sorted(stems.get(key, ()))) for key in ("gpl", "lgpl", "gfdl")}
    families["agpl"] = ("agpl-3.0",)  # the one that the Free Software Foundation ever published
    families["artistic"] = tuple(sorted({one.casefold() for one in ids if one.casefold().startswith("artistic-")}))
    families["cc"] = tuple(sorted({one for key, ids in families.items() if key.startswith("cc ") for one in ids}))
    families["creativeml open rail"] = ("creativeml-openrail++-m", "creativeml-openrail-m")
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


def compared(name: str) -> str:
    """A name as names are compared: its words alone."""
    return " ".join(token.text for token in tokenised(name) if token.text and not token.sign)
