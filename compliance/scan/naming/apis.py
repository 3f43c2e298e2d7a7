"""The shapes of the names that API services give their models."""

import re

from compliance.scan.patterns import pattern as lazily

API = {
    "openai": lazily(
        r"(?:gpt-(?:3\.5|35|4|4o|4\.1|4\.5|5)(?![0-9.]*b\b)(?:[.-][A-Za-z0-9.:-]+|o[A-Za-z0-9.:-]*)?|chatgpt-4o-latest"
        r"|o[134](?:-(?:mini|preview|pro|deep-research)[A-Za-z0-9.-]*|-\d{4}-\d\d-\d\d)?"
        r"|text-embedding-(?:ada-002|3-small|3-large)|text-(?:davinci|curie|babbage|ada)-\d{3}|(?:davinci|babbage)-002"
        r"|code-davinci-00\d|dall-e-[23]|gpt-image-\d[A-Za-z0-9.-]*|gpt-realtime[A-Za-z0-9.-]*|gpt-audio[A-Za-z0-9.-]*|whisper-1"
        r"|tts-1(?:-hd)?(?:-\d+)?|(?:text|omni)-moderation-[A-Za-z0-9-]+|codex-mini-latest|computer-use-preview|sora-2(?:-pro)?"
        r"|ft:gpt-[A-Za-z0-9.:-]+)",
        re.IGNORECASE,
    ),
    "anthropic": lazily(
        r"claude-(?:instant|[1-9]|opus|sonnet|haiku|v\d|fable|mythos)[A-Za-z0-9.@:-]*|claude-?v[12](?:\.\d)?",
        re.IGNORECASE,
    ),
    "google": lazily(
        r"(?:models/)?(?:gemini-(?:\d|pro|ultra|flash|nano|exp|embedding|robotics|live)[A-Za-z0-9.-]*"
        r"|(?:text-embedding-00\d|text-multilingual-embedding-00\d)|(?:text|chat|code|codechat)-bison[A-Za-z0-9@.-]*"
        r"|textembedding-gecko[A-Za-z0-9@.-]*|imagen-?[\d][A-Za-z0-9.-]*|imagegeneration@\d+|veo-\d[A-Za-z0-9.-]*|learnlm-[A-Za-z0-9.-]+)"
        r"|models/[a-z][A-Za-z.-]*+\d[A-Za-z0-9.-]*",
        re.IGNORECASE,
    ),
    "mistral": lazily(
        r"(?:open-)?(?:mistral|mixtral|codestral|ministral|pixtral|magistral|devstral|voxtral)-[A-Za-z0-9.-]*(?:latest|-\d{4})"
        r"|mistral-(?:tiny|small|medium|large|embed|moderation|ocr|saba)(?:-[\w.]+)*|codestral-embed[A-Za-z0-9-]*"
        r"|open-(?:mistral|mixtral|codestral)-[A-Za-z0-9.-]+",
        re.IGNORECASE,
    ),
    "cohere": lazily(
        r"command-(?:r-plus|r7b-\d|(?:r|a|r-plus)-\d\d-\d{4})[A-Za-z0-9-]*|embed-(?:english|multilingual)-[A-Za-z0-9.-]*v\d\.\d|embed-v4\.0"
        r"|rerank-(?:english-|multilingual-)?v\d(?:\.\d)?(?:-\w+)?|c4ai-aya-[A-Za-z0-9.-]+|command-(?:light|nightly|light-nightly)",
        re.IGNORECASE,
    ),
    "deepseek": lazily(r"deepseek-(?:chat|reasoner|v\d(?:\.\d)?-(?:flash|pro)[a-z0-9-]*)", re.IGNORECASE),
    "xai": lazily(r"grok-(?:\d|beta|vision|code|imagine)[A-Za-z0-9.-]*", re.IGNORECASE),
    "groq": lazily(
        r"(?:llama-?3(?:\.\d)?-\d+b-(?:8192|instant|versatile|specdec|preview|\d+k[A-Za-z0-9-]*)"
        r"|llama3-(?:8b|70b)-8192|mixtral-8x7b-32768|gemma-7b-it|llama-guard-3-8b|deepseek-r1-distill-llama-70b)"
    ),
    "perplexity": lazily(
        r"sonar-(?:small|medium|large)-(?:chat|online)|sonar(?:-pro|-reasoning|-reasoning-pro|-deep-research)|llama-3\.1-sonar-[A-Za-z0-9-]+"
    ),
    "voyage": lazily(
        r"rerank-(?:lite-)?[12](?:\.\d)?(?:-lite)?|voyage-(?:\d|large|code|law|finance|multilingual|multimodal|context|lite)[A-Za-z0-9.-]*"
    ),
    "elevenlabs": lazily(r"eleven_(?:multilingual|monolingual|turbo|flash)_v\d[\w.]*|eleven_v\d"),
    "zai": lazily(
        r"(?:glm-(?:4\.\d|[5-9](?:\.\d)?)(?:v|-[a-z0-9-]+)?|glm-(?:3|4|4v|z1)-(?:turbo|plus|air|airx|flash|flashx|long|alltools|0520)"
        r"|glm-(?:4|4v)-\d{4}|charglm-\d|glm-image|cogview-[34][a-z0-9-]*|cogvideox-[23][a-z-]*)",
        re.IGNORECASE,
    ),
    "moonshot": lazily(r"moonshot-v1-[a-z0-9-]+|kimi-(?:k\d(?:\.\d)?|latest|thinking)(?:-[a-z0-9-]+)?", re.IGNORECASE),
    "minimax": lazily(
        r"minimax-(?:m|h|text-|vl-)\d[a-z0-9.-]*|abab\d[a-z0-9.]*-[a-z]+|speech-0\d-(?:hd|turbo)", re.IGNORECASE
    ),
    "dashscope": lazily(
        r"(?:(?:qwen|qwq|qvq)(?:\d(?:\.\d)?)?(?:-(?:vl|coder|omni|audio|math|mt|image|tts|asr|doc))?-(?:max|plus|turbo|flash|long|ocr)"
        r"(?:-[a-z0-9-]+)?|text-embedding-v\d|gte-rerank(?:-v\d)?|(?:paraformer|sambert|cosyvoice)-[a-z\d-]+"
        r"|wan\d\.\d-[a-z0-9-]+-(?:plus|turbo|flash))",
        re.IGNORECASE,
    ),
    "upstage": lazily(r"solar-(?:pro|mini|1-mini-chat|embedding-1-large)[a-z0-9-]*", re.IGNORECASE),
    "baidu": lazily(
        r"ernie-(?:\d(?:\.\d)?|speed|lite|tiny|char|x1)[a-z0-9.-]{0,40}-(?:\d+k[a-z0-9-]*|turbo[a-z0-9-]*)"
        r"|ernie-bot(?:-[a-z0-9]+)*",
        re.IGNORECASE,
    ),
    "volcengine": lazily(r"doubao-(?:\d|seed|pro|lite|vision|embedding|1)[a-z0-9.-]*", re.IGNORECASE),
    "hunyuan": lazily(
        r"hunyuan-(?:lite|standard|pro|turbos?|large|t1|vision|embedding)(?:-[a-z0-9-]+)?", re.IGNORECASE
    ),
    "01ai": lazily(r"yi-(?:large|medium|spark|vision|lightning)(?:-(?:turbo|rag|fc|preview|200k))?", re.IGNORECASE),
    "deepgram": lazily(
        r"nova-[23](?:-(?:general|meeting|phonecall|medical|finance|conversationalai|video))?|aura-(?:2-)?[a-z]+-[a-z]{2}"
    ),
    "jina": lazily(r"jina-(?:embeddings?-v\d|embedding-[a-z]+-en-v\d|reranker-v\d|clip-v\d|colbert-v\d)[a-z0-9-]*"),
    "ai21": lazily(r"jamba-(?:mini|large|instruct|1\.\d-(?:mini|large))(?:-[\w.-]+)?|j2-(?:ultra|mid|light|jumbo-\w+)"),
    "stepfun": lazily(r"step-(?:1[vox]?|2|3)-(?:\d+k|mini|flash|large|medium)[\w-]*"),
    "reka": lazily(r"reka-(?:core|flash|edge)(?:-[\w.-]+)?"),
    "writer": lazily(r"palmyra-(?:x\d|x-\d|med|fin|creative|vision)[\w.-]*"),
    "inception": lazily(r"mercury-coder[\w-]*"),
    "maritaca": lazily(r"sabia(?:zinho)?-\d[\w.-]*"),
    "watsonx": lazily(r"ibm/slate-\d+m-[\w.-]+"),
    "stability": lazily(
        r"stable-image-(?:core|ultra)|stable-diffusion-(?:512-v2-1|768-v2-1|v1-6|xl-1024-v\d-\d|xl-beta-[\w-]+)"
        r"|sd3(?:\.5)?-(?:large|medium|flash)(?:-turbo)?"
    ),
    "bfl": lazily(r"flux-(?:pro|kontext-(?:pro|max))(?:-[\d.]+)?(?:-\w+)?"),
}

_LETTERS = {
    "openai": "bcdfgostw",
    "anthropic": "c",
    "google": "cgilmtv",
    "mistral": "cdmopv",
    "cohere": "cer",
    "deepseek": "d",
    "xai": "g",
    "groq": "dglm",
    "perplexity": "ls",
    "voyage": "rv",
    "elevenlabs": "e",
    "zai": "cg",
    "moonshot": "km",
    "minimax": "ams",
    "dashscope": "cgpqstw",
    "upstage": "es",
    "baidu": "e",
    "volcengine": "d",
    "hunyuan": "h",
    "01ai": "y",
    "jina": "j",
    "deepgram": "an",
    "ai21": "j",
    "stepfun": "s",
    "reka": "r",
    "writer": "p",
    "inception": "m",
    "maritaca": "s",
    "watsonx": "i",
    "stability": "s",
    "bfl": "f",
}
"""With which letters the names of a service begin: most texts are asked of one or two patterns."""

_BY_LETTER = {
    letter: tuple(name for name in API if letter in _LETTERS[name]) for letter in "abcdefghijklmnopqrstuvwxyz"
}


_ADDRESS = lazily(
    r"https?://generativelanguage\.googleapis\.com/\S*?models/(?P<google>[\w.-]+)|https?://api\.cloudflare\.com/\S*?/ai/run/(?P<cloudflare>@\w+/[\w./-]+)"
    r"|https?://api(?:\.\w{2,4})?\.bfl\.(?:ai|ml)/v1/(?P<bfl>flux-[\w.-]+)"
    r"|https?://api\.stability\.ai/v2beta/stable-image/generate/(?P<stability>core|ultra)"
    r"|https?://api-inference\.huggingface\.co/models/(?P<hf>[\w.-]+)(?:$|[?#])"
)


def address(text: str) -> tuple[str, str] | None:
    """The service and the model that an address of its interface names."""
    found = _ADDRESS.match(text)
    if found is None:
        return None
    service = str(found.lastgroup)
    return service, f"stable-image-{found[service]}" if service == "stability" else found[service]


def whose(text: str) -> str | None:
    """The service whose names have the shape of a text, where one does."""
    return next((name for name in _BY_LETTER.get(text[:1].lower(), ()) if API[name].fullmatch(text)), None)
