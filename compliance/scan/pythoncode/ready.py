"""Calls of libraries that come with a model: which one they take where none is named, and what names one to them."""

import ast
import itertools
import re
from typing import NamedTuple

from compliance.scan.files import NO_NAME
from compliance.scan.naming import hub, known, names
from compliance.scan.naming.hub import Name
from compliance.scan.pythoncode.expressions import called, keyword
from compliance.scan.pythoncode.libraries import Call, Found
from compliance.scan.pythoncode.ways import Literal
from compliance.scan.tables import rows


class Ready(NamedTuple):
    """A call: what must be imported, whose names it takes, under which keyword and where, and what it takes else."""

    needs: str
    prefix: str
    word: str
    at: int | None
    default: str | None
    owner: str
    """What the call must be made on."""


def _ready() -> dict[str, Ready]:
    found: dict[str, Ready] = {}
    for called_so, needs, prefix, word, at, default, owner in rows("ready.tsv", 7):
        row = Ready(needs, prefix, word, int(at) if at else None, default or None, owner)
        found |= {name: row._replace(default=name) if default == "=" else row for name in called_so.split()}
    return found


_CALLS = _ready()


class Unsaid(NamedTuple):
    """A call that takes a model of a service where it is given none: what must be imported, what names a model."""

    needs: str
    by: frozenset[str]
    given: frozenset[str]
    """Words of which it must be given one, where so common a name may be anything else."""
    alone: bool
    """Whether what it is given by place names a model, or holds what does."""
    default: str
    """The model that it takes else, or ? and why that is not known."""


_WHY = {
    "": NO_NAME,
    "behind": "which model runs behind this name is not said here",
    "version": "the version of the library decides which models are loaded",
    "service": "a service with a model of its own, whose name and terms are not known",
}


def _unsaid() -> dict[str, list[Unsaid]]:
    found: dict[str, list[Unsaid]] = {}
    for calls, needs, by, given, alone, default in rows("unsaid.tsv", 6):
        taken = f"?{_WHY[default]}" if default in _WHY else default
        for name in calls.split():
            row = Unsaid(needs, frozenset(by.split()), frozenset(given.split()), bool(alone), taken)
            found.setdefault(name, []).append(row)
    return found


_UNSAID = _unsaid()

CALLS = frozenset({*_CALLS, *_UNSAID})
"""The last parts of their names."""

BROUGHT = {
    module: (Name("hf-model", model), "the library's default") if model else (None, _WHY["version"])
    for module, model in known.TABLES["brought"].items()
}
"""Modules of libraries that come with weights or fetch them: the model where it is one, and why it is (not) known."""

_METRICS = frozenset("bertscore bleurt comet perplexity toxicity regard".split())
"""Metrics that load a model."""

_OF_AWS = frozenset(
    "rekognition polly transcribe comprehend comprehendmedical textract translate lexv2-runtime".split()
)
"""Services of AWS that are a model each."""
_SHAPE = re.compile(r"[A-Za-z0-9][\w.:/@-]*")
_DATASETS = "kaggle-dataset tfds fiftyone openml sklearn torchvision-dataset torchaudio-dataset"
_KINDS = {
    **dict.fromkeys(_DATASETS.split(), "dataset"),
    **dict.fromkeys(("aws", "gateway"), "api-model"),
    **dict.fromkeys(("hf", "whisper"), "hf-model"),
    **{kind: kind for kind in ("spacy", "hf-space")},
}
"""What the names are that a prefix stands before; of others weights."""


def loads(call: Call, modules: str) -> list[Found]:
    """What such a call loads; `modules` are the names of the file's imports."""
    name = called(call.node)
    row = _CALLS.get(call.full) or _CALLS.get(name)
    if row is None or row.needs not in modules or not _is_on(call, row, modules):
        return []
    texts = call.first(*([row.word] if row.word else []), at=99 if row.at is None else row.at)
    if texts:
        named = [(text, _named(row.prefix, text.text)) for text in texts]
        return [(text, found) for text, found in named if found is not None]
    given = bool(row.word and keyword(call.node, row.word)) or (row.at is not None and len(call.node.args) > row.at)
    if row.default is None or given or any(item.arg is None for item in call.node.keywords):
        return []
    found = _named(row.prefix, row.default)
    made = Literal(f"{name}()", call.node, "default", ("the library's default",))
    return [(made, found._replace(text=""))] if found is not None else []


def unsaid(call: Call, modules: str) -> str | None:
    """The model that a call of a library takes where nobody named one, or ? and why it is not known."""
    given = {item.arg for item in call.node.keywords}
    if None in given or any(isinstance(item, ast.Starred) for item in call.node.args):
        return None
    for row in _UNSAID.get(called(call.node), ()):
        needs, is_open = row.needs, given.isdisjoint(row.by) and not (row.alone and call.node.args)
        if is_open and (not row.given or row.given & given) and re.search(needs, modules):
            return row.default
    return None


def brings(imported: str) -> str | None:
    """The module of `BROUGHT` that an import takes something of, written as `module` or `module:name`."""
    parts = re.split(r"(?=[.:])", imported)
    return next((one for one in itertools.accumulate(parts) if one in BROUGHT), None)


def _is_on(call: Call, row: Ready, modules: str) -> bool:
    """Whether a call is made on the library, or on a name that was imported from it."""
    name = called(call.node)
    return (
        not row.owner
        or call.full.startswith(f"{row.owner}.")
        or (call.full == name and f"{row.needs}:{name}" in modules)
    )


def _named(prefix: str, text: str) -> Name | None:
    if not _SHAPE.fullmatch(text) or hub.PLACEHOLDER.search(text):
        return None
    kind = _KINDS.get(prefix.partition(":")[0], "weights")
    if prefix == "whisper":
        return Name(kind, f"hf:{known.whisper(text, faster=False)}", text) if text in known.WHISPER else None
    if prefix.endswith("-"):
        return Name(kind, f"hf:{text}" if "/" in text else f"{prefix}{text}", text)
    if (prefix == "evaluate" and text not in _METRICS) or (prefix == "aws" and text not in _OF_AWS):
        return None
    if prefix == "hf":
        return names.loaded(text, "hf")
    if prefix == "hf-space" and not hub.ID.fullmatch(text):
        return None
    return Name(kind, f"{prefix}:{text}", text)
