"""Amounts that stay the same for stretches of days: sums and dates by arithmetic, however long the stretches are."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretches:
    """An amount a day: `amounts[n]` from the day `starts[n]` on until the next start, and 0 before the first."""

    starts: tuple[date, ...]
    amounts: tuple[int, ...]

    @classmethod
    def of(cls, amounts: Mapping[date, int]) -> "Stretches":
        """From the amounts by the days on which they may change, oldest first."""
        kept: dict[date, int] = {}
        last = 0
        for day, amount in amounts.items():
            if amount != last:
                kept[day] = last = amount
        return cls(tuple(kept), tuple(kept.values()))

    @cached_property
    def _sums(self) -> tuple[int, ...]:
        """The sum of all days before each start."""
        sums = [0]
        for n in range(1, len(self.starts)):
            sums.append(sums[-1] + self.amounts[n - 1] * (self.starts[n] - self.starts[n - 1]).days)
        return tuple(sums)

    def on(self, day: date) -> int:
        """The amount of a day."""
        begun = bisect_right(self.starts, day)
        return self.amounts[begun - 1] if begun else 0

    def until(self, day: date) -> date:
        """The first day after `day` with another amount; the last possible date if there is none."""
        begun = bisect_right(self.starts, day)
        return self.starts[begun] if begun < len(self.starts) else date.max

    def sum(self, first: date, last: date) -> int:
        """The sum of the amounts of these days, both included; 0 if there are none."""
        return self._through(last) - self._through(first - _DAY) if first <= last and last >= self._first else 0

    def next_owing(self, day: date) -> date | None:
        """The first day from `day` on whose amount is not 0; None if there is none."""
        return next((first for first, _, _ in self._owing(day)), None)

    def reaching(self, day: date, amount: int) -> date | None:
        """The day by which the days from `day` on sum up to `amount`, which is more than 0; None if they never do."""
        for first, last, each in self._owing(day):
            days = -(-amount // each)
            if last is None or days <= (last - first).days + 1:
                return first + (days - 1) * _DAY
            amount -= each * ((last - first).days + 1)
        return None

    def owing_days(self, day: date, days: int) -> date | None:
        """The day that is the `days`th from `day` on whose amount is not 0; None if there are fewer."""
        for first, last, _ in self._owing(day):
            if last is None or days <= (last - first).days + 1:
                return first + (days - 1) * _DAY
            days -= (last - first).days + 1
        return None

    def _owing(self, day: date) -> Iterator[tuple[date, date | None, int]]:
        """The stretches from `day` on with other amounts than 0: first and last day (None: it never ends), amount."""
        for n in range(max(0, bisect_right(self.starts, day) - 1), len(self.starts)):
            if self.amounts[n]:
                last = self.starts[n + 1] - _DAY if n + 1 < len(self.starts) else None
                yield max(day, self.starts[n]), last, self.amounts[n]

    def _through(self, day: date) -> int:
        """The sum of all days up to `day`."""
        begun = bisect_right(self.starts, day)
        return (
            self._sums[begun - 1] + self.amounts[begun - 1] * ((day - self.starts[begun - 1]).days + 1) if begun else 0
        )

    @property
    def _first(self) -> date:
        return self.starts[0] if self.starts else date.max
