"""Use cases of study times hold their rules by themselves, whoever calls them."""

from datetime import time, timedelta

import pytest

from bot.core.calendar import DAY
from bot.core.learner import Learner
from bot.core.study_time import LONGEST, MOST, SHORTEST, StudyTime, days_of, study_times_in
from bot.core.token import write_token
from bot.usecases.set_study_times import (
    TooManyTimes,
    WrongStudyLength,
    count_study_times_from,
    mute_study_times,
    set_study_times,
)
from tests.conftest import MONDAY
from tests.usecases.learning import TODAY, Learning

TUESDAY = StudyTime(1, time(19), 60)


def given(learning: Learning, learner: Learner, *times: StudyTime) -> list[StudyTime]:
    """Set somebody's study times; those they have then."""
    set_study_times(learning.uow, learner, times, TODAY, MONDAY)
    rules = study_times_in(learning.uow.reminders.rules(learner.id))
    return [StudyTime(rule.weekday, rule.at, rule.minutes) for rule in rules]


def put_off(learning: Learning, learner: Learner, slot: int) -> None:
    """Put a study time off by an hour."""
    later = write_token("studytime", {"slot": str(slot)})
    learning.uow.deliveries.post(later, MONDAY + timedelta(hours=1), learner=learner.id)


def test_there_are_fourteen_times_a_week_at_most(learning: Learning) -> None:
    ada = learning.learner("ada")
    times = [StudyTime(n % 7, time(8 + n // 7), 60) for n in range(MOST + 1)]
    assert len(given(learning, ada, *times[:MOST])) == MOST == 14
    with pytest.raises(TooManyTimes):
        given(learning, ada, *times)


@pytest.mark.parametrize(("minutes", "taken"), [(SHORTEST - 1, False), (SHORTEST, True), (LONGEST, True), (481, False)])
def test_a_time_lasts_from_ten_minutes_to_eight_hours(learning: Learning, minutes: int, taken: bool) -> None:
    ada, wanted = learning.learner("ada"), StudyTime(1, time(9), minutes)
    if taken:
        assert given(learning, ada, wanted) == [wanted]
    else:
        with pytest.raises(WrongStudyLength):
            given(learning, ada, wanted)


def test_what_was_put_off_does_not_come_for_a_time_that_is_dropped_or_left_out(learning: Learning) -> None:
    ada, ben = learning.learner("ada"), learning.learner("ben")
    for who in (ada, ben):
        given(learning, who, TUESDAY)
        put_off(learning, who, TUESDAY.slot)
    given(learning, ada, StudyTime(2, time(19), 60))
    assert not learning.uow.deliveries.pending_one_offs(ada.id)
    assert learning.uow.deliveries.pending_one_offs(ben.id), "those of others are none of hers"
    count_study_times_from(learning.uow, ben, [TUESDAY.slot], TODAY + 14 * DAY)
    assert not learning.uow.deliveries.pending_one_offs(ben.id)


def test_a_time_that_is_left_out_until_a_day_is_on_none_before_it(learning: Learning) -> None:
    ada = learning.learner("ada")
    given(learning, ada, TUESDAY)
    count_study_times_from(learning.uow, ada, [TUESDAY.slot], TODAY + 8 * DAY)
    (rule,) = study_times_in(learning.uow.reminders.rules(ada.id))
    assert days_of(rule, [TODAY + n * DAY for n in range(21)]) == [TODAY + 8 * DAY, TODAY + 15 * DAY]


def test_who_sets_times_hears_of_them_again_though_all_were_silent(learning: Learning) -> None:
    ada = learning.learner("ada")
    given(learning, ada, TUESDAY)
    mute_study_times(learning.uow, ada, muted=True, now=MONDAY)
    assert [rule.due for rule in study_times_in(learning.uow.reminders.rules(ada.id))] == [None]
    given(learning, ada, TUESDAY)
    (rule,) = study_times_in(learning.uow.reminders.rules(ada.id))
    assert rule.due is not None
