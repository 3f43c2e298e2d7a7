"""Names that libraries and services fix, as `known.tsv` lists them: aliases, families, owners, builders, images."""

from compliance import tables
from compliance.scan.tables import PLACE

TABLES = tables.words(PLACE / "known.tsv")
"""The names of each table, and what they mean."""


def words(table: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(TABLES[table])


BUILDERS = words("builder")
SENTENCE_MODELS = tuple(TABLES["sentence"])
OLLAMA = words("ollama")
PUBLISHERS = words("publisher")
SHARED_PUBLISHERS = words("shared-publisher")
FAMILIES = tuple(TABLES["family"])
FOLDERS = words("folder")
IMAGES, FILLED = tuple(TABLES["image"]), tuple(TABLES["filled"])
PROVIDERS = words("provider")
CLAUDE = words("claude")
WHISPER = words("whisper")
TORCHVISION = words("torchvision")
KERAS = words("keras")
MODELS, DATASETS = TABLES["model"], TABLES["dataset"]
PIPELINES = TABLES["pipeline"]
PACKAGES, CLASSES, CONSTANTS = TABLES["package"], TABLES["class"], TABLES["constant"]
HOSTS, ADDRESSES, PREFIXES = TABLES["host"], TABLES["address"], TABLES["prefix"]
LETTERS, TORCHTUNE = TABLES["letters"], TABLES["torchtune"]


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
