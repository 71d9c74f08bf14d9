"""Effects of what a unit of work has written: group boards, check-in counts and messages of study sessions are
refreshed, and one-off messages that are out of date are withdrawn.

No use case and no command does this by hand, so none can forget it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.core.group import Group
from bot.core.ids import LearnerId
from bot.core.session import StudySession
from bot.ports.changes import (
    AttendanceChanged,
    Change,
    CheckInsChanged,
    EntryAdded,
    GroupChanged,
    LearnerChanged,
    LearnersJoined,
    PlanChanged,
    ReviewDecided,
    SessionChanged,
    TimerEnded,
)
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.one_offs import review_call, review_invitation, timer_over

BOARDS_AFTER = timedelta(minutes=1)
"""Delay of a live board after new hours: one edit for all that is logged meanwhile. Members who join or leave are shown
at once."""
COUNTED_AFTER = timedelta(seconds=15)
"""Delay of a group's check-in count, and of who comes to a session: one edit for all who answer at about the same
time."""


def follow(uow: UnitOfWork, now: datetime) -> None:
    """Apply the effects of this unit of work's changes, inside the same transaction."""
    changes = list(uow.changes)
    at_once = {group.id: group for change in changes for group in _groups_of_members(uow, change)}
    learners = dict.fromkeys(_learners_of_hours(uow, changes))
    later = {
        group.id: group
        for learner in learners
        for group, member in uow.groups.of(learner)
        if not member.hidden and group.id not in at_once
    }
    for groups, at in ((at_once, now), (later, now + BOARDS_AFTER)):
        for group in groups.values():
            refresh_board(uow, group, at)
    _refresh_sessions(uow, changes, at_once.values(), now)
    for change in changes:
        _refresh_counts(uow, change, now + COUNTED_AFTER)
        for request in _overtaken(change):
            uow.deliveries.withdraw(request)


def refresh_board(uow: UnitOfWork, group: Group, at: datetime) -> None:
    """Schedule an edit of a group's live boards, where it has any, at `at` (aware UTC)."""
    if group.live and group.roadmap:
        uow.live_messages.touch(group.id, "board", at)


def refresh_session(uow: UnitOfWork, session: StudySession, at: datetime) -> None:
    """Schedule an edit of a study session's messages, if it is announced, at `at` (aware UTC); a place that has none
    gets one."""
    if session.announced_at:
        uow.live_messages.touch(session.group, "session", at, session.id)


def _refresh_sessions(uow: UnitOfWork, changes: Sequence[Change], groups: Iterable[Group], now: datetime) -> None:
    """Schedule edits for sessions that have changed, and for those of groups with other members or places."""
    at = {change.session: now + COUNTED_AFTER for change in changes if isinstance(change, AttendanceChanged)}
    at |= {change.session: now for change in changes if isinstance(change, SessionChanged)}
    for id_, moment in at.items():
        if session := uow.sessions.get(id_):
            refresh_session(uow, session, moment)
    for group in groups:
        for session in uow.sessions.ahead(group.id, now):
            refresh_session(uow, session, now)


def _groups_of_members(uow: UnitOfWork, change: Change) -> Iterator[Group]:
    """Groups whose members or places have changed."""
    match change:
        case GroupChanged(group):
            if stored_group := uow.groups.get(group):
                yield stored_group
        case LearnersJoined(learners):
            for learner in learners:
                yield from (group for group, _ in uow.groups.of(learner))


def _learners_of_hours(uow: UnitOfWork, changes: Sequence[Change]) -> Iterator[LearnerId]:
    """Learners whose hours or plan have changed."""
    studied = (change.enrollment for change in changes if isinstance(change, EntryAdded | PlanChanged))
    for enrollment in dict.fromkeys(studied):
        if stored_enrollment := uow.enrollments.get(enrollment):
            yield stored_enrollment.learner
    yield from (change.learner for change in changes if isinstance(change, LearnerChanged))


def _refresh_counts(uow: UnitOfWork, change: Change, at: datetime) -> None:
    """Schedule an edit of the check-in counts in the groups in which this learner is shown."""
    if isinstance(change, CheckInsChanged):
        for group, member in uow.groups.of(change.learner):
            if not member.hidden:
                uow.live_messages.touch(group.id, "checkin", at)


def _overtaken(change: Change) -> tuple[str, ...]:
    """The requests of one-off messages that have nothing to say any more."""
    match change:
        case TimerEnded(timer):
            return (timer_over(timer),)
        case ReviewDecided(review):
            return review_invitation(review), review_call(review)
    return ()
