"""Counts of a run, for the terminal and the page."""

from collections import Counter
from collections.abc import Iterable

from compliance.model import Struct

DROPPED = frozenset(
    {"permissive-over-restricted", "non-commercial-dropped", "share-alike-broken", "use-restrictions-dropped"}
)
OPEN = frozenset({"permissive", "public-domain", "unknown"})


class Summary:
    """How many models have which verdict, by family and by depth, and where terms are dropped."""

    def __init__(self) -> None:
        self.models = 0
        self.verdicts: Counter[str] = Counter()
        self.families: Counter[tuple[str, str]] = Counter()
        self.depths: Counter[tuple[int | None, str]] = Counter()
        self.drift: Counter[str] = Counter()
        self.bound: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.silent: Counter[str] = Counter()
        self.bound_at: Counter[int | None] = Counter()
        self.dropped_at: Counter[int | None] = Counter()
        self.silent_at: Counter[int | None] = Counter()

    def add(
        self, models: int, verdict: str, drift: Iterable[str], family: str, above: Iterable[str], depth: int | None
    ) -> None:
        """Count models of one depth; `above` are the families of the inherited licences that bind them."""
        self.models += models
        self.verdicts[verdict] += models
        self.families[family, verdict] += models
        self.depths[depth, verdict] += models
        kinds = frozenset(drift)
        for kind in kinds:
            self.drift[kind] += models
        narrow = [name for name in above if name not in OPEN]
        dropped = models if not DROPPED.isdisjoint(kinds) else 0
        silent = models if "license-missing" in kinds else 0
        for name in narrow:
            self.bound[name] += models
            self.dropped[name] += dropped
            self.silent[name] += silent
        if narrow:
            self.bound_at[depth] += models
            self.dropped_at[depth] += dropped
            self.silent_at[depth] += silent

    def tables(self) -> list["Table"]:
        """What the terminal and the page show."""
        families = sorted({name for name, _ in self.families}, key=lambda name: (-self._of(self.families, name), name))
        depths = sorted({depth for depth, _ in self.depths}, key=_deep)
        self.drift = Counter({kind: self.drift[kind] for kind in sorted(self.drift)})
        return [
            Table(
                title="Verdicts by licence family",
                columns=VERDICTS,
                rows=[(name, [self.families[name, verdict] for verdict in VERDICTS]) for name in families],
            ),
            Table(
                title="Verdicts by depth of lineage",
                columns=VERDICTS,
                rows=[(_depth(depth), [self.depths[depth, verdict] for verdict in VERDICTS]) for depth in depths],
            ),
            Table(
                title="Where restrictive terms are dropped, by family of the inherited licence",
                columns=DROPS,
                rows=[(name, self._drops(self.bound[name], self.dropped[name], self.silent[name]))
                      for name in sorted(self.bound, key=lambda name: (-self.bound[name], name))],
            ),
            Table(
                title="Where restrictive terms are dropped, by depth of lineage",
                columns=DROPS,
                rows=[(_depth(depth), self._drops(self.bound_at[depth], self.dropped_at[depth], self.silent_at[depth]))
                      for depth in sorted(self.bound_at, key=_deep)],
            ),
            Table(
                title="Disagreements between what is declared and what is inherited",
                columns=("models",),
                rows=[(kind, [count]) for kind, count in self.drift.most_common()],
            ),
        ]  # fmt: skip

    def _of(self, counts: Counter[tuple[str, str]], name: str) -> int:
        return sum(counts[name, verdict] for verdict in VERDICTS)

    def _drops(self, bound: int, dropped: int, silent: int) -> list[int]:
        return [dropped, silent, bound - dropped - silent]


VERDICTS = ("prohibited", "undetermined", "conditional", "permitted")
DROPS = ("dropped", "silent", "kept")
"""A licence that gives up what an inherited one restricts; none declared over it; neither."""


class Table(Struct, frozen=True):
    """Counts of models: a name for each row, and one count for each column."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, list[int]]]


def _deep(depth: int | None) -> int:
    return 1 << 30 if depth is None else depth


def _depth(depth: int | None) -> str:
    return "cycle" if depth is None else str(depth)


def text(found: Summary) -> str:
    """The summary for a terminal."""
    lines = [
        f"{found.models:,} model{'s' if found.models != 1 else ''}: "
        + ", ".join(f"{found.verdicts[name]:,} {name}" for name in VERDICTS)
    ]
    for table in found.tables():
        if not table.rows:
            continue
        wide = max(len(name) for name, _ in table.rows) + 2
        share, total = len(table.columns) > 1, 0
        lines += ["", table.title, " " * wide + "".join(f"{name:>14}" for name in table.columns)
                  + (f"{table.columns[0] + ' %':>15}" if share else "")]  # fmt: skip
        for name, counts in table.rows:
            total = sum(counts)
            part = f"{100 * counts[0] / total:13.1f} %" if share and total else ""
            lines.append(f"{name:<{wide}}" + "".join(f"{count:>14,}" for count in counts) + part)
    return "\n".join(lines) + "\n"
