"""Registers the commands in the background: whatever becomes of it, people are answered."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.limits import unasked
from bot.adapters.discord.refused import TOO_MANY_COMMANDS

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds for one attempt, so that one that is never answered ends."""
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 3600.0
"""Seconds before the next attempt where Discord names none; twice as long each time."""


_COMPARED = (
    "name",
    "description",
    "type",
    "options",
    "choices",
    "value",
    "required",
    "autocomplete",
    "name_localizations",
    "description_localizations",
    "min_length",
    "max_length",
    "contexts",
    "integration_types",
)
"""The fields in which a command may differ from the one that is registered; Discord adds others."""


async def keep_registered(
    tree: app_commands.CommandTree[Any],
    application: int,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Register the commands where they are not what is registered. Tried again later where that may help; given up,
    with a line, where it does not: the commands of before go on working. Never raises."""
    pause = FIRST_PAUSE
    while True:
        wait = pause
        try:
            with unasked():
                async with asyncio.timeout(PATIENCE):
                    changed = await sync(tree, application)
            log.info("commands registered" if changed else "commands are as registered", extra={"platform": PLATFORM})
            return
        except discord.RateLimited as asked:
            wait = asked.retry_after
        except discord.HTTPException as error:
            details = {"platform": PLATFORM, "status": error.status, "code": error.code}
            if error.code == TOO_MANY_COMMANDS or error.status in {400, 401, 403, 404}:
                log.warning("the commands were not registered; those of before go on working", extra=details)
                return
        except TimeoutError:
            pass
        except Exception as error:
            details = {"platform": PLATFORM, "why": f"{type(error).__name__}: {error}"}
            log.warning("the commands could not be registered", extra=details)
        log.info("registering the commands again later", extra={"platform": PLATFORM, "again_in": round(wait)})
        await sleep(wait)
        pause = min(pause * 2, LONGEST_PAUSE)


async def sync(tree: app_commands.CommandTree[Any], application: int) -> bool:
    """Register the commands where they are not what is registered; False where nothing had to be done."""
    http = tree.client.http
    translator = tree.translator
    commands = tree.get_commands()
    wanted = (
        [await command.get_translated_payload(tree, translator) for command in commands]
        if translator
        else [command.to_dict(tree) for command in commands]
    )
    registered = await http.request(
        discord.http.Route("GET", "/applications/{application_id}/commands", application_id=application),
        params={"with_localizations": 1},
    )
    if sorted(map(_core, wanted)) == sorted(map(_core, registered)):
        return False
    await tree.sync()
    return True


def _core(command: Any) -> str:
    """What makes a command the command it is, without what Discord adds."""

    def lean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: lean(value[key]) for key in _COMPARED if value.get(key) not in (None, {}, [], False)}
        return [lean(item) for item in value] if isinstance(value, list) else value

    return json.dumps(lean(dict(command)), sort_keys=True)
