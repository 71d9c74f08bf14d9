"""What the server sends is as Telegram documents it."""

import asyncio
from typing import Any

import pytest
from telegram import (
    Bot,
    ReplyParameters,
    Update,
)

from tests.platforms.selftests.telegram.talking import (
    keys,
    picture,
    talk,
)
from tests.platforms.telegram import (
    NotSeen,
    Spec,
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_hearing_looks_from_the_last_thing_that_somebody_did() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, "Logged 1 h.")
        await ada.says("/log 2h")
        with pytest.raises(NotSeen, match=r"Logged 1 h\."):
            await server.hears(ada, "Logged", timeout=0.01)
        assert (await server.hears(ada, "Logged", after=0)).text == "Logged 1 h."
        waiting = asyncio.create_task(server.hears(ada, "Logged 2"))
        await bot.send_message(ada.id, "Logged 2 h.")
        assert await waiting is ada.last

    talk(work)


def test_what_the_server_sends_is_as_telegram_documents_it(spec: Spec) -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", language="de", last_name="L", username="ada_l"), server.person("bob")
        cafe = server.group("cafe", admins=[ada], bot="left")
        forum = server.group("forum", forum=True, admins=[ada], bot="administrator")
        await bot.get_updates(
            allowed_updates=["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
        )
        await ada.starts("x")
        await cafe.adds_bot(by=ada)
        week = forum.topic("week 1")
        await forum.joins(bob)
        update = await bob.says("/log 1h #math", week, anonymous=True)
        assert update.message
        await bob.edits(update.message, "/log 2h")
        options: Any = {"message_thread_id": week.id, "reply_markup": keys("A"), "protect_content": True}
        reply = ReplyParameters(update.message.id)
        await bot.send_message(forum.id, "<b>x</b>", parse_mode="HTML", reply_parameters=reply, **options)
        await bot.send_document(forum.id, b"x", filename="x.txt", caption="c", **options)
        await bot.send_photo(ada.id, picture(), caption="p")
        await bob.sends("tea.yaml", b"id: tea", "/upload", forum)
        pressed = await bob.presses("A", week)
        await bot.answer_callback_query(pressed.content["id"])
        await bot.delete_message(forum.id, forum.messages[0].id)
        await bob.presses_data("a", forum.messages[0])
        await ada.blocks()
        await cafe.migrates(memberships=True)
        await cafe.removes_bot(by=ada)
        for chat in (forum.id, ada.id):
            await bot.get_chat(chat)
        for person in (ada.id, bob.id, server.me()["id"], server.person("zoe").id):
            await bot.get_chat_member(forum.id, person)
        await bot.get_chat_administrators(forum.id)
        await bot.get_webhook_info()
        await bot.get_me()
        await bot.get_chat_menu_button()
        kinds = {update.kind for update in server.updates}
        assert kinds == {"message", "edited_message", "callback_query", "my_chat_member", "chat_member"}
        for update in server.updates:
            assert spec.unlike("Update", update.json()) == [], update.json()
            assert Update.de_json(update.json(), bot).effective_chat
        for call in server.calls:
            fitting = [spec.unlike(kind, call.result) for kind in spec.returns(call.method)]
            assert [] in fitting, (call.method, fitting)

    talk(work)
