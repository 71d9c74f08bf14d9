"""Buttons by their custom ids: a saved request behind a “b”, a question to be answered in a form behind a “q”."""

import discord
from discord import ui

PRESS, ASK = "b", "q"


def press_button(label: str, custom_id: str) -> "ui.Button[ui.LayoutView]":
    """A button that works after a restart: all it needs is in its id."""
    style = discord.ButtonStyle.primary if custom_id.startswith(ASK) else discord.ButtonStyle.secondary
    return ui.Button(label=label, custom_id=custom_id, style=style)


def ask_button(token: str) -> str:
    """The custom id of the button that opens the form for a question."""
    return f"{ASK}{token}"
