"""The Telegram adapter against a Telegram of our own, over real sockets."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Literal

import aiohttp
import pytest

from bot.adapters.flood import Flood
from bot.adapters.serving import WrongToken
from bot.adapters.telegram import post
from bot.adapters.telegram.platform import Telegram, Webhook
from bot.app import Application, wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.dispatcher import Answer
from bot.dialogue.reply import reply
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.signals import PATIENCE
from tests.platforms.telegram import TOKEN, Limits, Person, TelegramServer, Window, spec_or_none
from tests.storage.books import lines, studied

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
HELLO = Answer(reply(Text("Good morning.")), "en", private=True)
CHAT_WINDOWS = post._chat_windows


class Town:
    """A Telegram, an application and the adapter between them."""

    def __init__(self, server: TelegramServer, application: Application, flood: Flood | None = None) -> None:
        self.server = server
        self.flood = flood
        self.application = application
        self.bot: Telegram | None = None
        self._serving: asyncio.Task[None] | None = None

    def telegram(self, token: str = TOKEN, webhook: Webhook | None = None) -> Telegram:
        """An adapter as a process that has just started would have it."""
        return Telegram(
            self.application.dispatcher,
            token,
            api_url=self.server.url,
            clock=lambda: NOW,
            webhook=webhook,
            flood=self.flood,
        )

    async def opens(self, webhook: Webhook | None = None) -> None:
        """Start serving."""
        self.bot = self.telegram(webhook=webhook)
        self._serving = asyncio.create_task(self.bot.serve())
        asked = "setWebhook" if webhook else "getUpdates"
        before = len(self.server.called(asked))
        await self.server.until(lambda: len(self.server.called(asked)) > before)

    async def closes(self) -> None:
        """Stop in an orderly way; where it has stopped already nothing happens."""
        serving, self._serving = self._serving, None
        if self.bot is not None and serving is not None:
            await self.bot.stop()
            await asyncio.wait_for(serving, PATIENCE)

    async def described(self) -> None:
        """Wait until the menus and the profile are up to date."""
        await self.server.until(lambda: len(self.server.menus) == 6 and len(self.server.profile) == 4)

    async def enrol(self, who: Person) -> None:
        """Somebody becomes a learner."""
        await who.starts()
        await self.server.hears(who, "How many hours a week")
        await who.presses("8 h a week")
        await self.server.hears(who, "which time zone")
        await who.presses("UTC")
        await self.server.hears(who, "Your first step")


@asynccontextmanager
async def town(
    database: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    webhook: Webhook | None = None,
    flood: Flood | None = None,
) -> AsyncIterator[Town]:
    """A town that has opened; in the end nothing was wrong with anything the adapter sent."""
    async with TelegramServer(spec=spec_or_none()) as server:
        here = Town(server, wire(database, {}, roadmaps=roadmaps), flood)
        try:
            await here.opens(webhook)
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
        # What a button changed stands in its place: hello, the question and the welcome are one message.
        assert len([sent for sent in ada.messages if sent.alive]) == 1
        await ada.says("/log@buddybot 1h30\ncalculus")
        logged = await here.server.hears(ada, "Logged 1 h 30 min on “Calculus”")
        assert [button.label for row in logged.buttons for button in row][:2] == ["Undo", "Today"]
        press = await ada.presses("Undo")
        await here.server.hears(ada, "Took back")
        await here.server.answered(press)

    tell(story)
    assert [line["minutes"] for line in lines(sqlite, "entry")] == [90, -90]


def test_german_is_spoken_to_who_speaks_german_and_stands_in_the_menu(tell: Story) -> None:
    async def story(here: Town) -> None:
        eva = here.server.person("eva", language="de")
        await eva.starts()
        await here.server.hears(eva, "Wie viele Stunden pro Woche")
        await here.described()
        assert "study time" in str(here.server.menus)
        assert "Lernzeit" in str(here.server.menus)

    tell(story)


def test_the_bots_page_says_what_it_is_for_in_every_language(tell: Story) -> None:
    async def story(here: Town) -> None:
        await here.described()
        profile = here.server.profile
        assert "week by week" in profile["short_description", ""]
        assert "Press Start" in profile["description", ""]
        assert "Woche für Woche" in profile["short_description", "de"]
        assert "Start" in profile["description", "de"]
        sent = len(here.server.called("setMyDescription"))
        asked = len(here.server.called("getMyDescription"))
        await here.closes()
        await here.opens()
        await here.server.until(lambda: len(here.server.called("getMyDescription")) == asked + 2)
        assert len(here.server.called("setMyDescription")) == sent

    tell(story)


def test_who_writes_as_the_group_is_told_why_that_cannot_be_answered(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", admins=[ada])
        await ada.says("/group create", cafe, anonymous=True)
        await here.server.hears(cafe, "I cannot tell who you are")
        said = len(cafe.messages)
        await here.server.handled(await ada.says("/someotherbotscommand", cafe, anonymous=True))
        assert len(cafe.messages) == said

    tell(story)
    assert lines(sqlite, "study_group") == []


def test_the_menu_of_admins_has_what_admins_do(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.group("cafe", admins=[ada], members=[bob])
        await here.described()
        assert "group" in [one["command"] for one in ada.menu(cafe)]
        assert "group" not in [one["command"] for one in bob.menu(cafe)]

    tell(story)


def test_a_private_command_in_a_group_is_answered_in_private_with_a_pointer(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", admins=[ada])
        await here.enrol(ada)
        await ada.says("/today", cafe)
        pointer = await here.server.hears(cafe, "I have answered you in private")
        assert pointer.reply_to is not None
        await here.server.hears(ada, "Today: Introduction")
        assert not [sent for sent in cafe.messages if "Introduction" in sent.text]

    tell(story)


def test_who_never_pressed_start_finds_a_way_to_what_they_asked_for(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, eve = here.server.person("ada"), here.server.person("eve")
        cafe = here.server.group("cafe", members=[ada, eve])
        await ada.says("/privacy", cafe)
        pointer = await here.server.hears(cafe, "press Start below")
        url = pointer.buttons[-1][0].url
        assert url
        # The link was made for ada: in eve's hands it is a plain Start.
        await eve.starts(url.partition("start=")[2])
        await here.server.hears(eve, "Hello, I am your study buddy")
        await ada.presses("Start", cafe)
        await here.server.hears(ada, "What I keep")

    tell(story)


def test_only_admins_make_a_chat_the_home_of_a_group_and_topics_are_kept(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.group("cafe", forum=True, admins=[ada], members=[bob])
        topic = cafe.topic("week 1")
        await bob.says("/group create", topic)
        await here.server.hears(topic, "Only organisers can do that")
        await ada.says("/group create", topic)
        home = await here.server.hears(topic, "is the home of a study group")
        assert home.thread_id == topic.id
        await here.bot.send(Place("telegram", f"{cafe.id}/{topic.id}", "cafe"), HELLO, 1)  # type: ignore[union-attr]
        assert topic.last is not None
        assert topic.last.text == "Good morning."

    tell(story)


def test_a_group_that_moves_takes_its_home_along(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", admins=[ada])
        await ada.says("/group create", cafe)
        await here.server.hears(cafe, "is the home of a study group")
        await cafe.migrates(memberships=True)
        await ada.says("/group", cafe)
        await here.server.hears(cafe, "is the home of a study group")

    tell(story)


def test_blocked_and_back_again(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        account = Account("telegram", str(ada.id), "ada")

        async def accounts() -> int:
            learner = await sqlite.run(lambda uow: uow.learners.find(account))
            assert learner is not None
            return len(await sqlite.run(lambda uow: uow.learners.reachable_accounts(learner.id)))

        await here.server.handled(await ada.blocks())
        assert await accounts() == 0
        assert here.bot is not None
        with pytest.raises(Unreachable):
            await here.bot.send(account, HELLO, 1)
        await here.server.handled(await ada.unblocks())
        assert await accounts() == 1

    tell(story)


def test_what_goes_wrong_on_the_way_is_said_in_our_words(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada", started=True)
        to = Account("telegram", str(ada.id), "ada")
        assert here.bot is not None
        kinds: dict[Literal["error", "bad_gateway", "blocked"], type[Exception]] = {
            "error": TemporaryFailure,
            "bad_gateway": TemporaryFailure,
            "blocked": Unreachable,
        }
        for kind, expected in kinds.items():
            here.server.fault(kind, "sendMessage")
            with pytest.raises(expected):
                await here.bot.send(to, HELLO, 1)
        here.server.fault("too_many", "sendMessage", retry_after=7)
        with pytest.raises(RetryAfter) as asked:
            await here.bot.send(to, HELLO, 1)
        assert asked.value.seconds == 7
        with pytest.raises(Unreachable):
            await here.bot.send(Account("telegram", "77", "nobody"), HELLO, 1)

    tell(story)


def test_an_answer_survives_a_cut_connection(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        here.server.fault("cut_before", "sendMessage")
        await ada.starts()
        await here.server.hears(ada, "How many hours a week")

    tell(story)


def test_slow_people_hold_up_nobody_and_nothing_is_lost_or_counted_twice(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story() -> None:
        async with TelegramServer(spec=spec_or_none()) as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            await here.opens()
            people = [server.person(f"p{n}") for n in range(5)]
            for who in people:
                await here.enrol(who)
            # Nobody hears an answer to this one, and the others do not notice.
            stuck = server.fault("hang", "sendMessage", chat=people[0].chat)
            await people[0].says("/log 10m")
            for who in people[1:]:
                await who.says("/log 10m")
                await server.hears(who, "Logged 10 min")
            for n in range(5):
                for who in people[1:]:
                    update = await who.says(f"/log {n + 11}m")
                    server.redeliver(update, 2)
            await here.closes()
            stuck.release()
            await here.opens()
            for who in people[1:]:
                await server.hears(who, "Logged 15 min", after=0)
            await here.closes()
            assert server.problems == []

    asyncio.run(story())
    minutes = sorted(line["minutes"] for line in studied(sqlite))
    assert sum(minutes) == 10 + 4 * (10 + sum(range(11, 16)))


def test_the_webhook_takes_only_what_has_the_secret_and_answers_after_the_commit(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], unused_port: int
) -> None:
    async def story() -> None:
        async with TelegramServer(spec=spec_or_none()) as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            url = f"http://127.0.0.1:{unused_port}/hook"
            await here.opens(Webhook(url, "s3cret_s3cret_s3cret", "127.0.0.1", unused_port))
            ada = server.person("ada")
            await here.enrol(ada)
            update = json.dumps({"update_id": 5, "message": {"text": "/start"}})
            async with aiohttp.ClientSession() as session:
                for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
                    async with session.post(url, data=update, headers=headers) as answer:
                        assert answer.status == 401
                right = {"X-Telegram-Bot-Api-Secret-Token": "s3cret_s3cret_s3cret"}
                for body in ("", "[]", "{", "[" * 100_000):
                    async with session.post(url, data=body, headers=right) as answer:
                        assert answer.status == 400
                async with session.post(url, data=BytesIO(b"x" * (2 << 20)), headers=right) as answer:
                    assert answer.status == 413
            await here.closes()

    asyncio.run(story())


def test_a_wrong_token_is_told_apart_from_other_trouble(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    async def story() -> None:
        async with TelegramServer() as server:
            here = Town(server, wire(sqlite, {}, roadmaps=roadmaps))
            bot = here.telegram("123456:wrong")
            with pytest.raises(WrongToken):
                await bot.serve()
            assert not bot.ready
            await bot.stop()

    asyncio.run(story())


def test_limits_are_kept_and_an_answer_passes_a_broadcast(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "_chat_windows", CHAT_WINDOWS)

    async def story(here: Town) -> None:
        here.server.limits = Limits(overall=Window(30, 1), per_chat=Window(3, 3), per_group=Window(20, 60))
        crowd = [here.server.person(f"c{n}", started=True) for n in range(150)]
        ada = here.server.person("ada")
        assert here.bot is not None
        bot = here.bot
        sends = [asyncio.create_task(bot.send(Account("telegram", str(c.id), "c"), HELLO, 1)) for c in crowd]
        await asyncio.sleep(0.05)
        await ada.starts()
        await here.server.hears(ada, "How many hours a week")
        assert not all(task.done() for task in sends)
        await asyncio.gather(*sends)
        assert here.server.refused == []

    tell(story)
