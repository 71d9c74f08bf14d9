"""A study session stands in the calendar of a Discord server, where the bot may put it there."""

from datetime import timedelta

import pytest

from bot.app import wire
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import Channel, Guild, Person
from tests.storage.stored_rows import committed
from tests.wire.discord_town import NOW, Story, Town, tell

__all__ = ["tell"]

EVENTS = "/guilds/{guild_id}/scheduled-events"
MINUTE = timedelta(minutes=1)


async def tick(here: Town, database: SqlDatabase, roadmaps: dict[str, Roadmap], after: timedelta = MINUTE) -> None:
    """Whatever is due so long after the beginning is delivered."""
    await wire(database, {"discord": here.bot}, roadmaps=roadmaps, clock=lambda: NOW + after).worker.tick()


async def group(here: Town, *, allowed: bool) -> tuple[Person, Guild, Channel]:
    """Ada's group in a channel of her server."""
    ada = here.server.person("ada")
    guild = here.server.guild("cafe", owner=ada)
    await here.enrol(ada)
    await here.server.until(lambda: here.bot.ready)
    if allowed:
        guild.allows(create_events=True)
    where = guild.channel("general")
    await ada.slash("group create", {}, where)
    await here.server.until(lambda: bool(where.visible))
    await ada.slash("group join", {"shown": "name"}, where)
    await here.server.hears(ada, "is on the board")
    return ada, guild, where


async def propose(here: Town, ada: Person, where: Channel) -> None:
    """Ada proposes a session for this evening."""
    await ada.slash("session plan", {"day": "today", "at": "20:00", "topic": "backprop"}, where)
    await here.server.hears(ada, "Proposed to general")


def test_an_event_is_made_moved_and_taken_back_with_the_session(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story(here: Town) -> None:
        ada, guild, where = await group(here, allowed=True)
        await propose(here, ada, where)
        await tick(here, sqlite, roadmaps)
        (event,) = guild.events.values()
        assert event["name"] == "Study session: backprop"
        assert event["entity_metadata"] == {"location": "#general"}
        assert event["scheduled_start_time"] == "2026-01-05T20:00:00+00:00"
        assert event["scheduled_end_time"] == "2026-01-05T21:30:00+00:00"
        await ada.slash("session move", {"at": "21:00"}, where)
        await here.server.hears(ada, "Moved")
        await tick(here, sqlite, roadmaps, 2 * MINUTE)
        (event,) = guild.events.values()
        assert event["scheduled_start_time"] == "2026-01-05T21:00:00+00:00"
        await ada.slash("session cancel", {}, where)
        await here.server.hears(ada, "Called off")
        await tick(here, sqlite, roadmaps, 3 * MINUTE)
        assert guild.events == {}
        assert any("It is off." in sent.text for sent in where.visible)

    tell(story)


def test_one_that_somebody_deleted_is_made_again_when_the_session_is_moved(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story(here: Town) -> None:
        ada, guild, where = await group(here, allowed=True)
        await propose(here, ada, where)
        await tick(here, sqlite, roadmaps)
        guild.events.clear()
        await ada.slash("session move", {"at": "21:00"}, where)
        await here.server.hears(ada, "Moved")
        await tick(here, sqlite, roadmaps, 2 * MINUTE)
        assert len(guild.events) == 1

    tell(story)


def test_a_server_has_one_event_however_many_of_its_channels_the_group_meets_in(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story(here: Town) -> None:
        ada, guild, where = await group(here, allowed=True)
        other = guild.channel("library")
        await ada.slash("group place", {}, other)
        await here.server.hears(ada, "library")
        await propose(here, ada, where)
        await tick(here, sqlite, roadmaps)
        assert all(any("backprop" in sent.text for sent in channel.visible) for channel in (where, other))
        (event,) = guild.events.values()
        await ada.slash("session move", {"at": "21:00"}, where)
        await here.server.hears(ada, "Moved")
        await tick(here, sqlite, roadmaps, 2 * MINUTE)
        (event,) = guild.events.values()
        assert event["scheduled_start_time"] == "2026-01-05T21:00:00+00:00"
        await ada.slash("session cancel", {}, where)
        await here.server.hears(ada, "Called off")
        await tick(here, sqlite, roadmaps, 3 * MINUTE)
        assert guild.events == {}

    tell(story)


@pytest.mark.parametrize("delivers_alone", [False, True])
def test_without_the_permission_nothing_is_said_but_in_the_settings(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], delivers_alone: bool
) -> None:
    async def story(here: Town) -> None:
        ada, guild, where = await group(here, allowed=False)
        if delivers_alone:  # a process that only sends does not know what it may do in a server, and asks
            client = here.bot._client
            assert client is not None
            client._connection._guilds.clear()
        await propose(here, ada, where)
        for n in range(1, 4):
            await tick(here, sqlite, roadmaps, n * MINUTE)
        assert guild.events == {}
        assert len(here.server.called(f"POST {EVENTS}")) == int(delivers_alone)
        assert [line["unwritable_since"] for line in committed(sqlite, "place")] == [None]
        await ada.slash("group settings", {}, where)
        await here.server.until(lambda: any("**Events in the calendar**: off" in sent.text for sent in where.visible))

    tell(story)
