"""What the Discord adapter promises for messages that nobody asked for, while Discord fails."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.adapters.discord import platform
from bot.app import wire
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.signals import PATIENCE
from tests.storage.stored_rows import committed
from tests.wire.discord_town import HELLO, NOW, Town
from tests.wire.discord_trouble import (
    CHAT,
    MESSAGES,
    REAL_SLEEP,
    Story,
    account,
    group_chat,
    later,
    no_long_waits,
    place,
    tell,
)

__all__ = ["no_long_waits", "tell"]


FAILURES: list[tuple[str, dict[str, Any], type[Exception]]] = [
    ("forbidden", {"code": 50007}, Unreachable),
    ("forbidden", {"code": 50013}, Unreachable),
    ("error", {"times": 5}, TemporaryFailure),
    ("bad_gateway", {"times": 5}, TemporaryFailure),
    ("cut_before", {}, TemporaryFailure),
    ("hang", {}, TemporaryFailure),
    ("too_many", {"retry_after": 45.0}, RetryAfter),
    ("too_many", {"retry_after": 45.0, "everywhere": True}, RetryAfter),
]

ALL = [(path, *failure) for path in (CHAT, MESSAGES) for failure in FAILURES] + [
    (CHAT, "garbage", {}, TemporaryFailure)
]


@pytest.mark.parametrize(("path", "kind", "more", "failure"), ALL)
def test_a_delivery_that_fails_says_how_and_can_be_tried_again(
    tell: Story, monkeypatch: pytest.MonkeyPatch, path: str, kind: Any, more: dict[str, Any], failure: type[Exception]
) -> None:
    monkeypatch.setattr(platform, "_PATIENCE", 0.4 if kind == "hang" else PATIENCE)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        trouble = here.server.fault(kind, path, **more)
        with pytest.raises(failure) as failed:
            await here.bot.send(account(ada), HELLO, "delivery:1")
        assert getattr(failed.value, "seconds", 45) == 45
        assert ada.dm.messages == []
        monkeypatch.setattr(platform, "_PATIENCE", PATIENCE)
        if kind == "too_many":
            with pytest.raises(RetryAfter):
                await here.bot.send(account(ada), HELLO, "delivery:1")
            assert len(trouble.met) == 1
            assert not here.server.called("POST /channels/{channel_id}/messages")[1:]
        later(here, 60)
        assert await here.bot.send(account(ada), HELLO, "delivery:1") == str(ada.dm.messages[0].id)


@pytest.mark.parametrize("kind", ["cut_after", "lost"])
def test_a_delivery_of_which_nothing_was_heard_comes_once_when_it_is_repeated(
    tell: Story, monkeypatch: pytest.MonkeyPatch, kind: Any
) -> None:
    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        general = here.server.guild("cafe").channel("general")
        for to, chat in ((account(ada), ada.dm), (place(general), general)):
            here.server.fault(kind, MESSAGES)
            monkeypatch.setattr(platform, "_PATIENCE", 0.3)
            with pytest.raises(TemporaryFailure):
                await here.bot.send(to, HELLO, "delivery:7")
            monkeypatch.setattr(platform, "_PATIENCE", PATIENCE)
            assert await here.bot.send(to, HELLO, "delivery:7") == str(chat.messages[-1].id)
            assert len(chat.messages) == 1


def test_a_limit_on_everything_that_outlasts_one_delivery_does_not_end_all_others(
    tell: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "_PATIENCE", 0.2)
    monkeypatch.setattr(asyncio, "sleep", REAL_SLEEP)

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada", interacted=True)
        trouble = here.server.fault("too_many", CHAT, retry_after=25, everywhere=True)
        with pytest.raises(TemporaryFailure):
            await here.bot.send(account(ada), HELLO, "delivery:1")
        assert trouble.met
        with pytest.raises(RetryAfter):
            await here.bot.send(account(ada), HELLO, "delivery:1")
        assert len(trouble.met) == 1
        later(here, 26)
        assert await here.bot.send(account(ada), HELLO, "delivery:1")


def test_whoever_never_used_the_bot_is_not_written_to(
    tell: Story, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        _, general = await group_chat(here, ada)
        later = NOW + timedelta(days=7, hours=3)
        await wire(sqlite, {"discord": here.bot}, roadmaps=roadmaps, clock=lambda: later).worker.tick()
        assert general.messages[1:]
        assert ada.dm.messages
        assert (bob.dm.messages, here.server.uninvited) == ([], [])


def test_an_outage_keeps_a_groups_place_and_only_a_bot_thrown_out_loses_it_until_it_is_back(
    tell: Story, sqlite: SqlDatabase
) -> None:
    def gone() -> bool:
        return [line["gone_at"] is not None for line in committed(sqlite, "place")] == [True]

    @tell
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe, general = await group_chat(here, ada)
        cafe.fails()
        await ada.slash("today", {}, general)
        await here.server.hears(ada, "Today:")
        assert not gone()
        cafe.returns()
        await here.bot.send(place(general), HELLO, "delivery:1")
        for _ in range(2):
            cafe.removes_bot()
            await here.server.until(gone)
            cafe.adds_bot()
            await here.server.until(lambda: not gone())
