"""Bulk: Parquet to verdicts, beside reading the same Parquet and a plain recursive query for the closure, in one run.

    python benchmarks/bulk.py [--models 2000000] [--edges 900000] [--rounds 3] [--table FILE.parquet] [--smoke]

Every line is a whole process, the least of the rounds, which run in turns; with it the greatest memory of the process.
`read` makes a DuckDB table of all five columns in memory, by all processors; `bulk` reads the same five, and all but
the ids twice; each starts Python and imports DuckDB. `closure` is the query that one would write first: a recursive
join on the ids, then the list of inherited licences per model, written for all models to Parquet. `bulk` is
`modelcheck bulk` with its whole output: as many rows as `closure` writes. Targets: at most 5 times `read` and 1.5 times
`closure`, under 1 GB; the last line says how many times `read` the second allows, for `closure` alone may take longer
than the first. Nothing is asserted. Ratios in brackets are those of the processors' time, which other work on the
machine disturbs less.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""Modules and queries are compiled once, as where they are installed; the first round pays for it."""
USE = "use:\n  commercial: true\n  organization_country: DE\n  distribution: [hosted-service]\n"
READ = """
import duckdb, sys
con = duckdb.connect()
con.execute(f"create table t as select * from read_parquet('{sys.argv[1]}')")
"""
CLOSURE = """
import duckdb, sys
con = duckdb.connect()
con.execute(\"\"\"copy (
with recursive models as (select id, license from read_parquet(getvariable('path'))),
  edges as (select id, unnest(base_model) as base from read_parquet(getvariable('path'))),
  up(id, ancestor) as (select id, base from edges
                       union select up.id, edges.base from up join edges on up.ancestor = edges.id),
  inherited as (select up.id, list(distinct models.license) as licenses
                from up left join models on up.ancestor = models.id group by up.id)
select models.id, models.license, inherited.licenses from models left join inherited using (id)
) to '%s'\"\"\" % sys.argv[2]) if con.execute("set variable path = '%s'" % sys.argv[1]) else None
"""


def measured(command: list[str]) -> tuple[float, float, float]:
    """Seconds of wall-clock time and of processors, and megabytes of memory, of one process."""
    import time  # noqa: PLC0415

    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=ENVIRONMENT)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[:4])} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, default=2_000_000)
    parser.add_argument("--edges", type=int, default=900_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--table", type=Path, help="a table that bulk_data.py made")
    parser.add_argument("--smoke", action="store_true", help="one round on a small table")
    asked = parser.parse_args()
    if asked.smoke:
        asked.models, asked.edges, asked.rounds = 20_000, 9_000, 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = asked.table or folder / "models.parquet"
        if asked.table is None:
            made = [sys.executable, str(ROOT / "benchmarks" / "bulk_data.py"), str(table)]
            measured([*made, "--models", str(asked.models), "--edges", str(asked.edges)])
        (folder / "use.yaml").write_text(USE)
        commands = {
            "read": [sys.executable, "-c", READ, str(table)],
            "closure": [sys.executable, "-c", CLOSURE, str(table), str(folder / "closure.parquet")],
            "bulk": [sys.executable, "-m", "compliance", "bulk", str(table), "-o", str(folder / "out.parquet"),
                     "--use", str(folder / "use.yaml")],
        }  # fmt: skip
        found: dict[str, list[tuple[float, float, float]]] = {key: [] for key in commands}
        for _ in range(asked.rounds):
            for key, command in commands.items():
                found[key].append(measured(command))
    least = {key: [min(run[at] for run in runs) for at in (0, 1)] for key, runs in found.items()}
    for key, runs in found.items():
        clock, processors = least[key]
        told = f"{clock:7.2f} s {processors:7.2f} s of processors {max(run[2] for run in runs):6.0f} MB"
        times = "  ".join(
            f"{clock / least[other][0]:5.2f} ({processors / least[other][1]:5.2f}) x {other}"
            for other in ("read", "closure")
        )
        print(f"{key:<8} {told}  {times}")
    floor = [1.5 * closure / read for closure, read in zip(least["closure"], least["read"], strict=True)]
    print(f"1.5 x closure is {floor[0]:.1f} ({floor[1]:.1f}) x read: what the second target allows")


if __name__ == "__main__":
    main()
