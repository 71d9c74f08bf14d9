"""An SQLite file in use: one connection that writes, some that read, and what to do when the file disappears.

SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint at once, so there is one writer.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import StaticPool, event
from sqlalchemy.exc import DBAPIError

from bot.ports.database import DatabaseTrouble, Unconfirmed
from bot.storage import engines, private
from bot.storage.alone import SAFE
from bot.storage.watch import State, Watch

log = logging.getLogger(__name__)

_REOPEN = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
"""Errors after which a new connection may work where the old one does not: a disk that was read-only for a while."""
SHARED = sqlite3.sqlite_version_info >= SAFE
"""Whether other processes may write to the file as well."""
_MAGIC = b"SQLite format 3\x00"


class SqliteFile:
    """The engines of one file. Everything but `readable` is called from the one writing thread."""

    def __init__(self, named: Path) -> None:
        """`named` is the path that the host has given; it may lead over links, which are followed once."""
        self.named = named
        self.file = file = named.resolve()
        self.watch = Watch(file)
        self.engine = engines.sqlite(self._connect, engines.WRITING, "BEGIN IMMEDIATE", StaticPool)
        self.readers = engines.readers(file)
        self.overwritten = False
        """Whether another database was written into the open file, or the path leads to another one: nothing but a new
        process may go on."""
        self.abandoned: list[sqlite3.Connection] = []
        """Connections to files that were replaced. Closing one would delete the log of the file in its place."""
        self._connection: sqlite3.Connection | None = None
        self._unfit: State | None = None
        self._why = ""
        self._unswept = False
        event.listen(self.engine, "connect", self._connected)
        event.listen(self.engine, "checkin", lambda *_: self.watch.left())

    def ready(self) -> None:
        """Check before a write that the file is still the one that was opened, and reopen it if possible.

        Raises `DatabaseTrouble` if nothing can be written.
        """
        known = self.watch.known
        if known is None:
            return
        now = self.watch.look()
        if now is None:
            self._gone()
        if not self._leads_here:
            self.overwritten = True
            self._refuse(now, f"the link {self.named} leads elsewhere now; I must be started again")
        if now is not known:
            if now.inode == known.inode and (now.size, now.header) == (known.size, known.header):
                self._touched(now)
            elif now.inode == known.inode and SHARED and now.header.startswith(_MAGIC) and now.size >= known.size:
                self.watch.known = now  # another process of ours has moved the log into the file
            else:
                self._replaced(now, known)

    def confirm(self) -> None:
        """Check that what was committed is in the file at the path. Raises `Unconfirmed` if it is not."""
        if not self.watch.same_file or not self._leads_here:
            raise Unconfirmed(f"{self.file} was removed or replaced during a commit")
        if not self.watch.same_beside:
            self._rejoin()

    def failed(self, error: DBAPIError) -> None:
        """Close the connection after a disk error, so that the next write opens a new one."""
        if (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _REOPEN:
            self._let_go()

    def sweep(self, erased: bool) -> None:
        """After a deletion of personal data, truncate the log that still holds it: now, or once no reader needs it."""
        self._unswept |= erased
        if self._unswept and self._connection is not None:
            self._unswept = bool(self._checkpoint(self._connection))

    @property
    def readable(self) -> bool:
        """Whether readers see the file that is written to."""
        return self.watch.known is not None and self.watch.same_file and self._leads_here and not self.overwritten

    @property
    def _leads_here(self) -> bool:
        """Whether the path that the host has given still leads to this file."""
        return self.named == self.file or self.watch.leads_here(self.named)

    def close(self) -> None:
        """Close the connections that may be closed."""
        self.readers.dispose()
        if not self.abandoned:
            self.engine.dispose()
            self.watch.close()

    def _connect(self) -> sqlite3.Connection:
        if self.watch.known is None:
            private.create(self.file)
        return engines.open_sqlite(self.file, "rw")

    def _connected(self, connection: Any, _: object) -> None:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        self._connection = connection
        self.watch.opened()
        self._unfit = None

    def _gone(self) -> NoReturn:
        if self._why != "gone":
            self._why = "gone"
            saved = self.watch.rescue(self._connection) if self._connection else None
            log.error(
                "the database file is gone; nothing is written until it is there again",
                extra={"file": str(self.file), "rescued": str(saved) if saved else "nothing"},
            )
        raise DatabaseTrouble(f"{self.file} is gone")

    def _touched(self, now: State) -> None:
        """Another program has changed the file, or only its date."""
        with self.engine.connect() as connection:
            verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if verdict != "ok":
            self._refuse(now, f"it is damaged: {verdict}")
        self.watch.known = now

    def _rejoin(self) -> None:
        """Our log was deleted or replaced: put what it holds into the file itself, and begin a new one."""
        self.readers.dispose()
        if self._connection is None or self._checkpoint(self._connection):
            raise DatabaseTrouble(f"the log of {self.file} was taken away")
        self._let_go()
        log.warning("the database's log file was taken away; a new one is begun", extra={"file": str(self.file)})

    def _replaced(self, now: State, known: State) -> None:
        """There is another file at the path: continue with it if it is a usable database."""
        if now == self._unfit:
            raise DatabaseTrouble(self._why)
        moved = self.watch.set_aside()
        if self._connection is not None:
            self.abandoned.append(self._connection)
            self._connection = None
            self.engine.dispose(close=False)
            self.readers.dispose()
        why = unfit(self.file, now)
        if why is None and now.inode == known.inode:
            # SQLite would go on with what this process remembers of the old content.
            self.overwritten = True
            why = "another database was written into it; I must be started again"
        if why is not None:
            self._refuse(now, why)
        log.warning(
            "another database stands in place of the one that was in use; going on with it",
            extra={"file": str(self.file), "set_aside": [str(name) for name in moved]},
        )

    def _refuse(self, now: State, why: str) -> NoReturn:
        self._unfit, self._why = now, f"{self.file}: {why}"
        log.error(
            "the database file was changed by somebody else; nothing is written until it is put right",
            extra={"file": str(self.file), "why": why},
        )
        raise DatabaseTrouble(self._why)

    def _let_go(self) -> None:
        """Close our connection, which may move the log into the file; the next one begins with new ones."""
        self.engine.dispose()
        self._connection = None
        self.watch.closed()

    def _checkpoint(self, connection: sqlite3.Connection) -> int:
        """Move the log into the file and empty it; 0 where that succeeded. It waits for no reader."""
        connection.execute("PRAGMA busy_timeout=0")
        try:
            return int(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
        except sqlite3.OperationalError:
            return 1
        finally:
            connection.execute(f"PRAGMA busy_timeout={engines.BUSY_MS}")
            self.watch.left()


def unfit(file: Path, state: State) -> str | None:
    """Why a file cannot be used as the running program's database; None if it can."""
    from bot.storage.revisions import newest

    if not state.header.startswith(_MAGIC):
        return "it is empty" if not state.size else "it is no SQLite database"
    try:
        with closing(engines.open_sqlite(file, "ro")) as connection:
            damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if damage != "ok":
                return f"it is damaged: {damage}"
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    except sqlite3.Error as error:
        return f"it cannot be read: {error}"
    if revision != newest():
        return f"its schema is {revision}, and {newest()} is needed; start me again"
    return None
