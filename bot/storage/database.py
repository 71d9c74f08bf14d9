"""The database: an engine, the threads that may use it, and transactions.

On SQLite one thread writes through one connection (two writers can corrupt a WAL, and a plain BEGIN loses updates),
for all who wait at once, and some read; on PostgreSQL each pooled connection has a thread. Nobody waits longer than
`workers.PATIENCE`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.ports.database import Unconfirmed
from bot.ports.unit_of_work import UnitOfWork
from bot.storage import engines
from bot.storage.group_commit import GroupCommit
from bot.storage.job import Job
from bot.storage.sqlite_file import SqliteFile
from bot.storage.trouble import reason, translated
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.storage.workers import Workers, alone, nothing_more

T = TypeVar("T")
_EXPECTED = "expected sqlite:///PATH or postgresql://USER@HOST/NAME"


class SqlDatabase:
    """A database by its URL: `sqlite:///path` or `postgresql://…`. `bot.storage.schema` creates and upgrades its
    tables."""

    def __init__(self, url: str | URL, *, read_only: bool = False) -> None:
        self.url = address(url)
        self.read_only = read_only
        self._file = SqliteFile(self._named) if self._named and not read_only else None
        self.engine = self._engine()
        self._serve = GroupCommit(self.engine, self._file).serve if self.sqlite else alone(self._transact)
        self._writers = Workers("database", 1 if self.sqlite else engines.WRITERS, self._serve)
        self._readers = Workers("database-reader", engines.READERS, alone(self._look))
        self.unclean = False
        """Whether something could not be closed: only the end of the process lets it go, without any clearing up."""

    @property
    def sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file, its links followed; None for a database in memory or on a server."""
        return self._named.resolve() if self._named else None

    @property
    def _named(self) -> Path | None:
        name = self.url.database
        return Path(name).absolute() if self.sqlite and name and name != ":memory:" else None

    @property
    def absent(self) -> bool:
        """Whether this is an SQLite file that does not exist yet."""
        return self.file is not None and not self.file.exists()

    @property
    def overwritten(self) -> bool:
        """Whether the open file was overwritten by another database, so that the process must be restarted."""
        return self._file is not None and self._file.overwritten

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction on a database thread, and commit when it returns.

        Raises `DatabaseTrouble` if nothing was written and `Unconfirmed` if that is unknown, both within ten
        seconds. On SQLite, where a commit fails that was shared with others, `work` runs a second time.
        """
        return await self._writers.run(work)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` beside the writers, on the state committed when it begins. A write in it raises `ReadOnly`."""
        if self.sqlite and not self._file:
            return await self.run(work)
        try:
            return await self._readers.run(work)
        except _Unreadable:
            return await self.run(work)

    def transact(self, work: Callable[[UnitOfWork], T]) -> T:
        """As `run`, but on the calling thread; on SQLite only while no `run` is in progress."""
        job = Job(work)
        self._serve(job, nothing_more)
        return job.outcome()

    def hurry(self) -> None:
        """From now on nobody waits longer than a few seconds for the database, because the program is about to end."""
        self._readers.hurry()
        self._writers.hurry()

    def close(self) -> None:
        """Wait briefly for work in progress and close all connections."""
        ended = [self._readers.close(), self._writers.close()]
        # A driver that is at work in a thread must not be closed from another one.
        self.unclean = not all(ended) or bool(self._file and self._file.abandoned)
        if self.unclean:
            return
        if self._file:
            self._file.close()
        self.engine.dispose()

    def _engine(self) -> Engine:
        if not self.sqlite:
            return engines.postgresql(self.url)
        if self._file:
            return self._file.engine
        return engines.looking(self.file) if self.file else engines.memory()

    def _transact(self, job: Job[T]) -> T:
        """A job in a transaction of its own, on PostgreSQL."""
        committing = False
        try:
            with self.engine.begin() as connection:
                result = job.work(SqlUnitOfWork(connection))
                job.commits()
                committing = True
        except SQLAlchemyError as error:
            if committing and isinstance(error, DBAPIError) and error.connection_invalidated:
                raise Unconfirmed(reason(error)) from error
            raise translated(error) from error
        return result

    def _look(self, job: Job[T]) -> T:
        """A job that writes nothing."""
        if self._file and not self._file.readable:
            raise _Unreadable
        engine = self._file.readers if self._file else self.engine
        try:
            with engine.connect().execution_options(**({} if self._file else {"postgresql_readonly": True})) as line:
                return job.work(SqlUnitOfWork(line, reads=True))
        except SQLAlchemyError as error:
            raise translated(error) from error


class _Unreadable(Exception):
    """Readers do not see the file that is written to."""


def address(url: str | URL) -> URL:
    """The URL with its driver. Raises `ValueError`, which does not contain the password, for an unsupported
    database."""
    try:
        parsed = make_url(url)
    except Exception as error:
        raise ValueError(f"{_EXPECTED}; this is no address of a database") from error
    backend = {"postgres": "postgresql"}.get(parsed.get_backend_name(), parsed.get_backend_name())
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"{_EXPECTED}; {backend} is not supported")


@contextmanager
def opened(url: str | URL, *, read_only: bool = False) -> Iterator[SqlDatabase]:
    """A database for the length of a block; with `read_only` nothing on disk is changed."""
    database = SqlDatabase(url, read_only=read_only)
    try:
        yield database
    finally:
        database.close()
