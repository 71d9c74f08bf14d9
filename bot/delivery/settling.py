"""Writes down what became of deliveries: whatever comes in during one transaction is written in the next, together."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.core.group import FINISH, Place
from bot.core.ids import PlaceId
from bot.core.learner import Account
from bot.core.reminder import Delivery
from bot.delivery.live_messages import COMPOSED_BY
from bot.ports.conversations import OpenQuestion
from bot.ports.database import Database
from bot.ports.deliveries import Settlement
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import finish_in

MOST = 50
"""Deliveries written in one transaction: few enough that a learner's request never waits long behind it."""


@dataclass(frozen=True)
class Arrived:
    """A message that a platform has taken, under the platform's name for it, where there is one."""

    delivery: Delivery
    to: Account | Place
    message: str | None
    question: OpenQuestion | None


@dataclass(frozen=True)
class _Result:
    settlement: Settlement
    arrived: Arrived | None
    written: "asyncio.Future[None]"


class Settler:
    """Settles deliveries, many at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Result] = []
        self._writing: asyncio.Task[None] | None = None

    async def settle(self, settlement: Settlement, arrived: Arrived | None = None) -> None:
        """Settle a delivery; done when that is committed. Raises what the database raises."""
        result = _Result(settlement, arrived, asyncio.get_running_loop().create_future())
        self._waiting.append(result)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await result.written

    async def _write(self) -> None:
        while self._waiting:
            results, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                await self._database.run(partial(_settle, results=results))
            except BaseException as error:
                for result in results:
                    if not result.written.done():
                        result.written.set_exception(error)
                if not isinstance(error, Exception):
                    raise
            else:
                for result in results:
                    if not result.written.done():
                        result.written.set_result(None)


def _settle(uow: UnitOfWork, results: Sequence[_Result]) -> None:
    uow.deliveries.settle([result.settlement for result in results])
    left_open: list[tuple[Account, OpenQuestion]] = []
    for result in results:
        match result.arrived:
            case Arrived(_, Account() as account, _, OpenQuestion() as question):
                left_open.append((account, question))
            case Arrived(delivery, Place() as place, message, _):
                uow.places.mark_accepted(place, result.settlement.at)
                if message and delivery.place:
                    _record(uow, delivery, delivery.place, message)
    uow.conversation.leave_open(left_open)


def _record(uow: UnitOfWork, delivery: Delivery, place: PlaceId, message: str) -> None:
    """Note what was sent in a place, if it is edited as what it says changes."""
    finished = finish_in(delivery.request) if delivery.request else None
    if finished is not None:
        uow.live_messages.record(place, FINISH, delivery.occasion, message, finished)
    elif delivery.kind in COMPOSED_BY:
        uow.live_messages.record(place, delivery.kind, delivery.occasion, message)
