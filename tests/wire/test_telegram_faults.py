"""What Telegram does wrong on the wire, and what becomes of it: nothing lost, nothing counted twice."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.core.learner import Account
from bot.dialogue.sending import RetryAfter, TemporaryFailure
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.signals import PATIENCE
from tests.storage.stored_rows import committed
from tests.wire.telegram_town import HELLO, Town, town

Story = Callable[[Callable[[Town], Awaitable[None]]], None]


@pytest.fixture
def tell(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Story:
    """Play a story in a town."""

    def play(story: Callable[[Town], Awaitable[None]]) -> None:
        async def whole() -> None:
            async with town(sqlite, roadmaps) as here:
                await story(here)

        asyncio.run(whole())

    return play


@pytest.mark.parametrize("kind", ["error", "bad_gateway", "too_many", "cut_before", "cut_after", "garbage"])
def test_news_that_could_not_be_had_is_had_later_and_once(kind: Any, tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        fault = here.server.fault(kind, "getUpdates", times=2)
        updates = [await ada.says(f"/log {minutes}m") for minutes in (10, 20, 30)]
        await here.server.until(lambda: all(update.handled for update in updates))
        assert fault.met

    tell(story)
    assert sorted(line["minutes"] for line in committed(sqlite, "entry") if line["minutes"]) == [10, 20, 30]


@pytest.mark.parametrize(("kind", "times"), [("too_many", 1), ("error", 1), ("cut_after", 1)])
def test_an_answer_in_trouble_arrives_once(kind: Any, times: int, tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        here.server.fault(kind, "sendMessage", times=times)
        await here.server.handled(await ada.says("/log 10m"))
        await here.server.hears(ada, "Logged 10 min")
        await asyncio.sleep(0.3)
        assert sum("Logged 10 min" in sent.text for sent in ada.messages) == 1

    tell(story)


def test_an_answer_that_cannot_be_given_leaves_the_next_one_alone(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        fault = here.server.fault("garbage", "sendMessage", times=None)
        await here.server.handled(await ada.says("/log 10m"))
        await here.server.until(lambda: bool(fault.met))
        fault.release()
        await ada.says("/log 20m")
        await here.server.hears(ada, "Logged 20 min")

    tell(story)
    assert [line["minutes"] for line in committed(sqlite, "entry")] == [10, 20]


def test_a_delivery_in_trouble_says_which(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada", started=True)
        assert here.bot is not None
        to = Account("telegram", str(ada.id), "ada")
        here.server.fault("too_many", "sendMessage", retry_after=7)
        with pytest.raises(RetryAfter) as asked:
            await here.bot.send(to, HELLO, "delivery:1")
        assert asked.value.seconds == 7
        here.server.fault("error", "sendMessage")
        with pytest.raises(TemporaryFailure):
            await here.bot.send(
                Account("telegram", str(here.server.person("ben", started=True).id), "ben"), HELLO, "delivery:2"
            )

    tell(story)


def test_a_second_poller_is_told_of_and_outlived(
    tell: Story, sqlite: SqlDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        other = here.telegram()
        polling = asyncio.create_task(other.serve())
        await here.server.until(lambda: any("Conflict" in str(record.__dict__) for record in caplog.records))
        await other.stop()
        await asyncio.wait([polling], timeout=PATIENCE)
        update = await ada.says("/log 10m")
        await here.server.until(lambda: update.handled)

    tell(story)
    assert [line["minutes"] for line in committed(sqlite, "entry")] == [10]


def test_stopping_finishes_what_was_taken_and_waits_for_nothing_else(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        people = [here.server.person(f"p{n}") for n in range(5)]
        for who in people:
            await here.enrol(who)
        updates = [await who.says(f"/log {m}m") for m in (10, 20) for who in people]
        await here.server.until(lambda: any(update.handled for update in updates))
        await asyncio.wait_for(here.closes(), PATIENCE)
        await here.opens()
        await here.server.until(lambda: all(update.handled for update in updates))

    tell(story)
    assert sum(line["minutes"] for line in committed(sqlite, "entry")) == 5 * 30


def test_a_process_that_dies_loses_nothing(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        people = [here.server.person(f"p{n}") for n in range(5)]
        for who in people:
            await here.enrol(who)
        updates = [await who.says(f"/log {m}m") for m in (10, 20) for who in people]
        await here.server.until(lambda: updates[2].handled)
        assert here._serving is not None
        assert here.bot is not None
        here._serving.cancel()
        await asyncio.wait([here._serving], timeout=PATIENCE)
        await here.bot._bot.shutdown()
        await here.opens()
        await here.server.until(lambda: all(update.handled for update in updates))

    tell(story)
    assert sum(line["minutes"] for line in committed(sqlite, "entry")) == 5 * 30


HOURS = (Path(__file__).parents[1] / "dialogues" / "files" / "toggl.csv").read_bytes()


def test_a_file_of_hours_says_by_itself_what_is_meant(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.sends("Toggl.CSV", HOURS)
        await here.server.hears(ada, "Toggl.CSV: ")
        await ada.sends("huge.csv", b"," * (1024 * 1024 + 1))
        await here.server.hears(ada, "huge.csv is larger than 1 MB")
        await here.server.handled(await ada.says("/export csv"))
        await here.server.until(lambda: any(sent.document for sent in ada.messages))

    tell(story)
    assert not committed(sqlite, "entry")


TEA = (Path(__file__).parents[1] / "dialogues" / "files" / "tea.yaml").read_bytes()


@pytest.mark.parametrize("where", ["getFile", "download"])
@pytest.mark.parametrize("kind", ["error", "bad_gateway", "cut_before"])
def test_a_file_that_does_not_arrive_is_asked_for_again(where: str, kind: Any, tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.says("/group create Tea circle")
        await here.server.hears(ada, "Tea circle")
        fault = here.server.fault(kind, where, times=None)
        await here.server.handled(await ada.sends("tea.yaml", TEA))
        await here.server.hears(ada, "tea.yaml did not arrive. Please send it again.")
        fault.release()
        await ada.sends("tea.yaml", TEA)
        await here.server.hears(ada, "Tea in two weeks: version 1.0.0")

    tell(story)


def test_a_file_that_is_too_large_is_not_fetched_and_one_that_is_no_roadmap_is_not_ours(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.says("/group create Tea circle")
        await here.server.handled(await ada.sends("tea.yaml", b"#" * (1024 * 1024 + 1)))
        await here.server.hears(ada, "tea.yaml is larger than 1 MB")
        seen = len(ada.messages)
        for name in ("cat.jpg", "notes.txt"):
            await here.server.handled(await ada.sends(name, b"meow", "what do you think?"))
        assert not here.server.called("download")
        assert not here.server.called("getFile")
        assert len(ada.messages) == seen

    tell(story)
