"""Calls to Telegram that no reply waits for: made in the background, and given up where Telegram refuses them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.adapters.pacing import Urgency
from bot.adapters.telegram import PLATFORM
from bot.adapters.telegram.limits import purpose
from bot.adapters.telegram.refusals import seconds_of

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0
"""Seconds before a call that failed is made again; twice as long each time."""
_AT_ONCE, _QUEUE = 10, 1000
"""Short calls under way, a third of the limit, so that where all of them hang replies go on; and those that wait; more
are left out."""
_PATIENCE = 10.0
"""Seconds for a short call."""


async def settled(
    name: str, call: Callable[[], Awaitable[object]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> bool:
    """Make a call, again after a pause as often as it fails for a while. True when it went through; False where
    Telegram refuses it, with one line in the log.

    A Bot API server of one's own may not know the call (404, which the library takes for a wrong token): refused, too.
    """
    pause = FIRST_PAUSE
    why: type[TelegramError]
    while True:
        try:
            await call()
        except RetryAfter as error:
            why, wait = type(error), max(seconds_of(error), 1.0)
        except BadRequest as error:
            return _given_up(name, error)
        except NetworkError as error:
            why, wait = type(error), pause
            pause = min(pause * 2, LONGEST_PAUSE)
        except TelegramError as error:
            return _given_up(name, error)
        else:
            return True
        extra = {"platform": PLATFORM, "what": name, "why": why.__name__, "again_in": round(wait)}
        log.info("an optional call did not go through; trying again", extra=extra)
        await sleep(wait)


def _given_up(name: str, error: TelegramError) -> bool:
    extra = {"platform": PLATFORM, "what": name, "why": f"{type(error).__name__}: {error}"[:120]}
    log.warning("an optional call is refused and given up", extra=extra)
    return False


class Background:
    """Tasks in the background of serving: they end with it and never make it fail."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._short: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(_AT_ONCE)

    @property
    def busy(self) -> int:
        """How many short calls are under way or wait."""
        return len(self._short)

    def start(self, work: Awaitable[object]) -> None:
        """Run something that may take for ever, until `drain`."""
        self._run(work, self._tasks)

    def call(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make one short call; where it fails, or too many wait already, it is dropped."""
        if len(self._short) >= _QUEUE:
            return

        async def short() -> None:
            async with self._turns:
                try:
                    with purpose(Urgency.ASIDE):
                        async with asyncio.timeout(_PATIENCE):
                            await call()
                except (TelegramError, TimeoutError) as error:
                    log.info("an optional call failed", extra={"platform": PLATFORM, "why": type(error).__name__})

        self._run(short(), self._short)

    def _run(self, work: Awaitable[object], tasks: set[asyncio.Task[None]]) -> None:
        async def guarded() -> None:
            try:
                await work
            except Exception:
                log.exception("work in the background failed", extra={"platform": PLATFORM})

        task = asyncio.create_task(guarded())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def drain(self, seconds: float) -> None:
        """Wait at most so many seconds for short calls, and cancel everything else."""
        for task in self._tasks:
            task.cancel()
        if self._short:
            _, late = await asyncio.wait(set(self._short), timeout=seconds)
            for task in late:
                task.cancel()
