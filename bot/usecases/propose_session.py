"""Propose a study session to a group, or a series of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.calendar import instant
from bot.core.group import Group
from bot.core.learner import Learner
from bot.core.name import clean
from bot.core.session import FARTHEST, LONGEST, LONGEST_TOPIC, MOST_AHEAD, SHORTEST, Rhythm, StudySession
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.attend_session import attend_session
from bot.usecases.session_rights import check_member

_MOMENT = timedelta(seconds=1)


class CannotPropose(Exception):
    """No such session can be proposed. The subclasses say why."""


class TimeIsOver(CannotPropose):
    """A session begins in the future."""


class TooFarAhead(CannotPropose):
    """It begins later than `bot.core.session.FARTHEST` from now."""


class LengthRefused(CannotPropose):
    """A session lasts from `bot.core.session.SHORTEST` to `LONGEST` minutes."""


class RhythmRefused(CannotPropose):
    """Nobody studies with such breaks."""


class TooManyAhead(CannotPropose):
    """The group has `bot.core.session.MOST_AHEAD` sessions to come already."""


@dataclass(frozen=True)
class Proposal:
    """What is proposed: the local date and time in the group's zone, minutes, breaks and topic; `weekdays` (0 is
    Monday) make it a series, which begins on its first weekday from `day` on."""

    day: date
    at: time
    minutes: int
    rhythm: Rhythm
    topic: str | None = None
    weekdays: Sequence[int] = ()


def propose_session(uow: UnitOfWork, learner: Learner, group: Group, proposal: Proposal, now: datetime) -> StudySession:
    """Create the session, of a series the first one; whoever proposes it is coming. The same session proposed again by
    the same person is the one that is there.

    Raises `NotAMember`, `TimeIsOver`, `TooFarAhead`, `LengthRefused`, `RhythmRefused` and `TooManyAhead`.
    """
    check_member(uow, learner, group)
    if not SHORTEST <= proposal.minutes <= LONGEST:
        raise LengthRefused
    if not proposal.rhythm.possible:
        raise RhythmRefused
    ahead = uow.sessions.ahead(group.id, now)
    starts_at = instant(proposal.day, proposal.at, group.zone)
    same = None if proposal.weekdays or starts_at <= now else _same(ahead, learner, proposal, starts_at)
    if same is None and len(ahead) >= MOST_AHEAD:
        raise TooManyAhead
    if same:
        session = same
    elif proposal.weekdays:
        session = _series(uow, learner, group, proposal, max(starts_at - _MOMENT, now), now)
    else:
        check_time(starts_at, now)
        session = uow.sessions.create(
            group.id,
            learner.id,
            starts_at=starts_at,
            minutes=proposal.minutes,
            rhythm=proposal.rhythm,
            topic=_topic(proposal),
            now=now,
        )
    attend_session(uow, learner, session, now)
    return session


def _same(
    ahead: Sequence[StudySession], learner: Learner, proposal: Proposal, starts_at: datetime
) -> StudySession | None:
    """The session to come that this person has proposed with the same words."""
    proposed = (learner.id, starts_at, proposal.minutes, proposal.rhythm, _topic(proposal))
    return next(
        (
            session
            for session in ahead
            if (session.made_by, session.starts_at, session.minutes, session.rhythm, session.topic) == proposed
        ),
        None,
    )


def check_time(starts_at: datetime, now: datetime) -> None:
    """Raise `TimeIsOver` or `TooFarAhead` for an instant at which no session can begin."""
    if starts_at <= now:
        raise TimeIsOver
    if starts_at > now + FARTHEST:
        raise TooFarAhead


def _series(
    uow: UnitOfWork, learner: Learner, group: Group, proposal: Proposal, since: datetime, now: datetime
) -> StudySession:
    """A new series and its first session after `since`, announced at once."""
    series = uow.sessions.create_series(
        group.id,
        learner.id,
        weekdays=proposal.weekdays,
        at=proposal.at,
        zone=group.zone,
        minutes=proposal.minutes,
        rhythm=proposal.rhythm,
        topic=_topic(proposal),
        now=now,
    )
    slot = series.next(since)
    check_time(slot, now)
    first = uow.sessions.create_next(series, slot, now)
    assert first is not None  # noqa: S101 - a new series has none
    uow.sessions.announce(first, now)
    uow.sessions.reschedule(first, slot)
    return uow.sessions.get(first.id) or first


def _topic(proposal: Proposal) -> str | None:
    return clean(proposal.topic or "")[:LONGEST_TOPIC] or None
