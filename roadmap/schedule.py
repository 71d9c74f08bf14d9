"""Hours, not dates, carry a plan: what is left of it and the weeks' minutes give dated weeks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.model import Part


@dataclass(frozen=True)
class DatedWeek:
    """The week that begins on `monday`, with `minutes` to spend and the parts they go to."""

    monday: date
    minutes: int
    steps: tuple[tuple[Part, int], ...]


def dated_weeks(left: Sequence[tuple[Part, int]], weeks: Iterable[tuple[date, int]]) -> list[DatedWeek]:
    """Fill each week with the plan in order until nothing is left of it or the weeks end.

    `left`: the parts still to do with their open minutes, in order. `weeks`: Mondays with the minutes they offer, in
    order; a week that offers nothing stays in the result, empty. The last week is as long as what is left.
    """
    rest = list(reversed(left))
    plan = []
    for monday, offered in weeks:
        if not rest:
            break
        steps, room = [], offered
        while rest and room > 0:
            part, open_minutes = rest.pop()
            take = min(open_minutes, room)
            steps.append((part, take))
            room -= take
            if take < open_minutes:
                rest.append((part, open_minutes - take))
        plan.append(DatedWeek(monday, offered - room, tuple(steps)))
    return plan
