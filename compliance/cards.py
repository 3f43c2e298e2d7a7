"""What a model card says of a model: its licence, what it was made from, and how sure that is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compliance.catalog import Catalog
from compliance.lineage import DATA
from compliance.model import Parent
from compliance.texts.front import FRONT

RELATIONS = frozenset({"finetune", "adapter", "quantized", "merge"})
"""Those of the Hub's `base_model_relation`."""

_NAMES = frozenset({"readme.md", "modelcard.md", "model_card.md"})
_SILENT = frozenset({"", "other", "unknown"})


def license_of(card: Mapping[str, Any]) -> str | None:
    """The tag, or the name beside the tag `other`; several tags bind together; `other` where it names none."""
    tags = card.get("license")
    names = [tag for tag in (tags if isinstance(tags, list) else [tags]) if isinstance(tag, str)]
    named = card.get("license_name")
    names = [named if tag == "other" and isinstance(named, str) else tag for tag in names]
    known = list(dict.fromkeys(name.strip() for name in names if name.strip() not in _SILENT))
    return " AND ".join(known) or ("other" if names else None)


def is_card(path: str) -> bool:
    """Whether a file should be the card of a model, by its name."""
    return path.rsplit("/", 1)[-1].lower() in _NAMES


def is_broken(text: str) -> bool:
    """Whether the front matter of a card is there and cannot be read whole."""
    import yaml  # noqa: PLC0415 - only where a card lies beside a model

    front = FRONT.match(text)
    try:
        return front is not None and not isinstance(yaml.safe_load(front[1]), Mapping | None)
    except (yaml.YAMLError, ValueError, RecursionError):
        return True


def stated(text: str) -> tuple[str | None, int]:
    """The licence that the front matter of a card states, and its line; None where it names none or cannot be read."""
    import yaml  # noqa: PLC0415 - only where a card lies beside a model

    front = FRONT.match(text)
    try:
        card = yaml.safe_load(front[1]) if front is not None else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, 1
    if not isinstance(card, Mapping):
        return None, 1
    named = license_of(card)
    line = next((n for n, row in enumerate(text.split("\n"), start=1) if row.startswith("license:")), 1)
    return (None if named == "other" else named), line


def confidence(stated: str | None, catalog: Catalog) -> str | None:
    """`low` for a tag that names a family of texts and no version of it, such as `gemma`."""
    document = catalog.document(stated) if stated is not None else None
    if document is None or document.spdx or document.id == stated:
        return None
    versioned = document.version or any(letter.isdigit() for letter in document.id)
    return "low" if versioned and (document.version or "?") not in (stated or "") else None


def parents_of(card: Mapping[str, Any], tags: Iterable[str] = (), place: str | None = None) -> Iterator[Parent]:
    """The base models with their relation, which the Hub's own tags know where the card does not; then the datasets."""
    bases = card.get("base_model")
    names = [name for name in (bases if isinstance(bases, list) else [bases]) if isinstance(name, str) and name.strip()]
    stated = card.get("base_model_relation")
    tagged = {rest: relation for tag in tags if tag.startswith("base_model:")
              for relation, _, rest in [tag.removeprefix("base_model:").partition(":")] if rest}  # fmt: skip
    for name in dict.fromkeys([*names, *tagged]):
        relation = stated if isinstance(stated, str) else tagged.get(name, "finetune")
        yield Parent(id=name, relation=relation if relation in RELATIONS else "finetune", evidence=place)
    data = card.get("datasets")
    for name in data if isinstance(data, list) else []:
        if isinstance(name, str) and name.strip():
            yield Parent(id=f"hf-dataset:{name}", relation=DATA, evidence=place)
