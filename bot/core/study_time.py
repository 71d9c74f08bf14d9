"""A learner's own study times: when in the week they mean to sit down, and for how long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.core.calendar import DAY, WEEK
from bot.core.reminder import STUDY_TIME, Rule
from bot.core.study import Study

SHORTEST, LONGEST = 10, 8 * 60
"""Minutes that a study time may have."""
MOST = 14
"""Study times a week: twice a day."""
MISSED = 3
"""After this many times in a row on which nothing was logged the learner is asked whether another time is better."""
_LOOKED_BACK = 2 * MISSED + 1
"""So many times at most are looked back on: who did not answer is asked once more, and then no more."""
_USUAL = (30, 180)
"""Minutes of a study time for which no length was given, at least and at most."""
_STEP = 15
"""Such a length is rounded to so many minutes."""


@dataclass(frozen=True, order=True)
class StudyTime:
    """A weekday (0 is Monday), a local time, and how many minutes. A learner has one at a weekday and time."""

    weekday: int
    at: time
    minutes: int

    @property
    def slot(self) -> int:
        """The number of its weekday and time, from 1 on."""
        return slot_number(self.weekday, self.at)


def slot_number(weekday: int, at: time) -> int:
    """The number of the minute in the week, from 1 on: what tells a learner's study times apart."""
    return (weekday * 24 + at.hour) * 60 + at.minute + 1


def study_time_of(rule: Rule) -> StudyTime:
    """The study time that a rule is for."""
    return StudyTime(rule.weekday, rule.at, rule.minutes)


def study_times_in(rules: Iterable[Rule]) -> list[Rule]:
    """The rules that are study times, in the order of the week."""
    return sorted((rule for rule in rules if rule.kind == STUDY_TIME), key=lambda rule: rule.slot)


def usual_length(pace: int, lengths: Iterable[int], without: int) -> int:
    """Minutes for each of `without` study times that were named without a length: what those with `lengths` leave of
    the weekly `pace`, divided among them."""
    least, most = _USUAL
    share = max(0, pace - sum(lengths)) / max(1, without)
    return min(most, max(least, round(share / _STEP) * _STEP))


def missed(rule: Rule, today: date, study: Study) -> int:
    """How many times in a row before `today` nothing was logged on the day of a study time.

    Counted from the day on which it was set, kept or last left out; days on which nothing was owed do not count.
    """
    count = 0
    for n in range(1, _LOOKED_BACK + 1):
        day = today - n * WEEK
        if rule.since is None or day < rule.since or study.minutes_on(day):
            break
        if study.commitments.on(day):
            count += 1
    return count


def asks_whether_to_keep(rule: Rule, today: date, study: Study) -> bool:
    """Whether a study time was missed so often that the learner is asked about it: the third time, and the sixth."""
    count = missed(rule, today, study)
    return count > 0 and count % MISSED == 0


def planned_on(times: Sequence[Rule], day: date, until: time = time.max) -> int:
    """Minutes of the study times that begin on `day` up to the local time `until`."""
    return sum(rule.minutes for rule in times if rule.weekday == day.weekday() and rule.at <= until)


def finish_at_study_times(study: Study, today: date, minutes: int) -> date | None:
    """The day on which the plan is covered at so many minutes a week; None if that never comes.

    As `Study.finish_at_pace`, with the sum of the study times in place of the pace: each day that will owe something,
    as far as known, counts with a seventh of it.
    """
    if not study.position.left:
        return today
    return study.commitments.after_owing(today, -(-study.position.left * 7 // minutes)) if minutes else None


def days_of(rule: Rule, days: Iterable[date]) -> list[date]:
    """On which of these days a study time is: those from `since` on."""
    return [day for day in days if day.weekday() == rule.weekday and (rule.since is None or day >= rule.since)]


def studied_since(study: Study, first: date, last: date) -> int:
    """Minutes logged from `first` to `last`, both included."""
    return sum(study.minutes_on(first + n * DAY) for n in range((last - first).days + 1))
