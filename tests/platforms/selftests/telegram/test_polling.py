"""Updates are fetched until an offset confirms them."""

import asyncio
import time

import aiohttp
import pytest
from telegram import (
    Bot,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from tests.platforms.selftests.telegram.talking import (
    POLL,
    raw,
    talk,
)
from tests.platforms.telegram import (
    TOKEN,
    Spec,
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_updates_come_until_an_offset_confirms_them() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = [await ada.says(f"/log {number}") for number in range(5)]
        first = await bot.get_updates(limit=2)
        again = await bot.get_updates(limit=2)
        assert (
            [update.update_id for update in first] == [update.update_id for update in again] == [sent[0].id, sent[1].id]
        )
        rest = await bot.get_updates(offset=sent[1].id + 1)
        assert [update.handled for update in sent] == [True, True, False, False, False]
        assert [update.message.text for update in rest if update.message] == ["/log 2", "/log 3", "/log 4"]
        assert [update.update_id for update in await bot.get_updates(offset=-1)] == [sent[4].id]
        assert await bot.get_updates(offset=sent[4].id + 1) == ()
        await server.handled(sent[4])

    talk(work)


def test_a_thousand_updates_are_pushed_at_once_and_fetched_by_hundreds() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        people = [server.person(f"p{number}", started=True) for number in range(50)]
        for number in range(1000):
            await people[number % 50].says(f"/log {number}")
        offset, texts = 0, []
        while batch := await bot.get_updates(offset=offset):
            assert len(batch) == 100
            texts += [update.message.text for update in batch if update.message]
            offset = batch[-1].update_id + 1
        assert texts == [f"/log {number}" for number in range(1000)]
        assert all(update.handled for update in server.updates)

    talk(work)


def test_a_long_poll_ends_with_the_first_update() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: server.called("getUpdates"))
        await asyncio.sleep(0)
        began = time.monotonic()
        await ada.says("hello")
        assert len(await poll) == 1
        assert time.monotonic() - began < 10  # not the 20 seconds that it would have waited

    talk(work)


def test_the_first_of_two_polls_gets_a_conflict() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        first = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: len(server.called("getUpdates")) == 1)
        second = asyncio.create_task(bot.get_updates(timeout=20))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await ada.says("hello")
        assert len(await second) == 1

    talk(work)


def test_a_file_comes_with_a_message_and_its_bytes_are_fetched() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await ada.sends("tea.yaml", b"id: tea", "/upload for cafe")
        (update,) = await bot.get_updates()
        assert update.message is not None
        assert update.message.document is not None
        assert (update.message.document.file_name, update.message.document.file_size) == ("tea.yaml", 7)
        assert update.message.text is None
        assert [entity.type for entity in update.message.caption_entities] == ["bot_command"]
        file = await bot.get_file(update.message.document.file_id)
        async with aiohttp.ClientSession() as session:
            for token, path, status in (
                (TOKEN, f"documents/{file.file_id}", 200),
                (TOKEN, "documents/nothing", 404),
                ("1:wrong", f"documents/{file.file_id}", 404),
            ):
                async with session.get(f"{server.url}/file/bot{token}/{path}") as response:
                    assert response.status == status
                    assert (await response.read() == b"id: tea") == (status == 200)
        with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
            await bot.get_file("nothing")

    talk(work)


def test_privacy_mode_goes_by_the_words_beside_a_file() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        cafe = server.group("cafe", admins=[ada])
        assert not (await ada.sends("tea.yaml", b"id: tea", "look", cafe)).delivered
        assert (await ada.sends("tea.yaml", b"id: tea", "/upload", cafe)).delivered
        await bot.send_message(cafe.id, "Which file?")
        assert (await ada.sends("tea.yaml", b"id: tea", "", cafe, cafe.last)).delivered

    talk(work)


def test_a_poll_whose_client_died_takes_no_update_with_it() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await ada.says("hello")
        await bot.get_updates(offset=sent.id + 1)
        server.redeliver(sent)
        assert len(await bot.get_updates(offset=sent.id + 1)) == 1
        dying = asyncio.create_task(raw(server, "getUpdates", json={"offset": sent.id + 1, "timeout": 20}))
        await server.until(lambda: len(server.called("getUpdates")) == 3)
        await asyncio.sleep(POLL)
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        await asyncio.sleep(POLL)
        server.redeliver(sent)
        assert len(await bot.get_updates(offset=sent.id + 1)) == 1

    talk(work)


def test_only_what_was_asked_for_is_delivered_and_chat_member_must_be_asked_for() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob")
        cafe = server.group("cafe", admins=[ada], bot="administrator")
        await cafe.joins(bob)
        await ada.blocks()
        assert [update.kind for update in server.updates] == ["message", "my_chat_member"]
        await bot.get_updates(allowed_updates=["callback_query", "chat_member"])
        await cafe.leaves(bob)
        assert [update.kind for update in server.updates[2:]] == ["chat_member"]
        assert not (await ada.starts()).delivered
        await bot.get_updates()
        assert not (await ada.says("still kept")).delivered, "without the parameter the old choice stays"
        await bot.get_updates(allowed_updates=[])
        assert (await ada.says("back to the default")).delivered

    talk(work)


def test_a_kind_of_update_that_there_is_not_is_a_problem(spec: Spec) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        every = list(Update.ALL_TYPES)
        await bot.get_updates(allowed_updates=every)
        assert server.problems == []
        with pytest.raises(BadRequest, match="unknown kind"):
            await bot.get_updates(allowed_updates=["messages"])

    talk(work, problems=True, spec=spec)


def test_an_update_can_come_again_although_it_was_confirmed() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        sent = await ada.says("/log 1h")
        await bot.get_updates(offset=sent.id + 1)
        server.redeliver(sent, times=2)
        batch = await bot.get_updates(offset=sent.id + 1)
        assert [update.update_id for update in batch] == [sent.id] * 2
        assert await bot.get_updates(offset=sent.id + 1) == ()

    talk(work)
