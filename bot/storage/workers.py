"""Threads that wait for the database, so that the event loop does not, and limits to how long a caller waits.

A thread that hangs in a driver or a file system cannot be ended. So these are daemon threads, which do not keep the
process from ending, and the caller gets an answer in time: nothing was written, or that is unknown.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

from bot.ports.database import DatabaseTrouble, Unconfirmed

T = TypeVar("T")

PATIENCE = 7.0
"""Seconds that a piece of work may take, waiting for a thread included: an answer is due within ten."""
HURRIED = 3.0
"""Seconds that are left to it when the program is about to end."""
COMMIT_PATIENCE = 1.0
"""Seconds more for a commit that is under way when the time is up."""
WAITING = 10_000
"""Pieces of work that may wait at once; a request that comes on top of these is refused without waiting."""

_current = threading.local()


class Job(Generic[T]):
    """A piece of work for a thread: waiting, running, committing or over; or given up before the commit."""

    def __init__(self, work: Callable[["Job[T]"], T], loop: asyncio.AbstractEventLoop) -> None:
        self._work = work
        self._loop = loop
        self._lock = threading.Lock()
        self._state = "waiting"
        self._cut: Callable[[], object] | None = None
        self.future: asyncio.Future[T] = loop.create_future()

    def holds(self, cut: Callable[[], object]) -> None:
        """Set the function that frees this job's thread from another one if it takes too long. It must not raise."""
        with self._lock:
            self._cut = cut

    def commits(self) -> None:
        """Mark the beginning of the commit. Raises `DatabaseTrouble` if the job was given up before."""
        with self._lock:
            if self._state != "running":
                raise DatabaseTrouble("given up before the commit")
            self._state = "committing"

    @property
    def committing(self) -> bool:
        """Whether the commit has begun."""
        return self._state == "committing"

    def give_up(self) -> bool:
        """Give the job up, so that nothing of it is committed; False if its commit has begun."""
        with self._lock:
            if self._state in {"waiting", "running"}:
                if self._state == "running" and self._cut:
                    self._cut()
                self._state = "given up"
            return self._state == "given up"

    def cancel(self) -> None:
        """Nobody waits for the job any more: it is not started if it has not begun."""
        with self._lock:
            if self._state == "waiting":
                self._state = "given up"

    def expire(self) -> None:
        """Give the job up if it is not over, and raise `DatabaseTrouble` for the caller."""
        if not self.future.done() and self.give_up():
            self.future.set_exception(DatabaseTrouble("no answer before the end of the program"))

    def cut(self) -> None:
        """Free the job's thread, whatever it is doing."""
        with self._lock:
            if self._cut and self._state != "over":
                self._cut()

    def do(self) -> None:
        """Do the work on the calling thread."""
        with self._lock:
            if self._state != "waiting":
                return
            self._state = "running"
        _current.job = self
        result: Any = None
        error: BaseException | None = None
        try:
            result = self._work(self)
        except StopIteration as problem:
            error = RuntimeError("the work ended an iteration that it had not begun")  # a future takes no StopIteration
            error.__cause__ = problem
        except BaseException as problem:
            error = problem
        finally:
            _current.job = None
            with self._lock:
                self._state = "over"
                self._cut = None
        with suppress(RuntimeError):  # the loop is closed: nobody is there to be told
            self._loop.call_soon_threadsafe(self._tell, result, error)

    def _tell(self, result: T, error: BaseException | None) -> None:
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


def current() -> Job[Any] | None:
    """The job that runs on this thread; None if there is none."""
    return getattr(_current, "job", None)


class Workers:
    """A number of daemon threads with one queue of jobs."""

    def __init__(self, name: str, count: int) -> None:
        self._name = name
        self._count = count
        self._queue: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._jobs: set[Job[Any]] = set()
        self._patience = PATIENCE

    async def run(self, work: Callable[[Job[T]], T]) -> T:
        """Do work on one of the threads.

        Raises `DatabaseTrouble` if it took too long and nothing was written, and `Unconfirmed` if a commit had begun
        and its outcome is unknown.
        """
        if self._queue.qsize() >= WAITING:
            raise DatabaseTrouble("too much is waiting already")
        self._start()
        job = Job(work, asyncio.get_running_loop())
        self._queue.put(job)
        self._jobs.add(job)
        try:
            await asyncio.wait([job.future], timeout=self._patience)
            if not job.future.done():
                if job.give_up():
                    raise DatabaseTrouble(f"no answer within {self._patience:g} seconds")
                await asyncio.wait([job.future], timeout=COMMIT_PATIENCE)
            if not job.future.done():
                job.cut()
                raise Unconfirmed("a commit did not end in time")
            return job.future.result()
        finally:
            self._jobs.discard(job)
            if not job.future.done():
                job.cancel()
                job.future.cancel()

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
            thread = threading.Thread(target=self._serve, name=f"{self._name}_{len(self._threads)}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while (job := self._queue.get()) is not None:
            job.do()
            del job
