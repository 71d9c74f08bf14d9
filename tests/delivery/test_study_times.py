"""Messages at a learner's own study times: at their minute, once, and no burst (promises 7 to 9)."""

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import MONDAY
from tests.delivery.post import NINE, Office, Sent
from tests.kinds import LATEST
from tests.storage.frontend import shown
from tests.storage.stored_rows import lines

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = MONDAY.replace(hour=19) + timedelta(days=1)
WEEK, MINUTE = timedelta(weeks=1), timedelta(minutes=1)


def came(office: Office, words: str = "Your study time") -> list[Sent]:
    """The messages with these words, in order."""
    return [sent for sent in office.box.sent if words in sent.text]


def test_they_come_at_their_local_minute_all_year(little_office: Office) -> None:
    office = little_office
    office.enrol("ada", zone="Europe/Berlin")
    office.say("ada", "/times tue 19:00 30m, sun 2:30 1h")
    for week in range(1, 53):
        office.until(MONDAY + week * WEEK)
        office.say("ada", "/today")
    local = [sent.at.astimezone(BERLIN) for sent in came(office)]
    assert len({at.date() for at in local}) == len(local) == 2 * 52
    by_day = Counter((at.weekday(), at.time()) for at in local)
    # Where 2:30 is skipped it is the first minute after the gap, and where it comes twice the first of the two.
    assert by_day == {(1, time(19)): 52, (6, time(2, 30)): 51, (6, time(3)): 1}


def test_they_move_with_the_time_zone(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 19:00 1h")
    office.say("ada", "/timezone America/New_York")
    office.until(MONDAY + WEEK)
    assert [sent.at for sent in came(office)] == [TUESDAY + timedelta(hours=5)]


@pytest.mark.parametrize(("late", "state"), [(timedelta(), "sent"), (timedelta(microseconds=1), "expired")])
def test_they_come_as_late_as_they_may_and_not_later(office: Office, late: timedelta, state: str) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 19:00 1h")
    office.now = TUESDAY + LATEST["studytime"] + late
    office.tick()
    assert [line["state"] for line in office.deliveries() if line["kind"] == "studytime"] == [state]


def test_two_on_one_day_both_come_unless_the_time_of_both_is_logged(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 12:00 1h, tue 19:00 30m")
    office.until(TUESDAY - timedelta(hours=6))
    office.say("ada", "/log 1h")
    office.until(TUESDAY)
    assert [sent.at.hour for sent in came(office)] == [12, 19]
    office.until(TUESDAY + WEEK - timedelta(hours=8))
    office.say("ada", "/log 1h", "/log 30m")
    office.until(TUESDAY + WEEK)
    assert len(came(office)) == 2


def test_one_stands_beside_the_weeks_message_of_the_same_minute(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times mon 9:00 1h")
    office.until(NINE)
    assert [sent.text[:9] for sent in office.box.sent if sent.at == NINE] == ["Week 2 of", "Your stud"]


@pytest.mark.parametrize("hours", [1, 9, 30, 60, 100, 24 * 17])
def test_after_an_outage_there_is_one_message_at_most(office: Office, hours: int) -> None:
    office.enrol("ada")
    office.say("ada", "/times mon tue wed 9:00 1h, tue 19:00 1h")
    office.until(NINE - MINUTE)
    before = len(office.box.sent)
    office.now = NINE + timedelta(hours=hours)
    office.tick()
    office.tick()
    assert len(office.box.sent) - before <= 1


def test_one_that_was_moved_or_dropped_meanwhile_says_nothing(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 19:00 1h")
    office.until(TUESDAY - timedelta(hours=1))
    office.press_in(None, "ada", "later", what="studytime", when="soon", slot=slot(office), on="2026-01-06")
    office.say("ada", "/times wed 20:00 1h")
    office.until(MONDAY + WEEK)
    assert [sent.at for sent in came(office)] == [TUESDAY + timedelta(days=1, hours=1)]


def slot(office: Office) -> str:
    """The number of the only study time."""
    return next(str(line["slot"]) for line in stored(office) if line["slot"])


def stored(office: Office) -> list[dict[str, object]]:
    """The rules in the database."""
    return lines(office.database, "reminder")


@pytest.mark.parametrize("asked", ["/log 1h", "/times"])
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("progress", "Done as planned"),
        ("studied 20m of calculus", "Logged 20 min"),
        ("log 20m calculus", "Logged 20 min"),
        ("what should i do today", "Machine Learning"),
        ("tue thu 7pm", "Tuesday and Thursday at 19:00"),
    ],
)
def test_while_it_is_asked_for_other_words_mean_what_they_always_mean(
    little_office: Office, asked: str, words: str, answer: str
) -> None:
    little_office.enrol("ada")
    little_office.say("ada", asked)
    assert answer in shown(little_office.say("ada", words))


def test_nobody_is_disturbed_who_is_at_it(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 19:00 1h")
    office.until(TUESDAY - timedelta(minutes=10))
    office.say("ada", "/focus 50")
    office.until(TUESDAY + timedelta(minutes=30))
    assert came(office) == []


def test_before_the_day_begins_the_hours_of_the_day_before_count(office: Office) -> None:
    office.enrol("ada")
    office.press_in(None, "ada", "daybegins", at="04:00")
    office.say("ada", "/times wed 1:00 1h")
    office.until(TUESDAY)
    office.say("ada", "/log 1h")  # on Tuesday, which ends on Wednesday at four
    office.until(TUESDAY + timedelta(days=1))
    assert came(office) == []
    office.until(datetime(2026, 1, 14, 12, tzinfo=MONDAY.tzinfo))
    assert len(came(office)) == 1


def test_who_left_check_ins_unanswered_is_left_alone(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 19:00 1h")
    office.until(MONDAY + 10 * WEEK)
    assert len(came(office)) == 3


def test_they_are_exported_and_deleted_with_the_rest(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/times tue 19:00 1h")
    assert '"minutes": 60' in str(office.say("ada", "/export").reply)
    office.frontend.press("ada", office.say("ada", "/deleteme"), "Delete everything")
    assert stored(office) == []
