"""What Telegram refuses for good is not tried again and again, and reaches people another way where there is one."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Attachment, reply
from bot.dialogue.sending import TemporaryFailure, Unreachable
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.telegram import Chat, Topic
from tests.storage.stored_rows import committed
from tests.wire.telegram_town import HELLO, Town, town

Story = Callable[[Town], Awaitable[None]]
Tell = Callable[[Story], None]

STAYS = [
    (400, "Bad Request: TOPIC_CLOSED"),
    (400, "Bad Request: TOPIC_DELETED"),
    (400, "Bad Request: message thread not found"),
    (400, "Bad Request: not enough rights to send text messages to the chat"),
    (400, "Bad Request: have no rights to send a message"),
    (400, "Bad Request: CHAT_RESTRICTED"),
    (400, "Bad Request: chat not found"),
    (400, "Bad Request: need administrator rights in the channel chat"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
    (400, "Bad Request: PEER_ID_INVALID"),
    (400, "bad request: topic_closed"),
    (403, "Forbidden: bot was blocked by the user"),
    (403, "Forbidden: bot was kicked from the supergroup chat"),
    (403, "Forbidden: user is deactivated"),
    (403, "Forbidden: bot can't initiate conversation with a user"),
]
PASSES = [
    (400, "Bad Request: message is too long"),
    (400, "Bad Request: can't parse entities"),
    (500, "Internal Server Error"),
    (409, "Conflict: something else"),
]


@pytest.fixture
def tell(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Tell:
    """Play a story in a town."""

    def play(story: Story) -> None:
        async def whole() -> None:
            async with town(sqlite, roadmaps) as here:
                await story(here)

        asyncio.run(whole())

    return play


@pytest.mark.parametrize(("code", "description"), STAYS)
def test_a_refusal_that_stays_is_told_as_such(code: int, description: str, tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada", started=True)
        assert here.bot is not None
        here.server.fault("refused", "sendMessage", refusal=(code, description))
        with pytest.raises(Unreachable):
            await here.bot.send(Account("telegram", str(ada.id), "ada"), HELLO, "delivery:1")
        here.server.fault("refused", "editMessageText", refusal=(code, description))
        with pytest.raises(Unreachable):
            await here.bot.edit(Place("telegram", str(ada.id), "ada"), "1", HELLO)

    tell(story)


@pytest.mark.parametrize(("code", "description"), PASSES)
def test_a_refusal_that_may_pass_is_told_as_such(code: int, description: str, tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada", started=True)
        assert here.bot is not None
        here.server.fault("refused", "sendMessage", refusal=(code, description))
        with pytest.raises(TemporaryFailure):
            await here.bot.send(Account("telegram", str(ada.id), "ada"), HELLO, "delivery:1")

    tell(story)


def test_an_answer_that_a_topic_does_not_take_comes_in_private_and_the_topic_is_left_alone(tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", forum=True, admins=[ada])
        topic, other = cafe.topic("closed"), cafe.topic("open")
        await here.enrol(ada)
        topic.closed = True
        for _ in range(5):
            await here.server.handled(await ada.says("/leaderboard", topic))
            await here.server.hears(ada, "no study group", after=0)
            ada.chat.touch()
        assert len([call for call in here.server.called("sendMessage") if not call.done]) == 1
        await ada.says("/leaderboard", other)
        await here.server.hears(other, "no study group")
        topic.closed = False
        cafe.tell(cafe.post(ada, media={"forum_topic_reopened": {}}, service=True, topic=topic))
        await ada.says("/leaderboard", topic)
        await here.server.hears(topic, "no study group")

    tell(story)


def test_who_cannot_be_written_to_in_private_is_not_tried_again_until_they_come(tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", members=[ada])
        for n in range(3):
            await ada.says("/privacy", cafe)
            await here.server.until(lambda n=n: len(cafe.messages) == n + 1)  # type: ignore[misc]
        refused = [call for call in here.server.called("sendMessage") if not call.done]
        assert len(refused) == 1
        await ada.starts()
        await here.server.hears(ada, "How many hours a week")
        await ada.says("/privacy", cafe)
        await here.server.hears(ada, "What I keep", after=0)

    tell(story)


def test_a_pause_that_telegram_wants_in_one_chat_holds_up_no_other_and_loses_nothing(tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        for who in (ada, bob):
            await here.enrol(who)
        fault = here.server.fault("too_many", "sendMessage", chat=ada.chat, retry_after=2)
        await here.server.handled(await ada.says("/log 10m"))
        await here.server.handled(await ada.says("/log 11m"))
        await here.server.until(lambda: fault.met)
        await bob.says("/log 12m")
        await here.server.hears(bob, "Logged 12 min")
        assert "Logged" not in ada.messages[-1].text
        await here.server.hears(ada, "Logged 11 min", after=0)
        assert [sent.text[:13] for sent in ada.messages[-2:]] == ["Logged 10 min", "Logged 11 min"]

    tell(story)


def test_a_pause_of_an_hour_loses_the_answer_and_holds_nothing(tell: Tell, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        await here.enrol(ada)
        here.server.fault("too_many", "sendMessage", chat=ada.chat, retry_after=3600)
        for minutes in (10, 11, 12):
            await here.server.handled(await ada.says(f"/log {minutes}m"))
        await here.server.until(lambda: here.bot and here.bot.busy == 0)

    tell(story)
    assert [line["minutes"] for line in committed(sqlite, "entry")] == [10, 11, 12]


def test_a_group_that_moved_unheard_is_found_again_by_an_answer_and_by_a_delivery(
    tell: Tell, sqlite: SqlDatabase
) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", admins=[ada])
        await ada.says("/group create", cafe)
        await here.server.hears(cafe, "has a study group")
        old = cafe.id
        await here.closes()
        await cafe.migrates()
        here.server.queue.forget()
        await here.opens()
        assert here.bot is not None
        with pytest.raises(TemporaryFailure):
            await here.bot.send(Place("telegram", str(old), "cafe"), HELLO, "delivery:1")
        assert [line["external_id"] for line in committed(sqlite, "place")] == [str(cafe.id)]
        await here.bot.send(Place("telegram", str(cafe.id), "cafe"), HELLO, "delivery:1")
        assert cafe.messages[-1].text == "Good morning."

    tell(story)


def test_an_answer_on_its_way_follows_a_group_that_moves(tell: Tell, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", admins=[ada])
        await ada.says("/group create", cafe)
        await here.server.hears(cafe, "has a study group")
        slow = here.server.fault("too_many", "sendMessage", chat=cafe, retry_after=1)
        await here.server.handled(await ada.says("/group", cafe))
        await here.server.until(lambda: slow.met)
        await here.server.until(lambda: here.bot and here.bot.busy)
        await cafe.migrates()
        await here.server.hears(cafe, "has a study group")
        assert [line["external_id"] for line in committed(sqlite, "place")] == [str(cafe.id)]

    tell(story)


def test_a_file_stays_in_its_topic(tell: Tell) -> None:
    async def story(here: Town) -> None:
        cafe = here.server.group("cafe", forum=True)
        topic = cafe.topic("week 1")
        answer = Answer(reply(Text("Here."), Attachment("plan.csv", "text/csv", "a,b\n")), "en", private=False)
        assert here.bot is not None
        await here.bot.send(Place("telegram", f"{cafe.id}/{topic.id}", "cafe"), answer, "delivery:1")
        assert [bool(sent.document) for sent in topic.messages] == [False, True]

    tell(story)


@pytest.mark.parametrize("gone", [False, True])
def test_a_button_on_an_old_message_answers_in_its_topic(gone: bool, tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", forum=True, admins=[ada])
        topic, evening = cafe.topic("chatter"), cafe.topic("evening")
        await here.enrol(ada)
        await ada.says("/group create", evening)
        await here.server.hears(evening, "has a study group")
        await ada.says("/leaderboard", topic)
        asked = await here.server.hears(topic, "no study group")
        data = asked.buttons[0][0].data or ""
        asked.alive = not gone
        await ada.presses_data(data, asked, old=True)
        await here.server.hears(topic, "has a study group")

    tell(story)


def test_a_button_from_before_topics_were_carried_works_as_it_did(tell: Tell, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe = here.server.group("cafe", forum=True, admins=[ada])
        topic = cafe.topic("week 1")
        await here.enrol(ada)
        await ada.says("/leaderboard", topic)
        asked = await here.server.hears(topic, "no study group")
        data = (asked.buttons[0][0].data or "").partition("#")[0]
        await ada.presses_data(data, asked)
        await here.server.hears(topic, "has a study group")

    tell(story)


@pytest.mark.parametrize(
    "data", ["1.group?change=create#", "1.group?change=create#zz", "1.today#-1", "#5", "1.x#" + "9" * 50]
)
def test_a_button_with_a_forged_topic_is_answered_and_breaks_nothing(data: str, tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada = here.server.person("ada")
        cafe: Chat = here.server.group("cafe", forum=True, members=[ada])
        topic: Topic = cafe.topic("week 1")
        await here.enrol(ada)
        await ada.says("/leaderboard", topic)
        asked = await here.server.hears(topic, "no study group")
        press = await ada.presses_data(data, asked, old=True)
        await here.server.answered(press)
        await here.server.handled(press)
        await ada.says("/log 10m")
        await here.server.hears(ada, "Logged 10 min")

    tell(story)


def test_an_account_that_is_gone_is_unreachable(tell: Tell) -> None:
    async def story(here: Town) -> None:
        assert here.bot is not None
        with pytest.raises(Unreachable):
            await here.bot.send(Account("telegram", "77", "nobody"), HELLO, "delivery:1")

    tell(story)
