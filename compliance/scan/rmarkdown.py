"""R Markdown, Quarto and Org: the chunks that are run are code of their languages, the rest is documentation."""

import importlib
import re

from compliance.scan import markdown, nested, python
from compliance.scan.files import File
from compliance.scan.patterns import pattern as lazily

_FENCE = lazily(r"[ \t]*+(?P<mark>```++|~~~++)[ \t]*+(?:\{(?P<language>\w++)(?P<options>[^}\n]*+)\}[ \t]*+)?$")
_BLOCK = lazily(r"[ \t]*+#\+begin_src[ \t]++(?P<language>\w++)(?P<options>[^\n]*+)$", re.IGNORECASE)
_BLOCK_END = lazily(r"[ \t]*+#\+end_src\b", re.IGNORECASE)
_TANGLED = lazily(r":tangle[ \t]++(?!no\b)\S", re.IGNORECASE)
"""What makes a block of Org a part of a program."""
_NOT_RUN = lazily(r"\beval\s*=\s*(?:F|FALSE|false)\b")
_FINDERS = {"r": ("sources", "chunk.R"), **dict.fromkeys(("bash", "sh", "zsh"), ("shell", "chunk.sh"))}


def find(file: File) -> None:
    """Report what the chunks of a document load, each at its line, and what its words name."""
    lines = file.text.splitlines()
    chunks = _tangled(lines) if file.path.lower().endswith(".org") else _chunks(lines)
    if any(chunks.get("python", ())):
        python.search(file, "\n".join(chunks["python"]), lambda line, column: (line, column))
    for language, (finder, name) in _FINDERS.items():
        if any(chunks.get(language, ())):
            inner = File(name, "\n".join(chunks[language]).encode("utf-8", "replace"))
            importlib.import_module(f"compliance.scan.{finder}").find(inner)
            nested.take(file, inner, lambda line, column, _text: (line, column))
    markdown.find(file)


def _tangled(lines: list[str]) -> dict[str, list[str]]:
    """The same of Org, of which only those are run that are written into a program."""
    found: dict[str, list[str]] = {}
    language, is_all = "", any(line.lower().startswith("#+property:") and _TANGLED.search(line) for line in lines)
    for number, line in enumerate(lines):
        begins = _BLOCK.match(line)
        if begins is not None:
            is_run = is_all or _TANGLED.search(begins["options"]) is not None
            language = begins["language"].lower() if is_run else ""
        elif _BLOCK_END.match(line):
            language = ""
        elif language:
            found.setdefault(language, [""] * len(lines))[number] = line
    return found


def _chunks(lines: list[str]) -> dict[str, list[str]]:
    """For each language the lines of its chunks, each where it stands among empty ones."""
    found: dict[str, list[str]] = {}
    mark, language = "", ""
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None:
            if language:
                found.setdefault(language, [""] * len(lines))[number] = line
        elif mark:
            if fence["mark"].startswith(mark) and fence["language"] is None:
                mark = language = ""
        else:
            mark = fence["mark"]
            is_run = fence["language"] is not None and _NOT_RUN.search(fence["options"]) is None
            language = fence["language"].lower() if is_run else ""
    return found
