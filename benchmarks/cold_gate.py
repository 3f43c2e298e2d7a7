"""The cold gate: `modelcheck audit` of the example as a whole process, beside `python -c pass` and pip-licenses.

    python benchmarks/cold_gate.py [--rounds 15] [--smoke]

The wheel and pip-licenses are installed into one fresh environment, which is filled up to 200 packages with copies of
the metadata of those that are there; all run in turns with the same interpreter, and the least of each is compared.
Where the network gives no pip-licenses the benchmark says so. Nothing is asserted: the targets are at most 10 times
`pass` and 5 times faster than pip-licenses. `--smoke` runs once in this environment, without pip-licenses.
"""

import argparse
import shutil
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
    subprocess.run(command, capture_output=True, check=False, cwd=EXAMPLE)
    return time.perf_counter() - start


def environment(folder: Path) -> tuple[Path, bool]:
    """A fresh environment with the wheel and, where it can be had, pip-licenses; filled up to 200 packages."""
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(ROOT)], check=True)
    peer = subprocess.run([python, "-m", "pip", "install", "-q", "pip-licenses"], capture_output=True, check=False)
    site = next((folder / "env" / "lib").glob("python*/site-packages"))
    real = sorted(site.glob("*.dist-info"))
    for number in range(PACKAGES - len(real)):
        source = real[number % len(real)]
        copy = site / f"copy_{number}-1.0.dist-info"
        shutil.copytree(source, copy)
        text = (copy / "METADATA").read_text()
        name = next(line for line in text.splitlines() if line.startswith("Name: "))
        (copy / "METADATA").write_text(text.replace(name, f"Name: copy-{number}", 1))
    return folder / "env" / "bin", peer.returncode == 0


def measure(commands: dict[str, list[str]], rounds: int) -> None:
    """Print a table of the least times and their ratios."""
    least = dict.fromkeys(commands, float("inf"))
    for command in commands.values():
        seconds(command)  # warm file caches and bytecode; the process itself stays cold
    for _ in range(rounds):
        for name, command in commands.items():
            least[name] = min(least[name], seconds(command))
    for name, value in least.items():
        times_pass, times_audit = value / least["python -c pass"], value / least["modelcheck audit"]
        print(f"{name:<28} {value * 1000:7.1f} ms  {times_pass:5.1f} x pass  {times_audit:5.1f} x modelcheck")


def main() -> None:
    """Set up, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--smoke", action="store_true", help="one round in this environment, without pip-licenses")
    options = parser.parse_args()
    audit = ["audit", str(EXAMPLE), "--format", "json"]
    if options.smoke:
        here = [sys.executable, "-m", "compliance", *audit]
        measure({"python -c pass": [sys.executable, "-c", "pass"], "modelcheck audit": here}, 1)
        return
    with tempfile.TemporaryDirectory() as name:
        folder, peer = environment(Path(name))
        commands = {
            "python -c pass": [str(folder / "python"), "-c", "pass"],
            "modelcheck audit": [str(folder / "modelcheck"), *audit],
        }
        if peer:
            commands[f"pip-licenses, {PACKAGES} packages"] = [
                str(folder / "pip-licenses"),
                "--with-system",
                "--format=json",
            ]
        else:
            print("pip-licenses could not be installed; compared with `pass` only")
        measure(commands, options.rounds)


if __name__ == "__main__":
    main()
