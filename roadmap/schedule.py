"""A plan in dated weeks, from what is left of it and the minutes of each week. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.model import Part


@dataclass(frozen=True)
class DatedWeek:
    """The week that begins on `monday`, with `minutes` to spend and the parts they are for."""

    monday: date
    minutes: int
    steps: tuple[tuple[Part, int], ...]


def dated_weeks(left: Sequence[tuple[Part, int]], weeks: Iterable[tuple[date, int]]) -> list[DatedWeek]:
    """Fill each week with the plan in order until nothing is left or the weeks end.

    `left`: the parts still to do with their open minutes, in order. `weeks`: the first days of weeks with the
    minutes available in each, in order; a week without minutes is in the result, empty. The last week has only what
    is left.
    """
    rest = list(reversed(left))
    plan = []
    for monday, offered in weeks:
        if not rest:
            break
        steps, available = [], offered
        while rest and available > 0:
            part, open_minutes = rest.pop()
            take = min(open_minutes, available)
            steps.append((part, take))
            available -= take
            if take < open_minutes:
                rest.append((part, open_minutes - take))
        plan.append(DatedWeek(monday, offered - available, tuple(steps)))
    return plan
