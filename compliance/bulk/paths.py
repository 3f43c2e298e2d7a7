"""The way to the ancestor whose licence decided, walked up edge by edge for all lines of bases at once."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from compliance.bulk.closure import Closure, members
from compliance.bulk.engines import column
from compliance.bulk.licences import EMPTY, Book, Element
from compliance.bulk.numbering import Numbering, arrow, found_among, numbers
from compliance.model import Struct

FURTHEST = 64
"""Steps after which a way is given up: only a cycle is that long."""
_NOWHERE, _THERE = -2, -1
_COLUMNS = ["start", "ancestor", "path"]


class _Hop(Struct, frozen=True):
    """One step of ways: their numbers, which ascend, the edge of each, and whether it is the last."""

    starts: Any
    edges: Any
    last: Any


class Ways:
    """The ways of kinds to what decided on them."""

    def __init__(self, book: Book, closed: Closure, bases: Any, targets: Any, ids: pa.Table) -> None:
        """`bases` has the line of each kind, and `targets` what decided on it: a number of `book.targets`, or -1.

        `ids` has what parents are called, by n.
        """
        self._book, self._closed, self._edges = book, closed, closed.edges
        self._called = numbers(ids["n"]), ids["id"].combine_chunks()
        some = np.flatnonzero(targets >= 0)
        whole, new = Numbering(2).of([bases[some], targets[some]])
        self.start = np.full(len(bases), -1, np.int64)
        """The number of the way of each kind."""
        self.start[some] = whole
        self.count = len(new)
        """How many ways there are."""
        self._hops: list[_Hop] = []
        self._walk(found_among(self._edges.lines, bases[some][new]), targets[some][new])

    def _walk(self, lines: Any, targets: Any) -> None:
        """Find the edges of each way.

        Of several ways the one that ends first and whose parent has the least number is told; the nearest of equals is
        not searched for. From a parent on the way is that of the parent's line.
        """
        starts = np.flatnonzero(lines >= 0)
        lines, targets = lines[starts], targets[starts]
        while len(starts) and len(self._hops) < FURTHEST:
            owner, edges, following = self._best(lines, targets)
            self._hops.append(_Hop(starts=starts[owner], edges=edges, last=following == _THERE))
            more = following >= 0
            starts, lines, targets = starts[owner[more]], self._edges.above[edges[more]], following[more]

    def _best(self, lines: Any, targets: Any) -> tuple[Any, Any, Any]:
        """From lines to the best edge of each that has one, and what is looked for next, or _THERE."""
        edges = self._edges
        mine = edges.order[members(edges.starts, lines)]
        owner = np.repeat(np.arange(len(lines)), edges.starts[lines + 1] - edges.starts[lines])
        above = edges.above[mine]
        inherited = np.where(above >= 0, self._closed.inherited[above], EMPTY)
        kinds = [targets[owner], edges.own[mine].astype(np.int64), inherited, edges.relation[mine].astype(np.int64)]
        placed, new = Numbering(len(kinds)).of(kinds)
        every = zip(*(part[new].tolist() for part in kinds), strict=True)
        following = np.array([self._next(*kind) for kind in every], np.int64)
        following = following[placed]
        some = np.flatnonzero(following != _NOWHERE)
        mine, owner, following = mine[some], owner[some], following[some]
        rank = np.where(following == _THERE, 0, 16) + np.minimum(edges.relation[mine], 15)
        # bases that nobody knows have one number: the first by name is told
        order = np.lexsort((edges.base[mine], edges.parent[mine], rank, owner))
        first = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
        return owner[first], mine[first], following[first]

    def _next(self, target: int, own: int, inherited: int, relation: int) -> int:
        """Where an edge of a kind leads: what is looked for from there on."""
        found: Element | bool | None = self._book.step(self._book.targets[target], own, inherited, relation)
        if isinstance(found, tuple):
            return self._book.target(found)
        return _THERE if found is True else _NOWHERE

    def told(self, starts: Any) -> pa.Table:
        """Some ways, whose numbers ascend: start, ancestor, path (`base (finetune) > root (quantized)`)."""
        words = [f" ({name})" for name in (*self._book.relations, "unknown relation")]
        relations, now = column(words, "string"), starts
        none, further = column(["", " > "], "string")
        path = column([""] * len(starts), "string")
        found = [pa.table([arrow(now[:0]), path[:0], path[:0]], _COLUMNS)]
        for hop in self._hops:
            places = np.searchsorted(hop.starts, now)
            there = np.flatnonzero(np.append(hop.starts, -1)[places] == now)
            edges, last = hop.edges[places[there]], arrow(hop.last[places[there]])
            ancestor = self._names(edges)
            relation = relations.take(arrow(np.minimum(self._edges.relation[edges], len(words) - 1)))
            path = pc.binary_join_element_wise(path.take(arrow(there)), ancestor, relation, none)
            step = pa.table([arrow(now[there]), ancestor, path], _COLUMNS)
            found.append(step.filter(last))
            on = pc.invert(last)
            now, path = now[there][numbers(on) > 0], pc.binary_join_element_wise(path.filter(on), none, further)
        return pa.concat_tables(found).combine_chunks()

    def _names(self, edges: Any) -> pa.Array:
        """What the parents of some edges are called."""
        known, called = self._called
        places = found_among(known, self._edges.parent[edges])
        base = self._edges.base[edges]
        return pa.concat_arrays([called, self._edges.bases]).take(arrow(np.where(base < 0, places, len(called) + base)))
