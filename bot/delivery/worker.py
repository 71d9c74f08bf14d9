"""Sends deliveries: claim, compose from fresh facts, send outside any transaction, settle at once.

State is exact; a send is never lost, and repeated at most for what was in flight when the process died.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.core.group import Place, Why
from bot.core.ids import LearnerId
from bot.core.learner import Account
from bot.core.reminder import Delivery, retry_delay
from bot.delivery.addressing import QUIET, for_place
from bot.delivery.composing import Composer, Elsewhere, Ended, Failed, Outcome, Ready
from bot.delivery.live_messages import AGAIN, LEASE, LiveMessageUpdater
from bot.delivery.new_kinds import NewKinds
from bot.delivery.planner import plan
from bot.delivery.retention import Retention
from bot.delivery.settling import Arrived, Settler
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.reminder import reminder_kinds, schedule_of
from bot.dialogue.sending import RetryAfter, Sender, TemporaryFailure, Unreachable
from bot.ports.database import Database
from bot.ports.deliveries import Settlement
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.note_refused_place import note_refused_place, pass_on_notice

log = logging.getLogger(__name__)

BATCH = 50
"""Deliveries claimed at once: on SQLite more would keep the writer from learners' requests."""
NOT_REACHED = "knock"
"""The command that tells a group, once, that private messages do not reach one of its members."""


class DeliveryWorker:
    """Sends what is due, each platform on its own: one that hangs does not hold up the others.

    `clock` gives the current time (aware UTC), `new_claim` a unique name for a claim.
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
        self._kinds = reminder_kinds(dispatcher.commands.values())
        self._composer = Composer(database, dispatcher, self._kinds, clock)
        self._settler = Settler(database)
        self._beside = (NewKinds(database, clock, schedule_of(self._kinds)), Retention(database, clock))
        self._working: set[asyncio.Task[None]] = set()
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
        """Turn every rule that is due into deliveries, then do the daily work that is due."""
        with self._at_work():
            while not self._stopping and await self._database.run(lambda uow: plan(uow, self._clock())):
                pass
            for daily in () if self._stopping else self._beside:
                try:
                    await daily.when_due()
                except Exception:
                    log.exception("daily work failed", extra={"work": type(daily).__name__})  # tried again later

    async def deliver(self, platform: str) -> None:
        """Deliver what is due on one platform: different people side by side, the messages to one person in order."""
        running: set[asyncio.Task[None]] = set()
        with self._at_work():
            try:
                while self._senders[platform].ready and not self._stopping:
                    claim, now = self._new_claim(), self._clock()
                    claimed = await self._database.run(
                        lambda uow, claim=claim, now=now: uow.deliveries.claim(platform, claim, now, now + LEASE, BATCH)  # type: ignore[misc]
                    )
                    await self._begin(claimed, claim, now, running)
                    if len(claimed) < BATCH:
                        break
                    running = await _fewer(running, BATCH // 2)
                await _fewer(running, 0)
                if self._senders[platform].ready and not self._stopping:
                    await self._live_messages.refresh(
                        platform, lambda: self._senders[platform].ready and not self._stopping
                    )
            finally:
                for task in running:
                    task.cancel()

    async def stop(self, seconds: float) -> None:
        """Claim nothing new, and wait up to `seconds` for what is being sent or written."""
        self._stopping = True
        if self._working:
            await asyncio.wait(set(self._working), timeout=seconds)

    async def next(self) -> datetime | None:
        """The next instant (aware UTC) at which `tick` has something to do; None where there is none."""
        nearest = await self._database.run(
            lambda uow: (
                uow.reminders.next_due(),
                uow.sessions.next_due(),
                uow.deliveries.next_due(self.platforms),
                uow.live_messages.next_due(self.platforms),
            ),
        )
        return min((at for at in nearest if at), default=None)

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        """What runs in this context is waited for by `stop`."""
        me = asyncio.current_task()
        assert me is not None  # noqa: S101 - a coroutine runs in a task
        self._working.add(me)
        try:
            yield
        finally:
            self._working.discard(me)

    async def _begin(
        self, claimed: Sequence[Delivery], claim: str, claimed_at: datetime, running: set[asyncio.Task[None]]
    ) -> None:
        """Compose what was claimed and send it in tasks that are added to `running`; what cannot be begun before the
        end is given back, for another process to take at once."""
        by_recipient = {first.id: [first, *rest] for first, *rest in _by_recipient(claimed)}
        firsts = [deliveries[0] for deliveries in by_recipient.values()]
        async for outcome in self._composer.compose(firsts):
            if self._stopping:
                break
            _, *rest = by_recipient.pop(outcome.delivery.id)
            running.add(asyncio.create_task(self._in_turn(outcome, rest, claim, claimed_at)))
        if by_recipient:
            await self._give_back([each for deliveries in by_recipient.values() for each in deliveries], claim)

    async def _in_turn(self, outcome: Outcome, rest: Sequence[Delivery], claim: str, claimed_at: datetime) -> None:
        """Finish a delivery that is composed, then the rest of its recipient's."""

        def too_late() -> bool:
            # Where it takes long, the claim on the rest runs out soon.
            return self._stopping or self._clock() - claimed_at > LEASE / 2

        if too_late():
            await self._give_back([outcome.delivery, *rest], claim)
            return
        if not await self._finish(outcome, claim):
            return  # the rest waits with it
        for number, delivery in enumerate(rest):
            async for following in self._composer.compose([delivery]):
                if too_late():
                    await self._give_back(rest[number:], claim)
                    return
                if not await self._finish(following, claim):
                    return

    async def _give_back(self, deliveries: Sequence[Delivery], claim: str) -> None:
        """Give up the claim on deliveries that were not begun."""
        now = self._clock()

        def give(uow: UnitOfWork) -> None:
            for delivery in deliveries:
                uow.deliveries.retry(delivery.id, claim, now)

        await self._database.run(give)

    async def _finish(self, outcome: Outcome, claim: str) -> bool:
        """Send what is ready, settle what is not to be sent. False where its place takes nothing for now."""
        match outcome:
            case Ended(delivery, state, reason):
                await self._settle(delivery, claim, state, reason)
            case Elsewhere(delivery):
                await self._elsewhere(delivery, claim, self._clock())
            case Failed(delivery):
                await self._retry(delivery, claim, retry_delay(delivery.attempts))
            case Ready():
                return await self._send(outcome, claim)
        return True

    async def _send(self, ready: Ready, claim: str) -> bool:
        delivery, to = ready.delivery, ready.to
        try:
            message = await self._senders[to.platform].send(to, ready.answer, f"delivery:{delivery.id}")
        except Unreachable as refusal:
            await self._unreachable(delivery, claim, to, refusal.why)
            return not isinstance(to, Place)
        except RetryAfter as asked:
            await self._retry(delivery, claim, timedelta(seconds=asked.seconds))
        except TemporaryFailure:
            await self._retry(delivery, claim, retry_delay(delivery.attempts))
        except Exception:
            # A sender's mistake; the deliveries behind this one must not wait for its repair.
            log.exception("a delivery could not be sent", extra={"delivery": delivery.id})
            await self._retry(delivery, claim, retry_delay(delivery.attempts))
        else:
            reason = QUIET if ready.quiet else None
            settlement = Settlement(delivery.id, claim, "sent", self._clock(), reason)
            await self._settler.settle(settlement, Arrived(delivery, to, message, ready.question))
        return True

    async def _unreachable(self, delivery: Delivery, claim: str, to: Account | Place, why: Why) -> None:
        """Note it, and try the learner's other account; where they have none, tell their group once.

        A place waits a day, or until something changes there, as long as the message is not too late by then.
        """
        now = self._clock()
        if isinstance(to, Place):
            await self._database.run(lambda uow: note_refused_place(uow, to, why, now))
            await self._retry(delivery, claim, AGAIN)
            return
        new = await self._database.run(lambda uow: uow.learners.mark_unreachable(to, now))
        if await self._elsewhere(delivery, claim, now):
            return
        await self._database.run(lambda uow: pass_on_notice(uow, delivery, now))
        if new and delivery.learner:
            await self._tell_group(delivery.learner, delivery, now)

    async def _elsewhere(self, delivery: Delivery, claim: str, now: datetime) -> bool:
        """Pass it on to another account of the learner's; False where none can be written to, and it is settled."""
        learner = delivery.learner
        accounts = await self._database.run(lambda uow: uow.learners.reachable_accounts(learner)) if learner else ()
        other = next((account.platform for account in accounts if account.platform in self._senders), None)
        if other is None:
            await self._settle(delivery, claim, "unreachable")
            return False
        await self._database.run(lambda uow: uow.deliveries.redirect(delivery.id, claim, other, now))
        return True

    async def _tell_group(self, learner: LearnerId, delivery: Delivery, now: datetime) -> None:
        places = await self._database.run(lambda uow: uow.groups.places_of_member(learner))
        writable = next((candidate for candidate in places if candidate[0].platform in self._senders), None)
        if writable is None:
            return
        place, group, name = writable
        key = f"note:{delivery.id}"
        request = for_place(key, NOT_REACHED, {"name": name}, place, group, delivery.occasion)
        try:
            answer = await self._dispatcher.compose(request, now)
            await self._senders[place.platform].send(place, answer, key)
        except Unreachable as refusal:
            why = refusal.why
            await self._database.run(lambda uow: note_refused_place(uow, place, why, now))
        except Exception as error:
            # The note is a courtesy and not tried again; the delivery is settled.
            log.warning("a note to a group was not sent", extra={"delivery": delivery.id, "why": type(error).__name__})

    async def _settle(self, delivery: Delivery, claim: str, state: str, reason: str | None = None) -> None:
        await self._settler.settle(Settlement(delivery.id, claim, state, self._clock(), reason))

    async def _retry(self, delivery: Delivery, claim: str, wait: timedelta) -> None:
        at = self._clock() + wait
        await self._database.run(lambda uow: uow.deliveries.retry(delivery.id, claim, at))


def _by_recipient(claimed: Iterable[Delivery]) -> list[list[Delivery]]:
    """Each recipient's deliveries, newest first: where the newest has nothing to say, the one before may still come."""
    by_recipient: dict[tuple[int | None, int | None], list[Delivery]] = {}
    for delivery in sorted(claimed, key=lambda delivery: delivery.due, reverse=True):
        by_recipient.setdefault((delivery.learner, delivery.place), []).append(delivery)
    return list(by_recipient.values())


async def together(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Wait for all tasks; when one fails, cancel the others and raise its error."""
    await _fewer(set(tasks), 0)


async def _fewer(running: set[asyncio.Task[None]], few: int) -> set[asyncio.Task[None]]:
    """Wait until at most `few` tasks run; when one fails, cancel the others and raise its error."""
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
