"""The library's tree of slash commands, with completions that are answered in time or dropped quietly."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.intake import BROKEN
from bot.adapters.discord.menu import Run, offered

log = logging.getLogger(__name__)

IN_TIME = 2.0
"""Seconds after which nothing is offered; Discord waits for three."""
Complete = Callable[[discord.Interaction, str, str, str], Awaitable[list[tuple[str, str]]]]
"""Given an interaction, a command, an option and what is typed: (label, wire word) pairs."""
_SUB_COMMAND = 1


class Tree(app_commands.CommandTree[Any]):
    """Slash commands for servers, private chats and groups, installed by a server or by a person."""

    def __init__(self, client: discord.Client, complete: Complete, run: Run) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._complete = complete
        self._run = run

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Completions end here; the library would log each that comes too late with a stack trace. So does what is
        chosen in a menu registered before its command had sub-commands, which the library knows no longer."""
        data: dict[str, Any] = dict(interaction.data or {})
        options = data.get("options", [])
        subs = [option["name"] for option in options if option.get("type") == _SUB_COMMAND]
        if interaction.type is not discord.InteractionType.autocomplete:
            if subs or not isinstance(self.get_command(data.get("name", "")), app_commands.Group):
                return True
            await self._run(interaction, data["name"], {o["name"]: str(o["value"]) for o in options}, None)
            return False
        focused = next(_focused(options), {})
        completions: list[tuple[str, str]] = []
        try:
            option, typed = str(focused.get("name", "")).rstrip("_"), str(focused.get("value", ""))
            command = ".".join([data["name"], *subs])
            completions = await asyncio.wait_for(self._complete(interaction, command, option, typed), IN_TIME)
        except TimeoutError:
            pass
        except Exception:
            log.exception("completions could not be found", extra={"command": data.get("name")})
        try:
            await interaction.response.autocomplete(offered(completions))
        except BROKEN as error:
            log.info("completions came too late", extra={"platform": PLATFORM, "why": type(error).__name__})
        return False


def _focused(options: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The option that is being typed in, however deep it is nested in sub-commands."""
    for option in options:
        if option.get("focused"):
            yield option
        yield from _focused(option.get("options", []))
