"""The instants at which changes are recorded. Whether a week was met before a change depends on their order."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, union_all

from bot.core.ids import EnrollmentId
from bot.storage.tables import absence, commitment, enrollment, entry

_WHOSE = select(enrollment.c.learner).where(enrollment.c.id == bindparam("of")).scalar_subquery()
_THEIRS = select(enrollment.c.id).where(enrollment.c.learner == _WHOSE)
_LATER = union_all(
    *(
        select(func.max(at).label("at")).where(of.in_(_THEIRS), at >= bindparam("now"))
        for of, at in (
            (entry.c.enrollment, entry.c.recorded_at),
            (commitment.c.enrollment, commitment.c.recorded_at),
            (absence.c.enrollment, absence.c.recorded_at),
            (absence.c.enrollment, absence.c.undone_at),
        )
    )
)
"""The newest entry from an instant on, and the newest of each kind of change."""


class Instants:
    """The instants at which the changes of one transaction are recorded."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._given: dict[tuple[int, datetime], datetime] = {}

    def of_change(self, enrollment_: EnrollmentId, now: datetime) -> datetime:
        """`now`; or, if the learner's newest entry has this very instant, one just after it and after later changes.

        So the instants keep the order of events. All changes of one transaction have the same one.
        """
        key = (enrollment_, now)
        if key not in self._given:
            newest, *changed = self._connection.execute(_LATER, {"of": enrollment_, "now": now}).scalars()
            after = max(filter(None, (newest, *changed))) if newest else None
            self._given[key] = after + timedelta(microseconds=1) if after else now
        return self._given[key]
