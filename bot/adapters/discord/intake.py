"""From Discord's interactions and messages to requests."""

import json
import logging
import re
from dataclasses import replace
from typing import Any

import aiohttp
import discord

from bot.adapters.discord import PLATFORM
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import FILE_LIMIT, File, Request, read_typed

log = logging.getLogger(__name__)

_WRITTEN = {discord.MessageType.default, discord.MessageType.reply}
"""What people write; other messages tell of something, such as that somebody has joined."""
BROKEN = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, json.JSONDecodeError)
"""What a call of Discord may raise; the last where something between us answers with what is no JSON."""


def request_of(
    interaction: discord.Interaction, command: str, args: dict[str, str], rest: str = "", *, pressed: bool = False
) -> Request:
    """What somebody did, as a request."""
    user = interaction.user
    place, organiser, writable, chat = None, None, None, None
    if interaction.guild_id is not None:
        title = getattr(interaction.channel, "name", None) or ""
        place = Place(PLATFORM, str(interaction.channel_id), title)
        organiser = interaction.permissions.manage_guild
        writable = _writable(interaction)
    elif interaction.context.dm_channel:
        chat = str(interaction.channel_id)
    return Request(
        f"{PLATFORM}:{interaction.id}",
        Account(PLATFORM, str(user.id), user.display_name, chat),
        command,
        args,
        rest,
        place,
        pressed,
        str(interaction.locale),
        organiser=organiser,
        writable=writable,
    )


def words_of(message: discord.Message, bot: discord.abc.User) -> Request | None:
    """What somebody wrote to the bot, as a request: in private, or in a server where the message mentions it, as an
    answer to its message does. None for every other message: these are people talking to each other."""
    author, guild, channel = message.author, message.guild, message.channel
    if author.bot or message.webhook_id or message.type not in _WRITTEN:
        return None
    if guild is None and not isinstance(channel, discord.DMChannel):
        return None
    if guild and not any(user.id == bot.id for user in message.mentions):
        return None
    command, rest = read_typed(re.sub(rf"<@!?{bot.id}>", " ", message.content))
    if not (command or rest):
        return None
    id_, chat = f"{PLATFORM}:{message.id}", None if guild else str(channel.id)
    request = Request(id_, Account(PLATFORM, str(author.id), author.display_name, chat), command, rest=rest)
    if guild is None:
        return request
    return replace(
        request,
        place=Place(PLATFORM, str(channel.id), getattr(channel, "name", None) or ""),
        locale=str(guild.preferred_locale),
        organiser=isinstance(author, discord.Member) and author.guild_permissions.manage_guild,
        to_bot=not command,
    )


def _writable(interaction: discord.Interaction) -> bool:
    """Whether the bot itself may write where it was asked: somebody who has installed it for themselves takes it into
    servers in which it is not."""
    if interaction.guild_id is None or interaction.client.get_guild(interaction.guild_id) is None:
        return False
    may = interaction.app_permissions
    thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and (may.send_messages_in_threads if thread else may.send_messages)


async def fetched(file: discord.Attachment) -> File:
    """The file that came with a command, without its bytes where it is too large or Discord does not give it."""
    if file.size > FILE_LIMIT:
        return File(file.filename, file.size, None)
    try:
        return File(file.filename, file.size, await file.read())
    except BROKEN as error:
        log.warning("a file did not arrive", extra={"platform": PLATFORM, "why": type(error).__name__})
        return File(file.filename, file.size, None)


def form_values(components: Any) -> list[str]:
    """What was typed into the fields of a form, however they are nested."""
    values = []
    for component in components if isinstance(components, list) else []:
        if isinstance(component, dict):
            if isinstance(component.get("value"), str):
                values.append(component["value"])
            values += form_values(component.get("components", []))
            values += form_values([component["component"]] if "component" in component else [])
    return values
