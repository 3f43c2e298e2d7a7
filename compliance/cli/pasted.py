"""What people paste or type for a model: addresses and commands made ids, and a way on where a name is not known."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from compliance.assessment import Assessment
from compliance.catalog import Catalog
from compliance.model import Finding, InputError

_HUB = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?P<kind>datasets/)?"
    r"(?P<id>[\w.-]+(?:/(?!(?:blob|tree|resolve|raw|discussions|commits?)\b)[\w.-]+)?)(?P<tag>:[\w.-]+)?(?:[/?#].*)?",
    re.IGNORECASE,
)
_OLLAMA = re.compile(
    r"(?:https?://)?(?:www\.)?ollama\.com/(?:library/)?(?P<id>[\w.-]+(?::[\w.-]+)?)/?(?:[?#].*)?", re.IGNORECASE
)
_OFFERED = 3


def plain(names: Iterable[str]) -> tuple[str, ...]:
    """Names without blanks around them, addresses and commands as ids. Raises InputError for an empty one."""
    found = tuple(_plain(name.strip()) for name in names)
    if "" in found:
        raise InputError(["a name is empty; write a model's id, such as deepseek-ai/DeepSeek-V3 or openai:gpt-4o"])
    return found


def _plain(name: str) -> str:
    if (page := _HUB.fullmatch(name)) is not None:
        return ("hf-dataset:" if page["kind"] else "") + page["id"] + (page["tag"] or "")
    if (page := _OLLAMA.fullmatch(name)) is not None:
        return f"ollama:{page['id']}"
    return _commanded(name) if " " in name else name


def _commanded(line: str) -> str:
    """The model of a command that pulls or serves one, else the line."""
    from compliance.scan import commands  # noqa: PLC0415 - few paste a command

    found = [one.name.resolved for one in commands.search(line) if one.name.resolved is not None]
    return found[0].removeprefix("hf:").partition("#")[0] if len(found) == 1 else line


def not_known(assessments: Iterable[Assessment], catalog: Catalog) -> Iterator[Finding]:
    """For each model that the catalogue lacks: what may have been meant, and how its licence is found."""
    for item in assessments:
        if item.known_by == "unknown" and catalog.model(item.subject) is None:
            told = f"{item.subject} is not in the catalogue{_way_on(item.subject, catalog)}"
            yield Finding(rule="model-not-known", level="note", subject=item.subject, summary=told)


def _way_on(name: str, catalog: Catalog) -> str:
    seen = catalog.unconfirmed.get(name.casefold().removeprefix("hf:"))
    if seen is not None:
        return f": {seen.reason}; read its licence and declare it in modelcheck.yaml, or ask the Hub with --online"
    meant = _meant(name, catalog)
    return f"{meant} If not, {_next(name)}" if meant else f"; {_next(name)}"


def _meant(name: str, catalog: Catalog) -> str:
    folded = name.casefold()
    ends = (f":{folded}", f"/{folded}")
    names = catalog.model_names
    ids = dict.fromkeys(names[known] for known in names if known.endswith(ends))
    found = list(islice((repr(one) for one in ids), _OFFERED))
    return f"; did you mean {' or '.join(found)}?" if found else catalog.near_model(name)


def _next(name: str) -> str:
    if Path(name).is_dir():
        return (
            "it is a folder here whose files state neither licence nor origin (licence file, card, configuration);"
            " `modelcheck audit` reads a project"
        )
    if Path(name).exists():
        return "it is a file here: `modelcheck identify` says which licence a text is; name a model by its id or folder"
    return (
        "write its id on the Hub (OWNER/NAME) or with its service (openai:gpt-4o, ollama:llama3.1); --online asks the"
        " Hub for what the catalogue lacks"
    )
