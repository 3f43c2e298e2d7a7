"""Groups of rows, each decided once by the engine, and what all rows come to."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from compliance.audit import Auditor
from compliance.bulk.kinds import KEYS
from compliance.bulk.numbering import Numbering
from compliance.bulk.shapes import Shapes
from compliance.bulk.summary import Summary
from compliance.bulk.table import FACT
from compliance.bulk.told import Group, Result, family
from compliance.bulk.verdicts import Judge
from compliance.contradicting import contradictions
from compliance.model import InputError, Struct

if TYPE_CHECKING:
    from compliance.bulk import Job, Use
    from compliance.bulk.kinds import Kinds
    from compliance.bulk.stated import Numbers
    from compliance.catalog import Catalog

T = TypeVar("T", bound=Hashable)


class Decided(Struct, frozen=True):
    """What the engine said: each result once, and for each kind of rows the place of its own."""

    results: list[Result]
    places: Any
    targets: Any
    """For each kind the number of the inherited licence that decided, -1 where its own did."""


class Deciding:
    """The engine under the uses of a run, made ready while rows are read."""

    def __init__(self, job: "Job", catalog: "Catalog", numbers: "Numbers") -> None:
        self._job, self._catalog, self._numbers = job, catalog, numbers
        uses = [job.uses[name] for name in numbers.uses]
        self._judges = [self._judge(use) for use in uses]
        self.shapes = Shapes(catalog, [policy for use in uses for policy in use.policies])

    def _judge(self, use: "Use") -> Judge:
        auditor = Auditor(
            self._catalog,
            as_of=self._job.as_of,
            assumptions=self._job.assumptions,
            policies=use.policies,
            explain=False,
        )
        return Judge(self._numbers.book, auditor, use.facts, self._numbers.facts)

    def of(self, kinds: "Kinds") -> Decided:
        """What is said of all kinds. Raises InputError where a row states what it may not."""
        grouped, columns = kinds.groups(self.shapes.deepest)
        self._agree(set(zip(columns["use"].tolist(), columns["facts"].tolist(), strict=True)))
        met: dict[int, int] = {}
        results: list[Result] = []
        places = []
        for group in map(Group, kinds.names(columns), *(columns[key].tolist() for key in KEYS)):
            known = self._numbers.model(group.known) if group.known >= 0 else None
            result = self._judges[group.use].result(group, known)
            place = met.setdefault(id(result), len(results))
            if place == len(results):
                results.append(result)  # with which its id stays its own
            places.append(place)
        targets = [-1 if found.target is None else self._numbers.book.target(found.target) for found in results]
        by_kind = np.array(places, np.int64)[grouped]
        return Decided(results=results, places=by_kind, targets=np.array(targets, np.int64)[by_kind])

    def _agree(self, pairs: set[tuple[int, int]]) -> None:
        """Refuse facts of rows that cannot hold together with those of their use. Raises InputError."""
        problems: list[str] = []
        for use, facts in sorted(pairs):
            name, stated = self._numbers.uses[use], self._numbers.facts[facts]
            told = contradictions({**self._job.uses[name].facts, **stated}, self._catalog.vocabulary)
            problems += [f"columns {FACT}* and the use {name}".rstrip() + f": {line}" for line in told]
        if problems:
            raise InputError(list(dict.fromkeys(problems))[:20])

    def summary(self, kinds: "Kinds", decided: Decided) -> Summary:
        """What all rows come to."""
        book, columns = self._numbers.book, kinds.columns
        told, by_result = each(decided.places, lambda place: decided.results[place].in_sum)
        owns, by_own = each(columns["own"], lambda number: family(book.mains(number)))
        bound = {document.id: document for number in set(columns["inherited"].tolist())
                 for document in book.binding(number)}  # fmt: skip
        known = {name: family([document]) for name, document in bound.items()}
        above, by_above = each(
            columns["inherited"], lambda number: frozenset(known[document.id] for document in book.binding(number))
        )
        every = [by_result, by_own, by_above, columns["depth"]]
        placed, new = Numbering(len(every)).of(every)
        models = np.bincount(placed, kinds.models, len(new)).astype(np.int64)
        found = Summary()
        firsts = [column[new].tolist() for column in every]
        for count, result, own, binding, depth in zip(models.tolist(), *firsts, strict=True):
            if count:
                verdict, drift = told[result]
                found.add(count, verdict, drift, owns[own], above[binding], None if depth < 0 else depth)
        return found


def each(numbers: Any, tell: Callable[[int], T]) -> tuple[list[T], Any]:
    """What is told of some numbers, each once, and the place of what is told of each."""
    placed, new = Numbering(1).of([numbers])
    met: dict[T, int] = {}
    places = [met.setdefault(tell(number), len(met)) for number in numbers[new].tolist()]
    return list(met), np.array(places, np.int64)[placed]
