"""Buttons, selects and forms."""

import asyncio
from typing import Any

import discord
import pytest
from discord import ui

from tests.platforms.discord import (
    Button,
    DiscordServer,
    NotSeen,
    spec_or_none,
)
from tests.platforms.selftests.discord.talking import (
    Bot,
    library,
    says,
    talk,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_a_button_is_pressed_and_the_message_changes() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        await ada.slash("log", {"spent": "1h"}, general)
        sent = await server.hears(general, "noted")
        pressed = await bob.presses("Count 1", general)
        assert await server.hears(general, "counted") is sent
        assert (sent.text, sent.edited, pressed.answers) == ("counted **2**", 1, [sent])
        assert sent.buttons == [Button("Count 2", "count:2")]
        assert [event.kind for event in server.seen] == ["reply", "edit"]
        assert bot.met[1].message is not None
        assert bot.met[1].message.id == sent.id
        with pytest.raises(AssertionError, match="no button"):
            await bob.presses("Count 1", general)
        forged = await bob.presses_id("count:40", sent)
        await server.until(lambda: len(bot.met) == 3)
        assert bot.met[2].data == forged.data
        assert not forged.acked, "the library answers no button that the message does not have"

    talk(work)


def test_a_button_survives_a_restart_of_the_bot() -> None:
    async def run() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            ada = server.person("ada", interacted=True)
            async with library(server):
                await server.answered(await ada.slash("log", {"spent": "1h"}))
            await server.until(lambda: not server.online)
            async with library(server):
                await ada.presses("Count 1")
                await server.hears(ada, "counted 2")
            assert (len(server.gateway.identifies), server.problems) == (2, [])

    asyncio.run(run())


def test_buttons_that_cannot_be_pressed() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def show(interaction: discord.Interaction[Any]) -> None:
            """Show."""
            off: ui.Button[Any] = ui.Button(label="Off", custom_id="off", disabled=True)
            await interaction.response.send_message(
                view=says("x", off, ui.Button(label="Out", url="https://example.org"))
            )

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("show")
        sent = await server.hears(ada, "x")
        assert sent.buttons == [Button("Off", "off", disabled=True), Button("Out", "https://example.org")]
        assert sent.disabled == ["Off"]
        with pytest.raises(AssertionError, match="no button"):
            await ada.presses("Off")
        with pytest.raises(AssertionError, match="opens"):
            await ada.presses("Out")

    talk(work, setup)


def test_a_select_is_chosen_from() -> None:
    def setup(bot: Bot) -> None:
        class Pace(ui.Select[Any]):
            async def callback(self, interaction: discord.Interaction[Any]) -> None:
                await interaction.response.defer()
                await interaction.edit_original_response(view=says(f"pace {self.values[0]}"))

        @bot.tree.command()
        async def pace(interaction: discord.Interaction[Any]) -> None:
            """Pace."""
            options = [discord.SelectOption(label=speed.upper(), value=speed) for speed in ("slow", "fast")]
            await interaction.response.send_message(view=says("?", Pace(options=options)))

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("pace")
        sent = await server.hears(ada, "?")
        await ada.chooses("FAST")
        assert await server.hears(ada, "pace fast") is sent
        assert sent.edited == 1

    talk(work, setup)


def test_a_form_opens_is_filled_in_and_answered_to_one_alone() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        await server.answered(await ada.slash("ask", channel=general))
        opened = ada.modal
        assert opened is not None
        assert (opened.title, opened.labels) == ("What did you learn?", ["Learned", "Mood"])
        for bad in ("", "x" * 21, {"Nothing": "x"}):
            with pytest.raises(AssertionError):
                await ada.submits(bad)
        await ada.submits({"Learned": "limits", "mood": "good"})
        sent = await server.hears(ada, "limits / good")
        assert not ada.modal
        assert (sent.ephemeral_to, general.messages) == (ada, [])
        assert (ada.sees(general), bob.sees(general)) == ([sent], [])
        with pytest.raises(NotSeen):
            await server.hears(general, "limits", timeout=0)
        with pytest.raises(AssertionError, match="no form"):
            await ada.submits("again")

    talk(work)


def test_a_form_that_a_button_opened_can_change_its_message() -> None:
    class Rename(ui.Modal, title="Rename"):
        name: ui.TextInput[Any] = ui.TextInput(label="Name")

        async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.edit_message(view=says(f"named {self.name.value}"))

    class Open(ui.Button[Any]):
        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_modal(Rename())

    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def show(interaction: discord.Interaction[Any]) -> None:
            """Show."""
            await interaction.response.send_message(view=says("nameless", Open(label="Rename")), ephemeral=True)

    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general")
        ada, bob = (server.guilds[general.guild.id].member(server.person(name)) for name in ("ada", "bob"))  # type: ignore[union-attr]
        asked = await server.answered(await ada.slash("show", channel=general))
        with pytest.raises(AssertionError, match="does not see"):
            await bob.presses("Rename", message=asked.original)
        await server.answered(await ada.presses("Rename", general))
        await ada.submits("Zoe")
        assert await server.hears(ada, "named Zoe") is asked.original
        assert [event.kind for event in server.seen] == ["reply", "modal", "edit"]
        await server.answered(await ada.slash("ask", channel=general))
        ada.dismisses()
        assert ada.modal is None

    talk(work, setup)
