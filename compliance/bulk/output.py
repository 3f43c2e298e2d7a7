"""The answer as one Parquet file, written in slices beside its place and renamed when it is whole."""

import functools
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from compliance.bulk.engines import column
from compliance.bulk.told import NO_DEPTH, Decided, family

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from compliance.bulk import Run

TOLD = ("verdict", "rules", "missing", "reasons", "documents", "inherited", "family", "drift")
"""Columns that are the same for all rows of a group."""


def write(
    run: "Run", listed: "ibis.Table", groups: "ibis.Table", decided: list[Decided], ways: "ibis.Table | None"
) -> None:
    """Write the output of a run. Raises OSError."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    groups = groups.mutate(depth=groups.depth.nullif(NO_DEPTH))
    uses = [] if "" in run.job.uses else ["use"]
    words = _words(run, decided)
    order = ["id", *uses, "verdict", "rules", "missing", "reasons", "license", "license_name", "documents", "inherited",
             "family", "drift", "depth", "ancestor", "path"]  # fmt: skip
    place = run.place / "output.parquet"
    texts = {name: pa.dictionary(pa.int32(), pa.string()) for name in TOLD}
    schema = pa.schema([(name, texts.get(name, pa.int64() if name == "depth" else pa.string())) for name in order])
    asread = ["id", *uses, "license", "license_name"]
    count = sum(models for item in decided for models in item.depths.values())
    repeated = [*TOLD, "license", "license_name", *uses, "depth"]
    bounds = [name for name in order if name not in TOLD]
    with (
        pq.ParquetWriter(place, schema, use_dictionary=repeated, write_statistics=bounds) as file,
        ThreadPoolExecutor(1) as writer,
    ):
        before: Future[None] | None = None
        for part, way in run.engine.batches(listed.select("n", *asread), groups, ways, count):
            columns = {name: part[name].combine_chunks() for name in part.column_names}
            columns |= {name: _taken(words[name], columns["grouped"]) for name in TOLD} | _along(columns["n"], way)
            made = pa.table([columns[name].cast(schema.field(name).type) for name in order], schema)
            if before is not None:
                before.result()  # one slice is written while the next is put together, and no more wait
            before = writer.submit(file.write_table, made)
        if before is not None:
            before.result()
    os.replace(place, run.job.out)


def _along(numbers: "pa.Array", way: "pa.Table | None") -> dict[str, "pa.Array"]:
    """Ancestor and path of some rows, of which few have any."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if way is None:
        return dict.fromkeys(("ancestor", "path"), pa.nulls(len(numbers), pa.string()))
    way = way.combine_chunks()
    places = pc.index_in(numbers, way["n"].combine_chunks())
    return {name: way[name].combine_chunks().take(places) for name in ("ancestor", "path")}


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
    return {name: column(values, "string").dictionary_encode() for name, values in columns.items()}


def _taken(words: "pa.DictionaryArray", groups: "pa.Array") -> "pa.DictionaryArray":
    import pyarrow as pa  # noqa: PLC0415

    return pa.DictionaryArray.from_arrays(words.indices.take(groups), words.dictionary)


def _text(parts: Iterable[str], between: str = ", ") -> str | None:
    return between.join(dict.fromkeys(parts)) or None
