"""Deletes expired rows, and sums up what was not, at the start and then once a day, a few at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.core.retention import KEEP
from bot.ports.database import Database
from bot.usecases.verify_sums import Reached, make_missing_sums

EVERY = timedelta(days=1)
FEW = 500
"""Rows looked at in one transaction: few enough that a learner's request never waits long behind it."""


class Retention:
    """Deletes rows that are not needed any more; see `bot.core.retention` for how long each is kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._last: datetime | None = None

    async def when_due(self) -> None:
        """Delete what has expired, unless that was done within a day; also after the clock was set back."""
        now = self._clock()
        if self._last is None or abs(now - self._last) >= EVERY:
            self._last = now
            await self.drop()
            await self.sum_up()

    async def drop(self) -> None:
        """Delete everything that has expired now."""
        now = self._clock()
        for kind, kept in KEEP.items():
            after: int | None = 0
            while after is not None:
                after = await self._database.run(
                    lambda uow, kind=kind, kept=kept, after=after: uow.housekeeping.drop(kind, now - kept, FEW, after)  # type: ignore[misc]
                )

    async def sum_up(self) -> None:
        """Sum up entries that have not been yet, as after an upgrade, so that boards need not read them."""
        reached: Reached | None = Reached()
        while reached is not None:
            reached = await self._database.run(partial(make_missing_sums, reached=reached))
