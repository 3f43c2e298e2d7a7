"""Build `compliance/texts/ordinary.bin`: the words that texts write in small letters, and names do not, as hashes.

    python benchmarks/ordinary_words.py --names names.txt --locales /usr/share/locale texts...

`texts` are folders of licences, terms of services, READMEs and descriptions in English; `--locales` has translations of
programs (gettext), from which other languages are read; `--names` lists persons, one a line, whose names are no words.
"""

import argparse
import gettext
import re
from collections import Counter
from pathlib import Path

from compliance.texts import ordinary

LANGUAGES = "de fr es it pt nl sv da nb fi pl cs hu ro tr ru uk bg el id ca".split()
ALWAYS = frozenset(
    "the and for not only as in on to or any no all sur from non est by pro pour with open source free".split()
)
"""Words that some are called as well."""
FILES, SHORT_FILES, TEXTS, PERSONS = 3, 12, 2, 4
SHORT, LABEL = 2, 40
"""Translations that have a word, and one of two letters; texts that have one; persons who are called so."""
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


def main() -> None:
    """Read what is given and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--locales", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    given = parser.parse_args()
    words, small, high = english(given.texts)
    persons = Counter(
        word.casefold()
        for row in set(given.names.read_text(encoding="utf-8").splitlines())
        for word in _WORD.findall(row)
        if len(word) > 1
    )
    other = {w for w in translated(given.locales) if w in words or not (w.isascii() and high[w] > max(5, 5 * small[w]))}
    named = {w for w in words | other if persons[w] >= PERSONS} - ALWAYS
    kept = sorted({ordinary.hashed(word) for word in (words | other | ALWAYS) - named})
    ordinary.FILE.write_bytes(b"".join(kept))
    print(f"{len(kept)} words, {len(named)} left out as names")


if __name__ == "__main__":
    main()
