"""After an outage one message and not a burst, and only one that still makes sense (promise 8)."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.planner import plan
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.conftest import MONDAY, talker
from tests.delivery.post import NINE, Office
from tests.kinds import DEFAULTS, LATEST
from tests.storage.frontend import PLATFORM

MIDNIGHT = MONDAY.replace(hour=0)
WEEK = timedelta(days=7)
SATURDAY = str((MONDAY + timedelta(days=5)).replace(tzinfo=None))


def timely(kind: str, now: datetime) -> datetime | None:
    """When the newest message of a kind was due, if it is not too late for it; in UTC, where no clock changes."""
    weekday, at = DEFAULTS[kind]
    due = MIDNIGHT + timedelta(days=weekday, hours=at.hour)
    due += (now - due) // WEEK * WEEK
    return due if due > MONDAY and now - due <= LATEST[kind] else None


@pytest.mark.parametrize("first", [None, "log 3h"])
def test_after_an_outage_of_any_length_there_is_one_message_at_most(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path, first: str | None
) -> None:
    """Down from the first Saturday on; up again at some hour of the next three weeks."""
    office = Office(sqlite, roadmaps)
    office.enrol("ada")
    office.until(MONDAY + timedelta(days=5))
    if first:
        office.say("ada", f"/{first}")
    file = Path(str(sqlite.url.database))
    sqlite.close()
    seen = set()
    for hours in range(1, 24 * 21, 11):
        copy = shutil.copy(file, tmp_path / f"{hours}.db")
        with opened(f"sqlite:///{copy}") as database:
            later = Office(database, roadmaps)
            later.now = MONDAY + timedelta(days=5, hours=hours)
            later.tick()
            due = {kind: at for kind in DEFAULTS if (at := timely(kind, later.now)) and at > office.now}
            newest = max(due, key=due.__getitem__, default=None)
            sent = {line["kind"] for line in later.deliveries() if line["state"] == "sent" and line["due"] > SATURDAY}
            assert sent == ({newest} if newest else set()), f"{hours} hours"
            assert sum(later.messages().values()) == len(sent), f"{hours} hours"
            seen.add(newest)
    assert seen == {None, *DEFAULTS}


@pytest.mark.parametrize("days", [3, 24])
def test_a_script_played_after_an_outage_begins_with_one_message(
    database: SqlDatabase, tmp_path: Path, days: int
) -> None:
    talk = talker(database, tmp_path)
    talk("u1: /start\nu1: 8\nu1: UTC\n+5d\nu1: /today")
    again = talk("u1: /today\n+12h", now=MONDAY + timedelta(days=5 + days))  # a Tuesday morning
    assert [message.kind for message in again] == ["delivery", "reply"]


def test_a_newer_message_that_has_nothing_to_say_takes_nobodys_place(office: Office) -> None:
    office.enrol("ada")
    office.now = NINE + timedelta(days=1)
    office.say("ada", "/log 1h")  # so there will be nothing to send for the nudge
    # The workers were away until announcement and nudge were both due.
    office.now = NINE + timedelta(days=2, hours=9, minutes=15)
    office.tick()
    assert {line["kind"]: line["state"] for line in office.deliveries()} == {
        "announcement": "sent",
        "nudge": "nothing_to_send",
        "checkin": "expired",
    }
    assert [sent.text[:7] for sent in office.box.sent] == ["Week 2 "]


def test_a_newer_message_that_is_too_late_takes_nobodys_place(office: Office) -> None:
    office.enrol("ada")
    office.now = NINE + LATEST["announcement"]  # Thursday morning: Wednesday's nudge was good for that evening alone
    office.tick()
    assert {line["kind"]: line["state"] for line in office.deliveries()} == {
        "announcement": "sent",
        "nudge": "expired",
        "checkin": "expired",
    }


def test_a_newer_message_that_another_worker_still_holds_counts_until_it_is_too_late(office: Office) -> None:
    office.enrol("ada")
    nudged = NINE + timedelta(days=2, hours=9)
    office.database.transact(lambda uow: plan(uow, nudged))

    def overtaken(now: datetime) -> dict[str, bool]:
        def work(uow: UnitOfWork) -> dict[str, bool]:
            every = uow.deliveries.claim(PLATFORM, str(now), now, now, 9)
            return {delivery.kind: uow.deliveries.overtaken(delivery, now, LATEST) for delivery in every}

        return office.database.transact(work)

    last = nudged + LATEST["nudge"]
    assert overtaken(last) == {"checkin": True, "announcement": True, "nudge": False}
    assert overtaken(last + timedelta(seconds=1)) == {"checkin": True, "announcement": False, "nudge": False}
