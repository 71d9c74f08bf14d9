"""What the bot gets to see."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MenuButtonCommands,
)
from telegram.error import (
    BadRequest,
)

from tests.platforms.selftests.telegram.talking import Clock, keys, talk
from tests.platforms.telegram import (
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


def test_in_a_group_only_commands_for_the_bot_replies_to_it_and_service_messages_arrive() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        cafe = server.group("cafe", admins=[ada])
        answer = await bot.send_message(cafe.id, "which?")
        mine = cafe.history[answer.message_id]
        delivered = [
            (await ada.says("/log 1h", cafe)).delivered,
            (await ada.says("/log@BuddyBot 1h", cafe)).delivered,
            (await ada.says("berlin", cafe, reply_to=mine)).delivered,
            (await cafe.joins(bob)).delivered,
        ]
        assert delivered == [True] * 4
        other = await ada.says("/log@otherbot 1h", cafe)
        plain = await ada.says("hello everybody", cafe)
        assert plain.message
        kept = [
            other.delivered,
            plain.delivered,
            (await bob.says("same", cafe, reply_to=plain.message)).delivered,
            (await ada.says("see /log", cafe)).delivered,
            (await bob.posts({"dice": {"emoji": "🎲", "value": 3}}, cafe)).delivered,
        ]
        assert kept == [False] * 5
        assert len(await bot.get_updates()) == 4
        await cafe.promotes_bot(by=ada)
        assert (await ada.says("hello everybody", cafe)).delivered, "administrators see everything"

    talk(work)


def test_a_message_is_built_as_telegram_builds_it() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", language="pt-br", last_name="L", username="ada_l", started=True)
        lab = server.group("lab", supergroup=True)
        mine = lab.history[(await bot.send_message(lab.id, "which?")).message_id]
        await ada.says("🎓 /log@buddybot 1h @bob_b https://x.org")
        await ada.says("berlin", lab, reply_to=mine)
        await ada.says("/log", lab, anonymous=True)
        first, second, third = [update.message for update in await bot.get_updates()]
        assert first
        assert first.from_user
        assert (first.from_user.language_code, first.from_user.full_name) == ("pt-br", "Ada L")
        assert first.parse_entities(["bot_command"]).popitem()[1] == "/log@buddybot"
        assert {entity.type for entity in first.entities} == {"bot_command", "mention", "url"}
        assert second
        assert second.reply_to_message
        assert second.reply_to_message.from_user == await bot.get_me()
        # A supergroup that is no forum names the thread of replies, which is no topic.
        assert (second.message_thread_id, second.is_topic_message) == (mine.id, None)
        assert third
        assert third.from_user
        assert third.sender_chat
        assert (third.from_user.username, third.sender_chat.id) == ("GroupAnonymousBot", lab.id)

    talk(work)


def test_a_topic_is_kept_and_an_unknown_or_closed_one_refused() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        cafe = server.group("cafe", forum=True, admins=[ada])
        week = cafe.topic("week 1")
        await ada.says("/today", week)
        await ada.says("/today", cafe)
        created, inside, outside = [update.message for update in await bot.get_updates()]
        assert created
        assert created.forum_topic_created
        assert inside
        assert (inside.message_thread_id, inside.is_topic_message) == (week.id, True)
        # Telegram writes a plain message of a topic as a reply to the one that opened it.
        assert inside.reply_to_message
        assert inside.reply_to_message.forum_topic_created
        assert outside
        assert (outside.message_thread_id, outside.is_topic_message) == (None, None)
        answer = await bot.send_message(cafe.id, "in week 1", message_thread_id=week.id)
        assert (answer.is_topic_message, week.last) == (True, cafe.last)
        assert await server.hears(week, "in week 1") is week.last
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(cafe.id, "x", message_thread_id=77)
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(server.group("lab", supergroup=True).id, "x", message_thread_id=1)
        week.closed = True
        with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
            await bot.send_message(cafe.id, "x", message_thread_id=week.id)
        week.deletes()
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(cafe.id, "x", message_thread_id=week.id)

    talk(work)


def test_an_edited_message_is_another_kind_of_update() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        update = await ada.says("/log 1h")
        assert update.message
        await ada.edits(update.message, "/log 2h")
        updates = await bot.get_updates()
        assert updates[1].edited_message
        assert updates[1].edited_message.text == "/log 2h"

    talk(work)


def test_a_pressed_button_carries_its_data_and_spins_until_answered() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob")
        cafe = server.group("cafe", members=[ada, bob])
        await bot.send_message(cafe.id, "old", reply_markup=keys("Undo"))
        newest = await bot.send_message(cafe.id, "new", reply_markup=keys("Undo", "Keep"))
        pressed = await bob.presses("Undo", cafe)
        query = (await bot.get_updates())[0].callback_query
        assert query
        assert query.message
        assert (query.data, query.message.message_id, query.from_user.id) == ("undo", newest.message_id, bob.id)
        assert query.chat_instance
        assert pressed.press
        assert not pressed.press.answered
        await bot.answer_callback_query(query.id, "Undone.", show_alert=True)
        press = await server.answered(pressed)
        assert (press.text, server.seen[-1].kind, server.seen[-1].to) == ("Undone.", "alert", bob)
        assert server.callback_answers[0]["callback_query_id"] == query.id
        with pytest.raises(AssertionError, match="no button 'Redo'"):
            await ada.presses("Redo", cafe)
        assert (await ada.presses_data("forged", cafe.messages[0])).content["data"] == "forged"
        old = await ada.presses("Undo", message=cafe.messages[1], old=True)
        await bot.delete_message(cafe.id, newest.message_id)
        gone = await ada.presses_data("undo", cafe.messages[1])
        assert old.content["message"] == gone.content["message"]
        assert gone.content["message"] == {
            "chat": gone.content["message"]["chat"],
            "message_id": newest.message_id,
            "date": 0,
        }

    talk(work)


def test_an_unknown_or_expired_query_cannot_be_answered() -> None:
    clock = Clock()

    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada", started=True)
        await bot.send_message(ada.id, "x", reply_markup=keys("A"))
        pressed = await ada.presses("A")
        clock.now += 16
        for query in (pressed.content["id"], "77"):
            with pytest.raises(
                BadRequest, match="Query is too old and response timeout expired or query id is invalid"
            ):
                await bot.answer_callback_query(query)

    talk(work, clock=clock)


def test_a_deep_link_starts_the_bot_with_its_payload_and_another_address_does_not() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada = server.person("ada")
        cafe = server.group("cafe", admins=[ada])
        links = [
            InlineKeyboardButton("Talk to me", url="https://t.me/buddybot?start=join-42"),
            InlineKeyboardButton("Elsewhere", url="https://example.org"),
        ]
        await bot.send_message(cafe.id, "hello", reply_markup=InlineKeyboardMarkup([links]))
        started = await ada.presses("Talk to me", cafe)
        assert (started.content["text"], started.content["chat"]["id"]) == ("/start join-42", ada.id)
        with pytest.raises(AssertionError, match="leads away"):
            await ada.presses("Elsewhere", cafe)

    talk(work)


def test_menus_are_kept_per_scope_and_language_and_chosen_as_telegram_does() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", language="de", started=True), server.person("bob", language="fr")
        cafe = server.group("cafe", members=[ada, bob])
        everybody = [BotCommand("log", "Log time"), BotCommand("today", "What is on")]
        await bot.set_my_commands(everybody)
        await bot.set_my_commands([BotCommand("log", "Zeit")], BotCommandScopeAllPrivateChats(), "de")
        await bot.set_my_commands([BotCommand("board", "Board")], BotCommandScopeAllGroupChats())
        assert [command["description"] for command in ada.menu()] == ["Zeit"]
        assert [command["command"] for command in bob.menu(cafe)] == ["board"]
        await bot.set_my_commands(everybody, BotCommandScopeChat(cafe.id))
        assert [command.command for command in await bot.get_my_commands(BotCommandScopeChat(cafe.id))] == [
            "log",
            "today",
        ]
        assert (await ada.taps("log", cafe)).content["text"] == "/log@buddybot"
        assert (await ada.taps("/log")).content["text"] == "/log"
        with pytest.raises(AssertionError, match="not in the menu"):
            await ada.taps("board")
        await bot.delete_my_commands(BotCommandScopeChat(cafe.id))
        assert [command["command"] for command in bob.menu(cafe)] == ["board"]
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.set_my_commands(everybody, BotCommandScopeChat(99))

    talk(work)


def test_the_bots_own_page_is_kept_per_language() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        await bot.set_my_name("Buddy")
        await bot.set_my_description("Studies with you")
        await bot.set_my_description("Lernt mit", "de")
        await bot.set_my_short_description("Studies")
        assert (await bot.get_my_description("de")).description == "Lernt mit"
        assert (await bot.get_my_description("fr")).description == "Studies with you"
        assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Buddy"
        assert (await bot.get_my_short_description("fr")).short_description == "Studies"
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        assert (await bot.get_chat_menu_button()).type == "commands"
        assert await bot.set_my_default_administrator_rights()
        assert await bot.send_chat_action(server.person("ada", started=True).id, "typing")
        with pytest.raises(BadRequest):
            await bot.set_my_short_description("x" * 121)

    talk(work, problems=True)
