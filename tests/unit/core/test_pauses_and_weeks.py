"""Pauses planned ahead, met weeks and boards: what was said counts from when it was said. Counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.group import Member, Studied
from bot.core.ids import EnrollmentId, EntryId, LearnerId
from bot.core.leaderboard import board
from bot.core.ledger import Entry
from bot.core.met import Met
from bot.core.study import Study
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SUNDAY = MONDAY + 6 * DAY


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 1, 5, hour, tzinfo=UTC) + day * DAY


START = Commitment(MONDAY - WEEK, 490, at(-7, 8))


def pause(first: int, last: int, declared: int, back: int | None = None) -> Absent:
    return Absent(MONDAY + first * DAY, MONDAY + last * DAY, at(declared), at(back, 18) if back is not None else None)


def plan(*pauses: Absent, ill: tuple[Absent, ...] = ()) -> Commitments:
    return Commitments((START,), ill, pauses)


def study(minutes: int, commitments: Commitments, when: int = 1) -> Study:
    return Study(
        EnrollmentId(1),
        TRACK,
        START.since,
        commitments,
        (Entry(EntryId(1), "calculus", MONDAY, minutes, "study", at(when)),),
    )


def owed(commitments: Commitments, n: int = 0, zone: str = "UTC") -> int:
    studied = Studied(Member(LearnerId(1), "Ada"), 240, (commitments,), zone=ZoneInfo(zone))
    return studied.owed(MONDAY + n * WEEK, SUNDAY + n * WEEK)


@pytest.mark.parametrize(
    "pauses",
    [(pause(2, 6, 2),), (pause(0, 6, 3),), (pause(6, 13, 5),), (pause(3, 6, 2, back=4),)],
    ids=["from Wednesday on", "all week", "over Sunday", "and taken back"],
)
def test_a_met_week_stays_met_whatever_pause_is_declared_later(pauses: tuple[Absent, ...]) -> None:
    after = study(490, plan(*pauses))
    assert after.week(SUNDAY).met
    assert after.streak(SUNDAY) == 1


def test_a_week_met_within_a_planned_pause_stays_met_when_the_pause_ends_early_or_is_taken_back() -> None:
    # Three days of 70 minutes are owed, with 210 studied on them.
    assert study(210, plan(pause(3, 6, -3))).week(SUNDAY).met
    week = study(210, plan(pause(3, 6, -3, back=3))).week(SUNDAY)
    assert (week.met, week.target, week.before) == (True, 490, Met(210, 210))
    # What is ended early keeps its days that are over.
    assert study(210, plan(pause(3, 6, -3, back=5), pause(3, 4, 5))).week(SUNDAY).before == Met(210, 210)


def test_a_pause_taken_back_before_the_hours_leaves_all_of_the_week_to_do() -> None:
    assert not study(210, plan(pause(3, 6, -3, back=-2))).week(SUNDAY).met
    assert not study(210, plan(pause(3, 6, -3, back=1)), when=2).week(SUNDAY).met


def test_a_pause_declared_before_the_week_counts_on_the_board_from_its_begin() -> None:
    ahead = plan(pause(0, 6, -1))
    assert [owed(ahead, n) for n in (-1, 0, 1)] == [490, 0, 490]
    assert owed(plan(pause(4, 9, -1))) == 4 * 70
    assert owed(plan(pause(4, 9, -1)), 1) == 4 * 70


@pytest.mark.parametrize("first", [0, 3, 6])
def test_a_pause_declared_within_the_week_counts_from_the_next_one_on(first: int) -> None:
    within = plan(pause(first, 9, min(first, 2)))
    assert [owed(within, n) for n in (0, 1, 2)] == [490, 4 * 70, 490]


def test_a_pause_ended_or_taken_back_within_the_week_counts_from_the_next_one_on() -> None:
    assert [owed(plan(pause(0, 13, -1, back=2), pause(0, 1, 2)), n) for n in (0, 1)] == [0, 490]
    assert [owed(plan(pause(3, 13, -1, back=2)), n) for n in (0, 1)] == [210, 490]
    assert owed(plan(pause(3, 6, -4, back=-2))) == 490


def test_the_week_begins_in_the_learners_own_zone() -> None:
    # Said on Sunday evening in Berlin, on Monday in Kiritimati.
    away = Absent(MONDAY, SUNDAY, at(-1, 20))
    assert owed(plan(away), zone="Europe/Berlin") == 0
    assert owed(plan(away), zone="Pacific/Kiritimati") == 490


def test_months_are_the_sum_of_their_weeks() -> None:
    history = plan(pause(0, 3, -1), pause(9, 30, 8), pause(20, 22, 12, back=13))
    studied = Studied(Member(LearnerId(1), "Ada"), 240, (history,))
    first, last = MONDAY - WEEK, MONDAY + 40 * DAY
    days = [first + n * DAY for n in range((last - first).days + 1)]
    weeks = {day - day.weekday() * DAY for day in days}
    by_week = sum(studied.owed(monday, min(last, monday + 6 * DAY)) for monday in weeks)
    assert studied.owed(first, last) == by_week


def test_who_planned_the_whole_week_off_and_studied_nothing_is_not_shown() -> None:
    away = Studied(Member(LearnerId(1), "Ada"), 0, (plan(pause(0, 6, -1)),))
    assert board([away], MONDAY, SUNDAY) == []
    # Said within the week it lifts no share; who studied nothing is not shown at naught for it either.
    assert board([replace(away, minutes=240, plans=(plan(pause(1, 6, 1)),))], MONDAY, SUNDAY)[0].share == 48


def test_idle_says_pause_on_planned_days_and_illness_within_them_is_a_pause() -> None:
    history = plan(pause(2, 4, -1), pause(5, 5, -1, back=0), ill=(Absent(MONDAY + 3 * DAY, MONDAY + 6 * DAY, at(6)),))
    reasons = [history.idle(MONDAY + n * DAY) for n in range(-8, 7)]
    assert reasons == ["before", *[None] * 9, *["pause"] * 3, "ill", "ill"]


def test_the_pace_leaves_planned_days_out() -> None:
    entries = tuple(Entry(EntryId(n), "calculus", START.since + n * DAY, 70, "study", at(n - 7)) for n in range(7))
    away = Study(EnrollmentId(1), TRACK, START.since, plan(pause(0, 20, -1)), entries)
    assert away.pace(MONDAY + 20 * DAY) == 490
    assert away.pace_days(MONDAY + 20 * DAY) == [START.since + n * DAY for n in reversed(range(7))]


spans = st.tuples(st.integers(-10, 30), st.integers(0, 12), st.integers(0, 9), st.none() | st.integers(0, 20))


@given(st.lists(spans, max_size=4), st.integers(0, 700))
def test_no_pause_declared_or_ended_after_the_hours_takes_a_week(
    declared: list[tuple[int, int, int, int | None]], minutes: int
) -> None:
    before = study(minutes, plan(), when=-6)
    # What the learner said on some day, of days from then on.
    pauses = [pause(day + ahead, day + ahead + length, day) for day, length, ahead, _ in declared if day > 0]
    ended = [
        planned._replace(taken_back_at=at(day + back)) if back is not None else planned
        for planned, (day, _, _, back) in zip(pauses, [s for s in declared if s[0] > 0], strict=True)
    ]
    after = study(minutes, plan(*ended), when=-6)
    assert after.week(SUNDAY).met >= before.week(SUNDAY).met
