"""The cold gate: `modelcheck audit` of the example as a whole process, beside `python -c pass` and pip-licenses.

    python benchmarks/cold_gate.py [--rounds 15] [--smoke]

All run in one session, in turns, with the same interpreter; the least of each is compared. pip-licenses is installed
into an environment of its own, filled up to 200 packages with metadata-only ones; where it cannot be installed the
benchmark says so. Nothing here is asserted: targets are at most 10 times `pass` and 5 times faster than pip-licenses.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "support-assistant"
PACKAGES = 200


def seconds(command: list[str]) -> float:
    """The wall-clock time of one run; its exit code does not matter here."""
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    return time.perf_counter() - start


def pip_licenses(folder: Path) -> list[str] | None:
    """An environment with pip-licenses and 200 packages; None where it cannot be made."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = subprocess.run([python, "-m", "pip", "install", "-q", "pip-licenses"], capture_output=True, check=False)
    if done.returncode:
        return None
    site = next((folder / "lib").glob("python*/site-packages"))
    for number in range(PACKAGES - len(list(site.glob("*.dist-info")))):
        info = site / f"stand_in_{number}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: stand-in-{number}\nVersion: 1.0\nLicense: MIT\n\n"
        )
        (info / "RECORD").write_text("")
    return [str(folder / "bin" / "pip-licenses"), "--format", "json", "--with-system"]


def main() -> None:
    """Measure and print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--smoke", action="store_true", help="one round, without pip-licenses")
    options = parser.parse_args()
    audit = [sys.executable, "-m", "compliance", "audit", str(EXAMPLE), "--format", "json"]
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "modelcheck audit": audit}
    with tempfile.TemporaryDirectory() as folder:
        peer = None if options.smoke else pip_licenses(Path(folder))
        if peer is not None:
            commands[f"pip-licenses, {PACKAGES} packages"] = peer
        elif not options.smoke:
            print("pip-licenses could not be installed; compared with `pass` only")
        os.environ["PYTHONDONTWRITEBYTECODE"] = ""
        for command in commands.values():
            seconds(command)  # warm file caches and the compiled catalogue; the process itself stays cold
        rounds = range(1 if options.smoke else options.rounds)
        least = dict.fromkeys(commands, float("inf"))
        for _ in rounds:
            for name, command in commands.items():
                least[name] = min(least[name], seconds(command))
    for name, value in least.items():
        times_pass, times_audit = value / least["python -c pass"], value / least["modelcheck audit"]
        print(f"{name:<28} {value * 1000:7.1f} ms  {times_pass:5.1f} x pass  {times_audit:5.1f} x modelcheck")


if __name__ == "__main__":
    main()
