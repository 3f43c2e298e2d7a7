"""What a model card says of a model: its licence, what it was made from, and how sure that is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compliance.catalog import Catalog
from compliance.lineage import DATA
from compliance.model import Parent
from compliance.texts.front import FRONT

RELATIONS = frozenset({"finetune", "adapter", "quantized", "merge"})
"""Those of the Hub's `base_model_relation`."""

_NAMES = frozenset({"readme.md", "modelcard.md", "model_card.md"})
_PAGE = re.compile(
    r"(?:read_?me|model[_-]?card)(?:(?:[._-][a-z]{2,3}(?:[_-][a-z]{2,4})?)?\.(?:md|markdown|rst|txt))?", re.IGNORECASE
)
_SILENT = frozenset({"", "other", "unknown"})
_TELLING = ("license", "license_name", "base_model")
_OPENED = re.compile(r"\A\s*---[ \t]*\r?\n\s*[\w-]+:")
"""Front matter that nothing closes."""


def together(names: Iterable[str]) -> str | None:
    """One expression that asks for all of some licences; a choice among them stays one choice."""
    told = list(dict.fromkeys(names))
    return " AND ".join(f"({name})" if " " in name and len(told) > 1 else name for name in told) or None


def license_of(card: Mapping[str, Any]) -> str | None:
    """The tag, or the name beside the tag `other`; several tags bind together, also one that names none."""
    tags = card.get("license")
    names = [tag for tag in (tags if isinstance(tags, list) else [tags]) if isinstance(tag, str)]
    named = card.get("license_name")
    names = [named if tag == "other" and isinstance(named, str) else tag for tag in names]
    known = together(name.strip() for name in names if name.strip() not in _SILENT)
    is_open = known is None or any(name.strip() in _SILENT - {""} for name in names)
    return together(filter(None, (known, "other" if names and is_open else None)))


def is_card(path: str) -> bool:
    """Whether a file should be the card of a model, by its name."""
    return path.rsplit("/", 1)[-1].lower() in _NAMES


def is_page(path: str) -> bool:
    """Whether a file is a card or a page that speaks of the model beside it, in any form and language, by its name."""
    return is_card(path) or _PAGE.fullmatch(path.rsplit("/", 1)[-1]) is not None


def is_broken(text: str) -> bool:
    """Whether the front matter of a card is there and cannot be read whole, or says twice what a model is under."""
    front = FRONT.match(text)
    if front is None:
        return _OPENED.match(text) is not None
    try:
        keys = [key for key, _ in _fields(front[1])]
    except ValueError:
        return True
    return any(keys.count(key) > 1 for key in _TELLING)


def stated(text: str) -> tuple[str | None, int]:
    """The licence that the front matter of a card states, and its line; None where it names none or cannot be read."""
    front = FRONT.match(text)
    try:
        fields = _fields(front[1]) if front is not None else []
    except ValueError:
        return None, 1
    tags = [value for key, value in fields if key == "license"]
    named = license_of(
        dict(fields) | {"license": [tag for told in tags for tag in (told if isinstance(told, list) else [told])]}
    )
    line = next((n for n, row in enumerate(text.split("\n"), start=1) if row.startswith("license:")), 1)
    return (None if named == "other" else named), line


def _fields(front: str) -> list[tuple[str, Any]]:
    """The keys of front matter that tell of its licence and origin, with texts or lists of texts. Raises ValueError."""
    import yaml  # noqa: PLC0415 - only where a card lies beside a model

    from compliance import source  # noqa: PLC0415 - as above

    try:
        node = source.compose(front, aliases=True)
    except yaml.YAMLError as problem:
        raise ValueError(str(problem)) from None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("no mapping")  # noqa: TRY004 - of the text
    return [(key.value, _plain(value)) for key, value in node.value if key.value in _TELLING]


def _plain(node: Any) -> Any:
    """The text of a node, or the texts of a list; None for what is neither."""
    if node.id == "sequence":
        return [_plain(item) for item in node.value if item.id == "scalar"]
    return node.value if node.tag == "tag:yaml.org,2002:str" else None


def confidence(stated: str | None, catalog: Catalog) -> str | None:
    """`low` for a tag that names a family of texts and no version of it, such as `gemma`."""
    document = catalog.document(stated) if stated is not None else None
    if document is None or document.spdx or document.id == stated:
        return None
    versioned = document.version or any(letter.isdigit() for letter in document.id)
    return "low" if versioned and (document.version or "?") not in (stated or "") else None


def parents_of(card: Mapping[str, Any], tags: Iterable[str] = ()) -> Iterator[Parent]:
    """The base models with their relation, which the Hub's own tags know where the card does not; then the datasets."""
    bases = card.get("base_model")
    names = [name for name in (bases if isinstance(bases, list) else [bases]) if isinstance(name, str) and name.strip()]
    stated = card.get("base_model_relation")
    tagged = {rest: relation for tag in tags if tag.startswith("base_model:")
              for relation, _, rest in [tag.removeprefix("base_model:").partition(":")] if rest}  # fmt: skip
    for name in dict.fromkeys([*names, *tagged]):
        relation = stated if isinstance(stated, str) else tagged.get(name, "finetune")
        yield Parent(id=name, relation=relation if relation in RELATIONS else "finetune")
    data = card.get("datasets")
    for name in data if isinstance(data, list) else []:
        if isinstance(name, str) and name.strip():
            yield Parent(id=f"hf-dataset:{name}", relation=DATA)
