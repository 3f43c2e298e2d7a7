"""Days as ISO texts (YYYY-MM-DD), which compare as they stand: read and counted."""

import datetime


def iso(text: str) -> str:
    """A day that somebody wrote, in any form of ISO 8601. Raises ValueError."""
    return datetime.date.fromisoformat(text).isoformat()


def days(first: str, last: str) -> int:
    """The days from one day to another."""
    return (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
