"""Telegram as a platform: updates are acknowledged when they are committed, answers are sent from a queue."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import ChatMigrated, InvalidToken, TelegramError, TimedOut

from bot.adapters.flood import Flood
from bot.adapters.in_flight import InFlight
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.rate_share import RateShare
from bot.adapters.serving import WrongToken
from bot.adapters.telegram import API, PLATFORM, TOKEN
from bot.adapters.telegram.answers import Answers
from bot.adapters.telegram.background import Background, settled
from bot.adapters.telegram.intake import ALLOWED
from bot.adapters.telegram.limits import Limits
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.menu import described
from bot.adapters.telegram.polling import Polling
from bot.adapters.telegram.post import Post, Where
from bot.adapters.telegram.refusals import surely_not_sent, translated
from bot.adapters.telegram.responder import Responder
from bot.adapters.telegram.transport import Transport, UpdatesTransport
from bot.adapters.telegram.update_intake import UpdateIntake
from bot.adapters.telegram.webhook import Webhook, listen
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue import sending
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.request import Request
from bot.pictures.making import Pictures
from bot.ports.processes import OnlyProcess, Processes

__all__ = ["Telegram", "Webhook"]

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAIN, FINISH, SPINNERS = 7.5, 5.0, 1.0
"""Seconds of a stop; of these for what was taken in to be committed; for buttons that still spin. What is not committed
then is not acknowledged either, and comes again."""

BULK_SHARE = 0.5
"""The part of the limit for what nobody waits for, while another process answers with the same token: what people wait
for counts on Telegram as much as what they do not."""


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
        flood: Flood | None = None,
        receives: bool = True,
        delivers: bool = True,
        processes: Processes | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        processes = processes or OnlyProcess()
        self._dispatcher = dispatcher
        self._token = token
        self._webhook = webhook
        self._clock = clock
        base, files = f"{api_url or API}/bot", f"{api_url or API}/file/bot"
        self._receives = receives
        self._delivers = delivers
        self._poller = processes.lock(f"{PLATFORM} {token}: polling")
        self._share = RateShare(processes, f"{PLATFORM} {token}", BULK_SHARE)
        limits = Limits(self._share)
        self._in_hand: dict[int, asyncio.Future[None]] = {}
        self._bot = Bot(
            token,
            base_url=base,
            base_file_url=files,
            request=Transport(limits=limits),
            get_updates_request=UpdatesTransport(self._in_hand),
        )
        self._post = Post(self._bot, limits, pictures or Pictures())
        self._flood = flood or Flood()
        self._queue = KeyedQueue()
        self._background = Background()
        self._stop = asyncio.Event()
        self._finished = asyncio.Event()
        self._unasked = InFlight()
        self._connected = False
        self._closed = False
        self._described = False
        self._responder: Responder | None = None
        self._polling: Polling | None = None

    @property
    def ready(self) -> bool:
        """Whether the bot is logged in, has not been stopped, and is the one that sends what nobody waits for."""
        return self._connected and not self._stop.is_set() and self._share.delivering

    @property
    def busy(self) -> int:
        """How many requests, answers and background calls are not finished yet."""
        return self._queue.busy + self._background.busy + (self._responder.outbox.busy if self._responder else 0)

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
            raise WrongToken(TOKEN) from None
        with self._share.take_part(delivers=self._delivers):
            if self._receives:
                await self._answer()
            else:
                self._connected = True
                log.info("sending", extra={"platform": PLATFORM, "bot": self._bot.username})
                await self._finished.wait()

    async def _answer(self) -> None:
        intake = self._intake()
        self._connected = True
        log.info("serving", extra={"platform": PLATFORM, "bot": self._bot.username})
        if not self._described:
            self._described = True
            self._background.start(described(self._bot, self._dispatcher.commands))
        if self._webhook:
            with self._share.answer():
                await self._receive(self._webhook, intake)
                await self._finished.wait()
            return
        self._polling = self._polling or Polling(self._bot, intake, self._stop, self._in_hand, self._poller)
        try:
            while not self._stop.is_set():
                await self._polling.turn()
                with self._share.answer():
                    await self._polling.run()
                    if self._stop.is_set():
                        await self._finished.wait()
        finally:
            self._poller.release()

    def _intake(self) -> UpdateIntake:
        links = Links(self._token, self._bot.username)
        answers = Answers(self._bot, self._dispatcher, self._clock)
        self._responder = self._responder or Responder(self._bot, self._post, links, self._background, self._moved)
        commands = self._dispatcher.commands
        return UpdateIntake(self._bot, links, commands, self._flood, self._queue, answers, self._responder)

    async def stop(self) -> None:
        """Take in nothing new, finish and confirm what was taken in, send the answers there is time for, disconnect."""
        self._stop.set()
        clock = asyncio.get_running_loop().time
        end = clock() + DRAIN
        finished = await self._queue.drain(FINISH)
        if self._polling:
            await self._polling.confirm()
        self._poller.release()
        spinners = asyncio.create_task(self._background.drain(SPINNERS))
        if self._responder:
            finished &= await self._responder.outbox.drain(max(SPINNERS, end - clock()))
        await self._unasked.landed(max(0.0, end - clock()))
        await spinners
        self._finished.set()
        if not finished:
            log.warning("some answers were cut off", extra={"platform": PLATFORM})
        self._closed = True
        await self._bot.shutdown()

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:  # noqa: ARG002
        """Write to somebody unasked (`bot.dialogue.sending.Sender`)."""
        reply = answer.reply
        if reply is None:
            return None
        return await self._write(to, lambda where: self._post.send(reply, answer.locale, where, urgent=False))

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Put an answer in the place of a message (`bot.dialogue.sending.Sender`)."""
        reply = answer.reply
        if reply is None:
            return True

        async def work(where: Where) -> bool:
            return await self._post.edit(reply, answer.locale, replace(where, message=int(message)), urgent=False)

        return await self._write(to, work) is not False

    async def _write(self, to: Account | Place, work: Callable[[Where], Awaitable[T]]) -> T | None:
        """Do something in a chat; None where nobody knows whether it arrived."""
        chat, _, thread = to.external_id.partition("/")
        where = Where(int(chat), int(thread) if thread else None)
        try:
            with self._unasked.message():
                return await work(where)
        except ChatMigrated as error:
            if isinstance(to, Place):
                await self._moved(int(chat), error.new_chat_id)
            raise sending.TemporaryFailure from None
        except TimedOut as error:
            if surely_not_sent(error):
                raise sending.TemporaryFailure from None
            # It may have been delivered: twice is worse than a line here.
            log.warning("a message may not have arrived", extra={"platform": PLATFORM})
            return None
        except TelegramError as error:
            raise translated(error) from None

    async def _moved(self, chat: int, to: int) -> None:
        """Note a group's new id, of which Telegram told only now."""
        id_, place = f"{PLATFORM}:moved:{chat}:{to}", Place(PLATFORM, str(chat), "")
        event = Request(id_, None, "moved", {"to": str(to)}, place=place, event=True)
        await self._dispatcher.handle(event, self._clock())

    async def _receive(self, webhook: Webhook, intake: UpdateIntake) -> None:
        async def take(plain: dict[str, Any]) -> bool:
            if self._stop.is_set() or intake.full:
                return False
            try:
                update = Update.de_json(plain, self._bot)
            except Exception:
                log.exception("an update could not be read")
                return True
            await intake.take(update)
            return True

        async def announce() -> None:
            await self._bot.set_webhook(
                webhook.url, secret_token=webhook.secret, allowed_updates=ALLOWED, drop_pending_updates=False
            )

        runner = await listen(webhook, take)
        try:
            # Telegram knows the address from the last time, so what it brings is taken whether it listens now or not.
            self._background.start(settled("webhook", announce))
            await self._stop.wait()
        finally:
            await runner.cleanup()
