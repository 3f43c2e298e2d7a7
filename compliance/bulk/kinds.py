"""Rows that a verdict cannot tell apart are one kind; kinds that their licences cannot tell apart are one group."""

from typing import TYPE_CHECKING, Any

from compliance.bulk.licences import CONFLICT, EMPTY
from compliance.bulk.rows import Rows
from compliance.bulk.shapes import Shapes
from compliance.bulk.table import trimmed

if TYPE_CHECKING:
    import ibis

    from compliance.bulk.engines import Engine

KEYS = ("own", "inherited", "depth", "shape", "known", "facts", "use", "cycle")
"""What a verdict depends on."""
_SPECIAL = {"over": -1, "known": -1, "laid": -1, "shape": 0, "cycle": 0, "contrary": 0}
"""What few rows have: a licence and a line other than stated, the catalogue's model, a name that matters; and what the
others have in its place."""


class Kinds:
    """The kinds of the rows of a run."""

    def __init__(self, rows: Rows, inherited: "ibis.Table", cycles: list[int], shapes: Shapes) -> None:
        self._engine: Engine = rows.engine
        self._rows, self._inherited = rows, inherited
        self._special = self._engine.keep("special", lambda: self._specials(cycles, shapes))
        forms = self._engine.rows(self._special.select(*_SPECIAL).distinct())
        forms.sort(key=lambda form: [form[name] for name in _SPECIAL])
        columns = {name: [_SPECIAL[name], *(form[name] for form in forms)] for name in _SPECIAL}
        columns["variant"] = list(range(len(forms) + 1))
        self._forms = self._engine.small(columns, dict.fromkeys(columns, "int64"))
        self.keys = [*rows.keys(), *(["variant"] if forms else [])]
        if forms:
            self._variants = self._engine.keep("variants", self._varied)

    def _keyed(self) -> "ibis.Table":
        """Every row with n and the keys of its kind."""
        listed = self._rows.listed
        if "variant" not in self.keys:
            return listed.select("n", *self.keys)
        found = listed.left_join(self._variants, "n").drop("n_right")
        return found.mutate(variant=found.variant.fill_null(0)).select("n", *self.keys)

    def placed(self) -> "ibis.Table":
        """Every row with n and kind."""

        def make() -> "ibis.Table":
            whole = self.whole().select(*self.keys, "kind")
            return self._keyed().join(whole, self.keys).select("n", "kind")

        return self._engine.keep("placed", make)

    def whole(self) -> "ibis.Table":
        """Per kind: its number, keys, n (its first row), models (how many), base (its line) and what KEYS names."""
        import ibis  # noqa: PLC0415

        def make() -> "ibis.Table":
            every = self._keyed()
            kinds = every.group_by(*self.keys).agg(n=every.n.min(), models=every.count())
            found = kinds.join(self._rows.tags.select("tag", "own"), "tag")
            if "variant" not in self.keys:
                found = found.mutate(variant=ibis.literal(0, "int32"))
            found = found.join(self._forms, "variant")
            base = ibis.ifelse(found.laid >= 0, found.laid, found.line)
            own = ibis.ifelse(found.over >= 0, found.over, found.own)
            found = found.mutate(base=base, own=ibis.ifelse(found.contrary > 0, CONFLICT, own).cast("int64"))
            found = found.left_join(self._inherited.rename(base="line"), "base")
            zero = ibis.literal(0, "int32")
            columns = {name: found[name] if name in self.keys else zero for name in ("facts", "use")}
            columns |= {"inherited": found.inherited.fill_null(EMPTY), "depth": found.depth.fill_null(0)}
            keys = [key for key in self.keys if key not in columns]
            found = found.select(*keys, "n", "models", "base", "own", "shape", "known", "cycle", **columns)
            return found.mutate(kind=ibis.row_number().cast("int32"))

        return self._engine.keep("kinds", make)

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
        rows, above = self._rows, self._inherited.select("line", "asked")
        found = rows.listed.join(rows.tags.select("tag", "asks"), "tag").left_join(above, "line").drop("line_right")
        if not shapes.always:
            found = found.filter(found.asks | found.asked.fill_null(False))
        if rows.known is not None:
            found = found.anti_join(rows.known, "n")
        found = found.select("n", shape=shapes.number(trimmed(found.id), found.asked.isnull()))
        found = found.filter(found["shape"] != 0)
        return _part(found, shape=found["shape"])

    def _varied(self) -> "ibis.Table":
        found = self._special.join(self._forms, list(_SPECIAL))
        return found.select("n", variant=found.variant.cast("int32"))


def _part(table: "ibis.Table", **columns: Any) -> "ibis.Table":
    import ibis  # noqa: PLC0415

    every = {name: columns.get(name, absent) for name, absent in _SPECIAL.items()}
    return table.select("n", **{name: ibis.literal(value, "int64") if isinstance(value, int) else value.cast("int64")
                                for name, value in every.items()})  # fmt: skip
