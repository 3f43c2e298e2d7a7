"""Container images that serve models, and those that hold one."""

import re
from collections.abc import Iterator

from compliance.scan.naming import known, services
from compliance.scan.naming.hub import Name
from compliance.scan.naming.shapes import likely
from compliance.scan.patterns import pattern as lazily

RUNS = lazily(
    r"\b(?:(?:docker|podman|nerdctl)\s+(?:run|pull|create)|(?:oras|kit|crane)\s+(?:pull|unpack|export)|skopeo\s+copy)\s"
)
"""A command that takes one."""
_IMAGE = lazily(r"(?<![\w./:=-])(?:docker://)?(?P<image>[\w.-]+/[\w./-]+)(?P<tag>:[\w.-]+)?(?=[\s\"'\\]|$)")


def run_in(line: str, before: str = "") -> Iterator[tuple[int, str, Name]]:
    """The images of servers of models that a line runs; `before` are the lines that a backslash joins to it."""
    run = RUNS.search(line)
    if run is None and not RUNS.search(before):
        return
    for found in _IMAGE.finditer(line, run.end() if run is not None else 0):
        name = named(found["image"] + (found["tag"] or ""), sure=False)
        if name is not None:
            yield found.start("image"), found["image"], name


def named(text: str, *, sure: bool = True) -> Name | None:
    """The image of a server of models, or one that by its own name or tag holds a model.

    Where it is not `sure` that it is an image, one without a tag or a registry may be a model of the Hub.
    """
    whole = re.sub(r"(?<!:)//", "/", text.strip().strip("\"'"))
    plain = re.sub(r"(?::(?:\$\{[^{}]{1,80}\}|[\w.${}-]+))?(?:@sha256:\w+)?$", "", whole)
    for known_image in known.IMAGES:
        if plain == known_image or plain.endswith((f"/{known_image}", f"/{known_image}-openai")):
            return Name("runtime-image", f"docker:{plain}", plain)
    if "nvcr.io/nim/" in plain or f"/{plain}".endswith(tuple(f"/{one}" for one in known.FILLED)):
        return Name("weights", f"docker:{plain}", plain)  # the image of a model, with terms of its own
    if plain.startswith("registry.ollama.ai/"):
        return services.ollama(whole.removeprefix("registry.ollama.ai/").removeprefix("library/"))
    tag = whole.removeprefix(plain).partition("@")[0].removeprefix(":")
    if not (sure or tag or "." in plain.partition("/")[0]):
        return None
    own = likely(plain.rpartition("/")[2], sized=True)
    is_tagged = own is None and likely(tag, sized=True) is not None
    return Name("weights", f"docker:{whole if is_tagged else plain}", plain) if own or is_tagged else None
