"""The versions of a roadmap that a learner has followed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from roadmap.model import Item, Roadmap


@dataclass(frozen=True)
class Plans:
    """The version that a study began with, later ones by their names in the ledger, and the one followed `now`."""

    first: Roadmap
    later: Mapping[str, Roadmap] = field(default_factory=dict)
    now: Roadmap | None = None

    @cached_property
    def modules(self) -> Mapping[str, set[str]]:
        """The items of each module, in every version that was followed."""
        items: dict[str, set[str]] = {}
        for roadmap in filter(None, (self.first, self.now, *self.later.values())):
            for module in roadmap.modules:
                items.setdefault(module.id, set()).update(item.id for item in module.items)
        return items

    @property
    def _newest_first(self) -> tuple[Roadmap, ...]:
        return tuple(filter(None, (self.now, *reversed([*self.later.values()]), self.first)))

    def item(self, id_: str) -> Item | None:
        """An item as in the newest version that has it; None if none has."""
        return next((roadmap.items[id_] for roadmap in self._newest_first if id_ in roadmap.items), None)

    def module_title(self, id_: str) -> str:
        """The title of a module in the newest version that has it; its id if none has."""
        modules = (module for roadmap in self._newest_first for module in roadmap.modules)
        return next((module.title for module in modules if module.id == id_), id_)
