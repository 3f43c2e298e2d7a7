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
from compliance.bulk import closure, engines, summary, table, work
from compliance.bulk.licences import PAUSE, Book
from compliance.bulk.shapes import Shapes
from compliance.bulk.stated import Numbers
from compliance.bulk.table import FACT
from compliance.bulk.told import Decided, Group, family
from compliance.bulk.verdicts import Judge
from compliance.bulk.written import columns
from compliance.catalog import Catalog
from compliance.grammar import Grammar
from compliance.model import Document, Finding, InputError, Struct
from compliance.project import contradictions

if TYPE_CHECKING:
    from compliance.bulk.kinds import Kinds
    from compliance.bulk.named import Named

Progress = Callable[[str], object]


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
    cache: Path | None = None
    """The folder for what need not be made again in another run."""


def run(
    job: Job, catalog: Catalog, progress: Progress = lambda _: None, tell: Progress = lambda _: None
) -> summary.Summary:
    """Audit the table; write the output whole or not at all, `tell` what a user should know. Raises InputError."""
    for finding in (*subjects.aged(catalog.index.version, job.as_of), *_early(catalog, job.as_of)):
        tell(finding.summary)
    told_by = key(job, catalog)
    cache = None if job.cache is None else job.cache / f"bulk-{told_by['code']}.bin"
    with work.folder(job.out, told_by, tell) as place:
        engine = engines.connect(job.engine, place, job.megabytes, cache)
        try:
            return Run(job, catalog, engine, place, progress, tell).run()
        except Exception as problem:
            told = work.no_room(problem, place, job.megabytes)
            if told is None:
                raise
            raise InputError([told]) from None
        finally:
            engine.close()


def _early(catalog: Catalog, as_of: str) -> list[Finding]:
    """That the day asked about is before the first text of the catalogue was read."""
    if as_of >= catalog.index.version:
        return []
    first = min(filter(None, (document.evidence.retrieved for document in catalog.documents())), default=as_of)
    return subjects.early({"the catalogue": first}, as_of)


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

    def __init__(
        self, job: Job, catalog: Catalog, engine: engines.Engine, place: Path, progress: Progress, tell: Progress
    ) -> None:
        self.job, self.catalog, self.engine, self.place = job, catalog, engine, place
        self.progress, self.tell = progress, tell
        self.stamps = [work.stamp(path) for path in job.inputs]
        self.book = Book(catalog, place / "licences.bin", job.pause)
        grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
        self.numbers = Numbers(self.book, job.uses, grammar, job.as_of)

    def run(self) -> summary.Summary:
        """From files to a file."""
        from compliance.bulk import output  # noqa: PLC0415 - with packages that only this command needs
        from compliance.bulk.kinds import Kinds  # noqa: PLC0415
        from compliance.bulk.paths import Ways  # noqa: PLC0415

        self.progress("reading")
        named = self._read()
        read = named.rows
        self.progress("lineage")
        edges = named.edges()
        closed = closure.Closure(self.engine, self.book, edges, self.progress)
        trained_on = self.book.relations.index("trained-on")
        cycles = closure.in_cycles(self.engine, named.nodes(), edges, closed.stuck, trained_on)
        self.progress("verdicts")
        found = Kinds(named, closed.inherited, cycles, self.shapes, self.place)
        grouped, decided = self._decided(found)
        self.progress("paths")
        ways = Ways(self.engine, self.book, found.bases, self._targets(decided)[grouped])
        ways.walk(edges, closed.inherited, named.ids())
        self.progress("output")
        self.engine.drop("edges", "inherited", "named", "nodes", "pairs", "lines", "keys", "met_rows", "shaped")
        counted = self._summary(decided)
        output.write(self, read.ids, found, output.Columns(self, read, found, decided, grouped, ways))
        return counted

    def _read(self) -> "Named":
        from compliance.bulk import named, rows  # noqa: PLC0415 - with packages that only this command needs

        raw = self.engine.read(list(self.job.inputs))
        shown = engines.shown(self.job.inputs)
        table.check(raw, self.catalog.vocabulary, shown)
        if "" not in self.job.uses and "use" not in columns(raw):
            raise InputError([f"{shown}: several uses were given and there is no column `use`"])
        for told in table.lacking(raw):
            self.tell(f"{shown}: {told}")
        stated = any(name.startswith(FACT) for name in columns(raw))
        source = self.engine.numbered(table.rows(raw))
        try:
            found = rows.Rows(self.engine, self.numbers, source, self.place, facts=stated, shown=shown)
            by_name = named.Named(found)
            self._get_ready()
            found.settle()
            if found.wrong is not None:
                raise InputError([self._where(*found.wrong)])
            by_name.settle()
            return by_name
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

    def _decided(self, found: "Kinds") -> "tuple[Any, list[Decided]]":
        """The number of what decided each kind, and what the engine says of each group."""
        import numpy as np  # noqa: PLC0415 - with packages that only this command needs

        from compliance.bulk.kinds import KEYS  # noqa: PLC0415

        grouped, columns, models = found.groups()
        listed = {key: columns[key].tolist() for key in KEYS}
        self._agree(set(zip(listed["use"], listed["facts"], strict=True)))
        names = found.names(columns)
        deepest, depth_at = self.shapes.deepest, KEYS.index("depth")
        places: dict[tuple[int, ...], int] = {}
        decided: list[Decided] = []
        at: list[int] = []
        for name, count, *kind in zip(names, models.tolist(), *listed.values(), strict=True):
            depth = kind[depth_at]
            kind[depth_at] = min(depth, deepest)
            place = places.setdefault(tuple(kind), len(places))
            at.append(place)
            if place == len(decided):
                group = Group(name, *kind)
                known = self.numbers.model(group.known) if group.known >= 0 else None
                decided.append(Decided(group=group, result=self.judges[group.use].result(group, known), depths={}))
            depths = decided[place].depths
            depths[depth] = depths.get(depth, 0) + count
        return np.array(at, np.int64)[grouped], decided

    def _targets(self, decided: list[Decided]) -> Any:
        """The number of the inherited licence that decided each group, -1 where its own did."""
        import numpy as np  # noqa: PLC0415

        found = (item.result.target for item in decided)
        return np.array([-1 if target is None else self.book.target(target) for target in found], np.int64)

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
