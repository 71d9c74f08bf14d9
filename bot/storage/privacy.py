"""Everything stored about one person, to export and to delete.

Whose a row is follows from the schema: a `learner` column, or an `enrollment` of theirs. A new table with either is
exported and deleted without a line here; open questions and answers are found by the learner's accounts.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, bindparam, delete, false, or_, select, update

from bot.core.ids import LearnerId
from bot.core.learner import Account
from bot.ports.changes import GroupChanged
from bot.storage.changes import changes_of
from bot.storage.learners import Learners
from bot.storage.merges import Merges
from bot.storage.requests import Requests, account_key
from bot.storage.tables import (
    answer_group,
    code,
    code_attempt,
    code_entry,
    congratulation,
    enrollment,
    kept_request,
    learner,
    membership,
    merge,
    merge_move,
    metadata,
    owed_stretch,
    question,
    request,
    review,
    snapshot,
    studied_day,
    submission,
)

DERIVED = frozenset({studied_day, snapshot, owed_stretch})
"""Tables that say nothing but what follows from others: they are deleted with a learner, and not exported."""

_NAMING = ("1.group?change=remove", "1.group?change=organiser")
"""How kept buttons begin that once named a member; today's carry a number."""
_OF_THEIR_WORK = (
    select(review)
    .join(submission, submission.c.id == review.c.submission)
    .join(enrollment, enrollment.c.id == submission.c.enrollment)
    .where(enrollment.c.learner == bindparam("whose"))
)
_TO_THEM = (
    select(congratulation)
    .join(enrollment, enrollment.c.id == congratulation.c.finished)
    .where(enrollment.c.learner == bindparam("whose"))
)

ERASED = "erased"
"""Noted on a connection whose transaction has erased somebody: what they wrote has to leave the files, too."""


class Privacy:
    """See `bot.ports.privacy.Privacy`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def export(self, learner_: LearnerId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Every row about the learner, as mappings of columns, by table."""
        rows_by_table: dict[str, list[Mapping[str, Any]]] = {}
        for id_ in (learner_, *Merges(self._connection).absorbed(learner_)):
            for table in (table for table in metadata.sorted_tables if table not in DERIVED):
                condition = self._belongs(table, id_)
                if condition is not None:
                    rows = self._connection.execute(select(*_facts(table)).where(condition)).mappings()
                    rows_by_table.setdefault(table.name, []).extend(dict(row) for row in rows)
            # What others said about their work is theirs as well; who said it is not.
            rows = self._connection.execute(_OF_THEIR_WORK, {"whose": id_}).mappings()
            rows_by_table["review"].extend({**row, "learner": None} for row in rows)
            rows = self._connection.execute(_TO_THEM, {"whose": id_}).mappings()
            rows_by_table["congratulation"].extend({**row, "learner": None} for row in rows)
        return rows_by_table

    def erase(self, learner_: LearnerId) -> None:
        """Delete everything about the learner."""
        for resting in Merges(self._connection).absorbed(learner_):
            self.erase(resting)
        for account_ in self._accounts(learner_):
            self.forget(account_)
        self._connection.info[ERASED] = True
        groups = select(membership.c.study_group).where(
            membership.c.learner == learner_, membership.c.left_at.is_(None)
        )
        for group in self._connection.execute(groups).scalars().all():
            changes_of(self._connection).add(GroupChanged(group))
        self._forget_what_names(learner_)
        self._forget_names(learner_)
        # Everything else hangs on this row (ON DELETE CASCADE).
        self._connection.execute(delete(learner).where(learner.c.id == learner_))

    def forget(self, account_: Account) -> None:
        """Delete the questions to an account and the answers to it, whether it is a learner's or not."""
        self._connection.info[ERASED] = True
        self._connection.execute(delete(question).where(_asked(account_)))
        answers = select(request.c.id).where(request.c.who == account_key(account_))
        self._connection.execute(delete(answer_group).where(answer_group.c.request.in_(answers)))
        Learners(self._connection).forget_preference(account_)
        answered = update(request).where(request.c.who == account_key(account_))
        self._connection.execute(answered.values(who=None, answer=None))
        # A code that they entered is nobody else's afterwards.
        entered = select(code_entry.c.code).where(_entered(code_entry, account_))
        ended = update(code).where(code.c.id.in_(entered), code.c.used_at.is_(None))
        self._connection.execute(ended.values(used_at=code.c.made_at))
        for table in (code_entry, code_attempt):
            self._connection.execute(delete(table).where(_entered(table, account_)))

    def _forget_what_names(self, learner_: LearnerId) -> None:
        """Delete others' stored answers, and buttons, that may name the learner: those in their groups."""
        groups = select(membership.c.study_group).where(membership.c.learner == learner_)
        for group in self._connection.execute(groups).scalars().all():
            Requests(self._connection).forget_names(group)
        others = select(membership.c.learner).where(membership.c.study_group.in_(groups))
        named = or_(*(kept_request.c.request.startswith(token, autoescape=True) for token in _NAMING))
        self._connection.execute(delete(kept_request).where(kept_request.c.learner.in_(others), named))

    def _forget_names(self, learner_: LearnerId) -> None:
        """Remove others' typed buttons that contain the learner's names, such as those of an organiser."""
        aliases = select(membership.c.name).where(membership.c.learner == learner_)
        names = {account_.name for account_ in self._accounts(learner_)} | set(self._connection.scalars(aliases))
        for name in filter(None, names):
            written = json.dumps(name, ensure_ascii=False)[1:-1]
            whole = re.compile(rf"(?<!\w){re.escape(written)}(?!\w)")
            maybe = select(question).where(question.c.offered.contains(written, autoescape=True))
            for row in self._connection.execute(maybe).all():
                if whole.search(row.offered):
                    same_question = (question.c.platform == row.platform, question.c.external_id == row.external_id)
                    self._connection.execute(
                        update(question).where(*same_question, question.c.place == row.place).values(offered=None)
                    )

    def _belongs(self, table: Table, learner_: LearnerId) -> ColumnElement[bool] | None:
        if table is learner:
            return learner.c.id == learner_
        if table is question:
            return or_(false(), *map(_asked, self._accounts(learner_)))
        if table in (code_entry, code_attempt):
            return or_(false(), *(_entered(table, account_) for account_ in self._accounts(learner_)))
        if table is answer_group:
            owners = [account_key(account_) for account_ in self._accounts(learner_)]
            return answer_group.c.request.in_(select(request.c.id).where(request.c.who.in_(owners)))
        if table is request:
            return request.c.who.in_([account_key(account_) for account_ in self._accounts(learner_)])
        if table is merge_move:
            return merge_move.c.merge.in_(select(merge.c.id).where(merge.c.learner == learner_))
        if "learner" in table.c:
            return table.c.learner == learner_
        if "enrollment" in table.c:
            return table.c.enrollment.in_(select(enrollment.c.id).where(enrollment.c.learner == learner_))
        return None

    def _accounts(self, learner_: LearnerId) -> Sequence[Account]:
        return Learners(self._connection).accounts(learner_)


def _facts(table: Table) -> list[Column[Any]]:
    """What of a table is exported."""
    return [column for column in table.c if "secret" not in column.info]


def _entered(table: Table, account_: Account) -> ColumnElement[bool]:
    return and_(table.c.platform == account_.platform, table.c.external_id == account_.external_id)


def _asked(account_: Account) -> ColumnElement[bool]:
    return and_(question.c.platform == account_.platform, question.c.external_id == account_.external_id)
