"""Programs and settings that a configuration, a script or a statement holds whole: read as the files they would be."""

import importlib
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator

from compliance.scan import signs
from compliance.scan.files import IN_USE, File
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily
from compliance.scan.pythoncode.parsing import NotParsedError, parse

_FINDERS = {
    "py": "python",
    **dict.fromkeys("js mjs cjs jsx ts mts tsx java kt groovy scala go rs rb php cs swift lua r".split(), "sources"),
    **dict.fromkeys("sh bash zsh ps1 modelfile dockerfile".split(), "shell"),
    **dict.fromkeys("json toml ini conf cfg properties".split(), "config"),
    "env": "environment",
    **dict.fromkeys(("yaml", "yml"), "config"),
}
"""Ends of names of files, and whole names, by what reads such a file."""
_WHOLE = frozenset({"yaml", "yml"})
"""What a configuration reads as a part of itself."""
_CODE = frozenset(
    "code zip_file inline_code inline js_code python_code function_code func script source program handler function "
    "run source_code custom_code".split()
)
"""Keys that hold a program whose language only its words tell."""
_SHELL = frozenset({"run", "script"})
"""Of these, those that hold a script for a shell more often."""
_FILES = ("path", "filename", "file_name", "file", "destination", "dest", "mount_path", "name")
"""Keys beside a `content` that say which file it becomes."""
_PYTHON = lazily(
    r"^[ \t]*(?:from[ \t]+[\w.]+[ \t]+import[ \t(]|import[ \t]+\w[\w.]*(?:[ \t]+as[ \t]+\w+)?[ \t]*(?:[,#;]|$))",
    re.MULTILINE,
)
_SCRIPT = lazily(
    r"\brequire\([ \t]*['\"]|=>[ \t]*[{(\[]|^[ \t]*(?:export[ \t]+)?(?:const|let|var)[ \t]+[\w{\[]"
    r"|^[ \t]*import[ \t][^\n]{0,200}[ \t]from[ \t]+['\"]",
    re.MULTILINE,
)
_HERE = lazily(r"<<-?[ \t]*[\"']?(?P<mark>[A-Za-z_]\w{0,40})")
_INTO = lazily(
    r"(?:>|\btee\b(?:[ \t]+-a)?|^[ \t]*COPY[ \t]+<<-?[\"']?\w{1,40}[\"']?[ \t])[ \t]*[\"']?(?P<file>[\w./${}~-]+)"
)
_BY_PYTHON = lazily(r"(?<![\w.-])python[\d.]*+(?=[ \t<])")
_MOST = 200_000
"""Letters of a text that is read so."""

Place = Callable[[int, int, str], tuple[int, int]]
"""Maps a line and a column of the text, both from 1, and what is named there into the file."""


def becomes(key: str, plain: str, beside: dict[str, str], text: str) -> str | None:
    """The end of the name of the file that a text is: by its own name, or, under a key for programs, by its words."""
    if "\n" not in text or len(text) > _MOST:
        return None
    named = next((beside[one] for one in _FILES if one in beside), "") if plain in {"content", "contents"} else key
    ending = named.rpartition(".")[2].rpartition("/")[2].lower()
    if ending in _FINDERS and ("." in named or "file" in ending):
        return None if ending in _WHOLE else ending
    if plain not in _CODE or not signs.in_code(signs.Plain(text.encode("utf-8", "replace"))):
        return None
    if _PYTHON.search(text) and _parses(text):
        return "py"
    return "js" if plain not in _SHELL and _SCRIPT.search(text) else None


def _parses(text: str) -> bool:
    try:
        parse(text)
    except NotParsedError:
        return False
    return True


def read(file: File, ending: str, text: str, place: Place, role: str = "") -> None:
    """Report what such a text names where it stands in the file, in a `role` where its holder has one."""
    inner = File(ending if "file" in ending else f"held.{ending}", text.encode("utf-8", "replace"))
    importlib.import_module(f"compliance.scan.{_FINDERS[ending]}").find(inner)
    if inner.found and ending == "modelfile":
        file.is_about_ollama = True
    if ending == "json" or "{{" in text or "{%" in text:
        inner.problems = []  # a piece of JSON, or a template of it, is no file that is broken
    take(file, inner, place, role)


def take(file: File, inner: File, place: Place, role: str = "") -> None:
    """Report what was found in a file that another holds, what it leaves open and what could not be read of it."""
    for item in (*inner.found, *inner.unsure):
        at, is_run = item.location, item.location.role in IN_USE
        is_hint = is_run and item.resolved is not None and not item.gate and item.kind != "ollama"
        named = Name(item.kind, item.resolved) if item.kind != "unresolved" else None
        where, own = place(at.line, at.column, item.text), role if role and is_run else at.role
        file.report(item.text, named, where, role=own, detector=at.detector, how=item.how, evidence=is_hint)
    for wanted in inner.wanted:
        line, column = place(wanted.line, wanted.column, wanted.text)
        file.wanted.append(wanted._replace(path=file.path, line=line, column=column))
    for words in inner.told:
        file.tells(words)
    for problem in inner.problems:
        file.problem(f"of a file that it holds: {problem}")


def piped(file: File, lines: Iterable[str], first: int) -> None:
    """Report what the files name that lines of a shell, of which the `first` is said, write or give to Python."""
    for ending, start, body in _piped(lines):
        text = textwrap.dedent(body)  # a script in YAML stands further in than it is run

        def place(
            line: int, column: int, _text: str, at: int = first + start - 2, inner: int = _indent(body, text)
        ) -> tuple[int, int]:
            return at + line, column + inner

        read(file, ending, text, place)


def _indent(body: str, text: str) -> int:
    """How many letters of each line of a text were taken off."""
    pairs = zip(body.split("\n"), text.split("\n"), strict=True)
    return next((len(before) - len(after) for before, after in pairs if after.strip()), 0)


def _piped(lines: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """The end of the name of each file that stands between two marks, on which line it begins, from 1, and its text."""
    mark, ending, start, body = "", "", 0, list[str]()
    for number, line in enumerate(lines, start=1):
        if mark and line.strip() == mark:
            if ending:
                yield ending, start, "\n".join(body)
            mark = ""
        elif mark:
            body.append(line)
        elif "<<" in line and not line.lstrip().startswith("#") and (here := _HERE.search(line)) is not None:
            mark, ending, start, body = here["mark"], _ending(line), number + 1, []


def _ending(line: str) -> str:
    into = _INTO.search(line)
    if into is None:
        return "py" if _BY_PYTHON.search(line) else ""
    found = into["file"].rpartition("/")[2].rpartition(".")[2].lower()
    return found if found in _FINDERS else ""
