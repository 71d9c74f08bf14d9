"""Study timers, in the database."""

from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from bot.core.ids import EntryId, LearnerId
from bot.core.timer import Timer
from bot.ports.changes import TimerEnded
from bot.storage.changes import changes_of
from bot.storage.tables import timer

_LAST = select(timer).where(timer.c.learner == bindparam("whose")).order_by(timer.c.id.desc()).limit(1)
_GET = select(timer).where(timer.c.id == bindparam("of"), timer.c.learner == bindparam("whose"))


class Timers:
    """See `bot.ports.timers.Timers`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last(self, learner: LearnerId) -> Timer | None:
        """The learner's newest timer; None if there is none."""
        row = self._connection.execute(_LAST, {"whose": learner}).one_or_none()
        return _timer(row) if row else None

    def get(self, timer_: int, learner: LearnerId) -> Timer | None:
        """A timer of this learner; None if there is none, or if it is another learner's."""
        row = self._connection.execute(_GET, {"of": timer_, "whose": learner}).one_or_none()
        return _timer(row) if row else None

    def start(self, learner: LearnerId, item: str, minutes: int, now: datetime) -> Timer:
        """Start a timer of so many minutes on an item."""
        values = {"learner": learner, "item": item, "minutes": minutes, "started_at": now}
        return _timer(self._connection.execute(insert(timer).values(values).returning(timer)).one())

    def end(self, timer_: int, now: datetime) -> bool:
        """Record that a timer was stopped or dealt with; False if it was before."""
        statement = update(timer).where(timer.c.id == timer_, timer.c.ended_at.is_(None)).values(ended_at=now)
        ended = self._connection.execute(statement).rowcount == 1
        if ended:
            changes_of(self._connection).add(TimerEnded(timer_))
        return ended

    def set_entry(self, timer_: int, entry: EntryId) -> None:
        """Record the first ledger entry that a timer's time was logged in."""
        self._connection.execute(update(timer).where(timer.c.id == timer_).values(entry=entry))


def _timer(row: Row[tuple[object, ...]]) -> Timer:
    return Timer(row.id, row.learner, row.item, row.minutes, row.started_at, row.ended_at, row.entry)
