"""Puts real metadata of the Hub into one table for `modelcheck bulk`.

    python benchmarks/bulk_hub.py FOLDER OUT.jsonl

FOLDER holds reported-conflicts.tsv, mteb.tsv, timm.tsv, fastembed.tsv and hub-2023.tsv, whose first lines name their
sources. Where two name one model, the first in this order counts; a base that is only named as one gets the licence
that the table states for it.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RELATIONS = {"quantized": "quantized", "merge": "merge"}
"""All other relations of the table (fine-tuned, chat models, continuously pretrained, adapted) are fine-tunes."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table below the comment in its first line."""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = (line for line in stream if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def main(folder: Path, out: Path) -> None:
    """Write the table."""
    models: dict[str, dict[str, Any]] = {}

    def add(name: str, license_: str | None, base: str | None = None, relation: str | None = None) -> None:
        if name and "/" in name:
            found = models.setdefault(name.lower(), {"id": name, "license": license_ or None, "base_model": [],
                                                     "base_model_relation": None})  # fmt: skip
            if base and base not in found["base_model"]:
                found["base_model"] = [*found["base_model"], base]
                found["base_model_relation"] = relation

    conflicts = list(rows(folder / "reported-conflicts.tsv"))
    for row in conflicts:
        relation = RELATIONS.get(row["relation"], "finetune")
        add(row["derivative"], row["declared"], row["base"], relation)
    for row in rows(folder / "mteb.tsv"):
        base = row["adapted_from"] if "/" in row["adapted_from"] else None
        add(row["hf_id"], row["licence"].replace("not specified", ""), base, "finetune")
    for name in ("timm.tsv", "fastembed.tsv"):
        for row in rows(folder / name):
            add(row["hf_id"], row["licence"])
    for row in rows(folder / "hub-2023.tsv"):
        add(row["hf_id"], row["declared_licence"])
    for row in conflicts:
        add(row["base"], row["base_license"])
    out.write_text("".join(json.dumps(model) + "\n" for model in models.values()), encoding="utf-8")
    derived = sum(bool(model["base_model"]) for model in models.values())
    print(f"{out}: {len(models)} models, {derived} with a base")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
