"""An application with delivery workers on databases of both kinds."""

import pytest

from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.delivery.post import Office
from tests.kinds import known_reminders
from tests.storage.conftest import database, swept

__all__ = ["database", "known_reminders", "little_office", "office", "swept"]


@pytest.fixture
def office(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Office:
    """An application on a database of each kind, with nobody in it."""
    return Office(database, roadmaps)


@pytest.fixture
def little_office(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Office:
    """An application on SQLite, where the kind of database is not the point."""
    return Office(sqlite, roadmaps)
