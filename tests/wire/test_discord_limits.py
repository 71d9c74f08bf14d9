"""Discord's limits are kept whoever asks for what: 50 requests a second and 5 messages in 5 s in a channel (18)."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest
import yarl

from bot.adapters.discord import limits
from bot.adapters.discord.limits import Limits as Retained
from bot.adapters.discord.limits import unasked
from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.sending import RetryAfter, Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.delivery.post import NINE, crowd
from tests.platforms.discord import Limits, Person, Window
from tests.storage.stored_rows import committed
from tests.wire.discord_town import HELLO, Story, Town, tell

__all__ = ["tell"]

OPEN, SEND = "POST /users/@me/channels", "POST /channels/{channel_id}/messages"
SIZE = 70


def people(here: Town, size: int = SIZE) -> list[Person]:
    """People who have used the bot."""
    return [here.server.person(f"one{n}", interacted=True) for n in range(size)]


async def ready(here: Town) -> None:
    """The bot has connected and registered its commands; from now on the limits are enforced."""
    await here.server.until(lambda: here.bot.ready)
    await here.server.until(lambda: here.server.commands)
    await asyncio.sleep(1.1)  # what the start cost is forgotten
    here.server.limits = Limits()


def test_reminders_draw_no_429_and_open_each_private_chat_once_for_all_weeks(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story(here: Town) -> None:
        crowd(sqlite, SIZE, next(iter(roadmaps.values())), "discord", [str(person.id) for person in people(here)])
        await ready(here)
        for week in range(2):
            now = NINE + timedelta(weeks=week)
            worker = wire(sqlite, {"discord": here.bot}, roadmaps=roadmaps, clock=lambda now=now: now).worker  # type: ignore[misc]
            await worker.tick()
            assert [len(person.dm.messages) for person in people(here)] == [week + 1] * SIZE
        assert here.server.refused == []
        assert (len(here.server.called(OPEN)), len(here.server.called(SEND))) == (SIZE, 2 * SIZE)
        kept = {line["external_id"]: line["chat"] for line in committed(sqlite, "account")}
        assert kept == {str(person.id): str(person.dm.id) for person in people(here)}

    tell(story)


def test_whoever_talks_to_the_bot_in_private_needs_no_opening(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.guild("cafe", members=[bob]).channel("general")
        await here.enrol(ada)
        await here.enrol(bob, cafe)
        kept = {line["name"]: line["chat"] for line in committed(sqlite, "account")}
        assert kept == {"Ada": str(ada.dm.id), "Bob": None}
        await bob.slash("today")
        await here.server.hears(bob, "Today")
        assert {line["chat"] for line in committed(sqlite, "account")} == {str(ada.dm.id), str(bob.dm.id)}

    tell(story)


def test_a_private_chat_that_is_no_more_is_opened_anew_once(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await here.server.until(lambda: here.bot.ready)
        old = str(ada.dm.id)
        ada.loses_dm()
        known = Account("discord", str(ada.id), "ada", old)
        assert await here.bot.send(known, HELLO, "delivery:1")
        assert [line["chat"] for line in committed(sqlite, "account")] == [str(ada.dm.id)]
        assert (len(here.server.called(OPEN)), len(ada.dm.messages)) == (1, 1)

    tell(story)


def test_channels_are_not_written_to_faster_than_they_may_be(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1.0)

    async def story(here: Town) -> None:
        guild = here.server.guild("cafe")
        general, other = guild.channel("general"), guild.channel("other")
        await ready(here)
        here.server.limits = Limits(per_channel=Window(5, 1.0))
        where = [Place("discord", str(channel.id), "") for channel in [general] * 7 + [other] * 2]
        await asyncio.gather(*(here.bot.send(place, HELLO, f"delivery:{n}") for n, place in enumerate(where)))
        assert (here.server.refused, len(general.messages), len(other.messages)) == ([], 7, 2)

    tell(story)


def test_a_pause_is_kept_by_everything_it_is_for_and_by_nothing_else(tell: Story) -> None:
    async def story(here: Town) -> None:
        guild = here.server.guild("cafe")
        general, other = (Place("discord", str(guild.channel(name).id), "") for name in ("general", "other"))
        await ready(here)
        here.server.fault("too_many", f"POST /channels/{general.external_id}", retry_after=3600)
        for _ in range(3):
            with pytest.raises(RetryAfter) as asked:
                await here.bot.send(general, HELLO, "delivery:1")
            assert 3590 < asked.value.seconds <= 3600
        assert len(here.server.called(SEND)) == 1
        assert await here.bot.send(other, HELLO, "delivery:2")
        here.server.fault("too_many", f"POST /channels/{other.external_id}", retry_after=3600, everywhere=True)
        with pytest.raises(RetryAfter):
            await here.bot.send(other, HELLO, "delivery:3")
        third = Place("discord", str(guild.channel("third").id), "")
        with pytest.raises(RetryAfter):
            await here.bot.send(third, HELLO, "delivery:4")
        assert len(here.server.called(SEND)) == 3
        # Answers to people are not held up by it.
        ada = here.server.person("ada")
        await ada.slash("start")
        await here.server.hears(ada, "How many hours a week")

    tell(story)


def test_refused_requests_end_before_the_address_is_banned(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INVALID", 5)

    async def story(here: Town) -> None:
        guild = here.server.guild("cafe")
        await here.server.until(lambda: here.bot.ready)
        closed = [Place("discord", str(guild.channel(f"c{n}", send_messages=False).id), "") for n in range(9)]
        for n, place in enumerate(closed):
            with pytest.raises((RetryAfter, Unreachable)):
                await here.bot.send(place, HELLO, f"delivery:{n}")
        assert len(here.server.called(SEND)) == 5
        here.bot.limits.clock = lambda: time.monotonic() + limits.WITHIN
        fine = Place("discord", str(guild.channel("fine").id), "")
        assert await here.bot.send(fine, HELLO, "delivery:99")

    tell(story)


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    async def sleep(self, seconds: float) -> None:
        """Others go on meanwhile."""
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


def test_nine_tenths_of_the_limit_are_used_by_what_nobody_waits_for() -> None:
    """300 messages by a clock of the test's own: no slower than 45 a second, never more than 50 in any second."""
    clock = Clock()
    kept = Retained(lambda: clock.now, clock.sleep)
    at: list[float] = []

    async def send(number: int) -> None:
        request = aiohttp.TraceRequestStartParams("POST", _url(f"/channels/{number}/messages"), {})  # type: ignore[arg-type]
        context: Any = type("Context", (), {})()
        with unasked():
            await kept._start(None, context, request)  # type: ignore[arg-type]
        at.append(clock.now)
        await kept._failed(None, context, None)  # type: ignore[arg-type]

    async def story() -> None:
        await asyncio.gather(*(send(number) for number in range(300)))

    asyncio.run(story())
    assert len(at) / max(at) >= 45
    assert all(later - earlier > 1 for earlier, later in zip(at, at[50:], strict=False))


def _url(path: str) -> yarl.URL:
    return yarl.URL(f"{discord.http.Route.BASE}{path}")
