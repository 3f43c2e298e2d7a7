"""The front matter of a card or a page: the YAML between two lines of dashes above its text."""

import re

FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
