"""Where a learner is on the roadmap: what their hours have covered, part by part."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from bot.core.ledger import Entry, effective
from roadmap.model import Module, Part, Roadmap

NO_MOVES: Mapping[str, Roadmap] = MappingProxyType({})
NO_MODULES: Mapping[str, Collection[str]] = MappingProxyType({})


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

    def left_of(self, item: str) -> int:
        """Minutes still to study on one item."""
        return sum(covered.left for covered in self.parts if covered.part.item == item)

    def left_out_of(self, item: str) -> int:
        """Minutes of one item that were left out of the plan."""
        return sum(covered.left_out for covered in self.parts if covered.part.item == item)

    def in_order(self, minutes: int) -> list[tuple[str, int]]:
        """The items that so many minutes go to when nobody names one; beyond the plan's end it is the last item."""
        shares: dict[str, int] = {}
        for part, take in self.coming(minutes):
            shares[part.item] = shares.get(part.item, 0) + take
        rest = minutes - sum(shares.values())
        if rest:
            last = next(reversed(shares), self.parts[-1].part.item)
            shares[last] = shares.get(last, 0) + rest
        return list(shares.items())

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
    crediting = _Crediting(parts, modules)
    for entry in effective(entries):
        if entry.kind == "version":
            if entry.item in versions:
                crediting = crediting.carried_to(versions[entry.item])
        elif entry.kind == "again":
            crediting = _Crediting(versions[entry.item].parts if entry.item in versions else parts, modules)
        elif entry.kind == "first":
            crediting.begin_with(entry.item)
        elif entry.kind == "done":
            crediting.done.update(crediting.open(entry.item))
        elif entry.kind == "trim":
            crediting.out.update(crediting.open(entry.item))
        else:
            crediting.credit(entry.item, entry.minutes)
    return crediting.position()


class _Crediting:
    """A plan while the ledger is read: what room its parts have, which are done or left out, what is kept beside it."""

    def __init__(self, parts: Sequence[Part], modules: Mapping[str, Collection[str]]) -> None:
        self.parts = parts
        self.modules = modules
        self.order = list(range(len(parts)))
        """The parts in the learner's order."""
        self.first: list[str] = []
        """The modules that were chosen to come first, the last one before the others."""
        self.places: dict[str, list[int]] = {}
        for n, part in enumerate(parts):
            self.places.setdefault(part.item, []).append(n)
        self.open_minutes = [part.minutes for part in parts]
        self.done: set[int] = set()
        self.out: set[int] = set()
        self.extra = 0
        self.kept: dict[str, tuple[int, int]] = {}
        """By item: minutes credited, minutes covered."""

    def begin_with(self, module: str) -> None:
        self.first.append(module)
        items = self.modules.get(module, ())
        self.order.sort(key=lambda n: self.parts[n].item not in items)

    @property
    def closed(self) -> set[int]:
        """The places that take no more hours."""
        return self.done | self.out

    def open(self, item: str) -> set[int]:
        """The places of an item that may take hours."""
        return set(self.places.get(item, ())) - self.closed

    def credit(self, item: str, minutes: int) -> None:
        if item not in self.places:
            self._keep(item, minutes, minutes)
            return
        rest = self._pour(minutes, self.places[item])
        self.extra += self._pour(rest, self.order) if rest else 0

    def _pour(self, minutes: int, places: Iterable[int]) -> int:
        """Fill the open places in order; what did not fit comes back."""
        closed = self.closed
        for n in places:
            if n not in closed and self.open_minutes[n]:
                take = min(minutes, self.open_minutes[n])
                self.open_minutes[n] -= take
                minutes -= take
                if not minutes:
                    break
        return minutes

    def _keep(self, item: str, credited: int, covered: int) -> None:
        before = self.kept.get(item, (0, 0))
        self.kept[item] = before[0] + credited, before[1] + covered

    def carried_to(self, roadmap: Roadmap) -> "_Crediting":
        """The same credit on another version's plan."""
        new = _Crediting(roadmap.parts, self.modules)
        for module in self.first:
            new.begin_with(module)
        new.extra = self.extra
        heirs = {retired.id: retired.replaced_by for retired in roadmap.retired if retired.replaced_by in new.places}
        origins: dict[str, list[str]] = {}
        for item in dict.fromkeys([*self.places, *self.kept]):
            origins.setdefault(item if item in new.places else heirs.get(item) or item, []).append(item)
        for heir, items in origins.items():
            credited, covered = (sum(amounts) for amounts in zip(*map(self._of, items), strict=True))
            if heir in new.places:
                rest = new._pour(credited, new.places[heir])
                before = [heir] if heir in self.places else items
                if all(self._closed(item) for item in before):
                    left_out = any(self.out.intersection(self.places[item]) for item in before)
                    (new.out if left_out else new.done).update(new.places[heir])
                credited, covered = rest, covered - new._of(heir)[1]
            if covered > 0:
                new._keep(heir, credited, covered)
        return new

    def _of(self, item: str) -> tuple[int, int]:
        """Minutes of an item that are credited, and those that are covered; what is kept of it included."""
        places = self.places.get(item, [])
        credited = sum(self.parts[n].minutes - self.open_minutes[n] for n in places)
        kept = self.kept.get(item, (0, 0))
        return credited + kept[0], credited + sum(self.open_minutes[n] for n in places if n in self.done) + kept[1]

    def _closed(self, item: str) -> bool:
        return item in self.places and self.closed.issuperset(self.places[item])

    def position(self) -> Position:
        every = ((n, self.parts[n]) for n in self.order)
        parts = (Covered(part, part.minutes - self.open_minutes[n], n in self.done, n in self.out) for n, part in every)
        kept = (
            Covered(Part(item, 0, covered, ""), credited, done=True) for item, (credited, covered) in self.kept.items()
        )
        return Position(tuple(parts), self.extra, tuple(kept))
