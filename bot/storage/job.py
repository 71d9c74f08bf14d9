"""A piece of work for a database thread, and whoever waits for it."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from typing import Any, Generic, TypeVar

from bot.ports.database import DatabaseTrouble
from bot.ports.unit_of_work import UnitOfWork

T = TypeVar("T")

_current = threading.local()


class Job(Generic[T]):
    """A piece of work for a thread: waiting, running, committing or over; or given up before the commit.

    `work` may be run a second time, where nothing of the first time was committed.
    """

    def __init__(self, work: Callable[[UnitOfWork], T], future: "asyncio.Future[T] | None" = None) -> None:
        """`future` is what the caller waits for; None for a caller on the same thread."""
        self.work = work
        self.future = future
        self.error: BaseException | None = None
        """What the work raised, or what became of its commit."""
        self._result: Any = None
        self._lock = threading.Lock()
        self._state = "waiting"
        self._unwanted = False
        self._cut: Callable[[], object] | None = None

    def holds(self, cut: Callable[[], object]) -> None:
        """Set the function that frees this job's thread from another one if it takes too long. It must not raise."""
        with self._lock:
            self._cut = cut

    def commits(self) -> None:
        """Mark the beginning of the commit. Raises `DatabaseTrouble` if the job was given up before."""
        commit_together([self])

    @property
    def given_up(self) -> bool:
        """Whether nothing of it may be committed any more."""
        return self._state == "given up"

    def give_up(self) -> bool:
        """Give the job up, so that nothing of it is committed; False if its commit has begun."""
        with self._lock:
            if self._state in {"waiting", "running"}:
                if self._state == "running" and self._cut:
                    self._cut()
                self._state = "given up"
            return self._state == "given up"

    def cancel(self) -> None:
        """Nobody waits for the job any more: it is not started if it has not begun, nor started again."""
        with self._lock:
            self._unwanted = True
            if self._state == "waiting":
                self._state = "given up"

    def expire(self) -> None:
        """Give the job up if it is not over, and raise `DatabaseTrouble` for the caller."""
        if self.future and not self.future.done() and self.give_up():
            self.future.set_exception(DatabaseTrouble("no answer before the end of the program"))

    def cut(self) -> None:
        """Free the job's thread, whatever it is doing."""
        with self._lock:
            if self._cut and self._state != "over":
                self._cut()

    def do(self, perform: Callable[["Job[T]"], T]) -> bool:
        """Perform the job on the calling thread and keep what came of it; False if it was given up before.

        It stays running until it is answered, because its commit may be to come.
        """
        with self._lock:
            if self._state != "waiting":
                return False
            self._state = "running"
        _current.job = self
        try:
            self._result = perform(self)
        except StopIteration as problem:
            # A future takes no StopIteration.
            self.error = RuntimeError("the work ended an iteration that it had not begun")
            self.error.__cause__ = problem
        except BaseException as problem:
            self.error = problem
        finally:
            _current.job = None
            with self._lock:
                self._cut = None
        return True

    def again(self) -> bool:
        """Wait again, because what was done was rolled back; False if nobody waits for the job any more."""
        with self._lock:
            self._result = self.error = None
            if self._state != "given up":
                self._state = "given up" if self._unwanted else "waiting"
            return self._state == "waiting"

    def end(self) -> None:
        """Mark it as over, whatever came of it."""
        with self._lock:
            self._state = "over"

    def outcome(self) -> T:
        """The result of the work. Raises `error`, if there is one."""
        if self.error is not None:
            raise self.error
        result: T = self._result
        return result

    def tell(self) -> None:
        """Give the caller what came of it. Called on the caller's loop."""
        if self.future is None or self.future.done():
            return
        if self.error is None:
            self.future.set_result(self._result)
        else:
            self.future.set_exception(self.error)


def commit_together(jobs: Iterable[Job[Any]]) -> None:
    """Mark the beginning of a commit that jobs share. Raises `DatabaseTrouble`, and marks none, if one was given up."""
    jobs = list(jobs)
    with ExitStack() as locks:
        for job in jobs:
            locks.enter_context(job._lock)
        if any(job._state != "running" for job in jobs):
            raise DatabaseTrouble("given up before the commit")
        for job in jobs:
            job._state = "committing"


def answer(jobs: Iterable[Job[Any]]) -> None:
    """Tell the callers of jobs what came of them: one call for all on the same loop, which costs it less."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Job[Any]]] = {}
    for job in jobs:
        job.end()
        if job.future:
            by_loop.setdefault(job.future.get_loop(), []).append(job)
    for loop, theirs in by_loop.items():
        with suppress(RuntimeError):  # the loop is closed: nobody is there to be told
            loop.call_soon_threadsafe(_tell, theirs)


def _tell(jobs: Iterable[Job[Any]]) -> None:
    for job in jobs:
        job.tell()


def current() -> Job[Any] | None:
    """The job that runs on this thread; None if there is none."""
    return getattr(_current, "job", None)
