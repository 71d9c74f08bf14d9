"""Everything that is said of a learner follows from the ledger and the commitments."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.streak import Week
from bot.core.study import Study
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
ITEMS = list(TRACK.items)
TOTAL = 192 * 60
MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def line(id_: int, minutes: int, day: date, item: str) -> Entry:
    return Entry(EntryId(id_), item, day, minutes, "done" if not minutes else "study", NOW)


def studied(*hours: tuple[int, int], start: date = MONDAY, then: tuple[int, int] | None = None) -> Study:
    """Eight hours a week, `then` others; minutes logged, each with its day after the first Monday."""
    entries = tuple(line(n, minutes, MONDAY + day * DAY, ITEMS[0]) for n, (day, minutes) in enumerate(hours, start=1))
    commitments = [Commitment(start, 480)] + ([Commitment(MONDAY + then[0] * DAY, then[1])] if then else [])
    return Study(EnrollmentId(1), TRACK, start, Commitments(tuple(commitments)), entries)


@pytest.mark.parametrize(
    ("study", "today", "balance"),
    [
        # The first week owes nothing until it is over.
        (studied(), 0, 0),
        (studied(), 6, 0),
        (studied((0, 479)), 6, 0),
        (studied((0, 480)), 6, 0),
        (studied((0, 481)), 6, 1),
        (studied((0, 600)), 0, 120),
        # On Monday it is owed.
        (studied(), 7, -480),
        (studied((0, 479)), 7, -1),
        (studied((0, 480)), 7, 0),
        (studied((0, 481)), 7, 0),
        (studied((0, 960)), 7, 0),
        (studied((0, 961)), 7, 1),
        (studied((0, 960)), 14, 0),
        (studied((0, 959)), 14, -1),
        # Hours of this week first pay what is open, and are ahead only beyond this week's own target.
        (studied((0, 300), (7, 100)), 8, -80),
        (studied((0, 300), (7, 180)), 8, 0),
        (studied((0, 300), (7, 660)), 8, 0),
        (studied((0, 300), (7, 661)), 8, 1),
        # A start in the middle of a week owes the days that were left of it.
        (studied(start=MONDAY + 2 * DAY), 7, -343),
        # Weeks that are over were judged by what was in force then.
        (studied(then=(7, 240)), 14, -720),
        (studied(then=(7, 0)), 28, -480),
        # Never more behind than there is left, never behind with nothing left.
        (studied((0, 60)), 7 * 30, 60 - TOTAL),
        (studied((0, TOTAL)), 7 * 30, 0),
        (studied((0, TOTAL)), 7 * 24, 0),
        (studied((0, TOTAL)), 7 * 23, 0),
        (studied((0, TOTAL)), 7 * 22, 480),
    ],
)
def test_ahead_or_behind(study: Study, today: int, balance: int) -> None:
    assert study.balance(MONDAY + today * DAY) == balance


def test_an_item_done_early_saves_its_minutes() -> None:
    # The first item holds 8 hours: an hour of it is studied, seven are saved.
    item = TRACK.items[ITEMS[0]]
    study = studied((0, 60), (1, 0))
    assert item.minutes == 480
    assert study.position.covered == 480
    assert study.balance(MONDAY + WEEK) == 0
    assert study.logged == 60


def test_weeks_are_counted_from_the_one_of_the_start() -> None:
    study = studied(start=MONDAY + 2 * DAY)
    numbers = {0: 1, 2: 1, 6: 1, 7: 2, 13: 2, 14: 3, 7 * 23: 24, -1: 0}
    assert {day: study.week_number(MONDAY + day * DAY) for day in numbers} == numbers


def test_every_week_from_the_start_to_todays() -> None:
    study = studied((0, 480), (8, 100), start=MONDAY, then=(9, 0))
    assert study.weeks(MONDAY + 14 * DAY) == [
        Week(MONDAY, 480, 480, partial=False),
        Week(MONDAY + WEEK, 137, 100, partial=True),
        Week(MONDAY + 2 * WEEK, 0, 0, partial=True),
    ]
    assert study.weeks(MONDAY) == [Week(MONDAY, 480, 480, partial=False)]
    assert study.week(MONDAY + 6 * DAY) == study.week(MONDAY)


@pytest.mark.parametrize(("start", "partial"), [(0, False), (1, True), (6, True)])
def test_a_week_begun_before_the_start_is_a_partial_one(start: int, partial: bool) -> None:
    study = studied(start=MONDAY + start * DAY)
    assert study.week(MONDAY).partial is partial
    assert not study.week(MONDAY + WEEK).partial
    assert study.week(MONDAY).missed is not partial


def test_the_streak_is_the_one_of_these_weeks() -> None:
    study = studied((0, 480), (7, 480), (21, 480))
    assert [study.streak(MONDAY + n * WEEK + DAY) for n in range(6)] == [1, 2, 2, 3, 3, 3]
    assert study.streak(MONDAY + 6 * WEEK) == 0


def test_all_hours_together() -> None:
    study = studied((0, 60), (0, 30), (1, 15))
    assert study.logged == 105
    assert studied().logged == 0


@pytest.mark.parametrize(
    ("minutes", "item", "module", "week"),
    [
        (0, "ng-supervised-ml", "intro-ml", 1),
        (239, "ng-supervised-ml", "intro-ml", 1),
        # Four hours are its first week's; the first item goes on with its second part, the plan with the project.
        (240, "linear-regression", "intro-ml", 1),
        (719, "linear-regression", "intro-ml", 1),
        (720, "linear-regression", "intro-ml", 2),
        (960, "linear-algebra", "math-for-ml", 3),
        (TOTAL - 1, "research-project", "specialization-project", 24),
        (TOTAL, "research-project", "specialization-project", 24),
        (TOTAL + 60, "research-project", "specialization-project", 24),
    ],
)
def test_the_next_hour_goes_where_the_plan_is(minutes: int, item: str, module: str, week: int) -> None:
    study = studied((0, minutes)) if minutes else studied()
    assert (study.item, study.module.id, study.roadmap_week) == (item, module, week)


def test_with_nothing_left_an_hour_goes_to_the_very_last_item() -> None:
    short = replace(TRACK, modules=TRACK.modules[:1])
    study = replace(studied((0, 960)), roadmap=short)
    assert study.position.finished
    assert (study.item, study.module.id) == ("linear-regression", "intro-ml")


def test_finished_before_a_day_means_nothing_entered_since() -> None:
    study = studied((0, 60), (10, TOTAL))
    assert not study.finished_before(MONDAY + 10 * DAY)
    assert study.finished_before(MONDAY + 11 * DAY)
    assert not studied((0, TOTAL - 1)).finished_before(MONDAY + 11 * DAY)
