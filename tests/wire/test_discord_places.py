"""A group is promised a message only where the bot can write, and when it no longer can it is said (40, 41)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.sending import Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import Channel, Guild, Person
from tests.storage.stored_rows import committed
from tests.wire.discord_town import HELLO, NOW, Story, Town, tell

__all__ = ["tell"]

NO = "I cannot write here by myself"
SEND = "POST /channels/{channel_id}/messages"


def place(where: Channel) -> Place:
    """A channel as the bot knows it."""
    return Place("discord", str(where.id), where.name)


async def learner(here: Town, bot: bool = True) -> tuple[Person, Guild]:
    """Ada, a learner, who owns a server."""
    ada = here.server.person("ada")
    guild = here.server.guild("cafe", owner=ada, bot=bot)
    await here.enrol(ada)
    await here.server.until(lambda: here.bot.ready)
    return ada, guild


def tries(here: Town, where: Channel) -> int:
    """How often the bot tried to write there."""
    return sum(call.ids["channel_id"] == str(where.id) for call in here.server.called(SEND))


async def tick(here: Town, database: SqlDatabase, roadmaps: dict[str, Roadmap], after: timedelta) -> None:
    """Whatever is due so long after the beginning is delivered."""
    await wire(database, {"discord": here.bot}, roadmaps=roadmaps, clock=lambda: NOW + after).worker.tick()


@pytest.mark.parametrize("denied", ["send_messages", "view_channel", "send_messages_in_threads", "bot"])
def test_nothing_is_promised_where_the_bot_itself_cannot_write(tell: Story, sqlite: SqlDatabase, denied: str) -> None:
    async def story(here: Town) -> None:
        ada, guild = await learner(here, bot=denied != "bot")
        where = guild.channel("general")
        if denied == "send_messages_in_threads":
            where = guild.thread("talk", where)
        if denied != "bot":
            where.allows(**{denied: False})
        await ada.slash("group create", {}, where)
        await here.server.until(lambda: any(NO in sent.text for sent in ada.sees(where)))
        assert any("Invite me to the server" in sent.text for sent in ada.sees(where))
        assert committed(sqlite, "place") == []
        assert committed(sqlite, "study_group") == []

    tell(story)


@pytest.mark.parametrize("allowed", ["channel", "thread"])
def test_a_group_is_created_where_it_can_write_whatever_it_may_not_elsewhere(
    tell: Story, sqlite: SqlDatabase, allowed: str
) -> None:
    async def story(here: Town) -> None:
        ada, guild = await learner(here)
        where = guild.channel("general", send_messages_in_threads=allowed == "thread")
        if allowed == "thread":
            where = guild.thread("talk", where)
            where.allows(send_messages=False)
        await ada.slash("group create", {}, where)
        await here.server.hears(where, "has a study group")
        assert await here.bot.send(place(where), HELLO, "delivery:1")

    tell(story)


def test_a_code_adds_no_place_in_which_the_bot_cannot_write_and_stays_good(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada, guild = await learner(here)
        await ada.slash("group create", {}, guild.channel("general"))
        await here.server.hears(guild.channel("general"), "has a study group")
        await ada.slash("group invite", {}, guild.channel("general"))
        await here.server.hears(ada, "/group join")
        words = " ".join(sent.plain for sent in ada.sees(guild.channel("general"))).split()
        code = next(word.strip("`") for word in words if len(word.strip("`")) == 9 and word.strip("`")[4] == "-")
        closed = guild.channel("closed", send_messages=False)
        await ada.slash("group join", {"name": code}, closed)
        await here.server.until(lambda: any(NO in sent.text for sent in ada.sees(closed)))
        closed.allows(send_messages=True)
        await ada.slash("group join", {"name": code}, closed)
        await here.server.until(lambda: len(committed(sqlite, "place")) == 2)

    tell(story)


def test_a_thread_that_archived_itself_is_opened_and_written_to(tell: Story) -> None:
    async def story(here: Town) -> None:
        _, guild = await learner(here)
        thread = guild.thread("talk", guild.channel("general"))
        message = await here.bot.send(place(thread), HELLO, "delivery:1")
        thread.archives()
        assert await here.bot.send(place(thread), HELLO, "delivery:2")
        thread.archives()
        assert message
        assert await here.bot.edit(place(thread), message, HELLO)
        assert (thread.archived, len(thread.messages)) == (False, 2)

    tell(story)


def test_a_locked_thread_is_a_refusal_that_stays(tell: Story) -> None:
    async def story(here: Town) -> None:
        _, guild = await learner(here)
        thread = guild.thread("talk", guild.channel("general"))
        thread.archives(locked=True)
        with pytest.raises(Unreachable) as refused:
            await here.bot.send(place(thread), HELLO, "delivery:1")
        assert refused.value.why == "closed"

    tell(story)


CODES: list[tuple[int, int, str]] = [
    (403, 50001, "access"),
    (403, 50013, "rights"),
    (404, 10003, "missing"),
    (403, 50007, "rights"),
    (403, 50278, "access"),
    (400, 20026, "unknown"),
    (403, 20026, "unknown"),
    (400, 160005, "closed"),
    (403, 50009, "rights"),
    (403, 4242, "unknown"),
]


@pytest.mark.parametrize(("status", "code", "why"), CODES)
def test_each_refusal_that_stays_is_told_as_one_and_tried_once(tell: Story, status: int, code: int, why: str) -> None:
    async def story(here: Town) -> None:
        ada, guild = await learner(here)
        general = guild.channel("general")
        trouble = here.server.fault(
            "refused", SEND.replace("{channel_id}", r"\d+"), times=None, status=status, code=code
        )
        for to in (place(general), Account("discord", str(ada.id), "ada")):
            with pytest.raises(Unreachable) as refused:
                await here.bot.send(to, HELLO, "delivery:1")
            assert refused.value.why == why
        assert len(trouble.met) == 2

    tell(story)


def test_what_waits_for_rights_comes_as_soon_as_they_are_given(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story(here: Town) -> None:
        ada, guild = await learner(here)
        general = guild.channel("general")
        await ada.slash("group create", {}, general)
        await here.server.hears(general, "has a study group")
        general.allows(send_messages=False)
        for hours in range(2, 20, 3):
            await tick(here, sqlite, roadmaps, timedelta(hours=hours))
        assert tries(here, general) == 1
        (told,) = [sent.text for sent in ada.dm.messages if "I cannot write in general any more" in sent.text]
        assert "Send Messages in Threads" in told

        def held() -> bool:
            return committed(sqlite, "place")[0]["retry_at"] is not None

        assert held()
        await ada.slash("group show", {}, general)  # a command alone gives no rights
        await here.server.until(lambda: ada.interactions[-1].answered)
        assert held()
        here.bot._clock = lambda: NOW + timedelta(hours=20)
        general.allows(send_messages=True)
        await here.server.until(lambda: not held())
        await tick(here, sqlite, roadmaps, timedelta(hours=21))
        await here.server.until(lambda: any("Week 1" in sent.text for sent in general.messages))
        assert committed(sqlite, "place")[0]["unwritable_since"] is None

    tell(story)


@pytest.mark.parametrize("event", ["joined again", "role", "thread opened"])
def test_what_changes_in_a_server_lets_the_bot_try_again(tell: Story, sqlite: SqlDatabase, event: str) -> None:
    async def story(here: Town) -> None:
        ada, guild = await learner(here)
        where = guild.channel("general")
        if event == "thread opened":
            where = guild.thread("talk", where)
        await ada.slash("group create", {}, where)
        await here.server.hears(where, "has a study group")
        refuses: Any = lambda uow: uow.places.mark_refused(place(where), "rights", NOW)  # noqa: E731
        await here.application.database.run(refuses)
        if event == "joined again":
            guild.removes_bot()
            await here.server.until(lambda: committed(sqlite, "place")[0]["gone_at"])
            guild.adds_bot()
        elif event == "role":
            role = {"id": str(guild.id), "name": "@everyone", "permissions": "0", "position": 0, "color": 0}
            role |= {"colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False}
            role |= {"managed": False, "mentionable": False, "icon": None, "unicode_emoji": None, "flags": 0}
            guild.tell("GUILD_ROLE_UPDATE", {"guild_id": str(guild.id), "role": role})
        else:
            where.archives()
            where.opens()
        await here.server.until(lambda: committed(sqlite, "place")[0]["retry_at"] is None)
        assert committed(sqlite, "place")[0]["gone_at"] is None

    tell(story)
