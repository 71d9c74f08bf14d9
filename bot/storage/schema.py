"""Bringing a database's schema up to date, after a backup."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import URL

import migrations
from bot.storage.database import SqlDatabase

_LOCK = 0x5B0D_D1E5
"""The advisory lock under which PostgreSQL is upgraded, so that two processes starting at once do not both."""


class SchemaTooNew(Exception):
    """The database was written by a newer version of the program than this one."""


class BackupFailed(Exception):
    """No backup could be made, and so nothing was changed."""


@dataclass(frozen=True)
class Status:
    """Where a database stands. `revision` is None for an empty one."""

    revision: str | None
    newest: str

    @property
    def current(self) -> bool:
        """Whether nothing is left to do."""
        return self.revision == self.newest


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did: from where to where, and the backup it took first (None for an empty database)."""

    before: str | None
    after: str
    backup: Path | None


def status(database: SqlDatabase) -> Status:
    """The schema's revision, and the newest one this program knows."""
    with database.engine.connect() as connection:
        return Status(_revision(connection), _newest())


def upgrade(database: SqlDatabase, now: datetime, target: str = "head") -> Upgrade:
    """Run the revisions that are missing, all or none, after a backup where there is something to lose.

    Raises `SchemaTooNew` where the database is ahead of this program, `BackupFailed` where no backup could be made.
    """
    found = status(database)
    if found.current and target == "head":
        return Upgrade(found.revision, found.newest, None)
    with database.engine.begin() as connection:
        if not database.sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
        # Asked again under the lock: another process may have done the work meanwhile.
        before = _revision(connection)
        if before == found.newest:
            return Upgrade(before, before, None)
        if before and before not in _known():
            raise SchemaTooNew(before)
        saved = backup(database, _backup_path(database, before, now)) if before else None
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        after = _revision(connection)
    return Upgrade(before, after or target, saved)


def backup(database: SqlDatabase, to: Path) -> Path:
    """A consistent copy of the running database in the file `to`, which must not exist yet.

    SQLite's own backup, or `pg_dump` for PostgreSQL. Raises `BackupFailed` and leaves no half file.
    """
    if to.exists():
        raise BackupFailed(f"{to} is there already; name another file")
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        if database.sqlite:
            _copy_sqlite(database, to)
        else:
            _dump_postgresql(database.url, to)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return to


def _copy_sqlite(database: SqlDatabase, to: Path) -> None:
    import sqlite3

    # Not by the connection that writes: a copy made by it holds what is not committed yet.
    try:
        with closing(sqlite3.connect(database.url.database or "")) as source, closing(sqlite3.connect(to)) as copy:
            source.backup(copy)
    except sqlite3.Error as error:
        raise BackupFailed(f"SQLite said: {error}") from error


def _dump_postgresql(url: URL, to: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupFailed("pg_dump is not installed, so no backup can be made; install PostgreSQL's client programs")
    # `set` takes None for "as it was"; the password must not stand among the arguments, which every user can read.
    plain = url.set(drivername="postgresql")._replace(password=None)
    done = subprocess.run(  # noqa: S603 - our own words and the host's own settings
        [program, "--format=custom", f"--file={to}", plain.render_as_string(hide_password=False)],
        env=os.environ | ({"PGPASSWORD": url.password} if url.password else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupFailed(f"pg_dump said: {done.stderr.strip()}")


def _backup_path(database: SqlDatabase, revision: str | None, now: datetime) -> Path:
    name = f"{now:%Y%m%d-%H%M%S}-before-{revision}"
    if database.sqlite and database.url.database:
        file = Path(database.url.database)
        return file.with_name(f"{file.stem}-{name}{file.suffix or '.db'}")
    return Path.cwd() / f"studybuddy-{name}.dump"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return config


def _newest() -> str:
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None  # noqa: S101 - there is a first revision
    return newest


def _known() -> Sequence[str]:
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()
