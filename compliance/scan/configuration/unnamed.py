"""What asks a model in a configuration and names none: steps of workflows, parts of pipelines, routes of gateways."""

from collections.abc import Iterator
from functools import cached_property

from compliance.scan.configuration.entries import Entry
from compliance.scan.configuration.siblings import Siblings
from compliance.scan.files import NO_NAME
from compliance.scan.naming import keys
from compliance.scan.patterns import pattern as lazily

_PARTS = (
    (
        lazily(
            r"\Ahaystack(?:_integrations)?\.components\.[\w.]{0,120}(?:Embedder|Generator|Ranker|Reader|Transcriber|Router|Classifier"
            r"|NamedEntityExtractor)"
        ),
        "init_parameters",
    ),
    (lazily(r"@n8n/n8n-nodes-langchain\.(?:lm|embeddings|reranker)[A-Z]\w*"), "parameters"),
)
"""Parts of pipelines of Haystack and n8n that ask a model, and where each is told which."""
_ACTION = "actions/ai-inference"
"""The action of GitHub that asks GitHub Models."""


class Unnamed:
    """Looks for it entry by entry."""

    def __init__(self, entries: list[Entry], siblings: Siblings) -> None:
        self.entries, self.siblings = entries, siblings

    def asking(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """What asks a model that is not named, with why it is not known which."""
        for pattern, below in _PARTS if entry.path[-1:] == ("type",) else ():
            if pattern.fullmatch(entry.value) and (*entry.path[:-1], below) not in self._told:
                yield entry.value, NO_NAME
        if entry.path[-1:] == ("model",) and "litellm_params" in entry.path and entry.value.endswith("*"):
            yield entry.value, "whoever asks decides which model"
        if (
            entry.value.startswith(f"{_ACTION}@")
            and not {"model", "prompt_file"} & self.siblings.below(entry, "with").keys()
        ):
            yield _ACTION, "the version of the action decides which model is asked"

    @cached_property
    def _told(self) -> set[tuple[str, ...]]:
        """Where parts of pipelines are told a model, however deep."""
        words = {below for _, below in _PARTS}
        return {
            entry.path[: at + 1]
            for entry in self.entries
            for at, word in enumerate(entry.path)
            if word in words and any(map(keys.holds, entry.path[at + 1 :]))
        }
