"""Gives answers: in their place, in private, or by a way that leads there. Whoever takes updates in does not wait."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.adapters.outbox import Note, Outbox, asked
from bot.adapters.telegram.beside import Beside
from bot.adapters.telegram.intake import Heard
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.post import Post, Where
from bot.adapters.telegram.refusals import Closed, stays
from bot.dialogue.dispatcher import Answer
from bot.dialogue.questions import REST
from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request, write_token
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording, nearest

log = logging.getLogger(__name__)

_TOAST = 190
"""Characters of a note above the chat; Telegram's limit is 200."""
_CROWDED = 3
"""With so many answers waiting in a group nobody is told there that theirs is in private; they see that it is."""


class Giving:
    """Everything on its way out that somebody waits for. `moved` is told of a chat's new id."""

    def __init__(
        self, bot: Bot, post: Post, links: Links, beside: Beside, moved: Callable[[int, int], Awaitable[None]]
    ) -> None:
        self._bot = bot
        self._post = post
        self._links = links
        self._beside = beside
        self._moved = moved
        self.outbox: Outbox[Where] = Outbox(self._say)
        self.closed = Closed()

    def give(self, heard: Heard, answer: Answer | None, given: Callable[[], None]) -> None:
        """Have the answer shown; returns at once, and calls `given` when it was, or could not be.

        Never raises: what was written stays written.
        """
        request = heard.request
        if answer is None or answer.reply is None:
            self._pressed(heard)
            given()
            return
        said, what = answer.reply, asked(request, answer.locale)
        if request.place and answer.private:
            if request.sender is None:
                return  # what a chat itself told, and went wrong
            own = Where(int(request.account.external_id))
            if not self.outbox.put(own, what, lambda: _then(self._in_private(heard, answer, said), given)):
                self._pressed(heard)
            return
        self._pressed(heard)
        self.outbox.put(_chat(heard), what, lambda: _then(self._in_place(heard, answer, said), given))

    def refuse(self, heard: Heard) -> None:
        """Have it said that from this request on nothing is carried out, because it was too much."""
        self.outbox.refuse(_chat(heard), asked(heard.request))

    def press_refused(self, heard: Heard) -> None:
        """Say the same above the chat to a button that was pressed."""
        locale = nearest(heard.request.locale)
        self._pressed(heard, Wording(locale).say(Text("That was a lot at once. Please wait a minute.")))

    def _pressed(self, heard: Heard, toast: str | None = None, url: str | None = None) -> None:
        """Tell the button that was pressed, if any, that it was heard."""
        if press := heard.press:
            self._beside.call(lambda: self._bot.answer_callback_query(press, toast, url=url))

    async def _say(self, chat: Where, note: Note) -> None:
        await self._try(chat, lambda where: self._post.send(note.reply(), note.locale, where, urgent=True))

    async def _in_place(self, heard: Heard, answer: Answer, said: Reply) -> None:
        """Show the reply where it was asked for; in private where nothing can be shown there."""
        request = heard.request
        here = replace(_chat(heard), message=heard.message if request.place and not heard.press else None)
        ask = bool(request.place and answer.question)

        async def show(where: Where) -> None:
            place = replace(where, message=heard.message)
            if heard.press and said.replaces and await self._post.edit(said, answer.locale, place):
                return
            await self._post.send(said, answer.locale, where, urgent=True, ask=ask)

        if await self._try(here, show) is False and request.place and request.sender:
            own = Where(int(request.sender.external_id), flow=heard.chat)
            await self._try(own, lambda where: self._post.send(said, answer.locale, where, urgent=True))

    async def _in_private(self, heard: Heard, answer: Answer, said: Reply) -> None:
        """Answer in private, with a pointer in the group; who never pressed Start finds a way there."""
        request, wording = heard.request, Wording(answer.locale)
        own = Where(int(request.account.external_id), flow=heard.chat)
        name, here = request.account.called, _chat(heard)
        shown = await self._try(own, lambda where: self._post.send(said, answer.locale, where, urgent=True))
        if shown is None:
            self._pressed(heard)
            return
        if shown:
            pointer = Text("{name}, I have answered you in private.", name=name)
            link = (wording.say(Text("Open")), self._links.bot)
            if heard.press:
                self._pressed(heard, wording.say(pointer)[:_TOAST])
                return
            if self.outbox.waiting(here) >= _CROWDED:
                return
        else:
            pointer = Text("{name}, press Start below and I answer you in private.", name=name)
            link = (wording.say(Text("Start")), self._links.to(request.account.external_id, *_tokens(request)))
            if heard.press:
                self._pressed(heard, url=link[1])
                return

        async def point() -> None:
            where = replace(here, message=heard.message)
            await self._try(
                where, lambda there: self._post.send(reply(pointer), answer.locale, there, urgent=True, link=link)
            )

        self.outbox.put(here, asked(request, answer.locale), point)

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


async def _then(work: Awaitable[None], given: Callable[[], None]) -> None:
    await work
    given()


def _chat(heard: Heard) -> Where:
    return Where(heard.chat, heard.thread)


def _tokens(request: Request) -> list[str]:
    """The request as it was meant, and without the words where they do not fit into a link."""
    words = dict(request.args) | ({REST: request.rest} if request.rest else {})
    return [write_token(request.command, words), write_token(request.command, {})] if request.command else []
