"""Configuration: YAML, TOML, JSON, properties and their like, through a table of keys."""

import re
from collections.abc import Iterator

from compliance.scan import prose, signs
from compliance.scan.configuration.entries import Entry, MalformedError, json5, json_entries, yaml_entries
from compliance.scan.configuration.lines import block_entries, line_entries
from compliance.scan.configuration.settings import Settings
from compliance.scan.files import JSON, MAX_LINE, OURS, TEMPLATES, File
from compliance.scan.naming import keys, known
from compliance.scan.patterns import pattern as lazily

_SKIPPED = lazily(
    r"(?:^|/)(?:package-lock|tsconfig[\w.-]*|jsconfig|tokenizer|vocab|special_tokens_map|added_tokens|merges"
    r"|npm-shrinkwrap|bower|\.eslintrc|\.prettierrc|renovate|lerna|nx|angular|manifest|components|babel\.config|biome"
    r"|turbo|vercel|tokenizer_config|preprocessor_config|CITATION)\.(?:json|jsonc|ya?ml|cff)$"
    r"|\.(?:cdx|spdx|spdx3)\.(?:json|ya?ml)$|\.(?:lock|schema)\.(?:json|ya?ml)$|(?:^|/)(?:pnpm-lock|mkdocs|codecov|dependabot"
    r"|FUNDING|\.readthedocs|\.golangci|\.markdownlint)\.ya?ml$|(?:^|/)(?:Cargo|poetry"
    r"|Pipfile|uv|pdm)\.(?:toml|lock)$"
)
_OTHER_TOOLS = known.words("other-tool")
_PACKAGES = ("package.json", "composer.json")
"""Manifests of which only what they run and their own settings are read here."""
_LISTED = lazily(r"\s*+\[\s*+\{\s*+\"")
_BARE = lazily(r"^([ \t]*(?:- +)?(?:[\w.-]+: +)?)(\{\{[^'{}\n]*\}\}[^'\n#]*)$", re.MULTILINE)
"""A value of a template without quotes, which YAML would take for a mapping."""

_BAML = lazily(r"^([ \t]*\w+)[ \t](?=[ \t]*\"|[ \t]*\w+[ \t]*$)", re.MULTILINE)
"""`model "gpt-4o"`: a key and its value with nothing between them."""
_DASHES = lazily(r"^---[ \t]*\r?$", re.MULTILINE)

MAX_JSON = 1_500_000
"""Larger JSON is data more often than configuration: it is parsed where it names a model anywhere."""


def find(file: File) -> None:
    """Report the references of a configuration file."""
    if skips(file):
        if signs.is_own_report(file.data):
            file.told.add((OURS, file.path))
        return
    lower = file.path.lower()
    while lower.rpartition(".")[2] in TEMPLATES:
        lower = lower.rpartition(".")[0]
    entries = _entries(file, lower)
    if lower.endswith("pyproject.toml"):
        entries = [entry for entry in entries if entry.path[:1] == ("tool",) and entry.path[1] not in _OTHER_TOOLS]
    if lower.endswith(_PACKAGES):
        entries = [entry for entry in entries if len(entry.path) > 1 and entry.path[0] in {"scripts", "config"}]
    reader = Settings(file, [*entries, *_held(file, entries)])
    reader.read()
    reader.commands()
    if "{{" in file.text:
        reader.templates()
    if not lower.endswith(JSON):
        _comments(file)


def _held(file: File, entries: list[Entry]) -> Iterator[Entry]:
    """The entries of YAML files that texts of a manifest hold whole, and of lists of models written as JSON."""
    for entry in entries:
        if entry.path and keys.holds(entry.path[-1]) and listed(entry.value):
            yield from within(file, entry)
        if not entry.path or not entry.path[-1].endswith((".yaml", ".yml")) or entry.line >= entry.end:
            continue
        first = file.line(entry.line)
        indent = len(first) - len(first.lstrip(" "))
        try:
            inner = yaml_entries(entry.value)
        except MalformedError:
            continue
        for one in inner:
            line, end = entry.line + one.line - 1, entry.line + one.end - 1
            yield one._replace(path=(*entry.path, *one.path), line=line, end=end, column=one.column + indent)


def listed(text: str) -> bool:
    """Whether a text is a list of mappings, written as JSON."""
    return _LISTED.match(text) is not None


def within(file: File, holder: Entry) -> Iterator[Entry]:
    """The entries of JSON that a text of one or more lines is, where they stand in the file."""
    try:
        inner = json_entries(holder.value)
    except MalformedError:
        return
    line = holder.line
    for one in inner:
        line = next((at for at in range(line, holder.end + 1) if one.value in file.line(at)), line)
        yield one._replace(
            path=(*holder.path, *one.path), line=line, end=line, column=file.line(line).find(one.value) + 1
        )


def skips(file: File) -> bool:
    """Whether a file is for other tools, by its name or its first bytes."""
    return (
        _SKIPPED.search(file.path) is not None
        or b"kind: CustomResourceDefinition" in file.data
        or signs.is_bill(file.data)
        or signs.is_own_report(file.data)
    )


def _entries(file: File, lower: str) -> list[Entry]:
    text, lower = _form(file.text, lower)
    if lower.endswith(JSON) and len(file.data) > MAX_JSON:
        from compliance.scan import large  # noqa: PLC0415 - it asks for keys here

        if large.names_models(file.data) is None:
            return []
    try:
        if lower.endswith(JSON):
            return json_entries(text)
        if lower.endswith((".yaml", ".yml")):
            return yaml_entries(_BARE.sub(r"\1'\2'", text) if "{{" in text else text)
    except MalformedError as problem:
        if lower.endswith((".yaml", ".yml")) and "aliases expand" not in problem.reason:
            if "{{" not in text and "{%" not in text:
                file.problem(problem.reason)
            return _by_lines(file)
        file.problem(problem.reason)
        return problem.read
    if lower.endswith((".tf", ".hcl", ".tfvars", ".nomad", ".bicep", ".bicepparam")):
        return _by_lines(file, blocks=True)
    if lower.endswith(".baml"):
        return list(line_entries(text))
    return _by_lines(file, dotted=lower.endswith(".properties"))


def _form(text: str, lower: str) -> tuple[str, str]:
    """A text in one of the forms that are read, each letter where it stood, and the ending that says in which."""
    if lower.endswith(".prompty"):
        parts = _DASHES.split(text, maxsplit=2)
        return "\n" * parts[0].count("\n") + parts[1] if len(parts) > 2 else "", ".yaml"  # noqa: PLR2004
    if lower.endswith(("mlproject", ".cwl")):
        return text, ".yaml"
    if lower.endswith("oai_config_list"):
        return text, ".json"
    if lower.endswith(".json5"):
        return json5(text), lower
    return _BAML.sub(r"\1=", text) if lower.endswith(".baml") else text, lower


def _by_lines(file: File, *, blocks: bool = False, dotted: bool = False) -> list[Entry]:
    for number, line in enumerate(file.text.splitlines(), start=1):
        file.is_long(line, number, MAX_LINE)
    return list(block_entries(file.text) if blocks else line_entries(file.text, dotted=dotted))


def _comments(file: File) -> None:
    """Names in comments: commented-out keys and remarks."""
    for number, line in enumerate(file.text.splitlines(), start=1):
        at = 0 if line.lstrip().startswith(("#", ";", "//", "!")) else line.find(" #") + 1
        if len(line) < 2000 and (at or line.lstrip()[:1] in {"#", ";", "/", "!"}):  # noqa: PLR2004
            prose.tokens(file, line[at:], prose.at_line(number, at), role="comment", detector="config-comment")
