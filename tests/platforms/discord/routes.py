"""What can be asked of this server, and who does it."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import answers, calendar, channels, profile
from .calls import Call

if TYPE_CHECKING:
    from .watching import Watched

Handler = Callable[["Watched", Call], Any]

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
MESSAGE = "/channels/{channel_id}/messages/{message_id}"
PIN = "/channels/{channel_id}/messages/pins/{message_id}"
MENU = "/applications/{application_id}/commands"
EVENTS = "/guilds/{guild_id}/scheduled-events"
EVENT = EVENTS + "/{guild_scheduled_event_id}"
GUILD_MENU = "/applications/{application_id}/guilds/{guild_id}/commands"

ROUTES: list[tuple[str, str, Handler]] = [
    ("GET", "/users/@me", profile.get_me),
    ("GET", "/oauth2/applications/@me", profile.get_application),
    ("GET", "/applications/@me", profile.get_application),
    ("PATCH", "/applications/@me", profile.edit_application),
    ("GET", "/gateway", profile.get_gateway),
    ("GET", "/gateway/bot", profile.get_gateway_bot),
    *(
        (method, menu + path, handler)
        for menu in (MENU, GUILD_MENU)
        for method, path, handler in (
            ("GET", "", profile.get_commands),
            ("PUT", "", profile.put_commands),
            ("POST", "", profile.post_command),
            ("GET", "/{command_id}", profile.get_command),
            ("PATCH", "/{command_id}", profile.edit_command),
            ("DELETE", "/{command_id}", profile.delete_command),
        )
    ),
    ("POST", CALLBACK, answers.callback),
    ("POST", WEBHOOK, answers.follow_up),
    *(
        (method, f"{WEBHOOK}/messages/{which}", handler)
        for which in ("@original", "{message_id}")
        for method, handler in (
            ("GET", answers.get_answer),
            ("PATCH", answers.edit_answer),
            ("DELETE", answers.delete_answer),
        )
    ),
    ("POST", "/users/@me/channels", channels.open_dm),
    ("GET", "/channels/{channel_id}", channels.get_channel),
    ("PATCH", "/channels/{channel_id}", channels.edit_channel),
    ("POST", "/channels/{channel_id}/messages", channels.send),
    ("GET", MESSAGE, channels.get_message),
    ("PATCH", MESSAGE, channels.edit_message),
    ("DELETE", MESSAGE, channels.delete_message),
    ("PUT", PIN, channels.pin),
    ("DELETE", PIN, channels.unpin),
    ("POST", "/channels/{channel_id}/typing", channels.begin_typing),
    ("GET", "/users/@me/guilds", channels.get_guilds),
    ("GET", "/guilds/{guild_id}", channels.get_guild),
    ("GET", "/guilds/{guild_id}/channels", channels.get_channels),
    ("GET", "/guilds/{guild_id}/members/{user_id}", channels.get_member),
    ("GET", "/users/{user_id}", channels.get_user),
    ("POST", EVENTS, calendar.create),
    ("PATCH", EVENT, calendar.edit),
    ("DELETE", EVENT, calendar.delete),
]
WITHOUT_TOKEN = (CALLBACK, WEBHOOK)
"""What carries its authority in its address."""

PATTERNS = [
    (method, path, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))), handler)
    for method, path, handler in ROUTES
]


def find(call: Call) -> Handler | None:
    """Who does what a call asks; its route and ids are filled in. None where nobody here does."""
    for method, path, pattern, handler in PATTERNS:
        if method == call.method and (match := pattern.fullmatch(call.path)):
            call.route, call.ids = path, match.groupdict()
            return handler
    return None
