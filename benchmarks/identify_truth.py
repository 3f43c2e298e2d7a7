"""How often `identify` is right on real files of public repositories.

usage: python benchmarks/identify_truth.py CHECKOUTS

CHECKOUTS holds a folder OWNER__REPO for each repository of identify_labels.tsv, at the commit that stands there, and one
SOURCE:PACKAGE for each package, at its version. A file that is absent, or has other bytes, is counted apart and judged
neither way.
"""

import csv
import hashlib
import sys
from pathlib import Path

from compliance.api import identify

LABELS = Path(__file__).parent / "identify_labels.tsv"


def main() -> None:
    """Print each miss and the share that is right."""
    root = Path(sys.argv[1])
    right = wrong = absent = 0
    with LABELS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader((line for line in stream if not line.startswith("#")), delimiter="\t"))
    for row in rows:
        path = root / row["repo"].replace("/", "__") / row["path"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            absent += 1
            continue
        found = identify(path)
        near = " ".join([found.document or "", *(part.id for part in found.documents)])
        documents = row["document"].casefold().split("|")
        named = found.result == "unknown" or any(document in near.casefold() for document in documents)
        if found.result in row["kind"].split("|") and named:
            right += 1
        else:
            wrong += 1
            print(f"{row['repo']} {row['path']}: {row['kind']} {row['document']}, said {found.result} {near.strip()}")
    share = f", {right / (right + wrong):.1%}" if right + wrong else ""
    print(f"{right} of {right + wrong} right{share}; {absent} absent")


if __name__ == "__main__":
    main()
