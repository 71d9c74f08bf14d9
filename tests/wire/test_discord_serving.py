"""How the Discord adapter serves: in time, without memory, with forged buttons, unasked."""

import asyncio

import pytest

from bot.adapters.serving import WrongToken
from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.sending import TemporaryFailure, Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import DiscordServer
from tests.wire.discord_town import HELLO, Story, Town, held, older_version_sends, tell, town, until_acked

__all__ = ["tell"]


def test_a_slow_answer_is_acknowledged_in_time(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        opened = held(here, monkeypatch)
        asked = await ada.slash("start", {})
        await here.server.until(lambda: asked.acked)
        opened.set()
        await here.server.hears(ada, "How many hours a week")

    tell(story)


def test_an_interaction_whose_time_is_over_is_answered_another_way(
    tell: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        general = here.server.guild("cafe", owner=ada, members=[ada]).channel("general")
        await here.enrol(ada, general)
        opened = held(here, monkeypatch)
        private = await ada.slash("log", {"spent": "45m"}, general)
        public = await ada.slash("leaderboard show", {}, general)
        for asked in (private, public):
            await until_acked(here, asked)
            here.server.expire(asked)
        opened.set()
        await here.server.until(lambda: ada.dm.last is not None and "Logged 45 min" in ada.dm.last.text)
        await here.server.until(lambda: general.last is not None and "no study group yet" in general.last.text)
        assert "Logged" not in general.last.text  # type: ignore[union-attr]

    tell(story)


def test_where_no_way_is_left_a_line_is_logged_and_the_next_request_is_answered(
    tell: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        with monkeypatch.context() as patch:
            opened = held(here, patch)
            asked = await ada.slash("log", {"spent": "45m"})
            await here.server.until(lambda: asked.acked)
            here.server.expire(asked)
            ada.closes_dms()
            opened.set()
            await here.server.until(lambda: "an answer was not sent" in caplog.text)
        await ada.slash("history", {})
        await here.server.hears(ada, "45 min")
        assert "Traceback" not in caplog.text

    tell(story)


def test_nothing_is_remembered_for_a_message_that_was_sent(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.slash("today", {})
        await here.server.hears(ada, "Today: Introduction")
        await ada.slash("log", {"spent": "hours"})
        await here.server.hears(ada, "How long did you study")
        await ada.presses("✎ Type an answer")
        await here.server.until(lambda: ada.modal is not None)
        await ada.submits("25 minutes")
        await here.server.hears(ada, "Logged 25 min")
        uow = here.bot._client._connection._view_store  # type: ignore[union-attr]
        assert (uow._views, uow._modals, uow._synced_message_views) == ({}, {}, {})

    tell(story)


def test_a_forged_button_and_one_of_another_time_are_explained(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await ada.slash("start", {})
        await here.server.hears(ada, "How many hours a week")
        old = ["b9.what?ever", "an:older:version", "q?", "b"]
        for number, id_ in enumerate(old):
            await older_version_sends(here.server, ada, str(number), id_)
            await ada.presses(str(number))
            await here.server.hears(ada, "This button no longer works")

    tell(story)


def test_who_manages_the_server_creates_a_group_for_a_channel(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.guild("cafe", owner=ada, members=[ada, bob])
        general = cafe.channel("general")
        await bob.slash("group create", {}, general)
        await here.server.hears(general, "Only organisers can do that")
        await ada.slash("group create", {}, general)
        await here.server.hears(general, "has a study group")
        await here.server.until(lambda: here.bot.ready)
        await here.bot.send(Place("discord", str(general.id), "general"), HELLO, "delivery:1")
        await here.server.hears(general, "Good morning", after=0)

    tell(story)


def test_what_is_sent_unasked_comes_once_or_says_why_not(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        to = Account("discord", str(ada.id), "ada")
        await here.server.until(lambda: here.bot.ready)
        before = len(ada.dm.visible)
        for _ in range(2):
            await here.bot.send(to, HELLO, "delivery:77")
        assert len(ada.dm.visible) == before + 1
        here.server.fault("cut_after", "POST /channels/")
        with pytest.raises(TemporaryFailure):
            await here.bot.send(to, HELLO, "delivery:78")
        await here.bot.send(to, HELLO, "delivery:78")
        assert len(ada.dm.visible) == before + 2
        ada.closes_dms()
        with pytest.raises(Unreachable):
            await here.bot.send(to, HELLO, "delivery:79")
        assert here.server.uninvited == []

    tell(story)


def test_a_wrong_token_is_told_apart_from_other_trouble(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    async def story() -> None:
        async with DiscordServer() as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            with pytest.raises(WrongToken):
                await here.discord("MTIzNDU2Nzg5MDEyMzQ1Njc4.wrong.token").serve()

    asyncio.run(story())


def test_commands_are_registered_only_when_they_changed(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    async def story() -> None:
        async with town(sqlite, roadmaps) as here:
            await here.closes()
            await here.opens()
            puts = here.server.called("PUT /applications/{application_id}/commands")
            assert len(puts) == 1

    asyncio.run(story())
