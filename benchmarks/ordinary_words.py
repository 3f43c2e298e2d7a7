"""Build `compliance/texts/ordinary.bin`: the words that texts write in small letters, and names do not, as hashes.

    python benchmarks/ordinary_words.py --names names.txt --locales /usr/share/locale --senses index.sense
        --tags en-lexicon.txt --spoken FOLDER --places places.txt texts...

`texts` are folders of licences, terms of services, READMEs and descriptions in English, without which the words that the
file has are kept; `--locales` has translations of programs (gettext), from which other languages are read; `--names`
lists persons, one a line, whose names are no words. English words are parted into things and acts by how often WordNet
counts each part of speech (`--senses`) and by a word's usual part in Brill's lexicon (`--tags`: a word and its tag);
`--spoken` has wordfreq's lists (`small_LANGUAGE.msgpack.gz`), `--places` the names of places.
"""

import argparse
import gettext
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import msgspec

from compliance.references import roles
from compliance.texts import ordinary
from compliance.texts.called import BODIES, GIVEN, PARTICLES
from compliance.texts.terms import is_term

LANGUAGES = "de fr es it pt nl sv da nb fi pl cs hu ro tr ru uk bg el id ca".split()
ALWAYS = frozenset(
    "the and for not only as in on to or any no all sur from non est by pro pour with open source free".split()
)
"""Words that some are called as well."""
FILES, SHORT_FILES, TEXTS, PERSONS = 3, 12, 2, 4
SHORT, LABEL = 2, 40
"""Translations that have a word, and one of two letters; texts that have one; persons who are called so."""
MOST, ENGLISH, LANGUAGES_OF_NAMES, LONG = 3000, 20_000, 6, 4
"""Words of a language that are spoken often, and of English; of brands and places are words that so many languages have;
letters of a word that one of them has."""
CLOSED = frozenset("MD PRP PRP$ DT PDT WP WDT WRB WP$ EX IN CC RP".split())
"""Tags of words that bind sentences."""
LOOSE = frozenset("with by from to on into via as many per".split())
"""Those of them that stand between names as well."""
PRONOUNS = frozenset(
    """nothing everything something anything everyone everybody someone somebody anyone anybody nobody none""".split()
)
"""Words that are counted as nouns."""
UNPARTED = frozenset("ar bn fa he hi ja ko ta ur zh".split())
_OF_SENSES = dict(zip("12345", "nvara", strict=True))
_PLAIN_ROLES = int(roles.Role.THING | roles.Role.PART)
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(
    r"```[\s\S]*?```|`[^`\n]*`|\S+@\S+|\S*://\S+|www\.\S+|\]\([^)]*\)|<[^<>]*>|&\w+;|[$%]\S+|\S*[/\\_=]\S*|\S+\.\w+\S*"
)


def english(folders: list[Path]) -> tuple[set[str], Counter[str], Counter[str]]:
    """Words of texts: in small letters more than once in six times; and how many texts have each small, and high."""
    small: Counter[str] = Counter()
    high: Counter[str] = Counter()
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        words = set(_WORD.findall(_CODE.sub(" ", path.read_text(encoding="utf-8", errors="replace"))))
        small.update(word for word in words if word.islower() and len(word) > 1)
        high.update(word.casefold() for word in words if word[0].isupper())
    return {w for w, n in small.items() if n >= TEXTS and n * 5 >= high[w]}, small, high


def translated(locales: Path) -> set[str]:
    """Words of translations: in small letters, and of German nouns as well, where no sentence begins."""
    found = set()
    for language in LANGUAGES:
        files: Counter[str] = Counter()
        for path in sorted(locales.glob(f"{language}*/LC_MESSAGES/*.mo")):
            if not path.stem.startswith("iso_"):
                files.update(_said(path, german=language == "de"))
        found |= {w for w, n in files.items() if n >= (SHORT_FILES if len(w) == SHORT else FILES)}
    return found


def _said(path: Path, *, german: bool) -> set[str]:
    try:
        with path.open("rb") as file:
            catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
    except (OSError, UnicodeDecodeError):
        return set()
    found = set()
    for message, said in catalog.items():
        if not message or not isinstance(said, str):
            continue
        plain = _CODE.sub(" ", said.replace("_", "").replace("&", "") if len(said) < LABEL else said)
        for match in _WORD.finditer(plain):
            word, before = match[0], plain[max(match.start() - 2, 0) : match.start()].strip()
            if word.islower() or (german and match.start() and before[-1:] not in {*'.:!?"'} and word[1:].islower()):
                found.add(word.casefold())
    return {word for word in found if len(word) > 1}


class Parts:
    """English words by the parts of speech that they play."""

    def __init__(self, senses: Path, tags: Path) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in senses.read_text(encoding="utf-8").splitlines():
            key, _, number, tagged = row.split()
            lemma, rest = key.split("%")
            if lemma.isalpha() and lemma.islower():
                self.counts[lemma][_OF_SENSES[rest[0]]] += int(tagged) + (0.3 if number in {"1", "2"} else 0.1)  # type: ignore[assignment]
        rows = (row.split(" ")[:2] for row in tags.read_text(encoding="utf-8").splitlines() if " " in row)
        tagged_ = dict(reversed([(row[0], row[1]) for row in rows]))
        self.tags = {word: tag for word, tag in tagged_.items() if word.islower() and word.isalpha() and len(word) > 1}
        self.proper = {word.casefold() for word, tag in tagged_.items() if tag.startswith("NNP")}
        plurals = {f"{word}s" for word in self.counts} | {f"{word}es" for word in self.counts}
        self.words = {*self.tags, *self.counts, *plurals, *(f"{w[:-1]}ies" for w in self.counts if w.endswith("y"))}

    def share(self, word: str, part: str) -> float:
        """How often a word plays a part, of 1."""
        found = self.counts.get(word)
        return found[part] / sum(found.values()) if found else 0.0

    def is_link(self, word: str) -> bool:
        """Whether a word binds sentences, says how or when something is, or is a verb and no noun."""
        if word in PRONOUNS or (self.is_act(word) and not self.share(self._root(word), "n")):
            return True
        tag, noun = self.tags.get(word), self.share(word, "n")
        closed = tag in CLOSED and not (len(word) == SHORT and noun > 0.5)  # noqa: PLR2004
        return closed or (tag in {"UH", "RB", "RBS"} and noun + self.share(word, "a") < 0.5)  # noqa: PLR2004

    def is_act(self, word: str) -> bool:
        """Whether a word is mostly a verb that texts have."""
        base = self._base(word)
        if word in self.counts:
            plain = self.tags.get(word) in {"JJ", "VBN", "VBG"} or self.share(word, "a") >= 0.25  # noqa: PLR2004
            return not plain and self.share(word, "v") >= 0.5 and self.counts[word]["v"] >= FILES  # noqa: PLR2004
        return base in self.counts and self.share(base, "v") >= 0.7 and self.counts[base]["v"] >= FILES  # noqa: PLR2004

    def is_thing(self, word: str) -> bool:
        """Whether a word is mostly a noun or an adjective, or a form of a verb that is used as one."""
        tag, base = self.tags.get(word), self._base(word)
        if tag == "CD":
            return False
        past = tag in {"VBN", "VBD", None} and word.endswith("ed")
        if tag == "VBG" or (past and {word[:-2], word[:-1]} & self.counts.keys()):
            return True
        if word in self.counts:
            return self.share(word, "v") < (0.65 if tag == "JJ" else 0.45) and self.share(word, "r") < 0.35  # noqa: PLR2004
        return base in self.counts and self.share(base, "v") < 0.45 and self.share(base, "n") > 0.3  # noqa: PLR2004

    def _root(self, word: str) -> str:
        return word if word in self.counts else self._base(word)

    def _base(self, word: str) -> str:
        """What a word is the plural or the third person of."""
        if word.endswith("ies"):
            return f"{word[:-3]}y"
        if word.endswith("es") and word[:-2] in self.counts and word[:-1] not in self.counts:
            return word[:-2]
        return word[:-1] if word.endswith("s") and not word.endswith("ss") else ""


def spoken(folder: Path) -> dict[str, list[str]]:
    """The words of languages, the most frequent first."""
    found = {}
    for path in sorted(folder.glob("small_*.msgpack.gz")):
        language = path.name.split("_")[1].split(".")[0]
        if language not in UNPARTED:
            _, *buckets = msgspec.msgpack.decode(gzip.decompress(path.read_bytes()))
            found[language] = [word for words in buckets for word in words if word.isalpha() and len(word) > 1]
    return found


def _role(word: str) -> int:
    return sum({int(one.role) for one in roles.words(word)})


def parted(
    is_known: Callable[[str], bool], parts: Parts, languages: dict[str, list[str]], names: set[str], places: set[str]
) -> list[set[str]]:
    """The things, the acts, the links, and what languages speak often; of these only acts and links are added to the English words."""
    english = {w for w in languages["en"][:ENGLISH] if w in parts.words and w not in names and not is_known(w)}
    never = LOOSE | PARTICLES | GIVEN | BODIES
    words = {word for word in parts.words if len(word) > 1 and (is_known(word) or word in english)}
    links = {word for word in words if parts.is_link(word)} - never
    acts = {word for word in words - links if parts.is_act(word)} - never
    things = {
        word for word in words - acts - links - english
        if parts.is_thing(word) and not is_term(word) and not _role(word) & ~_PLAIN_ROLES
    }  # fmt: skip
    shared = Counter(word for words in languages.values() for word in words)
    often = {w for language, words in languages.items() if language != "en" for w in words[:MOST]}
    often = {w for w in often if len(w) >= LONG and shared[w] < LANGUAGES_OF_NAMES and not is_known(w)}
    return [things, acts, links, often - names - places - parts.proper]


def main() -> None:
    """Read what is given and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", type=Path)
    for option in ("names", "senses", "tags", "spoken", "places"):
        parser.add_argument(f"--{option}", type=Path, required=True)
    parser.add_argument("--locales", type=Path)
    given = parser.parse_args()
    persons = Counter(
        word.casefold()
        for row in set(given.names.read_text(encoding="utf-8").splitlines())
        for word in _WORD.findall(row)
        if len(word) > 1
    )
    known = _of_texts(given.texts, given.locales, persons) if given.texts else _kept()
    places = set(given.places.read_text(encoding="utf-8").split())
    kinds = parted(lambda word: ordinary.hashed(word) in known, Parts(given.senses, given.tags), spoken(given.spoken),
                   set(persons), places)  # fmt: skip
    things, acts, links, often = ({ordinary.hashed(word) for word in words} for words in kinds)
    said = acts | links
    written = [things, acts - things, links - things - acts, known - things - said, often - known - things - said]
    sizes = b"".join(len(words).to_bytes(ordinary.SIZE, "little") for words in written)
    ordinary.FILE.write_bytes(sizes + b"".join(b"".join(sorted(words)) for words in written))
    print(", ".join(str(len(words)) for words in written))


def _kept() -> set[bytes]:
    """The words that the file has, but for those that other languages speak."""
    data, size = ordinary.FILE.read_bytes(), ordinary.SIZE
    rows = [data[n : n + size] for n in range(0, len(data), size)]
    return set(rows[5 : 5 + sum(int.from_bytes(row, "little") for row in rows[:4])])


def _of_texts(texts: list[Path], locales: Path, persons: Counter[str]) -> set[bytes]:
    words, small, high = english(texts)
    other = {w for w in translated(locales) if w in words or not (w.isascii() and high[w] > max(5, 5 * small[w]))}
    named = {w for w in words | other if persons[w] >= PERSONS} - ALWAYS
    return {ordinary.hashed(word) for word in (words | other | ALWAYS) - named}


if __name__ == "__main__":
    main()
