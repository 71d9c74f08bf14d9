"""Takes updates in: the requests of one person in order, each committed before the update is acknowledged."""

import asyncio
import logging
from collections.abc import Mapping

from telegram import Bot, Update

from bot.adapters.flood import Flood, Verdict
from bot.adapters.keyed_queue import KeyedQueue
from bot.adapters.telegram.answers import Answers
from bot.adapters.telegram.intake import Incoming, changed, read_update
from bot.adapters.telegram.links import Links
from bot.adapters.telegram.responder import Responder
from bot.dialogue.command import Command
from bot.dialogue.request import Request

log = logging.getLogger(__name__)


class UpdateIntake:
    """Turns an update into a future that is done when its request is committed, or when there is nothing to do."""

    def __init__(
        self,
        bot: Bot,
        links: Links,
        commands: Mapping[str, Command],
        flood: Flood,
        queue: KeyedQueue,
        answers: Answers,
        responder: Responder,
    ) -> None:
        self._bot = bot
        self._links = links
        self._commands = commands
        self._flood = flood
        self._queue = queue
        self._answers = answers
        self._responder = responder

    @property
    def full(self) -> bool:
        """Whether so many answers wait that no more updates should be taken in."""
        return self._responder.outbox.full

    def take(self, update: Update) -> asyncio.Future[None]:
        """Have an update handled; the future is done when it may be acknowledged."""
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
            self._responder.give(incoming, answer, lambda: self._flood.answered(incoming.request))

        self._queue.put(incoming.order_key, work)
        return committed

    def _refuse(self, incoming: Incoming, verdict: Verdict) -> None:
        self._responder.press_refused(incoming)
        if verdict is Verdict.REFUSED:

            async def work() -> None:
                self._responder.refuse(incoming)

            self._queue.put(incoming.order_key, work)  # behind the answers to what was taken before it

    def _read(self, update: Update) -> Incoming | None:
        try:
            if (chat := changed(update)) is not None:
                self._responder.closed.open(chat)
            return read_update(update, self._bot.bot, self._links)
        except Exception:
            log.exception("an update could not be read")
            return None

    def _ours(self, request: Request) -> bool:
        """Whether it is meant for this bot; an unknown command in a group is another bot's."""
        if request.place is None or request.pressed or request.event or not request.command:
            return True
        command = self._commands.get(request.command)
        return command is not None and not command.hidden
