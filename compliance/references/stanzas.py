"""Lists of stanzas, as Debian's copyright files are -> the texts in them, without the fields around."""

import re

_STANZAS = re.compile(r"\A\s*format:\s*\S*(?:copyright-format|dep5|dep-5)", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]*):[ \t]*(.*)")
_COPYRIGHT = re.compile(r"\(c\)|\u00a9|copyright", re.IGNORECASE)
_TELLS = frozenset(
    "format files files-excluded upstream-name upstream-contact upstream-source source license maintainer".split()
)
"""Fields that say nothing of terms in their first lines."""


def is_list(text: str) -> bool:
    """Whether a text is a list of stanzas, each of which names its licence, as Debian writes them."""
    return _STANZAS.match(text) is not None


def bodies(text: str) -> str:
    """The list, line for line, with its fields blanked but for owners and for what is written below a licence's name.

    Fields that are none of the format stay as they are, for they may say anything.
    """
    rows, field = [], ""
    for row in text.split("\n"):
        if (match := _FIELD.match(row)) is not None:
            field = match[1].lower()
            rows.append("" if field in _TELLS else _owners(match[2]) if field == "copyright" else row)
        elif field == "copyright":
            rows.append(_owners(row))
        elif field in _TELLS - {"license"}:
            rows.append("")
        else:
            rows.append("" if row.strip() == "." else row.removeprefix(" "))
    return "\n".join(rows)


def _owners(said: str) -> str:
    """A row of owners as files say it themselves."""
    said = said.strip()
    return said if not said or _COPYRIGHT.match(said) else f"Copyright (c) {said}"
