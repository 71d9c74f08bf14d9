"""What is one person's alone is seen by nobody else, however slow and however long the answer is (21)."""

import asyncio
from typing import Any

import pytest

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.reply import reply
from bot.dialogue.text import Text
from tests.platforms.discord import Channel, Person
from tests.wire.discord_town import Story, Town, held, tell, until_acked

__all__ = ["tell"]

LONG = Answer(reply(*(Text("{words}", words=f"{n} " + "word " * 120) for n in range(20))), "en", private=True)
"""More than fits into one message."""


@pytest.fixture(autouse=True)
def no_limit_in_a_channel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long answers are not the place to wait for limits."""
    monkeypatch.setattr("bot.adapters.discord.limits.IN_CHANNEL", 100)


async def cafe(here: Town) -> tuple[Person, Person, Channel]:
    """Ada, a learner, and bob in a channel; it stands empty."""
    ada, bob = here.server.person("ada"), here.server.person("bob")
    general = here.server.guild("cafe", members=[ada, bob]).channel("general")
    await here.enrol(ada)
    await here.server.until(lambda: here.bot.ready)
    return ada, bob, general


@pytest.mark.parametrize("command", ["today", "log", "history", "settings", "start", "reminders show"])
def test_a_slow_private_answer_is_acknowledged_and_given_in_private(
    tell: Story, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada, bob, general = await cafe(here)
        opened = held(here, monkeypatch)
        asked = await ada.slash(command, {"spent": "45m"} if command == "log" else {}, general)
        await until_acked(here, asked)
        assert bob.sees(general) == []  # not even that something is being thought about
        opened.set()
        await here.server.answered(asked)
        await here.server.until(lambda: any(not sent.loading for sent in ada.sees(general)))
        assert bob.sees(general) == []

    tell(story)


@pytest.mark.parametrize("slow", [False, True])
def test_every_part_of_a_long_private_answer_is_private(
    tell: Story, monkeypatch: pytest.MonkeyPatch, slow: bool
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada, bob, general = await cafe(here)

        async def long(*_: Any) -> Answer:
            await asyncio.sleep(0.2 if slow else 0)
            return LONG

        monkeypatch.setattr(here.application.dispatcher, "handle", long)
        await ada.slash("today", {}, general)
        await here.server.hears(ada, "19 word")
        parts = [sent for sent in ada.sees(general) if "word" in sent.text]
        assert len(parts) >= 2
        assert bob.sees(general) == []

    tell(story)


def test_a_public_answer_that_is_slow_or_long_is_public(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada, bob, general = await cafe(here)

        async def long(*_: Any) -> Answer:
            await asyncio.sleep(0.2)
            return LONG

        monkeypatch.setattr(here.application.dispatcher, "handle", long)
        await ada.slash("leaderboard show", {}, general)
        await here.server.hears(general, "19 word")
        assert bob.sees(general) == ada.sees(general)

    tell(story)


def test_every_part_of_a_delivery_comes_and_once_though_it_is_repeated(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, _, general = await cafe(here)
        for to, where in (
            (Account("discord", str(ada.id), "ada"), ada.dm),
            (Place("discord", str(general.id), ""), general),
        ):
            before = len(where.messages)
            ids = [await here.bot.send(to, LONG, "delivery:123456789") for _ in range(2)]
            parts = where.messages[before:]
            assert len(parts) >= 2
            assert ids == [str(parts[-1].id)] * 2
            assert "19 word" in parts[-1].text
            assert len({sent.nonce for sent in parts}) == len(parts)

    tell(story)


def test_two_deliveries_are_never_taken_for_one(tell: Story) -> None:
    async def story(here: Town) -> None:
        _, _, general = await cafe(here)
        to = Place("discord", str(general.id), "")
        long = f"delivery:{'9' * 30}"
        for key in ("delivery:1", "delivery:11", "note:1", "note:11", "live:1", f"{long}1", f"{long}2"):
            await here.bot.send(to, Answer(reply(Text("Hello")), "en", private=False), key)
            await here.bot.send(to, Answer(reply(Text("Hello")), "en", private=False), key)
        assert len(general.messages) == 7
        assert all(len(str(sent.nonce)) <= 25 for sent in general.messages)

    tell(story)
