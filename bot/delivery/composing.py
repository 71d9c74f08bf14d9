"""Composes the messages of claimed deliveries, a few in one read of the database."""

import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeAlias

from bot.core.group import Place
from bot.core.learner import Account
from bot.core.reminder import Delivery, expired, late_limits
from bot.delivery.addressing import QUIET, addressed
from bot.dialogue.answer import Answer
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reminder import Reminder, schedule_of
from bot.ports.conversations import OpenQuestion
from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

FEW = 2
"""Messages composed in one read: few enough that a learner's request never waits long behind it."""


@dataclass(frozen=True)
class Ready:
    """A message that can be sent. `question` is what it leaves open, to be stored when it has arrived."""

    delivery: Delivery
    to: Account | Place
    answer: Answer
    question: OpenQuestion | None
    quiet: bool
    """Whether it says that the bot will be quiet from now on."""


@dataclass(frozen=True)
class Ended:
    """A delivery without a message: too late, or nothing to say."""

    delivery: Delivery
    state: str
    reason: str | None = None


@dataclass(frozen=True)
class Elsewhere:
    """A delivery to a learner without an account on its platform that can be written to."""

    delivery: Delivery


@dataclass(frozen=True)
class Failed:
    """A delivery whose message could not be composed because of a defect or the database."""

    delivery: Delivery


Outcome: TypeAlias = Ready | Ended | Elsewhere | Failed


class Composer:
    """Composes messages from what is stored now. `clock` gives the current time (aware UTC)."""

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        kinds: Mapping[str, Reminder],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._kinds = kinds
        self._late_limits = late_limits(schedule_of(kinds))
        self._clock = clock

    async def compose(self, deliveries: Sequence[Delivery]) -> AsyncIterator[Outcome]:
        """What becomes of each delivery, in their order."""
        waiting = list(deliveries)
        while waiting:
            few = waiting[:FEW]
            try:
                outcomes = await self._database.read(partial(self._first, deliveries=few))
            except Exception:
                log.exception("deliveries could not be composed")
                outcomes = [Failed(delivery) for delivery in few]
            for outcome in outcomes:
                yield outcome
            waiting = waiting[len(outcomes) :]
            if len(outcomes) < len(few):
                yield await self._alone(waiting.pop(0))

    def _first(self, uow: UnitOfWork, deliveries: Sequence[Delivery]) -> list[Outcome]:
        """The outcomes of the deliveries before the first one that fails, or for which something must be written."""
        outcomes: list[Outcome] = []
        for delivery in deliveries:
            try:
                outcomes.append(self._outcome(uow, delivery))
            except Exception:
                break  # told when it is tried alone: an error ends a transaction on PostgreSQL
        return outcomes

    async def _alone(self, delivery: Delivery) -> Outcome:
        try:
            return await self._database.run(lambda uow: self._outcome(uow, delivery))
        except Exception:
            log.exception("a delivery could not be composed", extra={"delivery": delivery.id})
            return Failed(delivery)

    def _outcome(self, uow: UnitOfWork, delivery: Delivery) -> Outcome:
        now = self._clock()
        if expired(delivery.kind, delivery.due, now, self._late_limits):
            return Ended(delivery, "expired")
        try:
            outgoing = addressed(uow, delivery, now, self._kinds)
            if outgoing is None:
                return Elsewhere(delivery)
            answer, question = self._dispatcher.composed(uow, outgoing.request, now)
        except (NothingToSend, Refusal) as reason:
            return Ended(delivery, "nothing_to_send", str(reason)[:200])
        return Ready(delivery, outgoing.to, answer, question, outgoing.request.command == QUIET)
