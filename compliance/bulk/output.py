"""The answer as one Parquet file: columns are written as they are known, and renamed once it is whole."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from compliance.bulk import parts
from compliance.bulk.deciding import Decided, each
from compliance.bulk.engines import SLICE, column
from compliance.bulk.numbering import nullable, numbers
from compliance.bulk.told import NO_DEPTH, family

if TYPE_CHECKING:
    from compliance.bulk.kinds import Kinds
    from compliance.bulk.licences import Book
    from compliance.bulk.paths import Ways
    from compliance.bulk.rows import Rows

Columns = Mapping[str, "pa.Array"]
"""Some columns of a slice, by name."""


class Output:
    """Writes columns while what others need is found out."""

    def __init__(self, place: Path, rows: "Rows", uses: list[str]) -> None:
        """Begins with the ids; `place` is the folder for what is not whole, `uses` has the name of that column."""
        order = ["id", *uses, "verdict", "rules", "missing", "reasons", "license", "license_name", "documents",
                 "inherited", "family", "drift", "depth", "ancestor", "path"]  # fmt: skip
        texts = pa.dictionary(pa.int32(), pa.string())
        plain = {"id": pa.string(), "depth": pa.int64()}
        self._schema = pa.schema([(name, plain.get(name, texts)) for name in order])
        self._place, self._sizes, self._stopped = place, rows.ids.sizes, False
        self._parts: dict[Path, Future[None]] = {}
        self._threads = ThreadPoolExecutor(3)  # most of the writing is none of Python's
        self._begin({"id": part.column(0)} for part in rows.ids.slices())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped = True
        self._threads.shutdown(cancel_futures=True)

    def begin(self, kinds: "Kinds", make: Callable[[Any], Columns]) -> None:
        """Write the columns that are made of the kinds of some rows."""
        starts = accumulate(self._sizes, initial=0)
        slices = (kinds.of_rows(low, size) for low, size in zip(starts, self._sizes, strict=False))
        self._begin(make(part.astype(np.int64)) for part in slices)  # by which NumPy takes twice as fast

    def finish(self, out: Path) -> None:
        """Wait for all, and put the output in its place. Raises OSError."""
        for done in self._parts.values():
            done.result()
        whole, *_ = self._parts
        parts.join(list(self._parts), self._schema)
        os.replace(whole, out)

    def _begin(self, slices: Iterator[Columns]) -> None:
        place = self._place / f"output{len(self._parts)}.half"
        self._parts[place] = self._threads.submit(self._write, place, slices)

    def _write(self, place: Path, slices: Iterator[Columns]) -> None:
        with ExitStack() as opened:
            file: Any = None
            for columns in slices:
                if self._stopped:
                    return
                if file is None:
                    schema = pa.schema([field for field in self._schema if field.name in columns])
                    coded = [name for name in schema.names if name != "id"]
                    writer = pq.ParquetWriter(
                        place, schema, use_dictionary=coded, write_statistics=["depth"], write_batch_size=SLICE
                    )
                    file = opened.enter_context(writer)
                file.write_table(pa.table([columns[name] for name in schema.names], schema))


def stated(book: "Book", rows: "Rows", kinds: "Kinds", uses: list[str]) -> Callable[[Any], Columns]:
    """What rows state and inherit, by the numbers of kinds."""
    tags, depths = kinds.stated("tag"), kinds.columns["depth"]
    words = {"use": Words.of(uses).at(kinds.stated("use"))} if uses else {}
    for name, texts in zip(("license", "license_name"), zip(*rows.texts, strict=True), strict=True):
        words[name] = Words.of(texts).at(tags)
    for name, key, tell in (
        ("documents", "own", lambda number: _text(document.id for document in book.mains(number))),
        ("inherited", "inherited", lambda number: _text(document.id for document in book.binding(number))),
        ("family", "own", lambda number: family(book.mains(number))),
    ):
        found, places = each(kinds.columns[key], tell)
        words[name] = Words.of(found).at(places)

    def made(of: Any) -> Columns:
        depth = depths[of]
        return {**_all_at(words, of), "depth": nullable(depth, depth != NO_DEPTH)}

    return made


def decided(found: Decided) -> Callable[[Any], Columns]:
    """What the engine said, by the numbers of kinds."""
    told: dict[str, list[Any]] = {
        "verdict": [result.verdict for result in found.results],
        "rules": [_text(result.rules) for result in found.results],
        "missing": [_text(result.missing) for result in found.results],
        "reasons": [_text(result.reasons, "; ") for result in found.results],
        "drift": [_text(result.drift) for result in found.results],
    }
    words = {name: Words.of(texts).at(found.places) for name, texts in told.items()}
    return lambda of: _all_at(words, of)


def along(ways: "Ways") -> Callable[[Any], Columns]:
    """Ancestor and path, by the numbers of kinds, of which few have any."""
    names = ("ancestor", "path")
    every = ways.told(np.arange(ways.count)) if ways.count <= SLICE else None

    def made(of: Any) -> Columns:
        starts = ways.start[of]
        numbered = nullable(starts, starts >= 0).dictionary_encode()
        if not len(numbered.dictionary):
            nothing = pa.nulls(len(starts), pa.int32())
            return dict.fromkeys(names, pa.DictionaryArray.from_arrays(nothing, column([], "string")))
        found = ways.told(np.sort(numbers(numbered.dictionary))) if every is None else every
        places = pc.index_in(numbered.dictionary, found["start"].combine_chunks())
        columns = {}
        for name in names:
            words = found[name].combine_chunks().take(places).dictionary_encode()
            columns[name] = pa.DictionaryArray.from_arrays(words.indices.take(numbered.indices), words.dictionary)
        return columns

    return made


def _all_at(words: Mapping[str, "Words"], of: Any) -> dict[str, pa.Array]:
    return {name: some.at(of).arrow() for name, some in words.items()}


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


def _text(parts: Iterable[str], between: str = ", ") -> str | None:
    return between.join(dict.fromkeys(parts)) or None
