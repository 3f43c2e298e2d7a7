"""Entries of a configuration, reported; one whose value refers to others where they lead, or as open."""

from compliance.scan.configuration import interpolation
from compliance.scan.configuration.entries import Entry
from compliance.scan.configuration.siblings import Siblings
from compliance.scan.files import File, Wanted
from compliance.scan.naming import hub, keys
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily
from compliance.scan.shells.expanding import OPEN

_DOCS = lazily(
    r"openapi|swagger|(?:^|/)(?:results?|outputs?|logs?)/.*\.json$|(?:^|/)(?:locales?|i18n|lang|translations)/|ISSUE_TEMPLATE"
)


class Referring:
    """A document under the eyes of the finder of settings."""

    def __init__(self, file: File, entries: list[Entry]) -> None:
        self.file, self.entries = file, entries
        self.is_docs = _DOCS.search(file.path) is not None
        self.siblings = Siblings(entries)
        self.before: Entry | None = None
        self._values: interpolation.Values | None = None

    def _role(self, path: tuple[str, ...], role: str = "used") -> str:
        if self.is_docs:
            return "docs"
        return "option" if self.siblings.is_off(path) else role

    def _report(self, entry: Entry, text: str, named: Name | None, role: str) -> None:
        if named is None:
            return
        if named.kind in {"gguf", "bundled-weights"} and named.resolved and named.resolved.startswith("file:"):
            named = self.siblings.weights(entry, text) or named
        start = entry.column - 1
        column = max(self.file.line(entry.line).find(named.text or text, start, start + 2 * len(text) + 40), start) + 1
        self.file.report(text, named, (entry.line, column), role=self._role(entry.path, role), detector="config")
        if not self.is_docs:
            self.file.tells(entry.words)

    def _asked(self, entry: Entry, words: tuple[str, ...], key: str) -> tuple[str, ...]:
        """The keys that say what stands here: the label beside a `value`, the option before it, a dataset's above."""
        label = self.siblings.labels.get(entry.path[:-1]) if key == "value" and len(entry.path) > 1 else None
        if label:
            return (*words[:-1], label)
        option = self.before.value if self.before is not None and self.before.path[:-1] == entry.path[:-1] else ""
        if option.startswith("--") and entry.is_item:
            return (*words, option.lstrip("-"))
        if key == "path" and self.siblings.is_dataset(entry):
            return (*words[:-1], "dataset_path")
        return words

    def _refers(self, entry: Entry, words: tuple[str, ...], value: str) -> bool:
        """Whether a value that should name a model or a dataset refers to others: these are put in, or told as open."""
        if not words or not interpolation.refers(value) or not interpolation.is_name(value):
            return False
        asked = self._asked(entry, words, keys.plain(words[-1]))
        if not interpolation.holds(value, asked[-1]):
            return False
        if interpolation.is_place(value):
            return True
        if self._values is None:
            self._values = interpolation.Values(self.entries, self.siblings.labels)
        filled = self._values.fill(value, entry.path)
        for target in filled.entries:
            named = keys.value(target.value, asked)
            if named is not None:
                place = (target.line, target.column)
                self.file.report(target.value, named, place, role=self._role(target.path), detector="config")
        for text in filled.texts if not filled.entries else ():
            named = keys.value(interpolation.likeness(text), asked)
            if named is not None and filled.is_cut:
                self._open(entry, value, named, (interpolation.CUT,))
            if text == interpolation.likeness(text):
                shown = value if len(filled.texts) == 1 else text
                self._report(entry, shown, named and named._replace(text=""), "default")
            else:
                self._left(entry, value, text, named, asked, filled.missing)
        return True

    def _left(
        self,
        entry: Entry,
        value: str,
        text: str,
        named: Name | None,
        asked: tuple[str, ...],
        missing: tuple[interpolation.Missing, ...],
    ) -> None:
        """What is left open of a value: all of it, or a part of what otherwise has the shape of a name."""
        if not interpolation.literal(text):
            self._ask(entry, value, asked, missing)
        elif (named is not None and named.kind in OPEN) or hub.family(interpolation.literal(text)):
            self._open(entry, value, named, tuple(item.reason for item in missing))

    def _ask(
        self, entry: Entry, value: str, asked: tuple[str, ...], missing: tuple[interpolation.Missing, ...]
    ) -> None:
        """Note what another file may say, by the name of a variable; a deployment's name would not say its model."""
        if "deployment" in keys.plain(asked[-1]):
            if any(keys.holds(key) == "model" and "deployment" not in key for key in self.siblings.of(entry)):
                return  # beside it stands which model it runs
            how = tuple(f"the variable {'.'.join(item.words)} has no default here" for item in missing)
            self._open(entry, value, Name("api-model", None), how)
        elif not self.file.is_test:
            for item in missing:
                words, place = interpolation.asked(item.words), (entry.line, entry.column)
                wanted = Wanted(self.file.path, "", "", "", "", *place, value, words=words, reason=item.reason)
                self.file.wanted.append(wanted)

    def _open(self, entry: Entry, value: str, named: Name | None, reasons: tuple[str, ...]) -> None:
        """Report a value as one that names a model which is not known."""
        kind = named.kind if named is not None else "api-model"
        role, place = self._role(entry.path), (entry.line, entry.column)
        self.file.report(value, Name(kind, None), place, role=role, detector="config", how=reasons)
