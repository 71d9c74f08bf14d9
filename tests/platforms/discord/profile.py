"""The bot's own account, its application, its commands and where its gateway is."""

from typing import TYPE_CHECKING, Any

from . import menus, wires
from .calls import Call, Json
from .refusals import UNKNOWN_APPLICATION, UNKNOWN_COMMAND, UNKNOWN_GUILD, Mistake, Refusal

if TYPE_CHECKING:
    from .watching import Watched

TRANSLATED = ("name", "description")


def get_me(world: "Watched", call: Call) -> Any:
    """GET /users/@me."""
    return wires.me(world) | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


def get_application(world: "Watched", call: Call) -> Any:
    """GET /applications/@me and /oauth2/applications/@me."""
    return wires.application(world)


def edit_application(world: "Watched", call: Call) -> Any:
    """PATCH /applications/@me."""
    if len(str(call.fields.get("description") or "")) > 400:
        raise Mistake("an application's description has at most 400 characters")
    world.profile |= call.fields
    return wires.application(world)


def get_gateway(world: "Watched", call: Call) -> Any:
    """GET /gateway."""
    return {"url": world.gateway_url}


def get_gateway_bot(world: "Watched", call: Call) -> Any:
    """GET /gateway/bot."""
    left = 1000 - len(world.gateway.identifies)
    limit = {"total": 1000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": world.gateway_url, "shards": world.shards, "session_start_limit": limit}


def get_commands(world: "Watched", call: Call) -> Any:
    """GET the commands; translations come only with `with_localizations`."""
    commands = _menu(world, call).values()
    if call.flag("with_localizations"):
        return list(commands)
    return [
        {name: value for name, value in command.items() if not name.endswith("_localizations")} for command in commands
    ]


def put_commands(world: "Watched", call: Call) -> Any:
    """PUT the commands: these and no others; one that keeps its name keeps its id."""
    if mistakes := menus.mistakes(call.body):
        raise Mistake("; ".join(mistakes))
    menu = _menu(world, call)
    known = {(command["type"], command["name"]): command["id"] for command in menu.values()}
    commands = [
        _made(world, call, declared, known.get((declared.get("type") or 1, declared["name"]))) for declared in call.body
    ]
    menu.clear()
    menu |= {registered["id"]: registered for registered in commands}
    return commands


def post_command(world: "Watched", call: Call) -> Any:
    """POST one command; it replaces the one of its name."""
    if mistakes := menus.command(call.fields):
        raise Mistake("; ".join(mistakes))
    menu = _menu(world, call)
    kind = call.fields.get("type") or 1
    same = [
        command["id"] for command in menu.values() if (command["type"], command["name"]) == (kind, call.fields["name"])
    ]
    registered = _made(world, call, call.fields, same[0] if same else None)
    menu[registered["id"]] = registered
    return registered


def get_command(world: "Watched", call: Call) -> Any:
    """GET one command."""
    return _command(world, call)


def edit_command(world: "Watched", call: Call) -> Any:
    """PATCH one command."""
    before = _command(world, call)
    after = before | call.fields
    if mistakes := menus.command(after):
        raise Mistake("; ".join(mistakes))
    _menu(world, call)[before["id"]] = command = _made(world, call, after, before["id"])
    return command


def delete_command(world: "Watched", call: Call) -> None:
    """DELETE one command."""
    del _menu(world, call)[_command(world, call)["id"]]


def _menu(world: "Watched", call: Call) -> dict[str, Json]:
    if call.number("application_id") != world.application_id:
        raise Refusal(*UNKNOWN_APPLICATION)
    if "guild_id" not in call.ids:
        return world.commands
    if call.number("guild_id") not in world.guilds:
        raise Refusal(*UNKNOWN_GUILD)
    return world.guild_commands.setdefault(call.number("guild_id"), {})


def _command(world: "Watched", call: Call) -> Json:
    registered = _menu(world, call).get(call.ids["command_id"])
    if registered is None:
        raise Refusal(*UNKNOWN_COMMAND)
    return registered


def _made(world: "Watched", call: Call, fields: Json, known: str | None) -> Json:
    """A command as Discord keeps it."""
    shape: Json = {"type": 1, "description": "", "name_localizations": None, "description_localizations": None}
    shape |= {"options": [], "nsfw": False, "contexts": None, "integration_types": [0], "dm_permission": True}
    shape |= {name: value for name, value in fields.items() if value is not None}
    needed = fields.get("default_member_permissions")
    shape |= {"id": known or str(world.new_id()), "application_id": str(world.application_id)}
    shape |= {"version": str(world.new_id()), "default_member_permissions": None if needed is None else str(needed)}
    if "guild_id" in call.ids:
        shape["guild_id"] = call.ids["guild_id"]
    return shape
