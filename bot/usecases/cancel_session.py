"""Call a study session off, or end it before its time."""

from datetime import datetime, timedelta

from bot.core.group import Group
from bot.core.ids import LearnerId
from bot.core.learner import Learner
from bot.core.session import Series, StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.advance_sessions import continue_series
from bot.usecases.attend_session import SessionIsOver
from bot.usecases.one_offs import session_off, session_over
from bot.usecases.session_rights import check_may_change

TOLD_AFTER = timedelta(seconds=30)
"""Those who are coming are told so long after a change: one message for all that is changed meanwhile."""


def cancel_session(uow: UnitOfWork, learner: Learner, session: StudySession, now: datetime) -> None:
    """Call a session off; those who are coming are told. One that has begun ends, and who was there is asked whether to
    log their time. A series goes on with the next one.

    Raises `NotTheirs` and `SessionIsOver`.
    """
    check_may_change(uow, learner, session)
    if session.over(now) or not _call_off(uow, session, now, by=learner.id):
        raise SessionIsOver
    continue_series(uow, session, now, came=True)


def stop_series(uow: UnitOfWork, learner: Learner, series: Series, now: datetime) -> bool:
    """End a series; its next session is off, one that has begun goes on. False if it has ended already.

    Raises `NotTheirs`.
    """
    check_may_change(uow, learner, series)
    return _end(uow, series, now, by=learner.id)


def cancel_all(uow: UnitOfWork, group: Group, now: datetime) -> None:
    """Call off every session of a group that has not begun, and end every series."""
    for series in uow.sessions.series_of(group.id):
        _end(uow, series, now)
    for session in uow.sessions.ahead(group.id, now):
        if not session.begun(now):
            _call_off(uow, session, now)


def _end(uow: UnitOfWork, series: Series, now: datetime, by: LearnerId | None = None) -> bool:
    if not uow.sessions.end_series(series.id, now):
        return False
    for session in uow.sessions.ahead(series.group, now):
        if session.series == series.id and not session.begun(now):
            _call_off(uow, session, now, by=by)
    return True


def _call_off(uow: UnitOfWork, session: StudySession, now: datetime, by: LearnerId | None = None) -> bool:
    if not uow.sessions.cancel(session, now):
        return False
    presences = uow.sessions.presences(session.id) if session.begun(now) else ()
    there = {presence.learner for presence in presences}
    for learner in there:
        uow.deliveries.withdraw(session_over(session), learner)
        uow.deliveries.post(session_over(session), now + TOLD_AFTER, learner=learner)
    for learner in uow.sessions.coming(session.id):
        if learner not in there | {by}:
            uow.deliveries.post(session_off(session), now + TOLD_AFTER, learner=learner)
    return True
