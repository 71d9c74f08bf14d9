"""The plan while the ledger is credited to it, line by line; it can be kept and continued later."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import NamedTuple, TypedDict

from bot.core.ledger import Entry
from roadmap.model import Part, Roadmap


class Amounts(NamedTuple):
    """Minutes of an item that are credited, and those that are covered."""

    credited: int
    covered: int


class Credited(TypedDict):
    """What was credited, without the plan: as it is stored.

    Minutes by the place of a part in the roadmap's order, the places that are done and left out, the modules that
    were chosen to come first, and by item what is kept of items that the plan no longer has.
    """

    taken: list[int]
    done: list[int]
    out: list[int]
    first: list[str]
    extra: int
    kept: dict[str, Amounts]


class Crediting:
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
        self.kept: dict[str, Amounts] = {}
        """By item: minutes credited, minutes covered."""

    def begin_with(self, module: str) -> None:
        """From now on a module comes before the others."""
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
        """Fill an item, and with what exceeds it the open parts in order."""
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
        before = self.kept.get(item, Amounts(0, 0))
        self.kept[item] = Amounts(before.credited + credited, before.covered + covered)

    def carried_to(self, roadmap: Roadmap) -> "Crediting":
        """The same credit on another version's plan."""
        new = Crediting(roadmap.parts, self.modules)
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
                credited, covered = rest, covered - new._of(heir).covered
            if covered > 0:
                new._keep(heir, credited, covered)
        return new

    def _of(self, item: str) -> Amounts:
        """Minutes of an item that are credited, and those that are covered; what is kept of it included."""
        places = self.places.get(item, [])
        credited = sum(self.parts[n].minutes - self.open_minutes[n] for n in places)
        kept = self.kept.get(item, Amounts(0, 0))
        covered = credited + sum(self.open_minutes[n] for n in places if n in self.done)
        return Amounts(credited + kept.credited, covered + kept.covered)

    def _closed(self, item: str) -> bool:
        return item in self.places and self.closed.issuperset(self.places[item])

    def plus(self, entry: Entry) -> "Crediting":
        """The same with one more line, which is no version, no new beginning and no reversal."""
        new = copy(self)
        new.order, new.first, new.open_minutes = [*self.order], [*self.first], [*self.open_minutes]
        new.done, new.out, new.kept = {*self.done}, {*self.out}, {**self.kept}
        new.add(entry)
        return new

    def add(self, entry: Entry) -> None:
        """Credit such a line."""
        if entry.kind == "first":
            self.begin_with(entry.item)
        elif entry.kind == "done":
            self.done.update(self.open(entry.item))
        elif entry.kind == "trim":
            self.out.update(self.open(entry.item))
        else:
            self.credit(entry.item, entry.minutes)

    def credited(self) -> Credited:
        """What `restored` makes the same of."""
        minutes = [part.minutes - left for part, left in zip(self.parts, self.open_minutes, strict=True)]
        while minutes and not minutes[-1]:
            minutes.pop()
        return Credited(
            taken=minutes,
            done=sorted(self.done),
            out=sorted(self.out),
            first=self.first,
            extra=self.extra,
            kept=self.kept,
        )

    @classmethod
    def restored(cls, parts: Sequence[Part], modules: Mapping[str, Collection[str]], credited: Credited) -> "Crediting":
        """The same plan with what was credited. Raises `ValueError` if it is another plan."""
        new = cls(parts, modules)
        for module in credited["first"]:
            new.begin_with(module)
        if len(credited["taken"]) > len(parts):
            raise ValueError("more parts were credited than the plan has")
        for n, minutes in enumerate(credited["taken"]):
            new.open_minutes[n] -= minutes
        new.done, new.out, new.extra = {*credited["done"]}, {*credited["out"]}, credited["extra"]
        new.kept = {item: Amounts(*amounts) for item, amounts in credited["kept"].items()}
        return new


def credit(
    parts: Sequence[Part],
    entries: Iterable[Entry],
    versions: Mapping[str, Roadmap],
    modules: Mapping[str, Collection[str]],
) -> Crediting:
    """Credit the entries that count to the plan, in their order; see `bot.core.position.position`."""
    crediting = Crediting(parts, modules)
    for entry in entries:
        if entry.kind == "version":
            if entry.item in versions:
                crediting = crediting.carried_to(versions[entry.item])
        elif entry.kind == "again":
            crediting = Crediting(versions[entry.item].parts if entry.item in versions else parts, modules)
        else:
            crediting.add(entry)
    return crediting
