"""SQLite's one writer: what waits shares a transaction and its commit, because a commit waits for the disk.

Each job has a savepoint of its own, so that one that fails takes back nothing but its own. Nobody is answered before
the commit. Where the shared transaction fails, whatever the reason, it is rolled back and each of its jobs runs again,
alone: then it is as if nothing had been shared.
"""

import logging
import time
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.storage.job import Job, answer, commit_together
from bot.storage.sqlite_file import SqliteFile
from bot.storage.trouble import is_trouble, reason, translated
from bot.storage.unit_of_work import ERASED, SqlUnitOfWork
from bot.storage.workers import Next, nothing_more

log = logging.getLogger(__name__)

MOST = 64
"""Jobs that may share a commit."""
SECONDS = 0.05
"""After this long no further job joins: the first waits for its answer, and more would save each hardly anything."""
COMMITS = 5
"""Where the disk is slow, jobs may join for this many times what the last commit took,"""
LONGEST = 0.5
"""but no longer than these seconds."""


class GroupCommit:
    """Serves jobs on the thread that writes to SQLite."""

    def __init__(self, engine: Engine, file: SqliteFile | None) -> None:
        """`file` is None for a database in memory."""
        self._engine = engine
        self._file = file
        self._last_commit = 0.0
        """What it took, in seconds."""

    def serve(self, first: Job[Any], more: Next) -> None:
        """Do a job, with those that wait behind it, and answer all of them."""
        for job in self._together(first, more):
            self._together(job, nothing_more)

    def _together(self, first: Job[Any], more: Next) -> list[Job[Any]]:
        """Do jobs in one transaction and answer them; or roll it back, and return those to be done again."""
        jobs = [first]
        try:
            if self._file:
                self._file.ready()
            committed, erased = self._transact(jobs, more)
        except BaseException as error:
            if self._file and isinstance(error, DBAPIError):
                self._file.failed(error)
            if len(jobs) > 1:
                log.warning("a shared commit failed, so its work is done again one by one: %s", reason(error))
                return [job for job in jobs if job.again()]
            first.error = translated(error)
        else:
            self._confirm(committed, erased)
        answer(jobs)
        return []

    def _transact(self, jobs: list[Job[Any]], more: Next) -> tuple[list[Job[Any]], bool]:
        """Do the one job that is in the list, and others that are added to it, and commit; returns those of which
        something was committed, and whether personal data was erased."""
        committed, erased = [], False
        with self._engine.connect() as connection, connection.begin() as transaction:
            until = time.monotonic() + max(SECONDS, min(COMMITS * self._last_commit, LONGEST))
            while True:
                connection.info.pop(ERASED, None)
                if self._in_savepoint(jobs[-1], connection):
                    committed.append(jobs[-1])
                    erased |= ERASED in connection.info
                full = len(jobs) >= MOST or time.monotonic() >= until
                following = None if full else more()
                if following is None:
                    break
                jobs.append(following)
            if committed:
                commit_together(committed)
            else:
                transaction.rollback()  # a commit would write the pages that the savepoints have restored
            begun = time.monotonic()
        self._last_commit = time.monotonic() - begun
        return committed, erased

    def _in_savepoint(self, job: Job[Any], connection: Connection) -> bool:
        """Do a job; False if it failed, alone, and nothing of it is left. Raises if the transaction is at fault."""
        line: Any = connection.connection.driver_connection

        def perform(job: Job[Any]) -> Any:
            job.holds(line.interrupt)
            return job.work(SqlUnitOfWork(connection))

        connection.exec_driver_sql("SAVEPOINT job")
        done = job.do(perform)
        if job.error and is_trouble(job.error):
            # After some errors SQLite has rolled the whole transaction back (sqlite.org/lang_transaction.html). Work
            # that keeps such an error to itself is caught below: its savepoint is gone.
            raise job.error
        kept = done and job.error is None and not job.given_up
        if not kept:
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
        connection.exec_driver_sql("RELEASE SAVEPOINT job")
        return kept

    def _confirm(self, committed: Iterable[Job[Any]], erased: bool) -> None:
        """Check that what was committed is in the file at the path. Where it is not, those who wait hear that."""
        if self._file is None:
            return
        try:
            self._file.confirm()
            self._file.sweep(erased)
        except BaseException as error:
            for job in committed:
                job.error = translated(error)
