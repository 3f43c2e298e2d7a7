"""Python libraries with names of their own for models: spaCy, NLTK, timm, torch.hub, Whisper, Ultralytics."""

import ast
import re

from compliance.scan import calls, hub, names
from compliance.scan.bindings import called, dotted, keyword, strings
from compliance.scan.hub import Name

Found = tuple[ast.expr, Name]


def other_library(node: ast.Call, modules: str) -> list[Found]:
    """What a call of one of these libraries loads; `modules` are the names of the file's imports."""
    name, full = called(node), dotted(node.func)
    if full == "torch.hub.load":
        return _torch_hub(node)
    for needed, names_of, read in _LIBRARIES:
        if name in names_of and needed in modules:
            return read(node, full)
    generic = _generic(node)
    return generic or []


def _first(node: ast.Call, *words: str) -> list[ast.Constant]:
    value = keyword(node, *words) if words else None
    if value is None and node.args:
        value = node.args[0]
    return strings(value) if value is not None else []


def _spacy(node: ast.Call, full: str) -> list[Found]:
    if full.endswith("blank"):
        return []
    found: list[Found] = []
    for text in _first(node, "name"):
        named = names.keyed(str(text.value), "spacy")
        if named is not None and named.kind == "spacy":
            found.append((text, named._replace(text=str(text.value))))
    return found


def _nltk(node: ast.Call, full: str) -> list[Found]:
    if full not in {"nltk.download", "download"}:
        return []
    return [(text, Name("nltk", f"nltk:{text.value!s}", str(text.value))) for text in _first(node)]


def _timm(node: ast.Call, full: str) -> list[Found]:
    del full
    pretrained = keyword(node, "pretrained") or (node.args[1] if len(node.args) > 1 else None)
    if not (isinstance(pretrained, ast.Constant) and pretrained.value):
        return []
    return [
        (text, Name("timm", f"timm:{str(text.value).removeprefix('hf_hub:')}", str(text.value)))
        for text in _first(node, "model_name")
    ]


def _torch_hub(node: ast.Call) -> list[Found]:
    texts = [text for argument in node.args[:2] for text in strings(argument)]
    texts += [
        text
        for word in ("repo_or_dir", "model")
        if (value := keyword(node, word)) is not None
        for text in strings(value)
    ]
    if not texts or (keyword(node, "source") is not None and _text(keyword(node, "source")) == "local"):
        return []
    whole = "/".join(str(text.value) for text in texts[:2])
    return [(texts[0], Name("torchhub", f"torchhub:{whole}", str(texts[0].value)))]


def _text(node: ast.expr | None) -> str | None:
    return str(node.value) if isinstance(node, ast.Constant) else None


def _whisper(node: ast.Call, full: str) -> list[Found]:
    del full
    return [
        (text, Name("hf-model", f"hf:openai/whisper-{text.value!s}", str(text.value)))
        for text in _first(node, "name", "whisper_arch")
        if text.value in calls.WHISPER
    ]


def _ultralytics(node: ast.Call, full: str) -> list[Found]:
    del full
    found: list[Found] = []
    for text in _first(node, "model"):
        value = str(text.value)
        if re.fullmatch(r"(?:yolo|rtdetr|sam|mobile_sam|FastSAM|yoloe)[\w.-]*(?:\.pt)?", value) and not value.endswith(
            ".yaml"
        ):
            found.append((text, Name("ultralytics", f"ultralytics:{value}", value)))
        elif (named := names.keyed(value)) is not None:
            found.append((text, named._replace(text=value)))
    return found


def _torchvision(node: ast.Call, full: str) -> list[Found]:
    weights = keyword(node, "weights", "pretrained")
    if weights is None or (isinstance(weights, ast.Constant) and not weights.value):
        return []
    short = full.rpartition(".")[2]
    return [(node, Name("torchvision", f"torchvision:{short}", short))]


def _clip(node: ast.Call, full: str) -> list[Found]:
    tag = _text(keyword(node, "pretrained")) or (_text(node.args[1]) if len(node.args) > 1 else None)
    found: list[Found] = []
    for text in _first(node, "model_name", "name"):
        value = str(text.value)
        if "open_clip" in full or "create_model" in full:
            found.append((text, Name("open_clip", f"open_clip:{value}" + (f"/{tag}" if tag else ""), value)))
        else:
            found.append((text, Name("clip", f"clip:{value}", value)))
    return found


def _url(node: ast.Call, full: str) -> list[Found]:
    del full
    found: list[Found] = []
    for text in _first(node, "url", "handle"):
        named = hub.weights_url(str(text.value))
        if named is not None:
            found.append((text, named._replace(text=str(text.value))))
    return found


def _tts(node: ast.Call, full: str) -> list[Found]:
    del full
    return [
        (text, Name("coqui", f"coqui:{text.value!s}", str(text.value)))
        for text in _first(node, "model_name")
        if str(text.value).startswith(("tts_models/", "vocoder_models/", "voice_conversion_models/"))
    ]


def _generic(node: ast.Call) -> list[Found]:
    """Weights by URL in the calls that fetch them."""
    if called(node) in {
        "load_state_dict_from_url",
        "load_file_from_url",
        "urlretrieve",
        "download_url_to_file",
        "load_url",
        "wget",
    }:
        return _url(node, "")
    return []


_LIBRARIES = (
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
        frozenset(
            "resnet18 resnet34 resnet50 resnet101 resnet152 vgg16 vgg19 alexnet densenet121 mobilenet_v2 "
            "mobilenet_v3_small "
            "mobilenet_v3_large efficientnet_b0 inception_v3 googlenet squeezenet1_0 vit_b_16 swin_t convnext_tiny "
            "fasterrcnn_resnet50_fpn maskrcnn_resnet50_fpn deeplabv3_resnet50".split()
        ),
        _torchvision,
    ),
    ("TTS", frozenset({"TTS"}), _tts),
)
