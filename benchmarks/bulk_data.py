"""Generates a table of models with a realistic mix of licences and depth of lineage, from a seed.

    python benchmarks/bulk_data.py OUT.parquet [--models 2000000] [--edges 900000] [--seed 7]

Shares of licence tags are those of 1,050,569 models of the Hugging Face Hub counted in October 2024 (of which 65 %
declare none); that count and the shares of relations, generations and inherited tags are numbers in this file.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

TAGS = {
    "apache-2.0": 152317, "mit": 61974, "other": 33532, "openrail": 32712, "creativeml-openrail-m": 23653,
    "cc-by-nc-4.0": 9730, "llama2": 6971, "llama3": 4970, "cc-by-4.0": 4954, "openrail++": 4120, "gemma": 2973,
    "cc-by-nc-sa-4.0": 2738, "afl-3.0": 2675, "llama3.1": 2323, "cc-by-sa-4.0": 1974, "gpl-3.0": 1968, "cc": 1346,
    "artistic-2.0": 1030, "bsd-3-clause": 900, "bigscience-openrail-m": 861, "bigscience-bloom-rail-1.0": 787,
    "cc-by-nc-nd-4.0": 753, "bigcode-openrail-m": 686, "wtfpl": 662, "llama3.2": 630, "agpl-3.0": 595, "cc0-1.0": 508,
    "unlicense": 443, "cc-by-sa-3.0": 356, "gpl": 295, "bsd": 241, "cc-by-nc-2.0": 181, "cc-by-2.0": 153,
    "cc-by-3.0": 143, "gpl-2.0": 134, "bsl-1.0": 134, "lgpl-3.0": 119, "cdla-permissive-2.0": 110, "bsd-2-clause": 101,
    "c-uda": 101, "osl-3.0": 98, "cc-by-nd-4.0": 90, "cc-by-nc-3.0": 83, "ms-pl": 67, "pddl": 62, "ecl-2.0": 59,
    "gfdl": 52, "bsd-3-clause-clear": 51, "cc-by-nc-nd-3.0": 48, "zlib": 41, "cc-by-nc-sa-3.0": 39, "mpl-2.0": 38,
    "cc-by-nc-sa-2.0": 35, "odbl": 33, "deepfloyd-if-license": 32, "lgpl": 30, "cc-by-2.5": 28, "odc-by": 27,
    "lgpl-lr": 26, "epl-2.0": 25, "isc": 22, "apple-ascl": 22, "eupl-1.1": 20, "ncsa": 16, "cdla-sharing-1.0": 16,
    "etalab-2.0": 16, "lgpl-2.1": 13, "postgresql": 12, "lppl-1.3c": 11, "ofl-1.1": 9, "epl-1.0": 9,
    "cdla-permissive-1.0": 6,
}  # fmt: skip
"""Census of models by declared tag, October 2024 (morningD/ModelGo-Analyzer, appendix); none: the other 688,580."""
NAMES = {"deepseek": 3, "qwen-research": 2, "tongyi-qianwen": 3, "gemma": 2, "llama3.3": 2, "nvidia-open-model-license": 1,
         "stabilityai-ai-community": 2, "flux-1-dev-non-commercial-license": 2, "my own terms": 2, "": 6}  # fmt: skip
"""`license_name` beside the tag `other`; a guess."""
RELATIONS = {"quantized": 0.36, "finetune": 0.34, "adapter": 0.24, "merge": 0.06}
GENERATIONS = (0.60, 0.22, 0.09, 0.045, 0.022, 0.011, 0.006, 0.004, 0.002)
"""Shares of derivatives by generation, to the ninth; a guess after the Hub's model trees."""
UNDECLARED = {"base": 0.05, "root": 0.70, "derivative": 0.20}
KEPT = 0.60
"""Derivatives that declare the tag of their first parent; the rest declare none or draw anew."""
BASES, MERGED, LOST = 5000, 0.04, 0.003


def draw(random: np.random.Generator, weights: Mapping[str, float], size: int) -> np.ndarray:
    """Keys drawn by their weights."""
    share = np.array(list(weights.values()), dtype=float)
    return random.choice(len(share), size=size, p=share / share.sum()).astype(np.int32)


def lineage(random: np.random.Generator, models: int, edges: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Generation of each model, and child and parent of each edge; the first edge of a child comes first."""
    derivatives = int(edges / (1 + MERGED * 2))
    sizes = [max(1, int(derivatives * share)) for share in GENERATIONS]
    sizes[0] += derivatives - sum(sizes)
    generation = np.repeat(np.arange(10), [models - derivatives, *sizes])
    starts = np.concatenate([[0], np.cumsum([models - derivatives, *sizes])])
    children, parents = [], []
    for number, size in enumerate(sizes, start=1):
        low, high = starts[number - 1], starts[number]
        pool = min(BASES, high - low) if number == 1 else high - low
        some = random.zipf(1.3, size) % pool + low
        children.append(np.arange(starts[number], starts[number + 1]))
        parents.append(some)
    child, parent = np.concatenate(children), np.concatenate(parents)
    more = edges - len(child)
    mixed = np.sort(random.choice(child, size=max(1, int(len(child) * MERGED)), replace=False))
    extra = np.sort(random.choice(mixed, size=more))
    low = np.minimum(random.integers(0, BASES, more), models - derivatives - 1)
    return generation, np.concatenate([child, extra]), np.concatenate([parent, low])


def table(models: int, edges: int, seed: int) -> pa.Table:
    """The table: id, license, license_name, base_model, base_model_relation."""
    random = np.random.default_rng(seed)
    generation, child, parent = lineage(random, models, edges)
    tag = draw(random, TAGS, models)
    none = np.where(generation > 0, UNDECLARED["derivative"], UNDECLARED["root"])
    none[:BASES] = UNDECLARED["base"]
    tag[random.random(models) < none] = -1
    first = np.full(models, -1)
    first[child[::-1]] = parent[::-1]
    kept = random.random(models) < KEPT
    for number in range(1, 10):
        mine = np.flatnonzero((generation == number) & kept)
        tag[mine] = tag[first[mine]]
    names = np.array(list(NAMES))[draw(random, NAMES, models)]
    words = np.array(
        ["Llama-3-8B", "Mistral-7B-v0.1", "sd-xl", "bert-base-uncased", "Qwen2.5-7B", "gemma-2-9b-it", "wav2vec2"]
    )
    word = words[random.integers(0, len(words), models)]
    owner = random.zipf(1.2, models) % 200_000
    tail = np.array(["", "-lora", "-GGUF", "-sft"])[np.minimum(generation, 3)]
    ids = [f"user{o}/{w}-{i:x}{t}" for i, (o, w, t) in enumerate(zip(owner.tolist(), word, tail, strict=True))]
    order = np.argsort(child, kind="stable")
    child, parent = child[order], parent[order]
    bases = [ids[p] for p in parent.tolist()]
    for at in np.flatnonzero(random.random(len(bases)) < LOST).tolist():
        bases[at] = f"gone/{bases[at].partition('/')[2]}"
    offsets = np.searchsorted(child, np.arange(models + 1)).astype(np.int32)
    count = np.diff(offsets)
    relation = np.array(list(RELATIONS))[draw(random, RELATIONS, models)].astype(object)
    relation[count > 1], relation[count == 0] = "merge", None
    labels = np.array([*TAGS, None], dtype=object)
    columns = {
        "id": pa.array(ids),
        "license": pa.array(labels[tag].tolist(), pa.string()),
        "license_name": pa.array(names.tolist(), pa.string(), mask=(tag != 2) | (names == "")),  # noqa: PLR2004
        "base_model": pa.ListArray.from_arrays(pa.array(offsets), pa.array(bases)),
        "base_model_relation": pa.array(relation.tolist(), pa.string()),
    }
    return pa.table(columns).take(pa.array(random.permutation(models)))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--models", type=int, default=2_000_000)
    parser.add_argument("--edges", type=int, default=900_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    made = table(asked.models, asked.edges, asked.seed)
    pq.write_table(made, asked.out, row_group_size=122_880)
    print(f"{asked.out}: {made.num_rows:,} models, {len(made['base_model'].combine_chunks().flatten()):,} edges")


if __name__ == "__main__":
    main()
