"""The answer as one Parquet file, written in slices beside its place and renamed when it is whole."""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from compliance.bulk.deciding import Decided, each
from compliance.bulk.engines import SLICE, column
from compliance.bulk.numbering import nullable, numbers
from compliance.bulk.told import NO_DEPTH, family

if TYPE_CHECKING:
    from compliance.bulk import Run
    from compliance.bulk.ids import Ids
    from compliance.bulk.kinds import Kinds
    from compliance.bulk.paths import Ways
    from compliance.bulk.rows import Rows


def write(run: "Run", ids: "Ids", kinds: "Kinds", make: "Columns") -> None:
    """Write the output of a run. Raises OSError."""
    uses = [] if "" in run.job.uses else ["use"]
    order = ["id", *uses, "verdict", "rules", "missing", "reasons", "license", "license_name", "documents", "inherited",
             "family", "drift", "depth", "ancestor", "path"]  # fmt: skip
    texts = pa.dictionary(pa.int32(), pa.string())
    plain = {"id": pa.string(), "depth": pa.int64()}
    schema = pa.schema([(name, plain.get(name, texts)) for name in order])
    place = run.place / "output.half"
    pa.default_memory_pool().release_unused()  # of what was read and found
    with (
        pq.ParquetWriter(
            place, schema, use_dictionary=order[1:], write_statistics=["depth"], write_batch_size=SLICE
        ) as file,
        ThreadPoolExecutor(1) as writer,
    ):
        before: Future[None] | None = None
        low = 0
        for part in ids.slices():
            columns = make.of(part.column(0), kinds.of_rows(low, len(part)))
            low += len(part)
            made = pa.table([columns[name] for name in order], schema)
            if before is not None:
                before.result()  # one slice is written while the next is put together, and no more wait
            before = writer.submit(file.write_table, made)
        if before is not None:
            before.result()
    os.replace(place, run.job.out)


class Columns:
    """What stands in the columns of some rows, most of it by the number of their kind."""

    def __init__(self, run: "Run", rows: "Rows", kinds: "Kinds", decided: Decided, ways: "Ways") -> None:
        """`ways` has the number of the way of each kind."""
        tags, uses = kinds.stated("tag"), kinds.stated("use")
        self._words = _words(run, decided, kinds)
        for name, texts in zip(("license", "license_name"), zip(*rows.texts, strict=True), strict=True):
            self._words[name] = Words.of(texts).at(tags)
        self._words["use"] = Words.of(run.numbers.uses).at(uses)
        self._depth, self._start = kinds.columns["depth"], ways.start
        self._ways, self._all = ways, ways.told(np.arange(ways.count)) if ways.count <= SLICE else None

    def of(self, ids: "pa.Array", kinds: Any) -> dict[str, "pa.Array"]:
        """The columns of a slice, by name."""
        places = kinds.astype(np.int64)  # by which NumPy takes twice as fast
        columns = {name: words.at(places).arrow() for name, words in self._words.items()}
        depth = self._depth[places]
        columns |= {"id": ids, "depth": nullable(depth, depth != NO_DEPTH)}
        return columns | self._along(self._start[places])

    def _along(self, starts: Any) -> dict[str, "pa.Array"]:
        """Ancestor and path of some rows, of which few have any."""
        names = ("ancestor", "path")
        numbered = nullable(starts, starts >= 0).dictionary_encode()
        if not len(numbered.dictionary):
            nothing = pa.nulls(len(starts), pa.int32())
            return dict.fromkeys(names, pa.DictionaryArray.from_arrays(nothing, column([], "string")))
        found = self._ways.told(np.sort(numbers(numbered.dictionary))) if self._all is None else self._all
        places = pc.index_in(numbered.dictionary, found["start"].combine_chunks())
        made = {}
        for name in names:
            words = found[name].combine_chunks().take(places).dictionary_encode()
            made[name] = pa.DictionaryArray.from_arrays(words.indices.take(numbered.indices), words.dictionary)
        return made


class Words:
    """Texts, each once, and which of them stand in some rows: -1 for none."""

    def __init__(self, texts: "pa.Array", places: Any) -> None:
        self._texts, self._places = texts, places

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> "Words":
        """Some texts, numbered in the order in which they come."""
        met: dict[str, int] = {}
        places = [-1 if text is None else met.setdefault(text, len(met)) for text in texts]
        return cls(column(list(met), "string"), np.array(places, np.int32))

    def at(self, rows: Any) -> "Words":
        """Those of some rows."""
        return Words(self._texts, np.take(self._places, rows))

    def arrow(self) -> "pa.DictionaryArray":
        """As a column."""
        return pa.DictionaryArray.from_arrays(nullable(self._places, self._places >= 0), self._texts)


def _words(run: "Run", decided: Decided, kinds: "Kinds") -> dict[str, Words]:
    """What is told of each kind, each text once."""
    book, results = run.book, decided.results
    told: dict[str, list[Any]] = {
        "verdict": [result.verdict for result in results],
        "rules": [_text(result.rules) for result in results],
        "missing": [_text(result.missing) for result in results],
        "reasons": [_text(result.reasons, "; ") for result in results],
        "drift": [_text(result.drift) for result in results],
    }
    words = {name: Words.of(texts).at(decided.places) for name, texts in told.items()}
    for name, key, tell in (
        ("documents", "own", lambda number: _text(document.id for document in book.mains(number))),
        ("inherited", "inherited", lambda number: _text(document.id for document in book.binding(number))),
        ("family", "own", lambda number: family(book.mains(number))),
    ):
        texts, places = each(kinds.columns[key], tell)
        words[name] = Words.of(texts).at(places)
    return words


def _text(parts: Iterable[str], between: str = ", ") -> str | None:
    return between.join(dict.fromkeys(parts)) or None
