"""What follows from what a unit of work has written, whoever wrote it: group boards show it.

No use case and no command does this by hand, so none can forget it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.group import Group
from bot.core.ids import LearnerId
from bot.ports.changes import Change, EntryAdded, GroupChanged, LearnerChanged, LearnersJoined, PlanChanged
from bot.ports.unit_of_work import UnitOfWork

BOARDS_AFTER = timedelta(minutes=1)
"""A live board shows new hours after so long: one edit for all that is logged meanwhile. Who comes or goes is seen at
once."""


def follow(uow: UnitOfWork, now: datetime) -> None:
    """Let everything happen that follows from this unit of work's changes, inside it."""
    changes = list(uow.changes)
    at_once = {group.id: group for change in changes for group in _groups_of_members(uow, change)}
    learners = dict.fromkeys(learner for change in changes for learner in _learners_of_hours(uow, change))
    later = {
        group.id: group
        for learner in learners
        for group, member in uow.groups.of(learner)
        if not member.hidden and group.id not in at_once
    }
    for groups, at in ((at_once, now), (later, now + BOARDS_AFTER)):
        for group in groups.values():
            refresh_board(uow, group, at)


def refresh_board(uow: UnitOfWork, group: Group, at: datetime) -> None:
    """The live boards of a group, where it has any, show at `at` what is new."""
    if group.live and group.roadmap:
        uow.live_messages.touch(group.id, "board", at)


def _groups_of_members(uow: UnitOfWork, change: Change) -> Iterator[Group]:
    """Groups whose members or places are others."""
    match change:
        case GroupChanged(group):
            if found := uow.groups.get(group):
                yield found
        case LearnersJoined(learners):
            for learner in learners:
                yield from (group for group, _ in uow.groups.of(learner))


def _learners_of_hours(uow: UnitOfWork, change: Change) -> Iterator[LearnerId]:
    """Learners whose hours or plan are others."""
    match change:
        case EntryAdded(enrollment, _) | PlanChanged(enrollment):
            if found := uow.enrollments.get(enrollment):
                yield found.learner
        case LearnerChanged(learner):
            yield learner
