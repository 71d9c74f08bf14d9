"""The log of changes that belongs to a connection's unit of work."""

from sqlalchemy import Connection, bindparam, select, update

from bot.core.ids import EnrollmentId, LearnerId
from bot.ports.changes import Changes, EntryAdded, LearnerChanged, LearnersJoined, PlanChanged
from bot.storage.tables import enrollment, learner

_KEY = "changes"
_COUNTED = update(learner).values(revision=learner.c.revision + 1)
_COUNT_LEARNER = _COUNTED.where(learner.c.id == bindparam("of"))
_COUNT_ENROLLMENT = _COUNTED.where(
    learner.c.id == select(enrollment.c.learner).where(enrollment.c.id == bindparam("of")).scalar_subquery()
)


def begin_changes(connection: Connection) -> Changes:
    """Start an empty log for a new unit of work."""
    changes = Changes()
    connection.info[_KEY] = changes
    return changes


def changes_of(connection: Connection) -> Changes:
    """The log of the current unit of work."""
    changes: Changes = connection.info[_KEY]
    return changes


def count_revisions(connection: Connection) -> None:
    """Count up the revision of every learner whose plan or hours were changed by the current unit of work."""
    learners: set[LearnerId] = set()
    enrollments: set[EnrollmentId] = set()
    for change in changes_of(connection):
        match change:
            case EntryAdded(enrollment_, _) | PlanChanged(enrollment_):
                enrollments.add(enrollment_)
            case LearnerChanged(learner_):
                learners.add(learner_)
            case LearnersJoined(joined):
                learners.update(joined)
    for statement, ids in ((_COUNT_ENROLLMENT, enrollments), (_COUNT_LEARNER, learners)):
        for id_ in sorted(ids):
            connection.execute(statement, {"of": id_})
