"""Telegram's updates, as small as tests need them, read by the adapter."""

from typing import Any

from telegram import Update, User

from bot.adapters.telegram.intake import Incoming, read_update
from bot.adapters.telegram.links import Links
from bot.core.group import Place

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


def read(kind: str, content: Json) -> Incoming | None:
    update = Update.de_json({"update_id": 5, kind: content}, None)
    return read_update(update, BOT, LINKS)


def message(chat: Json = PRIVATE, who: Json | None = ADA, **content: Any) -> Json:
    return {"message_id": 3, "date": 1767600000, "chat": chat} | ({"from": who} if who else {}) | content


def read_message(text: str, chat: Json = PRIVATE, who: Json | None = ADA, **content: Any) -> Incoming | None:
    return read("message", message(chat, who, text=text, **content))


def typed(text: str, chat: Json = PRIVATE) -> tuple[str, str]:
    """Command and rest of what was said."""
    incoming = read_message(text, chat)
    assert incoming is not None
    return incoming.request.command, incoming.request.rest


def answering(who: Json = OURSELVES, **content: Any) -> Json:
    """A message that is replied to."""
    return {"reply_to_message": message(CAFE, who, text="How long?") | {"message_id": 2} | content}


def pressed(data: str | None = "1.undo?entry=12", chat: Json = PRIVATE, **content: Any) -> Incoming | None:
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


def becomes(old: Json, new: Json, chat: Json = CAFE) -> Incoming | None:
    change = {"chat": chat, "from": ADA, "date": 1767600000, "old_chat_member": old, "new_chat_member": new}
    return read("my_chat_member", change)
