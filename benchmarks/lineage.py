"""Lineages of 100,000 generated models: what every one inherits, and one model with 100,000 ancestors assessed.

`python benchmarks/lineage.py` prints CPU and wall seconds for four shapes; the target is 2 s for each. `--smoke` takes
2,000 models and fails where the work for each model is more than three times that of a quarter of them: that holds on
any machine.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from functools import partial

from compliance import audit, catalog
from compliance.lineage import Lineage
from compliance.model import Model, Parent

LICENSES = ("mit", "apache-2.0", "llama-3.1-community", "gemma-terms-2024-04-01", "qwen-research", "cc-by-nc-4.0")
KINDS = ("finetune", "finetune", "finetune", "adapter", "quantized", "quantized", "merge", "distillation")
Models = dict[str, Model]


def _model(number: int, parents: list[tuple[int, str]], chance: random.Random) -> Model:
    edges = tuple(Parent(id=f"m{parent}", relation=kind) for parent, kind in parents)
    return Model(id=f"m{number}", license=chance.choice(LICENSES), parents=edges)


def hub(count: int, chance: random.Random) -> Models:
    """As on the Hub: most have one parent, among them a few that everybody uses; some are merges."""
    made: Models = {}
    for number in range(count):
        wide = chance.choice((2, 3, 8)) if chance.random() < 0.05 else 1  # noqa: PLR2004
        taken = [int(number * chance.random() ** 3) for _ in range(wide if number else 0)]
        kind = "merge" if wide > 1 else chance.choice(KINDS)
        made[f"m{number}"] = _model(number, [(parent, kind) for parent in taken if parent < number], chance)
    return made


def chain(count: int, chance: random.Random) -> Models:
    """Every model is made from the one before it."""
    return {f"m{n}": _model(n, [(n - 1, chance.choice(KINDS))] if n else [], chance) for n in range(count)}


def diamonds(count: int, chance: random.Random) -> Models:
    """Pairs of models, each merged from both of the pair before: twice as many paths with every pair."""
    return {f"m{n}": _model(n, [(n // 2 * 2 - 2 + side, "merge") for side in (0, 1) if n > 1], chance)
            for n in range(count)}  # fmt: skip


def rings(count: int, chance: random.Random) -> Models:
    """One ring."""
    return {f"m{n}": _model(n, [((n - 1) % count, chance.choice(KINDS))], chance) for n in range(count)}


SHAPES: tuple[Callable[[int, random.Random], Models], ...] = (hub, chain, diamonds, rings)


def resolve(models: Models) -> int:
    """What every model inherits, and how deep it lies."""
    known = Lineage(models.get)
    last = f"m{len(models) - 1}"
    return sum(len(known.reached(models[name])) for name in (last, *models))


def assess(models: Models, data: catalog.Catalog) -> str:
    """The verdict on the last model, with all that it inherits."""
    auditor = audit.Auditor(data, as_of="2026-11-23", online=models, explain=False)
    return auditor.assess(f"m{len(models) - 1}", use={"commercial": True}).verdict


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> int:
    """Print the times; in a smoke run fail where they grow faster than the lineage."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--models", type=int, default=100_000)
    reader.add_argument("--seed", type=int, default=6)
    reader.add_argument("--smoke", action="store_true")
    given = reader.parse_args()
    data = catalog.load(None)
    bad = 0
    for shape in SHAPES:
        count = 2_000 if given.smoke else given.models
        models = shape(count, random.Random(given.seed))  # noqa: S311 - a seed, no secret
        cpu, wall = timed(partial(resolve, models))
        one, _ = timed(partial(assess, models, data))
        print(
            f"{shape.__name__:9} {count:7} models: all resolved {cpu:.2f} s CPU, {wall:.2f} s; last assessed {one:.2f} s"
        )
        if given.smoke:
            few = shape(count // 4, random.Random(given.seed))  # noqa: S311
            small = min(timed(partial(resolve, few))[0] for _ in range(3))
            bad += cpu / 4 > 3 * small + 0.02
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
