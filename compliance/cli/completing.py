"""What a shell offers for a value: models of the catalogue, facts with their values, policies, formats."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from compliance.catalog import Catalog

_MOST = 200


def models(_ctx: click.Context, _param: click.Parameter, start: str) -> list[str]:
    """Ids of models and services, in whichever case they are begun."""
    return _first(_catalog().model_ids, start)


def facts(_ctx: click.Context, _param: click.Parameter, start: str) -> list[str]:
    """Facts of a use as `NAME=`, then the values that one can have."""
    known = _catalog().vocabulary.facts
    name, equals, _ = start.partition("=")
    if not equals:
        return _first((f"{fact.name}=" for fact in known.values() if not fact.subject), start)
    if name not in known:
        return []
    values = ("true", "false") if known[name].type == "bool" else known[name].values
    return _first((f"{name}={value}" for value in values), start)


def policies(_ctx: click.Context, _param: click.Parameter, start: str) -> list[str]:
    """Policies that ship."""
    return _first(_catalog().index.policies, start)


def formats(_ctx: click.Context, _param: click.Parameter, start: str) -> list[str]:
    """Formats of a report."""
    from compliance.report import FORMATS  # noqa: PLC0415

    return _first(FORMATS, start)


def _catalog() -> "Catalog":
    from compliance.cli import common  # noqa: PLC0415 - only a shell that completes asks

    return common.load_catalog()


def _first(names: Iterable[str], start: str) -> list[str]:
    begun = start.casefold()
    return sorted(name for name in names if name.casefold().startswith(begun))[:_MOST]
