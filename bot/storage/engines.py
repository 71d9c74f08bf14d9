"""Engines: how long each connection may wait, and how an SQLite connection is set up."""

import os
import socket
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, Pool, PoolProxiedConnection, QueuePool, StaticPool, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import InvalidatePoolError

from bot.ports.database import ReadOnly
from bot.storage.job import current

BUSY_MS = 5_000
"""How long SQLite waits for another process's lock, in milliseconds."""
READERS = 4
"""Reads beside the writers at once."""
WRITERS = 8
"""Transactions on PostgreSQL at once."""

LINE = {
    "connect_timeout": "3",
    "keepalives": "1",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "6000",
    "application_name": "studybuddy",
}
"""How a line to PostgreSQL finds out that nobody is at its other end (libpq's names); the URL may say otherwise."""
LIMITS = {"statement_timeout": "5s", "lock_timeout": "4s", "idle_in_transaction_session_timeout": "20s"}
"""How long PostgreSQL itself works or waits for us: all are off by default. Shorter than `workers.PATIENCE`."""

Pragmas = Sequence[str]
WRITING: Pragmas = ("foreign_keys=ON", "secure_delete=ON", "journal_mode=WAL", "synchronous=FULL")
READING: Pragmas = ("foreign_keys=ON", "query_only=ON")


def postgresql(url: URL) -> Engine:
    """A pool of connections to a server. Each is tested before it is used."""
    # An error names its statement and never the values in it: a log is no place for what learners wrote.
    line = {name: value for name, value in LINE.items() if name not in url.query}
    engine = create_engine(
        url, pool_size=WRITERS + READERS, max_overflow=0, pool_timeout=5, connect_args=line, hide_parameters=True
    )

    def limit(connection: Any, _: object) -> None:
        _hold(lambda: hang_up(connection))
        connection.execute("; ".join(f"SET {name} = '{value}'" for name, value in LIMITS.items()))
        connection.commit()

    def lively(connection: Any, _: object, __: object) -> None:
        _hold(lambda: hang_up(connection))
        # Not `pool_pre_ping`: that asks before anybody could hang up on a server that does not answer.
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "connect", limit)
    event.listen(engine, "checkout", lively)
    event.listen(engine, "handle_error", _refuse_writing)
    return engine


def hang_up(connection: Any) -> None:
    """Close a connection to PostgreSQL from another thread: whoever waits for it gets an error at once."""
    with suppress(Exception), socket.socket(fileno=os.dup(connection.pgconn.socket)) as line:
        line.shutdown(socket.SHUT_RDWR)


def sqlite(connect: Callable[[], sqlite3.Connection], pragmas: Pragmas, begin: str, pool: type[Pool]) -> Engine:
    """An engine around SQLite connections; with a `QueuePool` there are `READERS` of them."""
    size = {"pool_size": READERS, "max_overflow": 0} if pool is QueuePool else {}
    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=pool, hide_parameters=True, **size)

    def settle(connection: DBAPIConnection, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_MS}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(dbapi_connection: PoolProxiedConnection) -> None:
        dbapi_connection.cursor().execute(begin)

    def lent(connection: Any, _: object, __: object) -> None:
        _hold(connection.interrupt)

    event.listen(engine, "connect", settle)
    event.listen(engine, "checkout", lent)
    if pragmas is READING:
        event.listen(engine, "handle_error", _refuse_writing)
    # Not the event "begin": an engine with any such listener looks for others at every statement, a fifth of its time.
    engine.dialect.do_begin = begun  # type: ignore[method-assign]
    return engine


def memory() -> Engine:
    """An SQLite database in memory."""
    return sqlite(lambda: open_sqlite(":memory:"), WRITING, "BEGIN IMMEDIATE", StaticPool)


def readers(file: Path) -> Engine:
    """Connections to an SQLite file that cannot write."""
    return sqlite(lambda: open_sqlite(file, "ro"), READING, "BEGIN", QueuePool)


def looking(file: Path) -> Engine:
    """One connection to an SQLite file that cannot write and changes nothing on disk."""
    return sqlite(lambda: open_sqlite(file, "ro"), READING, "BEGIN", StaticPool)


def open_sqlite(file: Path | str, mode: str | None = None) -> sqlite3.Connection:
    """A connection to a file in one of SQLite's modes: `ro`, `rw` (which creates no file), `ro&immutable=1`."""
    name, timeout = (f"file:{quote(str(file))}?mode={mode}", BUSY_MS / 1000) if mode else (str(file), BUSY_MS / 1000)
    return sqlite3.connect(name, uri=mode is not None, check_same_thread=False, timeout=timeout)


def _refuse_writing(context: ExceptionContext) -> ReadOnly | None:
    """`ReadOnly` in place of a driver's refusal to write in a transaction that was to read."""
    error, connection = context.original_exception, context.connection
    on_server = bool(connection and connection.get_execution_options().get("postgresql_readonly"))
    refused = getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY" or (
        on_server and getattr(error, "sqlstate", "") == "25006"
    )
    return ReadOnly(str(error)) if refused else None


def _hold(cut: Callable[[], object]) -> None:
    job = current()
    if job is not None:
        job.holds(cut)
