"""The events in a server's calendar (https://discord.com/developers/docs/resources/guild-scheduled-event)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from .calls import Call
from .permissions import BITS
from .places import Guild
from .refusals import MISSING_ACCESS, MISSING_PERMISSIONS, UNKNOWN_EVENT, UNKNOWN_GUILD, Mistake, Refusal

if TYPE_CHECKING:
    from .watching import Watched

EXTERNAL, MEMBERS_ONLY, SCHEDULED = 3, 2, 1


def create(world: "Watched", call: Call) -> Any:
    """POST /guilds/{guild_id}/scheduled-events."""
    guild = _guild(world, call)
    id_ = world.new_id()
    shape: dict[str, object] = {"id": str(id_), "guild_id": str(guild.id), "status": SCHEDULED}
    shape |= dict.fromkeys(("description", "channel_id", "image", "entity_id", "recurrence_rule"))
    shape |= {"creator_id": str(world.application_id), "guild_scheduled_event_exceptions": []}
    guild.events[id_] = _checked(shape | call.fields)
    return guild.events[id_]


def edit(world: "Watched", call: Call) -> Any:
    """PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}."""
    guild, id_ = _event(world, call)
    guild.events[id_] = _checked(guild.events[id_] | call.fields)
    return guild.events[id_]


def delete(world: "Watched", call: Call) -> None:
    """DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}."""
    guild, id_ = _event(world, call)
    del guild.events[id_]


def _checked(event: dict[str, Any]) -> dict[str, Any]:
    begins, ends = (datetime.fromisoformat(event[name]) for name in ("scheduled_start_time", "scheduled_end_time"))
    if event["entity_type"] != EXTERNAL or event["privacy_level"] != MEMBERS_ONLY:
        raise Mistake("only events elsewhere, for members, are played here")
    if not event["entity_metadata"].get("location") or not ends > begins:
        raise Mistake("an event elsewhere has a location, and ends after it begins")
    return event


def _event(world: "Watched", call: Call) -> tuple[Guild, int]:
    guild, id_ = _guild(world, call), call.number("guild_scheduled_event_id")
    if id_ not in guild.events:
        raise Refusal(*UNKNOWN_EVENT)
    return guild, id_


def _guild(world: "Watched", call: Call) -> Guild:
    guild = world.guilds.get(call.number("guild_id"))
    if guild is None:
        raise Refusal(*UNKNOWN_GUILD)
    if not guild.bot:
        raise Refusal(*MISSING_ACCESS)
    if not guild.everyone & BITS["create_events"]:
        raise Refusal(*MISSING_PERMISSIONS)
    return guild
