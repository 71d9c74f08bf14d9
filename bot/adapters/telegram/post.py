"""Sends rendered replies, not faster than Telegram allows, and says in our words what went wrong."""

import asyncio
import logging
from collections.abc import AsyncIterator, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.adapters.pacing import Pacer, Window
from bot.adapters.telegram.render import Message, files, render
from bot.adapters.telegram.transport import NotSent
from bot.dialogue import sending
from bot.dialogue.reply import Reply

log = logging.getLogger(__name__)

# core.telegram.org/bots/faq, "My bot is hitting limits": 30 a second, 1 a second to a chat with short bursts, 20 a
# minute to a group. What nobody waits for leaves a sixth of it to answers.
_OVERALL, _BULK = 30, 25
_TRIES = 3
_PATIENCE = 30.0
"""Seconds that an answer may be held back by Telegram; later it would be an answer to nothing."""
_GONE = ("chat not found", "deactivated", "thread not found", "chat was deleted", "peer_id_invalid", "topic_deleted")
_NOTHING_NEW = "not modified"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True)
class Where:
    """A chat, the topic in it, and the message that is answered or edited."""

    chat: int
    thread: int | None = None
    message: int | None = None


def _chat_windows(chat: Hashable) -> Sequence[Window]:
    return (Window(20, 60),) if isinstance(chat, int) and chat < 0 else (Window(3, 3),)


class Post:
    """Everything that is written to Telegram goes through here."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._pacer = Pacer(Window(_OVERALL, 1), Window(_BULK, 1), _chat_windows)

    async def send(
        self, reply: Reply, locale: str, where: Where, *, urgent: bool, ask: bool = False,
        link: tuple[str, str] | None = None,
    ) -> str | None:  # fmt: skip
        """Send a reply; `ask` opens the answer field of who is answered, `link` is one more button with an address.

        Returns the id of the last message. Raises the library's errors.
        """
        id_: str | None = None
        messages = render(reply, locale)
        for number, message in enumerate(messages, start=1):
            last = number == len(messages)
            markup: InlineKeyboardMarkup | ForceReply | None = _markup(message, link if last else None)
            if markup is None and ask and last:
                markup = ForceReply(selective=True)
            answered = ReplyParameters(where.message, allow_sending_without_reply=True) if where.message else None
            async with self._turn(where.chat, urgent=urgent):
                sent = await self._bot.send_message(
                    where.chat, message.html, parse_mode=ParseMode.HTML, message_thread_id=where.thread,
                    reply_parameters=answered, reply_markup=markup, link_preview_options=_NO_PREVIEW,
                )  # fmt: skip
                id_ = str(sent.message_id)
        for file in files(reply):
            content = file.content.encode()
            async with self._turn(where.chat, urgent=urgent):
                await self._bot.send_document(where.chat, content, filename=file.name, message_thread_id=where.thread)
        return id_

    async def edit(self, reply: Reply, locale: str, where: Where, *, urgent: bool = True) -> bool:
        """Put a reply in the place of a message; False where it cannot be edited, or the reply is more than one."""
        messages = render(reply, locale)
        if len(messages) > 1 or files(reply) or where.message is None:
            return False
        try:
            async with self._turn(where.chat, urgent=urgent):
                await self._bot.edit_message_text(
                    messages[0].html, where.chat, where.message, parse_mode=ParseMode.HTML,
                    reply_markup=_markup(messages[0], None), link_preview_options=_NO_PREVIEW,
                )  # fmt: skip
        except BadRequest as error:
            return _NOTHING_NEW in str(error).lower()
        return True

    @asynccontextmanager
    async def _turn(self, chat: int, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for our turn in a chat; where Telegram asks for a pause there, keep it."""
        async with self._pacer.turn(chat, urgent=urgent):
            try:
                yield
            except RetryAfter as error:
                self._pacer.pause(chat, seconds_of(error))
                raise


async def insistently(what: str, attempt: "object") -> bool:
    """Call `attempt()` until an answer has gone out; False where it was given up, with a line in the log."""
    assert callable(attempt)  # noqa: S101
    for tries in range(1, _TRIES + 1):
        try:
            await attempt()
        except RetryAfter as error:
            wait = seconds_of(error)
            if wait > _PATIENCE or tries == _TRIES:
                break
            await asyncio.sleep(wait)
        except TimedOut:
            return True  # it may have been delivered: only what surely was not is sent again
        except (Forbidden, BadRequest, ChatMigrated):
            raise
        except NetworkError:
            await asyncio.sleep(tries / 2)
        else:
            return True
    log.warning("an answer was not sent", extra={"what": what})
    return False


def seconds_of(error: RetryAfter) -> float:
    """The pause that Telegram asks for, in seconds."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def translated(error: TelegramError) -> Exception:
    """A library's error as one of the three that the house knows."""
    said = str(error).lower()
    if isinstance(error, RetryAfter):
        return sending.RetryAfter(seconds_of(error))
    if isinstance(error, Forbidden) or (isinstance(error, BadRequest) and any(gone in said for gone in _GONE)):
        return sending.Unreachable()
    if not isinstance(error, NetworkError | ChatMigrated) or isinstance(error, BadRequest):
        log.warning("Telegram refused a message", extra={"why": type(error).__name__})
    return sending.TemporaryFailure()


def surely_not_sent(error: TelegramError) -> bool:
    """Whether a message that failed so may be sent again without coming twice."""
    return not isinstance(error, TimedOut) or isinstance(error, NotSent)


def _markup(message: Message, link: tuple[str, str] | None) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in message.keyboard]
    if link:
        rows.append([InlineKeyboardButton(link[0], url=link[1])])
    return InlineKeyboardMarkup(rows) if rows else None
