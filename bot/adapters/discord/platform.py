"""Discord as a platform: a gateway client whose interactions become requests."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from secrets import token_hex
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.answers import Answers
from bot.adapters.discord.buttons import SavedButton
from bot.adapters.discord.menu import Localiser, slash_commands, sync
from bot.adapters.discord.render import render
from bot.adapters.flood import Flood
from bot.adapters.lanes import Lanes
from bot.adapters.pacing import Pacer, Window
from bot.adapters.serving import WrongToken
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.dispatcher import Answer, Dispatcher
from bot.dialogue.request import Request
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable

log = logging.getLogger(__name__)

DRAIN = 8.0
_PATIENCE = 20.0
"""Seconds for one message that nobody waits for; the library would try for half a minute."""
_LONGEST_WAIT = 30.0
"""Seconds that the library waits for a limit by itself, 30 at least; of a longer one it tells."""
_GONE = {10003, 10013, 50001, 50007, 50013}
"""Unknown channel or user, no access, private messages closed, no permission (discord.com/developers, Opcodes)."""
_UNKNOWN_MESSAGE = 10008
_NOBODY = discord.AllowedMentions.none()


class _Client(discord.Client):
    """Nothing is cached that is not needed; everything is handed to `owner`."""

    def __init__(self, owner: "Discord") -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=_LONGEST_WAIT,
        )
        self.owner = owner
        self.tree = app_commands.CommandTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    async def setup_hook(self) -> None:
        self.add_dynamic_items(SavedButton)
        await self.tree.set_translator(Localiser())
        for command in slash_commands(
            self.owner.dispatcher.commands, self.owner.answers.slash, self.owner.answers.suggest
        ):
            self.tree.add_command(command)
        assert self.application_id is not None  # noqa: S101 - known after login
        changed = await sync(self.tree, self.application_id)
        log.info("commands registered" if changed else "commands are as registered", extra={"platform": PLATFORM})

    async def on_ready(self) -> None:
        log.info("serving", extra={"platform": PLATFORM, "bot": str(self.user)})

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            await self.owner.answers.submitted(interaction)

    async def pressed(self, interaction: discord.Interaction) -> None:
        """A button was pressed (`bot.adapters.discord.buttons.Pressable`)."""
        await self.owner.answers.pressed(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        for channel in (*guild.channels, *guild.threads):
            await self.owner.found(channel.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        for channel in (*guild.channels, *guild.threads):
            await self.owner.lost(channel.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        for gone in (channel, *getattr(channel, "threads", ())):
            await self.owner.lost(gone.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        await self.owner.lost(thread.thread_id)


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
        self._lanes = Lanes()
        self.answers = Answers(dispatcher, self._lanes, clock, flood)
        self._pacer = Pacer(Window(45, 1), Window(40, 1))
        self._client: _Client | None = None

    @property
    def ready(self) -> bool:
        """Whether the gateway knows us."""
        return self._client is not None and self._client.is_ready() and not self._client.is_closed()

    async def serve(self) -> None:
        """Connect and answer people until `stop`."""
        self._client = _Client(self)
        try:
            await self._client.start(self._token)
        except discord.LoginFailure:
            raise WrongToken from None
        finally:
            if not self._client.is_closed():
                await self._client.close()

    async def stop(self) -> None:
        """Take nothing new, finish what was taken, disconnect."""
        self.answers.stopping = True
        if not await self._lanes.drain(DRAIN):
            log.warning("some answers were cut off", extra={"platform": PLATFORM})
        if self._client and not self._client.is_closed():
            await self._client.close()

    async def lost(self, channel: int) -> None:
        """The bot is no longer in a channel."""
        await self._moved("removed", channel)

    async def found(self, channel: int) -> None:
        """The bot is in a channel, for the first time or again; nobody is told, commands show themselves."""
        await self._moved("arrived", channel)

    async def _moved(self, event: str, channel: int) -> None:
        place = Place(PLATFORM, str(channel), "")
        id_ = f"{PLATFORM}:{event}:{channel}:{token_hex(8)}"  # the gateway's events have no ids of their own
        request = Request(id_, Account(PLATFORM, "", ""), event, place=place, event=True)
        await self.dispatcher.handle(request, self._clock())

    async def send(self, to: Account | Place, answer: Answer, delivery: int) -> str | None:
        """Write to somebody unasked (`bot.dialogue.sending.Sender`)."""
        if answer.reply is None:
            return None
        client = self._connected()
        async with self._in_turn(to):
            return await self._write(client, to, answer, delivery)

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Put an answer in the place of a message (`bot.dialogue.sending.Sender`)."""
        client = self._connected()
        shown = render(answer.reply, answer.locale, answer.question) if answer.reply else []
        if len(shown) != 1:
            return True
        old = client.get_partial_messageable(int(to.external_id)).get_partial_message(int(message))
        async with self._in_turn(to):
            try:
                await old.edit(view=shown[0].view(), allowed_mentions=_NOBODY)
            except discord.NotFound as error:
                if error.code != _UNKNOWN_MESSAGE:
                    raise
                return False
        return True

    def _connected(self) -> _Client:
        if self._client is None or not self.ready:
            raise TemporaryFailure
        return self._client

    @asynccontextmanager
    async def _in_turn(self, to: Account | Place) -> AsyncIterator[None]:
        """Wait for our turn, and say in our words what went wrong."""
        try:
            async with self._pacer.turn(to.external_id, urgent=False), asyncio.timeout(_PATIENCE):
                yield
        except discord.RateLimited as error:
            raise RetryAfter(error.retry_after) from None
        except discord.HTTPException as error:
            if error.status == 403 or error.code in _GONE:
                raise Unreachable from None
            log.warning("Discord refused a message", extra={"platform": PLATFORM, "code": error.code})
            raise TemporaryFailure from None
        except (aiohttp.ClientError, OSError, json.JSONDecodeError) as error:
            # It may have arrived; the nonce sees to it that it does not come twice.
            if isinstance(error, TimeoutError) and self._client:
                # The library, cut off while it waits for a limit on everything, would never let anything through again.
                self._client.http._global_over.set()
            raise TemporaryFailure from None

    async def _write(self, client: _Client, to: Account | Place, answer: Answer, delivery: int) -> str | None:
        assert answer.reply is not None  # noqa: S101 - seen to by the caller
        where: Any
        id_: str | None = None
        if isinstance(to, Place):
            where = client.get_partial_messageable(int(to.external_id))
        else:
            where = await client.create_dm(discord.Object(int(to.external_id)))
        for number, message in enumerate(render(answer.reply, answer.locale, answer.question)):
            with suppress(ValueError):
                sent = await where.send(view=message.view(), files=message.uploads(), nonce=f"{delivery}.{number}")
                id_ = str(sent.id)
        return id_
