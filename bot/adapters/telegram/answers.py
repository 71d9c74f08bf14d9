"""What becomes of a request: answered in its place, in private, or by a way that leads there."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from telegram import Bot, ChatMember, Document
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.adapters.telegram import PLATFORM
from bot.adapters.telegram.intake import Heard
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.post import Post, Where, insistently
from bot.dialogue.dispatcher import Answer, Dispatcher
from bot.dialogue.questions import REST
from bot.dialogue.refusal import RankUnknown
from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import FILE_LIMIT, File, Request, write_token
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording

log = logging.getLogger(__name__)

_RANK_HOLDS = 60.0
"""Seconds for which it is remembered whether somebody is an admin."""
_TOAST = 190
"""Characters of a note above the chat; Telegram's limit is 200."""


class Answers:
    """Handles what was heard, and answers it."""

    def __init__(
        self, bot: Bot, post: Post, links: Links, dispatcher: Dispatcher, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._post = post
        self._links = links
        self._dispatcher = dispatcher
        self._clock = clock
        self._ranks: dict[tuple[int, str], tuple[float, bool]] = {}

    async def handle(self, heard: Heard) -> Answer | None:
        """Have the request answered: what it wrote is committed when this returns. Never raises."""
        request = heard.request
        try:
            if heard.document and request.command == "upload":
                request = replace(request, file=await self._fetched(heard.document))
            try:
                return await self._dispatcher.handle(request, self._clock())
            except RankUnknown:
                known = replace(request, organiser=await self._is_admin(heard))
                return await self._dispatcher.handle(known, self._clock())
        except Exception:
            log.exception("an update could not be handled", extra={"command": heard.request.command})
            return None

    async def _fetched(self, document: Document) -> File:
        """The file that came with a message, without its bytes where it is too large or Telegram does not give it."""
        name, size = document.file_name or "file", document.file_size or 0
        if size > FILE_LIMIT:
            return File(name, size, None)
        try:
            return File(name, size, bytes(await (await document.get_file()).download_as_bytearray()))
        except TelegramError as error:
            log.warning("a file did not arrive", extra={"platform": PLATFORM, "why": type(error).__name__})
            return File(name, size, None)

    async def give(self, heard: Heard, answer: Answer | None) -> None:
        """Show the answer. Never raises: what was written stays written."""
        try:
            toast, url = None, None
            if answer and answer.reply:
                toast, url = await self._show(heard, answer, answer.reply)
            if heard.press:
                await insistently("press", lambda: self._bot.answer_callback_query(heard.press or "", toast, url=url))
        except BadRequest as error:
            log.info("an answer came too late or has no place", extra={"why": str(error)[:80]})
        except (Forbidden, TelegramError) as error:
            log.warning("an answer was not sent", extra={"why": type(error).__name__})
        except Exception:
            log.exception("an answer could not be given", extra={"command": heard.request.command})

    async def _show(self, heard: Heard, answer: Answer, said: Reply) -> tuple[str | None, str | None]:
        """Send the reply to where it belongs; what the press is answered with: a note, an address."""
        request = heard.request
        here = Where(heard.chat, heard.thread, heard.message if request.place and not heard.press else None)
        if request.place and answer.private:
            return await self._in_private(heard, answer, said)
        if heard.press and said.replaces:
            place = Where(heard.chat, heard.thread, heard.message)
            edited = False

            async def edit() -> None:
                nonlocal edited
                edited = await self._post.edit(said, answer.locale, place)

            if not await insistently(request.command, edit) or edited:
                return None, None
        ask = bool(request.place and answer.question)
        await insistently(request.command, lambda: self._post.send(said, answer.locale, here, urgent=True, ask=ask))
        return None, None

    async def _in_private(self, heard: Heard, answer: Answer, said: Reply) -> tuple[str | None, str | None]:
        """Answer in private, with a pointer in the group; who never pressed Start finds a way there."""
        request, wording = heard.request, Wording(answer.locale)
        own = Where(int(request.account.external_id))
        name = request.account.name
        try:
            reached = await insistently(request.command, lambda: self._post.send(said, answer.locale, own, urgent=True))
        except (Forbidden, BadRequest):
            reached = False
        if reached:
            pointer = Text("{name}, I have answered you in private.", name=name)
            link = (wording.say(Text("Open")), self._links.bot)
        else:
            pointer = Text("{name}, press Start below and I answer you in private.", name=name)
            link = (wording.say(Text("Start")), self._links.to(request.account.external_id, *_tokens(request)))
        if heard.press:
            return (wording.say(pointer)[:_TOAST], None) if reached else (None, link[1])
        here = Where(heard.chat, heard.thread, heard.message)
        await insistently(
            "pointer", lambda: self._post.send(reply(pointer), answer.locale, here, urgent=True, link=link)
        )
        return None, None

    async def _is_admin(self, heard: Heard) -> bool:
        key = heard.chat, heard.request.account.external_id
        now = time.monotonic()
        known = self._ranks.get(key)
        if known and known[0] > now:
            return known[1]
        self._ranks = {k: v for k, v in self._ranks.items() if v[0] > now}
        try:
            member = await self._bot.get_chat_member(heard.chat, int(heard.request.account.external_id))
        except TelegramError as error:
            log.warning("an admin could not be told from others", extra={"why": type(error).__name__})
            return False
        found = member.status in {ChatMember.OWNER, ChatMember.ADMINISTRATOR}
        self._ranks[key] = now + _RANK_HOLDS, found
        return found


def _tokens(request: Request) -> list[str]:
    """The request as it was meant, and without the words where they do not fit into a link."""
    words = dict(request.args) | ({REST: request.rest} if request.rest else {})
    return [write_token(request.command, words), write_token(request.command, {})] if request.command else []
