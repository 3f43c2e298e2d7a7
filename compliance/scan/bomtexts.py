"""Bills of materials that are not JSON, as the same entries: XML of CycloneDX and SPDX, and SPDX as tags and values."""

from xml.parsers import expat

from compliance.scan.configuration.entries import MAX_DEPTH, MAX_ENTRIES, Entry, MalformedError

_KEYS = {
    "PackageName": "name",
    "SPDXID": "SPDXID",
    "PackageDownloadLocation": "downloadLocation",
    "PrimaryPackagePurpose": "primaryPackagePurpose",
    "PackageComment": "comment",
    "PackageLicenseDeclared": "licenseDeclared",
    "PackageLicenseConcluded": "licenseConcluded",
}
_ENDS = ("spdxElementId", "relationshipType", "relatedSpdxElement")
_LISTS = frozenset(
    "components services licenses ancestors descendants variants properties datasets endpoints dependencies".split()
)
"""Elements of CycloneDX that are lists in its JSON."""


def tag_entries(text: str) -> list[Entry]:
    """The packages of SPDX in tags and values, under the names that its JSON has."""
    found: list[Entry] = []
    package = 0
    for number, line in enumerate(text.splitlines(), start=1):
        tag, mark, rest = line.partition(":")
        value = rest.strip()
        if not value or not tag.isascii() or not tag.isalpha():
            continue
        column = len(tag) + len(mark) + rest.index(value) + 1
        package += tag == "PackageName"
        path = ("packages", str(package))
        if tag == "ExternalRef":
            found.append(Entry((*path, "externalRefs", str(number), "referenceLocator"), value, number, column, number))
        elif tag == "Relationship":
            related = ("relationships", str(number))
            ends = zip(_ENDS, value.split(), strict=False)
            found += [Entry((*related, key), word, number, column, number) for key, word in ends]
        elif tag in _KEYS and package:
            found.append(Entry((*path, _KEYS[tag]), value, number, column, number))
    return found


def xml_entries(text: str) -> list[Entry]:
    """The texts and attributes of XML under the names of their elements, of CycloneDX those that its JSON has.

    Raises MalformedError, also for entities.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as problem:
        reason = f"not XML (line {problem.lineno}): {expat.errors.messages.get(problem.code, 'malformed')}"
        raise MalformedError(reason, reader.found) from None
    return reader.found


class _Reader:
    """Follows the elements; nothing outside the file is read and no entity of its own is expanded."""

    def __init__(self) -> None:
        self.found: list[Entry] = []
        self.stack: list[_Element] = []
        self.is_cyclonedx = False
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        above = self.stack[-1] if self.stack else None
        own = name.rpartition(":")[2]
        self.is_cyclonedx = self.is_cyclonedx or (above is None and own == "bom")
        path = self._path(above, own)
        if above is not None:
            above.count += 1
        if len(self.stack) >= MAX_DEPTH:
            raise MalformedError(f"nested deeper than {MAX_DEPTH}", self.found)
        self.stack.append(_Element(path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))
        for key, value in attributes.items():
            self._add((*path, key.rpartition(":")[2]), value, self.stack[-1])

    def _path(self, above: "_Element | None", own: str) -> tuple[str, ...]:
        if above is None:
            return () if self.is_cyclonedx else (own, "0")
        if not self.is_cyclonedx:
            return (*above.path, own, str(above.count))
        if above.path[-1:] == ("licenses",):
            return (*above.path, str(above.count), own)
        return (*above.path, str(above.count) if above.path and above.path[-1] in _LISTS else own)

    def _end(self, name: str) -> None:
        element = self.stack.pop()
        text = "".join(element.texts).strip()
        if text and not element.count:
            value = ("value",) if name.rpartition(":")[2] == "property" else ()
            path = (*element.path, *value) if self.is_cyclonedx else (*element.path[:-2], element.path[-2])
            self._add(path, text, element)

    def _text(self, text: str) -> None:
        self.stack[-1].texts.append(text)

    def _entity(self, *_told: object) -> None:
        raise MalformedError("declares entities, which no bill of materials needs", self.found)

    def _add(self, path: tuple[str, ...], value: str, at: "_Element") -> None:
        self.found.append(Entry(path, value, at.line, at.column, at.line))
        if len(self.found) > MAX_ENTRIES:
            raise MalformedError(f"more than {MAX_ENTRIES} values", self.found)


class _Element:
    """An open element: its path, how many elements are in it, and its text."""

    def __init__(self, path: tuple[str, ...], line: int, column: int) -> None:
        self.path, self.line, self.column = path, line, column
        self.count = 0
        self.texts: list[str] = []
