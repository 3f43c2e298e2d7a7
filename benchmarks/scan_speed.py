"""Throughput of a whole cold audit's scan against ripgrep with one comparable pattern on the same checkout.

usage: python benchmarks/scan_speed.py [--smoke]

Generates (seeded) 2,000 Python files of which under 5 % carry a sign of a model, 2,000 of which half do, and a project of
200 files; runs `modelcheck scan` on each as a process of its own, cold and again with the cache, and ripgrep, in turns.
Prints the median of each and the ratios; ripgrep that is absent is said to be absent. `start-up` is a process that only
prints the version: a scan cannot be shorter, cold or cached, and `work` is how many times faster the cached run is
where that is taken off both. A file counts as unchanged by size, inode, mtime and ctime to the nanosecond and only if
these are two seconds older than the run that looked at it; else its content is hashed (compliance/scan/memory.py).
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PATTERN = r"""from_pretrained|pipeline\(|gpt-|claude-|gemini-|llama|mistral|huggingface|["'][\w.-]+/[\w.-]+["']"""
WORDS = "order invoice stock ledger parcel route driver depot price margin basket voucher customer ticket shelf".split()
SIGNS = (
    'model = AutoModel.from_pretrained("acme/base-{n}")\n',
    'MODEL = "gpt-4o"\nclient.chat.completions.create(model=MODEL)\n',
    'pipe = pipeline("summarization", model="facebook/bart-large-cnn")\n',
    'llm = ChatOpenAI(model_name="gpt-4o-mini")\n',
)


def write(root: Path, files: int, share: float, seed: int) -> None:
    """Python files of 60 to 300 lines, of which a share carries a sign."""
    chance = random.Random(seed)  # noqa: S311 - the same trees in every run
    for number in range(files):
        folder = root / f"pkg{number % 40}"
        folder.mkdir(parents=True, exist_ok=True)
        lines = ["import json\nimport os\n\n"]
        for _ in range(chance.randint(15, 75)):
            one, other, third = chance.sample(WORDS, 3)
            lines.append(f'def {one}_{other}({third}, limit=10):\n    """Sum of {other}."""\n    '
                         f'found = [{third}[key] for key in sorted({third}) if key != "{one}"]\n    return sum(found[:limit])\n\n')  # fmt: skip
        if chance.random() < share:
            lines.insert(1, "from transformers import AutoModel\n" + chance.choice(SIGNS).format(n=number))
        (folder / f"m{number}.py").write_text("".join(lines))


def took(command: list[str], cwd: Path, cache: Path, most: int = 0) -> float:
    """Seconds that a process takes, its start included; a code above `most` ends the benchmark."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: not every module compiled again in each run
    start = time.perf_counter()
    with (cache.parent / "out").open("wb") as out:  # greps stop at the first match where the output goes nowhere
        code = subprocess.run(
            command, cwd=cwd, env=environment, stdout=out, stderr=subprocess.STDOUT, check=False
        ).returncode
    if code > most:
        raise SystemExit(f"{command[0]} failed: {(cache.parent / 'out').read_text()}")
    return time.perf_counter() - start


class Medians(NamedTuple):
    """Seconds of a cold scan, of one with its cache, of a process that does nothing, and of ripgrep."""

    cold: float
    warm: float
    start: float
    rg: float | None

    def line(self, title: str) -> str:
        """One line of the table."""
        peer = f"{self.rg:>9.2f}s{self.cold / self.rg:>8.1f}x" if self.rg else f"{'absent':>10}{'':>9}"
        least = max(self.warm - self.start, 0.001)
        ratios = f"{self.cold / self.warm:>12.1f}x{(self.cold - self.start) / least:>8.1f}x"
        return f"{title:<34}{self.cold:>8.2f}s{self.warm:>8.2f}s{self.start:>9.2f}s{peer}{ratios}"


def measure(root: Path, cache: Path, runs: int) -> Medians:
    """The medians of several runs, in turns."""
    scan = [sys.executable, "-m", "compliance", "scan", "."]
    grep = shutil.which("rg")
    cold, warm, start, rg = [], [], [], []
    for _ in range(runs):
        shutil.rmtree(cache, ignore_errors=True)
        took([sys.executable, "-m", "compliance", "--version"], root, cache)
        start.append(took([sys.executable, "-m", "compliance", "--version"], root, cache))
        cold.append(took(scan, root, cache))
        took(scan, root, cache)  # what was written less than two seconds before is hashed once more
        warm.append(took(scan, root, cache))
        if grep:
            rg.append(took([grep, "-n", "-e", PATTERN, "."], root, cache, most=1))  # 1: nothing found
    of = statistics.median
    return Medians(cold=of(cold), warm=of(warm), start=of(start), rg=of(rg) if rg else None)


def main() -> None:
    """Print one line for each tree."""
    smoke = "--smoke" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        names = f"{'cold':>9}{'cached':>9}{'start-up':>10}{'ripgrep':>10}{'cold/rg':>9}{'cold/cached':>13}{'work':>9}"
        print(f"{'tree':<34}{names}")
        for title, files, share in (
            ("2,000 files, 4 % with a sign", 2000, 0.04),
            ("2,000 files, half with a sign", 2000, 0.5),
            ("200 files, a tenth with a sign", 200, 0.1),
        ):
            root = Path(name) / str(files) / str(share)
            write(root, files // 20 if smoke else files, share, 7)
            print(measure(root, Path(name) / "cache", 1 if smoke else 5).line(title))


if __name__ == "__main__":
    main()
