"""Threads that wait for the database, so that the event loop does not, and limits to how long a caller waits.

A thread that hangs in a driver or a file system cannot be ended. So these are daemon threads, which do not keep the
process from ending, and the caller gets an answer in time: nothing was written, or that is unknown.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, TypeAlias, TypeVar

from bot.ports.database import DatabaseTrouble, Unconfirmed
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.job import Job, answer

T = TypeVar("T")

log = logging.getLogger(__name__)

PATIENCE = 7.0
"""Seconds that a piece of work may take, waiting for a thread included: an answer is due within ten."""
HURRIED = 3.0
"""Seconds that are left to it when the program is about to end."""
COMMIT_PATIENCE = 1.0
"""Seconds more for a commit that is under way when the time is up."""
WAITING = 10_000
"""Pieces of work that may wait at once; a request that comes on top of these is refused without waiting."""

Next: TypeAlias = Callable[[], Job[Any] | None]
"""Takes the next job that waits; None if there is none."""
Serve: TypeAlias = Callable[[Job[Any], Next], None]
"""Does a job, perhaps with others that wait, and answers them."""


def nothing_more() -> None:
    """For `Next`: no other job."""


def alone(perform: Callable[[Job[Any]], Any]) -> Serve:
    """Serve each job by itself."""

    def serve(job: Job[Any], _: Next) -> None:
        if job.do(perform):
            answer([job])

    return serve


class Workers:
    """A number of daemon threads with one queue of jobs."""

    def __init__(self, name: str, count: int, serve: Serve) -> None:
        self._name = name
        self._count = count
        self._serve = serve
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._jobs: set[Job[Any]] = set()
        self._patience = PATIENCE

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do work on one of the threads.

        Raises `DatabaseTrouble` if it took too long and nothing was written, and `Unconfirmed` if a commit had begun
        and its outcome is unknown.
        """
        if self._queue.qsize() >= WAITING:
            raise DatabaseTrouble("too much is waiting already")
        self._start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = Job(work, future)
        self._queue.put(job)
        self._jobs.add(job)
        try:
            await asyncio.wait([future], timeout=self._patience)
            if not future.done():
                if job.give_up():
                    raise DatabaseTrouble(f"no answer within {self._patience:g} seconds")
                await asyncio.wait([future], timeout=COMMIT_PATIENCE)
            if not future.done():
                job.cut()
                raise Unconfirmed("a commit did not end in time")
            return future.result()
        finally:
            self._jobs.discard(job)
            if not future.done():
                job.cancel()
                future.cancel()

    def hurry(self) -> None:
        """Shorten all waiting, present and future, to a few seconds."""
        self._patience = HURRIED
        for job in self._jobs:
            asyncio.get_running_loop().call_later(HURRIED, job.expire)

    def close(self, seconds: float = 0.5) -> bool:
        """End the threads after the work in the queue; False if one is still busy after `seconds`."""
        threads, self._threads = self._threads, []
        for _ in threads:
            self._queue.put(None)
        until = time.monotonic() + seconds
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _start(self) -> None:
        while len(self._threads) < self._count:
            thread = threading.Thread(target=self._work, name=f"{self._name}_{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self._serve(job, self._next)
            except Exception:  # a mistake of ours must not leave everybody without a thread
                log.exception("a database thread could not serve")
            del job

    def _next(self) -> Job[Any] | None:
        try:
            job = self._queue.get_nowait()
        except Empty:
            return None
        if job is None:  # the end, and not only of this batch
            self._queue.put(None)
        return job
