"""One person or one chat asks for very much at once: everybody else is answered as if it were nothing."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest

from bot.adapters.flood import Flood
from bot.adapters.outbox import ROOM
from bot.adapters.rates import Window as PacedWindow
from bot.adapters.telegram import limits
from bot.adapters.telegram.platform import Webhook
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.telegram import Chat, Limits, Person, Update, Window
from tests.storage.stored_rows import committed, studied
from tests.wire.telegram_town import Town, town

MUCH = 1000
PER_PERSON = 30
FEW = 10

Story = Callable[[Town], Awaitable[None]]
Tell = Callable[[Story], None]


@pytest.fixture(params=["polling", pytest.param("webhook", marks=pytest.mark.slow)])
def tell(
    request: pytest.FixtureRequest,
    sqlite: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    unused_port: int,
    monkeypatch: pytest.MonkeyPatch,
) -> Tell:
    """Play a story in a town with Telegram's limits, ten times as fast, by either way of hearing."""
    monkeypatch.setattr(limits, "_windows", lambda _: (PacedWindow(3, 0.3),))
    url = f"http://127.0.0.1:{unused_port}/hook"
    webhook = Webhook(url, "s3cret_s3cret_s3cret", "127.0.0.1", unused_port) if request.param == "webhook" else None

    def play(story: Story) -> None:
        async def whole() -> None:
            async with town(sqlite, roadmaps, webhook, Flood(PER_PERSON)) as here:
                here.server.limits = Limits(per_chat=Window(3, 0.3), per_group=None)
                await story(here)
                # That limits are kept is shown where time is not the machine's (test_telegram_pacing.py).
                assert len(here.server.refused) <= FEW

        asyncio.run(whole())

    return play


async def others_are_answered(
    here: Town, others: list[Person], flood: Callable[[], Awaitable[list[Update]]], *, flooded: Chat
) -> list[Update]:
    """There is a flood, of which not one answer gets through; and then each of the others logs once and hears of it."""
    stuck = here.server.fault("hang", times=None, chat=flooded)
    updates = await flood()
    for who in others:
        await who.says("/log 7m")
    for who in others:
        await here.server.hears(who, "Logged 7 min")
    await here.server.until(lambda: all(update.handled for update in updates))
    stuck.release()
    return updates


def notes(where: Chat) -> list[str]:
    return [sent.text for sent in where.messages if "a lot at once" in sent.text]


def test_a_thousand_commands_of_one_person_delay_nobody_and_get_one_line(tell: Tell, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        flooder, others = here.server.person("flood"), [here.server.person(f"p{n}") for n in range(5)]
        for who in (flooder, *others):
            await here.enrol(who)

        async def flood() -> list[Update]:
            return [await flooder.says(f"/log {n}m") for n in range(1, MUCH + 1)]

        await others_are_answered(here, others, flood, flooded=flooder.chat)
        await here.server.until(lambda: notes(flooder.chat))
        await asyncio.sleep(1)
        (note,) = notes(flooder.chat)
        assert "left out answers, from “/log" in note
        match = re.search(r"I logged nothing from “/log (\d+)m” on", note)
        assert match
        first.append(int(match[1]))

    first: list[int] = []
    tell(story)
    assert first == [PER_PERSON + 1]
    assert sum(line["minutes"] for line in studied(sqlite)) == sum(range(1, first[0])) + 5 * 7


@pytest.mark.slow
def test_two_hundred_people_of_one_chat_delay_nobody_and_all_are_taken_down(tell: Tell, sqlite: SqlDatabase) -> None:
    async def story(here: Town) -> None:
        others = [here.server.person(f"p{n}") for n in range(5)]
        for who in others:
            await here.enrol(who)
        crowd = [here.server.person(f"c{n}", started=True) for n in range(200)]
        cafe = here.server.group("cafe", members=crowd, supergroup=True)

        async def flood() -> list[Update]:
            return [await who.says("/privacy", cafe) for who in crowd]

        await others_are_answered(here, others, flood, flooded=cafe)
        await here.server.until(lambda: all(who.messages for who in crowd))
        assert notes(cafe) == []

    tell(story)


def test_a_chat_that_is_asked_for_more_than_telegram_lets_through_says_what_it_leaves_out(tell: Tell) -> None:
    async def story(here: Town) -> None:
        ada, other = here.server.person("ada"), here.server.person("p")
        await here.enrol(other)
        crowd = [here.server.person(f"c{n}", started=True) for n in range(60)]
        cafe = here.server.group("cafe", admins=[ada], members=crowd, supergroup=True)

        async def flood() -> list[Update]:
            return [await who.says("/leaderboard", cafe) for who in crowd]

        await others_are_answered(here, [other], flood, flooded=cafe)
        await here.server.until(lambda: notes(cafe))
        (note,) = notes(cafe)
        assert "I left out answers here, from “/leaderboard” by C" in note
        assert "In private I answer sooner" in note
        assert len(cafe.messages) <= ROOM + 2

    tell(story)


@pytest.mark.slow
def test_a_flood_of_pressed_buttons_stops_every_spinner_and_delays_nobody(tell: Tell) -> None:
    async def story(here: Town) -> None:
        flooder, other = here.server.person("flood"), here.server.person("p")
        here.server.callback_lifetime = 120  # however slow the machine is
        for who in (flooder, other):
            await here.enrol(who)
        await flooder.says("/log 5m")
        logged = await here.server.hears(flooder, "Logged 5 min")

        async def flood() -> list[Update]:
            return [await flooder.presses("Today", message=logged) for _ in range(100)]

        presses = await others_are_answered(here, [other], flood, flooded=flooder.chat)
        await here.server.until(lambda: all(press.press and press.press.answered for press in presses))
        assert any("Please wait a minute" in press.press.text for press in presses if press.press)
        await here.server.until(lambda: notes(flooder.chat))
        assert "I logged nothing from “/today” on" in notes(flooder.chat)[0]

    tell(story)


def test_a_flood_of_words_that_are_not_ours_costs_nothing_and_is_nobodys_concern(
    tell: Tell, sqlite: SqlDatabase
) -> None:
    async def story(here: Town) -> None:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.group("cafe", admins=[ada], members=[bob])
        await here.enrol(ada)

        async def flood() -> list[Update]:
            return [await bob.says("/roll", cafe) for _ in range(300)]

        await others_are_answered(here, [ada], flood, flooded=cafe)
        assert cafe.messages == []
        await bob.says("/leaderboard", cafe)
        await here.server.until(lambda: cafe.messages)

    before = len(committed(sqlite, "request"))
    tell(story)
    assert len(committed(sqlite, "request")) - before < 20


def test_whoever_flooded_is_told_in_the_language_they_are_answered_in(tell: Tell) -> None:
    async def story(here: Town) -> None:
        eva = here.server.person("eva", language="de", started=True)

        async def flood() -> list[Update]:
            return [await eva.says("/privacy") for _ in range(PER_PERSON + 5)]

        await others_are_answered(here, [], flood, flooded=eva.chat)
        await here.server.hears(eva, "Das war viel auf einmal", after=0)

    tell(story)
