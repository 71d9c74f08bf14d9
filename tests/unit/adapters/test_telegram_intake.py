"""Of all that Telegram tells, what is meant for the bot becomes a request, and the rest is left alone."""

from typing import Any

import pytest
from telegram import Update, User

from bot.adapters.telegram.intake import ALLOWED, Heard, heard
from bot.adapters.telegram.links import Links
from bot.core.group import Place
from bot.core.learner import Account

Json = dict[str, Any]

BOT = User(99, "Buddy", is_bot=True, username="BuddyBot")
LINKS = Links("99:secret", "BuddyBot")
ADA: Json = {"id": 7, "is_bot": False, "first_name": "Ada", "last_name": "L", "language_code": "de"}
OURSELVES: Json = {"id": 99, "is_bot": True, "first_name": "Buddy", "username": "BuddyBot"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Ada"}
CAFE: Json = {"id": -100, "type": "supergroup", "title": "cafe"}
FORUM: Json = CAFE | {"is_forum": True}
CHANNEL: Json = {"id": -200, "type": "channel", "title": "news"}
HERE = Place("telegram", "-100", "cafe")


def read(kind: str, content: Json) -> Heard | None:
    update = Update.de_json({"update_id": 5, kind: content}, None)
    return heard(update, BOT, LINKS)


def message(chat: Json = PRIVATE, who: Json | None = ADA, **content: Any) -> Json:
    return {"message_id": 3, "date": 1767600000, "chat": chat} | ({"from": who} if who else {}) | content


def said(text: str, chat: Json = PRIVATE, who: Json | None = ADA, **content: Any) -> Heard | None:
    return read("message", message(chat, who, text=text, **content))


def typed(text: str, chat: Json = PRIVATE) -> tuple[str, str]:
    """Command and rest of what was said."""
    found = said(text, chat)
    assert found is not None
    return found.request.command, found.request.rest


def answering(who: Json = OURSELVES, **content: Any) -> Json:
    """A message that is replied to."""
    return {"reply_to_message": message(CAFE, who, text="How long?") | {"message_id": 2} | content}


def pressed(data: str | None = "1.undo?entry=12", chat: Json = PRIVATE, **content: Any) -> Heard | None:
    query: Json = {"id": "55", "from": ADA, "chat_instance": "1", "message": message(chat, OURSELVES, **content)}
    return read("callback_query", query | ({"data": data} if data else {}))


def member(status: str, **rights: Any) -> Json:
    needed: dict[str, Json] = {
        "administrator": dict.fromkeys(
            [
                "can_be_edited",
                "is_anonymous",
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
            ],
            False,
        ),
        "restricted": dict.fromkeys(
            [
                "can_send_messages",
                "can_send_audios",
                "can_send_documents",
                "can_send_photos",
                "can_send_videos",
                "can_send_video_notes",
                "can_send_voice_notes",
                "can_send_polls",
                "can_send_other_messages",
                "can_add_web_page_previews",
                "can_change_info",
                "can_invite_users",
                "can_pin_messages",
                "can_manage_topics",
                "can_edit_tag",
                "can_react_to_messages",
                "is_member",
            ],
            True,
        )
        | {"until_date": 0},
        "kicked": {"until_date": 0},
    }
    return {"status": status, "user": OURSELVES} | needed.get(status, {}) | rights


def becomes(old: Json, new: Json, chat: Json = CAFE) -> Heard | None:
    change = {"chat": chat, "from": ADA, "date": 1767600000, "old_chat_member": old, "new_chat_member": new}
    return read("my_chat_member", change)


def test_a_message_in_private_becomes_a_request_of_its_sender() -> None:
    found = said("/log 1h30")
    assert found is not None
    request = found.request
    assert (request.id, request.command, request.rest) == ("telegram:99:5", "log", "1h30")
    assert (request.account, request.place, request.locale) == (Account("telegram", "7", "Ada L"), None, "de")
    assert not request.pressed
    assert not request.event
    assert request.organiser is None
    assert (found.chat, found.thread, found.message, found.press, found.lane) == (7, None, 3, None, "7")


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
    assert said(text, chat) is None


def test_in_a_group_a_command_is_meant_for_us_and_plain_words_are_not() -> None:
    found = said("/leaderboard", CAFE)
    assert found is not None
    assert found.request.place == HERE
    assert found.lane == "7"
    assert said("good morning", CAFE) is None
    assert said("@BuddyBot hello", CAFE) is None


def test_in_a_group_plain_words_that_answer_the_bot_are_meant_for_us() -> None:
    found = said("1h30", CAFE, **answering())
    assert found is not None
    assert (found.request.command, found.request.rest, found.request.place) == ("", "1h30", HERE)
    assert said("1h30", CAFE, **answering(ADA)) is None
    assert said("1h30", CAFE, **answering({"id": 98, "is_bot": True, "first_name": "Other"})) is None


def test_a_topic_is_a_place_of_its_own() -> None:
    found = said("/group create", FORUM, message_thread_id=4, is_topic_message=True)
    assert found is not None
    assert found.request.place == Place("telegram", "-100/4", "cafe")
    assert (found.chat, found.thread) == (-100, 4)


def test_the_general_topic_and_threads_of_replies_are_the_group_itself() -> None:
    nothing: Json = {}
    for more in (nothing, {"message_thread_id": 4}):
        found = said("/today", FORUM, **more)
        assert found is not None
        assert (found.request.place, found.thread) == (HERE, None)


def test_in_a_topic_that_the_bot_has_opened_not_everything_answers_the_bot() -> None:
    topic: Json = {"message_thread_id": 4, "is_topic_message": True}
    opened = answering(forum_topic_created={"name": "week 1", "icon_color": 7322096})
    assert said("good morning", FORUM, **topic, **opened) is None
    assert said("1h30", FORUM, **topic, **answering()) is not None


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
        found = said("/group create", CAFE, ANONYMOUS, sender_chat=chat)
        assert found is not None
        assert (found.request.command, found.request.args) == ("anonymous", {"asked": "group"})
        assert found.request.event
        assert found.request.sender is None
    assert said("good morning", CAFE, ANONYMOUS, sender_chat=CAFE) is None
    assert said("/group@otherbot create", CAFE, ANONYMOUS, sender_chat=CAFE) is None


def test_what_a_channel_forwards_by_itself_is_left_alone() -> None:
    telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    assert said("/today", CAFE, telegram, sender_chat=CHANNEL, is_automatic_forward=True) is None
    assert said("/today", CAFE, None) is None
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


def test_a_pressed_button_is_the_request_that_was_saved_in_it() -> None:
    found = pressed()
    assert found is not None
    request = found.request
    assert (request.id, request.command, request.args) == ("telegram:99:5", "undo", {"entry": "12"})
    assert (request.account, request.place, request.locale) == (Account("telegram", "7", "Ada L"), None, "de")
    assert request.pressed
    assert (found.chat, found.message, found.press, found.lane) == (7, 3, "55", "7")


@pytest.mark.parametrize("data", [None, "undo", "2.undo?entry=1", "0", "🎈"])
def test_a_button_of_another_time_is_an_unknown_request_and_still_answered(data: str | None) -> None:
    found = pressed(data)
    assert found is not None
    assert (found.request.command, found.request.args, found.press) == ("?", {}, "55")


def test_a_button_in_a_topic_is_pressed_there() -> None:
    found = pressed(chat=FORUM, message_thread_id=4, is_topic_message=True, text="x")
    assert found is not None
    assert (found.request.place, found.thread) == (Place("telegram", "-100/4", "cafe"), 4)


def test_a_button_under_a_message_that_is_too_old_to_be_seen_works() -> None:
    query = {"id": "55", "from": ADA, "chat_instance": "1", "data": "1.today"}
    found = read("callback_query", query | {"message": {"chat": CAFE, "message_id": 3, "date": 0}})
    assert found is not None
    assert (found.request.command, found.request.place, found.message) == ("today", HERE, 3)
    assert read("callback_query", query | {"inline_message_id": "9"}) is None


@pytest.mark.parametrize(("old", "new", "event"), [("member", "kicked", "blocked"), ("kicked", "member", "unblocked")])
def test_who_blocks_the_bot_or_comes_back_is_noticed(old: str, new: str, event: str) -> None:
    found = becomes(member(old), member(new), PRIVATE)
    assert found is not None
    assert (found.request.command, found.request.event, found.request.place) == (event, True, None)
    assert found.request.account.external_id == found.lane == "7"


@pytest.mark.parametrize(
    ("old", "new", "event"),
    [
        ("left", "member", "arrived"),
        ("kicked", "member", "arrived"),
        ("left", "administrator", "arrived"),
        ("left", "restricted", "arrived"),
        ("member", "left", "removed"),
        ("member", "kicked", "removed"),
        ("administrator", "left", "removed"),
        ("restricted", "kicked", "removed"),
        ("member", "administrator", None),
        ("administrator", "member", None),
        ("member", "restricted", None),
        ("left", "kicked", None),
    ],
)
def test_a_group_is_told_of_when_the_bot_comes_or_goes(old: str, new: str, event: str | None) -> None:
    found = becomes(member(old), member(new))
    if event is None:
        assert found is None
        return
    assert found is not None
    assert (found.request.command, found.request.event, found.request.place) == (event, True, HERE)
    # It is nobody's own request, and keeps the chat's order.
    assert (found.request.sender, found.lane, found.request.locale) == (None, "chat -100", "de")


def test_a_bot_that_went_with_its_rights_taken_away_is_gone() -> None:
    found = becomes(member("restricted"), member("restricted", is_member=False))
    assert found is not None
    assert found.request.command == "removed"
    back = becomes(member("restricted", is_member=False), member("member"))
    assert back is not None
    assert back.request.command == "arrived"


def test_a_group_that_moves_is_followed() -> None:
    found = read("message", message(CAFE | {"type": "group"}, migrate_to_chat_id=-300))
    assert found is not None
    assert (found.request.command, found.request.args) == ("moved", {"to": "-300"})
    assert found.request.event
    assert (found.request.place, found.lane) == (HERE, "chat -100")


def test_start_with_a_link_is_the_request_in_the_link() -> None:
    made = LINKS.to("7", "1.log?_=1h30").partition("start=")[2]
    found = said(f"/start {made}")
    assert found is not None
    assert (found.request.command, found.request.args, found.request.rest) == ("log", {"_": "1h30"}, "")


def test_a_link_made_for_somebody_else_is_a_plain_start() -> None:
    for made in (LINKS.to("8", "1.deleteme"), Links("99:other", "BuddyBot").to("7", "1.deleteme"), LINKS.to("7")):
        found = said(f"/start {made.partition('start=')[2]}")
        assert found is not None
        assert (found.request.command, found.request.args, found.request.rest) == ("start", {}, "")


def test_a_link_opens_nothing_in_a_group() -> None:
    made = LINKS.to("7", "1.deleteme").partition("start=")[2]
    found = said(f"/start {made}", CAFE)
    assert found is not None
    assert (found.request.command, found.request.args) == ("start", {})


def test_what_is_typed_behind_start_is_kept() -> None:
    assert typed("/start 8 h a week") == ("start", "8 h a week")
