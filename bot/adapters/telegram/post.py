"""Sends rendered replies, and again what surely did not arrive."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from telegram import Bot, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter

from bot.adapters.pacing import Urgency
from bot.adapters.telegram.limits import Limits, purpose
from bot.adapters.telegram.refusals import stays, surely_not_sent
from bot.adapters.telegram.render import Message, as_caption, files, render
from bot.adapters.telegram.topics import with_topic
from bot.dialogue.reply import Reply
from bot.pictures.making import ANSWER_PATIENCE, BULK_PATIENCE, Drawn, Pictures

log = logging.getLogger(__name__)

T = TypeVar("T")

_TRIES = 3
_PATIENCE = 300.0
"""Seconds for which Telegram may hold a message back; after a longer pause nobody would know what it answers."""
_NOTHING_NEW = "not modified"
_NO_PREVIEW = json.dumps({"is_disabled": True})
_ASK = json.dumps({"force_reply": True, "selective": True})


@dataclass(frozen=True)
class Where:
    """A chat, the topic in it, and the message that is answered or edited. `flow` is the chat in which it was asked
    for, where that is another one: its share of the rate limit is used."""

    chat: int
    thread: int | None = None
    message: int | None = None
    flow: int | None = None


class Post:
    """Sends every message to Telegram."""

    def __init__(self, bot: Bot, limits: Limits, pictures: Pictures) -> None:
        self._bot = bot
        self._limits = limits
        self._pictures = pictures

    async def send(
        self,
        reply: Reply,
        locale: str,
        where: Where,
        *,
        urgent: bool,
        ask: bool = False,
        link: tuple[str, str] | None = None,
    ) -> str | None:
        """Send a reply; `ask` opens the answer field of who is answered, `link` is one more button with an address.

        Returns the id of the last message, None where nobody knows it. What is `urgent` is tried again where it surely
        did not arrive, and so is what follows a message that did. Raises the library's errors.
        """
        id_: str | None = None
        messages = render(reply, locale)
        drawn = await self._drawn(reply, locale, urgent=urgent)
        if drawn:
            caption = as_caption(messages)
            keyboard = (_keyboard(caption, where, link) or (_ASK if ask else None)) if caption else None
            shown, id_ = await self._send_photo(drawn, caption, keyboard, where, urgent=urgent)
            messages = [] if shown and caption else messages
        for number, message in enumerate(messages, start=1):
            last = number == len(messages)
            keyboard = _keyboard(message, where, link if last else None) or (_ASK if ask and last else None)
            sent = await self._insist(
                where,
                partial(
                    self._bot.send_message,
                    where.chat,
                    message.html,
                    parse_mode=ParseMode.HTML,
                    message_thread_id=where.thread,
                    api_kwargs=_options(keyboard, where.message),
                ),
                urgent=urgent or number > 1 or id_ is not None,
            )
            id_ = str(sent.message_id) if sent else None
        for file in files(reply):
            document = partial(
                self._bot.send_document,
                where.chat,
                file.content.encode(),
                filename=file.name,
                message_thread_id=where.thread,
            )
            await self._insist(where, document, urgent=True)
        return id_

    async def _drawn(self, reply: Reply, locale: str, *, urgent: bool) -> Drawn | None:
        return await self._pictures.drawn(reply, locale, ANSWER_PATIENCE if urgent else BULK_PATIENCE)

    async def _send_photo(
        self, drawn: Drawn, caption: Message | None, keyboard: str | None, where: Where, *, urgent: bool
    ) -> tuple[bool, str | None]:
        """Send a picture, with its words where they fit. Whether it is there, and the id of its message.

        Where a chat takes no photos, its words alone go there.
        """
        send = partial(
            self._bot.send_photo,
            where.chat,
            drawn.png,
            filename=drawn.name,
            caption=caption.html if caption else None,
            parse_mode=ParseMode.HTML,
            message_thread_id=where.thread,
            api_kwargs=_extras(keyboard, where.message),
        )
        try:
            sent = await self._insist(where, send, urgent=urgent)
        except BadRequest as error:
            log.info("a picture was refused: its words go alone", extra={"why": str(error)[:80]})
            return False, None
        return True, str(sent.message_id) if sent else None

    async def edit(self, reply: Reply, locale: str, where: Where, *, urgent: bool = True) -> bool:
        """Put a reply in the place of a message; False where it cannot be edited, or the reply is more than one."""
        messages = render(reply, locale)
        if len(messages) > 1 or files(reply) or where.message is None:
            return False
        drawn = await self._drawn(reply, locale, urgent=urgent)
        if drawn and not as_caption(messages):
            return False
        keyboard = _keyboard(messages[0], where, None)
        change: Callable[[], Awaitable[object]]
        if drawn:
            photo = InputMediaPhoto(drawn.png, messages[0].html, ParseMode.HTML, filename=drawn.name)
            change = partial(
                self._bot.edit_message_media, photo, where.chat, where.message, api_kwargs=_extras(keyboard)
            )
        else:
            change = partial(
                self._bot.edit_message_text,
                messages[0].html,
                where.chat,
                where.message,
                parse_mode=ParseMode.HTML,
                api_kwargs=_options(keyboard),
            )
        try:
            await self._insist(where, change, urgent=urgent)
        except BadRequest as error:
            if stays(error):
                raise
            return _NOTHING_NEW in str(error).lower()
        return True

    async def _insist(self, where: Where, call: Callable[[], Awaitable[T]], *, urgent: bool) -> T | None:
        """Make a call, where it is `urgent` again if it surely did nothing; None where it may have done it all."""
        for tries in range(1, _TRIES + 1):
            if (pause := self._limits.paused(where.chat)) > _PATIENCE:
                raise RetryAfter(timedelta(seconds=int(pause) + 1))
            try:
                with purpose(Urgency.REPLY if urgent else Urgency.BULK, where.flow):
                    return await call()
            except (BadRequest, ChatMigrated):
                raise
            except RetryAfter:
                if not urgent or tries == _TRIES:
                    raise
            except NetworkError as error:
                if not urgent or (surely_not_sent(error) and tries == _TRIES):
                    raise
                if not surely_not_sent(error):
                    return None
                await asyncio.sleep(tries / 2)
        return None


def _options(keyboard: str | None, answered: int | None = None) -> dict[str, str]:
    """What else goes with a message, as JSON: for each button the library would make an object and take it apart again,
    which costs more than the rest of the message."""
    return {"link_preview_options": _NO_PREVIEW} | _extras(keyboard, answered)


def _extras(keyboard: str | None, answered: int | None = None) -> dict[str, str]:
    """The same for a message without links, such as a photo."""
    options: dict[str, str] = {}
    if keyboard:
        options["reply_markup"] = keyboard
    if answered:
        options["reply_parameters"] = json.dumps({"message_id": answered, "allow_sending_without_reply": True})
    return options


def _keyboard(message: Message, where: Where, link: tuple[str, str] | None) -> str | None:
    """The buttons under a message, as Telegram's InlineKeyboardMarkup; None where there are none."""
    rows = [
        [{"text": label, "callback_data": with_topic(data, where.thread)} for label, data in row]
        for row in message.keyboard
    ]
    rows = [[{"text": label, "url": url}] for label, url in message.links] + rows
    if link:
        rows.append([{"text": link[0], "url": link[1]}])
    return json.dumps({"inline_keyboard": rows}) if rows else None
