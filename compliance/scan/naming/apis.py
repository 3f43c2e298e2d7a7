"""The shapes of the names that API services give their models."""

from compliance.scan.naming import known
from compliance.scan.patterns import pattern as lazily
from compliance.scan.tables import patterns

API = patterns("api")
_BY_LETTER = {
    letter: tuple(name for name in API if letter in known.LETTERS[name]) for letter in "abcdefghijklmnopqrstuvwxyz"
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
