"""A week that was met stays met, whatever is changed afterwards; only hours that go away take it along."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.met import Met
from bot.core.study import Study
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SUNDAY = MONDAY + 6 * DAY


def at(day: int, hour: int = 12) -> datetime:
    """An hour of a day, counted from the first Monday."""
    return datetime(2026, 1, 5, hour, tzinfo=UTC) + day * DAY


def committed(day: int, minutes: int, hour: int = 12, since: int | None = None) -> Commitment:
    return Commitment(MONDAY + (day if since is None else since) * DAY, minutes, at(day, hour))


def logged(id_: int, day: int, minutes: int, when: datetime | None = None) -> Entry:
    return Entry(EntryId(id_), "calculus", MONDAY + day * DAY, minutes, "study", when or at(day))


def undone(id_: int, of: Entry, when: datetime) -> Entry:
    return Entry(EntryId(id_), of.item, of.day, -of.minutes, "reversal", when, reverses=of.id)


def study(
    commitments: list[Commitment], entries: list[Entry], *absences: Absent, beside: tuple[Study, ...] = ()
) -> Study:
    return Study(
        EnrollmentId(1), TRACK, MONDAY, Commitments(tuple(commitments), absences), tuple(entries), beside=beside
    )


START = committed(0, 480, hour=8)
FULL = logged(1, 1, 480)


@pytest.mark.parametrize(
    ("commitments", "absences"),
    [
        ([committed(6, 1200)], ()),
        ([committed(2, 0)], ()),
        ([committed(2, 0), committed(2, 480, since=30)], ()),
        ([], (Absent(MONDAY, SUNDAY, at(6)),)),
        ([committed(2, 1200)], (Absent(MONDAY, MONDAY, at(3)),)),
        ([committed(2, 0), committed(3, 1200), committed(4, 960)], ()),
    ],
    ids=["raised", "paused", "paused for a time", "ill all week", "both", "again and again"],
)
def test_what_comes_after_the_hours_leaves_the_week_met(
    commitments: list[Commitment], absences: tuple[Absent, ...]
) -> None:
    after = study([START, *commitments], [FULL], *absences)
    assert after.week(SUNDAY).met
    assert after.streak(SUNDAY) == after.streak(SUNDAY + WEEK) == 1


def test_it_says_with_what_it_was_met() -> None:
    week = study([START, committed(6, 1200)], [FULL]).week(SUNDAY)
    assert (week.logged, week.target, week.before) == (480, 583, Met(480, 480))


@pytest.mark.parametrize("minutes", [479, 480, 481])
def test_it_was_met_only_with_all_that_was_owed_then(minutes: int) -> None:
    assert study([START, committed(6, 1200)], [logged(1, 1, minutes)]).week(SUNDAY).met == (minutes >= 480)


def test_hours_entered_after_the_change_are_measured_by_what_is_owed_after_it() -> None:
    entries = [logged(1, 1, 240), logged(2, 6, 240, at(6, 13))]
    assert not study([START, committed(6, 1200)], entries).week(SUNDAY).met
    assert study([START, committed(6, 480)], entries).week(SUNDAY).met


def test_hours_of_that_week_may_be_entered_when_it_is_over() -> None:
    late = [logged(1, 1, 240), logged(2, 6, 240, at(8))]
    changed_first, changed_later = [START, committed(2, 1200)], [START, committed(9, 1200)]
    assert not study(changed_first, late).week(SUNDAY).met
    assert study(changed_later, late).week(SUNDAY).met


def test_an_illness_told_late_may_meet_a_week_and_never_takes_it() -> None:
    assert study([START], [logged(1, 1, 412)], Absent(SUNDAY, SUNDAY, at(7))).week(SUNDAY).met
    assert study([START], [FULL], Absent(MONDAY, SUNDAY, at(7))).week(SUNDAY).met


def test_a_week_that_owed_nothing_from_the_first_is_not_met() -> None:
    assert not study([committed(0, 0, hour=8), committed(7, 480)], [FULL]).week(SUNDAY).met


def test_undoing_hours_takes_the_week_along_and_putting_them_back_restores_it() -> None:
    commitments, gone = [START, committed(5, 1200)], undone(2, FULL, at(6))
    assert not study(commitments, [FULL, gone]).week(SUNDAY).met
    back = undone(3, gone, at(6, 14))
    assert study(commitments, [FULL, gone, back]).week(SUNDAY).met
    again = [undone(4, back, at(7)), undone(5, undone(4, back, at(7)), at(8))]
    assert study(commitments, [FULL, gone, back, *again]).week(SUNDAY).met
    assert not study(commitments, [FULL, gone, back, *again[:-1]]).week(SUNDAY).met


def test_other_hours_do_not_take_the_place_of_those_taken_back() -> None:
    commitments, gone = [START, committed(5, 1200)], undone(2, FULL, at(6))
    assert not study(commitments, [FULL, gone, logged(3, 6, 480, at(6, 14))]).week(SUNDAY).met
    assert not study(commitments, [FULL, gone, logged(3, 1, 480, at(6, 14))]).week(SUNDAY).met


def test_hours_moved_within_the_week_leave_it_met_and_hours_moved_out_of_it_do_not() -> None:
    commitments, gone = [START, committed(5, 1200)], undone(2, FULL, at(8))
    # A moved line keeps the instant at which its hours were entered.
    moved = [logged(3, day, 480, FULL.recorded_at)._replace(moves=FULL.id) for day in (2, 7)]
    assert study(commitments, [FULL, gone, moved[0]]).week(SUNDAY).met
    assert not study(commitments, [FULL, gone, moved[1]]).week(SUNDAY).met


def test_another_roadmap_leaves_the_week_met() -> None:
    left = study([START, committed(3, 0)], [FULL])
    taken = Study(EnrollmentId(2), TRACK, MONDAY + 3 * DAY, Commitments((committed(3, 600),)), (), beside=(left,))
    assert taken.streak(SUNDAY) == taken.streak(SUNDAY + WEEK) == 1
    assert taken.week(SUNDAY).met


def test_a_second_account_leaves_met_weeks_met_on_either_side() -> None:
    joined = at(9)
    idle = Study(EnrollmentId(2), TRACK, MONDAY, Commitments((START,)), ())
    mine = study([START], [FULL])
    kept = Study(EnrollmentId(1), TRACK, MONDAY, mine.commitments, mine.entries, beside=(_joined(idle, joined),))
    assert kept.streak(SUNDAY) == 1
    theirs = Study(EnrollmentId(2), TRACK, MONDAY, idle.commitments, (), beside=(_joined(mine, joined),))
    assert theirs.streak(SUNDAY) == 1
    together = Study(EnrollmentId(2), TRACK, MONDAY, idle.commitments, (), beside=(mine,))
    assert together.streak(SUNDAY) == 0


def _joined(study: Study, when: datetime) -> Study:
    return Study(study.enrollment, TRACK, MONDAY, study.commitments, study.entries, joined_at=when)


changes = st.lists(st.tuples(st.integers(0, 13), st.sampled_from([0, 120, 480, 600, 1200])), max_size=5)
illnesses = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 7)), max_size=3)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(10, 500)), min_size=1, max_size=5), changes, illnesses)
def test_no_change_takes_a_week_that_was_met(
    hours: list[tuple[int, int]], later: list[tuple[int, int]], ill: list[tuple[int, int]]
) -> None:
    """At the end of every day the week is looked at: once met, it is met for good."""
    entries = [logged(n, day, minutes, at(day, 10)) for n, (day, minutes) in enumerate(sorted(hours), start=1)]
    commitments = [START, *(committed(day, minutes, hour=15) for day, minutes in sorted(later))]
    absences = [Absent(MONDAY + (day - back) * DAY, MONDAY + day * DAY, at(day, 18)) for day, back in ill]
    met = False
    for hour in (at(day, hour) for day in range(14) for hour in (11, 16, 19)):
        now = study(
            [commitment for commitment in commitments if commitment.made_at and commitment.made_at < hour],
            [entry for entry in entries if entry.recorded_at < hour],
            *(gone for gone in absences if gone.declared_at and gone.declared_at < hour),
        ).week(SUNDAY)
        assert now.met >= met, hour
        assert now.met >= (0 < now.target <= now.logged)
        met = now.met
