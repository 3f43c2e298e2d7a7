"""Regular expressions that are compiled when they are first used: most scans need a few of many."""

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern and becomes it at the first call."""

    __slots__ = ("_flags", "_made", "_text")

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags
        self._made: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = re.compile(self._text, self._flags)
        return getattr(self._made, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` makes it, later."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
