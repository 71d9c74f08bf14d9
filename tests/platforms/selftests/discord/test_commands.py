"""People use commands: where they are offered, in which language, with which options."""

from typing import Any

import discord
import pytest
from discord import app_commands

from tests.platforms.discord import (
    TOKEN,
    Channel,
    Choice,
    DiscordServer,
    File,
)
from tests.platforms.selftests.discord.talking import APPLICATION, Bot, alone, gateway, raw, says, talk

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_a_command_in_a_server_tells_who_and_where() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", locale="de")
        cafe = server.guild("cafe", locale="fr")
        cafe.member(ada, manage_guild=True)
        general = cafe.channel("general")
        asked = await ada.slash("log", {"spent": "1h30"}, general)
        sent = await server.hears(general, "noted *1h30* -")
        assert (sent.plain, sent.labels) == ("noted 1h30 -", ["Count 1"])
        assert (asked.acked, asked.answers, general.messages, general.last) == (True, [sent], [sent], sent)
        (met,) = bot.met
        assert (met.id, met.token, met.user.id) == (asked.id, asked.token, ada.id)
        assert (met.locale, met.guild_locale) == (discord.Locale.german, discord.Locale.french)
        assert (met.guild_id, met.channel_id, met.context.guild) == (cafe.id, general.id, True)
        assert met.permissions.manage_guild
        assert met.app_permissions.send_messages
        assert isinstance(met.user, discord.Member)
        assert isinstance(met.channel, discord.TextChannel)
        assert met.is_guild_integration()
        assert not met.is_user_integration()

    talk(work)


def test_a_command_in_private_tells_no_server() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("log", {"spent": "1h", "topic": "calculus"})
        sent = await server.hears(ada, "calculus")
        (met,) = bot.met
        assert (met.guild_id, met.channel_id, met.context.dm_channel) == (None, ada.dm.id, True)
        assert isinstance(met.channel, discord.DMChannel)
        assert met.is_user_integration()
        assert (ada.messages, ada.sees(), ada.last) == ([sent], [sent], sent)

    talk(work)


def test_a_command_in_a_group_of_people_is_answered_though_the_bot_is_not_there() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        server.guild("cafe", members=[ada])
        friends = server.group("friends", ada, bob)
        await ada.slash("log", {"spent": "1h"}, friends)
        sent = await server.hears(friends, "1h")
        await bob.presses("Count 1", friends)
        await server.hears(friends, "counted 2")
        (met, _) = bot.met
        assert isinstance(met.channel, discord.GroupChannel)
        assert (met.guild_id, met.channel_id, met.context.private_channel) == (None, friends.id, True)
        assert met.is_user_integration()
        assert not met.is_guild_integration(), "that a server has the bot too is nothing to the group"
        assert ada.sees(friends) == bob.sees(friends) == [sent]
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(friends.id).send(view=says("x"))
        assert refused.value.code == 50001
        with pytest.raises(AssertionError, match="does not see friends"):
            await server.person("eve").slash("log", {"spent": "1h"}, friends)

    talk(work)


def test_a_command_is_not_offered_where_its_context_is_not() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        @app_commands.allowed_installs(guilds=True, users=False)
        async def ours(interaction: discord.Interaction[Any]) -> None:
            """Ours."""

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")

        def offered(where: Channel | None) -> set[str]:
            return {command["name"] for command in ada.menu(where)}

        friends = server.group("friends", ada)
        assert offered(None) == offered(friends) == {"ask", "later", "log"}
        cafe = server.guild("cafe", members=[ada])
        assert "ours" in offered(cafe.channel("general"))
        assert "ours" in offered(None), "in private too, once they share a server with the bot"
        assert "ours" not in offered(friends)

    talk(work, setup)


@pytest.mark.parametrize(("intents", "heard"), [(1, []), (1 | 1 << 9, [("cafe", "")]), (1 | 1 << 12, [("", "hello")])])
def test_what_people_write_reaches_only_who_asked_for_it(intents: int, heard: list[tuple[str, str]]) -> None:
    async def work(server: DiscordServer) -> None:
        ada = server.person("ada")
        cafe = server.guild("cafe", members=[ada])
        async with gateway(server) as ws:
            await ws.receive_json()
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": intents}})
            for _ in ("READY", "GUILD_CREATE"):
                await ws.receive_json()
            await ada.writes("hello")
            await ada.writes("hello", cafe.channel("general"))
            await ada.writes("hello", server.group("friends", ada))
            await ws.send_json({"op": 1, "d": None})
            events = []
            while (message := await ws.receive_json())["op"] != 11:
                events.append(message)
        names = {str(cafe.id): "cafe", None: ""}
        written = [event["d"] for event in events if event["t"] == "MESSAGE_CREATE"]
        assert [(names[message.get("guild_id")], message["content"]) for message in written] == heard
        assert (server.problems, ada.interacted) == ([], False)

    alone(work)


def test_options_have_the_types_they_were_registered_with() -> None:
    seen: list[Any] = []

    def setup(bot: Bot) -> None:
        group = app_commands.Group(name="week", description="The week")

        @group.command()
        @app_commands.choices(
            pace=[app_commands.Choice(name="Slow", value="s"), app_commands.Choice(name="Fast", value="f")]
        )
        async def plan(
            interaction: discord.Interaction[Any],
            hours: app_commands.Range[int, 1, 80],
            share: float,
            loud: bool,
            pace: str,
            who: discord.Member,
            where: discord.TextChannel,
            file: discord.Attachment,
        ) -> None:
            """Plan it."""
            seen.extend([hours, share, loud, pace, who.id, where.name, await file.read()])
            await interaction.response.send_message(view=says("planned"))

        bot.tree.add_command(group)

    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        given: dict[str, Any] = {"hours": 7, "share": 0.5, "loud": True, "pace": "Fast", "who": bob, "where": general}
        given["file"] = File("notes.txt", b"abc")
        await ada.slash("week plan", given, general)
        await server.hears(general, "planned")
        assert seen == [7, 0.5, True, "f", bob.id, "general", b"abc"]
        wrong = [("hours", 81), ("hours", "7"), ("loud", 1), ("pace", "x"), ("nothing", 1)]
        for name, value in wrong:
            with pytest.raises(AssertionError):
                await ada.slash("week plan", {**given, name: value}, general)
        with pytest.raises(AssertionError, match="needs"):
            await ada.slash("week plan", {"hours": 1}, general)
        for unknown in ("week", "week nothing", "nothing"):
            with pytest.raises(AssertionError):
                await ada.slash(unknown, {}, general)
        assert len(bot.met) == 1

    talk(work, setup)


def test_a_command_is_offered_where_and_to_whom_it_may_be_used() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        @app_commands.default_permissions(manage_guild=True)
        @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
        async def setup(interaction: discord.Interaction[Any]) -> None:
            """Set up."""
            await interaction.response.send_message(view=says("set up"))

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        cafe = server.guild("cafe", owner=ada, members=[bob])
        general = cafe.channel("general")
        await server.answered(await ada.slash("setup", channel=general))
        assert "setup" not in {command["name"] for command in bob.menu(general) + ada.menu()}
        for person, place in ((bob, general), (ada, None)):
            with pytest.raises(AssertionError, match="not offered"):
                await person.slash("setup", channel=place)
        cafe.member(bob, permissions=0, manage_guild=True)
        assert "setup" in {command["name"] for command in bob.menu(general)}
        with pytest.raises(AssertionError, match="is not in cafe"):
            await server.person("eve").slash("log", {"spent": "1h"}, general)

    talk(work, setup)


def test_a_person_may_use_the_words_of_their_own_language() -> None:
    class Words(app_commands.Translator):
        async def translate(self, string: Any, locale: discord.Locale, context: Any) -> str | None:
            return "eintragen" if locale is discord.Locale.german and string.message == "log" else None

    async def work(server: DiscordServer, bot: Bot) -> None:
        await bot.tree.set_translator(Words())
        await bot.tree.sync()
        german = server.person("ada", locale="de")
        await server.answered(await german.slash("eintragen", {"spent": "1h"}))
        with pytest.raises(AssertionError):
            await server.person("bob").slash("eintragen", {"spent": "1h"})
        bare = await raw(server, "GET", f"/applications/{APPLICATION}/commands")
        full = await raw(server, "GET", f"/applications/{APPLICATION}/commands?with_localizations=1")
        assert not any("name_localizations" in command for command in bare[1])
        assert any((command["name_localizations"] or {}).get("de") == "eintragen" for command in full[1])

    talk(work)


def test_choices_are_completed() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        assert await ada.completes("log", "topic", "calc", given={"spent": "2h"}) == [Choice("calculus 2h", "calc")]
        assert server.seen[-1].kind == "autocomplete"
        assert not ada.interacted, "typing alone invites nobody"
        with pytest.raises(AssertionError, match="not completed"):
            await ada.completes("log", "spent", "1")

    talk(work)


def test_commands_keep_their_ids_by_name() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        before = {command["name"]: command["id"] for command in server.commands.values()}
        bot.tree.remove_command("ask")
        await bot.tree.sync()
        after = {command["name"]: command["id"] for command in server.commands.values()}
        assert after == {name: id_ for name, id_ in before.items() if name != "ask"}
        fetched = await bot.tree.fetch_commands()
        assert {command.name for command in fetched} == set(after)
        await fetched[0].edit(description="New")
        await fetched[1].delete()
        assert [command["description"] for command in server.commands.values()] == ["New"]

    talk(work)
