"""Names that libraries and services fix, as `known.tsv` lists them: aliases, families, owners, builders, images."""

from compliance.scan.tables import PLACE
from compliance.tables import words

_TABLES = words(PLACE / "known.tsv")
"""The names of each table, and what they mean."""

BUILDERS = frozenset(_TABLES["builder"])
SENTENCE_MODELS = tuple(_TABLES["sentence"])
OLLAMA = frozenset(_TABLES["ollama"])
PUBLISHERS = frozenset(_TABLES["publisher"])
SHARED_PUBLISHERS = frozenset(_TABLES["shared-publisher"])
FAMILIES = tuple(_TABLES["family"])
FOLDERS = frozenset(_TABLES["folder"])
IMAGES, FILLED = tuple(_TABLES["image"]), tuple(_TABLES["filled"])
PROVIDERS = frozenset(_TABLES["provider"])
CLAUDE = frozenset(_TABLES["claude"])
WHISPER = frozenset(_TABLES["whisper"])
TORCHVISION = frozenset(_TABLES["torchvision"])
KERAS = frozenset(_TABLES["keras"])
MODELS, DATASETS = _TABLES["model"], _TABLES["dataset"]
PIPELINES = _TABLES["pipeline"]
PACKAGES, CLASSES, CONSTANTS = _TABLES["package"], _TABLES["class"], _TABLES["constant"]
HOSTS, ADDRESSES, PREFIXES = _TABLES["host"], _TABLES["address"], _TABLES["prefix"]
LETTERS, TORCHTUNE = _TABLES["letters"], _TABLES["torchtune"]


def whisper(size: str, *, faster: bool) -> str:
    """The repository of a size of Whisper; of the conversion that faster-whisper loads, where it is that."""
    if faster:
        owner = "mobiuslabsgmbh" if "turbo" in size else "Systran"
        plain = {"large": "large-v3", "turbo": "large-v3-turbo"}.get(size, size)
        kind = "faster-distil-whisper" if plain.startswith("distil-") else "faster-whisper"
        return f"{owner}/{kind}-{plain.removeprefix('distil-')}"
    if size.startswith("distil-"):
        return f"distil-whisper/{size}"
    return f"openai/whisper-{ {'turbo': 'large-v3-turbo', 'large-v1': 'large'}.get(size, size) }"
