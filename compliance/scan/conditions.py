"""Which calls of common names count: by what the file imports, and by what they are called on."""

_AZURE = r"^(?!.*openai:(?:Async)?OpenAI\b).*AzureOpenAI"
NEEDS = {
    "LLM": r"vllm|crewai",
    "LM": "dspy",
    "completion": "litellm",
    "acompletion": "litellm",
    "Llama": "llama_cpp",
    "Groq": "llama_index|langchain",
    "Bedrock": "llama_index|langchain",
    "Replicate": "llama_index|langchain",
    "create_agent": "langchain",
    "create_react_agent": "langgraph",
    "get_embedding": "openai",
    "Agent": "pydantic_ai|agno",
    "create": _AZURE,
    "parse": _AZURE,
    "DefaultEmbeddingFunction": "chromadb",
    "DiarizationPipeline": "whisperx",
    "load_align_model": "whisperx",
    "Reader": "easyocr",
    "HuggingFaceModel": "bentoml",
}
"""What a file must import for a call of so common a name to be that of a library."""

SERVED = {
    "create": (
        *("completions.create", "messages.create", "responses.create", "embeddings.create", "transcriptions.create"),
        *("translations.create", "speech.create", "moderations.create"),
    ),
    "parse": ("completions.parse", "responses.parse"),
    "stream": ("messages.stream", "completions.stream", "responses.stream", "chat.stream"),
    "complete": ("chat.complete", "fim.complete"),
    "generate": ("images.generate",),
}
"""Calls of clients of services; what is written out there is seen by its keyword."""

ASKS = {
    **dict.fromkeys(("load_ip_adapter", "load_lora_weights", "load_textual_inversion"), "diffusers"),
    "load_adapter": r"\b(?:peft|transformers|adapters|diffusers)\b",
}
"""Methods that projects give names of their own to: what they are given is asked for where the library is imported."""
