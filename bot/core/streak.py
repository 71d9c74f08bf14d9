"""The weekly streak. One missed week is forgiven, two in a row end it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from bot.core.met import Met


@dataclass(frozen=True)
class Week:
    """A week of a learner, by its first day, with minutes owed and logged.

    `partial`: it contains days of a pause or before the start, or has fewer than seven days because the learner's
    weeks begin on another weekday after it. `before`: how it was met before a change, if its hours are less than
    what it owes now.
    """

    monday: date
    target: int
    logged: int
    partial: bool
    before: Met | None = None

    @property
    def met(self) -> bool:
        """Whether the week's commitment is met, or was before a change. A week that owed nothing is neither met nor
        missed."""
        return self.before is not None or 0 < self.target <= self.logged

    @property
    def missed(self) -> bool:
        """Whether the week counts as missed once it is over. A partial one never does."""
        return not self.met and self.target > 0 and not self.partial


def together(weeks: Sequence[Week]) -> Week:
    """The same week on several roadmaps as one; it is partial if it is partial on all of them."""
    return Week(
        weeks[0].monday,
        sum(week.target for week in weeks),
        sum(week.logged for week in weeks),
        all(week.partial for week in weeks),
    )


Verdict = Literal["met", "missed", "short", "free", "running"]
"""What a week is for a streak: "short" is one not met that has days which owed nothing, "free" owes nothing at all."""


class JudgedWeek(NamedTuple):
    """A week with what it is for a streak."""

    verdict: Verdict
    week: Week


def of_streak(weeks: Iterable[Week], this_week: date) -> list[JudgedWeek]:
    """The weeks of the current streak with their verdicts, oldest first, up to the week that begins on `this_week`.

    A pause neither ends the streak nor adds to it. One missed week is forgiven; a second in a row ends it.
    """
    running: list[JudgedWeek] = []
    misses = 0
    for week in weeks:
        verdict = _verdict(week, this_week)
        running.append(JudgedWeek(verdict, week))
        if verdict == "met":
            misses = 0
        elif verdict == "missed":
            misses += 1
            if misses > 1:
                running.clear()
    return running


def _verdict(week: Week, this_week: date) -> Verdict:
    if week.met:
        return "met"
    if not week.target:
        return "free"
    if week.monday >= this_week:
        return "running"
    return "missed" if week.missed else "short"


def streak(weeks: Iterable[Week], this_week: date) -> int:
    """The number of weeks met in the current streak; the week that begins on `this_week` counts as soon as it is
    met."""
    return sum(verdict == "met" for verdict, _ in of_streak(weeks, this_week))
