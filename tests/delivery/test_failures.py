"""Each way in which sending can fail ends as it is written."""

import logging
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.core.reminder import after, retry_delay
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from tests.conftest import MONDAY
from tests.delivery.post import NINE, UTC, Box, Office, add_account
from tests.kinds import DEFAULTS, LATEST
from tests.storage.frontend import forged

WORDS: dict[str, str] = {"announcement": "week", "nudge": "nudge", "checkin": "check-in"}
ONLY_ANNOUNCEMENTS = ("/reminders checkin off", "/reminders nudge off")


def start(office: Office, *people: str, commands: tuple[str, ...] = ONLY_ANNOUNCEMENTS) -> None:
    """Learners with an announcement that is due now."""
    for who in people:
        office.enrol(who)
        office.say(who, *commands)
    office.now = NINE


def when(office: Office, column: str) -> datetime:
    """An instant of the only delivery."""
    (line,) = office.deliveries()
    moment = datetime.fromisoformat(str(line[column]))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def test_a_pause_the_platform_asks_for_is_kept_to_the_second(office: Office) -> None:
    start(office, "ada")
    office.box.failures["ada"] = [RetryAfter(31.5)]
    office.tick()
    assert office.messages() == {}
    assert when(office, "send_at") == NINE + timedelta(seconds=31.5)
    office.now = NINE + timedelta(seconds=31)
    office.tick()
    assert office.messages() == {}
    office.now = NINE + timedelta(seconds=31.5)
    office.tick()
    assert office.messages() == {"ada": 1}
    assert office.states() == ["sent"]


def test_a_temporary_failure_is_tried_again_after_longer_and_longer_waits(little_office: Office) -> None:
    office = little_office
    start(office, "ada")
    attempts: list[datetime] = []
    office.box.failures["ada"] = [TemporaryFailure() for _ in range(10)]
    while not office.box.sent:
        attempts.append(office.now)
        office.tick()
        office.now = when(office, "send_at") if office.states() == ["pending"] else office.now
    waits = [later - earlier for earlier, later in pairwise(attempts)]
    assert waits == [retry_delay(n) for n in range(1, 11)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(seconds=10), timedelta(minutes=15))
    assert office.messages() == {"ada": 1}


def test_a_platform_that_stays_down_is_given_up_when_the_message_is_too_late(little_office: Office) -> None:
    office = little_office
    start(office, "ada", commands=("/reminders checkin off", "/reminders week off"))
    office.box.failures["ada"] = [TemporaryFailure() for _ in range(1000)]
    nudge = NINE + timedelta(days=2, hours=9)
    office.now = nudge
    office.until(nudge + LATEST["nudge"] + timedelta(hours=1))
    assert office.messages() == {}
    assert office.states() == ["expired"]
    latest = nudge + LATEST["nudge"]
    assert latest < when(office, "settled_at") <= latest + retry_delay(99)


def test_who_cannot_be_reached_on_one_account_is_written_to_on_the_next(office: Office) -> None:
    start(office, "ada")
    add_account(office.database, "ada", "other")
    other = Box(office)
    office.box.failures["ada"] = [Unreachable()]
    worker = office.worker(other=other)
    office.tick(worker)
    office.tick(worker)  # redirected by the first
    assert [sent.to for sent in other.sent] == ["ada"]
    assert office.messages() == {}
    assert office.states() == ["sent"]


def test_who_is_reached_on_the_first_account_gets_nothing_on_the_second(office: Office) -> None:
    start(office, "ada")
    add_account(office.database, "ada", "other")
    other = Box(office)
    office.tick(office.worker(other=other))
    assert office.messages() == {"ada": 1}
    assert other.sent == []


def test_who_cannot_be_reached_anywhere_is_let_be_until_the_next_occasion(office: Office) -> None:
    start(office, "ada")
    add_account(office.database, "ada", "other")
    other = Box(office, failures={"ada": [Unreachable()]})
    office.box.failures["ada"] = [Unreachable()]
    worker = office.worker(other=other)
    office.tick(worker)
    office.tick(worker)  # redirected by the first
    assert office.states() == ["unreachable"]
    office.until(NINE + timedelta(days=6))
    assert office.messages() == {}
    assert other.sent == []
    assert office.states() == ["unreachable"]


def test_an_account_on_a_platform_that_is_not_there_is_passed_over(office: Office) -> None:
    start(office, "ada")
    office.tick(office.worker(terminal=Box(office, failures={"ada": [Unreachable()]})))
    assert office.states() == ["unreachable"]


def test_one_persons_failure_is_not_anothers(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    people = ["ada", "bob", "eve", "joe", "mia"]
    start(office, *people)
    failures = [ValueError("a sender that breaks its word"), RetryAfter(9), TemporaryFailure(), Unreachable()]
    office.box.failures = {who: [failure] for who, failure in zip(people, failures, strict=False)}
    office.tick()
    assert office.messages() == {"mia": 1}
    office.until(NINE + timedelta(minutes=1))
    assert office.messages() == {"ada": 1, "bob": 1, "eve": 1, "mia": 1}


def test_one_message_that_cannot_be_composed_does_not_stop_the_others(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    start(office, "ada", "bob")
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE enrollment SET roadmap = 'gone' WHERE id = (SELECT min(id) FROM enrollment)")
    office.tick()
    assert office.messages() == {"bob": 1}
    with office.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE enrollment SET roadmap = 'ml-researcher'")
    office.until(NINE + timedelta(minutes=1))
    assert office.messages() == {"ada": 1, "bob": 1}


@pytest.mark.parametrize("kind", DEFAULTS)
@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1)])
def test_a_message_comes_until_its_last_moment_and_not_after_it(
    little_office: Office, kind: str, late: timedelta
) -> None:
    office = little_office
    others = [f"/reminders {word} off" for name, word in WORDS.items() if name != kind]
    start(office, "ada", commands=tuple(others))
    weekday, at = DEFAULTS[kind]
    due = after(weekday, at, UTC, MONDAY + timedelta(days=6)).due
    office.now = due + LATEST[kind] + late
    office.tick()
    assert office.states() == (["expired"] if late else ["sent"])
    assert office.messages() == ({} if late else {"ada": 1})


def test_an_older_message_gives_way_to_a_newer_one(office: Office) -> None:
    office.enrol("ada")
    office.now = NINE - timedelta(hours=16)
    office.box.failures["ada"] = [TemporaryFailure() for _ in range(1000)]
    office.until(NINE - timedelta(hours=1))
    assert [line["kind"] for line in office.deliveries() if line["state"] == "pending"] == ["checkin"]
    office.until(NINE + timedelta(minutes=5))
    del office.box.failures["ada"]
    office.until(NINE + timedelta(hours=1))
    states = {line["kind"]: line["state"] for line in office.deliveries()}
    assert states == {"nudge": "expired", "checkin": "nothing_to_send", "announcement": "sent"}
    assert office.messages() == {"ada": 1}


def test_a_learner_who_has_left_gets_nothing(office: Office) -> None:
    start(office, "ada", "bob")
    office.now = NINE - timedelta(minutes=1)
    office.frontend.now = office.now
    office.frontend.press("ada", office.say("ada", "/deleteme"), "Delete everything")
    office.until(NINE + timedelta(days=8))
    assert set(office.messages()) == {"bob"}


def test_a_learner_who_leaves_while_the_message_is_on_its_way_breaks_nothing(office: Office) -> None:
    start(office, "ada", "bob")

    async def leave() -> None:
        press = office.frontend.pressed("ada", forged("deleteme", sure="1"))
        await office.frontend.dispatcher.handle(press, office.now)

    office.box.meanwhile = leave
    office.tick()
    assert office.states() == ["sent"]
