"""What ties a tree to files that lie elsewhere: submodules, the folders of a Hugging Face cache, and DVC."""

import posixpath
import re

from compliance.scan.files import File
from compliance.scan.naming import hub
from compliance.scan.naming.hub import Name
from compliance.scan.patterns import pattern as lazily

_CACHED = lazily(r"(?:^|/)(?P<kind>models|datasets|spaces)--(?P<id>[^/]+)/refs/[^/]+$")
_KINDS = {"models": ("hf-model", "hf"), "datasets": ("hf-dataset", "hf-dataset"), "spaces": ("hf-space", "hf-space")}


_TRACKED = lazily(r"^(?:[ \t]*-)?[ \t]+path:[ \t]*[\"']?(?P<path>[^\s\"'#][^\n\"'#]*)", re.MULTILINE)


def find(file: File) -> None:
    """Report the models that submodules or a cache bring in, and weights that DVC keeps elsewhere."""
    if file.name.lower().endswith(".dvc"):
        _kept(file)
        return
    cached = _CACHED.search(file.path)
    if cached is not None:
        kind, prefix = _KINDS[cached["kind"]]
        identifier = cached["id"].replace("--", "/", 1)
        revision = file.data[:40].decode("ascii", errors="replace").strip()
        how = (f"revision {revision}",) if re.fullmatch(r"[0-9a-f]{40}", revision) else ()
        file.report(
            identifier, Name(kind, f"{prefix}:{identifier}"), (0, 0), role="used", detector="hub-cache", how=how
        )
        return
    for found in re.finditer(r"^[ \t]*url[ \t]*=[ \t]*(\S+)", file.text, re.MULTILINE):
        name = hub.hub_url(found[1])
        if name is not None:
            file.report(name.text, name, file.place(found.start(1)), role="used", detector="submodule")


def _kept(file: File) -> None:
    """Weights of which the tree has only the sum."""
    for found in _TRACKED.finditer(file.text):
        path = found["path"].rstrip()
        if (there := hub.weights_url(path)) is not None:
            file.report(there.text or path, there, file.place(found.start("path")), role="used", detector="dvc")
            continue
        if hub.WEIGHTS.search(path):
            kept = posixpath.join(posixpath.dirname(file.path), path)
            name = Name(hub.kind_of(path, "bundled-weights"), f"bundled:{kept}", path)
            how = ("kept by DVC: the file itself is not here",)
            file.report(path, name, file.place(found.start("path")), role="used", detector="dvc", how=how)
