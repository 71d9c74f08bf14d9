"""Merging two learners into one in such a way that it can be undone: every row that changes hands is recorded.

What belongs to the absorbed learner becomes the other's. Where one person can have something but once and both have
it (a reminder of a kind, a check-in of a week, a membership, an enrollment), the other's is used and the absorbed
learner's stays behind, unused.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, and_, bindparam, func, insert, select, update

from bot.core.ids import EnrollmentId, EntryId, LearnerId
from bot.core.merge import Merge
from bot.core.reminder import STUDY_TIME
from bot.ports.changes import EntriesJoined, LearnersJoined
from bot.storage.changes import changes_of
from bot.storage.rollups import Rollups
from bot.storage.tables import (
    absence,
    account,
    attendance,
    call,
    checkin,
    code,
    commitment,
    congratulation,
    delivery,
    enrollment,
    entry,
    kept_request,
    learner,
    membership,
    merge,
    merge_move,
    presence,
    quiz_try,
    reminder,
    review,
    session_series,
    study_session,
    submission,
    tick,
    timer,
    web_key,
)

_ALONE: tuple[tuple[Table, tuple[Column[Any], ...]], ...] = (
    (account, ()),
    (kept_request, ()),
    (quiz_try, ()),
    (code, ()),
    (call, ()),
    (timer, ()),
    (web_key, ()),
    (review, ()),
    (congratulation, (congratulation.c.finished,)),
    (session_series, ()),
    (study_session, ()),
    (presence, ()),
    (attendance, (attendance.c.session,)),
    (membership, (membership.c.study_group,)),
    (checkin, (checkin.c.monday,)),
    (enrollment, (enrollment.c.roadmap,)),
)
"""Tables with an owner, and what one owner has but once."""
_OF_ENROLLMENTS: tuple[tuple[Table, tuple[Column[Any], ...]], ...] = (
    (entry, ()),
    (absence, ()),
    (submission, ()),
    (tick, (tick.c.item, tick.c.criterion)),
)

_JOINED = (
    select(merge_move.c.row, merge.c.merged_at)
    .join(merge, merge.c.id == merge_move.c.merge)
    .where(merge.c.learner == bindparam("whose"), merge.c.undone_at.is_(None), merge_move.c.what == enrollment.name)
    .order_by(merge.c.id)
)


class Merges:
    """See `bot.ports.merges.Merges`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, learners: Sequence[LearnerId]) -> None:
        # In the order of ids: two merges that cross wait for each other instead of both going wrong.
        """Lock these learners until the transaction ends."""
        rows = select(learner.c.id).where(learner.c.id.in_(sorted(learners))).order_by(learner.c.id).with_for_update()
        self._connection.execute(rows).all()

    def merge(self, kept: LearnerId, absorbed: LearnerId, now: datetime) -> int:
        """Give what the learner `absorbed` has to the learner `kept`, and return the merge's id."""
        before: dict[str, Any] = {"starts": {}, "left": [], "due": {}}
        values = {"learner": kept, "absorbed": absorbed, "merged_at": now, "before": "{}"}
        id_: int = self._connection.execute(insert(merge).values(values).returning(merge.c.id)).scalar_one()
        for kept_enrollment, absorbed_enrollment in self._same_roadmaps(kept, absorbed):
            self._join_enrollments(id_, kept_enrollment, absorbed_enrollment, before)
        for table, once in _ALONE:
            self._move(id_, table, table.c.learner, absorbed, kept, once)
        self._end_the_rest(id_, kept, absorbed, now, before)
        self._connection.execute(update(merge).where(merge.c.id == id_).values(before=json.dumps(before)))
        self._sum_up([kept, absorbed])
        changes_of(self._connection).add(LearnersJoined((kept, absorbed)))
        return id_

    def last(self, kept: LearnerId) -> Merge | None:
        """The newest merge of a learner that was not undone, or else the newest; None if there is none."""
        newest = (
            select(merge).where(merge.c.learner == kept).order_by(merge.c.undone_at.is_not(None), merge.c.id.desc())
        )
        row = self._connection.execute(newest.limit(1)).one_or_none()
        return Merge(row.id, row.learner, row.absorbed, row.merged_at, row.undone_at) if row else None

    def undo(self, merge_: int, now: datetime) -> bool:
        """Undo a merge; False if that was done before."""
        open_ = update(merge).where(merge.c.id == merge_, merge.c.undone_at.is_(None)).values(undone_at=now)
        if not self._connection.execute(open_).rowcount:
            return False
        tables = {table.name: table for table, _ in (*_ALONE, *_OF_ENROLLMENTS)}
        tables |= {commitment.name: commitment, reminder.name: reminder}
        joined = self._connection.execute(select(merge.c.learner, merge.c.absorbed).where(merge.c.id == merge_)).one()
        moves = self._connection.execute(select(merge_move).where(merge_move.c.merge == merge_)).all()
        for name in dict.fromkeys(move.what for move in moves):
            table = tables[name]
            owner = table.c.enrollment if "enrollment" in table.c else table.c.learner
            for was in {move.was for move in moves if move.what == name}:
                rows = [move.row for move in moves if move.what == name and move.was == was]
                statement = update(table).where(table.c.id.in_(rows))
                if table is reminder:  # one that was deleted since may have left its number to somebody else's
                    statement = statement.where(reminder.c.learner == joined.learner)
                self._connection.execute(statement.values({owner.name: was}))
                if table is entry:
                    self._follow(rows, was)
        before = json.loads(self._connection.execute(select(merge.c.before).where(merge.c.id == merge_)).scalar_one())
        for id_, start in before["starts"].items():
            begun = update(enrollment).where(enrollment.c.id == int(id_))
            self._connection.execute(begun.values(start=date.fromisoformat(start)))
        for id_ in before["left"]:
            self._back_in_group(id_, merge_, together=id_ in before.get("both", ()))
        raised = membership.c.id.in_(before.get("raised", ())) & (membership.c.role == "organiser")
        self._connection.execute(update(membership).where(raised).values(role="member"))
        self._sum_up([joined.learner, joined.absorbed])
        changes_of(self._connection).add(LearnersJoined((joined.learner, joined.absorbed)))
        return True

    def _sum_up(self, learners: Sequence[LearnerId]) -> None:
        """Entries and commitments have changed hands."""
        theirs = select(enrollment.c.id).where(enrollment.c.learner.in_(learners))
        rollups = Rollups(self._connection)
        rollups.make(self._connection.execute(theirs).scalars().all())
        rollups.make_owed(learners)

    def _follow(self, lines: Sequence[int], enrollment_: EnrollmentId) -> None:
        """What was taken back, put back, split or moved since goes with the line it is about."""
        while lines:
            about = entry.c.reverses.in_(lines) | entry.c.part_of.in_(lines) | entry.c.moves.in_(lines)
            since = select(entry.c.id).where(about, entry.c.enrollment != enrollment_)
            lines = self._connection.execute(since).scalars().all()
            self._connection.execute(update(entry).where(entry.c.id.in_(lines)).values(enrollment=enrollment_))

    def reminders_before(self, absorbed: LearnerId) -> dict[str, bool]:
        """The kinds of reminders that a learner had when they were absorbed, and whether each was active."""
        rows = select(merge.c.before).where(merge.c.absorbed == absorbed).order_by(merge.c.id.desc()).limit(1)
        before = self._connection.execute(rows).scalar_one_or_none()
        return dict(json.loads(before)["due"]) if before else {}

    def absorbed(self, kept: LearnerId) -> Sequence[LearnerId]:
        """The learners that a learner has absorbed."""
        rows = select(merge.c.absorbed).where(merge.c.learner == kept, merge.c.undone_at.is_(None))
        return list(self._connection.execute(rows).scalars())

    def merged_enrollments(self, kept: LearnerId) -> dict[EnrollmentId, datetime]:
        """The enrollments that came to a learner by a merge, with the instant of that merge."""
        rows = self._connection.execute(_JOINED, {"whose": kept})
        return {row.row: row.merged_at for row in rows}

    def is_absorbed(self, learner_: LearnerId) -> bool:
        """Whether a learner was merged into another one."""
        rows = select(merge.c.id).where(merge.c.absorbed == learner_, merge.c.undone_at.is_(None))
        return self._connection.execute(rows).first() is not None

    def _same_roadmaps(self, kept: LearnerId, absorbed: LearnerId) -> Sequence[tuple[int, int]]:
        other = enrollment.alias()
        both = (
            select(enrollment.c.id, other.c.id)
            .join(other, other.c.roadmap == enrollment.c.roadmap)
            .where(enrollment.c.learner == kept, other.c.learner == absorbed)
        )
        return [
            (kept_enrollment, absorbed_enrollment)
            for kept_enrollment, absorbed_enrollment in self._connection.execute(both)
        ]

    def _join_enrollments(
        self, merge_: int, kept_enrollment: int, absorbed_enrollment: int, before: dict[str, Any]
    ) -> None:
        """What was studied twice on one roadmap was studied on one; weeks of before keep what was meant then."""
        starts = select(enrollment.c.id, enrollment.c.start).where(
            enrollment.c.id.in_([kept_enrollment, absorbed_enrollment])
        )
        days: dict[int, date] = {row.id: row.start for row in self._connection.execute(starts)}
        if days[absorbed_enrollment] < days[kept_enrollment]:
            before["starts"][str(kept_enrollment)] = days[kept_enrollment].isoformat()
            self._connection.execute(
                update(enrollment).where(enrollment.c.id == kept_enrollment).values(start=days[absorbed_enrollment])
            )
            first = select(func.min(commitment.c.id), func.min(commitment.c.since)).where(
                commitment.c.enrollment == kept_enrollment
            )
            id_, since = self._connection.execute(first).one()
            if id_ is not None:
                earlier = and_(commitment.c.id < id_, commitment.c.since < since)
                self._moved(merge_, commitment, commitment.c.enrollment, absorbed_enrollment, kept_enrollment, earlier)
        for table, once in _OF_ENROLLMENTS:
            rows = self._move(merge_, table, table.c.enrollment, absorbed_enrollment, kept_enrollment, once)
            if table is entry and rows:
                changes_of(self._connection).add(
                    EntriesJoined(EnrollmentId(kept_enrollment), tuple(map(EntryId, rows)))
                )

    def _move(
        self, merge_: int, table: Table, owner: Column[Any], was: int, to: int, once: tuple[Column[Any], ...]
    ) -> Sequence[int]:
        """Give rows to another owner, as far as one owner may have them; returns which."""
        # The other's beginnings are not theirs: a new one would take the credit from what they studied before it.
        free = table.c.id == table.c.id if table is not entry else entry.c.kind.not_in(("again", "first"))
        if once:
            other = table.alias()
            taken = select(other.c.id).where(
                other.c[owner.name] == to, *(other.c[column.name] == column for column in once)
            )
            free = ~taken.correlate(table).exists()
        return self._moved(merge_, table, owner, was, to, free)

    def _moved(self, merge_: int, table: Table, owner: Column[Any], was: int, to: int, which: Any) -> Sequence[int]:
        rows = self._connection.execute(select(table.c.id).where(owner == was, which)).scalars().all()
        if not rows:
            return rows
        self._connection.execute(update(table).where(table.c.id.in_(rows)).values({owner.name: to}))
        notes = [{"merge": merge_, "what": table.name, "row": row, "was": was} for row in rows]
        self._connection.execute(insert(merge_move), notes)
        return rows

    def _move_study_times(self, merge_: int, kept: LearnerId, absorbed: LearnerId) -> None:
        """Give somebody without study times those of the other account."""
        own = select(reminder.c.id).where(reminder.c.learner == kept, reminder.c.kind == STUDY_TIME)
        if self._connection.execute(own.limit(1)).first() is None:
            self._moved(merge_, reminder, reminder.c.learner, absorbed, kept, reminder.c.kind == STUDY_TIME)

    def _end_the_rest(
        self, merge_: int, kept: LearnerId, absorbed: LearnerId, now: datetime, before: dict[str, Any]
    ) -> None:
        """Switch off what stays with the absorbed learner: reminders, memberships, pending deliveries."""
        rules = select(reminder.c.kind, reminder.c.due).where(reminder.c.learner == absorbed)
        before["due"] = {row.kind: row.due is not None for row in self._connection.execute(rules)}
        self._move_study_times(merge_, kept, absorbed)
        self._connection.execute(update(reminder).where(reminder.c.learner == absorbed).values(due=None))
        active = and_(membership.c.learner == absorbed, membership.c.left_at.is_(None))
        rows = self._connection.execute(select(membership.c.id, membership.c.role).where(active)).all()
        before["left"] = [row.id for row in rows]
        both = {row.id: other for row in rows if (other := self._other_place(row.id, kept)) and other.left_at is None}
        before["both"] = list(both)
        # One person who was an organiser by either account is one.
        roles = {row.id: row.role for row in rows}
        raised = [f.id for id_, f in both.items() if roles[id_] == "organiser" and f.role == "member"]
        before["raised"] = raised
        self._connection.execute(update(membership).where(membership.c.id.in_(raised)).values(role="organiser"))
        self._connection.execute(update(membership).where(active).values(left_at=now))
        pending = and_(delivery.c.learner == absorbed, delivery.c.state == "pending")
        self._connection.execute(update(delivery).where(pending).values(state="nothing_to_send", send_at=None))

    def _other_place(self, membership_: int, learner_: LearnerId) -> Row[Any] | None:
        """What another learner is, or was, in the group of a membership."""
        group = select(membership.c.study_group).where(membership.c.id == membership_).scalar_subquery()
        rows = select(membership).where(membership.c.study_group == group, membership.c.learner == learner_)
        return self._connection.execute(rows).one_or_none()

    def _back_in_group(self, membership_: int, merge_: int, *, together: bool) -> None:
        """A membership that rested goes on; where both were in the group, as far as the one person stayed in it, and
        no more visible than they were last."""
        kept: LearnerId = self._connection.execute(select(merge.c.learner).where(merge.c.id == merge_)).scalar_one()
        other = self._other_place(membership_, kept) if together else None
        values: dict[str, Any] = {"left_at": None}
        if other and other.left_at is not None:
            values = {"role": other.role}
        elif other and other.shown == "hidden":
            values["shown"] = "hidden"
        self._connection.execute(update(membership).where(membership.c.id == membership_).values(values))
