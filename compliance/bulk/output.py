"""The answer as one Parquet file, written in slices beside its place and renamed when it is whole."""

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from compliance.bulk import engines
from compliance.bulk.verdicts import Group, Result, family

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

    from compliance.bulk import Run

TOLD = ("verdict", "rules", "missing", "reasons", "documents", "inherited", "family", "drift")
"""Columns that are the same for all rows of a group."""


def write(
    run: "Run", listed: "ibis.Table", groups: "ibis.Table", results: Mapping[int, tuple[Group, Result]],
    ways: "ibis.Table | None",
) -> None:  # fmt: skip
    """Write the output of a run. Raises OSError."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    uses = [] if "" in run.job.uses else ["use"]
    words = _words(run, results)
    order = ["id", *uses, "verdict", "rules", "missing", "reasons", "license", "license_name", "documents", "inherited",
             "family", "drift", "depth", "ancestor", "path"]  # fmt: skip
    place = run.work / "output.parquet"
    texts = {name: pa.dictionary(pa.int32(), pa.string()) for name in TOLD}
    schema = pa.schema([(name, texts.get(name, pa.int64() if name == "depth" else pa.string())) for name in order])
    count = engines.number(listed.count()) or 0
    repeated = [*TOLD, "license", "license_name", *uses, "depth"]
    with pq.ParquetWriter(place, schema, use_dictionary=repeated) as file, ThreadPoolExecutor(1) as writer:
        before: Future[None] | None = None
        for batch in run.engine.batches(lambda low, high: _slice(listed, groups, ways, low, high), count):
            columns = {name: batch.column(name) for name in batch.schema.names}
            columns |= {name: _taken(words[name], columns["grouped"]) for name in TOLD}
            made = pa.record_batch([columns[name].cast(schema.field(name).type) for name in order], schema)
            if before is not None:
                before.result()  # one slice is written while the next is put together, and no more wait
            before = writer.submit(file.write_batch, made)
        if before is not None:
            before.result()
    os.replace(place, run.job.out)


def _slice(listed: "ibis.Table", groups: "ibis.Table", ways: "ibis.Table | None", low: int, high: int) -> "ibis.Table":
    """Rows from one number up to another with their groups and ways."""
    import ibis  # noqa: PLC0415

    def cut(table: "ibis.Table") -> Any:
        return table.filter((table.n >= low) & (table.n < high))

    found = cut(listed.select("n", "id", "use", "license", "license_name")).join(cut(groups), "n")
    null = ibis.null().cast("string")
    columns: dict[str, Any] = {"ancestor": null, "path": null}
    if ways is not None:
        found = found.left_join(cut(ways), "n").drop("n_right")
        columns = {}
    return found.mutate(depth=found.depth.nullif(-1), **columns)


def _words(run: "Run", results: Mapping[int, tuple[Group, Result]]) -> dict[str, "pa.DictionaryArray"]:
    """What is told of each group, each text once."""
    import pyarrow as pa  # noqa: PLC0415

    columns: dict[str, list[str | None]] = {name: [] for name in TOLD}
    for group, result in results.values():
        own, above = run.documents(group)
        values = (result.verdict, _text(result.rules), _text(result.missing), _text(result.reasons, "; "),
                  _text(document.id for document in own), _text(document.id for document in above),
                  family(own), _text(result.drift))  # fmt: skip
        for name, value in zip(TOLD, values, strict=True):
            columns[name].append(value)
    return {name: pa.array(values, pa.string()).dictionary_encode() for name, values in columns.items()}


def _taken(words: "pa.DictionaryArray", groups: "pa.Array") -> "pa.DictionaryArray":
    import pyarrow as pa  # noqa: PLC0415

    return pa.DictionaryArray.from_arrays(words.indices.take(groups), words.dictionary)


def _text(parts: Iterable[str], between: str = ", ") -> str | None:
    return between.join(dict.fromkeys(parts)) or None
