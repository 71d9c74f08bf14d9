"""Where a learner is on the roadmap: what their hours have covered, part by part."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from bot.core.crediting import Crediting, credit
from bot.core.ledger import Entry, effective
from roadmap.model import Module, Part, Roadmap

NO_MOVES: Mapping[str, Roadmap] = MappingProxyType({})
NO_MODULES: Mapping[str, Collection[str]] = MappingProxyType({})


class Share(NamedTuple):
    """Minutes that one item gets of an amount for which nobody named an item."""

    item: str
    minutes: int


@dataclass(frozen=True)
class Covered:
    """A part of the plan and how many of its minutes are credited.

    A part marked done counts as covered and needs nothing more. One that was left out of the plan needs nothing more
    either, and adds to the total only the minutes studied on it.
    """

    part: Part
    minutes: int
    done: bool
    out: bool = False

    @property
    def left(self) -> int:
        """Minutes still to study on this part."""
        return 0 if self.done or self.out else self.part.minutes - self.minutes

    @property
    def left_out(self) -> int:
        """Minutes that no longer belong to the plan."""
        return self.part.minutes - self.minutes if self.out and not self.done else 0

    @property
    def planned(self) -> int:
        """Minutes of this part that belong to the plan's total."""
        return self.part.minutes - self.left_out


@dataclass(frozen=True)
class Position:
    """Every part in the learner's order. `extra` minutes were logged when nothing was left to credit them to.

    `kept` is what was covered of items that the plan no longer has, one part per item, with nothing left; it counts
    for the total.
    """

    parts: tuple[Covered, ...]
    extra: int
    kept: tuple[Covered, ...] = ()

    @cached_property
    def current(self) -> Covered | None:
        """The first part with something left; None once all is covered."""
        return next((covered for covered in self.parts if covered.left), None)

    @property
    def finished(self) -> bool:
        """Whether nothing is left of the roadmap."""
        return self.current is None

    @cached_property
    def total(self) -> int:
        """Minutes of the whole plan, without what was left out of it."""
        return sum(covered.planned for covered in self.parts + self.kept)

    @cached_property
    def left_out(self) -> int:
        """Minutes that were left out of the plan."""
        return sum(covered.left_out for covered in self.parts)

    @cached_property
    def left(self) -> int:
        """Minutes still to study."""
        return sum(covered.left for covered in self.parts)

    @cached_property
    def credited(self) -> int:
        """Logged minutes that found their place in the plan."""
        return sum(covered.minutes for covered in self.parts + self.kept)

    def credited_to(self, item: str) -> int:
        """Logged minutes that are credited to one item."""
        return sum(covered.minutes for covered in self.parts + self.kept if covered.part.item == item)

    @property
    def covered(self) -> int:
        """How far along the plan: credited minutes, and those saved by finishing items early."""
        return self.total - self.left

    @property
    def percent(self) -> int:
        """How far along the plan, in whole percent from 0 to 100."""
        return self.covered * 100 // self.total if self.total else 100

    def of(self, items: Container[str]) -> "Position":
        """The same of some items alone."""
        return Position(tuple(covered for covered in self.parts if covered.part.item in items), 0)

    def is_left(self, module: Module) -> bool:
        """Whether something of a module is still to be studied."""
        return any(self.left_of(item.id) for item in module.items)

    def leaves_out(self, module: Module) -> bool:
        """Whether a module was left out of the plan entirely."""
        of_it = self.of({item.id for item in module.items})
        return bool(of_it.left_out) and not of_it.total

    @property
    def weeks_reached(self) -> frozenset[int]:
        """The weeks of the parts up to the current one; none if nothing is left."""
        first = next((n for n, covered in enumerate(self.parts) if covered.left), -1)
        return frozenset(covered.part.week for covered in self.parts[: first + 1])

    def left_of(self, item: str) -> int:
        """Minutes still to study on one item."""
        return self._left_of.get(item, 0)

    @cached_property
    def _left_of(self) -> Mapping[str, int]:
        left: dict[str, int] = {}
        for covered in self.parts:
            left[covered.part.item] = left.get(covered.part.item, 0) + covered.left
        return left

    def left_out_of(self, item: str) -> int:
        """Minutes of one item that were left out of the plan."""
        return sum(covered.left_out for covered in self.parts if covered.part.item == item)

    def in_order(self, minutes: int) -> list[Share]:
        """The items that so many minutes go to when nobody names one; beyond the plan's end it is the last item."""
        shares: dict[str, int] = {}
        for part, take in self.coming(minutes):
            shares[part.item] = shares.get(part.item, 0) + take
        rest = minutes - sum(shares.values())
        if rest:
            last = next(reversed(shares), self.parts[-1].part.item)
            shares[last] = shares.get(last, 0) + rest
        return [Share(item, share) for item, share in shares.items()]

    def coming(self, minutes: int) -> list[tuple[Part, int]]:
        """The next parts in order and how much of each, until `minutes` are filled or the plan ends."""
        steps = []
        for covered in self.parts:
            take = min(covered.left, minutes)
            if take > 0:
                steps.append((covered.part, take))
                minutes -= take
        return steps


def position(
    parts: Sequence[Part],
    entries: Iterable[Entry],
    versions: Mapping[str, Roadmap] = NO_MOVES,
    modules: Mapping[str, Collection[str]] = NO_MODULES,
) -> Position:
    """Credit the ledger's entries to the plan, in the order of recording.

    An entry fills its own item first, part by part; what exceeds the item goes to the plan's open parts in order, so
    that no studied hour is lost. A "done" entry closes its item, and so does a "trim", which takes what is not
    studied of it out of the total. Hours on an item that the plan does not have are kept apart.

    `parts` is the plan at the beginning. A "version" entry continues on the plan of the roadmap that `versions` has
    under its name: what was credited to an item stays with it, or goes to the one that replaces it.

    From a "first" entry on, the module that it names comes before the others; `modules` has the items of each. An
    "again" entry starts crediting anew, from zero, on the plan of the version that it names.

    Credit depends on the ledger alone: a changed goal, date or later entry never moves it.
    """
    return covered_by(credit(parts, effective(entries), versions, modules))


def covered_by(crediting: Crediting) -> Position:
    """The position that was reached."""
    plan = crediting.parts
    parts = (
        Covered(plan[n], plan[n].minutes - crediting.open_minutes[n], n in crediting.done, n in crediting.out)
        for n in crediting.order
    )
    kept = (
        Covered(Part(item, 0, covered, ""), credited, done=True) for item, (credited, covered) in crediting.kept.items()
    )
    return Position(tuple(parts), crediting.extra, tuple(kept))
