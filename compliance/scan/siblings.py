"""What stands beside a value, in the same mapping: its label, whether it is switched off, whether it is a dataset."""

from compliance.scan import keys
from compliance.scan.entries import Entry

_ARGUMENTS = frozenset("hf_args dataset_args dataset_kwargs load_dataset load_dataset_args load_dataset_kwargs".split())
"""Keys that hold what `load_dataset` is given."""

Path = tuple[str, ...]


class Siblings:
    """The entries of a document by the mapping that holds them."""

    def __init__(self, entries: list[Entry]) -> None:
        self.off: set[Path] = set()
        self.labels: dict[Path, str] = {}
        self._beside: dict[Path, dict[str, str]] = {}
        for entry in entries:
            key = keys.plain(entry.path[-1]) if entry.path else ""
            if key in {"enabled", "enable", "active"} and entry.value.lower() in {"false", "no", "off", "0"}:
                self.off.add(entry.path[:-1])
            elif key in {"name", "key", "key_name"}:
                self.labels[entry.path[:-1]] = entry.value
            if key and len(entry.value) < 500:  # noqa: PLR2004
                self._beside.setdefault(entry.path[:-1], {}).setdefault(key, entry.value)

    def of(self, entry: Entry) -> dict[str, str]:
        """The values beside an entry, and its own, by plain key."""
        return self._beside.get(entry.path[:-1], {})

    def is_off(self, path: Path) -> bool:
        """Whether something that holds a path is switched off."""
        return any(path[:at] in self.off for at in range(1, len(path)))

    def is_dataset(self, entry: Entry) -> bool:
        """Whether a `path` is what `load_dataset` is given, by what stands over or beside it."""
        above = keys.plain(entry.path[-2]) if len(entry.path) > 1 else ""
        return above in _ARGUMENTS or ("split" in self.of(entry) and not above.isdigit())
