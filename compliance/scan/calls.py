"""Calls that load or name a model: where the name stands, whose it is, and what is taken where none is given."""

from typing import NamedTuple

from compliance.scan.files import NO_NAME


class Sink(NamedTuple):
    """A call that takes a model or dataset.

    `at` are positions, `by` keywords; `default` is what the library takes where neither is given, as its
    documentation states; `text` is whether what it takes is always a name, not as well a model that is loaded.
    """

    hint: str
    at: tuple[int, ...] = (0,)
    by: tuple[str, ...] = ("model", "model_name", "model_id")
    default: str | None = None
    text: bool = True


_M = ("model", "model_name", "model_id", "model_name_or_path", "repo_id")
_SBERT = "hf:sentence-transformers/all-mpnet-base-v2"
_SBERT_MINI = "hf:sentence-transformers/all-MiniLM-L6-v2"


def _api(hint: str, default: str | None = None, at: tuple[int, ...] = ()) -> Sink:
    return Sink(hint, at, ("model", "model_name", "model_id", "engine", "embedding_model", "id"), default)


CALLS: dict[str, Sink] = {
    # Hugging Face
    "from_pretrained": Sink(
        "hf",
        (0, 1),
        (
            "pretrained_model_name_or_path",
            "model_name_or_path",
            "model_id",
            "model_name",
            "repo_id",
            "base_model_name_or_path",
        ),
    ),
    "from_single_file": Sink("hf"),
    "from_config": Sink("hf", (), ("model_id",)),
    "load_lora_weights": Sink("hf"),
    "load_adapter": Sink("hf"),
    "load_attn_procs": Sink("hf"),
    "InferenceSession": Sink("file", (0,), ("path_or_bytes",)),
    "HuggingFaceModel": Sink("hf", (0,), ("model_id",)),
    "load_ip_adapter": Sink("hf"),
    "load_textual_inversion": Sink("hf"),
    "from_model_id": Sink("hf", (), ("model_id",)),
    "AutoTrainer": Sink("hf", text=False),
    "SFTTrainer": Sink("hf", (0,), ("model",), text=False),
    "DPOTrainer": Sink("hf", (0,), ("model",), text=False),
    "hf_hub_download": Sink("hf", (0,), ("repo_id",)),
    "snapshot_download": Sink("hf", (0,), ("repo_id",)),
    "cached_download": Sink("hf"),
    "hf_hub_url": Sink("hf", (0,), ("repo_id",)),
    "model_info": Sink("hf", (0,), ("repo_id",)),
    "from_pretrained_keras": Sink("hf"),
    "InferenceClient": Sink("hf", (0,), ("model",)),
    "AsyncInferenceClient": Sink("hf", (0,), ("model",)),
    "InferenceApi": Sink("hf", (0,), ("repo_id",)),
    "HuggingFaceHub": Sink("hf", (), ("repo_id",)),
    "HuggingFaceEndpoint": Sink("hf", (), ("repo_id", "model")),
    "HuggingFaceLLM": Sink("hf", (), ("model_name", "tokenizer_name")),
    "HuggingFaceInferenceAPI": Sink("hf", (), _M),
    "HfApiModel": Sink("hf", (0,), ("model_id",), "hf:Qwen/Qwen2.5-Coder-32B-Instruct"),
    "InferenceClientModel": Sink(
        "hf", (0,), ("model_id",), "?the version of smolagents decides which model is asked for"
    ),
    "TransformersModel": Sink("hf", (0,), ("model_id",), "?the version of smolagents decides which model is loaded"),
    "AutoPipeline": Sink("hf"),
    "SetFitModel": Sink("hf"),
    "FlagModel": Sink("hf"),
    "FlagReranker": Sink("hf"),
    "BGEM3FlagModel": Sink("hf"),
    "TextEmbedding": Sink("hf", (0,), ("model_name",), "hf:BAAI/bge-small-en-v1.5"),
    "FastEmbedEmbeddings": Sink("hf", (), ("model_name",), "hf:BAAI/bge-small-en-v1.5"),
    "FastEmbedEmbedding": Sink("hf", (), ("model_name",), "hf:BAAI/bge-small-en-v1.5"),
    "SentenceTransformer": Sink("sentence", (0,), ("model_name_or_path", "model_name")),
    "CrossEncoder": Sink("hf", (0,), ("model_name", "model_name_or_path")),
    "SentenceTransformerRerank": Sink("hf", (), ("model",), "hf:cross-encoder/stsb-distilroberta-base"),
    "SentenceTransformerEmbeddings": Sink("sentence", (), ("model_name", "model"), _SBERT),
    "SentenceTransformerEmbeddingFunction": Sink("sentence", (0,), ("model_name",), _SBERT_MINI),
    "HuggingFaceEmbeddings": Sink("sentence", (), ("model_name", "model"), _SBERT),
    "GPT4AllEmbeddings": Sink("sentence", (), ("model_name",), _SBERT_MINI),
    "HuggingFaceInferenceAPIEmbeddings": Sink("sentence", (), ("model_name",)),
    "HuggingFaceBgeEmbeddings": Sink("sentence", (), ("model_name",), "hf:BAAI/bge-large-en"),
    "HuggingFaceInstructEmbeddings": Sink("sentence", (), ("model_name",), "hf:hkunlp/instructor-large"),
    "HuggingFaceEmbedding": Sink("sentence", (0,), ("model_name",), "hf:BAAI/bge-small-en"),
    "SentenceTransformersTextEmbedder": Sink("sentence", (), ("model",), _SBERT),
    "SentenceTransformersDocumentEmbedder": Sink("sentence", (), ("model",), _SBERT),
    "SentenceTransformersSimilarityRanker": Sink("hf", (), ("model",), "hf:cross-encoder/ms-marco-MiniLM-L-6-v2"),
    "TransformersSimilarityRanker": Sink("hf", (), ("model",), "hf:cross-encoder/ms-marco-MiniLM-L-6-v2"),
    "ExtractiveReader": Sink("hf", (), ("model",), "hf:deepset/roberta-base-squad2-distilled"),
    "HuggingFaceCrossEncoder": Sink("hf", (), ("model_name",), "hf:BAAI/bge-reranker-base"),
    "INSTRUCTOR": Sink("hf"),
    "KeyBERT": Sink("sentence", (0,), ("model",), "hf:sentence-transformers/all-MiniLM-L6-v2", text=False),
    "BERTopic": Sink("sentence", (), ("embedding_model",), _SBERT_MINI, text=False),
    "LLM": Sink("hf", (0,), ("model", "tokenizer")),
    "EngineArgs": Sink("hf", (), ("model", "tokenizer")),
    "AsyncEngineArgs": Sink("hf", (), ("model", "tokenizer")),
    "VLLM": Sink("hf", (), ("model",)),
    "VLLMOpenAI": Sink("hf", (), ("model_name",)),
    "FastLanguageModel": Sink("hf"),
    "Llama": Sink("file", (0,), ("model_path",)),
    "LlamaCpp": Sink("file", (0,), ("model_path",)),
    "LlamaCPP": Sink("file", (), ("model_path", "model_url")),
    "CTransformers": Sink("hf", (0,), ("model",)),
    "GPT4All": Sink("file", (0,), ("model", "model_name")),
    "WhisperModel": Sink("faster-whisper", (0,), ("model_size_or_path",)),
    "load_dataset": Sink("dataset", (0,), ("path",)),
    "load_dataset_builder": Sink("dataset", (0,), ("path",)),
    # services
    "ChatOpenAI": _api("openai", "openai:gpt-3.5-turbo"),
    "OpenAIEmbeddings": _api("openai", "openai:text-embedding-ada-002"),
    "OpenAIEmbedding": _api("openai", "openai:text-embedding-ada-002"),
    "OpenAIChat": _api("openai", at=(0,)),
    "OpenAIEmbeddingFunction": _api("openai", "openai:text-embedding-ada-002"),
    "OpenAILike": _api("gateway"),
    "OpenAI": _api("openai", "openai:gpt-3.5-turbo-instruct"),
    "OpenAIEmbedder": _api("openai", "openai:text-embedding-3-small"),
    "RemoteWhisperTranscriber": _api("openai", "openai:whisper-1"),
    "NomicEmbeddings": Sink("nomic", (), ("model",)),
    "DallEAPIWrapper": _api("openai", "openai:dall-e-2"),
    "OpenAIModel": _api("openai", at=(0,)),
    "OpenAIChatModel": _api("openai", at=(0,)),
    "OpenAIServerModel": _api("gateway", at=(0,)),
    "LiteLLMModel": _api("gateway", at=(0,)),
    "OpenAIResponsesModel": _api("openai", at=(0,)),
    "OpenAIGenerator": _api("openai", "openai:gpt-4o-mini"),
    "OpenAIChatGenerator": _api("openai", "openai:gpt-4o-mini"),
    "OpenAITextEmbedder": _api("openai", "openai:text-embedding-ada-002"),
    "OpenAIDocumentEmbedder": _api("openai", "openai:text-embedding-ada-002"),
    "OpenAIChatCompletionClient": _api("openai"),
    "AzureChatOpenAI": Sink("azure", (), ("azure_deployment", "deployment_name", "model", "model_name")),
    "AzureOpenAIEmbeddings": Sink("azure", (), ("azure_deployment", "deployment", "model")),
    "AzureOpenAIEmbedding": Sink("azure", (), ("deployment_name", "azure_deployment", "model")),
    "ChatAnthropic": _api("anthropic"),
    "ClaudeAgentOptions": _api("anthropic"),
    "AnthropicModel": _api("anthropic", at=(0,)),
    "AnthropicLLM": _api("anthropic"),
    "ChatGoogleGenerativeAI": _api("google"),
    "GoogleGenerativeAIEmbeddings": _api("google"),
    "ChatVertexAI": _api("google"),
    "VertexAI": _api("google"),
    "VertexAIEmbeddings": _api("google"),
    "GenerativeModel": _api("google", f"?{NO_NAME}", at=(0,)),
    "GoogleGenAI": _api("google"),
    "GeminiModel": _api("google", at=(0,)),
    "GoogleModel": _api("google", at=(0,)),
    "TextEmbeddingModel": _api("google"),
    "ImageGenerationModel": _api("google"),
    "embed_content": _api("google"),
    "generate_content": _api("google"),
    "generate_content_stream": _api("google"),
    "ChatBedrock": _api("bedrock"),
    "ChatBedrockConverse": _api("bedrock"),
    "BedrockLLM": _api("bedrock"),
    "BedrockChat": _api("bedrock"),
    "Bedrock": _api("bedrock"),
    "BedrockModel": _api("bedrock", at=(0,)),
    "BedrockEmbeddings": _api("bedrock", "bedrock:amazon.titan-embed-text-v1"),
    "BedrockConverse": _api("bedrock"),
    "invoke_model": Sink("bedrock", (), ("modelId",)),
    "converse": Sink("bedrock", (), ("modelId",)),
    "invoke_model_with_response_stream": Sink("bedrock", (), ("modelId",)),
    "converse_stream": Sink("bedrock", (), ("modelId",)),
    "ChatOllama": _api("ollama"),
    "OllamaEmbeddings": _api("ollama"),
    "OllamaLLM": _api("ollama"),
    "OllamaEmbedding": _api("ollama"),
    "Ollama": _api("ollama", at=(0,)),
    "OllamaModel": _api("ollama", at=(0,)),
    "OllamaEmbeddingFunction": _api("ollama"),
    "OllamaChatGenerator": _api("ollama"),
    "ChatMistralAI": _api("mistral", f"?{NO_NAME}"),
    "MistralAI": _api("mistral"),
    "MistralAIEmbeddings": _api("mistral", "mistral:mistral-embed"),
    "MistralModel": _api("mistral", at=(0,)),
    "ChatCohere": _api("cohere", f"?{NO_NAME}"),
    "CohereEmbeddings": _api("cohere"),
    "CohereRerank": _api("cohere"),
    "CohereEmbedding": _api("cohere"),
    "ChatGroq": _api("groq"),
    "Groq": _api("groq"),
    "GroqModel": _api("groq", at=(0,)),
    "ChatDeepSeek": _api("deepseek"),
    "ChatXAI": _api("xai"),
    "VoyageAIEmbeddings": _api("voyage"),
    "ChatPerplexity": _api("perplexity"),
    "ChatTogether": _api("gateway"),
    "TogetherEmbeddings": _api("gateway"),
    "ChatFireworks": _api("gateway"),
    "FireworksEmbeddings": _api("gateway"),
    "ChatOpenRouter": _api("gateway"),
    "ChatNVIDIA": _api("gateway"),
    "NVIDIAEmbeddings": _api("gateway"),
    "ChatLiteLLM": _api("gateway"),
    "LiteLLM": _api("gateway"),
    "init_chat_model": _api("gateway", at=(0,)),
    "init_embeddings": _api("gateway", at=(0,)),
    "LM": _api("gateway", at=(0,)),
    "Agent": _api("gateway", at=(0,))._replace(text=False),
    "create_react_agent": _api("gateway", at=(0,))._replace(text=False),
    "create_agent": _api("gateway", at=(0,))._replace(text=False),
    "completion": _api("gateway", at=(0,)),
    "acompletion": _api("gateway", at=(0,)),
    "create": Sink("azure", (), ("model", "engine", "deployment_id")),
    "parse": Sink("azure", (), ("model", "engine")),
    "ChatCompletionsClient": Sink("azure", (), ("model",)),
    "EmbeddingsClient": Sink("azure", (), ("model",)),
    "AzureChatCompletion": Sink("azure", (), ("deployment_name",)),
    "AzureTextEmbedding": Sink("azure", (), ("deployment_name",)),
    "AzureOpenAIChatCompletionClient": Sink("azure", (), ("azure_deployment", "model")),
    "AzureOpenAIGenerator": Sink("azure", (), ("azure_deployment",)),
    "AzureOpenAIChatGenerator": Sink("azure", (), ("azure_deployment",)),
    "AzureOpenAITextEmbedder": Sink("azure", (), ("azure_deployment",)),
    "AzureOpenAIDocumentEmbedder": Sink("azure", (), ("azure_deployment",)),
    "DefaultEmbeddingFunction": Sink("none", (), (), _SBERT_MINI),
    "DiarizationPipeline": Sink("hf", (0,), ("model_name",), "hf:pyannote/speaker-diarization-3.1"),
    "load_align_model": Sink("hf", (), ("model_name",), "?the language decides which model is loaded"),
    "Reader": Sink("none", (), ("recog_network",), "?the languages decide which models are loaded"),
    "get_encoding": Sink("none", ()),
    "Replicate": _api("gateway"),
    "get_embedding": _api("openai"),
    "encoding_for_model": Sink("none", ()),
}
"""By the last part of the called name."""

CREATING = frozenset(
    "push_to_hub push_to_hub_gguf push_to_hub_merged save_pretrained save_pretrained_merged save_pretrained_gguf "
    "save_to_hub create_repo delete_repo upload_file upload_folder upload_large_folder create_commit create_tag "
    "create_branch to_json to_csv to_parquet save_to_disk "
    "create_model_card create_endpoint create_inference_endpoint Repository".split()
)
"""Calls that name what is made, not what is taken."""

SAVING = frozenset("open save dump save_weights save_file save_model export ModelCheckpoint convert quantize".split())
"""Calls that write weights."""

LOOKED_UP = frozenset({"get", "pop", "setdefault", "getenv", "get_env"})
"""Calls that are given a key and what to take where it is absent."""

PLACES = frozenset(
    "join abspath realpath expanduser expandvars dirname basename normpath resolve absolute joinpath mkdtemp cwd "
    "getcwd gettempdir with_suffix glob rglob iterdir listdir as_posix expand".split()
)
"""Calls that give a place in the file system, where whatever lies there is seen by itself."""

LOADED = frozenset({"_name_or_path", "base_model_name_or_path"})
"""Attributes in which Transformers and PEFT keep what was loaded before."""

TYPED = frozenset({"input", "text_input", "text_area", "prompt", "ask", "raw_input"})
"""Calls that ask a person."""

LOGS = frozenset(
    "print info debug warning warn error exception critical log write secho echo fail trace success".split()
)
"""Calls whose texts are messages, not names."""

PIPELINE_DEFAULTS = {
    "sentiment-analysis": "hf:distilbert/distilbert-base-uncased-finetuned-sst-2-english",
    "text-classification": "hf:distilbert/distilbert-base-uncased-finetuned-sst-2-english",
    "question-answering": "hf:distilbert/distilbert-base-cased-distilled-squad",
    "summarization": "hf:sshleifer/distilbart-cnn-12-6",
    "text-generation": "hf:openai-community/gpt2",
    "fill-mask": "hf:distilbert/distilroberta-base",
    "ner": "hf:dbmdz/bert-large-cased-finetuned-conll03-english",
    "token-classification": "hf:dbmdz/bert-large-cased-finetuned-conll03-english",
    "zero-shot-classification": "hf:facebook/bart-large-mnli",
    "translation_en_to_fr": "hf:google-t5/t5-base",
    "translation_en_to_de": "hf:google-t5/t5-base",
    "text2text-generation": "hf:google-t5/t5-base",
    "feature-extraction": "hf:distilbert/distilbert-base-cased",
    "image-classification": "hf:google/vit-base-patch16-224",
    "object-detection": "hf:facebook/detr-resnet-50",
    "automatic-speech-recognition": "hf:facebook/wav2vec2-base-960h",
    "image-to-text": "hf:ydshieh/vit-gpt2-coco-en",
    "visual-question-answering": "hf:dandelin/vilt-b32-finetuned-vqa",
    "depth-estimation": "hf:Intel/dpt-large",
    "image-segmentation": "hf:facebook/detr-resnet-50-panoptic",
    "zero-shot-image-classification": "hf:openai/clip-vit-base-patch32",
    "audio-classification": "hf:superb/wav2vec2-base-superb-ks",
}
"""What `transformers.pipeline(task)` takes without a model (transformers/pipelines/__init__.py, SUPPORTED_TASKS)."""
