"""The methods by which the bot speaks: texts, documents, photos."""

import struct
from typing import Any

from . import wires
from .bodies import Call, File, Json
from .chats import Chat
from .keyboards import check_keyboard
from .markup import Formatted, parse_html, spoken, trimmed
from .refusals import Mistake, Refusal, bad
from .sent import Sent
from .world import World

TEXT = 4096
CAPTION = 1024
ENTITIES = 100
"""Entities beyond the hundredth are silently dropped (https://core.telegram.org/bots/api#formatting-options)."""
DOCUMENT_BYTES = 50_000_000
PHOTO_BYTES = 10_000_000
MOST_FETCHED = 20 * 1024 * 1024
"""Bytes of a file that a bot may fetch (https://core.telegram.org/bots/api#getfile)."""
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
ACTIONS = frozenset(
    ["typing", "choose_sticker", "find_location", "upload_photo", "upload_document"]
    + [f"{act}_{medium}" for act in ("record", "upload") for medium in ("video", "voice", "video_note")]
)


def read_text(call: Call, name: str, limit: int = TEXT) -> Formatted:
    """What people will read of a text or caption. Raises Mistake where it is too long, badly marked or half lost."""
    raw, mode = call.text(name) or "", call.text("parse_mode")
    if mode is None:
        entities = call.data("entities" if name == "text" else "caption_entities")
        formatted = Formatted(raw, spoken(raw) if entities is None else entities)
    elif mode.lower() == "html":
        formatted = parse_html(raw)
    else:
        raise Mistake("unsupported parse_mode", f"this server reads HTML alone, not {mode}")
    formatted = trimmed(formatted)
    if len(formatted.text) > limit:
        field = "message" if name == "text" else "message caption"
        raise Mistake(f"{field} is too long", f"{len(formatted.text)} characters")
    if len(formatted.entities) > ENTITIES:
        raise Mistake("too many entities", f"{len(formatted.entities)}: people see {ENTITIES}")
    return formatted


def send_message(world: World, call: Call) -> Json:
    """sendMessage."""
    formatted = read_text(call, "text")
    if not formatted.text:
        raise Mistake("message text is empty")
    preview = not (call.data("link_preview_options") or {}).get("is_disabled", False)
    return _send(world, call, formatted, html=call.text("text"), preview=preview)


def send_document(world: World, call: Call) -> Json:
    """sendDocument, with an upload or the `file_id` of an earlier one."""
    file = _file(world, call, "document", DOCUMENT_BYTES)
    return _send(world, call, read_text(call, "caption", CAPTION), html=call.text("caption") or "", document=file)


def send_photo(world: World, call: Call) -> Json:
    """sendPhoto, with an upload that is a picture or the `file_id` of an earlier one."""
    return _send(
        world, call, read_text(call, "caption", CAPTION), html=call.text("caption") or "", photo=read_photo(world, call)
    )


def read_photo(world: World, call: Call) -> File:
    """The picture of a call. Raises Mistake where it is none, and Refusal where it is too large."""
    file = _file(world, call, "photo", PHOTO_BYTES)
    if not file.content.startswith(PICTURES):
        raise Mistake("IMAGE_PROCESS_FAILED", f"{file!r} is no picture")
    if file.content.startswith(PICTURES[0]):
        width, height = struct.unpack(">II", file.content[16:24])
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise Mistake("PHOTO_INVALID_DIMENSIONS", f"{width} by {height}")
    return file


def send_chat_action(world: World, call: Call) -> bool:
    """sendChatAction."""
    if call.text("action") not in ACTIONS:
        raise Mistake("wrong parameter action in request", repr(call.text("action")))
    chat = world.chat_of(call.text("chat_id"))
    chat.reach()
    chat.thread(call.integer("message_thread_id"))
    return True


def _file(world: World, call: Call, name: str, limit: int) -> File:
    file = call.file(name) or world.files.get(call.text(name) or "")
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if not file.content:
        raise Mistake("file must be non-empty")
    if len(file.content) > limit:
        raise Refusal(413, "Request Entity Too Large")
    world.files[wires.file_id(file, name)] = file
    return file


def _send(world: World, call: Call, formatted: Formatted, **content: Any) -> Json:
    keyboard = check_keyboard(call.data("reply_markup"))
    chat = world.chat_of(call.text("chat_id"))
    chat.reach()
    topic = chat.thread(call.integer("message_thread_id"))
    answered = _answered(chat, call.data("reply_parameters"))
    sent = chat.post(
        None,
        text=formatted.text,
        entities=formatted.entities,
        keyboard=keyboard,
        topic=topic or (answered.topic if answered else None),
        reply_to=answered.id if answered else None,
        silent=call.flag("disable_notification"),
        protected=call.flag("protect_content"),
        **content,
    )
    world.show("reply", sent)
    return wires.message(sent)


def _answered(chat: Chat, reply: Json | None) -> Sent | None:
    """The message that is replied to. Raises Refusal where it is gone and the bot insists."""
    if reply is None:
        return None
    answered = chat.history.get(int(reply["message_id"]))
    if answered is not None and answered.alive:
        return answered
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def get_file(world: World, call: Call) -> Json:
    """getFile: where the bytes are; 20 MB is the most a bot may fetch."""
    name = call.text("file_id") or ""
    file = world.files.get(name)
    if file is None:
        raise bad("invalid file_id")
    if len(file.content) > MOST_FETCHED:
        raise bad("file is too big")
    return {
        "file_id": name,
        "file_unique_id": name.partition("-")[2],
        "file_size": len(file.content),
        "file_path": f"documents/{name}",
    }
