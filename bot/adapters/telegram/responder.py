"""Sends answers: into the chat where they were asked, in private, or as a button that leads there."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.adapters.outbox import Note, Outbox, asked
from bot.adapters.telegram.background import Background
from bot.adapters.telegram.intake import Incoming
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.post import Post, Where
from bot.adapters.telegram.refusals import Closed, stays
from bot.dialogue.answer import Answer
from bot.dialogue.questions import REST
from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request, write_token
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording, nearest

log = logging.getLogger(__name__)

_TOAST = 190
"""Characters of a note above the chat; Telegram's limit is 200."""
_CROWDED = 3
"""With so many answers waiting in a group, nobody is told there any more that they were answered in private."""


class Responder:
    """Queues and sends answers, so that whoever takes updates in does not wait. `moved` is called with a chat's old and
    new id."""

    def __init__(
        self, bot: Bot, post: Post, links: Links, background: Background, moved: Callable[[int, int], Awaitable[None]]
    ) -> None:
        self._bot = bot
        self._post = post
        self._links = links
        self._background = background
        self._moved = moved
        self.outbox: Outbox[Where] = Outbox(self._say)
        self.closed = Closed()

    def give(self, incoming: Incoming, answer: Answer | None, when_shown: Callable[[], None]) -> None:
        """Queue an answer to be shown; returns at once. `when_shown` is called when it was shown, or could not be.
        Never raises: what was written stays written."""
        request = incoming.request
        if answer is None or answer.reply is None:
            self._pressed(incoming)
            when_shown()
            return
        reply, question = answer.reply, asked(request, answer.locale)
        if request.place and answer.private:
            if request.sender is None:
                return  # what a chat itself told, and went wrong
            private = Where(int(request.account.external_id))
            if not self.outbox.put(
                private, question, lambda: _then(self._in_private(incoming, answer, reply), when_shown)
            ):
                self._pressed(incoming)
            return
        self._pressed(incoming)
        self.outbox.put(_chat(incoming), question, lambda: _then(self._in_place(incoming, answer, reply), when_shown))

    def refuse(self, incoming: Incoming) -> None:
        """Queue a note that from this request on nothing is carried out, because there were too many."""
        self.outbox.refuse(_chat(incoming), asked(incoming.request))

    def press_refused(self, incoming: Incoming) -> None:
        """Say the same in a notice above the chat to somebody who pressed a button."""
        locale = nearest(incoming.request.locale)
        self._pressed(incoming, Wording(locale).say(Text("That was a lot at once. Please wait a minute.")))

    def _pressed(self, incoming: Incoming, toast: str | None = None, url: str | None = None) -> None:
        """Answer the button that was pressed, if any, so that it stops spinning."""
        if press := incoming.press:
            self._background.call(lambda: self._bot.answer_callback_query(press, toast, url=url))

    async def _say(self, chat: Where, note: Note) -> None:
        await self._try(chat, lambda where: self._post.send(note.reply(), note.locale, where, urgent=True))

    async def _in_place(self, incoming: Incoming, answer: Answer, reply: Reply) -> None:
        """Show the reply where it was asked for; in private where nothing can be shown there."""
        request = incoming.request
        chat = replace(_chat(incoming), message=incoming.message if request.place and not incoming.press else None)
        ask = bool(request.place and answer.question)

        async def show(where: Where) -> None:
            place = replace(where, message=incoming.message)
            if incoming.press and reply.replaces and await self._post.edit(reply, answer.locale, place):
                return
            await self._post.send(reply, answer.locale, where, urgent=True, ask=ask)

        if await self._try(chat, show) is False and request.place and request.sender:
            private = Where(int(request.sender.external_id), flow=incoming.chat)
            await self._try(private, lambda where: self._post.send(reply, answer.locale, where, urgent=True))

    async def _in_private(self, incoming: Incoming, answer: Answer, shown_reply: Reply) -> None:
        """Answer in private, with a pointer in the group; who never pressed Start gets a button for it."""
        request, wording = incoming.request, Wording(answer.locale)
        private = Where(int(request.account.external_id), flow=incoming.chat)
        name, chat = request.account.called, _chat(incoming)
        shown = await self._try(private, lambda where: self._post.send(shown_reply, answer.locale, where, urgent=True))
        if shown is None:
            self._pressed(incoming)
            return
        if shown:
            pointer = Text("{name}, I have answered you in private.", name=name)
            link = (wording.say(Text("Open")), self._links.bot)
            if incoming.press:
                self._pressed(incoming, wording.say(pointer)[:_TOAST])
                return
            if self.outbox.waiting(chat) >= _CROWDED:
                return
        else:
            pointer = Text("{name}, press Start below and I answer you in private.", name=name)
            link = (wording.say(Text("Start")), self._links.to(request.account.external_id, *_tokens(request)))
            if incoming.press:
                self._pressed(incoming, url=link[1])
                return

        async def point() -> None:
            where = replace(chat, message=incoming.message)
            await self._try(
                where, lambda there: self._post.send(reply(pointer), answer.locale, there, urgent=True, link=link)
            )

        self.outbox.put(chat, asked(request, answer.locale), point)

    async def _try(self, where: Where, show: Callable[[Where], Awaitable[object]]) -> bool | None:
        """Show something; False where it cannot be shown there, which is found out once a day, None where it failed.

        Never raises.
        """
        if (where.chat, where.thread) in self.closed:
            return False
        try:
            try:
                await show(where)
            except ChatMigrated as error:
                await self._moved(where.chat, error.new_chat_id)
                await show(replace(where, chat=error.new_chat_id, message=None))
        except TelegramError as error:
            if stays(error):
                self.closed.note(where.chat, where.thread)
                log.info("a chat cannot be written to", extra={"why": str(error)[:80]})
                return False
            if isinstance(error, BadRequest):
                log.info("an answer came too late or has no place", extra={"why": str(error)[:80]})
                return False
            log.warning("an answer was not sent", extra={"why": type(error).__name__})
            return None
        except Exception:
            log.exception("an answer could not be given")
            return None
        return True


async def _then(work: Awaitable[None], when_done: Callable[[], None]) -> None:
    await work
    when_done()


def _chat(incoming: Incoming) -> Where:
    return Where(incoming.chat, incoming.thread)


def _tokens(request: Request) -> list[str]:
    """The request as it was meant, and without the words where they do not fit into a link."""
    words = dict(request.args) | ({REST: request.rest} if request.rest else {})
    return [write_token(request.command, words), write_token(request.command, {})] if request.command else []
