"""Where the books are: an engine, the threads that may use it, and one transaction at a time.

SQLite has one thread and one connection (two writers on one WAL can corrupt it, and a plain BEGIN loses updates);
PostgreSQL a thread for each pooled connection.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.core.store import Store
from bot.storage.store import Books

T = TypeVar("T")

_THREADS = 8
_BUSY_MS = 10_000
"""How long SQLite waits for another process's lock, in milliseconds."""


class SqlDatabase:
    """A database by its URL: `sqlite:///path` or `postgresql://…`. The schema is `bot.storage.schema`'s to bring up."""

    def __init__(self, url: str | URL, *, read_only: bool = False) -> None:
        self.url = address(url)
        self.engine = _engine(self.url, read_only=read_only)
        threads = 1 if self.sqlite else _THREADS
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="database")

    @property
    def sqlite(self) -> bool:
        """Whether this is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def absent(self) -> bool:
        """Whether this is an SQLite file that is not there yet."""
        return self.sqlite and bool(self.url.database) and not Path(str(self.url.database)).exists()

    async def run(self, work: Callable[[Store], T]) -> T:
        """One hop to a database thread, one transaction around `work`, committed when this returns."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.transact, work)

    def transact(self, work: Callable[[Store], T]) -> T:
        """The same on the calling thread; on SQLite only where no `run` is under way."""
        with self.engine.begin() as connection:
            return work(Books(connection))

    def close(self) -> None:
        """Wait for work under way and let the database go."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def address(url: str | URL) -> URL:
    """The URL with its driver. Raises `ValueError` for a database we do not speak to, without naming its password."""
    try:
        parsed = make_url(url)
    except Exception as error:
        raise ValueError("not a database URL; expected sqlite:///PATH or postgresql://USER@HOST/NAME") from error
    backend = {"postgres": "postgresql"}.get(parsed.get_backend_name(), parsed.get_backend_name())
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"{backend} is not a database we speak to; expected sqlite:///PATH or postgresql://USER@HOST/NAME")


@contextmanager
def opened(url: str | URL, *, read_only: bool = False) -> Iterator[SqlDatabase]:
    """A database for the length of a block; `read_only` touches nothing on disk."""
    database = SqlDatabase(url, read_only=read_only)
    try:
        yield database
    finally:
        database.close()


def _engine(url: URL, *, read_only: bool) -> Engine:
    # An error names its statement and never the values in it: a log is no place for what learners wrote.
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=_THREADS, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
    if read_only and url.database:
        # A second connection that only looks, so that the one writer of a file at work stays the only one.
        url = url.set(database=f"file:{quote(url.database)}").update_query_dict({"mode": "ro", "uri": "true"})
    elif url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True)
    pragmas = [f"busy_timeout={_BUSY_MS}", "foreign_keys=ON"]
    pragmas += ["query_only=ON"] if read_only else ["journal_mode=WAL", "synchronous=FULL"]
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def settle(connection: DBAPIConnection, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", settle)
    event.listen(engine, "begin", begun)
    return engine
