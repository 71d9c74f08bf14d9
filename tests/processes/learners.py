"""Learners who started over the wire, or stand in the database from the beginning, and whose messages fall due."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.engine import URL

from bot.storage.database import opened
from bot.storage.tables import commitment, delivery, enrollment, learner, reminder
from roadmap.model import Roadmap
from tests.delivery.post import crowd
from tests.platforms.telegram import Person, TelegramServer


async def enrol(t: TelegramServer, *people: Person) -> None:
    """People become learners."""
    for person in people:
        await person.starts()
        await t.hears(person, "How many hours a week")
        await person.presses("8 h a week")
        await t.hears(person, "which time zone")
        await person.presses("UTC")
        await t.hears(person, "Your first step")


def fall_due(url: URL) -> None:
    """Let every announcement be due now."""
    with opened(url) as database, database.engine.begin() as connection:
        due = datetime.now(UTC).replace(second=0, microsecond=0)
        values = {"weekday": due.weekday(), "at": due.time(), "zone": "UTC", "due": due}
        connection.execute(update(reminder).where(reminder.c.kind == "announcement").values(values))


def stand_due(url: URL, roadmaps: dict[str, Roadmap], platform: str, ids: Sequence[int]) -> None:
    """Put learners with these accounts straight into the database, whose announcement is due now.

    Processes that deliver may be at work already: nothing is due before all of it is stored.
    """
    now = datetime.now(UTC)
    with opened(url) as database:
        crowd(database, len(ids), next(iter(roadmaps.values())), platform, list(map(str, ids)), due=None)
        with database.engine.begin() as connection:
            connection.execute(update(learner).values(created_at=now, seen_at=now))
            connection.execute(update(enrollment).values(start=now.date(), chosen_at=now))
            connection.execute(update(commitment).values(since=now.date(), recorded_at=now))
    fall_due(url)


def end_leases(url: URL) -> None:
    """Let the time pass that a killed process's claims last."""
    with opened(url) as database, database.engine.begin() as connection:
        connection.execute(update(delivery).values(claimed_until=datetime.now(UTC)))
