"""The Discord adapter against a Discord of our own, over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.adapters.discord.platform import Discord
from bot.adapters.serving import WrongToken
from bot.app import Application, wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.dispatcher import Answer
from bot.dialogue.reply import reply
from bot.dialogue.sending import TemporaryFailure, Unreachable
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import TOKEN, Channel, DiscordServer, Interaction, Person, spec_or_none
from tests.platforms.signals import PATIENCE
from tests.storage.books import lines

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
HELLO = Answer(reply(Text("Good morning.")), "en", private=True)


class Town:
    """A Discord, an application and the adapter between them."""

    def __init__(self, server: DiscordServer, application: Application) -> None:
        self.server = server
        self.application = application
        self.bot = self.discord()
        self._serving: asyncio.Task[None] | None = None

    def discord(self, token: str = TOKEN) -> Discord:
        """An adapter as a process that has just started would have it."""
        api, gateway = self.server.api_url, self.server.gateway_url
        return Discord(self.application.dispatcher, token, clock=lambda: NOW, api_url=api, gateway_url=gateway)

    async def opens(self) -> None:
        """Start serving."""
        self.bot = self.discord()
        self._serving = asyncio.create_task(self.bot.serve())
        await self.server.comes_online()

    async def closes(self) -> None:
        """Stop in an orderly way."""
        assert self._serving is not None
        await self.bot.stop()
        await asyncio.wait_for(self._serving, PATIENCE)

    async def enrol(self, who: Person, where: Channel | None = None) -> None:
        """Somebody becomes a learner."""
        await who.slash("start", {}, where)
        await self.server.hears(who, "How many hours a week")
        await who.presses("8 h a week", where)
        await self.server.hears(who, "which time zone")
        await who.presses("UTC", where)
        await self.server.hears(who, "Your first step")


@asynccontextmanager
async def town(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> AsyncIterator[Town]:
    """A town that has opened; in the end nothing was wrong with anything the adapter sent."""
    async with DiscordServer(spec=spec_or_none()) as server:
        here = Town(server, wire(database, {}, roadmaps=roadmaps))
        await here.opens()
        try:
            yield here
        finally:
            await here.closes()
        assert server.problems == []


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


def test_somebody_starts_logs_and_takes_it_back(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        assert len(ada.dm.standing) == 1  # what a button changed stands in its place
        await ada.slash("log", {"spent": "1h30 calculus"})
        await here.server.hears(ada, "Logged 1 h 30 min on “Calculus”")
        await ada.presses("Undo")
        await here.server.hears(ada, "Took back")

    tell(story)
    assert [line["minutes"] for line in lines(sqlite, "entry")] == [90, -90]


def test_what_is_private_is_seen_by_nobody_else_and_old_buttons_work_after_a_restart(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.guild("cafe", owner=ada, members=[ada])
        general = cafe.channel("general")
        await here.enrol(ada, general)
        await ada.slash("today", {}, general)
        await here.server.hears(ada, "Today: Introduction")
        assert general.messages == []
        await here.closes()
        await here.opens()
        await ada.presses("Item is done", general)
        await here.server.hears(ada, "done", after=0)
        await ada.slash("leaderboard", {}, general)
        await here.server.hears(general, "This chat is no group's home yet")

    tell(story)


def test_a_question_can_be_answered_in_a_form(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await ada.slash("start", {})
        await here.server.hears(ada, "How many hours a week")
        await ada.presses("✎ Type an answer")
        await here.server.until(lambda: ada.modal is not None)
        await ada.submits("7")
        await here.server.hears(ada, "7 h a week, from today")

    tell(story)


def test_options_complete_what_is_typed_and_german_is_spoken(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, eva = here.server.person("ada"), here.server.person("eva", locale="de")
        await here.enrol(ada)
        found = await ada.completes("log", "item", "calc")
        assert [choice.name for choice in found] == ["Calculus"]
        assert "Europe/Berlin" in [choice.value for choice in await ada.completes("timezone", "zone", "berl")]
        await eva.slash("start", {})
        await here.server.hears(eva, "Wie viele Stunden pro Woche")
        assert "Lernzeit" in str(here.server.commands)

    tell(story)


def test_a_question_about_one_option_keeps_what_stood_in_the_others(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        await ada.slash("log", {"spent": "2 calculus", "day": "today", "note": "the chain rule"})
        await here.server.hears(ada, "Is 2 hours or minutes?")
        await ada.presses("2 h")
        logged = await here.server.hears(ada, "Logged 2 h on “Calculus”")
        assert "the chain rule" in logged.plain

    tell(story)


def test_the_menu_is_in_the_language_of_whoever_opens_it(tell: Story) -> None:
    async def story(here: Town) -> None:
        eva = here.server.person("eva", locale="de")
        log = next(one for one in eva.menu() if one["name"] == "log")
        assert log["description_localizations"]["de"].startswith("Lernzeit")
        names = {option["name"]: option["name_localizations"]["de"] for option in log["options"]}
        assert names == {"spent": "dauer", "day": "tag", "item": "teil", "note": "notiz"}
        for command in eva.menu():
            shown = [one.get("name_localizations", {}).get("de", one["name"]) for one in command.get("options", [])]
            assert len(set(shown)) == len(shown), command["name"]
        await here.enrol(here.server.person("ada"))
        days = await here.server.person("ada").completes("log", "day", "y")
        assert "yesterday" in [choice.value for choice in days]

    tell(story)


def held(here: Town, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """From now on the books are closed until the event."""
    opened, handle = asyncio.Event(), here.application.dispatcher.handle

    async def slowly(*request: object) -> Answer:
        await opened.wait()
        return await handle(*request)  # type: ignore[arg-type]

    monkeypatch.setattr(here.application.dispatcher, "handle", slowly)
    return opened


def test_a_slow_book_is_acknowledged_in_time(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.discord.answers.IN_TIME", 0.05)

    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        opened = held(here, monkeypatch)
        asked = await ada.slash("start", {})
        await here.server.until(lambda: asked.acked)
        opened.set()
        await here.server.hears(ada, "How many hours a week")

    tell(story)


async def until_acked(here: Town, asked: Interaction) -> None:
    await here.server.until(lambda: asked.acked)


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
        public = await ada.slash("leaderboard", {}, general)
        for asked in (private, public):
            await until_acked(here, asked)
            here.server.expire(asked)
        opened.set()
        await here.server.until(lambda: ada.dm.last is not None and "Logged 45 min" in ada.dm.last.text)
        await here.server.until(lambda: general.last is not None and "no group's home yet" in general.last.text)
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


async def older_version_sends(server: DiscordServer, to: Person, label: str, custom_id: str) -> None:
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": label, "custom_id": custom_id}]}
    body = {
        "flags": 1 << 15,
        "allowed_mentions": {"parse": []},
        "components": [{"type": 10, "content": f"Message {label}"}, row],
    }
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{server.api_url}/users/@me/channels", json={"recipient_id": str(to.id)}) as answer:
            channel = (await answer.json())["id"]
        async with session.post(f"{server.api_url}/channels/{channel}/messages", json=body) as answer:
            assert answer.status == 200, await answer.text()
    await server.hears(to, f"Message {label}")


def test_a_forged_button_and_one_of_another_time_are_explained(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await ada.slash("start", {})
        await here.server.hears(ada, "How many hours a week")
        old = ["b9.what?ever", "an:older:version", "q?", "b"]
        for number, id_ in enumerate(old):
            await older_version_sends(here.server, ada, str(number), id_)
            await ada.presses(str(number))
            await here.server.hears(ada, "This button is from another time")

    tell(story)


def test_who_manages_the_server_makes_a_channel_the_home(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.guild("cafe", owner=ada, members=[ada, bob])
        general = cafe.channel("general")
        await bob.slash("group", {"change": "create"}, general)
        await here.server.hears(general, "Only organisers can do that")
        await ada.slash("group", {"change": "create"}, general)
        await here.server.hears(general, "is the home of a study group")
        await here.server.until(lambda: here.bot.ready)
        await here.bot.send(Place("discord", str(general.id), "general"), HELLO, 1)
        await here.server.hears(general, "Good morning", after=0)

    tell(story)


def test_what_is_sent_unasked_comes_once_or_says_why_not(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        to = Account("discord", str(ada.id), "ada")
        await here.server.until(lambda: here.bot.ready)
        before = len(ada.dm.standing)
        for _ in range(2):
            await here.bot.send(to, HELLO, 77)
        assert len(ada.dm.standing) == before + 1
        here.server.fault("cut_after", "POST /channels/")
        with pytest.raises(TemporaryFailure):
            await here.bot.send(to, HELLO, 78)
        await here.bot.send(to, HELLO, 78)
        assert len(ada.dm.standing) == before + 2
        ada.closes_dms()
        with pytest.raises(Unreachable):
            await here.bot.send(to, HELLO, 79)
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
