"""How the Telegram adapter serves: errors in our words, many people at once, the webhook, limits."""

import asyncio
import json
from io import BytesIO
from typing import Literal

import aiohttp
import pytest

from bot.adapters.serving import WrongToken
from bot.adapters.telegram.platform import Webhook
from bot.app import wire
from bot.core.learner import Account
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.telegram import Limits, TelegramServer, Window, spec_or_none
from tests.storage.stored_rows import studied
from tests.wire.telegram_town import HELLO, Story, Town, tell

__all__ = ["tell"]


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
                await here.bot.send(to, HELLO, "delivery:1")
        here.server.fault("too_many", "sendMessage", retry_after=7)
        with pytest.raises(RetryAfter) as asked:
            await here.bot.send(to, HELLO, "delivery:1")
        assert asked.value.seconds == 7
        with pytest.raises(Unreachable):
            await here.bot.send(Account("telegram", "77", "nobody"), HELLO, "delivery:1")

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


@pytest.mark.slow
def test_limits_are_kept_and_an_answer_passes_a_broadcast(tell: Story) -> None:
    async def story(here: Town) -> None:
        here.server.limits = Limits(overall=Window(30, 1), per_chat=Window(3, 3), per_group=Window(20, 60))
        crowd = [here.server.person(f"c{n}", started=True) for n in range(150)]
        ada = here.server.person("ada")
        assert here.bot is not None
        bot = here.bot
        sends = [asyncio.create_task(bot.send(Account("telegram", str(c.id), "c"), HELLO, "delivery:1")) for c in crowd]
        await asyncio.sleep(0.05)
        await ada.starts()
        await here.server.hears(ada, "How many hours a week")
        assert not all(task.done() for task in sends)
        await asyncio.gather(*sends)
        assert here.server.refused == []

    tell(story)
