"""Where in a text file the reader could not go on: looked for only once it did not."""

import csv
import re
from pathlib import Path

import msgspec

_SEPARATORS = ",;\t|"
_LONGEST = 2_000_000
"""Letters of a line that are read at once; the database reads no longer ones."""
_ADVICE = "quote what holds a separator, and close each quote"


def of_csv(path: Path) -> str | None:
    """The first record of a CSV file that is not like its header, by the line on which it begins."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        head = lines.readline(_LONGEST)
        lines.seek(0)
        bounded = iter(lambda: lines.readline(_LONGEST), "")  # a line may be the whole of a file that is none
        found = csv.reader(bounded, delimiter=max(_SEPARATORS, key=head.count), strict=True)
        width, line = 0, 1
        try:
            for record in found:
                width = width or len(record)
                if record and len(record) != width:
                    return f"line {line} does not have the {width} fields of the first but {len(record)}; {_ADVICE}"
                line = found.line_num + 1
        except csv.Error as problem:
            return f"line {line} begins what cannot be read ({problem}); {_ADVICE}"
    return None


def in_json(told: str, path: Path) -> str:
    """What is told of a line of JSON, with its number; DuckDB counts one too many now and then."""
    found = re.search(r"(?<=, at byte )(\d+) in line (\d+)", told)
    if found is None:
        return told
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                if number >= int(found[2]) - 1:
                    msgspec.json.decode(line)
            except (ValueError, msgspec.DecodeError, RecursionError):  # of msgspec before 0.21 it is no ValueError
                return f"{told[: found.start()]}{found[1]} in line {number}{told[found.end() :]}"
    return told
