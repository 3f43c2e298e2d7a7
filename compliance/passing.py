"""Under which licence a derivative is passed on, and what that makes of its facts and terms."""

from collections.abc import Mapping
from typing import Any

from compliance import binding
from compliance.lineage import DATA
from compliance.local import Local
from compliance.model import All, Choice, Document, Model, SubjectFact, Test
from compliance.project import Declared
from compliance.releasing import Releases
from compliance.terms import Terms

_AS_WEIGHTS = frozenset({"weights", "derivative-weights"})
_NO_LICENSE = "none meets all that is inherited"


class Passing:
    """Knows the models of a project: the licence that one declares is the one under which it is passed on."""

    def __init__(self, releases: Releases, declared: Mapping[str, Declared], local: Local) -> None:
        self.releases, self.declared, self.local = releases, declared, local

    def own(self, model: Model, use: Mapping[str, Any]) -> tuple[Document, ...]:
        """The documents under which a derivative is passed on, as far as they are known."""
        declared = self.declared.get(model.id.casefold())
        stated = self._under(model, {**use, **(declared.use if declared is not None else {})})
        return () if stated is None else self.releases.stated(stated)

    def _under(self, model: Model, use: Mapping[str, Any]) -> str | None:
        """The licence under which a derivative is passed on: as stated, else what one of the project declares."""
        if "derivative_license" in use:
            return stated if isinstance(stated := use["derivative_license"], str) else None
        made = any(parent.relation != DATA for parent in model.parents)
        passed_on = use.get("distribution")
        leaves = not isinstance(passed_on, frozenset) or passed_on & _AS_WEIGHTS
        ours = model.known_by == "project" or model.id in self.local.places
        return model.license if made and leaves and ours else None

    def spelled(self, model: Model, use: Mapping[str, Any]) -> Mapping[str, Any]:
        """The use with the licence of a derivative under its SPDX id, whichever of its names was stated."""
        stated = self._under(model, use)
        if "derivative_license" not in use and self.releases.conflict(model) is not None:
            stated = _NO_LICENSE
        document = self.releases.catalog.document(stated) if stated is not None else None
        stated = document.spdx or document.id if document is not None else stated
        return use if stated is None else {**use, "derivative_license": stated}

    def facts(self, model: Model, terms: Terms, use: Mapping[str, Any]) -> dict[str, SubjectFact]:
        """That use restrictions are not passed on, where nobody says that they are and the licence has none."""
        if not self.releases.drops(terms, self.own(model, use)):
            return {}
        under = Test(fact="derivative_license", op="equals", operand=self.spelled(model, use)["derivative_license"])
        leaves = Test(fact="distribution", op="includes_any", operand=_AS_WEIGHTS | {"embedded-product"})
        found = SubjectFact(choices=(Choice(value=False, when=All(items=(under, leaves))),))
        return {"use_restrictions_passed_on": found}

    def held(self, model: Model, use: Mapping[str, Any]) -> binding.Held:
        """What makes of the terms of a base those under the licence of the derivative."""
        own = self.own(model, use)
        if not own:
            return lambda terms, _: terms
        bound = self.releases.bound(model)
        return lambda terms, license_: self.releases.hold(terms, own, license_, bound)
