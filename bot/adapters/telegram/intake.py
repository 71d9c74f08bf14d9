"""From Telegram's updates to requests."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Document, Message, Update, User

from bot.adapters.telegram import PLATFORM
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.topics import split
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import FILE_COMMANDS, Request, read_token, read_typed

ALLOWED = ["message", "callback_query", "my_chat_member"]
"""The updates asked for, and no others."""
_OUT = {ChatMember.LEFT, ChatMember.BANNED}


@dataclass(frozen=True)
class Incoming:
    """A request with what its answer needs: the chat, the topic in it, the message that was sent or whose button was
    pressed, the id of the button press to be answered; and a file that is to be fetched for it."""

    request: Request
    chat: int
    thread: int | None = None
    message: int | None = None
    press: str | None = None
    document: Document | None = None

    @property
    def order_key(self) -> str:
        """Requests with the same key are handled in order: the person's id, or the chat's for an event."""
        return self.request.sender.external_id if self.request.sender else f"chat {self.chat}"


def read_update(update: Update, bot: User, links: Links) -> Incoming | None:
    """The request that an update makes; None where it is not meant for the bot."""
    id_ = f"{PLATFORM}:{bot.id}:{update.update_id}"
    if update.callback_query:
        return _pressed(update, id_)
    if update.my_chat_member:
        return _membership(update.my_chat_member, id_)
    if update.message:
        return _message(update.message, id_, bot, links)
    return None


def _pressed(update: Update, id_: str) -> Incoming | None:
    query = update.callback_query
    assert query is not None  # noqa: S101 - asked for by the caller
    if query.message is None:
        return None
    token, topic = split(query.data or "")
    command, args = read_token(token) or ("?", {})
    message = query.message
    # Of a message that is old or gone Telegram tells no topic; then the button does.
    thread = _thread(message) if isinstance(message, Message) and message.is_accessible else topic
    place = _place(query.message.chat, thread)
    request = Request(
        id_, _account(query.from_user), command, args, place=place, pressed=True, locale=query.from_user.language_code
    )
    return Incoming(request, query.message.chat.id, thread, query.message.message_id, query.id)


def _membership(change: ChatMemberUpdated, id_: str) -> Incoming | None:
    was_out, is_out = map(_is_out, (change.old_chat_member, change.new_chat_member))
    user = change.from_user
    if change.chat.type == Chat.PRIVATE:
        command = "blocked" if is_out else "unblocked"
        return Incoming(Request(id_, _account(user), command, event=True), change.chat.id)
    if was_out == is_out:
        return None
    request = Request(id_, None, "removed" if is_out else "arrived", event=True)
    return Incoming(replace(request, place=_place(change.chat, None), locale=user.language_code), change.chat.id)


def _is_out(member: ChatMember) -> bool:
    gone = isinstance(member, ChatMemberRestricted) and not member.is_member
    return gone or member.status in _OUT


def _message(message: Message, id_: str, bot: User, links: Links) -> Incoming | None:
    if message.migrate_to_chat_id:
        to = {"to": str(message.migrate_to_chat_id)}
        event = Request(id_, None, "moved", to, place=_place(message.chat, None), event=True)
        return Incoming(event, message.chat.id)
    sender, text, document = message.from_user, message.text or "", message.document
    if document:
        text = message.caption or ""
        if not text.startswith("/"):
            # The file of a roadmap or of hours says by itself what is meant; a caption does not matter.
            meant = FILE_COMMANDS.get(PurePath(document.file_name or "").suffix.lower())
            text = f"/{meant}" if meant else ""
            if _place(message.chat, None) and not _to_us(message, bot):
                return None
    if sender is None or not text:
        return None
    if message.sender_chat:
        return _anonymous(message, text, id_, bot)
    thread = _thread(message)
    place = _place(message.chat, thread)
    command, rest = read_typed(text.replace("\n", " ", 1) if text.startswith("/") else text)
    args: dict[str, str] = {}
    if command:
        if not _for_us(text, bot):
            return None
        if command == "start" and place is None and links.is_one(rest):
            token = read_token(links.read(str(sender.id), rest) or "")
            command, args = token or ("start", {})
            rest = ""
    elif place and not _to_us(message, bot):
        return None
    to_bot = bool(place and not command)  # `_to_us`, or they would not have come so far
    request = Request(id_, _account(sender), command, args, rest, place, locale=sender.language_code, to_bot=to_bot)
    return Incoming(request, message.chat.id, thread, message.message_id, document=document)


def _anonymous(message: Message, text: str, id_: str, bot: User) -> Incoming | None:
    """A command of somebody who speaks as the group or a channel: nobody's own, so it is only explained."""
    command, _ = read_typed(text.replace("\n", " ", 1))
    thread = _thread(message)
    place = _place(message.chat, thread)
    if not command or place is None or message.is_automatic_forward or not _for_us(text, bot):
        return None
    event = Request(id_, None, "anonymous", {"asked": command}, place=place, event=True)
    return Incoming(event, message.chat.id, thread, message.message_id)


def _for_us(text: str, bot: User) -> bool:
    """Whether a command names this bot, or none."""
    addressed = text.split(maxsplit=1)[0].partition("@")[2]
    return not addressed or addressed.casefold() == (bot.username or "").casefold()


def _to_us(message: Message, bot: User) -> bool:
    answered = message.reply_to_message
    return bool(
        answered and answered.from_user and answered.from_user.id == bot.id and not answered.forum_topic_created
    )


def _thread(message: Message) -> int | None:
    # Replies in a chat without topics carry a thread id, too, which cannot be written to.
    return message.message_thread_id if message.is_topic_message else None


def _place(chat: Chat, thread: int | None) -> Place | None:
    if chat.type == Chat.PRIVATE:
        return None
    return Place(PLATFORM, f"{chat.id}/{thread}" if thread else str(chat.id), chat.title or "")


def _account(user: User) -> Account:
    return Account(PLATFORM, str(user.id), user.full_name)


def changed(update: Update) -> int | None:
    """The chat in which something changed that may let us write there again; None for where nothing did."""
    if update.my_chat_member:
        return update.my_chat_member.chat.id
    message = update.message
    if message and (message.chat.type == Chat.PRIVATE or message.forum_topic_reopened or message.new_chat_members):
        return message.chat.id
    return None
