"""The build hook: compiles the catalogue into the wheel and lays its YAML beside it. Not part of the wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface[Any]):
    """Adds `compliance/data` to a wheel; an editable install reads the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the files to include. Raises InputError where the catalogue has mistakes."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from compliance import catalog  # noqa: PLC0415 - the package of this very checkout
        from compliance.texts import packing  # noqa: PLC0415 - the package of this very checkout

        self._folder = tempfile.TemporaryDirectory()
        packed = Path(self._folder.name) / "catalog.bin"
        packed.write_bytes(catalog.compile_catalog(catalog.sources(root)))
        marks = Path(self._folder.name) / "library.bin"
        marks.write_bytes(packing.compile_files(sorted((root / "catalog").rglob("*.fp"))))
        build_data["force_include"][str(packed)] = "compliance/data/catalog.bin"
        build_data["force_include"][str(marks)] = "compliance/data/library.bin"
        for name in ("catalog", "policies"):
            for path in (root / name).rglob("*.yaml"):
                build_data["force_include"][str(path)] = f"compliance/data/{path.relative_to(root).as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Drop the compiled file; the wheel has it."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
