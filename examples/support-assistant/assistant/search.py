"""Finds the passages of the manuals that fit a question."""

import yaml
from sentence_transformers import SentenceTransformer

with open("config/assistant.yaml") as file:
    settings = yaml.safe_load(file)

encoder = SentenceTransformer(settings["search"]["embedding_model"])


def passages(question: str, index, count: int = 5) -> list[str]:
    """The best passages."""
    return index.nearest(encoder.encode(question), count)
