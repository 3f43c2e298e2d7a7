"""Short notices, SPDX headers and lists of stanzas that point to licences -> the documents that they name."""

import re
from collections.abc import Iterator

from compliance.catalog import Catalog
from compliance.library import Library

LONGEST = 450
"""Words of a text that can be a mere notice."""
_HEAD = 20_000
_BRIEF = 130
"""Words of a notice that states terms of its own as well."""
_OWN_TERMS = re.compile(
    r"\byou\s+(?:are\s+(?:permitted|allowed)\s+to|agree\s+that|may\s+only)|\bmay\s+only\s+be\s+used"
    r"|\bit\s+is\s+forbidden\s+to|\bhereby\s+grants?\b",
    re.IGNORECASE,
)
_SPDX = re.compile(
    r"SPDX-License-Identifier:\s*+([\w.+():-](?:[\w.+ ():-]{0,2000}?[\w.+():-])??)[^\S\n]*+(?:\*/|-->|\"|'|$)",
    re.MULTILINE,
)
_UNDER = re.compile(
    r"(?:under|subject\s+to|governed\s+by|terms\s+of|conditions\s+of|covered\s+by)\s+(?:and\s+(?:subject\s+to|governed\s+by)\s+)?(?:(?:an?|the)\s+)?(?:terms\s+(?:and\s+conditions\s+)?of\s+)?"
    r"(?:(?:an?|the)\s+)?[\"'\u201c\u2018]?([A-Za-z0-9][\w.+/ ,&-]{1,90}?)"
    r"(?=[\"'\u201d\u2019]|\s*[(:;\n]|,\s+(?!v(?:ersion)?\b)|\.\s|\.?$|\s+(?:and|as|for|with|which|found|available|see|in|is|you)\b)",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^[ \t#*/;-]*licen[cs]e(?:_name)?[ \t]*[:=][ \t]*+(?:[\"'] *+)?"
    r"([\w.+()-][\w.+ ()-]{0,58}?[\w.+()-])[ \t]*+(?:[\"'][ \t]*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_STANZAS = re.compile(r"\A\s*format:\s*\S*(?:copyright-format|dep5|dep-5)", re.IGNORECASE)
_ITEM = re.compile(r"^[^\w\n]*[^:\n]{2,60}:[ \t]*+([\w.+-][\w.+ -]{0,38}?[\w.+-])[ \t]*$", re.MULTILINE)
_LICENSED = re.compile(
    r"\b(?:is|are|under)\s{1,9}+(?:an?\s{1,9}+)?([A-Za-z][\w.+]{0,40}+(?:[ -][\w.+]{1,40}+){0,6}?)[ -]licen[cs]ed\b",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*|[-*][ \t]+)?(?:The[ \t]+)?([A-Z][\w.+ -]{2,70}?)(?:[ \t]+https?://\S+)?[ \t]*$",
    re.MULTILINE,
)
"""A line that is a name and nothing else."""
_SHORT_NAME = re.compile(r"\(([A-Z][A-Za-z]{2,5}v?\d(?:\.\d)?)\)")
_NOT = re.compile(r"\bn(?:ot|o|ever|either)\b[^.\n]{0,40}$", re.IGNORECASE)
_MARKED = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|\]\([^()\s]{0,300}\)|\*\*|__|[`\[\]]")
"""Markup within a notice: tags, links, emphasis."""
_ADDRESSES = (
    (re.compile(r"apache\.org/licenses/LICENSE-(\d\.\d)"), "Apache-{}"),
    (re.compile(r"(?i:\blicen[cs]e)[.-](apache|mit|bsd|gpl)\b", re.IGNORECASE), "{}"),
    (re.compile(r"opensource\.org/licenses?/([A-Za-z0-9.+-]+)"), "{}"),
    (re.compile(r"spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.html|\.txt|\.json|[\s)>\"']|$)"), "{}"),
    (re.compile(r"creativecommons\.org/licenses/(by(?:-[a-z]+)*/\d\.\d)"), "CC-{}"),
    (re.compile(r"creativecommons\.org/publicdomain/zero/(\d\.\d)"), "CC0-{}"),
    (re.compile(r"gnu\.org/licenses/(?:old-licenses/)?((?:a|l)?gpl-\d\.\d)"), "{}"),
    (re.compile(r"mozilla\.org/(?:en-US/)?MPL/(\d\.\d)"), "MPL-{}"),
)
_GNU = re.compile(
    r"(?:under\s+the\s+terms\s+of\s+the\s+)?GNU\s+((?:Affero|Lesser|Library)\s+)?General\s+Public\s+Licen[cs]e\b"
    r"[^.]{0,160}?(?:version|v)\.?\s*(\d(?:\.\d)?)(?:\s+of\s+the\s+Licen[cs]e)?(.{0,60})",
    re.IGNORECASE | re.DOTALL,
)
_VERSION = re.compile(r"^([a-z]{3,6})v(\d)(?:\.(\d))?$", re.IGNORECASE)
_BODY = re.compile(r"^(?!NC\b|NON\b|NO\b)[A-Z]{2,5} (?=\S+ \S)")
"""Who wrote a licence, before its name."""
_GNU_SHORT = re.compile(r"^([al]?gpl)-?v?(\d)(?:\.(\d))?(\+?)$", re.IGNORECASE)
_SAID = {
    "attribution": "by", "noncommercial": "nc", "sharealike": "sa", "noderivatives": "nd", "noderivs": "nd",
}  # fmt: skip
_DROPPED = re.compile(
    r"\b(?:the|an?|licen[cs]es?|agreement|version|software|public|general|gnu|model|community|international|unported|v(?=\.?\d))\b",
    re.IGNORECASE,
)


class Names:
    """Finds a document by any name that people write."""

    def __init__(self, library: Library, catalog: Catalog) -> None:
        self.library, self.catalog = library, catalog
        self._plain: dict[str, str] | None = None
        self._found: dict[str, str | None] = {}

    def document(self, name: str) -> str | None:
        """The id of the document that a name means; SPDX's own `-or-later` and `-only` are kept."""
        if name not in self._found:
            self._found[name] = self._meant(name)
        return self._found[name]

    def _meant(self, name: str) -> str | None:
        name = " ".join(name.split()).strip(" .,()\"'")
        name = _GNU_SHORT.sub(lambda match: f"{match[1]}-{match[2]}.{match[3] or 0}{match[4]}", name)
        name = _VERSION.sub(lambda match: f"{match[1]}-{match[2]}.{match[3] or 0}", name)
        if name.endswith("+"):
            name = f"{name[:-1]}-or-later"
        if re.search(r"-(?:only|or-later)$", name, re.IGNORECASE):
            listed = self.library.named(name)
            if listed is not None:
                return listed.id
        return self._known(name) or self._known(_BODY.sub("", name))

    def _known(self, name: str) -> str | None:
        for candidate in (name, name.replace(" ", "-"), re.sub(r"(?i)licen[cs]e$", "", name).rstrip()):
            found = self.catalog.document(candidate)
            if found is not None:
                return found.id
            entry = self.library.named(candidate)
            if entry is not None:
                return entry.id
        return self._all().get(_plain(name)) if _plain(name) else None

    def _all(self) -> dict[str, str]:
        if self._plain is None:
            self._plain = {}
            for document in self.catalog.documents():
                if document.kind in {"license", "agreement", "use-policy"}:
                    for name in (
                        document.id,
                        document.title,
                        *document.aliases,
                        *filter(None, (document.license_ref,)),
                    ):
                        self._plain.setdefault(_plain(name), document.id)
        return self._plain


def _plain(name: str) -> str:
    """A name without what people leave out or add."""
    kept = _DROPPED.sub(" ", name.casefold().replace("licenseref-", ""))
    kept = re.sub(r"(?<=\d)\.0\b", "", re.sub(r"[^\w.]+|_", " ", kept))
    return " ".join(_SAID.get(word, word) for word in kept.replace("creative commons", "cc").split())


def pointed_at(text: str, count: int, names: Names) -> list[tuple[str, int]]:
    """The documents that a text of `count` words points to, each with its line; none where it is more than a notice."""
    if count > _BRIEF and _OWN_TERMS.search(text) and not _SPDX.search(text) and not is_list(text):
        return []
    found: dict[str, int] = {}
    for name, place in _candidates(text, count):
        document = names.document(name)
        if document is not None and document not in found:
            found[document] = 1 + text.count("\n", 0, place)
    return list(found.items())


def is_list(text: str) -> bool:
    """Whether a text is a list of stanzas, each of which names its licence, as Debian writes them."""
    return _STANZAS.match(text) is not None


def _candidates(text: str, count: int) -> Iterator[tuple[str, int]]:
    head = text[:_HEAD]
    tagged = [(part, match.start()) for match in _SPDX.finditer(head) for part in _parts(match[1])]
    if tagged or (count > LONGEST and not is_list(text)):
        yield from tagged
        return
    if is_list(text):
        yield from ((part, match.start()) for match in _FIELD.finditer(text) for part in _parts(match[1]))
        return
    gnu = [(_gnu(match), match.start()) for match in _GNU.finditer(head)]
    yield from gnu
    if not gnu:
        plain = _MARKED.sub(_blank, head)
        for pattern in (_UNDER, _LICENSED, _SHORT_NAME):
            yield from (
                (_one_space(match[1]), match.start())
                for match in pattern.finditer(plain)
                if not _NOT.search(plain, max(match.start() - 60, 0), match.start())
            )
        yield from (
            (form.format(match[1].replace("/", "-")), match.start())
            for pattern, form in _ADDRESSES
            for match in pattern.finditer(head)
        )
    yield from ((part, match.start()) for match in _FIELD.finditer(head) for part in _parts(match[1]))
    plain = _MARKED.sub(_blank, head)
    yield from ((_one_space(match[1]), match.start()) for match in _ITEM.finditer(plain))
    yield from ((name, match.start()) for match in _ROW.finditer(plain) if _is_name(name := _one_space(match[1])))


def _blank(match: re.Match[str]) -> str:
    """As many characters that say nothing, so that lines and places stay."""
    return " " * len(match[0])


def _one_space(name: str) -> str:
    return " ".join(name.split())


def _is_name(row: str) -> bool:
    """Whether a line can be the name of one licence, not only the word for all of them."""
    return re.search(r"licen[cs]e|\d", row, re.IGNORECASE) is not None and len(_plain(row)) > 1


def _parts(expression: str) -> list[str]:
    return [part.strip() for part in re.split(r"\b(?:AND|OR|WITH|and|or|with)\b|[()]", expression) if part.strip()]


def _gnu(match: re.Match[str]) -> str:
    kind = {"affero": "AGPL", "lesser": "LGPL", "library": "LGPL"}.get((match[1] or "").strip().casefold(), "GPL")
    version = match[2] if "." in match[2] else f"{match[2]}.0"
    later = re.search(r"any\s+later|or\s+later|or\s+newer|\+", match[3], re.IGNORECASE)
    return f"{kind}-{version}-{'or-later' if later else 'only'}"
