"""Effects of what a unit of work has written: group boards, check-in counts, messages of study sessions and those that
name a member are refreshed, groups are told of a finish, and one-off messages that are out of date are withdrawn.

No use case and no command does this by hand, so none can forget it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.group import Group, Membership
from bot.core.ids import EnrollmentId, LearnerId
from bot.core.learner import Enrollment
from bot.core.session import StudySession
from bot.core.study import Study
from bot.ports.changes import (
    AttendanceChanged,
    Change,
    CheckInsChanged,
    EntriesJoined,
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
from bot.usecases.tell_of_finish import tell_of_finish

BOARDS_AFTER = timedelta(minutes=1)
"""Delay of a live board after new hours: one edit for all that is logged meanwhile. Members who join or leave are shown
at once."""
COUNTED_AFTER = timedelta(seconds=15)
"""Delay of a group's check-in count, and of who comes to a session: one edit for all who answer at about the same
time."""


def follow(uow: UnitOfWork, study_of: Callable[[Enrollment], Study], now: datetime) -> None:
    """Apply the effects of this unit of work's changes, inside the same transaction.

    `study_of` loads a study with all that was written.
    """
    changes = list(uow.changes)
    at_once = {group.id: group for change in changes for group in _groups_of_members(uow, change)}
    studied = _enrollments_of_hours(uow, changes)
    memberships = _memberships(uow, changes, studied.values())
    later = {
        group.id: group
        for groups in memberships.values()
        for group, member in groups
        if not member.hidden and group.id not in at_once
    }
    for groups, at in ((at_once, now), (later, now + BOARDS_AFTER)):
        for group in groups.values():
            refresh_board(uow, group, at)
    _refresh_sessions(uow, changes, at_once.values(), now)
    for enrollment in studied.values():
        of_it = [change for change in changes if _enrollment_of(change) == enrollment.id]
        tell_of_finish(uow, memberships[enrollment.learner], lambda of=enrollment: study_of(of), of_it, now)  # type: ignore[misc]
    for change in changes:
        if isinstance(change, GroupChanged) and change.learner is not None:
            uow.live_messages.touch_naming(change.learner, now)
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


def _enrollment_of(change: Change) -> EnrollmentId | None:
    """The enrollment whose hours or plan a change is about."""
    return change.enrollment if isinstance(change, EntryAdded | EntriesJoined | PlanChanged) else None


def _enrollments_of_hours(uow: UnitOfWork, changes: Sequence[Change]) -> Mapping[EnrollmentId, Enrollment]:
    """Enrollments whose hours or plan have changed."""
    changed = dict.fromkeys(id_ for change in changes if (id_ := _enrollment_of(change)) is not None)
    return {id_: stored for id_ in changed if (stored := uow.enrollments.get(id_))}


def _memberships(
    uow: UnitOfWork, changes: Sequence[Change], studied: Iterable[Enrollment]
) -> Mapping[LearnerId, Sequence[Membership]]:
    """The groups of the learners whose hours, plan or days have changed."""
    learners = [enrollment.learner for enrollment in studied]
    learners += [change.learner for change in changes if isinstance(change, LearnerChanged)]
    return {learner: uow.groups.of(learner) for learner in dict.fromkeys(learners)}


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
