"""Channels, their messages, servers and people, as the bot asks for them."""

from typing import TYPE_CHECKING, Any

from . import posting, wires
from .calls import Call
from .places import Channel, Guild
from .posting import Draft
from .refusals import (
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    UNKNOWN_CHANNEL,
    UNKNOWN_GUILD,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    Mistake,
    Refusal,
)
from .sent import Sent

if TYPE_CHECKING:
    from .people import Person
    from .watching import Watched

NONCE_LIVES = 300.0
"""Seconds in which a nonce is known; the documentation has "the past few minutes"."""


def send(world: "Watched", call: Call) -> Any:
    """POST /channels/{channel_id}/messages; with enforce_nonce, a nonce that was sent already makes no new one."""
    channel = _channel(world, call)
    body = call.fields
    channel.reach("send_messages", *(["attach_files"] if call.files else []))
    channel.writable()
    key = (channel.id, str(body.get("nonce")))
    known = world.nonces.get(key)
    if body.get("enforce_nonce") and body.get("nonce") and known and world.clock() - known[1] < NONCE_LIVES:
        return wires.message(known[0])
    _replied(channel, body.get("message_reference") or {})
    sent = posting.create(world, channel, Draft(call, body))
    if sent.nonce is not None:
        world.nonces[key] = (sent, world.clock())
    return wires.message(sent)


def _replied(channel: Channel, reference: dict[str, Any]) -> None:
    number = int(reference.get("message_id") or 0)
    gone = number and (number not in channel.history or not channel.history[number].alive)
    if gone and reference.get("fail_if_not_exists", True):
        raise Refusal(400, 50035, "Invalid Form Body")


def get_message(world: "Watched", call: Call) -> Any:
    """GET /channels/{channel_id}/messages/{message_id}."""
    channel = _channel(world, call)
    channel.reach("read_message_history")
    return wires.message(channel.message(call.number("message_id")))


def edit_message(world: "Watched", call: Call) -> Any:
    """PATCH /channels/{channel_id}/messages/{message_id}."""
    channel = _channel(world, call)
    channel.reach()
    channel.writable()
    return wires.message(posting.edit(world, channel.message(call.number("message_id")), Draft(call, call.fields)))


def delete_message(world: "Watched", call: Call) -> None:
    """DELETE /channels/{channel_id}/messages/{message_id}."""
    channel = _channel(world, call)
    channel.reach()
    posting.delete(world, channel.message(call.number("message_id")))


def pin(world: "Watched", call: Call) -> None:
    """PUT /channels/{channel_id}/messages/pins/{message_id}."""
    _pinnable(world, call).pinned = True


def unpin(world: "Watched", call: Call) -> None:
    """DELETE /channels/{channel_id}/messages/pins/{message_id}."""
    _pinnable(world, call).pinned = False


def _pinnable(world: "Watched", call: Call) -> Sent:
    channel = _channel(world, call)
    channel.reach("pin_messages")
    return channel.message(call.number("message_id"))


def begin_typing(world: "Watched", call: Call) -> None:
    """POST /channels/{channel_id}/typing; nothing remembers it."""
    _channel(world, call).reach("send_messages")


def get_channel(world: "Watched", call: Call) -> Any:
    """GET /channels/{channel_id}."""
    channel = _channel(world, call)
    channel.reach()
    return wires.channel(channel)


def edit_channel(world: "Watched", call: Call) -> Any:
    """PATCH /channels/{channel_id}: a bot that may write opens a thread that archived itself; more is not played."""
    channel = _channel(world, call)
    channel.reach("send_messages")
    if call.fields != {"archived": False} or channel.parent is None:
        raise Mistake(f"{call.fields} is not what a thread is opened with")
    if channel.locked:
        raise Refusal(*MISSING_PERMISSIONS)
    channel.opens()
    return wires.channel(channel)


def open_dm(world: "Watched", call: Call) -> Any:
    """POST /users/@me/channels; with somebody who never used the bot, that goes to the uninvited."""
    person = _person(world, call.fields.get("recipient_id"))
    if not person.interacted:
        world.uninvited.append(person)
    return wires.channel(person.dm)


def get_guilds(world: "Watched", call: Call) -> Any:
    """GET the servers the bot is in, a page at a time."""
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 200))
    there = [guild for number, guild in sorted(world.guilds.items()) if guild.bot and number > after]
    return [wires.own_guild(guild) for guild in there[:limit]]


def get_guild(world: "Watched", call: Call) -> Any:
    """GET /guilds/{guild_id}."""
    guild = _guild(world, call)
    counts = {"approximate_member_count": len(guild.members) + 1, "approximate_presence_count": 1}
    return wires.guild(guild) | (counts if call.flag("with_counts") else {})


def get_channels(world: "Watched", call: Call) -> Any:
    """GET /guilds/{guild_id}/channels."""
    return [wires.channel(channel) for channel in _guild(world, call).channels]


def get_member(world: "Watched", call: Call) -> Any:
    """GET /guilds/{guild_id}/members/{user_id}."""
    guild = _guild(world, call)
    if call.number("user_id") == world.application_id:
        return wires.own_member(guild)
    person = _person(world, call.ids["user_id"])
    if person not in guild.members:
        raise Refusal(*UNKNOWN_MEMBER)
    return wires.member(person, guild)


def get_user(world: "Watched", call: Call) -> Any:
    """GET /users/{user_id}."""
    if call.number("user_id") == world.application_id:
        return wires.me(world)
    return wires.user(_person(world, call.ids["user_id"]))


def _channel(world: "Watched", call: Call) -> Channel:
    channel = world.channels.get(call.number("channel_id"))
    if channel is None:
        raise Refusal(*UNKNOWN_CHANNEL)
    return channel


def _guild(world: "Watched", call: Call) -> Guild:
    guild = world.guilds.get(call.number("guild_id"))
    if guild is None:
        raise Refusal(*UNKNOWN_GUILD)
    if not guild.bot:
        raise Refusal(*MISSING_ACCESS)
    return guild


def _person(world: "Watched", number: Any) -> "Person":
    if not str(number).isdecimal():
        raise Mistake(f"{number!r} is no id")
    person = world.people_by_id.get(int(number))
    if person is None:
        raise Refusal(*UNKNOWN_USER)
    return person
