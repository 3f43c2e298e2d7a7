"""Licence identification beside its peers: accuracy and time over the same files, in one run.

    python benchmarks/identify.py TEXTS [--rounds 5]

TEXTS is a folder of licence texts named `<document id>.txt`. Peers are ScanCode (`pip install scancode-toolkit-mini`)
and Debian's licensecheck where they are installed; one that is absent is reported as absent. Measured are one file in a
whole process, and a folder of up to 200 files in one process; the least of the rounds is compared. Accuracy is counted
for this tool only on names, for peers on whether they say anything at all: their vocabularies of names differ.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
MOST = 200


def run(command: list[str]) -> tuple[float, str]:
    """Wall-clock seconds and standard output of one run."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return time.perf_counter() - start, done.stdout


def _ours(paths: list[str]) -> list[str]:
    return [sys.executable, "-m", "compliance", "identify", *paths, "--format", "json"]


def _scancode(paths: list[str]) -> list[str]:
    return ["scancode", "--license", "--quiet", "--json", "-", *paths]


def _licensecheck(paths: list[str]) -> list[str]:
    return ["licensecheck", "--recursive", "--check", ".*", *paths]


PEERS: dict[str, tuple[str | None, Callable[[list[str]], list[str]]]] = {
    "modelcheck identify": (None, _ours),
    "licensecheck": ("licensecheck", _licensecheck),
    "scancode": ("scancode", _scancode),
}


def accuracy(folder: Path) -> tuple[int, int]:
    """How many files are exact under their own name, of how many."""
    files = json.loads(run(_ours([str(folder)]))[1])["files"]
    right = sum(
        file["result"] == "exact"
        and Path(file["path"]).stem in {name for part in file["documents"] for name in (part["id"], *part["also"])}
        for file in files
    )
    return right, len(files)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    texts = sorted(options.texts.rglob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        for text in texts[:MOST]:
            shutil.copy(text, folder)
        one = str(max(Path(folder).iterdir(), key=lambda path: path.stat().st_size))
        base: dict[str, float] = {}
        for name, (binary, command) in PEERS.items():
            if binary is not None and shutil.which(binary) is None:
                print(f"{name:<22} absent")
                continue
            rounds = options.rounds if binary is None else min(options.rounds, 2)
            run(command([one]))
            single = min(run(command([one]))[0] for _ in range(rounds))
            many = min(run(command([folder]))[0] for _ in range(rounds))
            base.setdefault("single", single)
            base.setdefault("many", many)
            ratios = single / base["single"], many / base["many"]
            print(f"{name:<22} one file {single * 1000:8.0f} ms ({ratios[0]:6.1f} x)", end="   ")
            print(f"{min(len(texts), MOST)} files {many:7.2f} s ({ratios[1]:6.1f} x)")
    right, all_of_them = accuracy(options.texts)
    print(f"exact and by name: {right} of {all_of_them} (names that share words with another document count as that)")


if __name__ == "__main__":
    main()
