"""Duties that the project's own files show done: texts shipped, prescribed lines, words displayed, terms passed on.

A fact is taken as shown only where every duty of the subject that turns on it is; nothing is ever shown undone.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from compliance.evidence import Evidence
from compliance.model import Document, Location, Rule, Shown
from compliance.questions import tests
from compliance.scan.walking import walk

_DISPLAYED = frozenset(".html .htm .jsx .tsx .vue .svelte .astro .hbs .ejs .jinja .j2 .xhtml .strings .arb".split())
_LOCALES = re.compile(r"(?:^|/)(?:locales?|i18n|lang|translations)/.*\.(?:json|ya?ml|properties)$")
_DOCUMENTATION = re.compile(
    r"(?:^|/)(?:readme|about|attribution|credits)[^/]*\.(?:md|rst|txt)$|(?:^|/)docs?/.*\.(?:md|rst)$"
)
_TERMS = re.compile(r"terms|(?:^|/)tos\b|eula|conditions|acceptable|use[._-]?policy|(?:^|/)legal", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|/\*.*?\*/|\{\{!--.*?--\}\}|(?<![:\"'])//[^\n]*", re.DOTALL)
_MOST_BYTES = 1_000_000


class Fulfilment:
    """What the files of one project show; every file is read once, and only where a duty asks for its kind."""

    def __init__(self, root: Path, evidence: Evidence, exclude: tuple[str, ...] = ()) -> None:
        self.root, self.evidence, self.exclude = root, evidence, exclude

    def shown(self, documents: Iterable[Document], model: str) -> list[Shown]:
        """The facts that are shown for a model under some documents."""
        wanted: dict[str, list[tuple[Document, Rule]]] = {}
        for document in documents:
            for rule in document.rules:
                for fact in {test.fact for test in tests(rule.fulfilled_when)} & _BY_FACT.keys():
                    wanted.setdefault(fact, []).append((document, rule))
        found = []
        for fact, duties in sorted(wanted.items()):
            places = [_BY_FACT[fact](self, document, rule, model) for document, rule in duties]
            if all(place is not None for place in places):
                known = dict.fromkeys(place for place in places if place is not None)
                found.append(Shown(fact=fact, places=tuple(known)))
        return found

    # -- the kinds ---------------------------------------------------------------------------------------------------

    def _copy(self, document: Document, rule: Rule, model: str) -> Location | None:  # noqa: ARG002
        """A copy of the text; of a general licence only where its path names the model, for others carry it as well."""
        name = _folded(model.rsplit("/", 1)[-1])
        path = self.evidence.shipped(document.id, lambda path: document.publisher is not None or name in _folded(path))
        return None if path is None else Location(path=path, line=1, text=document.title, detector="license-copy")

    def _notice(self, document: Document, rule: Rule, model: str) -> Location | None:  # noqa: ARG002
        words = (rule.produces or {}).get("text")
        return None if words is None else self._line(words, self._notices, "notice")

    def _display(self, document: Document, rule: Rule, model: str) -> Location | None:  # noqa: ARG002
        made = rule.produces or {}
        if made.get("kind") != "attribution" or "text" not in made:
            return None
        return self._line(made["text"], self._displays, "display") or (
            self._line(made["text"], self._documentation, "display") if made.get("place") == "documentation" else None
        )

    def _passed_on(self, document: Document, rule: Rule, model: str) -> Location | None:  # noqa: ARG002
        path = self.evidence.shipped(document.id, lambda path: _TERMS.search(path) is not None)
        return None if path is None else Location(path=path, line=1, text=document.title, detector="terms")

    @staticmethod
    def _line(words: str, texts: dict[str, str], detector: str) -> Location | None:
        """Where some words stand, whatever white space lies between them."""
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w|\.\d)")
        for path, text in texts.items():
            if (match := pattern.search(text)) is not None:
                return Location(path=path, line=text.count("\n", 0, match.start()) + 1, text=words, detector=detector)
        return None

    # -- the files ---------------------------------------------------------------------------------------------------

    @cached_property
    def _files(self) -> list[tuple[str, Path]]:
        found = walk(self.root, self.exclude, [])
        return [(path, Path(entry.path)) for path, entry in found if not path.endswith("OWED.md")]

    @cached_property
    def _notices(self) -> dict[str, str]:
        return dict(self._texts(lambda path: "notice" in path.rsplit("/", 1)[-1].casefold()))

    @cached_property
    def _displays(self) -> dict[str, str]:
        texts = self._texts(lambda path: Path(path).suffix.lower() in _DISPLAYED or bool(_LOCALES.search(path)))
        return {path: _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text) for path, text in texts}

    @cached_property
    def _documentation(self) -> dict[str, str]:
        texts = self._texts(lambda path: bool(_DOCUMENTATION.search(path.casefold())))
        return {path: _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text) for path, text in texts}

    def _texts(self, counts: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
        for path, full in self._files:
            if counts(path):
                try:
                    with full.open("rb") as file:
                        data = file.read(_MOST_BYTES)
                except OSError:
                    continue  # what cannot be read shows nothing
                yield path, data.decode("utf-8", "replace")


_BY_FACT = {
    "license_copy_included": Fulfilment._copy,  # noqa: SLF001 - the table of this class
    "notice_included": Fulfilment._notice,  # noqa: SLF001
    "attribution_displayed": Fulfilment._display,  # noqa: SLF001
    "use_restrictions_passed_on": Fulfilment._passed_on,  # noqa: SLF001
}


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
