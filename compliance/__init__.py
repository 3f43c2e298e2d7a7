"""modelcheck: may we use this model, in this way, under these terms, on this date, and what do we owe for it."""

__version__ = "0.1.0"
