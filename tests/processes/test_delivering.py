"""Several processes that deliver: nothing is lost or comes twice when one is killed or cut off; limits are kept."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.storage.database import opened
from roadmap.model import Roadmap
from tests.platforms import discord, telegram
from tests.processes.learners import end_leases, enrol, stand_due
from tests.processes.running import on_discord, on_telegram
from tests.storage.stored_rows import lines

pytestmark = pytest.mark.slow
SIZE = 120


def states(url: URL) -> Counter[str]:
    """How many deliveries are in which state."""
    with opened(url, read_only=True) as database:
        return Counter(line["state"] for line in lines(database, "delivery"))


def test_a_kill_amid_a_batch_loses_nothing_and_repeats_nothing_on_discord(
    url: URL, roadmaps: dict[str, Roadmap], tmp_path: Path
) -> None:
    async def story() -> None:
        async with on_discord(url, tmp_path) as (d, here):
            people = [d.person(f"one{n}", interacted=True) for n in range(SIZE)]
            first = await here.start("delivery", says="sending")
            second = await here.start("delivery", says="sending")
            stand_due(url, roadmaps, "discord", [person.id for person in people])
            await d.until(lambda: sum(len(person.dm.messages) for person in people) >= 15)
            await first.kill()
            end_leases(url)
            await d.until(lambda: all(person.dm.messages for person in people))
            await asyncio.to_thread(settled, url)
            assert [len(person.dm.messages) for person in people] == [1] * SIZE
            assert d.uninvited == []
            await second.stops()

    asyncio.run(story())
    assert states(url) == {"sent": SIZE}


def settled(url: URL) -> None:
    """Wait until everything is settled."""
    for _ in range(600):
        if not states(url)["pending"]:
            return
        with opened(url) as database, database.engine.connect() as connection:
            connection.execute(text("SELECT pg_sleep(0.1)"))
    raise AssertionError(states(url))


def test_a_kill_amid_a_batch_loses_nothing_and_repeats_what_was_in_flight_on_telegram(
    url: URL, roadmaps: dict[str, Roadmap], tmp_path: Path
) -> None:
    async def story() -> None:
        async with on_telegram(url, tmp_path) as (t, here):
            people = [t.person(f"one{n}", started=True) for n in range(SIZE)]
            first = await here.start("delivery", says="sending")
            second = await here.start("delivery", says="sending")
            stand_due(url, roadmaps, "telegram", [person.id for person in people])
            await t.until(lambda: sum(len(person.messages) for person in people) >= 15)
            await first.kill()
            sent, of_these = sum(len(person.messages) for person in people), states(url)["sent"]
            end_leases(url)
            await t.until(lambda: all(person.messages for person in people))
            await asyncio.to_thread(settled, url)
            twice = sum(len(person.messages) - 1 for person in people)
            assert max(len(person.messages) for person in people) <= 2
            assert twice <= sent - of_these  # sent, and not settled when the kill came
            await second.stops()

    asyncio.run(story())
    assert states(url) == {"sent": SIZE}


def test_a_limit_is_kept_by_one_process_that_answers_and_one_that_delivers(
    url: URL, roadmaps: dict[str, Roadmap], tmp_path: Path
) -> None:
    async def story() -> None:
        async with on_telegram(url, tmp_path) as (t, here):
            people = [t.person(f"one{n}", started=True) for n in range(SIZE)]
            talkers = [t.person(f"talker{n}") for n in range(8)]
            await here.start("telegram", says="serving")
            await enrol(t, *talkers)
            await asyncio.sleep(1.1)  # what was sent before is forgotten
            t.limits = telegram.Limits(per_chat=None)
            stand_due(url, roadmaps, "telegram", [person.id for person in people])
            await here.start("delivery", says="sending")
            for minutes in range(1, 12):
                for talker in talkers:
                    await talker.says(f"/log {minutes}m")
            for talker in talkers:
                await t.hears(talker, "Logged 11 min")
            await t.until(lambda: all(person.messages for person in people))
            assert t.refused == []

    asyncio.run(story())


def test_a_limit_is_kept_when_the_process_that_delivers_is_replaced(
    url: URL, roadmaps: dict[str, Roadmap], tmp_path: Path
) -> None:
    async def story() -> None:
        async with on_discord(url, tmp_path) as (d, here):
            people = [d.person(f"one{n}", interacted=True) for n in range(SIZE)]
            first = await here.start("delivery", says="sending")
            second = await here.start("delivery", says="sending")
            d.limits = discord.Limits()
            stand_due(url, roadmaps, "discord", [person.id for person in people])
            await d.until(lambda: sum(len(person.dm.messages) for person in people) >= 15)
            await first.stops()
            await d.until(lambda: all(person.dm.messages for person in people))
            assert [len(person.dm.messages) for person in people] == [1] * SIZE
            assert d.refused == []
            await second.stops()

    asyncio.run(story())
