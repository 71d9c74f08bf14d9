"""Takes updates in: each is handled in its person's lane and then at once committed; its answer goes another way."""

import asyncio
import logging
from collections.abc import Mapping

from telegram import Bot, Update

from bot.adapters.flood import Flood, Verdict
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.telegram.answers import Answers
from bot.adapters.telegram.giving import Giving
from bot.adapters.telegram.intake import Heard, changed, heard
from bot.adapters.telegram.links import Links
from bot.dialogue.command import Command
from bot.dialogue.request import Request

log = logging.getLogger(__name__)


class Taking:
    """From an update to the future that is done when it is committed, or when nothing has to be."""

    def __init__(
        self,
        bot: Bot,
        links: Links,
        commands: Mapping[str, Command],
        flood: Flood,
        queue: KeyedQueue,
        answers: Answers,
        giving: Giving,
    ) -> None:
        self._bot = bot
        self._links = links
        self._commands = commands
        self._flood = flood
        self._queue = queue
        self._answers = answers
        self._giving = giving

    @property
    def full(self) -> bool:
        """Whether so many answers wait that nothing more should be taken in."""
        return self._giving.outbox.full

    def take(self, update: Update) -> asyncio.Future[None]:
        """Have an update handled."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        incoming = self._read(update)
        if incoming is None or not self._ours(incoming.request):
            committed.set_result(None)
            return committed
        if not incoming.request.event or incoming.request.command == "anonymous":
            verdict = self._flood.judge(incoming.request)
            if verdict is not Verdict.TAKEN:
                self._refuse(incoming, verdict)
                committed.set_result(None)
                return committed

        async def work() -> None:
            answer = await self._answers.handle(incoming)
            if not committed.done():
                committed.set_result(None)
            self._giving.give(incoming, answer, lambda: self._flood.answered(incoming.request))

        self._queue.put(incoming.lane, work)
        return committed

    def _refuse(self, incoming: Heard, verdict: Verdict) -> None:
        self._giving.press_refused(incoming)
        if verdict is Verdict.REFUSED:

            async def work() -> None:
                self._giving.refuse(incoming)

            self._queue.put(incoming.lane, work)  # behind the answers to what was taken before it

    def _read(self, update: Update) -> Heard | None:
        try:
            if (chat := changed(update)) is not None:
                self._giving.closed.open(chat)
            return heard(update, self._bot.bot, self._links)
        except Exception:
            log.exception("an update could not be read")
            return None

    def _ours(self, request: Request) -> bool:
        """Whether it is for us; a command that is not ours, typed in a group, is another bot's."""
        if request.place is None or request.pressed or request.event or not request.command:
            return True
        command = self._commands.get(request.command)
        return command is not None and not command.hidden
