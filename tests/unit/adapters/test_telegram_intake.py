"""What people type on Telegram becomes requests; what is not for the bot is left alone."""

import pytest

from bot.adapters.telegram.intake import ALLOWED
from bot.core.group import Place
from bot.core.learner import Account
from tests.unit.adapters.telegram_updates import (
    ADA,
    ANONYMOUS,
    CAFE,
    CHANNEL,
    FORUM,
    HERE,
    OURSELVES,
    PRIVATE,
    Json,
    answering,
    message,
    read,
    read_message,
    typed,
)


def test_a_message_in_private_becomes_a_request_of_its_sender() -> None:
    incoming = read_message("/log 1h30")
    assert incoming is not None
    request = incoming.request
    assert (request.id, request.command, request.rest) == ("telegram:99:5", "log", "1h30")
    assert (request.account, request.place, request.locale) == (Account("telegram", "7", "Ada L"), None, "de")
    assert not request.pressed
    assert not request.event
    assert request.organiser is None
    assert (incoming.chat, incoming.thread, incoming.message, incoming.press, incoming.order_key) == (
        7,
        None,
        3,
        None,
        "7",
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/today", ("today", "")),
        ("/LOG 1h30", ("log", "1h30")),
        ("/log@BuddyBot 1h30", ("log", "1h30")),
        ("/log@buddybot\n1h30", ("log", "1h30")),
        ("/log\n1h30\ncalculus", ("log", "1h30\ncalculus")),
        ("/log 30m mail a@otherbot", ("log", "30m mail a@otherbot")),
        ("1h30 calculus", ("", "1h30 calculus")),
        ("two\nlines", ("", "two\nlines")),
        ("/", ("", "")),
    ],
)
def test_commands_are_read_as_people_type_them(text: str, meant: tuple[str, str]) -> None:
    assert typed(text) == meant


@pytest.mark.parametrize("text", ["/log@otherbot 1h30", "/log@BuddyBot2", "/log@otherbot\n1h30"])
@pytest.mark.parametrize("chat", [PRIVATE, CAFE])
def test_other_bots_commands_are_left_alone(text: str, chat: Json) -> None:
    assert read_message(text, chat) is None


def test_in_a_group_a_command_is_meant_for_us_and_plain_words_are_not() -> None:
    incoming = read_message("/leaderboard", CAFE)
    assert incoming is not None
    assert incoming.request.place == HERE
    assert incoming.order_key == "7"
    assert read_message("good morning", CAFE) is None
    assert read_message("@BuddyBot hello", CAFE) is None


def test_in_a_group_plain_words_that_answer_the_bot_are_meant_for_us() -> None:
    incoming = read_message("1h30", CAFE, **answering())
    assert incoming is not None
    assert (incoming.request.command, incoming.request.rest, incoming.request.place) == ("", "1h30", HERE)
    assert read_message("1h30", CAFE, **answering(ADA)) is None
    assert read_message("1h30", CAFE, **answering({"id": 98, "is_bot": True, "first_name": "Other"})) is None


def test_a_topic_is_a_place_of_its_own() -> None:
    incoming = read_message("/group create", FORUM, message_thread_id=4, is_topic_message=True)
    assert incoming is not None
    assert incoming.request.place == Place("telegram", "-100/4", "cafe")
    assert (incoming.chat, incoming.thread) == (-100, 4)


def test_the_general_topic_and_threads_of_replies_are_the_group_itself() -> None:
    nothing: Json = {}
    for more in (nothing, {"message_thread_id": 4}):
        incoming = read_message("/today", FORUM, **more)
        assert incoming is not None
        assert (incoming.request.place, incoming.thread) == (HERE, None)


def test_in_a_topic_that_the_bot_has_opened_not_everything_answers_the_bot() -> None:
    topic: Json = {"message_thread_id": 4, "is_topic_message": True}
    opened = answering(forum_topic_created={"name": "week 1", "icon_color": 7322096})
    assert read_message("good morning", FORUM, **topic, **opened) is None
    assert read_message("1h30", FORUM, **topic, **answering()) is not None


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [], "caption": "/log 1h30"},
        {"document": {"file_id": "a", "file_unique_id": "b"}, "caption": "1h30"},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"new_chat_members": [ADA]},
        {"left_chat_member": OURSELVES},
        {"new_chat_title": "x"},
        {"pinned_message": message(CAFE, text="/today")},
        {"migrate_from_chat_id": -5},
        {"group_chat_created": True},
        {"dice": {"value": 1, "emoji": "🎲"}},
        {"text": ""},
        {},
    ],
)
@pytest.mark.parametrize("chat", [PRIVATE, CAFE])
def test_pictures_with_captions_and_news_of_a_chat_are_left_alone(content: Json, chat: Json) -> None:
    assert read("message", message(chat, **content)) is None


def test_what_is_edited_later_is_not_counted_again() -> None:
    assert read("edited_message", message(text="/log 1h30", edit_date=1767600001)) is None


def test_what_is_said_in_the_name_of_a_chat_is_nobodys_own_and_only_explained() -> None:
    for chat in (CAFE, CHANNEL):
        incoming = read_message("/group create", CAFE, ANONYMOUS, sender_chat=chat)
        assert incoming is not None
        assert (incoming.request.command, incoming.request.args) == ("anonymous", {"asked": "group"})
        assert incoming.request.event
        assert incoming.request.sender is None
    assert read_message("good morning", CAFE, ANONYMOUS, sender_chat=CAFE) is None
    assert read_message("/group@otherbot create", CAFE, ANONYMOUS, sender_chat=CAFE) is None


def test_what_a_channel_forwards_by_itself_is_left_alone() -> None:
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    assert read_message("/today", CAFE, telegram, sender_chat=CHANNEL, is_automatic_forward=True) is None
    assert read_message("/today", CAFE, None) is None
    assert read("channel_post", message(CHANNEL, None, sender_chat=CHANNEL, text="/today")) is None
    assert read("edited_channel_post", message(CHANNEL, None, sender_chat=CHANNEL, text="/today")) is None


@pytest.mark.parametrize("kind", ["brand_new_kind", "chat_boost_of_the_future"])
def test_kinds_of_updates_that_nobody_knows_yet_are_left_alone(kind: str) -> None:
    assert read(kind, {"id": 1, "text": "/today"}) is None


def test_kinds_that_were_not_asked_for_are_left_alone() -> None:
    assert read("inline_query", {"id": "1", "from": ADA, "query": "/today", "offset": ""}) is None
    answer = {"poll_id": "1", "user": ADA, "option_ids": [0], "option_persistent_ids": ["a"]}
    assert read("poll_answer", answer) is None
    assert set(ALLOWED) == {"message", "callback_query", "my_chat_member"}
