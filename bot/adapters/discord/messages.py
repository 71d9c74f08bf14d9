"""Messages to the bot itself, in plain words: there is no interaction, so the answer is a message of its own."""

import logging
from collections.abc import Callable
from datetime import datetime

import discord

from bot.adapters.discord import PLATFORM
from bot.adapters.discord.intake import BROKEN, words_of
from bot.adapters.discord.post import Post, Remember
from bot.adapters.discord.refused import STAYS
from bot.adapters.discord.render import Message, render
from bot.adapters.flood import Flood, Verdict
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.outbox import Note, asked
from bot.core.group import Place
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text
from bot.pictures.making import Pictures

log = logging.getLogger(__name__)


class Messages:
    """Turns messages into requests, and answers them where they were written; what is somebody's own, in private."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        queue: KeyedQueue,
        clock: Callable[[], datetime],
        flood: Flood,
        remember: Remember,
        pictures: Pictures,
    ) -> None:
        self._dispatcher = dispatcher
        self._queue = queue
        self._clock = clock
        self._flood = flood
        self._remember = remember
        self._pictures = pictures
        self.stopping = False

    async def heard(self, message: discord.Message, client: discord.Client) -> None:
        """Somebody wrote something, to the bot or not."""
        request = words_of(message, client.user) if client.user and not self.stopping else None
        if request is None:
            return
        verdict = self._flood.judge(request)
        post, here = Post(client, self._remember), Place(PLATFORM, str(message.channel.id), "")

        async def work() -> None:
            try:
                if verdict is Verdict.TAKEN:
                    await self._answer(post, here, request)
                elif verdict is Verdict.REFUSED:
                    refused = asked(request)
                    await self._say(
                        post, here, request, Note(refused={refused.account: refused}).reply(), refused.locale
                    )
            except BROKEN as error:
                log.warning("an answer was not sent", extra={"platform": PLATFORM, "why": type(error).__name__})
            except Exception:
                log.exception("a message could not be handled", extra={"platform": PLATFORM})
            finally:
                self._flood.answered(request)

        self._queue.put(request.account.external_id, work)

    async def _answer(self, post: Post, here: Place, request: Request) -> None:
        answer = await self._dispatcher.handle(request, self._clock())
        if answer.reply is None:
            return
        if request.place and answer.private:
            delivered = await self._tell(post, request, answer, answer.reply)
            pointer = Text("{name}, I have answered you in private.", name=request.account.called)
            if not delivered:
                pointer = Text(
                    "{name}, my answer is for you alone, and your private messages are closed to me. The commands in "
                    "Discord's menu are answered here, for nobody else to see.",
                    name=request.account.called,
                )
            await self._say(post, here, request, reply(pointer), answer.locale)
        else:
            await post.send(here, await self._rendered(answer, answer.reply), request.id)

    async def _tell(self, post: Post, request: Request, answer: Answer, shown: Reply) -> bool:
        """Answer in private; False where the person lets nobody write to them."""
        try:
            await post.send(request.account, await self._rendered(answer, shown), request.id)
        except discord.HTTPException as error:
            if error.code not in STAYS:
                raise
            return False
        return True

    async def _rendered(self, answer: Answer, shown: Reply) -> list[Message]:
        drawn = await self._pictures.drawn(shown, answer.locale)
        return render(shown, answer.locale, answer.question, drawn)

    async def _say(self, post: Post, here: Place, request: Request, reply: Reply, locale: str) -> None:
        await post.send(here, render(reply, locale), f"{request.id}:note")
