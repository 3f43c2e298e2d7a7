"""Counts of a run, for the terminal and the page."""

from collections import Counter

from compliance.bulk.verdicts import Result

DROPPED = frozenset({"permissive-over-restricted", "non-commercial-dropped", "share-alike-broken"})
OPEN = frozenset({"permissive", "public-domain", "unknown"})


class Summary:
    """How many models have which verdict, by family and by depth, and where terms are dropped."""

    def __init__(self) -> None:
        self.models = 0
        self.verdicts: Counter[str] = Counter()
        self.families: Counter[tuple[str, str]] = Counter()
        self.depths: Counter[tuple[int | None, str]] = Counter()
        self.drift: Counter[str] = Counter()
        self.bound: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.silent: Counter[str] = Counter()
        self.bound_at: Counter[int | None] = Counter()
        self.dropped_at: Counter[int | None] = Counter()

    def add(self, models: int, result: Result, family: str, above: list[str], depth: int | None) -> None:
        """Count a group at one depth; `above` are the families of the inherited licences that bind it."""
        self.models += models
        self.verdicts[result.verdict] += models
        self.families[family, result.verdict] += models
        self.depths[depth, result.verdict] += models
        for kind in result.drift:
            self.drift[kind] += models
        narrow = [name for name in above if name not in OPEN]
        drops = not DROPPED.isdisjoint(result.drift)
        for name in narrow:
            self.bound[name] += models
            self.dropped[name] += models if drops else 0
            self.silent[name] += models if "license-missing" in result.drift else 0
        if narrow:
            self.bound_at[depth] += models
            self.dropped_at[depth] += models if drops else 0
