"""Use cases of entries and timers hold their rules by themselves, whoever calls them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.calendar import DAY, MONDAYS, Weeks, monday_of
from bot.core.catchup import UNDO_WITHIN, AlreadyTakenBack, Kind, NothingSuch, TooLongAgo
from bot.core.commitment import Commitment
from bot.core.ids import EntryId
from bot.core.learner import Learner
from bot.core.ledger import AlreadyUndone, InTheFuture, TooMuchInADay, minutes_on
from bot.core.timer import MOST
from bot.usecases.begin_again import begin_again
from bot.usecases.count_hours_before import MOST as MOST_BEFORE
from bot.usecases.count_hours_before import OutOfProportion, count_hours_before
from bot.usecases.end_timer import end_timer
from bot.usecases.log_time import log_time
from bot.usecases.mark_done import CompleteAlready, mark_done
from bot.usecases.move_entry import CountsNowhere, NoStudyTime, ThereAlready, move_entry
from bot.usecases.note_illness import note_illness
from bot.usecases.own_entry import NoSuchEntry, OwnEntry, own_entry
from bot.usecases.put_back import CountsAlready, put_back
from bot.usecases.roadmap_catalog import RoadmapCatalog
from bot.usecases.start_timer import WrongLength, start_timer
from bot.usecases.stop_timer import NoTimer, OverAlready, stop_timer
from bot.usecases.studies import StudyLoader
from bot.usecases.take_back import take_back
from bot.usecases.undo_adjustment import undo_adjustment
from bot.usecases.undo_illness import undo_illness
from roadmap.loader import loads
from tests.conftest import MONDAY
from tests.usecases.learning import TODAY, Learning


def logged(learning: Learning, learner: Learner, minutes: int = 60) -> EntryId:
    """An entry of today; its id."""
    study = learning.study(learner)
    return log_time(learning.uow, study, minutes=minutes, day=TODAY, today=TODAY, now=MONDAY).id


def entry(learning: Learning, learner: Learner, line: EntryId) -> OwnEntry:
    """An entry with what was written about it until now."""
    return own_entry(learning.uow, learner, line)


def test_nobody_has_the_entries_of_others(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    line = logged(learning, ada)
    assert entry(learning, ada, line).logging.minutes == 60
    with pytest.raises(NoSuchEntry):
        own_entry(learning.uow, ben, line)


def test_an_entry_is_taken_back_once_and_put_back_once(learning: Learning) -> None:
    ada = learning.learner("ada")
    line = logged(learning, ada)
    with pytest.raises(CountsAlready):
        put_back(learning.uow, entry(learning, ada, line), MONDAY)
    before = entry(learning, ada, line)
    assert take_back(learning.uow, before, MONDAY).id == line
    with pytest.raises(AlreadyUndone):
        take_back(learning.uow, entry(learning, ada, line), MONDAY)
    with pytest.raises(AlreadyUndone):
        take_back(learning.uow, before, MONDAY)  # as a request that has read it at the same moment
    assert put_back(learning.uow, entry(learning, ada, line), MONDAY) is None
    assert minutes_on(learning.study(ada).entries, TODAY) == 60


def test_what_was_taken_back_does_not_come_back_to_a_full_day(learning: Learning) -> None:
    ada = learning.learner("ada")
    line = logged(learning, ada)
    take_back(learning.uow, entry(learning, ada, line), MONDAY)
    logged(learning, ada, 24 * 60)
    with pytest.raises(TooMuchInADay) as rejected:
        put_back(learning.uow, entry(learning, ada, line), MONDAY)
    assert rejected.value.already == 24 * 60


def test_an_entry_moves_to_another_item_and_back(learning: Learning) -> None:
    ada = learning.learner("ada")
    line = logged(learning, ada)
    study = learning.study(ada)
    other = list(study.roadmap.items)[-1]
    moved = move_entry(learning.uow, study, entry(learning, ada, line), item=other, today=TODAY, now=MONDAY)
    assert [share.item for share in moved.after.lines] == [other]
    again = entry(learning, ada, line)
    with pytest.raises(ThereAlready):
        move_entry(learning.uow, learning.study(ada), again, item=other, today=TODAY, now=MONDAY)
    with pytest.raises(InTheFuture):
        move_entry(learning.uow, learning.study(ada), again, day=TODAY + DAY, today=TODAY, now=MONDAY)
    replaced = put_back(learning.uow, again, MONDAY)
    assert replaced == moved.after
    assert minutes_on(learning.study(ada).entries, TODAY) == 60


def test_only_hours_that_count_can_be_moved(learning: Learning) -> None:
    ada = learning.learner("ada")
    line = logged(learning, ada)
    study = learning.study(ada)
    marked = mark_done(learning.uow, study, study.item, today=TODAY, now=MONDAY)
    with pytest.raises(NoStudyTime):
        move_entry(
            learning.uow,
            learning.study(ada),
            entry(learning, ada, marked.entry.id),
            day=TODAY - DAY,
            today=TODAY,
            now=MONDAY,
        )
    take_back(learning.uow, entry(learning, ada, line), MONDAY)
    with pytest.raises(CountsNowhere):
        move_entry(
            learning.uow, learning.study(ada), entry(learning, ada, line), day=TODAY - DAY, today=TODAY, now=MONDAY
        )


def test_an_item_is_marked_done_once(learning: Learning) -> None:
    ada = learning.learner("ada")
    item = learning.study(ada).item
    planned = learning.roadmap.items[item].minutes
    assert mark_done(learning.uow, learning.study(ada), item, today=TODAY, now=MONDAY).left == planned
    with pytest.raises(CompleteAlready):
        mark_done(learning.uow, learning.study(ada), item, today=TODAY, now=MONDAY)


def test_one_timer_runs_at_a_time_and_ends_once(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    with pytest.raises(NoTimer):
        stop_timer(learning.uow, ada, None, MONDAY)
    with pytest.raises(WrongLength):
        start_timer(learning.uow, ada, "calculus", MOST + 1, MONDAY)
    timer = start_timer(learning.uow, ada, "calculus", 25, MONDAY)
    later = MONDAY + timedelta(minutes=10)
    assert start_timer(learning.uow, ada, "statistics", 50, later) == timer
    for somebody, broken in ((ben, NoTimer), (ada, OverAlready)):
        if somebody == ada:
            assert stop_timer(learning.uow, ada, timer.id, later) == timer
        with pytest.raises(broken):
            stop_timer(learning.uow, somebody, timer.id, later)
        with pytest.raises(broken):
            end_timer(learning.uow, somebody, timer.id)


def test_hours_of_before_are_two_thousand_at_most(learning: Learning) -> None:
    ada = learning.learner("ada")
    for wrong in (0, MOST_BEFORE + 1):
        with pytest.raises(OutOfProportion):
            count_hours_before(learning.uow, learning.study(ada), wrong, today=TODAY, now=MONDAY)
    taken = count_hours_before(learning.uow, learning.study(ada), MOST_BEFORE, today=TODAY, now=MONDAY)
    assert taken.minutes == MOST_BEFORE


@pytest.mark.parametrize("begins", [0, 6])
@pytest.mark.parametrize("weekday", [2, 6])
def test_hours_of_before_are_in_no_week_of_the_learner_and_none_of_a_group(
    learning: Learning, weekday: int, begins: int
) -> None:
    study = learning.study(learning.learner("ada"))
    weeks = Weeks((TODAY - 8 * DAY,)) if begins == 6 else MONDAYS
    assert weeks.begins_on(TODAY) == begins
    study = replace(study, start=TODAY + weekday * DAY, commitments=replace(study.commitments, weeks=weeks))
    earlier = replace(study, start=TODAY - 30 * DAY)
    today = study.start
    first = count_hours_before(learning.uow, study, 60, today=today, now=MONDAY).lines[0]
    assert first.day < min(weeks.first_of(study.start), monday_of(study.start))
    assert first.day >= TODAY - 2 * DAY
    # of somebody who was on another roadmap before, the day before that
    both = replace(study, beside=(earlier,))
    assert count_hours_before(learning.uow, both, 60, today=today, now=MONDAY).lines[0].day < earlier.start


def test_an_adjustment_is_taken_back_within_a_week_to_the_second(learning: Learning) -> None:
    for late, taken in ((timedelta(0), True), (timedelta(seconds=1), False)):
        study = learning.study(learning.learner(f"ada {late}"))
        made = learning.uow.adjustments.add(study.enrollment, "shift", 60, 480, None, [], MONDAY)
        now = MONDAY + UNDO_WITHIN + late
        if taken:
            assert undo_adjustment(learning.uow, study, made, today=TODAY, now=now).id == made
        else:
            with pytest.raises(TooLongAgo):
                undo_adjustment(learning.uow, study, made, today=TODAY, now=now)


@pytest.mark.parametrize("kind", ["spread", "pace"])
def test_an_adjustment_that_is_taken_back_brings_the_hours_of_before_back(learning: Learning, kind: Kind) -> None:
    ada = learning.learner("ada")
    study = learning.study(ada)
    learning.uow.enrollments.commit(study.enrollment, Commitment(TODAY, 600), MONDAY)
    made = learning.uow.adjustments.add(study.enrollment, kind, 0, 480, None, [], MONDAY)
    undo_adjustment(learning.uow, learning.study(ada), made, today=TODAY, now=MONDAY)
    assert learning.study(ada).commitments.on(TODAY) == 480


def test_days_of_illness_are_taken_back_once_within_a_week_and_by_nobody_else(learning: Learning) -> None:
    ada, ben = learning.study(learning.learner("ada")), learning.study(learning.learner("ben"))
    first, second = (note_illness(learning.uow, ada, day, day, today=day, now=MONDAY) for day in (TODAY, TODAY + DAY))
    with pytest.raises(NothingSuch):
        undo_illness(learning.uow, ben, first, now=MONDAY)
    assert undo_illness(learning.uow, ada, first, now=MONDAY + UNDO_WITHIN).id == first
    with pytest.raises(AlreadyTakenBack):
        undo_illness(learning.uow, ada, first, now=MONDAY)
    with pytest.raises(TooLongAgo):
        undo_illness(learning.uow, ada, second, now=MONDAY + UNDO_WITHIN + timedelta(seconds=1))


def test_what_was_relieved_before_one_began_again_counts_no_more(learning: Learning) -> None:
    ada = learning.learner("ada")
    loader = StudyLoader(learning.uow, RoadmapCatalog({learning.roadmap.id: learning.roadmap}, loads), "en")
    logged(learning, ada)
    study = learning.study(ada)
    learning.uow.adjustments.add(study.enrollment, "shift", 60, 480, None, [], MONDAY)

    def relieved() -> int:
        current = loader.current(ada.id)
        assert current
        return current[1].relieved

    assert relieved() == 60
    begin_again(learning.uow, study, learning.roadmap.version, today=TODAY, now=MONDAY + timedelta(hours=1))
    assert relieved() == 0
