"""What becomes of study times when two accounts become one learner."""

from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, shown
from tests.storage.test_links import at_what_times, merged


def test_who_has_no_study_times_gets_those_of_the_other_account_in_their_own_zone(
    here: Frontend, database: SqlDatabase
) -> None:
    here.enrol("bob", hours="4")
    here.say("ada", "/timezone Europe/Berlin")
    here.say("bob", "/times tue 19:00 1h")
    merged(here)
    assert at_what_times(database) == [(1, 1, "19:00", "Europe/Berlin", True)]
    assert "Tuesday at 19:00 for 1 h" in shown(here.say("bob", "/times"))
    here.say("ada", "/link undo")
    assert at_what_times(database) == [(2, 1, "19:00", "UTC", True)]


def test_who_has_study_times_keeps_them_alone(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob", hours="4")
    here.say("ada", "/times sat 10-12")
    here.say("bob", "/times tue 19:00 1h")
    merged(here)
    assert at_what_times(database) == [(1, 5, "10:00", "UTC", True), (2, 1, "19:00", "UTC", False)]
    here.say("ada", "/link undo")
    assert at_what_times(database) == [(1, 5, "10:00", "UTC", True), (2, 1, "19:00", "UTC", True)]


def test_times_that_were_given_up_since_a_merge_leave_others_alone(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob", hours="4")
    here.say("bob", "/times tue 19:00 1h")
    merged(here)
    here.say("ada", "/times off")
    here.enrol("eve")
    here.say("eve", "/times wed 7:00 1h")  # a row that may have the number of the one that was deleted
    before = at_what_times(database)
    assert "Your accounts are separate again" in shown(here.say("ada", "/link undo"))
    assert at_what_times(database) == before
