"""Be there at a study session, from when to when."""

from datetime import datetime, timedelta

from bot.core.learner import Learner
from bot.core.session import StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.attend_session import SessionIsOver
from bot.usecases.one_offs import session_over
from bot.usecases.session_rights import check_member

EARLY = timedelta(minutes=15)
"""So long before the beginning one can be there; it counts from the beginning on."""


class NotYet(Exception):
    """The session begins too much later."""


def arrive(uow: UnitOfWork, learner: Learner, session: StudySession, now: datetime) -> None:
    """Note that a member is there; at the end they are asked whether to log their time.

    Raises `NotAMember`, `SessionIsOver` and `NotYet`.
    """
    check_member(uow, learner, session)
    if session.over(now):
        raise SessionIsOver
    if now < session.starts_at - EARLY:
        raise NotYet
    uow.sessions.attend(session, learner.id, now)
    uow.sessions.arrive(session, learner.id, max(now, session.starts_at))
    uow.deliveries.post(session_over(session), session.ends_at, learner=learner.id)


def depart(uow: UnitOfWork, learner: Learner, session: StudySession, now: datetime) -> int:
    """Note that a member is not there any more; returns their minutes of study in it until now.

    Raises `NotAMember` and `SessionIsOver`.
    """
    check_member(uow, learner, session)
    if session.over(now):
        raise SessionIsOver
    uow.sessions.depart(session, learner.id, max(now, session.starts_at))
    return minutes_there(uow, learner, session, now)


def minutes_there(uow: UnitOfWork, learner: Learner, session: StudySession, now: datetime) -> int:
    """A learner's minutes of study in a session until now, or until it was called off; breaks do not count."""
    theirs = [presence for presence in uow.sessions.presences(session.id) if presence.learner == learner.id]
    return session.studied(theirs, min(now, session.cancelled_at or now))
