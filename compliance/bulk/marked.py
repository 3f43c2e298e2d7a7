"""The rows in one pass: those that state the same have one number, which stands in a file, for there may be many."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from compliance.bulk.engines import Engine
from compliance.bulk.ids import Ids
from compliance.bulk.numbering import Numbering, numbers
from compliance.bulk.written import Table


class Marked:
    """What is found of the rows while other work goes on; each part waits for it."""

    def __init__(self, engine: Engine, rows: Table, keys: tuple[str, ...], file: Path, ids: Ids) -> None:
        """`rows` has n, id, mark (of an id), odd (whether that may be none), made (whether its name tells of a base).

        It has `keys` as well, what rows state: line, tag and others. Ids go to `ids`, numbers to `file`.
        """
        self._file, self.keys, self._ids = file, keys, ids
        self.odd = False
        """Whether an id may be none."""
        self.count = 0
        self.firsts: dict[str, Any] = {}
        """The keys of each number."""
        self.made = np.empty(0, np.int64)
        """Rows whose names may tell of a base."""
        slices = engine.slices(rows)
        pass_ = ThreadPoolExecutor(1)
        self._done = pass_.submit(self._pass, slices)
        self._twice = pass_.submit(ids.is_twice)
        pass_.shutdown(wait=False)  # as `with` would not do: that waits

    def wait(self) -> "Marked":
        """When the pass is over. Raises what it raised."""
        self._done.result()
        return self

    def _pass(self, slices: Any) -> None:
        """Number the rows, slice by slice."""
        found = Numbering(len(self.keys))
        firsts: list[list[Any]] = [[np.empty(0, np.int64) for _ in self.keys]]
        made = [self.made]
        with self._file.open("wb") as file:
            for part in self._ids.write(slices):
                columns = [numbers(part[name]) for name in self.keys]
                placed, new = found.of(columns)
                file.write(placed.astype(np.int32).tobytes())
                firsts.append([column[new] for column in columns])
                self.odd = self.odd or bool(numbers(part["odd"]).any())
                made.append(np.flatnonzero(numbers(part["made"])) + self.count)
                self.count += len(part)
        self.firsts = {name: np.concatenate(parts) for name, *parts in zip(self.keys, *firsts, strict=True)}
        self.made = np.concatenate(made)

    def is_twice(self) -> bool:
        """Whether an id may come twice."""
        return self._twice.result()
