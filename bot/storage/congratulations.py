"""Congratulations to learners who have finished a roadmap, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.core.ids import EnrollmentId, LearnerId
from bot.storage.tables import congratulation


class Congratulations:
    """See `bot.ports.congratulations.Congratulations`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, enrollment: EnrollmentId, learner: LearnerId, now: datetime) -> bool:
        """Record that a learner congratulates on a finished enrollment; False if they did so before."""
        if learner in self.givers(enrollment):
            return False
        self._connection.execute(insert(congratulation).values(finished=enrollment, learner=learner, at=now))
        return True

    def givers(self, enrollment: EnrollmentId) -> Sequence[LearnerId]:
        """Who has congratulated, in the order in which they did."""
        of_it = select(congratulation.c.learner).where(congratulation.c.finished == enrollment)
        return self._connection.execute(of_it.order_by(congratulation.c.id)).scalars().all()
