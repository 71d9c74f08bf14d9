"""Copies of a database that were opened and looked through before anybody calls them a backup."""

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
    """No backup could be made, and so nothing was changed."""


class NoBackup(Exception):
    """A file that cannot be restored, and why."""


@dataclass(frozen=True)
class Content:
    """What a copy holds: the schema's revision, and the rows of each table."""

    revision: str
    rows: Mapping[str, int]


def backup(database: SqlDatabase, to: Path) -> Path:
    """A consistent, verified copy of the running database in the file `to`, which must not exist yet.

    SQLite's own backup, or `pg_dump` for PostgreSQL; its owner alone can read it. Raises `BackupFailed` and leaves no
    half file.
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
        found = verified(to)
    except NoBackup as damage:
        raise BackupFailed(f"the database {file} is damaged, and the copy was not kept: {damage}") from damage
    if found != expected:
        raise BackupFailed("the copy does not hold what the database held, and was not kept")


def verified(file: Path) -> Content:
    """What a backup of SQLite holds, read through from its first page to its last. Raises `NoBackup`."""
    try:
        with closing(engines.open_sqlite(file, "ro&immutable=1")) as copy:
            damage = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if damage != "ok":
                raise NoBackup(f"SQLite's check found: {damage}")
            return content(copy)
    except sqlite3.Error as error:
        raise NoBackup(f"SQLite said: {error}") from error


def content(connection: sqlite3.Connection) -> Content:
    """What a connection sees now. Raises `NoBackup` where that is no study buddy's database."""
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
        raise BackupFailed(f"pg_dump said: {said(done)}")
    listed = ask(url, "pg_restore", "--list", str(to))
    if listed.returncode:
        raise BackupFailed(f"the copy cannot be read; pg_restore said: {said(listed)}")
    if not {"alembic_version", "learner"} <= tables_in(listed.stdout):
        raise BackupFailed("the database holds no tables of a study buddy, so there is nothing to save")


def tables_in(listed: str) -> set[str]:
    """The tables whose rows stand in a dump, by what `pg_restore --list` says of it."""
    lines = (line.split() for line in listed.splitlines() if " TABLE DATA " in line)
    return {words[words.index("DATA") + 2] for words in lines}


def named(url: URL) -> str:
    """A server's address for its own programs: without the password, which every user could read among arguments."""
    # `set` takes None for "as it was".
    return url.set(drivername="postgresql")._replace(password=None).render_as_string(hide_password=False)


def ask(url: URL, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one of PostgreSQL's programs. Raises `BackupFailed` where it is not installed."""
    found = shutil.which(program)
    if found is None:
        raise BackupFailed(
            f"{program} is not installed, so no backup can be made; install PostgreSQL's client programs"
        )
    given = {"PGPASSWORD": url.password} if url.password else {}
    return subprocess.run(  # noqa: S603 - our own words and the host's own settings
        [found, *arguments],
        env={"PGCONNECT_TIMEOUT": CONNECT_SECONDS} | os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """What a program complained of, in one line."""
    return " ".join(done.stderr.split())
