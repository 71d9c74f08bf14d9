"""The connection to Discord's gateway: its events are handed on, and nothing is cached that is not needed."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, Protocol

import discord

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.answers import Answers
from bot.adapters.discord.buttons import SavedButton
from bot.adapters.discord.limits import LONGEST_WAIT, Limits
from bot.adapters.discord.menu import Localiser, slash_commands
from bot.adapters.discord.messages import Messages
from bot.adapters.discord.registering import keep_registered
from bot.adapters.discord.shard_locks import ShardLocks
from bot.adapters.discord.shards import Shards
from bot.adapters.discord.tree import Tree
from bot.dialogue.dispatcher import Dispatcher

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""None of these is privileged: Discord leaves out the text of messages in servers that do not mention the bot."""


def _brief(record: logging.LogRecord) -> bool:
    """A connection that is lost and sought again is one line, not a traceback a try."""
    if "reconnect" in str(record.msg).lower():
        record.exc_info = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
    return True


for _library in ("discord.client", "discord.shard"):
    logging.getLogger(_library).addFilter(_brief)


class Owner(Protocol):
    """What a client hands its events to."""

    dispatcher: Dispatcher
    answers: Answers
    messages: Messages
    limits: Limits
    shards: ShardLocks
    receives: bool

    async def tell(self, event: str, channels: Iterable[int]) -> None:
        """Something happened to these channels: the bot was `removed`, has `arrived`, or what it may do `changed`."""


class Client(discord.Client):
    """One connection of the bot. After `login` it can send; it receives while it is connected."""

    def __init__(self, owner: Owner, **sharding: Any) -> None:
        super().__init__(
            **sharding,
            intents=INTENTS,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_WAIT,
            http_trace=owner.limits.watch(),
        )
        self.owner = owner
        self.tree = Tree(self, owner.answers.suggest, owner.answers.slash)
        self._registering: asyncio.Task[None] | None = None

    @property
    def logged_in(self) -> bool:
        """Whether it can send."""
        return self.application_id is not None and not self.is_closed()

    async def setup_hook(self) -> None:
        """Before connecting: make old buttons work, declare the commands, begin to register them where they changed."""
        if not self.owner.receives:
            return
        self.add_dynamic_items(SavedButton)
        await self.tree.set_translator(Localiser())
        for command in slash_commands(self.owner.dispatcher.commands, self.owner.answers.slash):
            self.tree.add_command(command)
        assert self.application_id is not None  # noqa: S101 - known after login
        if (chosen := self.owner.shards.chosen) is None or 0 in chosen.ids:
            self._registering = asyncio.create_task(keep_registered(self.tree, self.application_id))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Keep the pause that Discord wants between two connections with one token, also those of other processes."""
        await super().before_identify_hook(shard_id, initial=initial)
        await self.owner.shards.identify()

    async def close(self) -> None:
        """Disconnect, and stop registering commands."""
        if self._registering:
            self._registering.cancel()
        if waiting := self._connection._ready_task:
            waiting.cancel()  # the library would tell a client that is closed that it is ready
        await super().close()

    async def on_ready(self) -> None:
        """The gateway knows us."""
        log.info("serving", extra={"platform": PLATFORM, "bot": str(self.user)})

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """A form was sent in; commands and buttons reach us through the library's own dispatch."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.owner.answers.submitted(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        await self.owner.messages.heard(message, self)

    async def pressed(self, interaction: discord.Interaction) -> None:
        """A button was pressed (`bot.adapters.discord.buttons.Pressable`)."""
        await self.owner.answers.pressed(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server."""
        await self.owner.tell("arrived", _channels(guild))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server was deleted."""
        await self.owner.tell("removed", _channels(guild))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted, and its threads with it."""
        await self.owner.tell("removed", [channel.id, *(thread.id for thread in getattr(channel, "threads", ()))])

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted."""
        await self.owner.tell("removed", [thread.thread_id])

    async def on_guild_channel_update(self, _: discord.abc.GuildChannel, channel: discord.abc.GuildChannel) -> None:
        """A channel's settings changed: the bot may be allowed to write there now."""
        await self.owner.tell("changed", [channel.id, *(thread.id for thread in getattr(channel, "threads", ()))])

    async def on_raw_thread_update(self, thread: discord.RawThreadUpdateEvent) -> None:
        """A thread changed; one that is archived is no reason to try again."""
        if not thread.data.get("thread_metadata", {}).get("archived"):
            await self.owner.tell("changed", [thread.thread_id])

    async def on_guild_role_update(self, before: discord.Role, role: discord.Role) -> None:
        """A role's permissions changed in a server."""
        if before.permissions != role.permissions:
            await self.owner.tell("changed", _channels(role.guild))

    async def on_member_update(self, _: discord.Member, member: discord.Member) -> None:
        """The bot's own roles in a server changed."""
        if member.id == (self.user.id if self.user else None):
            await self.owner.tell("changed", _channels(member.guild))


class ShardedClient(Client, discord.AutoShardedClient):
    """Several connections of the bot, one a shard."""


def client_for(owner: Owner, shards: Shards | None) -> Client:
    """A client, not logged in yet. A single shard is resumed after every interruption, which the library does not do
    for several."""
    if shards is None:
        return Client(owner)
    if len(shards.ids) == 1:
        return Client(owner, shard_id=shards.ids[0], shard_count=shards.count)
    return ShardedClient(owner, shard_ids=list(shards.ids), shard_count=shards.count)


def _channels(guild: discord.Guild) -> list[int]:
    return [channel.id for channel in (*guild.channels, *guild.threads)]
