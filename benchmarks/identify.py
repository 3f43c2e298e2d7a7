"""Licence identification beside its peers: accuracy and time over the same files, in one run.

    python benchmarks/identify.py TEXTS [--rounds 5] [--licensecheck PATH] [--scancode PATH] [--files 200] [--few 20]

TEXTS is a folder of licence texts named `<document id>.txt`. Peers are ScanCode (`pip install scancode-toolkit-mini`, in an
environment of its own) and Debian's licensecheck; one that is absent is reported as absent. Measured are one file in a
whole process, and a folder of up to 200 files in one process, by the clock and by the CPU time of the process and its
children; the least of the rounds is compared, per file. ScanCode, which takes minutes, gets one round and a folder of
every so many-th file only: what it needs to start weighs more on each of these than it would on 200, so a file of one word
tells what starting takes, and what 200 files would take is reckoned from that. Right is a file for which a tool names the
licence: for this tool the document's id and `exact`, for a peer the SPDX id of the file's document, where it has one. An
edited copy of each file (one word in its middle) is given to all as well: calling it by the name without a word of doubt is what a peer cannot help.
"""

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Spent(NamedTuple):
    """Seconds by the clock, and of the CPU."""

    wall: float
    cpu: float


def run(command: list[str]) -> tuple[Spent, str]:
    """What one run took, and its standard output."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), done.stdout


def least(command: list[str], rounds: int) -> Spent:
    """The least of some rounds, after one that warms caches; where there is one round only, of that."""
    if rounds > 1:
        run(command)
    spent = [run(command)[0] for _ in range(rounds)]
    return Spent(min(item.wall for item in spent), min(item.cpu for item in spent))


def _ours(out: str) -> dict[str, str]:
    files = json.loads(out)["files"] if out else []
    return {
        Path(file["path"]).stem: " ".join(name for part in file["documents"] for name in (part["id"], *part["also"]))
        if file["result"] == "exact"
        else file["result"]
        for file in files
    }


def _scancode(out: str) -> dict[str, str]:
    files = json.loads(out[out.index("{") :])["files"] if "{" in out else []
    return {Path(file["path"]).stem: file.get("detected_license_expression_spdx") or "" for file in files}


def _licensecheck(out: str) -> dict[str, str]:
    rows = [line.rpartition("\t") for line in out.splitlines() if "\t" in line]
    return {Path(path.strip()).stem: told for path, _, told in rows}


TOOLS: dict[str, tuple[list[str], Callable[[str], dict[str, str]]]] = {
    "modelcheck": (["identify", "--format", "json"], _ours),
    "licensecheck": (["--recursive", "--check", ".*", "--shortname-scheme", "spdx", "--machine"], _licensecheck),
    "scancode": (["--license", "--quiet", "--json", "-"], _scancode),
}


def spdx_ids() -> dict[str, str]:
    """The SPDX id of each document that has one, by its id."""
    found = {}
    for path in (ROOT / "catalog" / "licenses").glob("*.yaml"):
        match = re.search(r"^spdx:\s*\"?([\w.+-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        if match:
            found[path.stem] = match[1]
    return found


def _names(told: str, wanted: str) -> bool:
    """Whether an answer is that licence and no other."""
    parts = {part.casefold() for part in re.split(r"\s+(?:AND|and/or|and|OR|or)\s+|[() ]", told) if part}
    return wanted.casefold() in parts or wanted.casefold() in {
        re.sub(r"-(?:only|or-later)$", "", part) for part in parts
    }


def edited(text: str) -> str:
    """The text with one word more in its middle."""
    place = text.index(" ", len(text) // 2)
    return f"{text[:place]} not{text[place:]}"


def judge(name: str, told: dict[str, str], changed: dict[str, str], ids: dict[str, str], stems: list[str]) -> None:
    """Print how often a tool names a licence, and how often it does so for an edited copy."""
    known = stems if name == "modelcheck" else [stem for stem in stems if stem in ids]
    wanted = {stem: stem if name == "modelcheck" else ids[stem] for stem in known}
    right = sum(_names(told.get(stem, ""), wanted[stem]) for stem in known)
    fooled = sum(_names(changed.get(stem, ""), wanted[stem]) for stem in known)
    print(f"{name:<14} right {right} of {len(known)}; an edited copy called by the name {fooled} of {len(known)}")


def measure(name: str, binary: list[str], folders: tuple[Path, Path], one: Path, rounds: int) -> tuple[Spent, Spent]:
    """What one file and a folder take."""
    options, read = TOOLS[name]
    texts, changed = folders
    files = sorted(texts.iterdir())
    command = [*binary, *options]
    single, many = least([*command, str(one)], rounds), least([*command, str(texts)], rounds)
    judge(
        name,
        read(run([*command, str(texts)])[1]),
        read(run([*command, str(changed)])[1]),
        spdx_ids(),
        [file.stem for file in files],
    )
    return single, many


def show(
    name: str, spent: tuple[Spent, Spent, int], base: tuple[Spent, Spent, int], begun: Spent | None = None
) -> None:
    """Print what a tool took, and how many times what this one took, per file."""
    (single, many, count), (least_single, least_many, all_) = spent, base
    each, least_each = (Spent(total.wall / n, total.cpu / n) for total, n in ((many, count), (least_many, all_)))
    print(
        f"{name:<14} one file {single.wall * 1000:7.0f} ms, CPU {single.cpu * 1000:7.0f} ms "
        f"({single.wall / least_single.wall:6.1f} x, CPU {single.cpu / least_single.cpu:6.1f} x)   "
        f"{count} files {many.wall:6.2f} s, CPU {many.cpu:6.2f} s "
        f"(per file {each.wall / least_each.wall:6.1f} x, CPU {each.cpu / least_each.cpu:6.1f} x)"
    )
    if begun is not None:
        further = (many.cpu - begun.cpu) / count
        whole = (begun.cpu + all_ * further) / all_
        print(
            f"{'':<14} to start takes CPU {begun.cpu * 1000:.0f} ms, each file then {further * 1000:.0f} ms: "
            f"{all_} files would be {whole / least_each.cpu:.0f} x per file"
        )


def laid_out(texts: list[Path], root: Path) -> tuple[Path, Path]:
    """A folder of copies of the texts, and one of edited copies."""
    folders = root / "texts", root / "edited"
    for place in folders:
        place.mkdir(parents=True)
    for text in texts:
        shutil.copy(text, folders[0])
        (folders[1] / text.name).write_text(
            edited(text.read_text(encoding="utf-8", errors="replace")), encoding="utf-8"
        )
    return folders


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--few", type=int, default=20, help="how many files ScanCode gets")
    for name in TOOLS:
        parser.add_argument(f"--{name}", default=shutil.which(name) or "", metavar="PATH")
    options = parser.parse_args()
    texts = sorted(options.texts.rglob("*.txt"))[: options.files]
    with tempfile.TemporaryDirectory() as folder:
        one = max(texts, key=lambda path: path.stat().st_size)
        spent = {}
        for name in TOOLS:
            path = getattr(options, name)
            binary = [path] if path else [sys.executable, "-m", "compliance"] if name == "modelcheck" else []
            if not binary or (path and shutil.which(path) is None):
                print(f"{name:<14} absent")
                continue
            slow = name == "scancode"
            some = texts[:: -(-len(texts) // options.few)] if slow else texts
            folders = laid_out(some, Path(folder) / name)
            spent[name] = (*measure(name, binary, folders, one, 1 if slow else options.rounds), len(some))
        tiny = Path(folder) / "tiny.txt"
        tiny.write_text("nothing\n", encoding="utf-8")
        for name, found in spent.items():
            begun = run([getattr(options, name), *TOOLS[name][0], str(tiny)])[0] if name == "scancode" else None
            show(name, found, spent["modelcheck"], begun)


if __name__ == "__main__":
    main()
