"""Messages that the bot sends by itself."""

import io

import discord
import pytest
from discord import ui

from tests.platforms.discord import (
    DiscordServer,
)
from tests.platforms.selftests.discord.talking import (
    APPLICATION,
    Bot,
    Clock,
    alone,
    raw,
    says,
    talk,
    v2,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_a_private_message_arrives_once_by_its_nonce() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        user = await bot.fetch_user(ada.id)
        channel = await user.create_dm()
        assert channel.id == ada.dm.id
        first = await channel.send(view=says("remember"), nonce="delivery-1")
        again = await channel.send(view=says("remember"), nonce="delivery-1")
        other = await channel.send(view=says("remember"), nonce="delivery-2")
        assert (first.id, len(ada.messages)) == (again.id, 2)
        assert other.id == ada.messages[1].id
        assert ada.messages[0].nonce == "delivery-1"
        assert server.uninvited == []
        assert await server.hears(ada, "remember") is ada.messages[0]

    talk(work)


def test_a_nonce_is_forgotten_after_some_minutes() -> None:
    clock = Clock()

    async def work(server: DiscordServer) -> None:
        ada = server.person("ada", interacted=True)
        for wait in (0, 10, 300):
            clock.now += wait
            body = v2("x", nonce="n", enforce_nonce=True)
            assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=body))[0] == 200
        assert len(ada.messages) == 2
        assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=v2("x", nonce="n")))[0] == 200
        assert len(ada.messages) == 3, "only enforce_nonce looks for it"

    alone(work, clock=clock)


def test_who_never_used_the_bot_is_uninvited_and_out_of_reach() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        server.guild("cafe", members=[bob])
        for person in (ada, bob):
            await bot.http.start_private_message(person.id)
        assert server.uninvited == [ada, bob]
        with pytest.raises(discord.Forbidden) as forbidden:
            await bot.get_partial_messageable(ada.dm.id).send(view=says("hello"))
        assert forbidden.value.code == 50007
        await bot.get_partial_messageable(bob.dm.id).send(view=says("hello"))
        assert bob.last is not None

    talk(work)


def test_closed_private_messages_are_refused_answers_are_not() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        ada.closes_dms()
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert (refused.value.code, ada.messages) == (50007, [])
        await server.answered(await ada.slash("log", {"spent": "1h"}))
        ada.opens_dms()
        await bot.get_partial_messageable(ada.dm.id).send(view=says("welcome back"))
        await server.hears(ada, "welcome back")

    talk(work)


def test_messages_in_channels_come_change_and_go() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general")
        place = bot.get_partial_messageable(general.id)
        message = await place.send(view=says("one"))
        sent = await server.hears(general, "one")
        await message.edit(view=says("two"), allowed_mentions=discord.AllowedMentions.none())
        assert (sent.text, sent.edited, sent.alive) == ("two", 1, True)
        assert (await place.fetch_message(sent.id)).id == sent.id
        await message.delete()
        assert (sent.alive, general.visible, general.messages) == (False, [], [sent])
        assert [(event.kind, event.text) for event in server.seen] == [
            ("reply", "one"),
            ("edit", "two"),
            ("delete", "two"),
        ]
        for gone in (message.edit(content="x"), message.delete(), place.fetch_message(1)):
            with pytest.raises(discord.NotFound) as unknown:
                await gone
            assert unknown.value.code == 10008

    talk(work)


def test_messages_are_pinned_and_typing_is_shown() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general", pin_messages=True)
        place = bot.get_partial_messageable(general.id)
        await place.typing()
        message = await place.send(view=says("the board"))
        await message.pin()
        pinned = [message.pinned for message in general.messages]
        assert (await place.fetch_message(message.id)).pinned
        await message.unpin()
        assert (pinned, [message.pinned for message in general.messages]) == ([True], [False])
        general.allows(pin_messages=False, send_messages=False)
        for refused in (message.pin(), bot.http.send_typing(general.id)):
            with pytest.raises(discord.Forbidden):
                await refused

    talk(work)


def test_where_the_bot_may_not_write() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        quiet, hidden = cafe.channel("quiet", send_messages=False), cafe.channel("hidden", view_channel=False)
        gone = cafe.channel("gone")
        gone.deletes()
        foreign = server.guild("elsewhere", bot=False).channel("general")
        for place, status, code in (
            (quiet, 403, 50013),
            (hidden, 403, 50001),
            (gone, 404, 10003),
            (foreign, 403, 50001),
        ):
            with pytest.raises(discord.HTTPException) as refused:
                await bot.get_partial_messageable(place.id).send(view=says("x"))
            assert (refused.value.status, refused.value.code) == (status, code)
        ada = cafe.member(server.person("ada"))
        await server.answered(await ada.slash("log", {"spent": "1h"}, quiet))
        assert not bot.met[0].app_permissions.send_messages
        quiet.allows(send_messages=True)
        await bot.get_partial_messageable(quiet.id).send(view=says("x"))

    talk(work)


def test_files_are_shown_and_can_be_fetched() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        view = says("your data")
        view.add_item(ui.File("attachment://data.json"))
        message = await bot.get_partial_messageable(ada.dm.id).send(
            view=view, file=discord.File(io.BytesIO(b"{}"), "data.json")
        )
        sent = await server.hears(ada, "your data")
        assert [(file.name, file.content) for file in sent.files] == [("data.json", b"{}")]
        assert await message.attachments[0].read() == b"{}"
        await message.edit(view=says("gone"), attachments=[], allowed_mentions=discord.AllowedMentions.none())
        assert sent.files == []

    talk(work)


def test_a_plain_message_answers_another() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general")
        first = await bot.get_partial_messageable(general.id).send("a *plain* one")
        await first.reply("an answer", mention_author=False)
        assert [(message.text, message.reply_to) for message in general.messages] == [
            ("a *plain* one", None),
            ("an answer", first.id),
        ]
        assert general.messages[0].plain == "a plain one"
        await first.delete()
        with pytest.raises(discord.HTTPException):
            await first.reply("too late")

    talk(work)


def test_servers_and_people_can_be_fetched() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, eve = server.person("ada", global_name="Ada L."), server.person("eve")
        cafe = server.guild("cafe", owner=ada)
        general = cafe.channel("general")
        guild = await bot.fetch_guild(cafe.id)
        assert (guild.name, guild.owner_id, guild.approximate_member_count) == ("cafe", ada.id, 2)
        assert [channel.id for channel in await guild.fetch_channels()] == [general.id]
        assert (await guild.fetch_member(ada.id)).global_name == "Ada L."
        assert (await guild.fetch_member(APPLICATION)).bot
        assert (await bot.fetch_channel(general.id)).id == general.id
        assert (await bot.fetch_user(APPLICATION)).bot
        for unknown in (guild.fetch_member(eve.id), bot.fetch_user(5), bot.fetch_channel(5), bot.fetch_guild(5)):
            with pytest.raises(discord.NotFound):
                await unknown
        await (await bot.application_info()).edit(description="A buddy")
        assert (await bot.application_info()).description == "A buddy"

    talk(work)


def test_the_bot_is_told_what_becomes_of_its_servers() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        await server.until(bot.is_ready)
        cafe = server.guild("cafe", bot=False)
        general = cafe.channel("general")
        cafe.adds_bot()
        cafe.channel("new").deletes()
        cafe.fails()
        cafe.returns()
        cafe.removes_bot()
        await server.until(lambda: len(bot.told) == 5)
        assert bot.told == ["joined cafe", "deleted new", "unavailable cafe", "available cafe", "removed cafe"]
        assert general.alive
        with pytest.raises(discord.Forbidden):
            await bot.fetch_guild(cafe.id)

    talk(work)
