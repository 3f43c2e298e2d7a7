"""The rows of the input in numbers: their licence, their line of bases, facts and use.

Rows that state the same bases are one line: what they inherit is found once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from compliance.bulk import implied, stated, table
from compliance.bulk.engines import LINES, MOST, Engine, listed
from compliance.bulk.ids import Ids
from compliance.bulk.marked import Marked
from compliance.bulk.numbering import Numbering, looked_up, numbers, unlike
from compliance.bulk.stated import Numbers
from compliance.bulk.written import Table, ibis
from compliance.model import InputError

NO_BASES = -1
"""The line of rows that state no bases."""
LAID = MOST + 1
"""Lines of rows of models that the catalogue knows, with its bases beside theirs, have numbers past all marks."""
_CALLED = {"tag": "licences", "facts": "sets of facts", "use": "uses"}
"""What texts are called in a message."""
_IMPLIED = LAID + (1 << 40)
"""Lines of rows whose names alone say what they were made from."""


class Rows:
    """The rows, and what was found out about them."""

    def __init__(
        self, engine: Engine, numbers: Numbers, source: Table, ids: Ids, place: Path, *, facts: bool, shown: str
    ) -> None:
        """Begins to read what is stated of each row; `shown` are the files.

        `place` is the folder for the number of what each row states.
        """
        self.engine, self.numbers, self.source, self._file = engine, numbers, source, place / "rows.half"
        self.ids, self.shown = ids, shown
        self.wrong: tuple[int, str] | None = None
        """A row that is a mistake by itself, and what is told of it with its number in the file."""
        self._texts: dict[str, tuple[str, ...]] = {"tag": ("license", "license_name")}
        self._texts |= {"facts": ("facts",)} if facts else {}
        self._texts |= {"use": ("use",)} if numbers.uses != [""] else {}
        self._keys = ("line", *self._texts)
        self.marked = Marked(engine, self._by_mark(), self._keys, self._file, self.ids)

    def number(self) -> None:
        """Read what is stated, each text once, while rows are read. Raises InputError with what cannot be read."""
        self._said = {key: self._stated_as(key) for key in self._texts}
        self.lines = self.engine.keep("lines", self._lines)
        self._values = {key: self._numbered(key) for key in self._texts}
        """For each key the number of each of its texts."""

    def pair(self) -> None:
        """Find what bases are stated. Raises InputError."""
        engine = self.engine
        told = engine.rows(self.lines.agg(lines=self.lines.count(), marks=self.lines.line.nunique()))[0]
        engine.expect(told["lines"], LINES)
        if told["marks"] < told["lines"] or any(len(set(marks)) < len(marks) for _, marks in self._said.values()):
            self._tell_apart()
        self.pairs = engine.keep("pairs", lambda: table.pairs(self.lines))

    def settle(self) -> None:
        """Find out what the rows have in common. Raises InputError."""
        self._count()
        self.states = self._states()
        """Per number of what rows state: tag, line, facts and use."""
        self.implied = self._implied()
        """Bases and relations of rows whose names alone tell of them, by line."""

    def _stated_as(self, key: str) -> tuple[list[tuple[str | None, ...]], list[int]]:
        """What rows state, each once, in an order of its own, with its marks."""
        texts: list[Any] = [self.source[name] for name in self._texts[key]]
        once = self.engine.arrow(self.source.select(*texts, mark=self.engine.mark(*texts)).distinct())
        self.engine.expect(len(once), _CALLED[key])
        found = listed(once)
        marks = found.pop("mark")
        several = zip(zip(*found.values(), strict=True), marks, strict=True)
        pairs = sorted(several, key=lambda pair: _nulls_first(pair[0]))
        return [text for text, _ in pairs], [mark for _, mark in pairs]

    def _numbered(self, key: str) -> list[int]:
        """The numbers that the texts of a key stand for. Raises InputError with what cannot be read."""
        texts = self._said[key][0]
        if key == "facts":
            stated.facts(self.numbers, [str(text) for (text,) in texts])
        if key == "use":
            return stated.uses(self.numbers, [text or "" for (text,) in texts])
        if key == "tag":
            self._refuse_torn()
            book = self.numbers.book
            self.texts = [(license_, name) for license_, name in texts]
            """The columns `license` and `license_name` by tag."""
            self.owns = [book.tag(*pair) for pair in self.texts]
            """The number of the licence by tag."""
        return list(range(len(texts)))

    def _refuse_torn(self) -> None:
        texts = (text for pair in self._said["tag"][0] for text in pair)
        torn = next((text for text in texts if text is not None and "\n" in text.strip()), None)
        if torn is not None:
            told = "goes over several lines; close each quote before its end"
            raise InputError([f"{self.shown}: the licence {torn[:40]!r} {told}"])

    def _lines(self) -> Table:
        """What is stated of bases, each once, with its number, which is its mark."""
        lines = self._bases()
        return lines.mutate(line=self.engine.mark(lines.bases, lines.relations))

    def _bases(self) -> Table:
        return self.source.filter(table.stated_bases(self.source)).select("bases", "relations").distinct()

    def _by_mark(self) -> Table:
        """Every row with the marks of what it states, for which nothing has to be looked up."""
        rows, mark = self.source, self.engine.mark
        line = ibis.ifelse(table.stated_bases(rows), mark(rows.bases, rows.relations), NO_BASES)
        made = {key: mark(*(rows[name] for name in names)) for key, names in self._texts.items()}
        return self._with_ids(rows, line=line, **made)

    def _with_ids(self, rows: Table, **keys: Any) -> Table:
        odd = rows.id.isnull() | (rows.id == "") | rows.id.contains("\n")
        made = implied.may_be(rows)
        return rows.select("n", "id", **keys, mark=self.engine.mark(table.key(rows.id)), odd=odd, made=made)

    def _tell_apart(self) -> None:
        """Where two texts have one mark: every row with the places of what it states, found by text."""
        self.marked.wait().is_twice()  # which write to the same file, and read the ids
        self.lines = self.engine.keep("lines_in_order", self._lines_in_order)
        self.marked = Marked(self.engine, self._by_text(), self._keys, self._file, self.ids).wait()
        self._said = {key: (texts, list(range(len(texts)))) for key, (texts, _) in self._said.items()}

    def _lines_in_order(self) -> Table:
        lines = self._bases()
        order = ibis.row_number().over(order_by=[lines.bases, lines.relations])
        return lines.mutate(line=order.cast("int64"))

    def _by_text(self) -> Table:
        lines = self.lines.rename(stated_bases="bases", stated_relations="relations")
        found = self.source
        same = [found.bases == lines.stated_bases, found.relations.identical_to(lines.stated_relations)]
        found = found.left_join(lines, same)
        keys = {"line": "line"}
        for key, names in self._texts.items():
            texts = self._said[key][0]
            columns = {f"{key}_{name}": list(said) for name, said in zip(names, zip(*texts, strict=True), strict=True)}
            made = self.engine.small(
                {**columns, f"{key}_at": list(range(len(texts)))},
                {**dict.fromkeys(columns, "string"), f"{key}_at": "int64"},
            )
            found = found.join(made, [found[name].identical_to(made[f"{key}_{name}"]) for name in names])
            keys[key] = f"{key}_at"
        found = found.mutate(line=found.line.fill_null(NO_BASES))
        return self._with_ids(found, **{key: found[name] for key, name in keys.items()})

    def _count(self) -> None:
        """Look whether every row was read and has an id. Raises InputError where there is none."""
        self.count = self.marked.wait().count
        read = self.engine.number(self.source.count()) or 0
        if not read:
            raise InputError([f"{self.shown}: there are no rows"])
        if self.count != read:
            raise RuntimeError(f"of {read} rows {self.count} were taken up")
        if not self.marked.odd:
            return
        rows = self.source
        blank, torn = rows.id.isnull() | (rows.id == ""), rows.id.contains("\n")
        told = self.engine.rows(rows.agg(blank=rows.n.min(where=blank), torn=rows.n.min(where=torn)))[0]
        if told["blank"] is not None:
            self.wrong = told["blank"], "row {:,} has no id (rows are counted from 1, without a header)"
        elif told["torn"] is not None:
            told_of = "row {:,} has an id that goes over several lines; close each quote before its end"
            self.wrong = told["torn"], told_of

    def unlike(self) -> Iterator[Table]:
        """Rows whose ids have one mark with other licences or lines: n, id, own, line; all of a mark at once."""
        if not self.marked.is_twice():
            return
        own, line = np.array(self.owns)[self.states["tag"]], self.states["line"]
        pairs, _ = Numbering(2).of([own, line])
        found, waiting = [np.empty(0, np.int64)], 0
        for rows, marks in self.ids.by_mark():
            if len(rows):
                found.append(rows[unlike(marks, pairs[self.of_some(rows)])])
                waiting += len(found[-1])
            if waiting >= self.ids.at_once:
                yield self._placed(np.sort(np.concatenate(found)), own, line)
                found, waiting = found[:1], 0
        if waiting:
            yield self._placed(np.sort(np.concatenate(found)), own, line)

    def _placed(self, rows: Any, own: Any, line: Any) -> Table:
        states = self.of_some(rows)
        columns = {"n": rows, "id": self.ids.of(rows), "own": own[states], "line": line[states]}
        kinds = {"n": "int64", "id": "string", "own": "int64", "line": "int64"}
        return self.engine.small(columns, kinds, "unlike")

    def _states(self) -> dict[str, Any]:
        firsts = self.marked.firsts
        found = {key: looked_up(firsts[key], marks, self._values[key]) for key, (_, marks) in self._said.items()}
        return {**found, "line": firsts["line"]}

    def of(self, low: int, count: int) -> Any:
        """What some rows state, as a number of `states`."""
        return np.fromfile(self._file, np.int32, count, offset=low * 4)

    def of_some(self, rows: Any) -> Any:
        """The same of rows that stand anywhere."""
        return np.memmap(self._file, np.int32, "r")[rows].astype(np.int64) if len(rows) else rows

    def owns_of(self, rows: Any) -> list[int]:
        """The numbers of the licences that some rows declare."""
        return [self.owns[tag] for tag in self.states["tag"][self.of_some(np.array(rows, np.int64))].tolist()]

    def with_states(self, rows: Table) -> Table:
        """Some rows, by n, with own (their licence) and line."""
        places = numbers(self.engine.arrow(rows.select("n"))["n"])
        states = self.of_some(places)
        own, line = np.array(self.owns)[self.states["tag"][states]], self.states["line"][states]
        columns = {"n": places, "own": own, "line": line}
        return rows.join(self.engine.small(columns, dict.fromkeys(columns, "int64")), "n")

    def _implied(self) -> dict[tuple[str, str], int]:
        """Let rows whose names tell of a base have a line of their own."""
        found = implied.Implied(self, self.marked.made).bases if len(self.marked.made) else {}
        lines: dict[tuple[str, str], int] = {}
        for pair in found.values():
            lines.setdefault(pair, _IMPLIED + len(lines))
        rows = np.array(list(found), np.int64)
        of = np.array([lines[pair] for pair in found.values()], np.int64)
        before = self.of_some(rows)
        placed, new = Numbering(2).of([before, of])
        count = len(self.states["line"])
        self.states = {key: np.append(values, values[before[new]]) for key, values in self.states.items()}
        self.states["line"][count:] = of[new]
        if found:
            np.memmap(self._file, np.int32, "r+")[rows] = count + placed
        return lines


def _nulls_first(texts: tuple[str | None, ...]) -> tuple[tuple[bool, str], ...]:
    return tuple((text is not None, text or "") for text in texts)
