"""Rows that a verdict cannot tell apart are one kind; kinds that their licences cannot tell apart are one group."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compliance.bulk.engines import SLICE
from compliance.bulk.licences import CONFLICT, EMPTY
from compliance.bulk.named import Named
from compliance.bulk.numbering import Numbering, found_among, numbers
from compliance.bulk.rows import NO_BASES
from compliance.bulk.shapes import Shapes
from compliance.bulk.table import trimmed
from compliance.bulk.written import Table, ibis

if TYPE_CHECKING:
    from compliance.bulk.engines import Engine

KEYS = ("own", "inherited", "depth", "shape", "known", "facts", "use", "cycle")
"""What a verdict depends on."""
NAMELESS = "?"
"""Stands for the names of rows to whose verdict names do not matter."""
_SPECIAL = {"over": -1, "known": -1, "laid": -1, "shape": 0, "cycle": 0, "contrary": 0}
"""What few rows have: a licence and a line other than stated, the catalogue's model, a name that matters; and what the
others have in its place."""


class Kinds:
    """The kinds of the rows of a run: what rows state, with what is special of some of them."""

    def __init__(self, named: Named, sets: dict[str, Any], cycles: list[int], shapes: Shapes, place: Path) -> None:
        """`sets` is that of `Closure`; `place` is the folder for the number of each row's kind."""
        self._engine: Engine = named.engine
        self._rows, self._named = named.rows, named
        self._sets = sets
        self._file = place / "kinds.half"
        self._state, self._forms = self._varied(cycles, shapes)
        self.firsts, self.models = self._counted()
        """The first row of each kind, and how many there are."""
        self.bases, self.columns = self._columns()
        """The line of each kind, and what KEYS names."""

    def stated(self, key: str) -> Any:
        """What the rows of each kind state: the number of their `tag`, `facts` or `use`."""
        if key not in self._rows.states:
            return np.zeros(len(self._state), np.int64)
        return self._rows.states[key][self._state]

    def of_rows(self, low: int, count: int) -> Any:
        """The kinds of some rows, which stand in a file, for there may be many."""
        return np.fromfile(self._file, np.int32, count, offset=low * 4)

    def groups(self, deepest: int) -> tuple[Any, dict[str, Any]]:
        """The group of each kind, and what KEYS names of each group with the number of its first row; in their order.

        Depths from `deepest` on are alike.
        """
        some = np.flatnonzero(self.models)
        order = some[np.argsort(self.firsts[some])]
        told = {**self.columns, "depth": np.minimum(self.columns["depth"], deepest)}
        every = [told[key][order] for key in KEYS]
        several = [column for column in every if len(column) and column.min() != column.max()] or every[:1]
        placed, new = Numbering(len(several)).of(several)
        grouped = np.full(len(self.models), -1, np.int64)
        grouped[order] = placed
        columns = {key: told[key][order][new] for key in KEYS}
        columns["n"] = self.firsts[order][new]
        return grouped, columns

    def names(self, groups: Mapping[str, Any]) -> list[str]:
        """A name for each group: that of its first row where names matter to it, else NAMELESS."""
        some = np.flatnonzero(groups["shape"])
        firsts = self._engine.small({"n": groups["n"][some]}, {"n": "int64"})
        told = self._engine.columns(self._shapes.semi_join(firsts, "n").select("n", "id"))
        known = dict(zip(told["n"], told["id"], strict=True))
        found = [NAMELESS] * len(groups["n"])
        for place, row in zip(some.tolist(), groups["n"][some].tolist(), strict=True):
            found[place] = known[row].strip()
        return found

    def _varied(self, cycles: list[int], shapes: Shapes) -> tuple[Any, dict[str, Any]]:
        """Per kind the number of what its rows state, and per kind what is special; writes the kind of each row."""
        special = self._specials(cycles, shapes)
        forms, pairs = Numbering(len(_SPECIAL)), Numbering(2)
        told = [np.array([[absent] for absent in _SPECIAL.values()])]
        states = len(self._rows.states["line"])
        kinds, variants = [np.arange(states)], [np.zeros(states, np.int64)]
        with self._file.open("wb") as file:
            for place, low in enumerate(range(0, self._rows.count, self._rows.ids.at_once)):
                asked = self._engine.small({"part": [place]}, {"part": "int64"}, "wanted")
                found = self._engine.arrow(_grouped(special.semi_join(asked, "part")))
                rows = numbers(found["n"])
                order = np.argsort(rows)
                columns = [numbers(found[name])[order] for name in _SPECIAL]
                form, new = forms.of(columns)
                told.append(np.array([column[new] for column in columns]))
                part = self._rows.of(low, self._rows.ids.at_once)
                at = rows[order] - low
                stated = part[at].astype(np.int64)
                placed, firsts = pairs.of([stated, form])
                part[at] = states + placed
                file.write(part.tobytes())
                kinds.append(stated[firsts])
                variants.append(form[firsts] + 1)
        whole = np.concatenate(told, axis=1)[:, np.concatenate(variants)]
        return np.concatenate(kinds), dict(zip(_SPECIAL, whole, strict=True))

    def _counted(self) -> tuple[Any, Any]:
        firsts, models = (np.zeros(len(self._state), np.int64) for _ in range(2))
        for low in reversed(range(0, self._rows.count, SLICE)):
            part = self.of_rows(low, SLICE)
            models += np.bincount(part, minlength=len(models))
            firsts[part[::-1]] = np.arange(low + len(part) - 1, low - 1, -1)  # of several the last stands: the first
        return firsts, models

    def _columns(self) -> tuple[Any, dict[str, Any]]:
        form, line = self._forms, self._rows.states["line"][self._state]
        own = np.array(self._rows.owns, np.int64)[self.stated("tag")]
        base = np.where(form["laid"] >= 0, form["laid"], line)
        own = np.where(form["over"] >= 0, form["over"], own)
        places = found_among(self._sets["line"], base)
        none = places < 0
        columns = {name: form[name] for name in ("shape", "known", "cycle")}
        columns["own"] = np.where(form["contrary"] > 0, CONFLICT, own)
        for name, absent in (("inherited", EMPTY), ("depth", 0)):
            values = np.append(self._sets[name], absent)
            columns[name] = np.where(none, absent, values[places])
        return base, {**columns, "facts": self.stated("facts"), "use": self.stated("use")}

    def _specials(self, cycles: list[int], shapes: Shapes) -> Table:
        """Rows that have anything special: n, part (in which they are looked at), and what it is, one thing a row."""
        named = self._named
        parts = [self._shaped(shapes)]
        if named.known is not None:
            parts.append(_part(named.known, known=named.known.place, over=named.known.both, laid=named.known.laid))
        if named.contrary is not None:
            parts.append(_part(named.contrary, contrary=1))
        if cycles:
            parts.append(_part(self._engine.small({"n": cycles}, {"n": "int64"}), cycle=1))
        every = parts[0].union(*parts[1:]) if parts[1:] else parts[0]
        return every.mutate(part=(every.n // self._rows.ids.at_once).cast("int64"))

    def _shaped(self, shapes: Shapes) -> Table:
        """Rows whose names matter to what binds them."""
        kinds = {"n": "int64", "id": "string", "rooted": "bool"}
        for rows, rooted in self._asked(shapes.always):
            found = self._engine.small({"n": rows, "id": self._rows.ids.of(rows), "rooted": rooted}, kinds, "asked")
            if self._named.known is not None:
                found = found.anti_join(self._named.known, "n")
            shaped = found.select("n", "id", shape=shapes.number(trimmed(found.id), found.rooted))
            self._shapes = self._engine.add("shaped", shaped)
        numbered = self._shapes.filter(self._shapes["shape"] != 0)
        return _part(numbered, shape=numbered["shape"])

    def _asked(self, always: bool) -> Iterator[tuple[Any, Any]]:  # noqa: FBT001
        """Rows of whose licence, or of a licence that they inherit, names are asked, and which have no bases."""
        book, states = self._rows.numbers.book, self._rows.states
        own = np.array([always or book.asks(own) for own in self._rows.owns])[states["tag"]]
        places = found_among(self._sets["line"], states["line"])
        asked = own | (np.append(self._sets["asked"], 0)[places] > 0)  # the last where there is none
        found, waiting = [np.empty(0, np.int64)], 0
        for low in range(0, self._rows.count, SLICE):
            found.append(np.flatnonzero(asked[self._rows.of(low, SLICE)]) + low)
            waiting += len(found[-1])
            if waiting >= self._rows.ids.at_once:
                yield self._rooted(np.concatenate(found))
                found, waiting = found[:1], 0
        yield self._rooted(np.concatenate(found))

    def _rooted(self, rows: Any) -> tuple[Any, Any]:
        return rows, self._rows.states["line"][self._rows.of_some(rows)] == NO_BASES


def _grouped(special: Table) -> Table:
    return special.group_by("n").agg(**{name: special[name].max() for name in _SPECIAL})


def _part(table: Table, **columns: Any) -> Table:
    every = {name: columns.get(name, absent) for name, absent in _SPECIAL.items()}
    return table.select("n", **{name: ibis.literal(value, "int64") if isinstance(value, int) else value.cast("int64")
                                for name, value in every.items()})  # fmt: skip
