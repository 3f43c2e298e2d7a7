"""The answer as one Parquet file, written in slices beside its place and renamed when it is whole."""

import functools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from compliance.bulk.engines import column
from compliance.bulk.told import Decided, family

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from compliance.bulk import Run
    from compliance.bulk.rows import Rows

TOLD = ("verdict", "rules", "missing", "reasons", "documents", "inherited", "family", "drift")
"""Columns that are the same for all rows of a group."""


def write(run: "Run", rows: "Rows", placed: "ibis.Table", decided: list[Decided], ways: "ibis.Table | None") -> None:
    """Write the output of a run; `placed` has each row's tag, use, grouped, depth and way. Raises OSError."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    uses = [] if "" in run.job.uses else ["use"]
    order = ["id", *uses, "verdict", "rules", "missing", "reasons", "license", "license_name", "documents", "inherited",
             "family", "drift", "depth", "ancestor", "path"]  # fmt: skip
    texts = pa.dictionary(pa.int32(), pa.string())
    plain = {"id": pa.string(), "depth": pa.int64()}
    schema = pa.schema([(name, plain.get(name, texts)) for name in order])
    make = _Columns(run, rows, decided)
    place = run.place / "output.half"
    with (
        pq.ParquetWriter(place, schema, use_dictionary=order[1:], write_statistics=list(plain)) as file,
        ThreadPoolExecutor(1) as writer,
    ):
        before: Future[None] | None = None
        for part, met in run.engine.slices(rows.listed.select("n", "id"), placed, ways, rows.count):
            columns = make.of(part, met)
            made = pa.table([columns[name] for name in order], schema)
            if before is not None:
                before.result()  # one slice is written while the next is put together, and no more wait
            before = writer.submit(file.write_table, made)
        if before is not None:
            before.result()
    os.replace(place, run.job.out)


class _Columns:
    """What stands in the columns of some rows, most of it by number."""

    def __init__(self, run: "Run", rows: "Rows", decided: list[Decided]) -> None:
        self._by_group = _words(run, decided)
        tags, names = zip(*rows.texts, strict=True)
        self._by_tag = {"license": _dictionary(tags), "license_name": _dictionary(names)}
        self._by_use = {} if rows.uses is None else {"use": _dictionary(run.numbers.uses)}

    def of(self, part: "pa.Table", met: "pa.Table | None") -> dict[str, "pa.Array"]:
        """The columns of a slice, by name; `met` are the ways that it names."""
        part = part.combine_chunks()
        found = {name: part[name].chunk(0) for name in part.column_names}
        columns = {name: found[name] for name in ("id", "depth")}
        for by, words in (("grouped", self._by_group), ("tag", self._by_tag), ("use", self._by_use)):
            columns |= {name: _taken(told, found[by]) for name, told in words.items()}
        return columns | _along(found["way"], met)


def _along(ways: "pa.Array", met: "pa.Table | None") -> dict[str, "pa.Array"]:
    """Ancestor and path of some rows, of which few have any."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    names = ("ancestor", "path")
    numbered = ways.dictionary_encode()
    if met is None or not len(numbered.dictionary):
        nothing = pa.nulls(len(ways), pa.int32())
        return dict.fromkeys(names, pa.DictionaryArray.from_arrays(nothing, column([], "string")))
    found = met.combine_chunks()
    places = pc.index_in(numbered.dictionary.cast(pa.int64()), found["way"].combine_chunks())
    made = {}
    for name in names:
        words = found[name].combine_chunks().take(places).dictionary_encode()
        made[name] = pa.DictionaryArray.from_arrays(words.indices.take(numbered.indices), words.dictionary)
    return made


def _words(run: "Run", decided: list[Decided]) -> dict[str, "pa.DictionaryArray"]:
    """What is told of each group, each text once."""

    @functools.cache
    def of_own(number: int) -> tuple[str | None, str]:
        return _text(document.id for document in run.book.mains(number)), family(run.book.mains(number))

    @functools.cache
    def of_above(number: int) -> str | None:
        return _text(document.id for document in run.book.binding(number))

    text = functools.cache(_text)
    columns: dict[str, list[str | None]] = {name: [] for name in TOLD}
    for item in decided:
        result, (own, kind) = item.result, of_own(item.group.own)
        values = (result.verdict, text(result.rules), text(result.missing), text(result.reasons, "; "), own,
                  of_above(item.group.inherited), kind, text(result.drift))  # fmt: skip
        for name, value in zip(TOLD, values, strict=True):
            columns[name].append(value)
    return {name: _dictionary(values) for name, values in columns.items()}


def _dictionary(texts: Sequence[str | None]) -> "pa.DictionaryArray":
    """Each text once, in the order in which they come, and which it is."""
    import pyarrow as pa  # noqa: PLC0415

    places: dict[str, int] = {}
    numbers = [None if text is None else places.setdefault(text, len(places)) for text in texts]
    there = column([number is not None for number in numbers], "bool").buffers()[1]
    indices = column([number or 0 for number in numbers], "int32").buffers()[1]
    whole = pa.Array.from_buffers(pa.int32(), len(numbers), [there, indices])
    return pa.DictionaryArray.from_arrays(whole, column(list(places), "string"))


def _taken(words: "pa.DictionaryArray", numbers: "pa.Array") -> "pa.DictionaryArray":
    import pyarrow as pa  # noqa: PLC0415

    return pa.DictionaryArray.from_arrays(words.indices.take(numbers), words.dictionary)


def _text(parts: Iterable[str], between: str = ", ") -> str | None:
    return between.join(dict.fromkeys(parts)) or None
