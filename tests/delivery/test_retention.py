"""Tables that only serve delivery and conversation stay bounded, and nothing is dropped that is still needed (43)."""

import logging
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert

from bot.core.ids import LearnerId
from bot.core.retention import Retained
from bot.core.timesheet.draft import PREFIX
from bot.delivery.retention import EVERY, FEW
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.tables import delivery, kept_request, reminder, request, web_key
from tests.conftest import MONDAY
from tests.delivery.post import NINE, Office, crowd
from tests.storage.frontend import account
from tests.storage.stored_rows import count, lines

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)
SERVING = ("request", "delivery", "code", "question", "live_message", "timer", "reminder")
"""What grows with use alone; kept buttons last longer than a year."""


def rows(office: Office) -> Counter[str]:
    """How many rows there are of each kind."""
    return Counter({name: count(office.database, name) for name in SERVING})


def weeks(office: Office, first: int, last: int) -> None:
    """Somebody who uses everything, week after week."""
    for week in range(first, last):
        office.until(MONDAY + timedelta(weeks=week))
        office.say("ada", "/log 1h", "/log", "/link", "/focus 30m", "/group invite")


@pytest.mark.slow
def test_a_years_rows_are_not_more_than_half_a_years(little_office: Office) -> None:
    office = little_office
    for who in ("ada", "eve"):  # eve falls silent at once
        office.enrol(who)
    office.make_group("ada")
    weeks(office, 1, 26)
    half = rows(office)
    weeks(office, 26, 52)
    year = rows(office)
    grown = {name: (half[name], year[name]) for name in SERVING if year[name] > half[name] * 1.15 + 3}
    assert set(grown) <= {"timer"}, grown  # a timer's buttons work for more than a year
    assert year["request"] < 30
    assert year["delivery"] < 3 * 60


def at(office: Office, kind: Retained, age: timedelta) -> None:
    """One thing of a kind, so old."""
    office.now = MONDAY + timedelta(days=1000)
    then = office.now - age
    with office.database.engine.begin() as connection:
        if kind == "requests":
            connection.execute(insert(request).values(id="old", handled_at=then))
        if kind == "buttons":
            connection.execute(insert(kept_request).values(request="1.help", kept_at=then))
        if kind == "web_keys":
            connection.execute(insert(web_key).values(kind="link", digest="x", made_at=then, expires_at=then))
            connection.execute(insert(web_key).values(kind="feed", digest="y", made_at=then))
        if kind == "imports":
            connection.execute(insert(kept_request).values(request=f"{PREFIX}[]}}", kept_at=then))


@pytest.mark.parametrize(
    ("kind", "days", "table", "stays"),
    [
        ("requests", 3, "request", 0),
        ("buttons", 400, "kept_request", 0),
        ("imports", 7, "kept_request", 0),
        ("web_keys", 7, "web_key", 1),
    ],
)
def test_each_is_kept_for_its_time_to_the_second(
    office: Office, kind: Retained, days: int, table: str, stays: int
) -> None:
    at(office, kind, days * DAY)
    office.tick()
    assert count(office.database, table) == stays + 1
    office.now += DAY
    office.tick()
    assert count(office.database, table) == stays


def test_it_is_done_at_the_start_and_then_daily_whatever_the_clock_does(office: Office) -> None:
    worker = office.worker()
    jumps = [timedelta(0), EVERY - MOMENT, MOMENT, timedelta(hours=-2), EVERY, -2 * EVERY, timedelta(hours=1)]
    done: list[bool] = []
    for jump in jumps:
        office.now += jump
        with office.database.engine.begin() as connection:
            connection.execute(insert(request).values(id=f"old {len(done)}", handled_at=office.now - 4 * DAY))
        before = count(office.database, "request")
        office.tick(worker)
        done.append(count(office.database, "request") < before)
    assert done == [True, False, True, False, False, True, False]


def test_many_are_dropped_a_few_at_a_time(office: Office) -> None:
    seen: list[int] = []
    run = office.database.run

    async def watched(work: Any) -> Any:
        before = count(office.database, "request") if not office.database.sqlite else None
        result = await run(work)
        if before is not None:
            seen.append(before - count(office.database, "request"))
        return result

    with office.database.engine.begin() as connection:
        old = [{"id": str(n), "handled_at": MONDAY - 9 * DAY} for n in range(2 * FEW + 7)]
        connection.execute(insert(request), old)
    office.database.run = watched  # type: ignore[method-assign]
    office.tick()
    assert count(office.database, "request") == 0
    assert max(seen, default=0) <= FEW


def test_what_is_kept_hides_nothing_old_behind_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest rows are those of silent learners, which stay; more than are looked at in one transaction."""
    monkeypatch.setattr("bot.delivery.retention.FEW", 5)
    crowd(office.database, 12, office.roadmap)
    office.now = NINE
    office.tick()
    for n in range(12):
        office.now += timedelta(minutes=1)
        place = {
            "kind": "one_off",
            "platform": "terminal",
            "occasion": MONDAY.date(),
            "state": "sent",
            "subject": n + 1,
        }
        with office.database.engine.begin() as connection:
            connection.execute(insert(delivery).values(due=office.now, settled_at=office.now, attempts=1, **place))
    office.now += 200 * DAY
    with office.database.engine.begin() as connection:
        connection.execute(delete(reminder))
    office.tick()
    assert [(line["kind"], line["learner"] is not None) for line in office.deliveries()] == [
        ("announcement", True)
    ] * 12


def test_a_silent_learner_stays_silent_however_long(little_office: Office) -> None:
    office = little_office
    office.enrol("ada")
    office.until(MONDAY + timedelta(weeks=60))
    assert max(sent.at for sent in office.box.sent) < MONDAY + timedelta(weeks=5)
    assert count(office.database, "delivery") < 60


def test_the_last_reminder_is_known_however_old(office: Office) -> None:
    office.enrol("ada")
    office.until(MONDAY + timedelta(days=7, hours=2))
    office.say("ada", "/reminders off")
    office.until(MONDAY + timedelta(weeks=40))
    office.tick()
    learner = lines(office.database, "learner")[0]["id"]
    last = office.database.transact(lambda uow: uow.deliveries.last_sent(learner))
    assert last is not None
    assert last.settled_at == datetime.fromisoformat("2026-01-12T09:00:00+00:00")


def test_what_waits_is_never_dropped_and_a_button_of_a_year_ago_works(office: Office) -> None:
    office.enrol("ada")
    number = office.database.transact(lambda uow: uow.conversation.save_request(_ada(uow), "1.help", MONDAY))
    office.database.transact(lambda uow: uow.deliveries.post("1.help", MONDAY + 500 * DAY, learner=_ada(uow)))
    office.now = MONDAY + 399 * DAY
    office.tick()
    assert office.database.transact(lambda uow: uow.conversation.saved_request(number, _ada(uow))) == "1.help"
    assert [line["state"] for line in office.deliveries() if line["kind"] == "one_off"] == ["pending"]


def _ada(uow: UnitOfWork) -> LearnerId:
    learner = uow.learners.find(account("ada"))
    assert learner is not None
    return learner.id


def test_codes_go_when_they_are_over_and_the_newest_timer_stays(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/link", "/focus 30m")
    office.now = MONDAY + 500 * DAY
    office.say("ada", "/link")
    office.tick()
    assert (count(office.database, "code"), count(office.database, "timer")) == (1, 1)


def test_trouble_with_it_delays_no_message(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr("bot.storage.housekeeping.Housekeeping.drop", lambda *_: 1 / 0)
    office.enrol("ada")
    office.until(MONDAY + timedelta(days=7, hours=2))
    assert office.messages()["ada"] >= 1
