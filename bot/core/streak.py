"""The weekly streak: never miss twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.core.met import Met


@dataclass(frozen=True)
class Week:
    """One week of a learner, by its first day: minutes owed and logged. It is `partial` where a pause or the time
    before the start has a share in it, or where it has fewer than seven days, before weeks begin on another weekday.
    `before`: how it was met before something was changed, where the hours fall short of what it owes now.
    """

    monday: date
    target: int
    logged: int
    partial: bool
    before: Met | None = None

    @property
    def met(self) -> bool:
        """Whether the week's commitment is or was met. A week that owed nothing is neither met nor missed."""
        return self.before is not None or 0 < self.target <= self.logged

    @property
    def missed(self) -> bool:
        """Whether the week, once over, counts as missed. A partial one never does."""
        return not self.met and self.target > 0 and not self.partial


def together(weeks: Sequence[Week]) -> Week:
    """The same calendar week on several roadmaps as one; it is partial where it is so on all of them."""
    return Week(
        weeks[0].monday,
        sum(week.target for week in weeks),
        sum(week.logged for week in weeks),
        all(week.partial for week in weeks),
    )


Verdict = Literal["met", "missed", "short", "free", "running"]
"""What a week is for a streak: "short" is one not met that has days which owed nothing, "free" owes nothing at all."""


def of_streak(weeks: Iterable[Week], this_week: date) -> list[tuple[Verdict, Week]]:
    """The weeks of the streak that runs, oldest first, up to the one that begins on `this_week`.

    A pause neither breaks nor counts. One missed week is forgiven; a second in a row ends the streak.
    """
    found: list[tuple[Verdict, Week]] = []
    misses = 0
    for week in weeks:
        verdict = _verdict(week, this_week)
        found.append((verdict, week))
        if verdict == "met":
            misses = 0
        elif verdict == "missed":
            misses += 1
            if misses > 1:
                found.clear()
    return found


def _verdict(week: Week, this_week: date) -> Verdict:
    if week.met:
        return "met"
    if not week.target:
        return "free"
    if week.monday >= this_week:
        return "running"
    return "missed" if week.missed else "short"


def streak(weeks: Iterable[Week], this_week: date) -> int:
    """Weeks met in a row, up to the week that begins on `this_week`, which counts as soon as it is met."""
    return sum(verdict == "met" for verdict, _ in of_streak(weeks, this_week))
