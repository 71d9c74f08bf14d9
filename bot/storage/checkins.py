"""Answers to the weekly question."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.core.checkin import CheckIn, Feeling
from bot.core.ids import GroupId, LearnerId
from bot.ports.changes import CheckInsChanged
from bot.storage.changes import changes_of
from bot.storage.tables import checkin, membership

_OF = select(checkin).where(checkin.c.learner == bindparam("learner"), checkin.c.monday == bindparam("monday"))

_ANSWERED = (
    select(func.count(checkin.c.learner.distinct()))
    .select_from(checkin.join(membership, membership.c.learner == checkin.c.learner))
    .where(membership.c.study_group == bindparam("of_group"), membership.c.left_at.is_(None))
    .where(membership.c.shown != "hidden", checkin.c.monday.between(bindparam("since"), bindparam("monday")))
)
EARLIEST = timedelta(days=2)
"""So much before a group's Monday its members' weeks may begin: on Saturday."""


class CheckIns:
    """See `bot.ports.checkins.CheckIns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, learner: LearnerId, monday: date) -> CheckIn | None:
        """The learner's answer for the week that begins on `monday`; None if there is none."""
        row = self._connection.execute(_OF, {"learner": learner, "monday": monday}).one_or_none()
        return CheckIn(row.monday, row.feeling, row.answered_at, row.note) if row else None

    def answered(self, group: GroupId, monday: date) -> int:
        """How many visible members of a group have answered for the week of `monday`."""
        return self._connection.execute(
            _ANSWERED, {"of_group": group, "since": monday - EARLIEST, "monday": monday}
        ).scalar_one()

    def delete(self, learner: LearnerId, monday: date) -> None:
        """Delete the learner's answer for a week."""
        conditions = (checkin.c.learner == learner, checkin.c.monday == monday)
        self._connection.execute(delete(checkin).where(*conditions))
        changes_of(self._connection).add(CheckInsChanged(learner))

    def answer(
        self, learner: LearnerId, monday: date, feeling: Feeling, now: datetime, note: str | None = None
    ) -> None:
        """Record the learner's answer for a week; an earlier answer is replaced."""
        statement = update(checkin).where(checkin.c.learner == learner, checkin.c.monday == monday)
        values = {"feeling": feeling, "answered_at": now, "note": note}
        if not self._connection.execute(statement.values(values)).rowcount:
            self._connection.execute(insert(checkin).values(learner=learner, monday=monday, **values))
        changes_of(self._connection).add(CheckInsChanged(learner))
