"""Where a learner stands on the roadmap: what their hours have covered, part by part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.ledger import Entry, standing
from roadmap.model import Part


@dataclass(frozen=True)
class Covered:
    """A part of the plan and how many of its minutes are credited. A part marked done asks for nothing more."""

    part: Part
    minutes: int
    done: bool

    @property
    def left(self) -> int:
        """Minutes still to study on this part."""
        return 0 if self.done else self.part.minutes - self.minutes


@dataclass(frozen=True)
class Position:
    """Every part in the plan's order. `extra` minutes were logged when nothing was left to credit them to."""

    parts: tuple[Covered, ...]
    extra: int

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
        """Minutes of the whole plan."""
        return sum(covered.part.minutes for covered in self.parts)

    @cached_property
    def left(self) -> int:
        """Minutes still to study."""
        return sum(covered.left for covered in self.parts)

    @cached_property
    def credited(self) -> int:
        """Logged minutes that found their place in the plan."""
        return sum(covered.minutes for covered in self.parts)

    @property
    def covered(self) -> int:
        """How far along the plan: credited minutes, and those saved by finishing items early."""
        return self.total - self.left

    def left_of(self, item: str) -> int:
        """Minutes still to study on one item."""
        return sum(covered.left for covered in self.parts if covered.part.item == item)

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


def position(parts: Sequence[Part], entries: Iterable[Entry]) -> Position:
    """Credit the ledger to the plan, entry by entry as recorded.

    An entry fills its own item first, part by part; what is more than the item holds flows into the plan in order, so
    that no studied hour is lost to the plan. A "done" entry closes its item, and so does a "trim".
    Credit depends on the ledger alone: it never moves because a goal, a date or a later entry changed.
    """
    places: dict[str, list[int]] = {}
    for n, part in enumerate(parts):
        places.setdefault(part.item, []).append(n)
    room = [part.minutes for part in parts]
    closed: set[int] = set()
    extra = 0
    for entry in standing(entries):
        own = places.get(entry.item, [])
        if entry.kind in {"done", "trim"}:
            closed.update(own)
            continue
        rest = _pour(entry.minutes, own, room, closed)
        if rest:
            rest = _pour(rest, range(len(parts)), room, closed)
        extra += rest
    covered = (Covered(part, part.minutes - room[n], n in closed) for n, part in enumerate(parts))
    return Position(tuple(covered), extra)


def _pour(minutes: int, places: Iterable[int], room: list[int], closed: set[int]) -> int:
    """Fill the open places in order; what did not fit comes back."""
    for n in places:
        if n not in closed and room[n]:
            take = min(minutes, room[n])
            room[n] -= take
            minutes -= take
            if not minutes:
                break
    return minutes
