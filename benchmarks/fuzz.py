"""Fuzzes every reader of foreign input and the whole audit.

    python benchmarks/fuzz.py --minutes 60 [--inputs 1000000] [--target NAME]... [--keep FOLDER] [--smoke]

Each target runs in a process of its own for its share of the time, which is the processor's, however busy the machine
is: under atheris, guided by coverage, where that is installed, else with inputs that hypothesis makes from the same
seeds. A crash is any exception but the package's InputError, exit code 70, a finder that failed, and a target that took
no input; each distinct one is kept as a file and told at the end. Exit code 1 where there was one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LONGEST = 60_000
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of files in memory, where there is one


class Session:
    """One target under fire: counts inputs, keeps each distinct crash, ends at its time."""

    def __init__(self, target: str, keep: Path, seconds: float, inputs: int) -> None:
        sys.path.insert(0, str(HERE))
        import fuzz_seeds  # noqa: PLC0415 - instrumented by then
        from fuzz_folders import world  # noqa: PLC0415
        from fuzz_targets import FEEDS  # noqa: PLC0415

        from compliance.model import InputError  # noqa: PLC0415

        self.feed, self.refused, self.target = FEEDS[target], InputError, target
        self.seeds, self.keep, self.inputs = fuzz_seeds.seeds()[target], keep, inputs
        self.count = 0
        self.crashes = dict[str, str]()
        self.scratch = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
        world()
        self.until = time.process_time() + seconds  # compiling the catalogue is none of its time

    def one(self, data: bytes) -> None:
        """Feed one input."""
        self.count += 1
        try:
            self.feed(data, Path(self.scratch.name))
        except self.refused:
            pass
        except Exception as problem:  # noqa: BLE001 - that is what is looked for
            self._crash(problem, data)
        if self.over or self.count % 500 == 0:
            self.tell()

    @property
    def over(self) -> bool:
        """Whether the time is up or the inputs are done."""
        return time.process_time() > self.until or self.count >= self.inputs

    def _crash(self, problem: Exception, data: bytes) -> None:
        frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if "/compliance/" in frame.filename]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        key = f"{type(problem).__name__} at {place}: {str(problem)[:160]}"
        short = key.split(":", maxsplit=1)[0] + place if frames else key[:70]
        if short not in self.crashes:
            name = f"{self.target}-{blake2b(short.encode(), digest_size=4).hexdigest()}"
            (self.keep / name).write_bytes(data)
            self.crashes[short] = f"{key} ({self.keep / name})"

    def tell(self) -> None:
        """Store the counts where the parent process finds them."""
        told = {"inputs": self.count, "crashes": list(self.crashes.values())}
        (self.keep / f"{self.target}.json").write_text(json.dumps(told))


def under_atheris(target: str, keep: Path, seconds: float, inputs: int) -> None:
    """Coverage-guided; does not return."""
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports(include=["compliance"], enable_loader_override=False):
        session = Session(target, keep, seconds, inputs)
    corpus = Path(session.scratch.name) / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(session.seeds):
        (corpus / str(number)).write_bytes(seed)

    def one(data: bytes) -> None:
        session.one(data)
        if session.over:
            session.scratch.cleanup()
            os._exit(0)

    atheris.Setup(["fuzz", str(corpus), f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=0", "-verbosity=0"], one)
    atheris.Fuzz()


def under_hypothesis(target: str, keep: Path, seconds: float, inputs: int) -> None:
    """Seeds with pieces cut out, doubled, replaced and put in."""
    import hypothesis  # noqa: PLC0415
    from hypothesis import strategies as st  # noqa: PLC0415

    session = Session(target, keep, seconds, inputs)
    signs = [b"\0", b"{", b"[", b"- ", b": ", b"\xff", b"null", b"1e999"]
    pieces = st.one_of(st.binary(max_size=8), st.sampled_from(signs))
    edits = st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 64), pieces, st.booleans()), max_size=12)

    @hypothesis.settings(max_examples=2000, database=None, deadline=None, phases=[hypothesis.Phase.generate],
                         suppress_health_check=list(hypothesis.HealthCheck))  # fmt: skip
    @hypothesis.given(st.sampled_from(session.seeds), edits)
    def one(seed: bytes, changes: list[tuple[int, int, bytes, bool]]) -> None:
        if session.over:
            return
        data = bytearray(seed)
        for at, length, piece, double in changes:
            start = at % (len(data) + 1)
            data[start : start + length] = piece + (data[start : start + length] * 2 if double else b"")
        session.one(bytes(data[:LONGEST]))

    while not session.over:
        one()
    session.tell()


def main() -> int:
    """Run the targets in turn and tell what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--inputs", type=int, default=1 << 60, help="at most so many for each target")
    parser.add_argument("--target", action="append", default=[])
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "modelcheck-fuzz")
    parser.add_argument("--smoke", action="store_true", help="a few inputs for each target, for CI")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    if asked.one:
        run = under_hypothesis if asked.smoke or not _has_atheris() else under_atheris
        run(asked.one, asked.keep, asked.seconds, asked.inputs)
        return 0
    sys.path.insert(0, str(HERE))
    from fuzz_targets import FEEDS  # noqa: PLC0415

    targets = asked.target or list(FEEDS)
    inputs = 60 if asked.smoke else asked.inputs
    share = 30.0 if asked.smoke else asked.minutes * 60 / len(targets)
    engine = "hypothesis" if asked.smoke or not _has_atheris() else "atheris"
    total = 0
    crashes = list[str]()
    with ThreadPoolExecutor(os.cpu_count() if asked.smoke else 1) as pool:
        runs = [pool.submit(_run, target, asked.keep, share, inputs, smoke=asked.smoke) for target in targets]
        for target, told in zip(targets, runs, strict=True):
            count, found = told.result()
            total, crashes = total + count, crashes + found
            print(f"{target:<12} {count:>10,} inputs  {len(found)} crashes", flush=True)
    print(f"{total:,} inputs under {engine}, {len(crashes)} distinct crashes", *crashes, sep="\n")
    return 1 if crashes else 0


def _run(target: str, keep: Path, seconds: float, inputs: int, *, smoke: bool) -> tuple[int, list[str]]:
    told = keep / f"{target}.json"
    told.unlink(missing_ok=True)
    command = [sys.executable, __file__, "--one", target, "--seconds", str(seconds), "--inputs", str(inputs)]
    command += ["--keep", str(keep), *(["--smoke"] if smoke else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    counts: dict[str, Any] = json.loads(told.read_text()) if told.exists() else {}
    inputs, crashes = counts.get("inputs", 0), counts.get("crashes", [])
    if done.returncode != 0:
        crashes.append(f"{target}: the process ended with {done.returncode}: {done.stderr[-400:]}")
    elif not inputs:
        crashes.append(f"{target}: took no input: {done.stderr[-400:]}")
    return inputs, crashes


def _has_atheris() -> bool:
    import importlib.util  # noqa: PLC0415

    return importlib.util.find_spec("atheris") is not None


if __name__ == "__main__":
    sys.exit(main())
