"""Scheduled events of servers, beside the messages of study sessions.

See discord.com/developers, Guild Scheduled Event.
"""

from typing import Any

import discord
from discord.http import Route

from bot.core.group import Place
from bot.dialogue.sending import CalendarEvent, Unreachable

_ELSEWHERE = 3
"""The entity type of an event that is in no voice channel: it has a location in words."""
_MEMBERS = 2
"""The only privacy level there is: an event is seen by the server's members."""
_LONGEST = 100
"""Characters of an event's name, and of its location."""
_UNKNOWN_EVENT = 10070


class Events:
    """Creates, changes and deletes events through a client."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def server(self, place: Place) -> str:
        """The id of the server that a channel is on. Raises like `keep`."""
        guild, _ = await self._where(place)
        return str(guild)

    async def keep(self, place: Place, event: CalendarEvent, id_: str | None) -> str:
        """Create an event, or change the one with this id; the id of the event that is there now.

        Raises `Unreachable` where the bot may make none, and the library's errors.
        """
        guild, channel = await self._where(place)
        about = {
            "name": event.title[:_LONGEST],
            "scheduled_start_time": event.starts_at.isoformat(),
            "scheduled_end_time": event.ends_at.isoformat(),
            "privacy_level": _MEMBERS,
            "entity_type": _ELSEWHERE,
            "entity_metadata": {"location": f"#{channel}"[:_LONGEST]},
        }
        if id_:
            try:
                await self._client.http.request(_event("PATCH", guild, id_), json=about)
                return id_
            except discord.NotFound as error:
                if error.code != _UNKNOWN_EVENT:
                    raise
        created = await self._client.http.request(
            Route("POST", "/guilds/{guild_id}/scheduled-events", guild_id=guild), json=about
        )
        return str(created["id"])

    async def drop(self, place: Place, id_: str) -> None:
        """Delete an event; one that is gone is fine."""
        guild, _ = await self._where(place)
        try:
            await self._client.http.request(_event("DELETE", guild, id_))
        except discord.NotFound as error:
            if error.code != _UNKNOWN_EVENT:
                raise

    async def _where(self, place: Place) -> tuple[int, str]:
        """The server and the name of a channel. Raises `Unreachable` where the bot is known to make no events there."""
        channel = self._client.get_channel(int(place.external_id))
        if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            me: discord.Member | None = channel.guild.me  # the library has it only once the server is known
            if me is not None and not me.guild_permissions.create_events:
                raise Unreachable("rights")
            return channel.guild.id, channel.name
        data: Any = await self._client.http.get_channel(int(place.external_id))
        if not data.get("guild_id"):
            raise Unreachable("rights")
        return int(data["guild_id"]), str(data.get("name") or place.title)


def _event(method: str, guild: int, id_: str) -> Route:
    return Route(method, "/guilds/{guild_id}/scheduled-events/{event_id}", guild_id=guild, event_id=id_)
