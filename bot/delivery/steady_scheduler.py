"""Keeps the ticks coming when the wall clock is set back or forward.

APScheduler triggers them, and computes each from the wall time of the one before: a clock set back by two hours would
silence it for two hours. So every few seconds of the monotonic clock a task looks for jobs that wait for longer than
their interval, and lets them run at once; a clock set either way costs one tick.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.delivery.schedule import DELIVER, TICK

log = logging.getLogger(__name__)

_SLACK = timedelta(seconds=1)


class _Trigger(Protocol):
    interval: timedelta


class Job(Protocol):
    """What is used of a job of APScheduler."""

    id: str
    trigger: _Trigger
    next_run_time: datetime | None

    def modify(self, *, next_run_time: datetime) -> object:
        """Let it run at another instant."""


class Scheduler(Protocol):
    """What is used of a scheduler of APScheduler."""

    def start(self) -> None:
        """Begin to run jobs."""

    def pause(self) -> None:
        """Run no job until it is resumed."""

    def shutdown(self, wait: bool = True) -> None:
        """Stop for good; with `wait`, after the jobs that run."""

    def get_jobs(self) -> list[Any]:
        """All jobs, of the shape of `Job`."""


class SteadyScheduler:
    """A scheduler that outlives changes of the clock. `repair` runs at the start and when the clock went back."""

    def __init__(
        self,
        scheduler: Scheduler,
        clock: Callable[[], datetime],
        repair: Callable[[], Awaitable[None]],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._scheduler = scheduler
        self._clock = clock
        self._repair = repair
        self._pause = pause
        self._watching: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the ticks, and the watch over the clock."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch())

    def pause(self) -> None:
        """Start no further tick."""
        self._end_watch()
        self._scheduler.pause()

    def shutdown(self) -> None:
        """Stop for good, without waiting for a tick that runs."""
        self._end_watch()
        self._scheduler.shutdown(wait=False)

    async def _watch(self) -> None:
        wrong = True  # before the start the clock may have been anything
        while True:
            if wrong:
                try:
                    await self._repair()
                    wrong = False
                except Exception as error:
                    log.warning("a wrong clock's work could not be taken back yet", extra={"why": str(error)})
            await self._pause(TICK)
            wrong = self.look() or wrong

    def look(self) -> bool:
        """Run every job at once that waits too long; returns whether there were any, as after a clock set back."""
        now = self._clock()
        late = [job for job in self._scheduler.get_jobs() if _waits_too_long(job, now)]
        for job in late:
            job.modify(next_run_time=now)
        if late:
            log.warning("the clock was set back", extra={"jobs": [job.id for job in late]})
        return bool(late)

    def hasten(self) -> None:
        """Deliver at once, without waiting for the next tick."""
        for job in self._scheduler.get_jobs():
            if job.id.startswith(DELIVER):
                job.modify(next_run_time=self._clock())

    def _end_watch(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None


def _waits_too_long(job: Job, now: datetime) -> bool:
    return job.next_run_time is not None and job.next_run_time - now > job.trigger.interval + _SLACK
