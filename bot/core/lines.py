"""A ledger that is read when somebody first looks at it: most commands need only its summary."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import overload

from bot.core.ledger import Entry, minutes_by_day


class Lines(Sequence[Entry]):
    """All lines of a ledger, which `read` gives as they were when the study was loaded."""

    def __init__(self, read: Callable[[], Sequence[Entry]]) -> None:
        self._read = read

    @cached_property
    def _lines(self) -> Sequence[Entry]:
        return self._read()

    @overload
    def __getitem__(self, at: int) -> Entry: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Entry]: ...

    def __getitem__(self, at: int | slice) -> Entry | Sequence[Entry]:
        """A line, or some, by their place."""
        return self._lines[at]

    def __len__(self) -> int:
        """The number of lines."""
        return len(self._lines)

    def plus(self, entries: Sequence[Entry]) -> "Lines":
        """The same with more lines."""
        return Lines(lambda: (*self, *entries))


@dataclass(frozen=True)
class Days:
    """Minutes by local date, reversals included. `recent` has the days from `since` on; `read` gives all of them."""

    recent: Mapping[date, int]
    since: date
    read: Callable[[], Mapping[date, int]]

    @cached_property
    def all(self) -> Mapping[date, int]:
        """Every day with minutes, read when first asked for."""
        return self.read()

    def on(self, day: date) -> int:
        """Minutes on a day."""
        return (self.recent if day >= self.since else self.all).get(day, 0)

    def plus(self, entries: Iterable[Entry]) -> "Days":
        """The same with more lines."""
        added = minutes_by_day(entries)
        return Days(_sum(self.recent, added), self.since, lambda: _sum(self.all, added))


def _sum(days: Mapping[date, int], added: Mapping[date, int]) -> dict[date, int]:
    return {**days, **{day: days.get(day, 0) + minutes for day, minutes in added.items()}}
