"""Telegram as a platform: own intake, which acknowledges an update only when it is in the books."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import ChatMigrated, InvalidToken, TelegramError, TimedOut

from bot.adapters.lanes import Lanes
from bot.adapters.serving import WrongToken
from bot.adapters.telegram import API, PLATFORM
from bot.adapters.telegram.answers import Answers
from bot.adapters.telegram.intake import ALLOWED, heard
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.menu import set_menus, set_profile
from bot.adapters.telegram.post import Post, Where, surely_not_sent, translated
from bot.adapters.telegram.transport import Transport
from bot.adapters.telegram.webhook import Webhook, listen
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue import sending
from bot.dialogue.dispatcher import Answer, Dispatcher
from bot.dialogue.request import Request

__all__ = ["Telegram", "Webhook"]

log = logging.getLogger(__name__)

T = TypeVar("T")

POLL = 30
"""Seconds for which Telegram holds a question for news open."""
BATCH = 100
LONGEST_PAUSE = 30.0
DRAIN = 8.0


class Telegram:
    """One bot. `serve` may be called again after it has failed."""

    name = PLATFORM

    def __init__(
        self,
        dispatcher: Dispatcher,
        token: str,
        *,
        clock: Callable[[], datetime],
        api_url: str | None = None,
        webhook: Webhook | None = None,
    ) -> None:
        self._dispatcher = dispatcher
        self._token = token
        self._webhook = webhook
        self._clock = clock
        base, files = f"{api_url or API}/bot", f"{api_url or API}/file/bot"
        self._bot = Bot(
            token, base_url=base, base_file_url=files, request=Transport(), get_updates_request=Transport(2)
        )
        self._post = Post(self._bot)
        self._lanes = Lanes()
        self._stop = asyncio.Event()
        self._closed = False
        self._answers: Answers | None = None
        self._links: Links | None = None
        self._offset: int | None = None
        self._taken: dict[int, asyncio.Future[None]] = {}
        """Updates in our hands: those not in the books yet, and those behind them that are."""

    @property
    def ready(self) -> bool:
        """Whether the bot knows who it is, and has not been stopped."""
        return self._answers is not None and not self._stop.is_set()

    async def serve(self) -> None:
        """Connect and answer people until `stop`."""
        try:
            await self._serve()
        except TelegramError:
            if not self._stop.is_set():
                raise
        finally:
            if self._closed:  # stopped before it had begun
                await self._bot.shutdown()

    async def _serve(self) -> None:
        try:
            await self._bot.initialize()
        except InvalidToken:
            raise WrongToken from None
        username = self._bot.username
        self._links = Links(self._token, username)
        self._answers = Answers(self._bot, self._post, self._links, self._dispatcher, self._clock)
        log.info("serving", extra={"platform": PLATFORM, "bot": username})
        await set_menus(self._bot, self._dispatcher.commands)
        await set_profile(self._bot)
        if self._webhook:
            await self._receive(self._webhook)
        else:
            await self._poll()

    async def stop(self) -> None:
        """Take nothing new, finish what was taken, confirm it, disconnect."""
        self._stop.set()
        if not await self._lanes.drain(DRAIN):
            log.warning("some answers were cut off", extra={"platform": PLATFORM})
        if self._answers and not self._webhook and self._advance():
            with suppress(TelegramError):
                await self._bot.get_updates(self._offset, limit=1, timeout=0, allowed_updates=ALLOWED)
        self._closed = True
        await self._bot.shutdown()

    async def send(self, to: Account | Place, answer: Answer, delivery: int) -> str | None:  # noqa: ARG002
        """Write to somebody unasked (`bot.dialogue.sending.Sender`)."""
        said = answer.reply
        if said is None:
            return None
        return await self._write(to, lambda where: self._post.send(said, answer.locale, where, urgent=False))

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Put an answer in the place of a message (`bot.dialogue.sending.Sender`)."""
        said = answer.reply
        if said is None:
            return True

        async def work(where: Where) -> bool:
            return await self._post.edit(said, answer.locale, replace(where, message=int(message)), urgent=False)

        return await self._write(to, work) is not False

    async def _write(self, to: Account | Place, work: Callable[[Where], Awaitable[T]]) -> T | None:
        """Do something in a chat; None where nobody knows whether it arrived."""
        chat, _, thread = to.external_id.partition("/")
        where = Where(int(chat), int(thread) if thread else None)
        try:
            return await work(where)
        except ChatMigrated as error:
            if isinstance(to, Place):
                await self._moved(to, chat, error.new_chat_id)
            raise sending.TemporaryFailure from None
        except TimedOut as error:
            if surely_not_sent(error):
                raise sending.TemporaryFailure from None
            # It may have been delivered: twice is worse than a line here.
            log.warning("a message may not have arrived", extra={"platform": PLATFORM})
            return None
        except TelegramError as error:
            raise translated(error) from None

    async def _moved(self, place: Place, chat: str, to: int) -> None:
        event = Request(
            f"{PLATFORM}:moved:{chat}:{to}", Account(PLATFORM, "", ""), "moved", {"to": str(to)},
            place=Place(PLATFORM, chat, place.title), event=True,
        )  # fmt: skip
        await self._dispatcher.handle(event, self._clock())

    async def _poll(self) -> None:
        if (await self._bot.get_webhook_info()).url:
            await self._bot.delete_webhook(drop_pending_updates=False)
        pause = 1.0
        stopping = asyncio.create_task(self._stop.wait())
        try:
            while not self._stop.is_set():
                self._advance()
                # While something slow holds the offset back, Telegram answers at once with what is in our hands.
                fetch = asyncio.create_task(self._fetch(POLL if not self._taken else 0))
                await asyncio.wait([fetch, stopping], return_when=asyncio.FIRST_COMPLETED)
                if not fetch.done():
                    fetch.cancel()
                    with suppress(asyncio.CancelledError, TelegramError):
                        await fetch
                    return
                try:
                    new = fetch.result()
                    pause = 1.0
                except InvalidToken:
                    raise WrongToken from None
                except TelegramError as error:
                    what = {"platform": PLATFORM, "why": type(error).__name__, "again_in": pause}
                    log.warning("no news to be had; asking again", extra=what)
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._stop.wait(), pause)
                    pause = min(pause * 2, LONGEST_PAUSE)
                    continue
                for update in new:
                    self._take(update)
                if self._taken and not new:
                    waiting: list[asyncio.Future[Any]] = [f for f in self._taken.values() if not f.done()]
                    await asyncio.wait([*waiting, stopping], timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()

    async def _fetch(self, seconds: int) -> list[dict[str, Any]]:
        """News that is not in our hands yet."""
        updates = await self._bot.get_updates(
            self._offset, limit=BATCH, timeout=seconds, read_timeout=seconds + 10, allowed_updates=ALLOWED
        )
        return [update.to_dict() for update in updates if update.update_id not in self._taken]

    def _take(self, plain: dict[str, Any]) -> asyncio.Future[None]:
        """Have an update handled in its person's lane; the future is done when it is in the books."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._taken[plain["update_id"]] = committed
        assert self._links is not None  # noqa: S101 - set before anything is taken
        assert self._answers is not None  # noqa: S101
        answers = self._answers
        try:
            update = Update.de_json(plain, self._bot)
            found = heard(update, self._bot.bot, self._links)
        except Exception:
            log.exception("an update could not be read")
            found = None
        if found is None:
            committed.set_result(None)
            return committed
        spoken = found

        async def work() -> None:
            answer = await answers.handle(spoken)
            if not committed.done():
                committed.set_result(None)
            await answers.give(spoken, answer)

        self._lanes.put(spoken.lane, work)
        return committed

    def _advance(self) -> bool:
        """Move the offset behind everything that is in the books, and let go of it; False where nothing moved."""
        before = self._offset
        for id_ in sorted(self._taken):
            if not self._taken[id_].done():
                break
            self._offset = id_ + 1
            del self._taken[id_]
        return self._offset != before

    async def _receive(self, webhook: Webhook) -> None:
        async def take(plain: dict[str, Any]) -> bool:
            if self._stop.is_set():
                return False
            await self._take(plain)
            self._taken.pop(plain["update_id"], None)
            return True

        runner = await listen(webhook, take)
        try:
            await self._bot.set_webhook(
                webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED, drop_pending_updates=False
            )
            await self._stop.wait()
        finally:
            await runner.cleanup()
