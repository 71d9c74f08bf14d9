"""Move a study session to another time."""

from datetime import datetime

from bot.core.learner import Learner
from bot.core.session import MOST_MOVES, StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.attend_session import SessionIsOver, remind
from bot.usecases.cancel_session import TOLD_AFTER
from bot.usecases.one_offs import session_moved, session_over, session_soon
from bot.usecases.propose_session import check_time
from bot.usecases.session_rights import check_may_change


class HasBegun(Exception):
    """A session that goes on cannot be moved."""


class MovedTooOften(Exception):
    """It was moved `bot.core.session.MOST_MOVES` times."""


def move_session(
    uow: UnitOfWork, learner: Learner, session: StudySession, starts_at: datetime, now: datetime
) -> StudySession:
    """Move a session that has not begun to the instant `starts_at`; those who are coming are told, and reminded before
    the new time. Returns the session as it is now.

    Raises `NotTheirs`, `SessionIsOver`, `HasBegun`, `MovedTooOften`, `TimeIsOver` and `TooFarAhead`.
    """
    check_may_change(uow, learner, session)
    if session.over(now):
        raise SessionIsOver
    if session.begun(now):
        raise HasBegun
    check_time(starts_at, now)
    if starts_at == session.starts_at:
        return session
    if session.moves >= MOST_MOVES:
        raise MovedTooOften
    for request in (session_soon(session), session_over(session)):
        uow.deliveries.withdraw(request)
    uow.sessions.move(session, starts_at, now)
    moved = uow.sessions.get(session.id) or session
    uow.sessions.reschedule(moved, moved.next_change(now))
    for coming in uow.sessions.coming(session.id):
        remind(uow, coming, moved, now)
        if coming != learner.id:
            uow.deliveries.post(session_moved(moved), now + TOLD_AFTER, learner=coming)
    return moved
