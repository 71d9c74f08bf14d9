"""Study sessions of groups, their series, who is coming, and who was there, in the database."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from bot.core.ids import GroupId, LearnerId, SessionId
from bot.core.name import clean
from bot.core.session import Presence, Rhythm, Series, StudySession
from bot.ports.changes import AttendanceChanged, SessionChanged
from bot.storage.changes import changes_of
from bot.storage.inserting import insert_on
from bot.storage.notifying import tell
from bot.storage.tables import attendance, presence, session_series, study_session

_GET = select(study_session).where(study_session.c.id == bindparam("of"))
_AHEAD = (
    select(study_session)
    .where(
        study_session.c.study_group == bindparam("of_group"),
        study_session.c.ends_at > bindparam("now"),
        study_session.c.cancelled_at.is_(None),
    )
    .order_by(study_session.c.starts_at, study_session.c.id)
)
_DUE = (
    select(study_session)
    .where(study_session.c.due <= bindparam("now"))
    .order_by(study_session.c.due, study_session.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT = select(func.min(study_session.c.due))
_COMING = select(attendance.c.learner).where(attendance.c.session == bindparam("of")).order_by(attendance.c.id)
_PRESENCES = select(presence).where(presence.c.session == bindparam("of")).order_by(presence.c.since, presence.c.id)


class Sessions:
    """See `bot.ports.sessions.Sessions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(
        self,
        group: GroupId,
        made_by: LearnerId | None,
        *,
        starts_at: datetime,
        minutes: int,
        rhythm: Rhythm,
        topic: str | None,
        now: datetime,
    ) -> StudySession:
        """Create a session, which is announced at once."""
        values = _values(group, made_by, starts_at, minutes, rhythm, topic, now) | {"announced_at": now}
        new = insert(study_session).values(values | {"due": starts_at}).returning(study_session)
        made = _session(self._connection.execute(new).one())
        self._changed(made)
        return made

    def create_next(self, series: Series, slot: datetime, now: datetime) -> StudySession | None:
        """Create the session that a series has at the instant `slot`; None where there is one."""
        values = _values(series.group, series.made_by, slot, series.minutes, series.rhythm, series.topic, now)
        values |= {"series": series.id, "slot": slot}
        new = (
            insert_on(self._connection, study_session).values(values).on_conflict_do_nothing().returning(study_session)
        )
        row = self._connection.execute(new).one_or_none()
        if row is None:
            return None
        made = _session(row)
        self.reschedule(made, max(made.announce_at, now))
        return made

    def get(self, session: SessionId) -> StudySession | None:
        """A session by its id; None if there is none."""
        row = self._connection.execute(_GET, {"of": session}).one_or_none()
        return _session(row) if row else None

    def ahead(self, group: GroupId, now: datetime) -> Sequence[StudySession]:
        """The sessions of a group that are neither over nor off, earliest first."""
        return [_session(row) for row in self._connection.execute(_AHEAD, {"of_group": group, "now": now})]

    def due(self, now: datetime, limit: int) -> Sequence[StudySession]:
        """At most `limit` sessions with something to happen by now, earliest first, locked."""
        return [_session(row) for row in self._connection.execute(_DUE, {"now": now, "most": limit})]

    def next_due(self) -> datetime | None:
        """The earliest instant at which something happens in a session; None if there is none."""
        nearest: datetime | None = self._connection.execute(_NEXT).scalar_one()
        return nearest

    def reschedule(self, session: StudySession, due: datetime | None) -> None:
        """Set the instant at which something happens next."""
        self._update(session, due=due)
        if due:
            tell(self._connection, due)

    def repair_after_clock_change(self, now: datetime) -> None:
        """Look again at every session that is not over, after the system clock was set back."""
        open_ = study_session.c.cancelled_at.is_(None) & (study_session.c.ends_at > now)
        self._connection.execute(update(study_session).where(open_).values(due=now))

    def announce(self, session: StudySession, now: datetime) -> None:
        """Record that a session's message is on its way to the group's places."""
        self._update(session, announced_at=now)
        self._changed(session)

    def move(self, session: StudySession, starts_at: datetime, due: datetime | None) -> None:
        """Move a session to another beginning; it lasts as long as before, and who was early is not there any more."""
        ends_at = starts_at + timedelta(minutes=session.minutes)
        self._update(session, starts_at=starts_at, ends_at=ends_at, moves=session.moves + 1, due=due)
        self._connection.execute(delete(presence).where(presence.c.session == session.id))
        self._changed(session)

    def cancel(self, session: StudySession, now: datetime) -> bool:
        """Record that a session is off, or over before its time; False if it was before."""
        open_ = update(study_session).where(study_session.c.id == session.id, study_session.c.cancelled_at.is_(None))
        cancelled = self._connection.execute(open_.values(cancelled_at=now, due=None)).rowcount == 1
        if cancelled:
            self._changed(session)
        return cancelled

    def attend(self, session: StudySession, learner: LearnerId, now: datetime) -> bool:
        """Record that a learner is coming; False if they have said so before."""
        values = {"session": session.id, "learner": learner, "said_at": now}
        new = insert_on(self._connection, attendance).values(values).on_conflict_do_nothing()
        return self._noted(session, self._connection.execute(new).rowcount == 1)

    def stay_away(self, session: StudySession, learner: LearnerId) -> bool:
        """Record that a learner is not coming after all; False if they were not."""
        theirs = delete(attendance).where(attendance.c.session == session.id, attendance.c.learner == learner)
        return self._noted(session, self._connection.execute(theirs).rowcount > 0)

    def coming(self, session: SessionId) -> Sequence[LearnerId]:
        """Who has said that they are coming, in the order in which they did."""
        return list(self._connection.execute(_COMING, {"of": session}).scalars())

    def arrive(self, session: StudySession, learner: LearnerId, since: datetime) -> bool:
        """Record that a learner is there from an instant on; False if they are already."""
        if any(known.learner == learner and known.until is None for known in self.presences(session.id)):
            return False
        self._connection.execute(insert(presence).values(session=session.id, learner=learner, since=since))
        return self._noted(session, True)

    def depart(self, session: StudySession, learner: LearnerId, now: datetime) -> bool:
        """Record that a learner is not there any more; False if they were not."""
        open_ = update(presence).where(
            presence.c.session == session.id, presence.c.learner == learner, presence.c.until.is_(None)
        )
        return self._noted(session, self._connection.execute(open_.values(until=now)).rowcount > 0)

    def presences(self, session: SessionId) -> Sequence[Presence]:
        """Who was there, from when to when, in the order of arrival."""
        rows = self._connection.execute(_PRESENCES, {"of": session})
        return [Presence(row.learner, row.since, row.until) for row in rows]

    def create_series(
        self,
        group: GroupId,
        made_by: LearnerId,
        *,
        weekdays: Sequence[int],
        at: time,
        zone: ZoneInfo,
        minutes: int,
        rhythm: Rhythm,
        topic: str | None,
        now: datetime,
    ) -> Series:
        """Create a series, without a session of it."""
        values = {"study_group": group, "learner": made_by, "weekdays": ",".join(map(str, sorted(weekdays)))}
        values |= {"at": at, "zone": zone.key, "minutes": minutes, "study": rhythm.study, "rest": rhythm.rest}
        values |= {"topic": topic, "made_at": now}
        return _series(self._connection.execute(insert(session_series).values(values).returning(session_series)).one())

    def get_series(self, series: int) -> Series | None:
        """A series by its id; None if there is none."""
        row = self._connection.execute(select(session_series).where(session_series.c.id == series)).one_or_none()
        return _series(row) if row else None

    def series_of(self, group: GroupId) -> Sequence[Series]:
        """The series of a group that have not ended, oldest first."""
        open_ = (session_series.c.study_group == group) & session_series.c.ended_at.is_(None)
        rows = self._connection.execute(select(session_series).where(open_).order_by(session_series.c.id))
        return list(map(_series, rows))

    def end_series(self, series: int, now: datetime) -> bool:
        """End a series; False if that was done before."""
        open_ = update(session_series).where(session_series.c.id == series, session_series.c.ended_at.is_(None))
        return self._connection.execute(open_.values(ended_at=now)).rowcount == 1

    def set_empty(self, series: int, empty: int) -> None:
        """Set how many of the last sessions of a series in a row nobody came to."""
        self._connection.execute(update(session_series).where(session_series.c.id == series).values(empty=empty))

    def _update(self, session: StudySession, **values: object) -> None:
        self._connection.execute(update(study_session).where(study_session.c.id == session.id).values(values))

    def _changed(self, session: StudySession) -> None:
        changes_of(self._connection).add(SessionChanged(session.id))

    def _noted(self, session: StudySession, changed: bool) -> bool:
        if changed:
            changes_of(self._connection).add(AttendanceChanged(session.id))
        return changed


def _values(
    group: GroupId,
    made_by: LearnerId | None,
    starts_at: datetime,
    minutes: int,
    rhythm: Rhythm,
    topic: str | None,
    now: datetime,
) -> dict[str, Any]:
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes), "made_at": now}
    rhythm_columns = {"study": rhythm.study, "rest": rhythm.rest}
    return {"study_group": group, "learner": made_by, "topic": topic} | times | rhythm_columns


def _session(row: Row[Any]) -> StudySession:
    return StudySession(
        row.id,
        row.study_group,
        row.learner,
        row.starts_at,
        int((row.ends_at - row.starts_at).total_seconds()) // 60,
        Rhythm(row.study, row.rest),
        clean(row.topic or "") or None,
        row.series,
        row.slot,
        row.moves,
        row.announced_at,
        row.cancelled_at,
    )


def _series(row: Row[Any]) -> Series:
    return Series(
        row.id,
        row.study_group,
        row.learner,
        tuple(map(int, row.weekdays.split(","))),
        row.at,
        ZoneInfo(row.zone),
        row.minutes,
        Rhythm(row.study, row.rest),
        clean(row.topic or "") or None,
        row.ended_at,
        row.empty,
    )
