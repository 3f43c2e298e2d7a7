"""Committed datasets for training: told from other data by the fields of their first record."""

from compliance.scan.files import File
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily

HEAD = 16_384
_FIELDS = (
    frozenset({"instruction", "output"}),
    frozenset({"prompt", "completion"}),
    frozenset({"prompt", "response"}),
    frozenset({"prompt", "chosen", "rejected"}),
    frozenset({"conversations"}),
    frozenset({"messages"}),
    frozenset({"question", "answer", "context"}),
    frozenset({"instruction", "response"}),
)
_KEY = lazily(r'"(\w+)"\s*:')


_RECORDS = lazily(
    r"(?:^|[/_-])(?:eval(?:uation)?s?[_-])?(?:results?|outputs?|predictions?|generations?|logs?)(?:[_-][^/]*)?"
    r"(?:/|\.jsonl?$)"
)
"""Where a project keeps what its runs gave: records of answers, not what is learnt from."""


def find(file: File) -> None:
    """Report a file whose records are those of a training set."""
    head = file.data[:HEAD].decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")
    is_lines = file.path.endswith(".jsonl")
    if not (head.startswith("[") or (is_lines and head.startswith("{"))) or head.startswith("[["):
        return
    if _RECORDS.search(file.path.lower()):
        return
    end = head.find("}")
    record = head[head.find("{") : end + 1 if end > 0 else len(head)]
    found = set(_KEY.findall(record))
    if "custom_id" in found or "model" in found:
        return  # requests to a service
    roles = '"role"' in head or '"from"' in head
    for fields in _FIELDS:
        if fields <= found and (len(fields) > 1 or roles):
            name = Name("dataset-file", f"file:{file.path}")
            file.report(
                file.name if file.name == file.path else file.path, name, (0, 0), role="used", detector="dataset-file"
            )
            return
