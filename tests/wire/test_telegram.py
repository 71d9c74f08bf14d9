"""The Telegram adapter against a Telegram of our own, over real sockets."""

import pytest

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.sending import Unreachable
from bot.storage.database import SqlDatabase
from tests.storage.stored_rows import committed
from tests.wire.telegram_town import HELLO, Story, Town, tell

__all__ = ["tell"]


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
    assert [line["minutes"] for line in committed(sqlite, "entry")] == [90, -90]


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
        before = len(cafe.messages)
        await here.server.handled(await ada.says("/someotherbotscommand", cafe, anonymous=True))
        assert len(cafe.messages) == before

    tell(story)
    assert committed(sqlite, "study_group") == []


def test_the_menu_of_admins_has_what_admins_do(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.group("cafe", admins=[ada], members=[bob])
        await here.described()
        assert "group" in [command["command"] for command in ada.menu(cafe)]
        assert "group" not in [command["command"] for command in bob.menu(cafe)]

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


def test_only_admins_create_a_group_for_a_chat_and_topics_are_kept(tell: Story) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.group("cafe", forum=True, admins=[ada], members=[bob])
        topic = cafe.topic("week 1")
        await bob.says("/group create", topic)
        await here.server.hears(topic, "Only organisers can do that: the admins of this chat.")
        await ada.says("/group create", topic)
        created = await here.server.hears(topic, "has a study group")
        assert created.thread_id == topic.id
        await here.bot.send(Place("telegram", f"{cafe.id}/{topic.id}", "cafe"), HELLO, "delivery:1")  # type: ignore[union-attr]
        assert topic.last is not None
        assert topic.last.text == "Good morning."

    tell(story)


def test_a_chat_that_moves_stays_the_groups(tell: Story, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", admins=[ada])
        await ada.says("/group create", cafe)
        await here.server.hears(cafe, "has a study group")
        await cafe.migrates(memberships=True)
        await ada.says("/group", cafe)
        await here.server.hears(cafe, "has a study group")

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
            await here.bot.send(account, HELLO, "delivery:1")
        await here.server.handled(await ada.unblocks())
        assert await accounts() == 1

    tell(story)
