"""Backups: copies of a database that were read through before they get their name."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from bot.storage import engines, private
from bot.storage.database import SqlDatabase

CONNECT_SECONDS = "10"
"""How long PostgreSQL's programs try to reach the server."""


class BackupFailed(Exception):
    """No backup was made, and nothing was changed."""


class NoBackup(Exception):
    """A file that cannot be restored. The message says why."""


@dataclass(frozen=True)
class Content:
    """What a copy holds: the schema's revision, and the number of rows by table."""

    revision: str
    rows: Mapping[str, int]


def backup(database: SqlDatabase, to: Path) -> Path:
    """Make a consistent, verified copy of the running database in the file `to`, which must not exist yet.

    Uses SQLite's own backup, or `pg_dump` for PostgreSQL. Only the owner can read the copy. Raises `BackupFailed`,
    and leaves no partial file then.
    """
    if to.exists():
        raise BackupFailed(f"{to} is there already; name another file")
    part = to.with_name(f".{to.name}.part")
    try:
        private.make_folder(to.parent)
        part.unlink(missing_ok=True)
        private.create(part)
        if database.file:
            _copy_sqlite(database.file, part)
        else:
            _dump_postgresql(database.url, part)
        private.sync(part)
        _name(part, to)
        private.sync(to.parent)
    except OSError as error:
        raise BackupFailed(f"{error.filename or to}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return to


def _name(part: Path, to: Path) -> None:
    """Give the finished copy its name; never to a file that came to be meanwhile."""
    try:
        os.link(part, to)
    except FileExistsError:
        raise BackupFailed(f"{to} is there already; name another file") from None
    except OSError:  # a file system without links
        part.rename(to)


def _copy_sqlite(file: Path, to: Path) -> None:
    if not file.exists():
        raise BackupFailed(f"there is no database at {file}")
    # Not by the connection that writes: a copy made by it holds what is not committed yet.
    try:
        with closing(engines.open_sqlite(file, "ro")) as source:
            source.execute("BEGIN")
            if _tables(source) == 0:
                raise BackupFailed(f"{file} holds no tables yet, so there is nothing to save")
            expected = content(source)
            with closing(sqlite3.connect(to)) as copy:
                source.backup(copy)
                # No log of its own: whatever lies beside the copy later is not read into it.
                copy.execute("PRAGMA journal_mode=DELETE")
    except (sqlite3.Error, NoBackup) as error:
        raise BackupFailed(f"the database cannot be copied; SQLite said: {error}") from error
    try:
        copied = verified(to)
    except NoBackup as damage:
        raise BackupFailed(f"the database {file} is damaged, and the copy was not kept: {damage}") from damage
    if copied != expected:
        raise BackupFailed("the copy does not hold what the database held, and was not kept")


def verified(file: Path) -> Content:
    """The content of an SQLite backup, after a check of the whole file. Raises `NoBackup` if it is damaged."""
    try:
        with closing(engines.open_sqlite(file, "ro&immutable=1")) as copy:
            damage = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if damage != "ok":
                raise NoBackup(f"SQLite's check found: {damage}")
            return content(copy)
    except sqlite3.Error as error:
        raise NoBackup(f"SQLite said: {error}") from error


def content(connection: sqlite3.Connection) -> Content:
    """What a connection sees at present. Raises `NoBackup` if it is not a database of this program."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if "alembic_version" not in tables or "learner" not in tables:
        raise NoBackup("it is no database of a study buddy")
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
    return Content(revision, rows)


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _dump_postgresql(url: URL, to: Path) -> None:
    done = ask(url, "pg_dump", "--format=custom", f"--file={to}", named(url))
    if done.returncode:
        raise BackupFailed(f"pg_dump said: {complaint(done)}")
    listed = ask(url, "pg_restore", "--list", str(to))
    if listed.returncode:
        raise BackupFailed(f"the copy cannot be read; pg_restore said: {complaint(listed)}")
    if not {"alembic_version", "learner"} <= tables_in(listed.stdout):
        raise BackupFailed("the database holds no tables of a study buddy, so there is nothing to save")


def tables_in(listed: str) -> set[str]:
    """The tables whose rows a dump contains, from the output of `pg_restore --list`."""
    lines = (line.split() for line in listed.splitlines() if " TABLE DATA " in line)
    return {words[words.index("DATA") + 2] for words in lines}


def named(url: URL) -> str:
    """A server's address for PostgreSQL's programs, without the password: arguments can be read by every user."""
    # `set` takes None for "as it was".
    return url.set(drivername="postgresql")._replace(password=None).render_as_string(hide_password=False)


def ask(url: URL, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one of PostgreSQL's programs. Raises `BackupFailed` if it is not installed."""
    executable = shutil.which(program)
    if executable is None:
        raise BackupFailed(
            f"{program} is not installed, so no backup can be made; install PostgreSQL's client programs"
        )
    given = {"PGPASSWORD": url.password} if url.password else {}
    return subprocess.run(  # noqa: S603 - our own words and the host's own settings
        [executable, *arguments],
        env={"PGCONNECT_TIMEOUT": CONNECT_SECONDS} | os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )


def complaint(done: "subprocess.CompletedProcess[str]") -> str:
    """What a program wrote to its standard error, on one line."""
    return " ".join(done.stderr.split())
