"""Learners who started over the wire, or stand in the database from the beginning, and whose messages fall due."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlalchemy.engine import URL

from bot.storage.database import opened
from bot.storage.tables import reminder
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
