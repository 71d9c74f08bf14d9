"""Discord as a platform: a gateway client whose interactions become requests."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable
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
from bot.adapters.discord.client import Client
from bot.adapters.discord.limits import Limits, unasked
from bot.adapters.discord.post import Post
from bot.adapters.discord.refused import translated
from bot.adapters.discord.render import render
from bot.adapters.flood import Flood
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.serving import WrongToken
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.request import Request
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable

log = logging.getLogger(__name__)

DRAIN = 8.0
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
        self.answers = Answers(dispatcher, self._queue, clock, flood)
        self.limits = Limits()
        self._client: Client | None = None

    @property
    def ready(self) -> bool:
        """Whether the gateway is connected and has logged us in."""
        return self._client is not None and self._client.is_ready() and not self._client.is_closed()

    async def serve(self) -> None:
        """Connect and answer people until `stop`."""
        self._client = Client(self)
        try:
            await self._client.start(self._token)
        except discord.LoginFailure:
            raise WrongToken(TOKEN) from None
        finally:
            if not self._client.is_closed():
                await self._client.close()

    async def stop(self) -> None:
        """Take in nothing new, finish what was taken in, disconnect."""
        self.answers.stopping = True
        if not await self._queue.drain(DRAIN):
            log.warning("some answers were cut off", extra={"platform": PLATFORM})
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
        messages = render(answer.reply, answer.locale, answer.question)
        async with self._in_our_words():
            return await Post(client, self._talks).send(to, messages, key)

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Put an answer in the place of a message (`bot.dialogue.sending.Sender`)."""
        client = self._connected()
        shown = render(answer.reply, answer.locale, answer.question) if answer.reply else []
        if len(shown) != 1:
            return True
        async with self._in_our_words():
            return await Post(client, self._talks).edit(to, message, shown[0])

    def _connected(self) -> Client:
        if self._client is None or not self.ready:
            raise TemporaryFailure
        return self._client

    @asynccontextmanager
    async def _in_our_words(self) -> AsyncIterator[None]:
        """Say in our words what went wrong with something that nobody waits for."""
        try:
            with unasked():
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
