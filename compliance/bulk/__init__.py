"""Millions of models: each distinct set of licences goes once through the engine; joins run where the tables are."""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from compliance import __version__
from compliance.audit import Auditor
from compliance.bulk import closure, engines, output, paths, rows, summary, table, work
from compliance.bulk.licences import PAUSE, Book
from compliance.bulk.shapes import Shapes
from compliance.bulk.table import FACT
from compliance.bulk.verdicts import Group, Judge, Result, family
from compliance.catalog import Catalog
from compliance.grammar import Grammar
from compliance.model import Document, InputError, Struct
from compliance.project import contradictions

if TYPE_CHECKING:
    import ibis

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


def run(job: Job, catalog: Catalog, progress: Progress = lambda _: None) -> summary.Summary:
    """Audit the table; write the output whole or not at all. Raises InputError."""
    key = {"inputs": [work.stamp(path) for path in job.inputs], "catalog": catalog.index.sha256,
           "uses": {name: _mark(use) for name, use in job.uses.items()}, "as_of": job.as_of, "engine": job.engine,
           "assumptions": job.assumptions, "version": __version__}  # fmt: skip
    with work.folder(job.out, key) as place:
        engine = engines.connect(job.engine, place, job.megabytes)
        try:
            return Run(job, catalog, engine, place, progress).run()
        except Exception as problem:
            if type(problem).__name__ != "OutOfMemoryException":
                raise
            raise InputError([f"{job.megabytes} MB are too little for this table; give more with --memory"]) from None
        finally:
            engine.close()


def _mark(use: Use) -> list[Any]:
    """What tells a use from another, in whatever order its sets are."""
    facts = [[name, sorted(value) if isinstance(value, frozenset) else str(value)] for name, value in use.facts.items()]
    policies = msgspec.msgpack.encode(use.policies, order="deterministic")
    return [sorted(facts), blake2b(policies, digest_size=16).hexdigest()]


class Run:
    """The stages of one run, each kept in the work folder once it is done."""

    def __init__(self, job: Job, catalog: Catalog, engine: engines.Engine, place: Path, progress: Progress) -> None:
        self.job, self.catalog, self.engine, self.place, self.progress = job, catalog, engine, place, progress
        self.book = Book(catalog, place / "licences.bin", job.pause)
        grammar = Grammar(catalog.vocabulary, {"publisher-id": catalog.index.publishers})
        self.numbers = rows.Numbers(self.book, job.uses, grammar, job.as_of)
        policies = [policy for use in job.uses.values() for policy in use.policies]
        self.shapes = Shapes(catalog, policies)

    def run(self) -> summary.Summary:
        """From files to a file."""
        listed = self._listed()
        self.progress("licence tags")
        found, one = rows.settle(self.engine, listed, rows.nodes(self.engine, self.numbers, listed, self.shapes))
        self.progress("lineage")
        edges = rows.edges(self.engine, self.numbers, listed, found, one)
        inherited = closure.close(self.engine, self.book, edges, self.progress)
        trained_on = self.book.relations.index("trained-on")
        cycles = closure.in_cycles(edges, closure.levels(self.engine, edges), trained_on)
        self.progress("verdicts")
        whole = self._whole(found, inherited, cycles)
        groups, results = self._decided(listed, whole)
        for name in ("whole", "plain_nodes", "nodes", "settled_nodes", "edges_by_level"):
            self.engine.drop(name)
        self.progress("paths")
        ways = self._ways(groups, results, edges, inherited, listed)
        self.progress("output")
        output.write(self, listed, groups, results, ways)
        return self._summary(groups, results)

    def _listed(self) -> "ibis.Table":
        self.progress("reading")
        raw = self.engine.read(list(self.job.inputs))
        table.check(raw.columns, sorted(self.catalog.vocabulary.facts), str(self.job.inputs[0]))
        if "" not in self.job.uses and "use" not in raw.columns:
            raise InputError([f"{self.job.inputs[0]}: several uses were given and there is no column `use`"])
        return self.engine.numbered("listed", lambda: table.rows(raw))

    def _whole(self, found: "ibis.Table", inherited: "ibis.Table", cycles: list[int]) -> "ibis.Table":
        """Per row everything that its verdict depends on."""

        def make() -> "ibis.Table":
            import ibis  # noqa: PLC0415

            made = found.left_join(inherited, "n").drop("n_right")
            turning = made.n.isin(cycles) if cycles else ibis.literal(False)
            return made.select(
                "n", "own", "known", "facts", "use", "shape",
                inherited=made.inherited.fill_null(0), depth=made.depth.fill_null(0), cycle=turning.cast("int64"),
            )  # fmt: skip

        return self.engine.keep("whole", make)

    def _decided(
        self, listed: "ibis.Table", whole: "ibis.Table"
    ) -> "tuple[ibis.Table, dict[int, tuple[Group, Result]]]":
        """Groups of rows by number, and what the engine says of each."""
        import ibis  # noqa: PLC0415

        capped = ibis.least(whole.depth, self.shapes.deepest)
        keys = ("own", "inherited", "known", "facts", "use", "cycle", "shape")
        kinds = engines.rows(whole.group_by(*keys, capped=capped).agg(n=whole.n.min()))
        kinds.sort(key=lambda kind: kind["n"])
        firsts = engines.small({"n": [kind["n"] for kind in kinds]}, {"n": "int64"})
        names = {row["n"]: row["id"] for row in engines.rows(listed.join(firsts, "n").select("n", "id"))}
        judges = {number: self._judge(self.job.uses[name]) for number, name in enumerate(self.numbers.uses)}
        self._agree({(kind["use"], kind["facts"]) for kind in kinds})
        decided = {}
        for number, kind in enumerate(kinds):
            group = Group(
                id=names[kind["n"]], own=kind["own"], inherited=kind["inherited"], cycle=bool(kind["cycle"]),
                depth=kind["capped"] if kind["capped"] >= 0 else None, facts=kind["facts"], use=kind["use"],
                shape=kind["shape"],
            )  # fmt: skip
            known = self.numbers.model(kind["known"]) if kind["known"] >= 0 else None
            decided[number] = (group, judges[kind["use"]].result(group, known, self.numbers.facts[kind["facts"]]))
        columns = {key: [kind[key] for kind in kinds] for key in (*keys, "capped")}
        columns["grouped"] = list(range(len(kinds)))
        made = engines.small(columns, dict.fromkeys(columns, "int64"))
        self.engine.drop("grouped")
        joined = whole.mutate(capped=capped).join(made, [*keys, "capped"])
        return self.engine.keep("grouped", lambda: joined.select("n", "depth", "grouped")), decided

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
        return Judge(self.book, auditor, use.facts)

    def _ways(
        self, groups: "ibis.Table", results: Mapping[int, tuple[Group, Result]],
        edges: "ibis.Table", inherited: "ibis.Table", listed: "ibis.Table",
    ) -> "ibis.Table | None":  # fmt: skip
        made = [(number, self.book.target(result.target)) for number, (_, result) in results.items() if result.target]
        if not made:
            return None
        columns = {"grouped": [number for number, _ in made], "target": [target for _, target in made]}
        start = groups.join(engines.small(columns, dict.fromkeys(columns, "int64")), "grouped").select("n", "target")
        return paths.walk(self.engine, self.book, start, edges, inherited, rows.ids(self.numbers, listed))

    def documents(self, group: Group) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
        """The documents that a group declares, and those that it inherits and that bind it."""
        return self.book.bound(group.own, group.inherited)

    def _summary(self, groups: "ibis.Table", results: Mapping[int, tuple[Group, Result]]) -> summary.Summary:
        counts = engines.rows(groups.group_by("grouped", "depth").agg(models=groups.count()))
        found = summary.Summary()
        for row in counts:
            group, result = results[row["grouped"]]
            own, above = self.documents(group)
            depth = None if row["depth"] < 0 else row["depth"]
            found.add(row["models"], result, family(own), {family([document]) for document in above}, depth)
        return found
