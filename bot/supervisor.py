"""Keeps platforms running: each is started again when it fails, and all are stopped together."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import Protocol

from bot.adapters.serving import Platform, WrongToken

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
"""Seconds before a failed platform is started again; twice as long each time."""
STEADY = 60.0
"""Who has served so many seconds begins with the short pause again."""
WRONG_TOKEN_PAUSE = 600.0
"""Seconds before a token that was refused is tried again, while another platform is at work."""

STOP = 7.5
"""Seconds that a platform has to stop: the whole program ends within ten after SIGTERM."""


class Served(Protocol):
    """What is kept running: a platform, or the bot's pages."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    async def serve(self) -> None:
        """Serve until `stop` is called; after an error it may be called again."""

    async def stop(self) -> None:
        """Finish what was begun. `serve` returns."""


class Supervisor:
    """Serves several platforms, and what is served `beside` them, until `stop` is set."""

    def __init__(self, platforms: Sequence[Platform], stop: asyncio.Event, beside: Sequence[Served] = ()) -> None:
        self._platforms = platforms
        self._served: tuple[Served, ...] = (*platforms, *beside)
        self._stop = stop
        self._refused: set[str] = set()

    async def run(self) -> bool:
        """Serve until `stop` is set. False where every platform has refused its token, which ends it at once."""
        keepers = [asyncio.create_task(self._keep(platform)) for platform in self._served]
        await self._stop.wait()
        await asyncio.gather(*(self._end(platform) for platform in self._served))
        _, late = await asyncio.wait(keepers, timeout=0.5)
        for task in late:
            task.cancel()
        return not self._platforms or len(self._refused) < len(self._platforms)

    async def _keep(self, platform: Served) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            begun = time.monotonic()
            self._refused.discard(platform.name)
            try:
                log.info("connecting", extra={"platform": platform.name})
                await platform.serve()
                wait = FIRST_PAUSE
            except WrongToken as setting:
                self._refused.add(platform.name)
                wait = WRONG_TOKEN_PAUSE
                log.error("the token is refused; check %s", setting, extra={"platform": platform.name})
                if len(self._refused) == len(self._platforms):
                    self._stop.set()
            except Exception as error:
                wait = FIRST_PAUSE if time.monotonic() - begun > STEADY else pause
                pause = min(wait * 2, LONGEST_PAUSE)
                details = {
                    "platform": platform.name,
                    "why": f"{type(error).__name__}: {error}",
                    "again_in": round(wait),
                }
                log.warning("the platform failed; trying again", extra=details, exc_info=not isinstance(error, OSError))
            if not self._stop.is_set():
                await _first(self._stop.wait(), wait)

    async def _end(self, platform: Served) -> None:
        try:
            await asyncio.wait_for(platform.stop(), timeout=STOP)
        except Exception as error:
            log.warning("a platform did not stop well", extra={"platform": platform.name, "why": type(error).__name__})


async def _first(something: Awaitable[object], seconds: float) -> None:
    """Wait for something, at most so many seconds."""
    with suppress(TimeoutError):
        await asyncio.wait_for(something, seconds)
