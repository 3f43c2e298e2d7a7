"""Line-level recall and precision of the scanner against hand-made truth.

usage: python benchmarks/scan_truth.py TRUTH_FOLDER CHECKOUTS_FOLDER [--misses]

TRUTH_FOLDER holds truth_OWNER__REPO.tsv and negatives_OWNER__REPO.tsv; CHECKOUTS_FOLDER a folder OWNER__REPO for each,
at the commit that was labelled. A reference counts as found where path, line and text are those of a row. Precision is
over the references that gate.
"""

import csv
import sys
import time
from collections import Counter
from pathlib import Path

from compliance.scan import scan

Key = tuple[str, int, str]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table; none where there is no table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def key(row: dict[str, str]) -> Key:
    """Where a row stands and what it names."""
    return row["path"], int(row["line"]), row["reference"]


class Count:
    """Rows that a gate must see, by kind: found, missed, and what was reported beside them."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.extra: Counter[str] = Counter()
        self.same_kind = self.same_resolved = self.info = self.info_found = self.hard = 0

    def line(self, name: str, kinds: set[str] | None = None) -> str:
        """One line of the report."""
        found, missed, extra = (
            sum(count for kind, count in counter.items() if kinds is None or kind in kinds)
            for counter in (self.found, self.missed, self.extra)
        )
        recall = found / (found + missed) if found + missed else 1.0
        precision = found / (found + extra) if found + extra else 1.0
        return f"{name[:44]:44} {found + missed:5} {recall:7.1%} {precision:7.1%}"


def measure(name: str, truth: Path, checkout: Path, count: Count, *, misses: bool) -> None:  # noqa: C901, PLR0912
    """Hold one repository against its tables."""
    own = Count()
    references, _ = scan(checkout)
    said = {(item.location.path, item.location.line, item.text): item for item in references}
    labelled = {key(row): row for row in rows(truth / f"truth_{name}.tsv")}
    for place, row in labelled.items():
        item = said.get(place)
        seen = item is not None and item.gate
        if row["gate"] != "must":
            for both in (own, count):
                both.info += 1
                both.info_found += item is not None
            if misses and item is None:
                print(f"  info   {place}")
            continue
        for both in (own, count):
            (both.found if seen else both.missed)[row["kind"]] += 1
            if seen and item is not None:
                both.same_kind += item.kind == row["kind"]
                both.same_resolved += item.resolved == row["resolved"]
        if misses and not seen:
            print(f"  MISSED {place} {row['kind']} {row['note']}")
        elif misses and item is not None and (item.kind, item.resolved) != (row["kind"], row["resolved"]):
            print(f"  other  {place}: {item.kind} {item.resolved} for {row['kind']} {row['resolved']}")
    for place, item in said.items():
        if item.gate and labelled.get(place, {}).get("gate") != "must":
            for both in (own, count):
                both.extra[item.kind] += 1
            if misses:
                print(f"  EXTRA  {place} {item.resolved} {item.location.detector}")
    for row in rows(truth / f"negatives_{name}.tsv"):
        if key(row) in said and (said[key(row)].resolved is not None):
            own.hard += 1
            count.hard += 1
            print(f"  NEGATIVE {key(row)} {said[key(row)].resolved}")
    print(own.line(name))


def main() -> None:
    """Print the tables."""
    arguments = [item for item in sys.argv[1:] if not item.startswith("-")]
    if len(arguments) != 2:  # noqa: PLR2004
        sys.exit(__doc__)
    truth, checkouts = Path(arguments[0]), Path(arguments[1])
    count = Count()
    started = time.perf_counter()
    print(f"{'repository':44} {'rows':>5} {'recall':>7} {'prec.':>7}")
    for path in sorted(truth.glob("truth_*.tsv")):
        name = path.stem.removeprefix("truth_")
        if (checkouts / name).is_dir():
            measure(name, truth, checkouts / name, count, misses="--misses" in sys.argv)
    print(count.line("all"), f" in {time.perf_counter() - started:.2f} s")
    for kind in sorted({*count.found, *count.missed, *count.extra}):
        print(count.line(f"  {kind}", {kind}))
    total = sum(count.found.values()) or 1
    print(
        f"same kind {count.same_kind / total:.1%}, same resolution {count.same_resolved / total:.1%}, "
        f"other rows listed {count.info_found}/{count.info}, hard negatives reported {count.hard}"
    )


if __name__ == "__main__":
    main()
