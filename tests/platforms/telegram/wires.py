"""People, chats, members and messages as Telegram writes them in JSON."""

import zlib
from typing import TYPE_CHECKING

from .bodies import File, Json
from .sent import Sent

if TYPE_CHECKING:
    from .chats import Chat
    from .people import Person

ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""Who an administrator is who stays anonymous (https://core.telegram.org/bots/api#message, `from`)."""

RIGHTS = (
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
    "can_pin_messages",
)
PHOTO_SIDE = 800


def user(person: "Person") -> Json:
    """A person as a `User`; a missing last name, user name or language is left out, as Telegram does."""
    optional = {"last_name": person.last_name, "username": person.username, "language_code": person.language}
    return {"id": person.id, "is_bot": False, "first_name": person.first_name} | {
        name: value for name, value in optional.items() if value
    }


def chat(place: "Chat") -> Json:
    """A chat as a `Chat`."""
    if place.person is not None:
        person = user(place.person)
        known: Json = {name: person[name] for name in ("first_name", "last_name", "username") if name in person}
        return {"id": place.id, "type": "private"} | known
    shape: Json = {"id": place.id, "title": place.title, "type": place.kind}
    return shape | {"is_forum": True} if place.forum else shape


def member(who: Json, status: str) -> Json:
    """A `ChatMember` of this status."""
    shape: Json = {"user": who, "status": status}
    if status == "creator":
        shape["is_anonymous"] = False
    elif status == "administrator":
        shape |= dict.fromkeys(RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    elif status == "kicked":
        shape["until_date"] = 0
    return shape


def change(place: "Chat", by: Json, who: Json, old: str, new: str) -> Json:
    """A `ChatMemberUpdated`."""
    return {
        "chat": chat(place),
        "from": by,
        "date": place.world.now(),
        "old_chat_member": member(who, old),
        "new_chat_member": member(who, new),
    }


def message(sent: Sent, nested: bool = False) -> Json:
    """A message; `nested` is one that another replies to, which Telegram writes without its own reply."""
    place = sent.chat
    shape: Json = {"message_id": sent.id, "from": _author(sent), "chat": chat(place), "date": sent.date}
    if sent.anonymous:
        shape["sender_chat"] = chat(place)
    if sent.edit_date:
        shape["edit_date"] = sent.edit_date
    if sent.topic is not None:
        shape |= {"message_thread_id": sent.topic.id, "is_topic_message": True}
    elif place.kind == "supergroup" and sent.reply_to:
        shape["message_thread_id"] = _root(sent)
    shape |= sent.media | _files(sent)
    if sent.text:
        shape["text" if sent.is_text else "caption"] = sent.text
        if sent.entities:
            shape["entities" if sent.is_text else "caption_entities"] = sent.entities
    if sent.is_text and not sent.preview:
        shape["link_preview_options"] = {"is_disabled": True}
    if sent.keyboard and "inline_keyboard" in sent.keyboard:
        shape["reply_markup"] = sent.keyboard
    if sent.protected:
        shape["has_protected_content"] = True
    # In a topic a message that answers nothing is written as an answer to the one that opened the topic.
    first = sent.topic.id if sent.topic is not None and sent.topic.id != sent.id else None
    answered = place.history.get(sent.reply_to or first or 0)
    if answered is not None and not nested:
        shape["reply_to_message"] = message(answered, nested=True)
    return shape


def inaccessible(sent: Sent) -> Json:
    """A message that is gone, as a callback query names it."""
    return {"chat": chat(sent.chat), "message_id": sent.id, "date": 0}


def file_id(file: File, kind: str) -> str:
    """The identifier of an uploaded file; the same bytes under the same name have the same one."""
    return f"{kind}-{zlib.crc32(file.name.encode() + file.content):08x}-{len(file.content)}"


def _author(sent: Sent) -> Json:
    if sent.author is None:
        return sent.chat.world.me()
    return ANONYMOUS if sent.anonymous else user(sent.author)


def _root(sent: Sent) -> int:
    """The first message of a chain of replies: a supergroup that is no forum names it as the thread."""
    while sent.reply_to and (before := sent.chat.history.get(sent.reply_to)):
        sent = before
    return sent.id


def _files(sent: Sent) -> Json:
    if sent.document is not None:
        name, size = file_id(sent.document, "document"), len(sent.document.content)
        document = {"file_id": name, "file_unique_id": name.partition("-")[2], "file_size": size}
        return {"document": document | {"file_name": sent.document.name, "mime_type": sent.document.mime}}
    if sent.photo is not None:
        name, size = file_id(sent.photo, "photo"), len(sent.photo.content)
        sides = {"width": PHOTO_SIDE, "height": PHOTO_SIDE}
        return {"photo": [{"file_id": name, "file_unique_id": name.partition("-")[2], "file_size": size} | sides]}
    return {}
