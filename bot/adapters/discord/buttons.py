"""Buttons by their custom ids: a saved request behind a “b”, a question to be answered in a form behind a “q”."""

import re
from typing import Any, Protocol, Self, cast

import discord
from discord import ui

PRESS, ASK = "b", "q"


class Pressable(Protocol):
    """A client that knows what to do with a pressed button."""

    async def pressed(self, interaction: discord.Interaction) -> None:
        """A button of ours was pressed."""


class SavedButton(ui.DynamicItem[ui.Button[Any]], template=".+"):
    """Every button. Its custom id holds all it needs, so that it works in old messages and after a restart, and nothing
    is kept for it in memory. Buttons of other versions come here, too, and get an explanation."""

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction, item: ui.Item[Any], __: re.Match[str], /) -> Self:
        """The button that was pressed."""
        return cls(cast("ui.Button[Any]", item))

    async def callback(self, interaction: discord.Interaction) -> None:
        """It was pressed."""
        await cast("Pressable", interaction.client).pressed(interaction)


def press_button(label: str, custom_id: str) -> SavedButton:
    """A button with this label."""
    style = discord.ButtonStyle.primary if custom_id.startswith(ASK) else discord.ButtonStyle.secondary
    return SavedButton(ui.Button(label=label, custom_id=custom_id, style=style))


def ask_button(token: str) -> str:
    """The custom id of the button that opens the form for a question."""
    return f"{ASK}{token}"
