"""Long polling: the offset moves behind committed updates only, no further than to the first that is not."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import TypeVar

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.adapters.serving import WrongToken
from bot.adapters.telegram import PLATFORM
from bot.adapters.telegram.intake import ALLOWED
from bot.adapters.telegram.update_intake import UpdateIntake
from bot.ports.processes import Lock

log = logging.getLogger(__name__)

T = TypeVar("T")

POLL = 30
"""Seconds for which Telegram holds a question for news open."""
BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
_MORE, _AGAIN = 0.1, 0.2
"""Seconds after which Telegram is asked for more while what it gave is in our hands; and where it had nothing new, or
there is no room for more."""
_AT_ONCE = 2.0
"""Seconds in which a process gets to poll where no other does."""
_CONFIRM = 1.5
"""Seconds for the last question, which only confirms."""


class Polling:
    """Fetches the updates of one bot; `run` again continues where it ended.

    `in_hand` is filled with the updates that are not committed yet and those behind them that are; `bot` does not bring
    these again.
    """

    def __init__(
        self,
        bot: Bot,
        intake: UpdateIntake,
        stop: asyncio.Event,
        in_hand: dict[int, asyncio.Future[None]],
        poller: Lock,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._stop = stop
        self._poller = poller
        self._offset: int | None = None
        self._in_hand = in_hand

    async def turn(self) -> None:
        """Wait until no other process polls with this token; Telegram gives each update to one."""
        acquiring = asyncio.create_task(self._poller.acquire())
        try:
            await self._unless_stopped(asyncio.wait([acquiring], timeout=_AT_ONCE))
            if not acquiring.done() and not self._stop.is_set():
                log.info("waiting until no other process polls", extra={"platform": PLATFORM})
                await self._unless_stopped(asyncio.wait([acquiring]))
            if acquiring.done():
                log.info("polling", extra={"platform": PLATFORM})
        finally:
            acquiring.cancel()

    async def run(self) -> None:
        """Fetch updates until `stop` is set, or another process has taken over. Raises `WrongToken`."""
        pause = FIRST_PAUSE
        while not self._stop.is_set() and self._poller.held:
            if self._intake.full:
                await self._unless_stopped(asyncio.sleep(_AGAIN))
                continue
            self._advance()
            try:
                # While something slow holds the offset back, Telegram answers at once with what is in our hands.
                new = await self._unless_stopped(self._fetch(POLL if not self._in_hand else 0))
                pause = FIRST_PAUSE
            except InvalidToken:
                raise WrongToken from None
            except Conflict as error:
                if not self._poller.confirmed:
                    # The database cannot be asked, and another process polls.
                    log.warning("another process has taken over", extra={"platform": PLATFORM})
                    return
                first = pause == FIRST_PAUSE
                if "webhook" in str(error).lower() and await self._without_webhook() and first:
                    pause *= 2  # were it set by somebody else again, that would go on for ever
                else:
                    pause = await self._wait(pause, error)
                continue
            except TelegramError as error:
                pause = await self._wait(pause, error)
                continue
            for update in new or ():
                self._in_hand[update.update_id] = self._intake.take(update)
            if waiting := [future for future in self._in_hand.values() if not future.done()]:
                await self._unless_stopped(asyncio.wait(waiting, timeout=_MORE if new else _AGAIN))

    async def confirm(self) -> None:
        """Tell Telegram before the end which updates are committed; it brings the others again."""
        if self._advance():
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_CONFIRM):
                    await self._bot.get_updates(self._offset, limit=1, timeout=0, allowed_updates=ALLOWED)

    async def _fetch(self, seconds: int) -> Sequence[Update]:
        """News that is not in our hands yet."""
        return await self._bot.get_updates(
            self._offset, limit=BATCH, timeout=seconds, read_timeout=seconds + 10, allowed_updates=ALLOWED
        )

    def _advance(self) -> bool:
        """Move the offset behind everything that is committed, and let go of it; False where nothing moved."""
        before = self._offset
        for id_ in sorted(self._in_hand):
            if not self._in_hand[id_].done():
                break
            self._offset = id_ + 1
            del self._in_hand[id_]
        return self._offset != before

    async def _without_webhook(self) -> bool:
        """Take off the webhook that keeps Telegram from telling us; nothing that waits there is lost."""
        try:
            await self._unless_stopped(self._bot.delete_webhook(drop_pending_updates=False))
        except TelegramError as error:
            log.warning("the webhook could not be taken off", extra={"why": type(error).__name__})
            return False
        return True

    async def _wait(self, pause: float, error: TelegramError) -> float:
        """Wait before the next question; how long to wait after that one."""
        details = {"platform": PLATFORM, "why": type(error).__name__, "again_in": pause}
        log.warning("no news to be had; asking again", extra=details)
        await self._unless_stopped(asyncio.sleep(pause))
        return min(pause * 2, LONGEST_PAUSE)

    async def _unless_stopped(self, work: Awaitable[T]) -> T | None:
        """Wait for something; None where the stop came first, and ended it."""
        task = asyncio.ensure_future(work)
        stopping = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            task.cancel()
            with suppress(asyncio.CancelledError, TelegramError):
                await task
            return None
        finally:
            task.cancel()
            stopping.cancel()
