"""Rows that a verdict cannot tell apart are one kind; kinds that their licences cannot tell apart are one group."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.bulk.licences import CONFLICT, EMPTY
from compliance.bulk.rows import NO_BASES, Rows
from compliance.bulk.shapes import Shapes
from compliance.bulk.table import trimmed

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from compliance.bulk.engines import Engine

KEYS = ("own", "inherited", "depth", "shape", "known", "facts", "use", "cycle")
"""What a verdict depends on."""
_SPECIAL = {"over": -1, "known": -1, "laid": -1, "shape": 0, "cycle": 0, "contrary": 0}
"""What few rows have: a licence and a line other than stated, the catalogue's model, a name that matters; and what the
others have in its place."""


class Kinds:
    """The kinds of the rows of a run."""

    def __init__(self, rows: Rows, inherited: "ibis.Table", cycles: list[int], shapes: Shapes, place: Path) -> None:
        """`place` is the folder for the number of each row's kind."""
        self._engine: Engine = rows.engine
        self._rows, self._inherited = rows, inherited
        self._special = self._engine.keep("special", lambda: self._specials(cycles, shapes))
        forms = self._engine.rows(self._special.select(*_SPECIAL).distinct())
        forms.sort(key=lambda form: [form[name] for name in _SPECIAL])
        columns = {name: [_SPECIAL[name], *(form[name] for form in forms)] for name in _SPECIAL}
        columns["variant"] = list(range(len(forms) + 1))
        self._forms = self._engine.small(columns, dict.fromkeys(columns, "int64"))
        self.keys = [*rows.keys(), *(["variant"] if forms else [])]
        self._variants_count = len(forms) + 1
        if forms:
            self._variants = self._engine.keep("variants", self._varied)
        self._file = place / "kinds.half"
        numbered = self._numbered()
        self.whole = self._engine.keep("kinds", lambda: self._whole(numbered))

    def _keyed(self) -> "ibis.Table":
        """Every row with n and the keys of its kind."""
        listed = self._rows.listed
        if "variant" not in self.keys:
            return listed.select("n", *self.keys)
        found = listed.left_join(self._variants, "n").drop("n_right")
        return found.mutate(variant=found.variant.fill_null(0)).select("n", *self.keys)

    def of_rows(self, low: int, count: int) -> "pa.Array":
        """The kinds of some rows, which stand in a file, for there may be many."""
        import numpy as np  # noqa: PLC0415

        from compliance.bulk.numbering import arrow  # noqa: PLC0415

        return arrow(np.fromfile(self._file, np.int32, count, offset=low * 4))

    def _numbered(self) -> "ibis.Table":
        """Per kind: kind (its number, by its first row), the keys of that row, its n, and models (how many)."""
        import numpy as np  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        from compliance.bulk.numbering import Numbering, arrow  # noqa: PLC0415 - needs them, too

        sizes = {"tag": len(self._rows.texts), "facts": len(self._rows.numbers.facts),
                 "use": len(self._rows.numbers.uses), "variant": self._variants_count}  # fmt: skip
        found = Numbering("line", {name: sizes[name] for name in self.keys if name != "line"})
        firsts, models = [], np.zeros(0, np.int64)
        with self._file.open("wb") as file:
            for part in self._engine.slices(self._keyed(), self._rows.count):
                kinds, new = found.of(part)
                file.write(kinds.astype(np.int32).tobytes())
                models = np.concatenate([models, np.zeros(len(new), np.int64)])
                models += np.bincount(kinds, minlength=len(models))
                firsts.append(part.take(arrow(new)))
        table = pa.concat_tables(firsts)
        columns = {name: table[name].combine_chunks() for name in table.column_names}
        columns |= {"kind": arrow(np.arange(len(table))), "models": arrow(models)}
        return self._engine.small(columns, dict.fromkeys(columns, "int64"))

    def _whole(self, kinds: "ibis.Table") -> "ibis.Table":
        """Per kind: its number, keys, n (its first row), models (how many), base (its line) and what KEYS names."""
        import ibis  # noqa: PLC0415

        found = kinds.join(self._rows.tags.select("tag", "own"), "tag")
        if "variant" not in self.keys:
            found = found.mutate(variant=ibis.literal(0, "int64"))
        found = found.join(self._forms, "variant")
        base = ibis.ifelse(found.laid >= 0, found.laid, found.line)
        own = ibis.ifelse(found.over >= 0, found.over, found.own)
        found = found.mutate(base=base, own=ibis.ifelse(found.contrary > 0, CONFLICT, own).cast("int64"))
        found = found.left_join(self._inherited.rename(base="line"), "base")
        zero = ibis.literal(0, "int64")
        columns = {name: found[name] if name in self.keys else zero for name in ("facts", "use")}
        columns |= {"inherited": found.inherited.fill_null(EMPTY), "depth": found.depth.fill_null(0)}
        keys = [key for key in self.keys if key not in columns]
        return found.select("kind", *keys, "n", "models", "base", "own", "shape", "known", "cycle", **columns)

    # -- what few rows have --------------------------------------------------------------------------------------------

    def _specials(self, cycles: list[int], shapes: Shapes) -> "ibis.Table":
        """Per row that has anything special: n, and what it has."""
        rows = self._rows
        parts = [self._shaped(shapes)]
        if rows.known is not None:
            parts.append(_part(rows.known, known=rows.known.place, over=rows.known.both, laid=rows.known.laid))
        if rows.contrary is not None:
            parts.append(_part(rows.contrary, contrary=1))
        if cycles:
            parts.append(_part(self._engine.small({"n": cycles}, {"n": "int64"}), cycle=1))
        if not parts[1:]:
            return parts[0]
        every = parts[0].union(*parts[1:])
        return every.group_by("n").agg(**{name: every[name].max() for name in _SPECIAL})

    def _shaped(self, shapes: Shapes) -> "ibis.Table":
        """Rows whose names matter to what binds them."""
        rows, tags = self._rows, self._rows.tags
        found = rows.listed.select("n", "id", "tag", "line")
        if not shapes.always:
            asked = self._inherited.filter(self._inherited.asked).select("line")
            named = found.semi_join(tags.filter(tags.asks), "tag").anti_join(asked, "line")
            found = found.semi_join(asked, "line").union(named)
        if rows.known is not None:
            found = found.anti_join(rows.known, "n")
        named = found.select("n", shape=shapes.number(trimmed(found.id), found.line == NO_BASES))
        numbered = self._engine.keep("shaped", lambda: named)  # else each is found twice, for the filter as well
        numbered = numbered.filter(numbered["shape"] != 0)
        return _part(numbered, shape=numbered["shape"])

    def _varied(self) -> "ibis.Table":
        found = self._special.join(self._forms, list(_SPECIAL))
        return found.select("n", variant=found.variant.cast("int32"))


def _part(table: "ibis.Table", **columns: Any) -> "ibis.Table":
    import ibis  # noqa: PLC0415

    every = {name: columns.get(name, absent) for name, absent in _SPECIAL.items()}
    return table.select("n", **{name: ibis.literal(value, "int64") if isinstance(value, int) else value.cast("int64")
                                for name, value in every.items()})  # fmt: skip
