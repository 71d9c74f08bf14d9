"""Takes deliveries to people: claim, compose from fresh facts, send outside any transaction, settle at once.

State is exact; a send is never lost, and repeated at most for what was in flight when the process died.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.learner import Account
from bot.core.reminder import SILENCE_AFTER, Delivery, expired, quiet, retry_delay
from bot.core.store import Database, Store
from bot.delivery.planner import plan
from bot.dialogue.dispatcher import REMEMBERED, Answer, Dispatcher
from bot.dialogue.refusal import Moot, Refusal
from bot.dialogue.request import Request
from bot.dialogue.sending import RetryAfter, Sender, TemporaryFailure, Unreachable

log = logging.getLogger(__name__)

BATCH = 50
"""Deliveries claimed at once: on SQLite more would keep the writer from learners' requests."""
LEASE = timedelta(minutes=2)
"""How long a claim holds before another courier may take over."""
KEPT = timedelta(days=400)
"""Buttons with long requests work for this long: longer than any roadmap runs at its slowest usual pace."""
QUIET = "quiet"
"""The command that says, once, that the bot will be quiet."""


@dataclass(frozen=True)
class Errand:
    """A claimed delivery that still makes sense: which command says it, and who can be reached where."""

    command: str
    accounts: tuple[Account, ...]


class Courier:
    """Sends what is due. `clock` tells the time, `new_claim` names a claim; both are the caller's."""

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

    async def tick(self) -> None:
        """Plan and deliver everything that is due now."""
        while await self._database.run(lambda store: plan(store, self._clock())):
            pass
        while True:
            claim, now = self._new_claim(), self._clock()
            claimed = await self._database.run(
                lambda store, claim=claim, now=now: store.deliveries.claim(claim, now, now + LEASE, BATCH)  # type: ignore[misc]
            )
            # The newest first: where it turns out to have nothing to say, the one before it is not too late.
            for delivery in sorted(claimed, key=lambda delivery: delivery.due, reverse=True):
                if self._clock() - now > LEASE / 2:
                    break  # too slow: the rest will soon be anybody's, and is ours no more
                await self._deliver(delivery, claim)
            if len(claimed) < BATCH:
                return

    async def next(self) -> datetime | None:
        """The nearest instant at which `tick` would have something to do."""
        nearest = await self._database.run(lambda store: (store.reminders.next(), store.deliveries.next()))
        return min((at for at in nearest if at), default=None)

    async def forget(self) -> None:
        """Drop what has served its time: answered requests and old long buttons."""
        now = self._clock()

        def work(store: Store) -> None:
            store.requests.forget(now - REMEMBERED)
            store.requests.forget_kept(now - KEPT)

        await self._database.run(work)

    async def _deliver(self, delivery: Delivery, claim: str) -> None:
        now = self._clock()
        if expired(delivery.kind, delivery.due, now):
            await self._settle(delivery, claim, "expired")
            return
        try:
            errand = await self._database.run(lambda store: self._errand(store, delivery, now))
            answers = [(account, await self._compose(errand, account, delivery, now)) for account in errand.accounts]
        except (Moot, Refusal) as reason:
            await self._settle(delivery, claim, "moot", str(reason)[:200])
            return
        except Exception:
            log.exception("a delivery could not be composed", extra={"delivery": delivery.id})
            await self._retry(delivery, claim, retry_delay(delivery.attempts))
            return
        await self._send(delivery, claim, errand, answers)

    def _errand(self, store: Store, delivery: Delivery, now: datetime) -> Errand:
        learner = store.learners.get(delivery.learner)
        if learner is None:
            raise Moot("the learner is gone")
        if store.deliveries.overtaken(delivery, now):
            raise Moot("a newer message takes its place")
        accounts = tuple(a for a in store.learners.accounts(learner.id) if a.platform in self._senders)
        if quiet(store.deliveries.asked_since(learner.id, learner.seen_at, now - SILENCE_AFTER)):
            if store.deliveries.quiet_since(learner.id, learner.seen_at):
                raise Moot("three check-ins went unanswered")
            return Errand(QUIET, accounts)
        return Errand(delivery.kind, accounts)

    async def _compose(self, errand: Errand, account: Account, delivery: Delivery, now: datetime) -> Answer:
        request = Request(f"delivery:{delivery.id}", account, errand.command, occasion=delivery.occasion)
        return await self._dispatcher.compose(request, now)

    async def _send(
        self, delivery: Delivery, claim: str, errand: Errand, answers: list[tuple[Account, Answer]]
    ) -> None:
        for account, answer in answers:
            try:
                await self._senders[account.platform].send(account, answer, delivery.id)
            except Unreachable:
                continue
            except RetryAfter as asked:
                await self._retry(delivery, claim, timedelta(seconds=asked.seconds))
                return
            except TemporaryFailure:
                await self._retry(delivery, claim, retry_delay(delivery.attempts))
                return
            except Exception:
                # A sender's mistake; whoever stands behind this one in the queue must not wait for its repair.
                log.exception("a delivery could not be sent", extra={"delivery": delivery.id})
                await self._retry(delivery, claim, retry_delay(delivery.attempts))
                return
            await self._settle(delivery, claim, "sent", errand.command if errand.command == QUIET else None)
            return
        await self._settle(delivery, claim, "unreachable")

    async def _settle(self, delivery: Delivery, claim: str, state: str, reason: str | None = None) -> None:
        now = self._clock()
        await self._database.run(lambda store: store.deliveries.settle(delivery.id, claim, state, now, reason))

    async def _retry(self, delivery: Delivery, claim: str, wait: timedelta) -> None:
        at = self._clock() + wait
        await self._database.run(lambda store: store.deliveries.retry(delivery.id, claim, at))
