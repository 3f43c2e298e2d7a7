"""Line-level recall and precision of the scanner against hand-made truth.

usage: python benchmarks/scan_truth.py [TRUTH_FOLDER] CHECKOUTS_FOLDER [--misses]

TRUTH_FOLDER (benchmarks/scan_labels unless given) holds truth_OWNER__REPO.tsv and negatives_OWNER__REPO.tsv;
CHECKOUTS_FOLDER a folder OWNER__REPO for each, at the commit that was labelled; one that is absent is named and not
counted. A reference counts as found where path, line and text (without a scheme such as hf://) are those of a row.
Precision is over the references that gate; rows that say `either` count neither way. A row without `resolved` (a
deployment whose model is not said) counts as found where the reference is listed as unresolved, which a gate counts as
undetermined; how many references are listed so is told at the end, as a flood of them would be no use.
"""

import csv
import re
import sys
import time
from collections import Counter
from pathlib import Path

from compliance.model import Reference
from compliance.scan import scan

Key = tuple[str, int, str]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table; none where there is no table."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


_SCHEME = re.compile(
    r"^(?:(?:hf|ollama)://|\./|(?:https?://)?(?:huggingface\.co|hf\.co)/(?:datasets/)?)|/(?:resolve|raw|blob)/.*"
)


def key(path: str, line: int, text: str) -> Key:
    """Where a reference stands and what it names, as written by whoever labelled it."""
    return path, line, _SCHEME.sub("", text)


class Count:
    """Rows that a gate must see, by kind: found, missed, and what was reported beside them."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.extra: Counter[str] = Counter()
        self.same_kind = self.same_resolved = self.info = self.info_found = self.hard = self.riddles = 0
        self.each: list[Count] = []

    def line(self, name: str, kinds: set[str] | None = None) -> str:
        """One line of the report."""
        found, missed, extra = (
            sum(count for kind, count in counter.items() if kinds is None or kind in kinds)
            for counter in (self.found, self.missed, self.extra)
        )
        recall, precision = _part(found, missed), _part(found, extra)
        return f"{name[:44]:44} {found + missed:5} {recall:7.1%} {precision:7.1%}"

    def means(self) -> str:
        """The mean of the repositories, each weighing the same."""
        pairs = [
            (_part(found, item.missed.total()), _part(found, item.extra.total()))
            for item in self.each
            for found in (item.found.total(),)
        ] or [(1.0, 1.0)]
        recall, precision = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
        return f"{'mean of the repositories':44} {len(self.each):5} {recall:7.1%} {precision:7.1%}"


def _part(found: int, other: int) -> float:
    return found / (found + other) if found + other else 1.0


def _row(row: dict[str, str]) -> Key:
    return key(row["path"], int(row["line"]), row["reference"])


def _gates(item: Reference) -> bool:
    return item.gate


def _is_riddle(item: Reference) -> bool:
    """Whether a reference is listed as unresolved by a gate."""
    return item.resolved is None and item.location.role in {"used", "default", "option"}


def _resolved(row: dict[str, str]) -> str:
    """What a row resolves to; a remark may follow."""
    return row["resolved"].partition(";;")[0].strip()


def measure(name: str, truth: Path, checkout: Path, count: Count, *, misses: bool) -> None:  # noqa: C901, PLR0912
    """Hold one repository against its tables."""
    own = Count()
    references, _ = scan(checkout)
    count.riddles += sum(map(_is_riddle, references))
    said = {key(item.location.path, item.location.line, item.text): item for item in sorted(references, key=_gates)}
    labelled = {_row(row): row for row in rows(truth / f"truth_{name}.tsv")}
    for place, row in labelled.items():
        item = said.get(place)
        seen = item is not None and (item.gate or (not _resolved(row) and _is_riddle(item)))
        if row["gate"] == "either":
            continue
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
                both.same_resolved += (item.resolved or "") == _resolved(row)
        if misses and not seen:
            print(f"  MISSED {place} {row['kind']} {row['note']}")
        elif misses and item is not None and (item.kind, item.resolved or "") != (row["kind"], _resolved(row)):
            print(f"  other  {place}: {item.kind} {item.resolved} for {row['kind']} {row['resolved']}")
    for place, item in said.items():
        if item.gate and labelled.get(place, {}).get("gate") not in {"must", "either"}:
            for both in (own, count):
                both.extra[item.kind] += 1
            if misses:
                print(f"  EXTRA  {place} {item.resolved} {item.location.detector}")
    for row in rows(truth / f"negatives_{name}.tsv"):
        item = said.get(_row(row))
        if item is not None and item.gate and item.resolved is not None:
            count.hard += 1
            print(f"  NEGATIVE {_row(row)} {item.resolved}")
    print(own.line(name))
    count.each.append(own)


def main() -> None:
    """Print the tables."""
    arguments = [item for item in sys.argv[1:] if not item.startswith("-")]
    if len(arguments) not in {1, 2}:
        sys.exit(__doc__)
    truth = Path(arguments[0]) if len(arguments) > 1 else Path(__file__).parent / "scan_labels"
    checkouts = Path(arguments[-1])
    count = Count()
    started = time.perf_counter()
    print(f"{'repository':44} {'rows':>5} {'recall':>7} {'prec.':>7}")
    for path in sorted(truth.glob("truth_*.tsv")):
        name = path.stem.removeprefix("truth_")
        if (checkouts / name).is_dir():
            measure(name, truth, checkouts / name, count, misses="--misses" in sys.argv)
        else:
            print(f"{name[:44]:44} not measured: no checkout in {checkouts}")
    if not count.each:
        sys.exit("no checkout is there, so nothing was measured")
    print(count.line("all"), f" in {time.perf_counter() - started:.2f} s")
    print(count.means())
    for kind in sorted({*count.found, *count.missed, *count.extra}):
        print(count.line(f"  {kind}", {kind}))
    total = sum(count.found.values()) or 1
    print(
        f"same kind {count.same_kind / total:.1%}, same resolution {count.same_resolved / total:.1%}, "
        f"other rows listed {count.info_found}/{count.info}, hard negatives reported {count.hard}, "
        f"listed as unresolved {count.riddles}"
    )


if __name__ == "__main__":
    main()
