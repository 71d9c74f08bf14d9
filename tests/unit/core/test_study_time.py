"""How long a study time is, how often it was missed, and when the roadmap would be done at study times."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId, LearnerId
from bot.core.ledger import Entry
from bot.core.reminder import BESIDE, STUDY_TIME, Rule, beside
from bot.core.study import Study
from bot.core.study_time import (
    StudyTime,
    asks_whether_to_keep,
    finish_at_study_times,
    missed,
    planned_on,
    slot_number,
    usual_length,
)
from roadmap.loader import builtin

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
START, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)
TRACK = builtin("ml-researcher")


def study(*days: date, minutes: int = 480, pause: date | None = None) -> Study:
    """Somebody who logged an hour on each of these days."""
    commitments = (Commitment(START, minutes), *((Commitment(pause, 0),) if pause else ()))
    entries = [Entry(EntryId(n), TRACK.parts[0].item, day, 60, "study", NOW) for n, day in enumerate(days, start=1)]
    return Study(EnrollmentId(1), TRACK, START, Commitments(commitments), entries)


def rule(weekday: int = 1, at: time = time(19), minutes: int = 60, since: date = START) -> Rule:
    """A study time."""
    slot = slot_number(weekday, at)
    zone = ZoneInfo("UTC")
    return Rule(1, LearnerId(1), STUDY_TIME, weekday, at, zone, NOW, slot=slot, minutes=minutes, since=since)


def test_every_minute_of_the_week_has_its_own_number() -> None:
    numbers = {
        StudyTime(day, time(hour, minute), 60).slot for day in range(7) for hour in range(24) for minute in range(60)
    }
    assert numbers == set(range(1, 7 * 24 * 60 + 1))


@pytest.mark.parametrize(
    ("pace", "given", "without", "minutes"),
    [
        (480, [], 2, 180),  # never more than three hours
        (480, [120], 2, 180),
        (480, [], 4, 120),
        (480, [], 7, 75),
        (480, [120], 3, 120),
        (120, [], 7, 30),  # never less than half an hour
        (120, [120], 1, 30),
        (300, [], 3, 105),
        (480, [], 0, 180),
    ],
)
def test_a_length_that_was_not_said_is_a_share_of_the_week(
    pace: int, given: list[int], without: int, minutes: int
) -> None:
    assert usual_length(pace, given, without) == minutes


def test_only_days_that_owed_something_and_have_no_hours_are_missed() -> None:
    fifth = date(2026, 2, 3)
    assert missed(rule(), fifth, study()) == 4
    assert missed(rule(), fifth, study(date(2026, 1, 13))) == 2
    assert missed(rule(since=date(2026, 1, 20)), fifth, study()) == 2
    assert missed(rule(), fifth, study(pause=date(2026, 1, 13))) == 1
    assert missed(rule(), TUESDAY, study()) == 0


def test_who_is_asked_the_third_time_is_asked_again_the_sixth_and_then_no_more() -> None:
    days = [date.fromordinal(TUESDAY.toordinal() + 7 * n) for n in range(20)]
    assert [n for n, day in enumerate(days) if asks_whether_to_keep(rule(), day, study())] == [3, 6]


def test_the_forecast_is_what_anybody_can_recompute() -> None:
    left = TRACK.minutes
    days = -(-left * 7 // 300)
    assert finish_at_study_times(study(), START, 300) == date.fromordinal(START.toordinal() + days)
    assert finish_at_study_times(study(), START, 480) == study().commitments.after_owing(START, -(-left * 7 // 480))
    assert finish_at_study_times(study(), START, 0) is None
    assert finish_at_study_times(study(pause=START), START, 300) is None


def test_the_time_of_a_day_is_that_of_its_study_times_so_far() -> None:
    times = [rule(minutes=60), rule(at=time(21), minutes=30), rule(2, minutes=90)]
    assert planned_on(times, TUESDAY, time(19)) == 60
    assert planned_on(times, TUESDAY, time(21)) == 90
    assert planned_on(times, TUESDAY) == 90


def test_a_study_time_stands_beside_another_message_of_its_minute_and_after_an_outage_gives_way() -> None:
    assert beside(STUDY_TIME, NOW, "announcement", NOW, NOW)
    assert beside("announcement", NOW, STUDY_TIME, NOW, NOW + BESIDE)
    assert not beside("announcement", NOW, STUDY_TIME, NOW, NOW + 2 * BESIDE)
    assert not beside("announcement", NOW, "nudge", NOW, NOW)
    assert not beside(STUDY_TIME, NOW, STUDY_TIME, NOW, NOW)
    assert not beside(STUDY_TIME, NOW, "announcement", NOW - BESIDE, NOW)
