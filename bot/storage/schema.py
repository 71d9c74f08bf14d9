"""Upgrades of a database's schema, after a backup."""

import logging
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import OperationalError

from alembic import command
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.storage.backup import backup
from bot.storage.database import SqlDatabase
from bot.storage.engines import LIMITS
from bot.storage.revisions import configuration, known, newest
from bot.storage.tables import metadata

log = logging.getLogger(__name__)

_LOCK = 0x5B0D_D1E5
"""The advisory lock under which PostgreSQL is upgraded, so that two processes starting at once do not both."""


class SchemaTooNew(Exception):
    """The database was written by a newer version of the program."""


@dataclass(frozen=True)
class Status:
    """The schema revision of a database (None if it is empty), and the newest known one."""

    revision: str | None
    newest: str

    @property
    def current(self) -> bool:
        """Whether the schema is up to date."""
        return self.revision == self.newest


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did: the revisions before and after, and the backup made first (None for an empty database)."""

    before: str | None
    after: str
    backup: Path | None


def status(database: SqlDatabase) -> Status:
    """The schema revision of a database, and the newest known one."""
    with database.engine.connect() as connection:
        return Status(_revision(connection), newest())


def upgrade(database: SqlDatabase, now: datetime, target: str = "head") -> Upgrade:
    """Run the missing revisions, all or none, after a backup if the database is not empty.

    Raises `SchemaTooNew` if the database is newer than this program, `BackupFailed` if no backup could be made.
    """
    present = status(database)
    if present.current and target == "head":
        return Upgrade(present.revision, present.newest, None)
    with database.engine.begin() as connection:
        if not database.sqlite:
            # A revision of a large table takes as long as it takes, and so does another process that is at it.
            connection.exec_driver_sql("; ".join(f"SET LOCAL {name} = 0" for name in LIMITS))
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
        # Asked again under the lock: another process may have done the work meanwhile.
        before = _revision(connection)
        if before == present.newest:
            return Upgrade(before, before, None)
        if before and before not in known():
            raise SchemaTooNew(before)
        saved = backup(database, _backup_path(database, before, now)) if before else None
        config = configuration()
        config.attributes |= {"connection": connection, "metadata": metadata}
        command.upgrade(config, target)
        after = _revision(connection)
    if before and database.sqlite:
        _vacuum(database)
    return Upgrade(before, after or target, saved)


def _vacuum(database: SqlDatabase) -> None:
    """What was deleted before `secure_delete` was on may still stand in free pages: write the file anew."""
    with closing(database.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        try:
            cursor.execute("VACUUM")
        except OperationalError as error:
            log.warning("the file was not written anew after the upgrade", extra={"why": str(error)})


def _backup_path(database: SqlDatabase, revision: str | None, now: datetime) -> Path:
    name = f"{now:%Y%m%d-%H%M%S}-before-{revision}"
    if file := database.file:
        return file.with_name(f"{file.stem}-{name}{file.suffix or '.db'}")
    return Path.cwd() / f"studybuddy-{name}.dump"


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()
