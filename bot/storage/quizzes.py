"""Attempts at self-check questions, in the database."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select

from bot.core.ids import LearnerId
from bot.core.quiz import Try
from bot.storage.tables import quiz_try

_TRIES = select(quiz_try).where(quiz_try.c.learner == bindparam("learner")).order_by(quiz_try.c.id)


class Quizzes:
    """See `bot.ports.quizzes.Quizzes`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tries(self, learner: LearnerId) -> Sequence[Try]:
        """Every attempt of a learner, oldest first."""
        rows = self._connection.execute(_TRIES, {"learner": learner})
        return [Try(row.question, bool(row.knew), row.at) for row in rows]

    def add(self, learner: LearnerId, attempt: Try) -> None:
        """Record an attempt."""
        values = {"learner": learner, "question": attempt.question, "knew": int(attempt.knew), "at": attempt.at}
        self._connection.execute(insert(quiz_try).values(values))
