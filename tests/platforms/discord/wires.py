"""People, servers, channels and messages as Discord writes them in JSON."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from . import components
from .calls import Json
from .permissions import EVERYTHING, USUAL

if TYPE_CHECKING:
    from .people import Person
    from .places import Channel, Guild
    from .sent import Attachment, Sent
    from .world import World

LARGEST_UPLOAD = 10 * 1024 * 1024
UNSET = """
icon description home_header splash discovery_splash banner application_id afk_channel_id system_channel_id
widget_channel_id vanity_url_code rules_channel_id safety_alerts_channel_id public_updates_channel_id incidents_data
"""
ZERO = """
system_channel_flags verification_level default_message_notifications mfa_level explicit_content_filter premium_tier
premium_subscription_count nsfw_level
"""
EMPTY = "voice_states presences threads stage_instances guild_scheduled_events soundboard_sounds"
"""The fields of a server that say nothing here: None, 0 and lists without anything."""

TEXT, DM, GROUP, THREAD = 0, 1, 3, 11
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5


def moment(at: float) -> str:
    """A point in time."""
    return datetime.fromtimestamp(at, UTC).isoformat()


def _user(number: int, name: str, shown: str | None, bot: bool) -> Json:
    shape: Json = {"id": str(number), "username": name, "discriminator": "0", "global_name": shown, "avatar": None}
    shape |= {"avatar_decoration_data": None, "collectibles": None, "primary_guild": None, "public_flags": 0}
    shape |= {"flags": 0, "banner": None, "accent_color": None, "bot": bot, "system": False}
    return shape


def user(person: "Person") -> Json:
    """A person."""
    return _user(person.id, person.username, person.global_name, False)


def me(world: "World") -> Json:
    """The bot's own user."""
    return _user(world.application_id, world.username, None, True)


def member(person: "Person", guild: "Guild", channel: "Channel | None" = None) -> Json:
    """A member of a server; with what they may do in the channel, as interactions have it."""
    shape = _member(user(person), guild)
    return shape if channel is None else shape | {"permissions": str(guild.permissions(person))}


def own_member(guild: "Guild") -> Json:
    """The bot as a member of a server."""
    return _member(me(guild.world), guild)


def _member(who: Json, guild: "Guild") -> Json:
    shape: Json = {"user": who, "nick": None, "avatar": None, "banner": None, "roles": [], "flags": 0, "mute": False}
    shape |= {"joined_at": moment(guild.created), "premium_since": None, "deaf": False, "pending": False}
    return shape | {"communication_disabled_until": None}


def channel(place: "Channel") -> Json:
    """A channel as it is fetched: a server's, or a private one with whom it is."""
    shape: Json = {"id": str(place.id), "type": place.kind, "flags": 0}
    shape["last_message_id"] = str(max(place.history)) if place.history else None
    if place.people:
        shape |= {"name": place.name, "icon": None, "owner_id": str(place.people[0].id)}
        return shape | {"recipients": [user(person) for person in place.people]}
    if place.guild is None:
        return shape | {"recipients": [user(place.person)] if place.person else []}
    if place.parent is not None:
        about: Json = {"archived": place.archived, "locked": place.locked, "auto_archive_duration": 10_080}
        about |= {"archive_timestamp": moment(place.guild.created), "create_timestamp": moment(place.guild.created)}
        shape |= {"guild_id": str(place.guild.id), "name": place.name, "parent_id": str(place.parent.id)}
        shape |= {"owner_id": str(place.guild.owner.id), "thread_metadata": about, "rate_limit_per_user": 0}
        return shape | {"message_count": 0, "member_count": 1, "total_message_sent": 0, "bitrate": 64_000}
    shape |= {"guild_id": str(place.guild.id), "name": place.name, "position": place.guild.channels.index(place)}
    return shape | {
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
    }


def guild(place: "Guild") -> Json:
    """A server as it is fetched."""
    nothing: dict[str, Any] = dict.fromkeys(UNSET.split())
    zero = dict.fromkeys(ZERO.split(), 0)
    shape = nothing | zero | {"id": str(place.id), "name": place.name, "owner_id": str(place.owner.id)}
    shape |= {"region": "rotterdam", "afk_timeout": 300, "widget_enabled": False, "max_presences": None}
    shape |= {"max_members": 500_000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25}
    shape |= {"premium_progress_bar_enabled": False, "nsfw": False, "preferred_locale": place.locale}
    return shape | {"features": [], "emojis": [], "stickers": [], "roles": [everyone(place)]}


def own_guild(place: "Guild") -> Json:
    """A server as the bot lists those it is in."""
    shape: Json = {"id": str(place.id), "name": place.name, "icon": None, "banner": None, "owner": False}
    return shape | {"permissions": str(place.invited_with), "features": []}


def guild_create(place: "Guild", joined: bool = False) -> Json:
    """A server as the gateway brings it; its only member there is the bot, as without the members' intent.

    One that was known and is available (again) says so; one that the bot has `joined` says nothing of it.
    """
    empty: dict[str, Any] = {name: [] for name in EMPTY.split()}
    channels = [
        {name: value for name, value in channel(inside).items() if name != "guild_id"} for inside in place.channels
    ]
    shape = guild(place) | empty | {"channels": channels, "members": [own_member(place)]}
    shape |= {} if joined else {"unavailable": False}
    return shape | {"joined_at": moment(place.created), "large": False, "member_count": len(place.members) + 1}


def everyone(place: "Guild") -> Json:
    """The role that everybody in a server has."""
    shape: Json = {
        "id": str(place.id),
        "name": "@everyone",
        "permissions": str(place.everyone),
        "position": 0,
        "color": 0,
    }
    shape |= {"colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False}
    return shape | {"managed": False, "mentionable": False, "icon": None, "unicode_emoji": None, "flags": 0}


def application(world: "World") -> Json:
    """The bot's application, to itself."""
    nothing = dict.fromkeys(["icon", "interactions_endpoint_url", "role_connections_verification_url", "team", "type"])
    counts = {"approximate_guild_count": len(world.guilds), "approximate_user_install_count": 0}
    shape: Json = nothing | counts | {"id": str(world.application_id), "name": world.username, "bot": me(world)}
    shape |= {"approximate_user_authorization_count": 0, "verify_key": "0" * 64, "flags": 0, "flags_new": "0"}
    shape |= {"description": "", "redirect_uris": [], "explicit_content_filter": 0, "eligible_oauth2_scopes": []}
    shape |= {"owner": _user(world.application_id + 1, "developer", None, False), "bot_public": True, "tags": []}
    shape |= {"bot_require_code_grant": False, "integration_types_config": {"0": {}, "1": {}}, "summary": ""}
    return shape | world.profile


def attachment(sent_file: "Attachment", world: "World", ephemeral: bool = False) -> Json:
    """A file at a message, and where it can be fetched."""
    url = f"{world.url}/attachments/{sent_file.id}/{sent_file.file.name}"
    shape: Json = {
        "id": str(sent_file.id),
        "filename": sent_file.file.name,
        "size": len(sent_file.file.content),
        "url": url,
    }
    shape |= {"proxy_url": url, "content_type": sent_file.file.mime, "flags": 0}
    shape |= {"description": sent_file.description} if sent_file.description else {}
    return shape | ({"ephemeral": True} if ephemeral else {})


def message(sent: "Sent") -> Json:
    """A message of the bot."""
    world = sent.channel.world
    attached = [attachment(sent_file, world, sent.is_ephemeral) for sent_file in sent.attachments]
    shape: Json = {"id": str(sent.id), "channel_id": str(sent.channel.id), "author": me(world), "type": 0}
    shape |= {"content": sent.content, "embeds": sent.embeds, "attachments": attached, "flags": sent.flags}
    shape |= {
        "components": components.answered(sent.components, {described["filename"]: described for described in attached})
    }
    shape |= {"timestamp": moment(sent.at), "edited_timestamp": moment(sent.edited_at) if sent.edited_at else None}
    shape |= {"mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": sent.pinned, "tts": False}
    if sent.nonce is not None:
        shape["nonce"] = sent.nonce
    if sent.reply_to is not None:
        shape["message_reference"] = {"type": 0, "channel_id": str(sent.channel.id), "message_id": str(sent.reply_to)}
        shape["type"] = 19
    if (asked := sent.interaction) is not None:
        shape |= {"application_id": str(world.application_id), "webhook_id": str(world.application_id)}
        shape["interaction_metadata"] = asked.metadata()
        if asked.original is sent and asked.kind == COMMAND:
            shape["type"] = 20
    return shape


def written(
    number: int, person: "Person", place: "Channel", text: str, reply_to: "Sent | None" = None, *, rings: bool = True
) -> Json:
    """What a person wrote, as the gateway brings it: in a server without its text, which needs a privileged intent,
    unless it mentions the bot, as a reply to its message does that rings."""
    world, guild = place.world, place.guild
    content = text.replace(f"@{world.username}", f"<@{world.application_id}>")
    mentions = [me(world)] if content != text or (reply_to is not None and rings) else []
    shape: Json = {"id": str(number), "channel_id": str(place.id), "author": user(person), "type": 0, "flags": 0}
    if reply_to is not None:
        at = {"type": 0, "channel_id": str(place.id), "message_id": str(reply_to.id)}
        shape |= {"type": 19, "message_reference": at, "referenced_message": message(reply_to)}
    shape |= {"content": content if guild is None or mentions else "", "embeds": [], "attachments": []}
    shape |= {
        "components": [],
        "mentions": mentions,
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
    }
    shape |= {"timestamp": moment(world.wall()), "edited_timestamp": None, "channel_type": place.kind}
    if guild is None:
        return shape
    about = {name: value for name, value in member(person, guild).items() if name != "user"}
    return shape | {"guild_id": str(guild.id), "member": about}


def partial_channel(place: "Channel", person: "Person") -> Json:
    """The channel of an interaction, with what the person may do there."""
    shape = channel(place)
    if place.guild is None:
        return shape
    left_out = {"permission_overwrites"}
    shape = {name: value for name, value in shape.items() if name not in left_out}
    return shape | {"permissions": str(place.guild.permissions(person))}


def bot_permissions(place: "Channel") -> int:
    """What the bot may do in a channel, as interactions tell it; in a private chat everything there is."""
    return place.bot_permissions if place.guild is not None and place.guild.bot else EVERYTHING & USUAL
