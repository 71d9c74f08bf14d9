"""Discord as a platform: a gateway client whose interactions and messages become requests."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from secrets import token_hex

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.discord import PLATFORM, TOKEN
from bot.adapters.discord.answers import Answers
from bot.adapters.discord.client import Client, client_for
from bot.adapters.discord.events import Events
from bot.adapters.discord.limits import Limits, unasked
from bot.adapters.discord.messages import Messages
from bot.adapters.discord.post import Post
from bot.adapters.discord.refused import translated
from bot.adapters.discord.render import render
from bot.adapters.discord.shard_locks import ShardLocks
from bot.adapters.discord.shards import Shards
from bot.adapters.flood import Flood
from bot.adapters.in_flight import InFlight
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.rate_share import RateShare
from bot.adapters.serving import WrongToken
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.request import Request
from bot.dialogue.sending import CalendarEvent, RetryAfter, TemporaryFailure, Unreachable
from bot.pictures.making import Pictures
from bot.ports.processes import OnlyProcess, Processes

log = logging.getLogger(__name__)

DRAIN = 7.0
BULK_SHARE = 0.9
"""The part of the limit for what nobody waits for, while another process answers with the same token: answers to
interactions do not count (discord.com/developers, Rate Limits), so answering takes little of it."""
_PATIENCE = 20.0
"""Seconds for one message that nobody waits for; the library would try for half a minute."""
_MANY = 500
"""Channels named in one event: what it does to all of them is one transaction."""


class Discord:
    """One bot. `serve` may be called again after it has failed: each time it is a new client."""

    name = PLATFORM

    def __init__(
        self,
        dispatcher: Dispatcher,
        token: str,
        *,
        clock: Callable[[], datetime],
        api_url: str | None = None,
        gateway_url: str | None = None,
        flood: Flood | None = None,
        shards: Shards | None = None,
        receives: bool = True,
        delivers: bool = True,
        processes: Processes | None = None,
        pictures: Pictures | None = None,
    ) -> None:
        # The library has no other way to be told where Discord is.
        if api_url:
            Route.BASE = api_url
        if gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
        self.dispatcher = dispatcher
        self._token = token
        self._clock = clock
        self._queue = KeyedQueue()
        flood = flood or Flood()
        self._pictures = pictures or Pictures()
        self.answers = Answers(dispatcher, self._queue, clock, flood, self._pictures)
        self.messages = Messages(dispatcher, self._queue, clock, flood, self._talks, self._pictures)
        self.receives = receives
        self._delivers = delivers
        self.shards = ShardLocks(processes or OnlyProcess(), f"{PLATFORM} {token}", shards)
        self._share = RateShare(processes or OnlyProcess(), f"{PLATFORM} {token}", BULK_SHARE)
        self.limits = Limits(share=self._share)
        self._client: Client | None = None
        self._stop = asyncio.Event()
        self._unasked = InFlight()

    @property
    def ready(self) -> bool:
        """Whether this process is logged in, on the gateway too where it receives, and is the one that delivers."""
        client = self._client
        if client is None or client.is_closed() or not self._share.delivering:
            return False
        return client.is_ready() if self.receives else client.logged_in

    async def serve(self) -> None:
        """Connect and answer people until `stop`."""
        try:
            with self._share.take_part(delivers=self._delivers):
                await (self._receive() if self.receives else self._only_send())
        except discord.LoginFailure:
            raise WrongToken(TOKEN) from None
        finally:
            self.shards.release()
            if self._client and not self._client.is_closed():
                await self._client.close()

    async def _receive(self) -> None:
        """Answer people until `stop`, or until another process has taken over the shards."""
        client = await self._login(self.shards.chosen)
        shards = self.shards.chosen or Shards.all((await client.http.get_bot_gateway())[0])
        if shards.count > 1 and not self.shards.chosen:
            await client.close()
            client = await self._login(shards)
        if not await self._unless_stopped(self.shards.acquire(shards)):
            return
        with self._share.answer():
            lost, connected = asyncio.create_task(self.shards.lost()), asyncio.create_task(client.connect())
            try:
                await asyncio.wait([connected, lost], return_when=asyncio.FIRST_COMPLETED)
                if not connected.done():
                    log.warning("another process has taken over the shards", extra={"platform": PLATFORM})
            finally:
                lost.cancel()
                await client.close()
            await connected

    async def _login(self, shards: Shards | None) -> Client:
        self._client = client_for(self, shards)
        await self._client.login(self._token)
        return self._client

    async def _only_send(self) -> None:
        client = await self._login(None)
        log.info("sending", extra={"platform": PLATFORM, "bot": str(client.user)})
        await self._stop.wait()

    async def _unless_stopped(self, work: Coroutine[object, object, None]) -> bool:
        """Wait for something; False where `stop` came first, which ends it."""
        task, stopping = asyncio.create_task(work), asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
            return task.done()
        finally:
            task.cancel()
            stopping.cancel()

    async def stop(self) -> None:
        """Take in nothing new, finish what was taken in, disconnect."""
        self.answers.stopping = self.messages.stopping = True
        clock = asyncio.get_running_loop().time
        end = clock() + DRAIN
        self.shards.release()  # another process may answer what comes from now on
        if not await self._queue.drain(DRAIN):
            log.warning("some answers were cut off", extra={"platform": PLATFORM})
        await self._unasked.landed(max(0.0, end - clock()))
        self._stop.set()
        if self._client and not self._client.is_closed():
            await self._client.close()

    async def tell(self, event: str, channels: Iterable[int]) -> None:
        """Something happened to channels (`bot.adapters.discord.client.Owner`)."""
        ids = [str(channel) for channel in channels]
        for begin in range(0, len(ids), _MANY):
            first, *also = ids[begin : begin + _MANY]
            args = {"also": " ".join(also)} if also else {}
            await self._handle(event, None, args, Place(PLATFORM, first, ""))

    async def _talks(self, account: Account, chat: str | None) -> None:
        await self._handle("talks", account, {"chat": chat} if chat else {}, None)

    async def _handle(self, event: str, account: Account | None, args: dict[str, str], place: Place | None) -> None:
        id_ = f"{PLATFORM}:{event}:{token_hex(16)}"  # the gateway's events have no ids of their own
        await self.dispatcher.handle(Request(id_, account, event, args, place=place, event=True), self._clock())

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Write to somebody unasked (`bot.dialogue.sending.Sender`)."""
        if answer.reply is None:
            return None
        client = self._connected()
        drawn = await self._pictures.drawn(answer.reply, answer.locale, long=True)
        messages = render(answer.reply, answer.locale, answer.question, drawn)
        async with self._in_our_words():
            return await Post(client, self._talks).send(to, messages, key)

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Put an answer in the place of a message (`bot.dialogue.sending.Sender`)."""
        client = self._connected()
        if answer.reply is None:
            return True
        drawn = await self._pictures.drawn(answer.reply, answer.locale, long=True)
        shown = render(answer.reply, answer.locale, answer.question, drawn)
        if len(shown) != 1:
            return True
        async with self._in_our_words():
            return await Post(client, self._talks).edit(to, message, shown[0])

    async def calendar_of(self, to: Place) -> str:
        """The server of a place (`bot.dialogue.sending.KeepsCalendar`)."""
        client = self._connected()
        async with self._in_our_words():
            return await Events(client).server(to)

    async def keep_event(self, to: Place, event: CalendarEvent, id_: str | None) -> str:
        """Keep an event of the server beside a place (`bot.dialogue.sending.KeepsCalendar`)."""
        client = self._connected()
        async with self._in_our_words():
            return await Events(client).keep(to, event, id_)

    async def drop_event(self, to: Place, id_: str) -> None:
        """Delete an event (`bot.dialogue.sending.KeepsCalendar`)."""
        client = self._connected()
        async with self._in_our_words():
            await Events(client).drop(to, id_)

    def _connected(self) -> Client:
        if self._client is None or not self.ready:
            raise TemporaryFailure
        return self._client

    @asynccontextmanager
    async def _in_our_words(self) -> AsyncIterator[None]:
        """Say in our words what went wrong with something that nobody waits for."""
        try:
            with unasked(), self._unasked.message():
                async with asyncio.timeout(_PATIENCE):
                    yield
        except discord.RateLimited as error:
            raise RetryAfter(error.retry_after) from None
        except discord.HTTPException as error:
            failure = translated(error)
            if not isinstance(failure, Unreachable):
                log.warning("Discord refused a message", extra={"platform": PLATFORM, "code": error.code})
            raise failure from None
        except (aiohttp.ClientError, OSError, json.JSONDecodeError) as error:
            # It may have arrived; the nonce sees to it that it does not come twice.
            if isinstance(error, TimeoutError) and self._client:
                # The library, cut off while it waits for a limit on everything, would never let anything through again.
                self._client.http._global_over.set()
            raise TemporaryFailure from None
