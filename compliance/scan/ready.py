"""Calls of libraries that come with a model: which one they take where none is named, and what names one to them."""

import ast
import re
from typing import NamedTuple

from compliance.scan import architectures, hub, known, names
from compliance.scan.constants import Literal
from compliance.scan.expressions import called, keyword
from compliance.scan.files import NO_NAME
from compliance.scan.hub import Name
from compliance.scan.libraries import Call, Found


class Ready(NamedTuple):
    """A call: what must be imported, whose names it takes, under which keyword and where, and what it takes else."""

    needs: str
    prefix: str
    word: str = ""
    at: int | None = None
    default: str | None = None
    owner: str = ""
    """What the call must be made on."""


_CALLS: dict[str, Ready] = {
    "PaddleOCR": Ready("paddleocr", "paddleocr", default="PP-OCR"),
    "FaceAnalysis": Ready("insightface", "insightface", "name", 0, "buffalo_l"),
    "verify": Ready("deepface", "deepface", "model_name", None, "VGG-Face", "DeepFace"),
    "represent": Ready("deepface", "deepface", "model_name", None, "VGG-Face", "DeepFace"),
    "find": Ready("deepface", "deepface", "model_name", None, "VGG-Face", "DeepFace"),
    "InceptionResnetV1": Ready("facenet_pytorch", "facenet", "pretrained", 0),
    "new_session": Ready("rembg", "rembg", "model_name", 0, "u2net"),
    "JumpStartModel": Ready("jumpstart", "jumpstart", "model_id", 0),
    "JumpStartEstimator": Ready("jumpstart", "jumpstart", "model_id", 0),
    "score": Ready("bert_score", "hf", "model_type", None, "FacebookAI/roberta-large", "bert_score"),
    "BERTScorer": Ready("bert_score", "hf", "model_type", None, "FacebookAI/roberta-large"),
    "MultilingualModel": Ready("livekit", "hf", default="livekit/turn-detector"),
    "EnglishModel": Ready("livekit", "hf", default="livekit/turn-detector"),
    "silero.VAD.load": Ready("livekit", "hf", default="snakers4/silero-vad"),
    "face_encodings": Ready("face_recognition", "dlib", default="face_recognition_models"),
    "face_locations": Ready("face_recognition", "dlib", default="face_recognition_models"),
    "face_landmarks": Ready("face_recognition", "dlib", default="face_recognition_models"),
    "KPipeline": Ready("kokoro", "hf", "repo_id", None, "hexgrad/Kokoro-82M"),
    "get_pretrained": Ready("audiocraft", "hf:facebook/musicgen-", "name", 0, None, "MusicGen"),
    "model_download": Ready("kagglehub", "kaggle", "handle", 0),
    "load_model": Ready("fasttext", "fasttext", "path", 0, None, "fasttext"),
    "Pipeline": Ready("stanza", "stanza", "lang", 0, "en", "stanza"),
    "download": Ready("stanza", "stanza", "lang", 0, "en", "stanza"),
    "Ranker": Ready("flashrank", "flashrank", "model_name", 0, "ms-marco-TinyBERT-L-2-v2"),
    "FlashrankRerank": Ready("langchain", "flashrank", "model", None, "ms-marco-MultiBERT-L-12"),
    "subscribe": Ready("fal_client", "gateway", "application", 0, None, "fal_client"),
    "submit": Ready("fal_client", "gateway", "application", 0, None, "fal_client"),
    "run": Ready("fal_client", "gateway", "application", 0, None, "fal_client"),
    "LocalWhisperTranscriber": Ready("haystack", "whisper", "model", 0, "large"),
    "recognize_whisper": Ready("speech_recognition", "whisper", "model", None, "base"),
    "download_model": Ready("comet", "hf", "model", 0),
    "BleurtScorer": Ready("bleurt", "bleurt", "checkpoint", 0),
    "Detoxify": Ready("detoxify", "detoxify", "model_type", 0, "original"),
    "AnalyzerEngine": Ready("presidio", "spacy", default="en_core_web_lg"),
    "PromptCompressor": Ready("llmlingua", "hf", "model_name", 0, "NousResearch/Llama-2-7b-hf"),
    "ocr_predictor": Ready("doctr", "doctr", "det_arch", 0, "db_resnet50"),
    "get_checkpoint_url": Ready("detectron2", "detectron2", "config_path", 0),
    "Detectron2LayoutModel": Ready("layoutparser", "layoutparser", "config_path", 0),
    "FoundryLocalManager": Ready("foundry_local", "foundry", "alias_or_model_id", 0),
    "llm": Ready("lmstudio", "hf", "model_key", 0),
    "embedding_model": Ready("lmstudio", "hf", "model_key", 0),
    "model": Ready("lmstudio", "hf", "model_key", 0),
    "OpenModel": Ready("model_garden", "gateway", "model_name", 0),
    "Model": Ready("pywhispercpp", "whisper", "model", 0),
    "client": Ready("boto3", "aws", "service_name", 0),
    "load": Ready("evaluate", "evaluate", "path", 0, None, "evaluate"),
    "Client": Ready("gradio_client", "hf-space", "src", 0),
    "remove": Ready("rembg", "rembg", "session", 1, "u2net", "rembg"),
    # datasets
    "dataset_download": Ready("kagglehub", "kaggle-dataset", "handle", 0),
    "tfds.load": Ready("tensorflow_datasets", "tfds", "name", 0),
    "load_zoo_dataset": Ready("fiftyone", "fiftyone", "name", 0),
    "fetch_openml": Ready("sklearn", "openml", "name", 0),
    "fetch_lfw_people": Ready("sklearn", "sklearn", default="lfw_people"),
    **{name: Ready("torchvision", "torchvision-dataset", default=name) for name in architectures.DATASETS},
    **{name: Ready("torchaudio", "torchaudio-dataset", default=name) for name in architectures.SPEECH},
}


class Unsaid(NamedTuple):
    """A call that takes a model of a service where it is given none: what must be imported, what names a model."""

    needs: str
    by: tuple[str, ...] = ("model",)
    given: frozenset[str] = frozenset()
    """Words of which it must be given one, where so common a name may be anything else."""
    alone: bool = False
    """Whether what it is given by place names a model, or holds what does."""
    default: str = f"?{NO_NAME}"
    """The model that it takes else, or ? and why that is not known."""


_SDK = r"^(?=.*\bagents:(?:Runner|function_tool|handoff|ModelSettings|RunConfig)\b).*(?:^| )agents:Agent\b"
_CLAUDE = r"claude_(?:agent|code)_sdk\b"
_BEHIND = "?which model runs behind this name is not said here"
_OF_VERSION = "?the version of the library decides which models are loaded"
_SERVICE = "?a service with a model of its own, whose name and terms are not known"
_AWS = r"boto3|sagemaker"
_SURYA = "RecognitionPredictor DetectionPredictor LayoutPredictor TableRecPredictor FoundationPredictor"
_WEAVIATE = """text2vec_openai text2vec_cohere text2vec_huggingface text2vec_google text2vec_aws text2vec_azure_openai
    text2vec_voyageai text2vec_jinaai text2vec_mistral text2vec_ollama text2vec_nvidia text2vec_weaviate
    text2vec_transformers multi2vec_clip multi2vec_cohere"""
_GOOGLE = """ImageAnnotatorClient SpeechClient SpeechAsyncClient TextToSpeechClient LanguageServiceClient
    TranslationServiceClient DocumentProcessorServiceClient VideoIntelligenceServiceClient"""
_AZURE = """TextAnalyticsClient ImageAnalysisClient DocumentIntelligenceClient DocumentAnalysisClient FaceClient
    TextTranslationClient SpeechConfig ComputerVisionClient"""
_CHROMA = Unsaid(
    r"^(?!.*[eE]mbed).*(?:^| )chromadb",
    ("embeddings", "query_embeddings"),
    given=frozenset({"documents", "query_texts"}),
    default="hf:sentence-transformers/all-MiniLM-L6-v2",
)
_QDRANT = Unsaid(
    r"(?:^| )qdrant_client", ("points",), given=frozenset({"documents", "query_text"}), default="hf:BAAI/bge-small-en"
)
_MEM0 = r"(?:^| )mem0:(?:Async)?Memory\b"
_INDEX = r"^(?!.*(?:[sS]ettings|ServiceContext|[eE]mbed|llms?\b)).*(?:^| )llama_index"
_COHERE = r"(?:^| )cohere\b"
_UNSAID = {
    "Agent": (
        Unsaid(r"crewai:Agent\b", ("llm", "config")),
        Unsaid(_SDK),
        Unsaid(r"(?:^| )(?:strands|agno\.agent|agno):Agent\b"),
    ),
    "add": (_CHROMA, _QDRANT),
    "upsert": (_CHROMA,),
    "chat": (Unsaid(_COHERE, given=frozenset({"message", "messages"})),),
    "chat_stream": (Unsaid(_COHERE, given=frozenset({"message", "messages"})),),
    "embed": (Unsaid(_COHERE, given=frozenset({"texts", "inputs", "images"})),),
    "rerank": (Unsaid(_COHERE, given=frozenset({"documents"})),),
    "complete": (Unsaid(r"azure\.ai\.inference", given=frozenset({"messages"})),),
    "generate": (Unsaid(_COHERE, given=frozenset({"prompt"})),),
    "create": (Unsaid(r"(?:^| )openai", given=frozenset({"assistant_id", "prompt"}), default=_BEHIND),),
    "create_and_poll": (Unsaid(r"(?:^| )openai", given=frozenset({"assistant_id"}), default=_BEHIND),),
    "invoke_endpoint": (Unsaid(_AWS, given=frozenset({"EndpointName"}), default=_BEHIND),),
    "invoke_endpoint_async": (Unsaid(_AWS, given=frozenset({"EndpointName"}), default=_BEHIND),),
    "invoke_endpoint_with_response_stream": (Unsaid(_AWS, given=frozenset({"EndpointName"}), default=_BEHIND),),
    "invoke_agent": (Unsaid(_AWS, given=frozenset({"agentId"}), default=_BEHIND),),
    "invoke_flow": (Unsaid(_AWS, given=frozenset({"flowIdentifier"}), default=_BEHIND),),
    "Endpoint": (Unsaid(r"google\.cloud:aiplatform|(?:^| )aiplatform:Endpoint\b", default=_BEHIND),),
    "query": (Unsaid(_CLAUDE, ("model", "options"), given=frozenset({"prompt"})), _CHROMA, _QDRANT),
    "ClaudeAgentOptions": (Unsaid(_CLAUDE),),
    "ClaudeCodeOptions": (Unsaid(_CLAUDE),),
    "Memory": (Unsaid(_MEM0, ("config",), alone=True),),
    "AsyncMemory": (Unsaid(_MEM0, ("config",), alone=True),),
    "from_documents": (Unsaid(_INDEX, ("embed_model", "service_context")),),
    **dict.fromkeys(("Claude", "OpenAIChat", "Gemini"), (Unsaid(r"agno\.models", ("id",), alone=True),)),
    **dict.fromkeys(_SURYA.split(), (Unsaid(r"(?:^| )surya\b", default=_OF_VERSION),)),
    "create_model_dict": (Unsaid(r"(?:^| )marker\b", default=_OF_VERSION),),
    "DocumentConverter": (Unsaid(r"(?:^| )docling\b", default=_OF_VERSION),),
    **dict.fromkeys(_WEAVIATE.split(), (Unsaid(r"(?:^| )weaviate\b", ("model", "model_id", "deployment_id")),)),
    "gTTS": (Unsaid(r"(?:^| )gtts\b", default=_SERVICE),),
    "Communicate": (Unsaid(r"(?:^| )edge_tts\b", default=_SERVICE),),
    **dict.fromkeys(_GOOGLE.split(), (Unsaid(r"google\.cloud", default=_SERVICE),)),
    **dict.fromkeys(_AZURE.split(), (Unsaid(r"azure\.(?:ai|cognitiveservices)", default=_SERVICE),)),
}

CALLS = frozenset({*_CALLS, *_UNSAID})
"""The last parts of their names."""

_METRICS = frozenset("bertscore bleurt comet perplexity toxicity regard".split())
"""Metrics that load a model."""

_OF_AWS = frozenset(
    "rekognition polly transcribe comprehend comprehendmedical textract translate lexv2-runtime".split()
)
"""Services of AWS that are a model each."""
_SHAPE = re.compile(r"[A-Za-z0-9][\w.:/@-]*")
_KINDS = {
    "aws": "api-model",
    "gateway": "api-model",
    "spacy": "spacy",
    "hf-space": "hf-space",
    **dict.fromkeys(
        ("kaggle-dataset", "tfds", "fiftyone", "openml", "sklearn", "torchvision-dataset", "torchaudio-dataset"),
        "dataset",
    ),
    "hf": "hf-model",
    "whisper": "hf-model",
}


def loads(call: Call, modules: str) -> list[Found]:
    """What such a call loads; `modules` are the names of the file's imports."""
    name = called(call.node)
    row = _CALLS.get(call.full) or _CALLS.get(name)
    if row is None or row.needs not in modules or not _is_on(call, row, modules):
        return []
    texts = call.first(*([row.word] if row.word else []), at=99 if row.at is None else row.at)
    if texts:
        named = [(text, _named(row.prefix, text.text)) for text in texts]
        return [(text, found) for text, found in named if found is not None]
    given = bool(row.word and keyword(call.node, row.word)) or (row.at is not None and len(call.node.args) > row.at)
    if row.default is None or given or any(item.arg is None for item in call.node.keywords):
        return []
    found = _named(row.prefix, row.default)
    made = Literal(f"{name}()", call.node, "default", ("the library's default",))
    return [(made, found._replace(text=""))] if found is not None else []


def unsaid(call: Call, modules: str) -> str | None:
    """The model that a call of a library takes where nobody named one, or ? and why it is not known."""
    given = {item.arg for item in call.node.keywords}
    if None in given or any(isinstance(item, ast.Starred) for item in call.node.args):
        return None
    rows = _UNSAID.get(called(call.node), ())
    rows = tuple(row for row in rows if not (row.alone and call.node.args))
    asked = [row for row in rows if given.isdisjoint(row.by) and (not row.given or row.given & given)]
    told = ((row.needs, row.default) for row in asked)
    return next((default for needs, default in told if re.search(needs, modules)), None)


def _is_on(call: Call, row: Ready, modules: str) -> bool:
    """Whether a call is made on the library, or on a name that was imported from it."""
    name = called(call.node)
    return (
        not row.owner
        or call.full.startswith(f"{row.owner}.")
        or (call.full == name and f"{row.needs}:{name}" in modules)
    )


def _named(prefix: str, text: str) -> Name | None:
    if not _SHAPE.fullmatch(text) or hub.PLACEHOLDER.search(text):
        return None
    kind = _KINDS.get(prefix.partition(":")[0], "weights")
    if prefix == "whisper":
        return Name(kind, f"hf:{known.whisper(text, faster=False)}", text) if text in known.WHISPER else None
    if prefix.endswith("-"):
        return Name(kind, f"hf:{text}" if "/" in text else f"{prefix}{text}", text)
    if (prefix == "evaluate" and text not in _METRICS) or (prefix == "aws" and text not in _OF_AWS):
        return None
    if prefix == "hf":
        return names.loaded(text, "hf")
    if prefix == "hf-space" and not hub.ID.fullmatch(text):
        return None
    return Name(kind, f"{prefix}:{text}", text)
