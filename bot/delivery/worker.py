"""Takes deliveries to people: claim, compose from fresh facts, send outside any transaction, settle at once.

State is exact; a send is never lost, and repeated at most for what was in flight when the process died.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.group import Place, Why
from bot.core.ids import LearnerId
from bot.core.learner import Account
from bot.core.reminder import Delivery, expired, retry_delay
from bot.delivery.addressing import QUIET, Addressed, addressed
from bot.delivery.live_messages import AGAIN, LEASE, SAID_BY, LiveMessageUpdater
from bot.delivery.planner import plan
from bot.delivery.refusals import pass_on, refused
from bot.delivery.retention import Retention
from bot.dialogue.dispatcher import Answer, Dispatcher
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.request import Request
from bot.dialogue.sending import RetryAfter, Sender, TemporaryFailure, Unreachable
from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

BATCH = 50
"""Deliveries claimed at once: on SQLite more would keep the writer from learners' requests."""
KNOCK = "knock"
"""The command that says in a group, once, that somebody's private messages do not arrive."""


class DeliveryWorker:
    """Sends what is due, each platform on its own: one that hangs holds up nobody else.

    `clock` tells the time, `new_claim` names a claim; both are the caller's.
    """

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        senders: Mapping[str, Sender],
        clock: Callable[[], datetime],
        new_claim: Callable[[], str],
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._senders = senders
        self._clock = clock
        self._new_claim = new_claim
        self._live_messages = LiveMessageUpdater(database, dispatcher, senders, clock, new_claim)
        self._keeping = Retention(database, clock)
        self._delivering: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def platforms(self) -> Sequence[str]:
        """The platforms that this worker writes to."""
        return tuple(self._senders)

    async def tick(self) -> None:
        """Plan and deliver everything that is due now, on all platforms."""
        await self.plan()
        await together([asyncio.create_task(self.deliver(platform)) for platform in self._senders])

    async def plan(self) -> None:
        """Turn every rule whose time has come into deliveries; once a day drop what has served its time."""
        while await self._database.run(lambda uow: plan(uow, self._clock())):
            pass
        try:
            await self._keeping.when_due()
        except Exception:
            log.exception("what has served its time could not be dropped")  # tomorrow again; nobody waits for it

    async def deliver(self, platform: str) -> None:
        """Deliver what is due on one platform: different people side by side, each one's messages one by one."""
        running: set[asyncio.Task[None]] = set()
        me = asyncio.current_task()
        assert me is not None  # noqa: S101 - a coroutine runs in a task
        self._delivering.add(me)
        try:
            while self._senders[platform].ready and not self._stopping:
                claim, now = self._new_claim(), self._clock()
                claimed = await self._database.run(
                    lambda uow, claim=claim, now=now: uow.deliveries.claim(platform, claim, now, now + LEASE, BATCH)  # type: ignore[misc]
                )
                for deliveries in _by_recipient(claimed):
                    running.add(asyncio.create_task(self._in_turn(deliveries, claim, now)))
                if len(claimed) < BATCH:
                    break
                running = await _fewer(running, BATCH // 2)
            await _fewer(running, 0)
            if self._senders[platform].ready and not self._stopping:
                await self._live_messages.refresh(
                    platform, lambda: self._senders[platform].ready and not self._stopping
                )
        finally:
            self._delivering.discard(me)
            for task in running:
                task.cancel()

    async def stop(self, seconds: float) -> None:
        """Claim nothing new, and give what is in flight so long to arrive."""
        self._stopping = True
        if self._delivering:
            await asyncio.wait(set(self._delivering), timeout=seconds)

    async def next(self) -> datetime | None:
        """The nearest instant at which `tick` would have something to do."""
        nearest = await self._database.run(
            lambda uow: (
                uow.reminders.next(),
                uow.deliveries.next(self.platforms),
                uow.live.next(self.platforms),
            ),
        )
        return min((at for at in nearest if at), default=None)

    async def _in_turn(self, deliveries: Sequence[Delivery], claim: str, claimed_at: datetime) -> None:
        for delivery in deliveries:
            if self._stopping or self._clock() - claimed_at > LEASE / 2:
                return  # too slow: the rest will soon be anybody's, and is ours no more
            if not await self._deliver(delivery, claim):
                return  # the rest waits with it

    async def _deliver(self, delivery: Delivery, claim: str) -> bool:
        """False where its place takes nothing for now."""
        now = self._clock()
        if expired(delivery.kind, delivery.due, now):
            await self._settle(delivery, claim, "expired")
            return True
        try:
            one_off = await self._database.run(lambda uow: addressed(uow, delivery, now))
            if one_off is None:
                await self._elsewhere(delivery, claim, now)
                return True
            answer = await self._dispatcher.compose(one_off.request, now)
        except (NothingToSend, Refusal) as reason:
            await self._settle(delivery, claim, "moot", str(reason)[:200])
            return True
        except Exception:
            log.exception("a delivery could not be composed", extra={"delivery": delivery.id})
            await self._retry(delivery, claim, retry_delay(delivery.attempts))
            return True
        return await self._send(delivery, claim, one_off, answer)

    async def _send(self, delivery: Delivery, claim: str, one_off: Addressed, answer: Answer) -> bool:
        try:
            message = await self._senders[one_off.to.platform].send(one_off.to, answer, delivery.id)
        except Unreachable as refusal:
            await self._unreachable(delivery, claim, one_off.to, refusal.why)
            return not isinstance(one_off.to, Place)
        except RetryAfter as asked:
            await self._retry(delivery, claim, timedelta(seconds=asked.seconds))
        except TemporaryFailure:
            await self._retry(delivery, claim, retry_delay(delivery.attempts))
        except Exception:
            # A sender's mistake; whoever stands behind this one in the queue must not wait for its repair.
            log.exception("a delivery could not be sent", extra={"delivery": delivery.id})
            await self._retry(delivery, claim, retry_delay(delivery.attempts))
        else:
            await self._arrived(delivery, claim, one_off, message)
        return True

    async def _arrived(self, delivery: Delivery, claim: str, one_off: Addressed, message: str | None) -> None:
        now, to = self._clock(), one_off.to
        reason = QUIET if one_off.request.command == QUIET else None

        def work(uow: UnitOfWork) -> None:
            uow.deliveries.settle(delivery.id, claim, "sent", now, reason)
            if isinstance(to, Place):
                uow.places.accepts(to, now)
            if message and delivery.place and delivery.kind in SAID_BY:
                uow.live.posted(delivery.place, delivery.kind, delivery.occasion, message)

        await self._database.run(work)

    async def _unreachable(self, delivery: Delivery, claim: str, to: Account | Place, why: Why) -> None:
        """Note it, and try the learner's other door; where there is none, say so once where their group talks.

        A place waits a day, or until something changes there, as long as the message is not too late by then.
        """
        now = self._clock()
        if isinstance(to, Place):
            await self._database.run(lambda uow: refused(uow, to, why, now))
            await self._retry(delivery, claim, AGAIN)
            return
        new = await self._database.run(lambda uow: uow.learners.unreachable(to, now))
        if await self._elsewhere(delivery, claim, now):
            return
        await self._database.run(lambda uow: pass_on(uow, delivery, now))
        if new and delivery.learner:
            await self._knock(delivery.learner, delivery, now)

    async def _elsewhere(self, delivery: Delivery, claim: str, now: datetime) -> bool:
        """Send it to another door of the learner's; False where none is open, and it is settled."""
        accounts = await self._database.run(
            lambda uow: uow.learners.reachable_accounts(LearnerId(delivery.learner or 0))
        )
        other = next((door.platform for door in accounts if door.platform in self._senders), None)
        if other is None:
            await self._settle(delivery, claim, "unreachable")
            return False
        await self._database.run(lambda uow: uow.deliveries.redirect(delivery.id, claim, other, now))
        return True

    async def _knock(self, learner: LearnerId, delivery: Delivery, now: datetime) -> None:
        homes = await self._database.run(lambda uow: uow.groups.homes(learner))
        found = next((home for home in homes if home[0].platform in self._senders), None)
        if found is None:
            return
        place, group, name = found
        said = Request(
            f"knock:{delivery.id}", Account(place.platform, "", ""), KNOCK, {"name": name}, place=place,
            locale=group.locale, zone=group.zone.key, occasion=delivery.occasion,
        )  # fmt: skip
        try:
            answer = await self._dispatcher.compose(said, now)
            await self._senders[place.platform].send(place, answer, -delivery.id)
        except Unreachable as refusal:
            why = refusal.why
            await self._database.run(lambda uow: refused(uow, place, why, now))
        except Exception as error:
            # One note is a courtesy; what it was about is settled.
            log.warning("a note to a group was not sent", extra={"delivery": delivery.id, "why": type(error).__name__})

    async def _settle(self, delivery: Delivery, claim: str, state: str, reason: str | None = None) -> None:
        now = self._clock()
        await self._database.run(lambda uow: uow.deliveries.settle(delivery.id, claim, state, now, reason))

    async def _retry(self, delivery: Delivery, claim: str, wait: timedelta) -> None:
        at = self._clock() + wait
        await self._database.run(lambda uow: uow.deliveries.retry(delivery.id, claim, at))


def _by_recipient(claimed: Iterable[Delivery]) -> list[list[Delivery]]:
    """Each recipient's deliveries, the newest first: where it has nothing to say, the one before it is not too late."""
    found: dict[tuple[int | None, int | None], list[Delivery]] = {}
    for delivery in sorted(claimed, key=lambda delivery: delivery.due, reverse=True):
        found.setdefault((delivery.learner, delivery.place), []).append(delivery)
    return list(found.values())


async def together(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Wait for all; the first that fails ends the others and is raised."""
    await _fewer(set(tasks), 0)


async def _fewer(running: set[asyncio.Task[None]], few: int) -> set[asyncio.Task[None]]:
    """Wait until at most so many are under way; the first that fails ends the others and is raised."""
    try:
        while len(running) > few:
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
    except BaseException:
        for task in running:
            task.cancel()
        raise
    return running
