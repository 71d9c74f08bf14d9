"""Sends rendered replies, not faster than Telegram allows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter

from bot.adapters.pacing import Pacer, Window
from bot.adapters.telegram.refusals import seconds_of, stays, surely_not_sent
from bot.adapters.telegram.render import Message, files, render
from bot.adapters.telegram.topics import with_topic
from bot.dialogue.reply import Reply

T = TypeVar("T")

# core.telegram.org/bots/faq, "My bot is hitting limits": 30 a second, 1 a second to a chat with short bursts, 20 a
# minute to a group. What nobody waits for leaves a sixth of it to answers.
_OVERALL, _BULK = 30, 25
_TRIES = 3
_PATIENCE = 300.0
"""Seconds for which Telegram may hold a message back; after a longer pause nobody would know what it answers."""
_NOTHING_NEW = "not modified"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Where:
    """A chat, the topic in it, and the message that is answered or edited. `flow` is the chat in which it was asked
    for, where that is another one: its share of the rate limit is used."""

    chat: int
    thread: int | None = None
    message: int | None = None
    flow: int | None = None


def _chat_windows(chat: Hashable) -> Sequence[Window]:
    of_group = (Window(20, 60),) if isinstance(chat, int) and chat < 0 else ()
    return (Window(3, 3), *of_group)


class Post:
    """Sends every message to Telegram, within its rate limits."""

    def __init__(self, bot: Bot, share: Callable[[], float] = lambda: 1.0) -> None:
        self._bot = bot
        self._pacer = Pacer(Window(_OVERALL, 1, share), Window(_BULK, 1), _chat_windows)

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
        for number, message in enumerate(messages, start=1):
            last = number == len(messages)
            markup: InlineKeyboardMarkup | ForceReply | None = _markup(message, where, link if last else None)
            if markup is None and ask and last:
                markup = ForceReply(selective=True)
            answered = ReplyParameters(where.message, allow_sending_without_reply=True) if where.message else None
            sent = await self._insist(
                where,
                partial(
                    self._bot.send_message,
                    where.chat,
                    message.html,
                    parse_mode=ParseMode.HTML,
                    message_thread_id=where.thread,
                    reply_parameters=answered,
                    reply_markup=markup,
                    link_preview_options=_NO_PREVIEW,
                ),
                urgent=urgent or number > 1,
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

    async def edit(self, reply: Reply, locale: str, where: Where, *, urgent: bool = True) -> bool:
        """Put a reply in the place of a message; False where it cannot be edited, or the reply is more than one."""
        messages = render(reply, locale)
        if len(messages) > 1 or files(reply) or where.message is None:
            return False
        try:
            change = partial(
                self._bot.edit_message_text,
                messages[0].html,
                where.chat,
                where.message,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(messages[0], where, None),
                link_preview_options=_NO_PREVIEW,
            )
            await self._insist(where, change, urgent=urgent)
        except BadRequest as error:
            if stays(error):
                raise
            return _NOTHING_NEW in str(error).lower()
        return True

    async def _insist(self, where: Where, call: Callable[[], Awaitable[T]], *, urgent: bool) -> T | None:
        """Make a call, where it is `urgent` again if it surely did nothing; None where it may have done it all."""
        for tries in range(1, _TRIES + 1):
            if self._pacer.paused(where.chat) > _PATIENCE:
                raise RetryAfter(timedelta(seconds=int(self._pacer.paused(where.chat)) + 1))
            try:
                async with self._turn(where, urgent=urgent):
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

    @asynccontextmanager
    async def _turn(self, where: Where, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for our turn in a chat; where Telegram asks for a pause there, keep it."""
        async with self._pacer.turn(where.chat, urgent=urgent, flow=where.flow):
            try:
                yield
            except RetryAfter as error:
                self._pacer.pause(where.chat, seconds_of(error))
                raise


def _markup(message: Message, where: Where, link: tuple[str, str] | None) -> InlineKeyboardMarkup | None:
    rows = [
        [InlineKeyboardButton(label, callback_data=with_topic(data, where.thread)) for label, data in row]
        for row in message.keyboard
    ]
    if link:
        rows.append([InlineKeyboardButton(link[0], url=link[1])])
    return InlineKeyboardMarkup(rows) if rows else None
