"""Weights in the tree: LFS pointers, and the headers of GGUF and safetensors, which name licence and base."""

import json
import re
import struct
from typing import Any

from compliance.scan import signs
from compliance.scan.files import File
from compliance.scan.naming import names
from compliance.scan.naming.hub import Name, kind_of
from compliance.scan.patterns import pattern as lazily

HEAD = 4_000_000
"""As much of a file as is read: the header of a GGUF file with a vocabulary of 150,000 words is about this long."""

_NAMED = lazily(
    r"(?:pytorch_model|adapter|model|weights|diffusion|consolidated|tf_model|flax_model|openvino_model)[^/]{0,255}\.bin$"
    r"|ggml-[^/]{0,255}\.bin$"
)
_TRAINING = lazily(
    r"(?:training_args|optimizer|scheduler|rng_state|random_states|trainer_state|scaler)[^/]*\.(?:bin|pth?|pkl)$"
)
_GGUF_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_GGUF_NUMBER, _GGUF_TEXT, _GGUF_LIST = 4, 8, 9
_FILE_TYPE = "general.file_type"
_BASE = lazily(r"base_model|sd_model_name")
_KEPT = lazily(
    r"general\.(?:name|license(?:\.\w+)?|architecture|basename|organization|repo_url|source\.[\w.]+|base_model\.[\w.]+|dataset\.[\w.]+)"
)


def find(file: File) -> None:
    """Report committed weights, and what their header names as their base; a pointer stands for the file."""
    lower = file.name.lower()
    if _TRAINING.match(lower):
        return
    name = Name(kind_of(lower, "bundled-weights"), f"bundled:{file.path}")
    if file.data.startswith(signs.POINTER):
        file.report(signs.POINTER.decode(), name, (1, 1), role="used", detector="lfs-pointer")
        return
    is_text = all(byte >= 32 or byte in b"\t\r\n" for byte in file.data[:2000])  # noqa: PLR2004
    if is_text and not lower.endswith((".gguf", ".safetensors", ".llamafile")):
        return  # a list of paths, or what stands for a file that is not there
    if (lower.endswith(".bin") and not _NAMED.search(lower)) or (
        lower.endswith((".pb", ".h5", ".pkl", ".joblib", ".pt")) and len(file.data) < 1000  # noqa: PLR2004
    ):
        return
    kept = header(file)
    for key, value in kept.items():
        if _BASE.search(key) and (key.endswith(".repo_url") or not lower.endswith(".gguf")):
            _base(file, value, lower.rpartition(".")[2])
    told = sorted(item for item in kept.items() if item[0] != _FILE_TYPE and not item[0].startswith("ss_network"))
    how = tuple(f"{key}={value}" for key, value in told)
    file.report(file.name, name, (0, 0), role="used", detector="weights", how=how)


def is_weights(path: str) -> bool:
    """Whether a file that ends in `.bin` holds weights, by its name."""
    lower = path.rpartition("/")[2].lower()
    return _NAMED.search(lower) is not None and not _TRAINING.match(lower)


def header(file: File) -> dict[str, str]:
    """What the header of a GGUF or safetensors file says of name, licence, sources and bases."""
    if file.data.startswith(signs.POINTER):
        return {}
    lower = file.name.lower()
    return _gguf_header(file) if lower.endswith(".gguf") else _metadata(file) if lower.endswith(".safetensors") else {}


def _metadata(file: File) -> dict[str, str]:
    if len(file.data) < 8:  # noqa: PLR2004
        file.problem("not safetensors: shorter than its header")
        return {}
    (length,) = struct.unpack("<Q", file.data[:8])
    if length > HEAD:
        file.problem(f"not safetensors: a header of {length} bytes")
        return {}
    try:
        header = json.loads(file.data[8 : 8 + length])
    except (ValueError, RecursionError) as problem:
        file.problem(f"not safetensors: {problem}")
        return {}
    meta = header.get("__metadata__") if isinstance(header, dict) else None
    if not isinstance(meta, dict):
        return {}
    return {
        str(key): str(value)[:200]
        for key, value in meta.items()
        if re.search(r"license|base_model|sd_model_name|architecture|title|author|ss_network_module", str(key))
    }


def _base(file: File, value: str, detector: str) -> None:
    name = names.keyed(value, "hf")
    if name is not None and name.kind == "hf-model":
        file.report(
            name.text or value, name, (0, 0), role="used", detector=detector, how=("named in the header as its base",)
        )


class _ShortError(Exception):
    """The header is longer than what was read."""


class _Header:
    """Reads the key-value part of a GGUF header (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md)."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4

    def number(self, form: str, size: int) -> int:
        """The next number."""
        if self.at + size > len(self.data):
            raise _ShortError
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += size
        return int(value)

    def text(self) -> str:
        """The next text."""
        length = self.number("<Q", 8)
        if length > len(self.data) - self.at:
            raise _ShortError
        self.at += length
        return self.data[self.at - length : self.at].decode("utf-8", errors="replace")

    def value(self, kind: int) -> Any:
        """The next value: texts and plain numbers are kept, lists and others passed over."""
        if kind == _GGUF_NUMBER:
            return str(self.number("<I", 4))
        if kind == _GGUF_TEXT:
            return self.text()
        if kind == _GGUF_LIST:
            inner, count = self.number("<I", 4), self.number("<Q", 8)
            if inner in _GGUF_SIZES:
                self.at += _GGUF_SIZES[inner] * count
                return None
            for _ in range(min(count, len(self.data))):
                self.value(inner)
            return None
        if kind not in _GGUF_SIZES:
            raise _ShortError
        self.at += _GGUF_SIZES[kind]
        return None


def _gguf_header(file: File) -> dict[str, str]:
    if not file.data.startswith(b"GGUF"):
        file.problem("not GGUF")
        return {}
    read, kept = _Header(file.data), dict[str, str]()
    try:
        version = read.number("<I", 4)
        if version < 2:  # noqa: PLR2004
            return {}
        read.number("<Q", 8)
        for _ in range(min(read.number("<Q", 8), 100_000)):
            key = read.text()
            value = read.value(read.number("<I", 4))
            if isinstance(value, str) and (key == _FILE_TYPE or _KEPT.fullmatch(key)):
                kept[key] = value[:300]
    except (_ShortError, struct.error):
        if not kept:
            file.problem("the GGUF header ends too early")
        elif len(file.data) >= HEAD and not any("license" in key or "base_model" in key for key in kept):
            file.problem(f"the GGUF header is longer than {HEAD} bytes: what it says after them was not read")
    except RecursionError:
        file.problem("the GGUF header is nested too deeply")
    return kept
