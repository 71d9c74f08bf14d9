"""Projects: ticked criteria, submissions, reviews."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select, update

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
        review, submission.c.enrollment, submission.c.item, submission.c.url, submission.c.note,
        enrollment.c.learner.label("author"),
    )
    .select_from(review.join(submission).join(enrollment))
    .where(submission.c.withdrawn_at.is_(None))
)  # fmt: skip


class Projects:
    """See `bot.ports.projects.Projects`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ticks(self, enrollment_: int, item: str) -> frozenset[str]:
        rows = self._connection.execute(_TICKS, {"of": enrollment_, "on_item": item})
        return frozenset(rows.scalars())

    def ticked(self, enrollment_: int) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self._connection.execute(_TICKED, {"of": enrollment_}):
            found.setdefault(row.item, set()).add(row.criterion)
        return {item: frozenset(criteria) for item, criteria in found.items()}

    def tick(self, enrollment_: int, item: str, criterion: str, now: datetime) -> None:
        mine = (tick.c.enrollment == enrollment_, tick.c.item == item, tick.c.criterion == criterion)
        if not self._connection.execute(delete(tick).where(*mine)).rowcount:
            values = {"enrollment": enrollment_, "item": item, "criterion": criterion, "ticked_at": now}
            self._connection.execute(insert(tick).values(values))

    def submitted(self, enrollment_: int, item: str) -> Submission | None:
        row = self._connection.execute(_OPEN, {"of": enrollment_, "on_item": item}).one_or_none()
        if row is None:
            return None
        return _submission(row, row.id)

    def submit(self, enrollment_: int, item: str, url: str, note: str | None, now: datetime) -> None:
        self.withdraw(enrollment_, item, now)
        said = {"url": clean(url), "note": clean(note or "") or None}
        values = {"enrollment": enrollment_, "item": item, "submitted_at": now} | said
        self._connection.execute(insert(submission).values(values))

    def withdraw(self, enrollment_: int, item: str, now: datetime) -> bool:
        mine = (submission.c.enrollment == enrollment_, submission.c.item == item, submission.c.withdrawn_at.is_(None))
        return self._connection.execute(update(submission).where(*mine).values(withdrawn_at=now)).rowcount > 0

    def request_review(self, submission_: int, group: int, now: datetime) -> int:
        values = {"submission": submission_, "study_group": group, "asked_at": now, "met": "[]"}
        id_: int = self._connection.execute(insert(review).values(values).returning(review.c.id)).scalar_one()
        return id_

    def review(self, review_: int) -> Review | None:
        row = self._connection.execute(_REVIEWS.where(review.c.id == review_)).one_or_none()
        return _review(row) if row else None

    def review_of(self, submission_: int) -> Review | None:
        newest = _REVIEWS.where(review.c.submission == submission_).order_by(review.c.id.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return _review(row) if row else None

    def take(self, review_: int, learner: int, now: datetime, before: datetime) -> bool:
        free = or_(review.c.learner.is_(None), review.c.taken_at < before)
        mine = update(review).where(review.c.id == review_, review.c.decided_at.is_(None), free)
        return self._connection.execute(mine.values(learner=learner, taken_at=now, met="[]")).rowcount == 1

    def set_met(self, review_: int, met: Iterable[str]) -> None:
        self._connection.execute(update(review).where(review.c.id == review_).values(met=json.dumps(sorted(met))))

    def decide(self, review_: int, learner: int, decision: Decision, words: str, now: datetime) -> bool:
        mine = update(review).where(review.c.id == review_, review.c.learner == learner, review.c.decided_at.is_(None))
        decided = mine.values(decision=decision, words=clean(words), decided_at=now)
        given = self._connection.execute(decided).rowcount == 1
        if given:
            changes_of(self._connection).add(ReviewDecided(review_))
        return given


def _submission(row: Row[Any], id_: int) -> Submission:
    return Submission(id_, row.author, row.enrollment, row.item, clean(row.url), clean(row.note or "") or None)


def _review(row: Row[Any]) -> Review:
    return Review(
        row.id, _submission(row, row.submission), row.study_group, row.learner, row.taken_at, row.decided_at,
        row.decision, frozenset(json.loads(row.met)), clean(row.words or "") or None,
    )  # fmt: skip
