"""Hours of a file are kept for their owner until they decide, and logged, taken back and put back as one entry."""

from datetime import timedelta

import pytest

from bot.core.learner import Learner
from bot.core.ledger import AlreadyUndone, TooMuchInADay, effective
from bot.core.timesheet.draft import drafted
from bot.core.timesheet.reading import Sheet, SheetRow
from bot.usecases.draft_hours import HoursGone, draft_hours, waiting_hours
from bot.usecases.drop_hours import drop_hours
from bot.usecases.log_time import log_time
from bot.usecases.move_entry import FromAFile, movable
from bot.usecases.own_entry import own_entry
from bot.usecases.put_back import put_back
from bot.usecases.reversal import MANY
from bot.usecases.take_back import take_back
from bot.usecases.take_hours import NothingToTake, TakenHours, take_hours
from tests.conftest import MONDAY
from tests.usecases.learning import TODAY, Learning

DAY = timedelta(days=1)
SHEET = Sheet(tuple(SheetRow(n, TODAY - (n % 9) * DAY, 30, (), f"note {n}") for n in range(MANY + 5)), ())
MINUTES = 30 * (MANY + 5)


def take(learning: Learning, ada: Learner, sheet: Sheet = SHEET, *, doubles: bool = False) -> TakenHours:
    return take_hours(
        learning.uow,
        ada.id,
        learning.study(ada),
        sheet,
        item_of=lambda name: None,
        doubles=doubles,
        today=TODAY,
        now=MONDAY,
    )


def test_hours_wait_for_their_owner_alone_and_only_those_of_the_last_file(learning: Learning) -> None:
    ada, eve = learning.learner("ada"), learning.learner("eve")
    first = draft_hours(learning.uow, ada.id, drafted("one", "a.csv", SHEET), MONDAY)
    assert waiting_hours(learning.uow, ada.id, first, "one").sheet == SHEET
    with pytest.raises(HoursGone):
        waiting_hours(learning.uow, eve.id, first, "one")
    with pytest.raises(HoursGone):
        waiting_hours(learning.uow, ada.id, first, "two")
    second = draft_hours(learning.uow, ada.id, drafted("two", "b.csv", SHEET), MONDAY)
    with pytest.raises(HoursGone):
        drop_hours(learning.uow, ada.id, first, "one")
    drop_hours(learning.uow, ada.id, second, "two")
    with pytest.raises(HoursGone):
        waiting_hours(learning.uow, ada.id, second, "two")


def test_what_was_taken_does_not_wait_any_more(learning: Learning) -> None:
    ada = learning.learner("ada")
    number = draft_hours(learning.uow, ada.id, drafted("one", "a.csv", SHEET), MONDAY)
    take(learning, ada)
    with pytest.raises(HoursGone):
        waiting_hours(learning.uow, ada.id, number, "one")


def test_all_of_a_file_is_one_entry_that_is_taken_back_and_put_back(learning: Learning) -> None:
    ada = learning.learner("ada")
    logging = take(learning, ada).logging
    study = learning.study(ada)
    assert (len(logging.lines), logging.minutes, study.logged) == (MANY + 5, MINUTES, MINUTES)
    assert study.position.credited == MINUTES
    assert logging.lines[0].note == "note 8"
    assert {line.part_of for line in logging.lines[1:]} == {logging.id}

    with pytest.raises(FromAFile):
        movable(study, own_entry(learning.uow, ada, logging.id))
    take_back(learning.uow, own_entry(learning.uow, ada, logging.lines[3].id), MONDAY)
    assert learning.study(ada).logged == 0
    assert not effective(learning.study(ada).entries)
    with pytest.raises(AlreadyUndone):
        take_back(learning.uow, own_entry(learning.uow, ada, logging.id), MONDAY)
    put_back(learning.uow, own_entry(learning.uow, ada, logging.id), MONDAY)
    assert learning.study(ada).by_day == study.by_day


def test_it_is_not_put_back_onto_a_day_that_is_full_by_now(learning: Learning) -> None:
    ada = learning.learner("ada")
    logging = take(learning, ada).logging
    take_back(learning.uow, own_entry(learning.uow, ada, logging.id), MONDAY)
    log_time(learning.uow, learning.study(ada), minutes=24 * 60, day=TODAY, today=TODAY, now=MONDAY)
    with pytest.raises(TooMuchInADay) as refused:
        put_back(learning.uow, own_entry(learning.uow, ada, logging.id), MONDAY)
    assert refused.value.day == TODAY


def test_the_same_file_again_is_taken_only_if_asked_for(learning: Learning) -> None:
    ada = learning.learner("ada")
    take(learning, ada)
    with pytest.raises(NothingToTake) as refused:
        take(learning, ada)
    assert len(refused.value.intake.double) == MANY + 5
    take(learning, ada, doubles=True)
    assert learning.study(ada).logged == 2 * MINUTES


def test_hours_that_wait_are_exported_and_deleted_with_their_owner(learning: Learning) -> None:
    ada = learning.learner("ada")
    number = draft_hours(learning.uow, ada.id, drafted("one", "a.csv", SHEET), MONDAY)
    assert "note 8" in str(learning.uow.privacy.export(ada.id)["kept_request"])
    learning.uow.privacy.erase(ada.id)
    assert learning.uow.conversation.saved_request(number, ada.id) is None


def test_a_file_that_was_taken_back_is_taken_again_like_a_new_one(learning: Learning) -> None:
    ada = learning.learner("ada")
    line = take(learning, ada).logging.id
    before = own_entry(learning.uow, ada, line)
    take_back(learning.uow, before, MONDAY)
    with pytest.raises(AlreadyUndone):
        take_back(learning.uow, before, MONDAY)  # as a request that has read it at the same moment
    assert take(learning, ada).logging.minutes == MINUTES
