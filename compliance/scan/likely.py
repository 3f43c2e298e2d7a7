"""Names that have the shape of a language model's, whoever runs it under that name: where a key says that it is one."""

from compliance.scan.hub import BARE, OTHER_FILE, PLACEHOLDER, WEIGHTS, Name
from compliance.scan.patterns import pattern as lazily

_FAMILY = lazily(
    r"(?:[a-z]+[-_.])?(?:meta[-_.])?(?:(?:code)?llama|mistral|mixtral|mi?nistral|codestral|devstral|magistral|gemma|gemini|qwen|qwq|phi|gpt|claude"
    r"|deepseek|grok|falcon|granite|starcoder|llava|vicuna|zephyr|orca|openchat|hermes|nous|yi|glm|chatglm|kimi|moonshot|ernie|bloomz?"
    r"|baichuan|internlm|hunyuan|doubao|minimax|abab|jamba|command|nova|titan|sonar|solar|dolphin|wizardlm|wizardcoder|tinyllama|smollm2?"
    r"|nemotron|dbrx|olmo|exaone|lfm|reka|palmyra|nomic|jina|bge|gte|e5|mxbai|minilm|whisper|flux|sdxl|stable[-_]diffusion|dall-e|imagen"
    r"|veo|sora|cogview|kokoro|parakeet|step|mimo|seed|arctic|snowflake|cogito|aya)(?![a-z]{3})[-_.\w]*\d"
)
_SIZE = lazily(r"(?:^|[-_])\d+(?:[.x_]\d+){0,4}[bm](?:[-_.]|$)")


def likely(text: str, hint: str | None = None, *, sized: bool = False) -> Name | None:
    """What a text names that no list knows; `hint` is who runs it, `sized` asks for the size in the name as well."""
    plain = text.partition(":")[0]
    if not BARE.fullmatch(plain) or len(text) > 80 or PLACEHOLDER.search(text):  # noqa: PLR2004
        return None
    lower = plain.lower()
    if OTHER_FILE.search(text) or WEIGHTS.search(text) or not _FAMILY.match(lower):
        return None
    if sized and not _SIZE.search(lower):
        return None
    return Name("api-model", f"{hint or 'gateway'}:{text}")
