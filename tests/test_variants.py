"""Every way in which publishers write a text out anew is still that text, in its version; one changed word is not."""

import html
import random
import re
import textwrap
from pathlib import Path

import pytest
from shelf import BESIDE, CATALOG, fingerprints

from compliance import fingerprint, identify
from compliance.texts import library, packing

ROOT = Path(__file__).parent.parent
SHARED = BESIDE / "licenses"
LIBRARY = fingerprints()

WHO = "you|the recipient|each licensee|whoever runs the weights|an affiliate of yours|the person who signs".split("|")
MUST = "shall not|must|may|will at no time|undertakes to|is free to".split("|")
DOES = (
    "pass on|host|fine-tune|merge|quantise|measure|describe in public|sell|withdraw|keep a copy of|train others with"
).split("|")
WHAT = (
    "the model|its outputs|the “Derived Weights”|any part of the documentation|the tokenizer|a service that is built"
    " on it|the training records"
).split("|")
WHEN = (
    "within 30 days of the notice|where the law of the place asks for it|for as long as this agreement is in force"
    "|unless the licensor agreed in writing|up to 5 % of its revenue|at no charge, and without warranty"
).split("|")


def _text(name, version):
    chance = random.Random(name)
    clauses = []
    for number in range(1, 9):
        sentences = (
            f"{chance.choice(WHO)} {chance.choice(MUST)} {chance.choice(DOES)} {chance.choice(WHAT)} {chance.choice(WHEN)}."
            for _ in range(4)
        )
        clauses.append(f"{number}. " + " ".join(sentence[0].upper() + sentence[1:] for sentence in sentences))
    clauses[3] += f" This is version {version} of the agreement, for fewer than {version}00 million users."
    head = f"{name.upper()} MODEL LICENSE AGREEMENT\n\nCopyright (c) <year> <owner>"
    return head + "\n\n" + "\n\n".join(textwrap.fill(clause, 100) for clause in clauses) + "\n"


OWN = {f"{name}-{version}": _text(name, version) for name in ("quince", "medlar", "sorb") for version in (1, 2)}


def _library(texts):
    marks = ((name, fingerprint.parse(fingerprint.build(text), name)) for name, text in texts.items())
    return library.Library(packing.pack(marks))


OURS = _library(OWN)


def _filled(text, width):
    """A paragraph broken between words: a hyphen at the end of a line may be one of the word or of the printer."""
    return textwrap.fill(" ".join(text.split()), width, break_on_hyphens=False, break_long_words=False)


def _paragraphs(text):
    return re.split(r"\r?\n[ \t]*\r?\n", text)


def _pages(text):
    """As a PDF gives it: broken anew, numbers of pages between paragraphs."""
    parts = [_filled(part, 62) for part in _paragraphs(text)]
    for place in range(len(parts) - 2, 3, -4):
        parts.insert(place, f"Page {place} of {len(parts)}")
    return "\n\n".join(parts)


def _html(text):
    body = "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in _paragraphs(_unquoted(text)))
    return f"<!doctype html>\n<html><head><title>License</title></head>\n<body>\n{body}</body>\n</html>"


def _unquoted(text):
    """Without the signs of a quotation, which stand at the beginning of a line and in no other sign."""
    return re.sub(r"(?m)^(?:> ?)+", "", text)


ANY = {
    "as it is": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "indented": lambda text: textwrap.indent(text, "    "),
    "space at the ends of lines": lambda text: text.replace("\n", "  \n"),
    "blank lines before": lambda text: "\n\n\n" + text,
    "straight quotation marks": lambda text: text.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"}),
    "no-break spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", lambda m: "\u00a0" if m.start() % 7 == 0 else " ", text),
    "quoted": lambda text: "".join(f"> {line}" for line in text.splitlines(keepends=True)),
    "byte order mark": lambda text: "\ufeff" + text,
}
"""What every text can bear, in whatever language and however it was laid out."""
LATIN = {
    **ANY,
    "broken at 60": lambda text: "\n\n".join(_filled(part, 60) for part in _paragraphs(text)),
    "a paragraph a line": lambda text: "\n\n".join(" ".join(part.split()) for part in _paragraphs(text)),
    "upper case": lambda text: text.upper(),
    "comment of #": lambda text: "".join(f"# {line}\n".replace("# \n", "#\n") for line in text.splitlines()),
    "comment of //": lambda text: "".join(f"// {line}\n" for line in text.splitlines()),
    "comment of /* */": lambda text: (
        "/*\n" + "".join(f" * {line}\n" for line in _unquoted(text).splitlines()) + " */\n"
    ),
    "HTML": _html,
    "PDF": _pages,
    "heading of Markdown": lambda text: "# License\n\n" + text,
    "emphasis": lambda text: re.sub(r"(?m)^(\d+)\. ", r"**\1.** ", text),
}
FILLED = {
    "owner filled in": lambda text: text.replace("<year> <owner>", "2019-2024 Jane Doe and Quince Labs, Inc."),
    "no copyright line": lambda text: text.replace("Copyright (c) <year> <owner>\n", ""),
    "two owners": lambda text: text.replace(
        "Copyright (c) <year> <owner>", "Copyright 2021 A\nCopyright (c) 2024 B Ltd."
    ),
    "no heading": lambda text: text.split("\n\n", 1)[1],
    "heading as Markdown": lambda text: "# " + text,
}
"""What our own texts can bear, which have a copyright line and a heading."""
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def _told(text, known, catalogue=CATALOG):
    found = identify.identify_text(text, "LICENSE", known, catalogue)
    return found.result, {name for part in found.documents for name in (part.id, *part.also)}


@pytest.mark.parametrize("way", [*LATIN, *FILLED])
@pytest.mark.parametrize("name", OWN)
def test_a_text_written_out_anew_is_exact_in_its_version(name, way):
    text = (LATIN | FILLED)[way](OWN[name])
    assert _told(text, OURS) == ("exact", {name})


@pytest.mark.parametrize("way", [*LATIN, *FILLED])
@pytest.mark.parametrize(
    ("before", "after"), [("must", "must not"), ("within 30", "within 31"), ("shall not", "shall")]
)
def test_a_change_shows_however_a_text_is_written_out(way, before, after):
    changed = OWN["quince-1"].replace(before, after, 1)
    assert changed != OWN["quince-1"]
    assert _told((LATIN | FILLED)[way](changed), OURS)[0] == "modified"


@pytest.mark.parametrize("seed", range(60))
def test_several_ways_at_once_change_nothing(seed):
    chance = random.Random(seed)
    name, text = chance.choice([*OWN.items()])
    text = chance.choice([*FILLED.values()])(text)
    ways = chance.sample(["CRLF", "indented", "straight quotation marks", "broken at 60", "no-break spaces"], 3)
    for way in ways:
        text = LATIN[way](text)
    assert _told(text, OURS) == ("exact", {name}), ways


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_in_any_encoding_is_exact(encoding):
    for name, text in OWN.items():
        assert _told(identify.decode(text.encode(encoding)), OURS) == ("exact", {name})


def _is_latin(text):
    return sum(ord(letter) > 0x2FFF for letter in text) * 50 < len(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="adds to the tests where the texts are at hand (MODELCHECK_SHARED)")
def test_every_real_text_written_out_anew_is_exact_in_its_version():
    wrong = []
    for number, path in enumerate(sorted(SHARED.rglob("*.txt"))):
        text = path.read_text(encoding="utf-8", errors="replace")
        ways = LATIN if _is_latin(text) else ANY
        for way in random.Random(path.name).sample([*ways], 1 if number % 40 else len(ways)):
            result, names = _told(ways[way](text), LIBRARY)
            document = CATALOG.document(path.stem)
            if result != "exact" or names.isdisjoint({path.stem, document.id if document else path.stem}):
                wrong.append((path.stem, way, result))
    assert wrong == []
