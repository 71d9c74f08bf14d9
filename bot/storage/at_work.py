"""Which processes are at work on a PostgreSQL database, and how many connections there are for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from bot.storage.database import SqlDatabase
from bot.storage.engines import READERS, WRITERS

NAME = "studybuddy:"
"""How the connection by which a process holds its locks begins its name in `pg_stat_activity`; its roles follow."""
PER_PROCESS = WRITERS + READERS + 2
"""Connections of one process at most: the pool, one for its locks, and one on which it hears what is due."""

_ROLES = text(
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name LIKE :name AND application_name <> :listens ORDER BY backend_start"
)
_CONNECTIONS = text(
    "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int, "
    "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' "
    "AND NOT (datname = current_database() AND application_name LIKE 'studybuddy%'))"
)
LISTENS = f"{NAME} listens"


@dataclass(frozen=True)
class Connections:
    """How many connections the server allows, and how many of them others have."""

    allowed: int
    others: int


def at_work(database: SqlDatabase) -> Sequence[frozenset[str]]:
    """The roles of each process that is at work, oldest first."""
    with database.engine.connect() as connection:
        names = connection.execute(_ROLES, {"name": f"{NAME}%", "listens": LISTENS}).scalars().all()
    return [frozenset(name.removeprefix(NAME).split()) for name in names]


def connections(database: SqlDatabase) -> Connections:
    """The server's connections."""
    with database.engine.connect() as connection:
        return Connections(*connection.execute(_CONNECTIONS).one())
