"""What ships, read once for all tests: the catalogue and the fingerprints of this checkout.

They are compiled once, before the processes that run tests start, and kept below a name that changes with the code, so
that no test sees what other code has made.
"""

import os
import shutil
from functools import cache
from hashlib import blake2b
from pathlib import Path

from compliance import catalog
from compliance.cli import common
from compliance.texts import packing
from compliance.texts.library import Library

ROOT = Path(__file__).parent.parent
BESIDE = Path(os.environ.get("MODELCHECK_SHARED", ROOT.parent / "shared"))
"""Collected material, which adds to the tests where it is at hand."""
EXAMPLE = ROOT / "examples" / "support-assistant"


def _folder() -> Path:
    """Where they are kept; what other code left there is dropped."""
    digest = blake2b(digest_size=8)
    for path in sorted((ROOT / "compliance").rglob("*.py")):
        digest.update(path.read_bytes())
    folder = ROOT / ".pytest_cache" / "shelf" / digest.hexdigest()
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


FOLDER = _folder()
CATALOG = catalog.load(FOLDER)
_OWN = (catalog.CHECKOUT, catalog.load, packing.load, common.cache_folder(), common.load_catalog, common.load_library)


@cache
def fingerprints() -> Library:
    """All fingerprints that ship."""
    return packing.load(ROOT / "nowhere", ROOT / "catalog", FOLDER)


def _is_untouched() -> bool:
    """Whether a command would read this checkout through this user's cache: no test has put another in its place."""
    return (catalog.CHECKOUT, catalog.load, packing.load, common.cache_folder()) == _OWN[:4]


def for_commands(monkeypatch) -> None:
    """Let commands of this process have what was read already, unless a test changes where or how it is read."""
    if (common.load_catalog, common.load_library) != _OWN[4:]:
        return
    monkeypatch.setattr(common, "load_catalog", lambda: CATALOG if _is_untouched() else _OWN[4]())
    monkeypatch.setattr(common, "load_library", lambda: fingerprints() if _is_untouched() else _OWN[5]())
