"""Who can be reached, and what is known of chats and members."""

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
)

from tests.platforms.selftests.telegram.talking import talk
from tests.platforms.telegram import (
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_who_never_pressed_start_blocked_or_is_unknown_cannot_be_written_to() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bot.send_message(ada.id, "hi")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(424242, "hi")
        await ada.starts("week1")
        await bot.send_message(ada.id, "hi")
        await ada.blocks()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(ada.id, "hi")
        await ada.starts()
        await bot.send_message(ada.id, "hi again")
        updates = await bot.get_updates()
        assert [update.message.text if update.message else "member" for update in updates] == [
            "/start week1",
            "member",
            "member",
            "/start",
        ]
        blocked = updates[1].my_chat_member
        assert blocked
        assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
        assert blocked.chat.type == "private"

    talk(work)


def test_ids_go_beyond_32_bits_and_are_the_same_in_every_run() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        people = [server.person(name) for name in ("ada", "bob", "cleo", "dan", "eve", "finn")]
        assert any(person.id > 2**32 for person in people)
        assert any(person.id < 2**31 for person in people)
        assert server.person("ada") is people[0]
        assert TelegramServer().person("ada").id == people[0].id
        assert server.group("cafe").id < -(2**31)
        assert str(server.group("lab", supergroup=True).id).startswith("-100")

    talk(work)


def test_being_added_and_thrown_out_is_told_and_felt() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        for name, supergroup, status in [("cafe", False, "left"), ("lab", True, "kicked")]:
            chat = server.group(name, supergroup=supergroup, admins=[ada], bot="left")
            with pytest.raises(Forbidden, match="bot is not a member of the"):
                await bot.send_message(chat.id, "hi")
            await chat.adds_bot(by=ada)
            await bot.send_message(chat.id, "hi")
            removal = await chat.removes_bot(by=ada)
            assert removal.content["new_chat_member"]["status"] == status
            with pytest.raises(Forbidden, match=f"bot was kicked from the {chat.kind} chat"):
                await bot.send_message(chat.id, "hi")
        kinds = [update.kind for update in server.updates]
        assert kinds.count("my_chat_member") == 4
        added = next(update for update in server.updates if update.kind == "message")
        assert added.content["new_chat_members"][0]["username"] == "buddybot"

    talk(work)


def test_a_bot_that_leaves_is_no_member() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        cafe = server.group("cafe")
        assert await bot.leave_chat(cafe.id)
        with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
            await bot.send_message(cafe.id, "hi")
        assert server.updates[-1].content["new_chat_member"]["status"] == "left"

    talk(work)


def test_a_migrated_group_has_a_new_id_and_the_old_one_names_it() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        cafe = server.group("cafe")
        old = cafe.id
        before = await bot.send_message(old, "before")
        new = await cafe.migrates()
        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(old, "after")
        assert moved.value.new_chat_id == new == cafe.id
        assert (await bot.send_message(new, "after")).chat.type == "supergroup"
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("x", new, before.message_id + 10)
        first, second = [update.message for update in await bot.get_updates()]
        assert first
        assert second
        assert (first.chat.id, first.migrate_to_chat_id) == (old, new)
        assert (second.chat.id, second.migrate_from_chat_id) == (new, old)

    talk(work)


def test_what_is_known_of_chats_and_members() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob, eve = (server.person(name) for name in ("ada", "bob", "eve"))
        cafe = server.group("cafe", forum=True, admins=[ada, bob])
        await eve.says("hi", cafe)
        statuses = [(await bot.get_chat_member(cafe.id, person.id)).status for person in (ada, bob, eve)]
        assert statuses == ["creator", "administrator", "member"]
        assert (await bot.get_chat_member(cafe.id, server.person("zoe").id)).status == "left"
        assert (await bot.get_chat_member(cafe.id, server.me()["id"])).status == "member"
        assert [admin.user.id for admin in await bot.get_chat_administrators(cafe.id)] == [ada.id, bob.id]
        full = await bot.get_chat(cafe.id)
        assert (full.title, full.type, full.is_forum) == ("cafe", "supergroup", True)
        with pytest.raises(BadRequest, match="User not found"):
            await bot.get_chat_member(cafe.id, 5)
        with pytest.raises(BadRequest, match="no administrators in the private chat"):
            await bot.get_chat_administrators(ada.id)

    talk(work)
