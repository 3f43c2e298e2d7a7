"""R Markdown and Quarto: the chunks that are run are code of their languages, the rest is documentation."""

import importlib

from compliance.scan import markdown, nested, python
from compliance.scan.files import File
from compliance.scan.patterns import pattern as lazily

_FENCE = lazily(r"[ \t]*+(?P<mark>```++|~~~++)[ \t]*+(?:\{(?P<language>\w++)(?P<options>[^}\n]*+)\}[ \t]*+)?$")
_NOT_RUN = lazily(r"\beval\s*=\s*(?:F|FALSE|false)\b")
_FINDERS = {"r": ("sources", "chunk.R"), **dict.fromkeys(("bash", "sh", "zsh"), ("shell", "chunk.sh"))}


def find(file: File) -> None:
    """Report what the chunks of a document load, each at its line, and what its words name."""
    lines = file.text.splitlines()
    chunks = _chunks(lines)
    if any(chunks.get("python", ())):
        python.search(file, "\n".join(chunks["python"]), lambda line, column: (line, column))
    for language, (finder, name) in _FINDERS.items():
        if any(chunks.get(language, ())):
            inner = File(name, "\n".join(chunks[language]).encode("utf-8", "replace"))
            importlib.import_module(f"compliance.scan.{finder}").find(inner)
            nested.take(file, inner, lambda line, column, _text: (line, column))
    markdown.find(file)


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
