"""Let study sessions go on: announce them, begin their phases, end them, and have series go on with the next one."""

from datetime import datetime

from bot.core.session import EMPTY_IN_A_ROW, StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.consequences import refresh_session


def advance_sessions(uow: UnitOfWork, now: datetime, most: int) -> bool:
    """Do what is due in at most `most` sessions. True where more may be due."""
    sessions = uow.sessions.due(now, most)
    for session in sessions:
        _advance(uow, session, now)
    return len(sessions) == most


def _advance(uow: UnitOfWork, session: StudySession, now: datetime) -> None:
    if session.announced_at is None and now < session.ends_at:
        uow.sessions.announce(session, now)
        session = uow.sessions.get(session.id) or session
    refresh_session(uow, session, now)
    uow.sessions.reschedule(session, session.next_change(now))
    if session.over(now):
        came = bool(uow.sessions.presences(session.id) or uow.sessions.coming(session.id))
        continue_series(uow, session, now, came=came)


def continue_series(uow: UnitOfWork, session: StudySession, now: datetime, *, came: bool) -> None:
    """Create the next session of the series that a session belongs to, if any. A series to which nobody `came` several
    times in a row ends."""
    series = uow.sessions.get_series(session.series) if session.series else None
    if series is None or series.ended_at:
        return
    empty = 0 if came else series.empty + 1
    if empty != series.empty:
        uow.sessions.set_empty(series.id, empty)
    if empty >= EMPTY_IN_A_ROW:
        uow.sessions.end_series(series.id, now)
        return
    uow.sessions.create_next(series, series.next(max(session.slot or now, now)), now)
