"""Ticked criteria, submissions and reviews, in the database."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

from bot.core.ids import EnrollmentId, GroupId, LearnerId, ReviewId
from bot.core.name import clean
from bot.core.project import Decision, Review, Submission
from bot.ports.changes import ReviewDecided
from bot.storage.changes import changes_of
from bot.storage.tables import enrollment, review, submission, tick

_TICKS = select(tick.c.criterion).where(tick.c.enrollment == bindparam("of"), tick.c.item == bindparam("on_item"))
_TICKED = select(tick.c.item, tick.c.criterion).where(tick.c.enrollment == bindparam("of"))
_OPEN = (
    select(submission, enrollment.c.learner.label("author"))
    .join(enrollment)
    .where(submission.c.enrollment == bindparam("of"), submission.c.item == bindparam("on_item"))
    .where(submission.c.withdrawn_at.is_(None))
    .order_by(submission.c.id.desc())
    .limit(1)
)
_REVIEWS = (
    select(
        review,
        submission.c.enrollment,
        submission.c.item,
        submission.c.url,
        submission.c.note,
        enrollment.c.learner.label("author"),
    )
    .select_from(review.join(submission).join(enrollment))
    .where(submission.c.withdrawn_at.is_(None))
)


class Projects:
    """See `bot.ports.projects.Projects`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ticks(self, enrollment_: EnrollmentId, item: str) -> frozenset[str]:
        """The ids of a project's criteria that the learner has ticked, and the path chosen
        (`bot.core.project.PATH`)."""
        rows = self._connection.execute(_TICKS, {"of": enrollment_, "on_item": item})
        return frozenset(rows.scalars())

    def ticked(self, enrollment_: EnrollmentId) -> dict[str, frozenset[str]]:
        """The ticks of every project that has any, by item."""
        by_item: dict[str, set[str]] = {}
        for row in self._connection.execute(_TICKED, {"of": enrollment_}):
            by_item.setdefault(row.item, set()).add(row.criterion)
        return {item: frozenset(criteria) for item, criteria in by_item.items()}

    def tick(self, enrollment_: EnrollmentId, item: str, criterion: str, now: datetime) -> None:
        """Tick a criterion, or untick it."""
        conditions = (tick.c.enrollment == enrollment_, tick.c.item == item, tick.c.criterion == criterion)
        if not self._connection.execute(delete(tick).where(*conditions)).rowcount:
            values = {"enrollment": enrollment_, "item": item, "criterion": criterion, "ticked_at": now}
            self._connection.execute(insert(tick).values(values))

    def submitted(self, enrollment_: EnrollmentId, item: str) -> Submission | None:
        """The submission of a project that was not withdrawn; None if there is none."""
        row = self._connection.execute(_OPEN, {"of": enrollment_, "on_item": item}).one_or_none()
        if row is None:
            return None
        return _submission(row, row.id)

    def submit(self, enrollment_: EnrollmentId, item: str, url: str, note: str | None, now: datetime) -> None:
        """Submit a project; an earlier submission is withdrawn."""
        self.withdraw(enrollment_, item, now)
        texts = {"url": clean(url), "note": clean(note or "") or None}
        values = {"enrollment": enrollment_, "item": item, "submitted_at": now} | texts
        self._connection.execute(insert(submission).values(values))

    def withdraw(self, enrollment_: EnrollmentId, item: str, now: datetime) -> bool:
        """Withdraw the submission of a project; False if there is none."""
        conditions = (
            submission.c.enrollment == enrollment_,
            submission.c.item == item,
            submission.c.withdrawn_at.is_(None),
        )
        return self._connection.execute(update(submission).where(*conditions).values(withdrawn_at=now)).rowcount > 0

    def request_review(self, submission_: int, group: GroupId, now: datetime) -> ReviewId:
        """Ask a group to review a submission, and return the review's id."""
        values = {"submission": submission_, "study_group": group, "asked_at": now, "met": "[]"}
        id_: ReviewId = self._connection.execute(insert(review).values(values).returning(review.c.id)).scalar_one()
        return id_

    def review(self, review_: ReviewId) -> Review | None:
        """A review by its id; None if there is none, or if its submission was withdrawn."""
        row = self._connection.execute(_REVIEWS.where(review.c.id == review_)).one_or_none()
        return _review(row) if row else None

    def review_of(self, submission_: int) -> Review | None:
        """The newest review of a submission; None if there is none."""
        newest = _REVIEWS.where(review.c.submission == submission_).order_by(review.c.id.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return _review(row) if row else None

    def take(self, review_: ReviewId, learner: LearnerId, now: datetime, before: datetime) -> bool:
        """Give a review to a learner if nobody has it, or if somebody took it before the instant `before`."""
        free = or_(review.c.learner.is_(None), review.c.taken_at < before)
        statement = update(review).where(review.c.id == review_, review.c.decided_at.is_(None), free)
        return self._connection.execute(statement.values(learner=learner, taken_at=now, met="[]")).rowcount == 1

    def set_met(self, review_: ReviewId, met: Iterable[str]) -> None:
        """Set the criteria that the reviewer found met."""
        self._connection.execute(update(review).where(review.c.id == review_).values(met=json.dumps(sorted(met))))

    def decide(self, review_: ReviewId, learner: LearnerId, decision: Decision, words: str, now: datetime) -> bool:
        """Complete a review that the learner has taken; False if it is not theirs or complete already."""
        statement = update(review).where(
            review.c.id == review_, review.c.learner == learner, review.c.decided_at.is_(None)
        )
        decided = statement.values(decision=decision, words=clean(words), decided_at=now)
        complete = self._connection.execute(decided).rowcount == 1
        if complete:
            changes_of(self._connection).add(ReviewDecided(review_))
        return complete


def _submission(row: Row[Any], id_: int) -> Submission:
    return Submission(id_, row.author, row.enrollment, row.item, clean(row.url), clean(row.note or "") or None)


def _review(row: Row[Any]) -> Review:
    return Review(
        row.id,
        _submission(row, row.submission),
        row.study_group,
        row.learner,
        row.taken_at,
        row.decided_at,
        row.decision,
        frozenset(json.loads(row.met)),
        clean(row.words or "") or None,
    )
