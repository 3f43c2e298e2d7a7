"""Calls that load or name a model: where the name stands, whose it is, and what is taken where none is given."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from compliance.scan.expressions import called, each
from compliance.scan.files import NO_NAME
from compliance.scan.rows import rows


class Sink(NamedTuple):
    """A call that takes a model or dataset.

    `at` are positions, `by` keywords; `default` is what the library takes where neither is given, as its
    documentation states; `text` is whether what it takes is always a name, not as well a model that is loaded.
    """

    hint: str
    at: tuple[int, ...] = (0,)
    by: tuple[str, ...] = ("model", "model_name", "model_id")
    default: str | None = None
    text: bool = True


_OF_SERVICES = ("model", "model_name", "model_id", "engine", "embedding_model", "id")


def _sinks() -> tuple[dict[str, Sink], dict[str, str]]:
    """The calls of the table, and what a file must import for those of so common a name to count."""
    sinks, needs = dict[str, Sink](), dict[str, str]()
    for names, hint, at, by, default, needed, takes in rows("calls.tsv", 7):
        keywords = _OF_SERVICES if by == "*" else tuple(by.split())
        places = tuple(map(int, at.split()))
        told = (f"?{NO_NAME}" if default == "?" else default) or None
        sink = Sink(hint, places, keywords, told, text=takes != "object")
        sinks |= dict.fromkeys(names.split(), sink)
        needs |= dict.fromkeys(names.split() if needed else (), needed)
    return sinks, needs


CALLS, NEEDS = _sinks()

CREATING = frozenset(
    "push_to_hub push_to_hub_gguf push_to_hub_merged save_pretrained save_pretrained_merged save_pretrained_gguf "
    "save_to_hub create_repo delete_repo upload_file upload_folder upload_large_folder create_commit create_tag "
    "create_branch to_json to_csv to_parquet save_to_disk "
    "create_model_card create_endpoint create_inference_endpoint Repository".split()
)
"""Calls that name what is made, not what is taken."""

SAVING = frozenset("open save dump save_weights save_file save_model export ModelCheckpoint convert quantize".split())
"""Calls that write weights."""

LOOKED_UP = frozenset({"get", "pop", "setdefault", "getenv", "get_env"})
"""Calls that are given a key and what to take where it is absent."""

PLACES = frozenset(
    "join abspath realpath expanduser expandvars dirname basename normpath resolve absolute joinpath mkdtemp cwd "
    "getcwd gettempdir with_suffix glob rglob iterdir listdir as_posix expand".split()
)
"""Calls that give a place in the file system, where whatever lies there is seen by itself."""

LOADED = frozenset({"_name_or_path", "base_model_name_or_path"})
"""Attributes in which Transformers and PEFT keep what was loaded before."""

TYPED = frozenset({"input", "text_input", "text_area", "prompt", "ask", "raw_input"})
"""Calls that ask a person."""

LOGS = frozenset(
    "print info debug warning warn error exception critical log write secho echo fail trace success".split()
)
"""Calls whose texts are messages, not names."""

_EACH = frozenset({"map", "imap", "imap_unordered"})
"""Calls that hand each of many to what they are given."""


def later(node: ast.Call) -> Iterator[ast.Call]:
    """The calls that a call puts off: `partial(load, name)`, `map(Model.from_pretrained, names)`."""
    if called(node) == "partial" and node.args:
        yield ast.Call(node.args[0], node.args[1:], node.keywords)
    for at, given in enumerate(node.args[:-1]):
        if isinstance(given, ast.Attribute) and given.attr in CALLS:
            rest = node.args[at + 1 :]
            yield ast.Call(given, [each(rest[0])] if called(node) in _EACH else rest, node.keywords)
