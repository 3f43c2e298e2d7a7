"""Python libraries with names of their own for models: spaCy, NLTK, timm, torch.hub, Whisper, Ultralytics."""

import ast
import re
from collections.abc import Callable
from typing import NamedTuple

from compliance.scan import architectures, hub, known, names
from compliance.scan.constants import Literal
from compliance.scan.expressions import called, keyword
from compliance.scan.hub import BARE, ID, Name

Found = tuple[Literal, Name]


class Call(NamedTuple):
    """A call, its name with its dots, and what follows an expression to its texts."""

    node: ast.Call
    full: str
    follow: Callable[[ast.expr], list[Literal]]

    def first(self, *words: str, at: int = 0) -> list[Literal]:
        """The texts under the first of these keywords, or at a place."""
        value = keyword(self.node, *words) if words else None
        if value is None and len(self.node.args) > at:
            value = self.node.args[at]
        return self.follow(value) if value is not None else []

    def asked(self, modules: str) -> ast.expr | None:
        """What names the model, where that is no text that is written out."""
        words = _ASKED.get(self.full)
        if words is None or words[0] not in modules:
            return None
        value = keyword(self.node, words[1]) or (self.node.args[0] if self.node.args else None)
        if self.full == "timm.create_model" and not _asks_for_weights(self.node):
            return None
        return None if isinstance(value, ast.Constant | ast.Starred) else value

    def text(self, value: ast.expr | None) -> str | None:
        """The one text of an expression."""
        found = self.follow(value) if value is not None else []
        return found[0].text if found else None


def other_library(call: Call, modules: str) -> list[Found]:
    """What a call of one of these libraries loads; `modules` are the names of the file's imports."""
    name = called(call.node)
    if call.full == "torch.hub.load":
        return _torch_hub(call)
    if name in _URLS:
        return _url(call)
    for needed, read in _BY_CALL[name]:
        if (_imports(needed, modules) or f"{needed}.applications" in call.full) and (found := read(call)):
            return found
    return []


def _imports(needed: str, modules: str) -> bool:
    """Whether a library is imported; Ollama's calls have names that any client of one's own may have."""
    return needed in modules if needed not in _WHOLE else re.search(rf"(?:^| ){needed}\b", modules) is not None


_WHOLE = frozenset({"ollama", "clip"})
"""Names of libraries that are parts of other names."""


def _spacy(call: Call) -> list[Found]:
    if call.full.endswith("blank"):
        return []
    found: list[Found] = []
    for text in call.first("name"):
        named = names.keyed(text.text, "spacy")
        if named is not None and named.kind == "spacy":
            found.append((text, named._replace(text=text.text)))
    return found


def _nltk(call: Call) -> list[Found]:
    if call.full not in {"nltk.download", "download"}:
        return []
    return [(text, Name("nltk", f"nltk:{text.text}", text.text)) for text in call.first("info_or_id")]


def _asks_for_weights(node: ast.Call) -> bool:
    given = keyword(node, "pretrained") or (node.args[1] if len(node.args) > 1 else None)
    return given is not None and not (isinstance(given, ast.Constant) and not given.value)


def _timm(call: Call) -> list[Found]:
    if not _asks_for_weights(call.node):
        return []
    return [
        (text, Name("timm", f"timm:{text.text.removeprefix('hf_hub:')}", text.text))
        for text in call.first("model_name")
    ]


def _torch_hub(call: Call) -> list[Found]:
    repos = call.first("repo_or_dir")
    models = call.first("model", at=1)
    if not repos or call.text(keyword(call.node, "source")) == "local":
        return []
    if len(models) < 2:  # noqa: PLR2004 - one is told where its repository stands
        given = [repo.text + "".join(f"/{model.text}" for model in models) for repo in repos]
        return [(repo, Name("torchhub", f"torchhub:{whole}", repo.text))
                for repo, whole in zip(repos, given, strict=True)]  # fmt: skip
    return [
        (model, Name("torchhub", f"torchhub:{repo.text}/{model.text}", model.text))
        for repo in repos
        for model in models
    ]


def _whisper(call: Call) -> list[Found]:
    return [
        (text, Name("hf-model", f"hf:{known.whisper(text.text, faster=False)}", text.text))
        for text in call.first("name", "whisper_arch")
        if text.text in known.WHISPER
    ]


def _ultralytics(call: Call) -> list[Found]:
    found: list[Found] = []
    for text in call.first("model"):
        value = text.text
        if re.fullmatch(r"(?:yolo|rtdetr|sam|mobile_sam|FastSAM|yoloe)[\w.-]*(?:\.pt)?", value) and not value.endswith(
            ".yaml"
        ):
            found.append((text, Name("ultralytics", f"ultralytics:{value}", value)))
        elif (named := names.keyed(value)) is not None:
            found.append((text, named._replace(text=value)))
    return found


def _weights(call: Call) -> list[Found]:
    """A class or function of a library whose name is the model's, where weights are asked for."""
    weights = keyword(call.node, "weights", "pretrained") or _first_weights(call)
    if isinstance(weights, ast.Constant) and not weights.value:
        return []
    library = "torchvision"
    short = call.full.rpartition(".")[2]
    if short[:1].isupper():
        library = "keras"  # these take ImageNet's weights unless told otherwise
    elif weights is None:
        return []
    return [(Literal(short, call.node, "used"), Name(library, f"{library}:{short}", short))]


def _first_weights(call: Call) -> ast.expr | None:
    """The weights of a function of torchvision where they are given by place: once `pretrained`."""
    first = call.node.args[0] if call.node.args else None
    is_said = isinstance(first, ast.Attribute) or (isinstance(first, ast.Constant) and first.value is True)
    return first if is_said and not call.full.rpartition(".")[2][:1].isupper() else None


def _clip(call: Call) -> list[Found]:
    named = call.first("model_name", "name")
    if "open_clip" not in call.full and "create_model" not in call.full:
        return [(text, Name("clip", f"clip:{text.text}", text.text)) for text in named]
    tags = [tag for tag in call.first("pretrained", at=1) if tag.text]
    if len(tags) < 2:  # noqa: PLR2004 - one is told where the model stands
        end = "".join(f"/{tag.text}" for tag in tags)
        return [(text, Name("open_clip", f"open_clip:{text.text}{end}", text.text)) for text in named]
    return [(tag, Name("open_clip", f"open_clip:{text.text}/{tag.text}", tag.text)) for text in named for tag in tags]


def _url(call: Call) -> list[Found]:
    found: list[Found] = []
    for text in call.first("url", "handle"):
        named = hub.weights_url(text.text)
        if named is not None:
            found.append((text, named._replace(text=text.text)))
    return found


def _tts(call: Call) -> list[Found]:
    return [
        (text, Name("coqui", f"coqui:{text.text}", text.text))
        for text in call.first("model_name")
        if text.text.startswith(("tts_models/", "vocoder_models/", "voice_conversion_models/"))
    ]


def _hub(*words: str) -> Callable[[Call], list[Found]]:
    """A call that takes a name of the Hub under these keywords, or first."""

    def read(call: Call) -> list[Found]:
        named = ((text, names.loaded(text.text, "hf")) for text in call.first(*words))
        return [(text, name) for text, name in named if name is not None and name.kind != "bundled-weights"]

    return read


def _named(library: str, *words: str) -> Callable[[Call], list[Found]]:
    """A call whose first text is a name that only the library knows."""

    def read(call: Call) -> list[Found]:
        return [
            (text, Name(library, f"{library}:{text.text}", text.text))
            for text in call.first(*words)
            if BARE.fullmatch(text.text)
        ]

    return read


def _gradio(call: Call) -> list[Found]:
    found: list[Found] = []
    source = call.text(keyword(call.node, "src"))
    for text in call.first("name"):
        kind, _, plain = f"{source or ''}/{text.text}".removeprefix("/").partition("/")
        if kind in {"models", "huggingface", "spaces"} and ID.fullmatch(plain):
            is_space = kind == "spaces"
            name = Name(
                "hf-space" if is_space else "hf-model", f"{'hf-space' if is_space else 'hf'}:{plain}", text.text
            )
            found.append((text, name))
    return found


def _replicate(call: Call) -> list[Found]:
    return [
        (text, Name("api-model", f"gateway:{text.text}", text.text))
        for text in call.first("ref")
        if re.fullmatch(r"[\w.-]+/[\w.-]+(?::[0-9a-f]{8,64})?", text.text)
    ]


def _ollama(call: Call) -> list[Found]:
    found: list[Found] = []
    for text in call.first("model", "name"):
        named = names.loaded(text.text, "ollama") if " " not in text.text else None
        if named is not None:
            found.append((text, named))
    return found


def _flair(call: Call) -> list[Found]:
    found = _hub("model", "model_path")(call)
    if found or not re.search(r"Classifier|Tagger", call.full):
        return found
    return _named("flair", "model", "model_path")(call)


def _preset(call: Call) -> list[Found]:
    """A preset of Keras: by its own name, or by a URL of a hub."""
    found: list[Found] = []
    for text in call.first("preset"):
        named = names.keyed(text.text) if "/" in text.text else Name("keras", f"keras:{text.text}", text.text)
        found += [(text, named)] if named is not None else []
    return found


_ASKED = {
    "spacy.load": ("spacy", "name"),
    "whisper.load_model": ("whisper", "name"),
    "whisperx.load_model": ("whisperx", "whisper_arch"),
    "timm.create_model": ("timm", "model_name"),
    "torch.hub.load": ("torch", "repo_or_dir"),
    "mlx_lm.load": ("mlx_lm", "path_or_hf_repo"),
    "YOLO": ("ultralytics", "model"),
}
"""Calls whose first argument names what they load: by their name, what is imported, and the argument's name."""

_URLS = frozenset(
    "load_state_dict_from_url load_file_from_url urlretrieve download_url_to_file load_url wget gdown".split()
)

_LIBRARIES: tuple[tuple[str, frozenset[str], Callable[[Call], list[Found]]], ...] = (
    ("spacy", frozenset({"load", "visualize", "process_text", "load_model"}), _spacy),
    ("nltk", frozenset({"download"}), _nltk),
    ("timm", frozenset({"create_model"}), _timm),
    ("whisper", frozenset({"load_model"}), _whisper),
    ("ultralytics", frozenset({"YOLO", "SAM", "FastSAM", "RTDETR", "YOLOWorld", "YOLOE", "NAS"}), _ultralytics),
    ("open_clip", frozenset({"create_model_and_transforms", "create_model", "get_tokenizer"}), _clip),
    ("clip", frozenset({"load"}), _clip),
    ("tensorflow_hub", frozenset({"load", "KerasLayer"}), _url),
    (
        "torchvision",
        architectures.TORCHVISION,
        _weights,
    ),
    (
        "keras",
        architectures.KERAS,
        _weights,
    ),
    ("TTS", frozenset({"TTS"}), _tts),
    ("gensim.downloader", frozenset({"load"}), _named("gensim", "name")),
    ("gensim:downloader", frozenset({"load"}), _named("gensim", "name")),
    ("flair", frozenset({"load"}), _flair),
    ("keras_hub", frozenset({"from_preset"}), _preset),
    ("keras_nlp", frozenset({"from_preset"}), _preset),
    ("mlx_lm", frozenset({"load"}), _hub("path_or_hf_repo")),
    ("mlx_vlm", frozenset({"load"}), _hub("path_or_hf_repo")),
    ("speechbrain", frozenset({"from_hparams", "foreign_class"}), _hub("source")),
    ("outlines", frozenset({"transformers", "vllm", "mlxlm", "exllamav2"}), _hub("model_name", "model")),
    ("guidance", frozenset({"Transformers"}), _hub("model")),
    ("FlagEmbedding", frozenset({"from_finetuned"}), _hub("model_name_or_path")),
    ("gradio", frozenset({"load"}), _gradio),
    ("replicate", frozenset({"run", "stream", "async_run"}), _replicate),
    ("ollama", frozenset({"pull", "chat", "generate", "embed", "embeddings", "show"}), _ollama),
)

_BY_CALL: dict[str, list[tuple[str, Callable[[Call], list[Found]]]]] = {name: [] for name in _URLS}
for _needed, _calls, _read in _LIBRARIES:
    for _name in _calls:
        _BY_CALL.setdefault(_name, []).append((_needed, _read))

CALLS = frozenset(_BY_CALL)
"""The last parts of their names."""
