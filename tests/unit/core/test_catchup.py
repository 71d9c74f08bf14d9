"""A plan changes for the future only: no debt is left, and no week that is over changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.catchup import spread, trims, with_commitments
from bot.core.commitment import Absent, Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.study import Study
from roadmap.loader import load, tracks

TRACK = load(tracks()["ml-researcher"])
START = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
TODAY = START + timedelta(days=200)
ITEMS = list(TRACK.items)

loads = st.integers(8, 80).map(lambda quarters: quarters * 15)
days = st.integers(0, 200).map(lambda n: START + timedelta(days=n))
entries = st.lists(st.tuples(st.sampled_from(ITEMS), days, st.integers(15, 600)), max_size=30).map(
    lambda made: tuple(
        Entry(EntryId(n), item, day, minutes, "study", NOW) for n, (item, day, minutes) in enumerate(made, 1)
    )
)
commitments = st.lists(st.tuples(days, st.sampled_from([0, 120, 240, 480, 600])), max_size=4).map(
    lambda made: Commitments((Commitment(START, 480), *(Commitment(day, m) for day, m in sorted(made))))
)
plans = st.tuples(commitments, entries)


def study_of(plan: tuple[Commitments, tuple[Entry, ...]]) -> Study:
    return Study(EnrollmentId(1), TRACK, START, *plan)


@given(plans)
def test_what_was_open_is_open_no_more_and_nobody_is_ahead_by_it(plan: tuple[Commitments, tuple[Entry, ...]]) -> None:
    study = study_of(plan)
    adjusted = replace(study, relieved=study.relief(TODAY))
    week = study.week(TODAY)
    assert adjusted.debt(TODAY) == 0
    ahead = max(0, min(week.logged, study.position.covered) - week.target)
    assert adjusted.balance(TODAY) == (ahead if study.debt(TODAY) else study.balance(TODAY))
    assert adjusted.finish(TODAY) == study.finish(TODAY)
    assert adjusted.weeks(TODAY) == study.weeks(TODAY)


@given(plans, st.integers(15, 1200))
def test_in_later_weeks_relief_is_no_lead(plan: tuple[Commitments, tuple[Entry, ...]], more: int) -> None:
    """Who does in each later week just what is owed stays on plan."""
    study = study_of(plan)
    adjusted = replace(study, relieved=study.relief(TODAY))
    later = TODAY + timedelta(days=14)
    owed = sum(
        adjusted.week(TODAY + timedelta(days=7 * n)).target - adjusted.week(TODAY + timedelta(days=7 * n)).logged
        for n in range(2)
    )
    if owed <= 0 or adjusted.position.left < owed:
        return
    line = Entry(EntryId(99), adjusted.item, TODAY, owed, "study", NOW)
    assert replace(adjusted, entries=(*adjusted.entries, line)).debt(later) == 0


@given(loads, st.integers(1, 5000), days)
def test_spreading_covers_the_debt_at_most_half_as_much_again(usual: int, debt: int, today: date) -> None:
    commitments_made = spread(usual, debt, today)
    assert commitments_made is not None
    more, after = commitments_made
    weeks = (after.since - more.since).days // 7
    extra = more.minutes - usual
    assert 0 < extra <= usual // 2
    assert extra * weeks >= debt
    assert extra * (weeks - 1) < debt + 15 * weeks
    assert more.since > today
    assert more.since.weekday() == after.since.weekday() == 0
    assert after.minutes == usual


@given(plans)
def test_spreading_leaves_every_week_that_is_over_as_it_was(plan: tuple[Commitments, tuple[Entry, ...]]) -> None:
    study = study_of(plan)
    commitments_made = spread(480, study.debt(TODAY), TODAY)
    if commitments_made:
        adjusted = replace(study, commitments=with_commitments(study.commitments, *commitments_made))
        assert adjusted.weeks(TODAY) == study.weeks(TODAY)
        assert adjusted.streak(TODAY) == study.streak(TODAY)


@given(plans, st.integers(0, 10000))
def test_only_extras_that_were_not_begun_are_left_out(plan: tuple[Commitments, tuple[Entry, ...]], debt: int) -> None:
    study = study_of(plan)
    items = trims(study, debt)
    assert not any(item.core for item in items)
    assert not {item.id for item in items} & {c.part.item for c in study.position.parts if c.minutes}
    assert sum(item.minutes for item in items[1:]) < max(1, debt)


def test_at_least_half_of_the_built_in_roadmap_is_its_core() -> None:
    extra = sum(item.minutes for item in TRACK.items.values() if not item.core)
    assert 0 < extra <= TRACK.minutes // 2


@given(st.lists(st.tuples(days, st.integers(0, 10)), max_size=4), st.integers(0, 28))
def test_an_absence_owes_nothing_and_no_other_day_changes(gone: list[tuple[date, int]], week: int) -> None:
    absences = tuple(Absent(first, first + timedelta(days=n)) for first, n in gone)
    without = Commitments((Commitment(START, 490),))
    meant = Commitments(without.made, absences)
    monday = START + timedelta(days=7 * week)
    days_ = [monday + timedelta(days=n) for n in range(7)]
    away = [day for day in days_ if any(first <= day <= last for first, last, *_ in absences)]
    assert [meant.on(day) for day in days_] == [0 if day in away else 490 for day in days_]
    assert meant.target(monday) == 70 * (7 - len(away))
    assert meant.paused(monday) == bool(away)
