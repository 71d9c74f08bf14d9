"""Gives existing learners the reminder kinds of a newer program: in batches with each tick, once a day all of them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.core.reminder import ReminderKind
from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.new_reminders import add_new_kinds

EVERY = timedelta(days=1)
"""Once a day, and not only at the start: while processes are replaced one by one, older ones still take in learners."""
BATCH = 50
"""Learners in one transaction: few enough that a learner's request never waits long behind it."""
BATCHES = 20
"""Transactions in one go; the next follows with the next tick, so that nothing due waits for all learners."""


class NewKinds:
    """Adds the rules that learners lack. It asks the database who lacks one, so a restart loses nothing."""

    def __init__(self, database: Database, clock: Callable[[], datetime], kinds: Sequence[ReminderKind]) -> None:
        self._database = database
        self._clock = clock
        self._kinds = kinds
        self._names = [kind.name for kind in kinds if kind.usual]
        self._began: datetime | None = None
        self._behind: int | None = 0
        """The id of the learner up to whom this round has come; None where it is done."""

    async def when_due(self) -> None:
        """Go on with the round through all learners, or begin one a day after the last."""
        now = self._clock()
        if self._began is None or abs(now - self._began) >= EVERY:
            self._began, self._behind = now, 0
        for _ in range(BATCHES):
            if self._behind is None:
                break
            self._behind = await self._next_batch(self._behind)

    async def _next_batch(self, behind: int) -> int | None:
        """Add what a batch of learners lack; returns the last learner's id, None where there are no more."""
        # Looking takes longest where nobody lacks anything, so it happens beside the writers.
        learners = await self._database.read(lambda uow: uow.reminders.lacking(self._names, behind, BATCH))

        def add(uow: UnitOfWork) -> None:
            for learner in learners:
                add_new_kinds(uow, learner, self._kinds, self._clock())

        if learners:
            await self._database.run(add)
        return learners[-1] if len(learners) == BATCH else None
