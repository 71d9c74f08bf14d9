"""The methods by which the bot changes what it said, and answers pressed buttons."""

from typing import Any

from . import wires
from .bodies import Call, Json
from .keyboards import check_keyboard
from .markup import Formatted
from .refusals import Mistake, bad
from .sending import CAPTION, read_photo, read_text
from .sent import Sent
from .world import World

ALERT = 200
"""Characters of a button's answer (https://core.telegram.org/bots/api#answercallbackquery)."""
DELETABLE = 48 * 3600
"""Seconds after which a message cannot be deleted any more (https://core.telegram.org/bots/api#deletemessage)."""
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_message_text(world: World, call: Call) -> Json:
    """editMessageText. Without `reply_markup` the keyboard goes, as it does at Telegram."""
    formatted = read_text(call, "text")
    if not formatted.text:
        raise Mistake("message text is empty")
    sent = _own(world, call)
    if not sent.is_text:
        raise bad("there is no text in the message to edit")
    return _edit(world, call, sent, formatted, call.text("text") or "")


def edit_message_caption(world: World, call: Call) -> Json:
    """editMessageCaption. Without `reply_markup` the keyboard goes, as it does at Telegram."""
    formatted = read_text(call, "caption", CAPTION)
    sent = _own(world, call)
    if sent.is_text:
        raise bad("there is no caption in the message to edit")
    return _edit(world, call, sent, formatted, call.text("caption") or "")


def edit_message_media(world: World, call: Call) -> Json:
    """editMessageMedia with a photo, which a text becomes, too. Without `reply_markup` the keyboard goes."""
    media = call.data("media") or {}
    if media.get("type") != "photo":
        raise Mistake("this server reads photos alone")
    inner = Call(call.method, {**media, "photo": media.get("media")}, call.files, call.at)
    photo = read_photo(world, inner)
    formatted = read_text(inner, "caption", CAPTION)
    sent = _own(world, call)
    if sent.photo == photo and (sent.text, sent.entities) == (formatted.text, formatted.entities):
        raise bad(SAME)
    sent.photo = photo
    return _edit(world, call, sent, formatted, inner.text("caption") or "", changed=True)


def edit_message_reply_markup(world: World, call: Call) -> Json:
    """editMessageReplyMarkup. Without `reply_markup` the keyboard goes."""
    sent = _own(world, call)
    return _edit(world, call, sent, Formatted(sent.text, sent.entities), sent.html)


def delete_message(world: World, call: Call) -> bool:
    """deleteMessage: the bot's own, and incoming ones in private chats or as an administrator."""
    chat = world.chat_of(call.text("chat_id"))
    chat.reach()
    sent = chat.history.get(call.need("message_id"))
    if sent is None or not sent.alive:
        raise bad("message to delete not found")
    may = sent.author is None or chat.person is not None or chat.bot == "administrator"
    if not may or world.now() - sent.date > DELETABLE:
        raise bad("message can't be deleted for everyone" if may else "message can't be deleted")
    sent.alive = False
    world.show("delete", sent)
    return True


def answer_callback_query(world: World, call: Call) -> bool:
    """answerCallbackQuery: once or again, until the query is too old."""
    text = call.text("text") or ""
    if len(text) > ALERT:
        raise Mistake("MESSAGE_TOO_LONG", f"{len(text)} characters")
    press = world.answerable(call.text("callback_query_id") or "")
    press.answers.append(dict(call.params))
    world.alert(press, text)
    return True


def pin_chat_message(world: World, call: Call) -> bool:
    """pinChatMessage: a right of administrators in groups."""
    chat = world.chat_of(call.text("chat_id"))
    chat.reach()
    sent = chat.history.get(call.need("message_id"))
    if sent is None or not sent.alive:
        raise bad("message to pin not found")
    if chat.person is None and chat.bot != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    sent.pinned = True
    return True


def _own(world: World, call: Call) -> Sent:
    """The bot's message to edit. Raises Refusal where there is none or it is somebody else's."""
    if call.text("inline_message_id"):
        raise Mistake("MESSAGE_ID_INVALID", "this bot sends nothing by inline mode")
    if call.text("chat_id") is None:
        raise Mistake("chat_id is empty")
    number = call.need("message_id")
    chat = world.chat_of(call.text("chat_id"))
    chat.reach()
    sent = chat.history.get(number)
    if sent is None or not sent.alive:
        raise bad("message to edit not found")
    if sent.author is not None or sent.service:
        raise bad("message can't be edited")
    return sent


def _edit(world: World, call: Call, sent: Sent, formatted: Formatted, html: str, *, changed: bool = False) -> Json:
    keyboard: Any = check_keyboard(call.data("reply_markup"))
    if keyboard is not None and "inline_keyboard" not in keyboard:
        raise Mistake("inline keyboard expected")
    if not changed and (sent.text, sent.entities, sent.keyboard) == (formatted.text, formatted.entities, keyboard):
        raise bad(SAME)
    sent.text, sent.entities, sent.html, sent.keyboard = formatted.text, formatted.entities, html, keyboard
    sent.edited += 1
    sent.edit_date = world.now()
    world.show("edit", sent)
    return wires.message(sent)
