"""Say that one is coming to a study session, or not after all."""

from datetime import datetime

from bot.core.ids import LearnerId
from bot.core.learner import Learner
from bot.core.session import REMIND_BEFORE, StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import session_over, session_soon
from bot.usecases.session_rights import check_member


class SessionIsOver(Exception):
    """The session is over, or it is off."""


def attend_session(uow: UnitOfWork, learner: Learner, session: StudySession, now: datetime) -> None:
    """Note that a member is coming; they are reminded before it begins.

    Raises `NotAMember` and `SessionIsOver`.
    """
    check_member(uow, learner, session)
    if session.over(now):
        raise SessionIsOver
    uow.sessions.attend(session, learner.id, now)
    remind(uow, learner.id, session, now)


def remind_again(uow: UnitOfWork, learner: LearnerId, now: datetime) -> None:
    """Schedule anew what a learner is to be told of sessions to come, after their pending messages were dropped."""
    for group, _ in uow.groups.of(learner):
        for session in uow.sessions.ahead(group.id, now):
            if learner in uow.sessions.coming(session.id):
                remind(uow, learner, session, now)
            if any(presence.learner == learner for presence in uow.sessions.presences(session.id)):
                uow.deliveries.post(session_over(session), session.ends_at, learner=learner)


def remind(uow: UnitOfWork, learner: LearnerId, session: StudySession, now: datetime) -> None:
    """Schedule the reminder of somebody who is coming; none where it would be due by now."""
    due = session.starts_at - REMIND_BEFORE
    if due > now:
        uow.deliveries.post(session_soon(session), due, learner=learner)


def stay_away(uow: UnitOfWork, learner: Learner, session: StudySession, now: datetime) -> bool:
    """Note that a member is not coming after all; False if they never said that they were.

    Raises `NotAMember` and `SessionIsOver`.
    """
    check_member(uow, learner, session)
    if session.over(now):
        raise SessionIsOver
    uow.deliveries.withdraw(session_soon(session), learner.id)
    return uow.sessions.stay_away(session, learner.id)
