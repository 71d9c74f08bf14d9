"""Plain words on Discord: in private, and in servers where a message mentions the bot; no other message is read."""

from datetime import datetime

import pytest

from bot.adapters.discord import PLATFORM
from bot.core.group import Place
from bot.dialogue.answer import Answer
from bot.dialogue.request import Request
from tests.platforms.discord import Channel, Person
from tests.wire.discord_town import HELLO, Story, Town, tell

__all__ = ["tell"]


async def cafe(here: Town) -> tuple[Person, Person, Channel]:
    """Ada, a learner, and bob in a channel."""
    ada, bob = here.server.person("ada"), here.server.person("bob")
    general = here.server.guild("cafe", members=[ada, bob]).channel("general")
    await here.enrol(ada)
    await here.server.until(lambda: here.bot.ready)
    return ada, bob, general


async def handled(here: Town) -> None:
    """Everything that was written so far has been answered, or not."""
    await here.server.until(lambda: here.bot._queue.busy == 0)


def test_words_in_private_are_answered_there(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, _, _ = await cafe(here)
        await ada.writes("did 45 minutes of calculus today")
        await here.server.hears(ada, "Logged 45 min on")
        await ada.writes("undo that")
        await here.server.hears(ada, "Took back")
        await ada.writes("/today")
        await here.server.hears(ada, "Today:")


def test_the_answer_to_words_that_mention_the_bot_is_private_where_it_is_somebodys_own(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, bob, general = await cafe(here)
        await ada.writes("@buddybot did 45 minutes of calculus today", general)
        await here.server.hears(ada, "Logged 45 min on")
        await here.server.hears(general, "Ada, I have answered you in private.")
        assert not any("45" in sent.text for sent in bob.sees(general))


def test_an_answer_for_all_is_given_in_the_channel(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, _, general = await cafe(here)
        await ada.writes("@buddybot /leaderboard", general)
        await here.server.until(lambda: general.messages)
        assert "answered you in private" not in general.messages[0].text


def test_a_reply_that_rings_is_read_and_one_that_does_not_is_not(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, _, general = await cafe(here)
        await here.bot.send(Place(PLATFORM, str(general.id), "general"), HELLO, "delivery:1")
        await ada.writes("did 30 minutes of calculus today", general, reply_to=general.messages[-1], rings=False)
        await ada.writes("did 45 minutes of calculus today", general, reply_to=general.messages[-1])
        await here.server.hears(ada, "Logged 45 min on")
        assert not any("30 min" in sent.text for sent in ada.messages)


def test_what_people_say_to_each_other_is_never_read(tell: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, bob, general = await cafe(here)
        heard: list[str] = []
        handle = here.application.dispatcher.handle

        async def hear(request: Request, now: datetime) -> Answer:
            if not request.event:
                heard.append(request.rest)
            return await handle(request, now)

        monkeypatch.setattr(here.application.dispatcher, "handle", hear)
        for typed in ("did 45 minutes of calculus today", "/today", f"<@{bob.id}> did 2h", "buddybot did 2h"):
            await ada.writes(typed, general)
        await ada.writes("did 2h today", here.server.group("friends", ada))
        await ada.writes("@buddybot what now?", general)
        await here.server.hears(ada, "Today:")
        assert heard == ["what now?"]


def test_whose_private_messages_are_closed_is_told_so(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, _, general = await cafe(here)
        ada.closes_dms()
        await ada.writes("@buddybot today", general)
        await here.server.hears(general, "your private messages are closed to me")


def test_a_message_that_comes_twice_is_taken_down_once(tell: Story) -> None:
    @tell
    async def story(here: Town) -> None:
        ada, _, _ = await cafe(here)
        number = here.server.new_id()
        here.server.new_id = lambda: number  # type: ignore[method-assign]
        await ada.writes("did 45 minutes of calculus today")
        await here.server.hears(ada, "Logged 45 min on")
        await ada.writes("did 45 minutes of calculus today")
        await handled(here)
        del here.server.new_id
        await ada.slash("progress")
        await here.server.hears(ada, "45 min of 8 h")
