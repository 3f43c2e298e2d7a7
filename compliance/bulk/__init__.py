"""Millions of models: each distinct set of licences goes once through the engine; joins run where the tables are."""

import functools
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from compliance import subjects
from compliance.audit import Auditor
from compliance.bulk import closure, engines, kinds, output, paths, rows, summary, table, work
from compliance.bulk.licences import PAUSE, Book
from compliance.bulk.shapes import Shapes
from compliance.bulk.stated import Numbers
from compliance.bulk.table import FACT
from compliance.bulk.told import NO_DEPTH, Decided, Group, family
from compliance.bulk.verdicts import Judge
from compliance.catalog import Catalog
from compliance.grammar import Grammar
from compliance.model import Document, InputError, Struct
from compliance.project import contradictions

if TYPE_CHECKING:
    import ibis

Progress = Callable[[str], object]
_DEPTH = kinds.KEYS.index("depth")


class Use(Struct, frozen=True):
    """An intended use: its facts and the policies that are laid over the licences."""

    facts: dict[str, Any] = {}
    policies: tuple[Document, ...] = ()


class Job(Struct, frozen=True):
    """What a run is asked for; `uses` has the one key "" where all rows have the same use."""

    inputs: tuple[Path, ...]
    out: Path
    uses: dict[str, Use]
    as_of: str
    engine: str = "duckdb"
    megabytes: int = 1000
    assumptions: bool = True
    pause: float = PAUSE


def run(
    job: Job, catalog: Catalog, progress: Progress = lambda _: None, tell: Progress = lambda _: None
) -> summary.Summary:
    """Audit the table; write the output whole or not at all, `tell` what a user should know. Raises InputError."""
    for finding in subjects.aged(catalog.index.version, job.as_of):
        tell(finding.summary)
    with work.folder(job.out, key(job, catalog), tell) as place:
        engine = engines.connect(job.engine, place, job.megabytes)
        try:
            return Run(job, catalog, engine, place, progress).run()
        except Exception as problem:
            told = work.no_room(problem, place, job.megabytes)
            if told is None:
                raise
            raise InputError([told]) from None
        finally:
            engine.close()


def key(job: Job, catalog: Catalog) -> dict[str, Any]:
    """What tells a run from another: only one with the same goes on where it stopped. Raises InputError."""
    return {"inputs": [work.stamp(path) for path in job.inputs], "catalog": catalog.index.sha256,
            "uses": {name: _mark(use) for name, use in job.uses.items()}, "as_of": job.as_of, "engine": job.engine,
            "assumptions": job.assumptions, "code": work.makers()}  # fmt: skip


def _mark(use: Use) -> list[Any]:
    """What tells a use from another, in whatever order its sets are."""
    facts = [[name, sorted(value) if isinstance(value, frozenset) else str(value)] for name, value in use.facts.items()]
    policies = msgspec.msgpack.encode(use.policies, order="deterministic")
    return [sorted(facts), blake2b(policies, digest_size=16).hexdigest()]


class Run:
    """The stages of one run, each kept in the work folder once it is done."""

    def __init__(self, job: Job, catalog: Catalog, engine: engines.Engine, place: Path, progress: Progress) -> None:
        self.job, self.catalog, self.engine, self.place, self.progress = job, catalog, engine, place, progress
        self.stamps = [work.stamp(path) for path in job.inputs]
        self.book = Book(catalog, place / "licences.bin", job.pause)
        grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
        self.numbers = Numbers(self.book, job.uses, grammar, job.as_of)

    def run(self) -> summary.Summary:
        """From files to a file."""
        self.progress("reading")
        read = self._read()
        self.progress("lineage")
        edges = read.edges()
        known = closure.levels(self.engine, edges)
        inherited = closure.close(self.engine, self.book, edges, known, self.progress)
        trained_on = self.book.relations.index("trained-on")
        cycles = closure.in_cycles(self.engine, read.nodes(), edges, known, trained_on)
        self.progress("verdicts")
        found = kinds.Kinds(read, inherited, cycles, self.shapes, self.place)
        groups, decided = self._decided(read.listed, found)
        self.progress("paths")
        ways = self._ways(groups, edges, inherited, read.ids())
        self.progress("output")
        told = self.engine.arrow(_told(groups, ways, found.keys).order_by("kind"))
        self.engine.drop("kinds", "edges", "edges_by_level", "inherited", "named", "nodes", "pairs", "lines", "keys",
                         "variants", "special", "shaped")  # fmt: skip
        counted = self._summary(decided)
        output.write(self, read, found, output.Columns(self, read, decided, told, ways))
        return counted

    def _read(self) -> rows.Rows:
        raw = self.engine.read(list(self.job.inputs))
        shown = ", ".join(map(str, self.job.inputs))
        table.check(raw, self.catalog.vocabulary, shown)
        if "" not in self.job.uses and "use" not in raw.columns:
            raise InputError([f"{shown}: several uses were given and there is no column `use`"])
        stated = any(name.startswith(FACT) for name in raw.columns)
        source = self.engine.numbered(table.rows(raw))
        try:
            found = rows.Rows(self.engine, self.numbers, source, facts=stated, shown=shown)
            self._get_ready()
            found.settle()
            if found.wrong is not None:
                raise InputError([self._where(*found.wrong)])
            return found
        finally:  # it was read more than once
            self._unchanged()

    def _get_ready(self) -> None:
        """Make what is needed for verdicts, while rows are read."""
        uses = [self.job.uses[name] for name in self.numbers.uses]
        self.judges = [self._judge(use) for use in uses]
        self.shapes = Shapes(self.catalog, [policy for use in uses for policy in use.policies])

    def _where(self, row: int, told: str) -> str:
        """A mistake of a row, by its place in the file that has it."""
        for path in self.job.inputs:
            count = self.engine.number(self.engine.read([path]).count()) or 0
            if row < count:
                return f"{path}: {told.format(row + 1)}"
            row -= count
        return f"{path}: {told.format(row + 1)}"

    def _unchanged(self) -> None:
        changed = [path for path, stamp in zip(self.job.inputs, self.stamps, strict=True) if work.stamp(path) != stamp]
        if changed:
            raise InputError([f"{path}: changed while it was read; run again" for path in changed])

    def _decided(self, listed: "ibis.Table", found: kinds.Kinds) -> "tuple[ibis.Table, list[Decided]]":
        """Kinds with the number of their group and of what decided it, and what the engine says of each group."""
        keys, whole = kinds.KEYS, found.whole
        kinds_of = whole.group_by(*keys).agg(n=whole.n.min(), models=whole.models.sum())
        columns = self.engine.columns(kinds_of.order_by("n"))
        self._agree(set(zip(columns["use"], columns["facts"], strict=True)))
        names = self._names(listed, columns["n"])
        deepest = self.shapes.deepest
        places: dict[tuple[int, ...], int] = {}
        decided: list[Decided] = []
        grouped: list[int] = []
        for name, models, *kind in zip(names, columns["models"], *(columns[key] for key in keys), strict=True):
            depth = kind[_DEPTH]
            kind[_DEPTH] = min(depth, deepest)
            place = places.setdefault(tuple(kind), len(places))
            grouped.append(place)
            if place == len(decided):
                group = Group(name, *kind)
                known = self.numbers.model(group.known) if group.known >= 0 else None
                decided.append(Decided(group=group, result=self.judges[group.use].result(group, known), depths={}))
            depths = decided[place].depths
            depths[depth] = depths.get(depth, 0) + int(models)  # DuckDB makes a decimal of it
        targets = [-1 if item.result.target is None else self.book.target(item.result.target) for item in decided]
        made = {**{key: columns[key] for key in keys}, "grouped": grouped, "target": [targets[at] for at in grouped]}
        return whole.join(self.engine.small(made, dict.fromkeys(made, "int64")), keys), decided

    def _names(self, listed: "ibis.Table", numbers: list[int]) -> list[str]:
        """The ids of some rows, which come in their order."""
        firsts = self.engine.small({"n": numbers}, {"n": "int64"})
        found = self.engine.columns(listed.join(firsts, "n").select("n", "id").order_by("n"))
        return [name.strip() for name in found["id"]]

    def _agree(self, pairs: set[tuple[int, int]]) -> None:
        """Refuse facts of rows that cannot hold together with those of their use. Raises InputError."""
        problems: list[str] = []
        for use, facts in sorted(pairs):
            name, stated = self.numbers.uses[use], self.numbers.facts[facts]
            told = contradictions({**self.job.uses[name].facts, **stated}, self.catalog.vocabulary)
            problems += [f"columns {FACT}* and the use {name}".rstrip() + f": {line}" for line in told]
        if problems:
            raise InputError(list(dict.fromkeys(problems))[:20])

    def _judge(self, use: Use) -> Judge:
        auditor = Auditor(
            self.catalog, as_of=self.job.as_of, assumptions=self.job.assumptions, policies=use.policies, explain=False
        )
        return Judge(self.book, auditor, use.facts, self.numbers.facts)

    def _ways(
        self, groups: "ibis.Table", edges: "ibis.Table", inherited: "ibis.Table", ids: "ibis.Table"
    ) -> "ibis.Table | None":
        if not self.book.targets:
            return None
        start = groups.filter(groups.target >= 0).select("target", line="base").distinct()
        return paths.walk(self.engine, self.book, start, edges, inherited, ids)

    def _summary(self, decided: "list[Decided]") -> summary.Summary:
        @functools.cache
        def of_own(number: int) -> str:
            return family(self.book.mains(number))

        @functools.cache
        def of_above(number: int) -> frozenset[str]:
            return frozenset(family([document]) for document in self.book.binding(number))

        counts: Counter[tuple[Any, ...]] = Counter()
        for item in decided:
            group, result = item.group, item.result
            for depth, models in item.depths.items():
                key = (result.verdict, result.drift, of_own(group.own), of_above(group.inherited), depth)
                counts[key] += models
        found = summary.Summary()
        for (verdict, drift, own, above, depth), models in counts.items():
            found.add(models, verdict, drift, own, above, None if depth < 0 else depth)
        return found


def _told(groups: "ibis.Table", ways: "ibis.Table | None", keys: list[str]) -> "ibis.Table":
    """Per kind: kind, tag, use where it is a key, grouped, depth, way (null where the row's own licence decided)."""
    import ibis  # noqa: PLC0415

    way: Any = ibis.null().cast("int64")
    if ways is not None:
        groups = groups.left_join(ways.select("target", "way", base="line"), ["base", "target"])
        way = groups.way
    kept = [name for name in ("tag", "use") if name in keys]
    return groups.select("kind", *kept, "grouped", way=way, depth=groups.depth.nullif(NO_DEPTH).cast("int64"))
