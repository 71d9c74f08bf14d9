"""Restoring a backup: it is checked first, the old database is kept, and nothing is left half done."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.storage import engines, private
from bot.storage.backup import Content, NoBackup, ask, complaint, content, named, tables_in, verified
from bot.storage.database import SqlDatabase
from bot.storage.revisions import known
from bot.storage.watch import free_name

_WAL = b"\x02\x02"
"""Bytes 18 and 19 of an SQLite file that was at work; our backups have others."""


@dataclass(frozen=True)
class Restored:
    """The restored revision, and where the previous database is now (None if there was none)."""

    revision: str
    current: bool
    """Whether that is the newest revision; else the next start brings it up to date, after a backup."""
    old: Path | None


def restore(database: SqlDatabase, backup: Path, now: datetime) -> Restored:
    """Replace the database by the content of a backup; the caller makes sure that nobody uses it.

    On SQLite the old file, with its log and index, is renamed to a name with the time. On PostgreSQL the database
    must be empty. Raises `NoBackup` if the file cannot be restored; nothing was changed then.
    """
    if not backup.is_file():
        raise NoBackup(f"there is no file {backup}")
    if database.file:
        return _restore_sqlite(database.file, backup, now)
    return _restore_postgresql(database, backup)


def _restore_sqlite(file: Path, backup: Path, now: datetime) -> Restored:
    if file.exists() and backup.samefile(file):
        raise NoBackup(f"{backup} is the database itself")
    part = free_name(file.with_name(f".{file.name}.restoring"))
    try:
        private.create(part)
        held = _fit(_copied(backup, part), backup)
        private.sync(part)
        old = _exchange(file, part, now)
    except OSError as error:
        raise NoBackup(f"{error.filename}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    if verified(file) != held:
        raise NoBackup(f"{file} does not hold what {backup} held; what was there before is {old}")
    return Restored(held.revision, held.revision == known()[0], old)


def _copied(backup: Path, to: Path) -> Content:
    """What a backup holds, copied; a raw copy of a file that was at work with the log beside it."""
    try:
        with backup.open("rb") as opened:
            at_work = opened.read(20)[18:20] == _WAL
        # Whatever lies beside a backup of ours is not a part of it.
        mode = "ro" if at_work and _with(backup, "-wal").exists() else "ro&immutable=1"
        with closing(engines.open_sqlite(backup, mode)) as source, closing(sqlite3.connect(to)) as copy:
            source.execute("BEGIN")
            expected = content(source)
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise NoBackup(f"{backup} cannot be read; SQLite said: {error}") from error
    except NoBackup as error:
        raise NoBackup(f"{backup}: {error}") from error
    if verified(to) != expected:
        raise NoBackup(f"{backup} could not be copied whole")
    return expected


def _fit(held: Content, backup: Path) -> Content:
    if held.revision not in known():
        raise NoBackup(f"{backup} is at revision {held.revision}, which a newer version of me wrote; update me")
    return held


def _exchange(file: Path, new: Path, now: datetime) -> Path | None:
    """Put a file in another one's place, which is kept under the name that is returned.

    At no moment does a log stand beside a file that is not its own; where it fails, all is as it was.
    """
    aside = free_name(file.with_name(f"{file.stem}-{now:%Y%m%d-%H%M%S}-before-restore{file.suffix or '.db'}"))
    moves = [(_with(file, end), _with(aside, end)) for end in ("-wal", "-shm") if _with(file, end).exists()]
    if file.exists():
        try:
            os.link(file, aside)
        except OSError:  # a file system without links
            moves.append((file, aside))
    moved: list[tuple[Path, Path]] = []
    try:
        for old, to in moves:
            old.rename(to)
            moved.append((old, to))
        private.sync(file.parent)
        new.replace(file)
    except OSError:
        for old, to in reversed(moved):
            to.rename(old)
        aside.unlink(missing_ok=True)
        raise
    private.sync(file.parent)
    return aside if aside.exists() else None


def _with(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _restore_postgresql(database: SqlDatabase, backup: Path) -> Restored:
    others = _others(database)
    if others:
        raise NoBackup(f"{others[0]} is connected to this database; stop the bot first")
    listed = ask(database.url, "pg_restore", "--list", str(backup))
    if listed.returncode:
        raise NoBackup(f"{backup} cannot be read; pg_restore said: {complaint(listed)}")
    if not {"alembic_version", "learner"} <= tables_in(listed.stdout):
        raise NoBackup(f"{backup} is no dump of a study buddy's database")
    revision = _revision_in(database, backup)
    if revision not in known():
        raise NoBackup(f"{backup} is at revision {revision}, which a newer version of me wrote; update me")
    with database.engine.connect() as connection:
        there = connection.exec_driver_sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").scalar()
    if there:
        name = database.url.database
        raise NoBackup(
            f"the database {name} is not empty, and nothing is written over. Rename it (ALTER DATABASE "
            f'"{name}" RENAME TO "{name}_old"), make an empty one (CREATE DATABASE "{name}"), and restore again'
        )
    database.engine.dispose()
    done = ask(
        database.url,
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={named(database.url)}",
        str(backup),
    )
    if done.returncode:
        raise NoBackup(f"pg_restore said: {complaint(done)}; the database is empty as it was")
    return Restored(revision, revision == known()[0], None)


def _others(database: SqlDatabase) -> Sequence[str]:
    """Who else is connected to the database."""
    query = (
        "SELECT coalesce(nullif(application_name, ''), 'somebody') FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with database.engine.connect() as connection:
        return [name for (name,) in connection.exec_driver_sql(query)]


def _revision_in(database: SqlDatabase, backup: Path) -> str:
    done = ask(database.url, "pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(backup))
    lines = done.stdout.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("COPY ")), None)
    return lines[start + 1].strip() if start is not None else ""
