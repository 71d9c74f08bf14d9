"""Sends messages that nobody asked for, to people and into channels."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import discord
from discord.http import Route

from bot.adapters.discord.refused import ARCHIVED, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.adapters.discord.render import Message
from bot.core.group import Place
from bot.core.learner import Account

_NOBODY = discord.AllowedMentions.none()
_LONGEST_NONCE = 25
"""Characters; Discord refuses more."""
Remember = Callable[[Account, str | None], Awaitable[None]]
"""Told the id of the private chat with somebody when it was opened, or None when it is no more."""


def nonce_of(key: str) -> str:
    """A key as Discord takes it, the same each time: in its own words where it is short enough."""
    return key if len(key) <= _LONGEST_NONCE else sha256(key.encode()).hexdigest()[:_LONGEST_NONCE]


class Post:
    """Sends messages through a client. The ids of private chats are kept: opening one counts against the limits."""

    def __init__(self, client: discord.Client, remember: Remember) -> None:
        self._client = client
        self._remember = remember

    async def send(self, to: Account | Place, messages: list[Message], key: str) -> str | None:
        """Send messages in order, each of them once however often this is tried; the id of the last."""
        if isinstance(to, Place):
            return await self._put(int(to.external_id), messages, key)
        if to.chat and to.chat.isdecimal():
            try:
                return await self._put(int(to.chat), messages, key)
            except discord.NotFound as error:
                if error.code != UNKNOWN_CHANNEL:
                    raise
                await self._remember(to, None)
        opened = await self._client.http.start_private_message(int(to.external_id))
        await self._remember(to, str(opened["id"]))
        return await self._put(int(opened["id"]), messages, key)

    async def edit(self, to: Place, message: str, shown: Message) -> bool:
        """Put something else in the place of a message; False where that is gone."""
        channel = int(to.external_id)
        old = self._client.get_partial_messageable(channel).get_partial_message(int(message))

        async def change() -> None:
            files: dict[str, Any] = {"attachments": shown.uploads()} if shown.picture else {}
            await old.edit(view=shown.view(), allowed_mentions=_NOBODY, **files)

        try:
            await self._unarchived(channel, change)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            return False
        return True

    async def _put(self, channel: int, messages: list[Message], key: str) -> str | None:
        where = self._client.get_partial_messageable(channel)
        id_: str | None = None
        for number, message in enumerate(messages):
            # What a part says is known again by its own nonce: with the same for all only the first would come.
            nonce = nonce_of(f"{key}.{number}")

            async def write(message: Message = message, nonce: str = nonce) -> Any:
                return await where.send(view=message.view(), files=message.uploads(), nonce=nonce)

            id_ = str((await self._unarchived(channel, write)).id)
        return id_

    async def _unarchived(self, channel: int, work: Callable[[], Awaitable[Any]]) -> Any:
        """Do something in a channel; a thread that archived itself is opened again first, where we may."""
        try:
            return await work()
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            archived = error
        try:
            await self._client.http.request(
                Route("PATCH", "/channels/{channel_id}", channel_id=channel), json={"archived": False}
            )
        except (discord.Forbidden, discord.NotFound):
            raise archived from None  # locked, or not ours to open: it stays closed
        return await work()
