"""Names that libraries and services fix: aliases, families, publishers, builders and serving images."""

BUILDERS = frozenset(
    "json csv text parquet arrow pandas imagefolder audiofolder videofolder webdataset xml sql generator spark tsv "
    "json_lines pdffolder".split()
)
"""Names `load_dataset` takes for a file format, not for a dataset."""

SENTENCE_MODELS = (
    "all-minilm-",
    "all-mpnet-",
    "all-distilroberta-",
    "all-roberta-",
    "multi-qa-",
    "paraphrase-",
    "msmarco-",
    "nli-",
    "stsb-",
    "distiluse-",
    "quora-",
    "gtr-t5-",
    "sentence-t5-",
    "clip-vit-",
    "allenai-specter",
    "use-cmlm",
    "labse",
    "average_word_embeddings_",
    "xlm-r-",
    "bert-base-nli-",
    "distilbert-base-nli-",
    "roberta-base-nli-",
    "facebook-dpr-",
    "static-retrieval-",
    "static-similarity-",
)
"""First letters of the names that sentence-transformers publishes under its own name."""

OLLAMA = frozenset(
    """llama2 llama2-uncensored llama3 llama3.1 llama3.2 llama3.2-vision llama3.3 llama4 llama3-gradient llama-guard3
    codellama mistral mistral-nemo mistral-small mistral-small3.1 mistral-small3.2 mistral-large mistral-openorca
    mixtral
    codestral devstral magistral ministral-3 gemma gemma2 gemma3 gemma3n gemma4 codegemma shieldgemma embeddinggemma phi
    phi3 phi3.5 phi4 phi4-mini phi4-reasoning phi4-mini-reasoning qwen qwen2 qwen2.5 qwen2.5-coder qwen2.5vl qwen2-math
    qwen3 qwen3-coder qwen3-vl qwen3-embedding qwen3.5 qwq codeqwen deepseek-r1 deepseek-v2 deepseek-v2.5 deepseek-v3
    deepseek-v3.1 deepseek-coder deepseek-coder-v2 deepseek-llm nomic-embed-text nomic-embed-text-v2-moe
    mxbai-embed-large snowflake-arctic-embed snowflake-arctic-embed2 all-minilm bge-m3 bge-large paraphrase-multilingual
    granite-embedding granite-code granite3-dense granite3-moe granite3.1-dense granite3.2 granite3.3 granite4 llava
    llava-llama3 llava-phi3 bakllava moondream minicpm-v tinyllama tinydolphin dolphin-mistral dolphin-mixtral
    dolphin-llama3 dolphin3 dolphin-phi vicuna orca-mini orca2 neural-chat starling-lm wizardlm wizardlm2 wizardcoder
    wizard-vicuna-uncensored wizard-math zephyr openchat openhermes nous-hermes nous-hermes2 solar yi yi-coder falcon
    falcon2 falcon3 stablelm2 stable-code stable-beluga starcoder starcoder2 sqlcoder meditron medllama2 command-r
    command-r-plus command-r7b command-a aya aya-expanse smollm smollm2 exaone3.5 olmo2 cogito gpt-oss glm4 internlm2
    hermes3 athene-v2 nemotron nemotron-mini tulu3 reflection deepscaler openthinker firefunction-v2 samantha-mistral
    everythinglm xwinlm notus yarn-mistral yarn-llama2 deepseek-ocr kimi-k2 minimax-m2 glm-4.6""".split()
)
"""Families of the Ollama library; only a context that is about Ollama or models makes such a word a model."""

PUBLISHERS = frozenset(
    """qwen nvidia allenai zai-org openbmb inclusionai thudm internlm deepseek-ai ibm-granite meta-llama mistralai
    opengvlab microsoft tencent huggingfacetb arcee-ai tiiuae coherelabs cohereforai skywork liquidai aidc-ai baidu
    lgai-exaone moonshotai llava-hf minimaxai ai21labs bytedance-seed xiaomimimo eleutherai mistral-community bigcode
    snowflake baichuan-inc baai llm-jp state-spaces tinyllama h2oai alibaba-nlp stepfun-ai stabilityai bigscience
    nomic-ai mosaicml databricks zyphra vikhyatk sentence-transformers sarvamai jinaai intfloat cross-encoder redhatai
    openai-community google-bert google-t5 facebookai distilbert voyageai upstage thebloke bartowski unsloth
    lmstudio-community nousresearch mixedbread-ai huggyllama huggingfaceh4 huggingfacem4 hugging-quants
    decapoda-research
    openlm-research lmsys wizardlm wizardlmteam togethercomputer openassistant teknium cognitivecomputations
    black-forest-labs runwayml compvis stable-diffusion-v1-5 diffusers latent-consistency kandinsky-community salesforce
    helsinki-nlp cardiffnlp dslim deepset prosusai yiyanghkust finiteautomata nlptown j-hartmann philschmid pyannote
    speechbrain suno coqui myshell-ai systran openvla lerobot laion timm google-research-datasets rajpurkar nyu-mll
    stanfordnlp roneneldan open-orca tatsu-lab yahma databricks-datasets tomaarsen mlx-community neuralmagic
    casperhansen qdrant xenova onnx-community ai4bharat sambanovasystems writer maywell beomi kakaocorp skt dbmdz
    dbmdz allenai facebook google apple ibm-nasa-geospatial briaai guillaumekln openchat berkeley-nest
    stabilityai wan-ai hunyuanvideo-community lightricks thenlper hkunlp answerdotai lightonai colbert-ir naver
    vidore sesame hexgrad canopylabs fishaudio parler-tts ds4sd docling-project prithivida flax-sentence-embeddings
    abhishek hustvl ultralytics paddlepaddle patrickjohncyh madebyollin lllyasviel h94 stepfun rednote-hilab
    distil-whisper minishlab lmz kyutai neuml nm-testing argmaxinc deepcogito resemble-ai tokyotech-llm
    georgesung nous-hermes pygmalionai anthropic""".split()
) - {"anthropic", "facebook", "google", "microsoft", "apple", "nvidia", "openai", "tencent", "writer"}
"""Owners on the Hub whose names are seldom anything else, lower case: `owner/name` of theirs is a model anywhere."""

SHARED_PUBLISHERS = frozenset(
    "google microsoft facebook nvidia apple openai tencent anthropic openai amazon ibm adobe intel amd".split()
)
"""Owners on the Hub that own as much on GitHub: a name of theirs also needs a family to be a model without context."""

FAMILIES = (
    "llama",
    "mistral",
    "mixtral",
    "gemma",
    "phi-",
    "phi3",
    "qwen",
    "bert",
    "deberta",
    "roberta",
    "t5-",
    "flan",
    "ul2",
    "gpt",
    "whisper",
    "wav2vec",
    "hubert",
    "vit-",
    "clip-",
    "siglip",
    "opt-",
    "bart-",
    "mbart",
    "nllb",
    "m2m100",
    "dino",
    "sam-",
    "sam2",
    "swin",
    "resnet",
    "convnext",
    "beit",
    "detr",
    "layoutlm",
    "trocr",
    "florence",
    "kosmos",
    "orca",
    "nemotron",
    "minitron",
    "stable-diffusion",
    "sdxl",
    "flux",
    "pegasus",
    "electra",
    "mt5",
    "byt5",
    "umt5",
    "blip",
    "musicgen",
    "encodec",
    "bark",
    "seamless",
    "mms-",
    "esm2",
    "esmfold",
    "codebert",
    "unixcoder",
    "graphcodebert",
    "codet5",
    "dpr-",
    "contriever",
    "speecht5",
    "unispeech",
    "wavlm",
    "paligemma",
    "owlvit",
    "owlv2",
    "embedding",
    "canary",
    "parakeet",
    "hunyuan",
    "openelm",
    "mobilevit",
    "granite",
    "timesfm",
    "bigbird",
    "long-t5",
    "vilt",
    "mobilenet",
    "efficientnet",
    "e5-",
    "bge-",
    "gte-",
    "minilm",
    "deepseek",
    "falcon",
    "bloom",
    "starcoder",
    "codegen",
    "xglm",
    "galactica",
    "data2vec",
    "mask2former",
    "maskformer",
    "segformer",
    "dpt-",
    "glpn",
    "videomae",
    "timesformer",
    "vitpose",
    "-instruct",
    "-chat",
    "-7b",
    "-8b",
    "-13b",
    "-70b",
    "-gguf",
    "-awq",
    "-gptq",
    "-lora",
)
"""Parts of model names that are seldom parts of anything else."""

FOLDERS = frozenset(
    """. .. src lib bin app apps models model checkpoints checkpoint ckpt ckpts output outputs out data datasets dataset
    weights runs run saved saved_models saved_model results result artifacts assets tmp temp cache
    trained_models trained
    finetuned fine_tuned lora adapters adapter config configs conf docs doc test tests scripts script utils static
    templates public images image img examples example build dist target content home usr opt var mnt etc root workspace
    local_data local logs log notebooks notebook experiments exp pretrained pretrained_models my path to your
    application text audio video multipart font api v1 v2 admin users user components pages node_modules packages
    common core server client backend frontend resources database db sql proc sys dev embedding_model""".split()
)
"""First parts of a path, or of a MIME type: what follows is a file, not the name of a model."""

IMAGES = (
    "ollama/ollama",
    "vllm/vllm-openai",
    "vllm/vllm-tpu",
    "huggingface/text-generation-inference",
    "huggingface/text-embeddings-inference",
    "huggingface/tgi-gaudi",
    "lmsysorg/sglang",
    "localai/localai",
    "go-skynet/local-ai",
    "ggml-org/llama.cpp",
    "ggerganov/llama.cpp",
    "abetlen/llama-cpp-python",
    "nvidia/tritonserver",
    "openvino/model_server",
    "pytorch/torchserve",
    "tensorflow/serving",
    "xprobe/xinference",
    "intel/llm-scaler-vllm",
    "rocm/vllm",
    "kserve/huggingfaceserver",
    "predibase/lorax",
    "mlc-ai/mlc-llm",
    "fedirz/faster-whisper-server",
    "onerahmet/openai-whisper-asr-webservice",
    "rhasspy/wyoming-whisper",
    "berriai/litellm",
    "michaelf34/infinity",
    "openmmlab/lmdeploy",
    "deepjavalibrary/djl-serving",
    "linuxserver/faster-whisper",
    "ramalama/ramalama",
)
"""Container images that serve models."""

FILLED = (
    "immich-app/immich-machine-learning",
    "semitechnologies/transformers-inference",
    "semitechnologies/multi2vec-clip",
    "semitechnologies/reranker-transformers",
    "semitechnologies/qna-transformers",
    "semitechnologies/ner-transformers",
    "libretranslate/libretranslate",
    "speaches-ai/speaches",
    "rhasspy/wyoming-piper",
    "remsky/kokoro-fastapi-cpu",
    "remsky/kokoro-fastapi-gpu",
)
"""Container images that hold models, or fetch some by themselves."""

PROVIDERS = frozenset(
    """openai azure azopenai anthropic google gemini vertexai vertex_ai bedrock aws ollama cohere mistral mistralai groq
    huggingface hf llamacpp llama_cpp llama-cpp vllm sagemaker openailike openrouter together togetherai fireworks
    replicate deepseek xai perplexity local mock none auto default custom sentence_transformer sentence_transformers
    transformers sentence-transformers gpt4all lmstudio nvidia nim litellm palm anyscale databricks watsonx tei tgi
    simple disabled dummy test false true null""".split()
)
"""Words that select a provider or a mode, where a model might stand."""

CLAUDE = frozenset({"opus", "sonnet", "haiku", "opusplan"})
"""What Claude Code and its SDK call the newest model of a size."""

WHISPER = frozenset(f"{size}{english}" for size in ("tiny", "base", "small", "medium") for english in ("", ".en")) | {
    "large",
    "large-v1",
    "large-v2",
    "large-v3",
    "large-v3-turbo",
    "turbo",
    "distil-large-v2",
    "distil-large-v3",
    "distil-medium.en",
    "distil-small.en",
}
"""Sizes of Whisper, as its implementations take them."""


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
