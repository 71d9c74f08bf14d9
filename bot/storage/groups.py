"""Study groups, their places and members."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Update, bindparam, func, insert, or_, select, update

from bot.core.commitment import Commitment, Commitments
from bot.core.group import Group, Member, MemberWeek, Place
from bot.storage.tables import commitment, enrollment, entry, membership, place, question, study_group

_AT = (
    select(study_group)
    .join(place)
    .where(place.c.platform == bindparam("platform"), place.c.external_id == bindparam("external_id"))
)
_VISIT = (
    select(place.c.platform, place.c.external_id, place.c.title.label("place_title"), study_group)
    .join(study_group)
    .where(place.c.id == bindparam("of"), place.c.gone_at.is_(None))
)
_HOMES = (
    select(
        place.c.platform, place.c.external_id, place.c.title.label("place_title"),
        membership.c.name.label("called"), study_group,
    )
    .select_from(membership.join(study_group).join(place))
    .where(membership.c.learner == bindparam("whose"), membership.c.left_at.is_(None), place.c.gone_at.is_(None))
    .order_by(membership.c.id, place.c.id)
)  # fmt: skip
_MEMBERS = (
    select(membership.c.learner, membership.c.name)
    .where(membership.c.study_group == bindparam("study_group"), membership.c.left_at.is_(None))
    .order_by(membership.c.id)
)
_YES = (membership.c.study_group == bindparam("study_group"), membership.c.left_at.is_(None))
_STUDIED = (
    select(enrollment.c.learner, func.sum(entry.c.minutes))
    .select_from(entry.join(enrollment).join(membership, membership.c.learner == enrollment.c.learner))
    .where(*_YES, entry.c.day.between(bindparam("first"), bindparam("last")))
    .group_by(enrollment.c.learner)
)
_MEANT = (
    select(enrollment.c.learner, enrollment.c.id, commitment.c.since, commitment.c.minutes)
    .select_from(commitment.join(enrollment).join(membership, membership.c.learner == enrollment.c.learner))
    .where(*_YES)
    .order_by(enrollment.c.chosen_at, enrollment.c.id, commitment.c.id)
)


class Groups:
    """See `bot.core.store.Groups`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, place_: Place) -> Group | None:
        key = {"platform": place_.platform, "external_id": place_.external_id}
        row = self._connection.execute(_AT, key).one_or_none()
        return _group(row) if row else None

    def found(self, place_: Place, zone: ZoneInfo, now: datetime) -> Group:
        known = self.at(place_)
        if known:
            return known
        values = {"title": place_.title[:128], "zone": zone.key, "created_at": now}
        group = self._connection.execute(insert(study_group).values(values).returning(study_group.c.id)).scalar_one()
        key = {"platform": place_.platform, "external_id": place_.external_id}
        self._connection.execute(insert(place).values(study_group=group, title=place_.title[:128], **key))
        return Group(group, place_.title, zone)

    def settle(self, group: int, *, zone: ZoneInfo, locale: str, roadmap: str, start: date) -> None:
        values = {"zone": zone.key, "locale": locale, "roadmap": roadmap, "start": start}
        self._connection.execute(update(study_group).where(study_group.c.id == group).values(values))

    def visit(self, place_: int) -> tuple[Place, Group] | None:
        row = self._connection.execute(_VISIT, {"of": place_}).one_or_none()
        return (_place(row), _group(row)) if row else None

    def homes(self, learner: int) -> Sequence[tuple[Place, Group, str]]:
        rows = self._connection.execute(_HOMES, {"whose": learner})
        return [(_place(row), _group(row), row.called) for row in rows]

    def moved(self, platform: str, chat: str, to: str) -> None:
        taken = set(self._connection.execute(select(place.c.external_id).where(_in_chat(platform, to))).scalars())
        rows = self._connection.execute(select(place.c.id, place.c.external_id).where(_in_chat(platform, chat)))
        for id_, external_id in rows.all():
            if (new := to + external_id.removeprefix(chat)) not in taken:
                self._connection.execute(update(place).where(place.c.id == id_).values(external_id=new))
        asked = update(question).where(question.c.platform == platform, question.c.place == chat)
        self._connection.execute(asked.values(place=to))

    def gone(self, platform: str, chat: str, now: datetime) -> None:
        self._connection.execute(update(place).where(_in_chat(platform, chat)).values(gone_at=now))

    def back(self, platform: str, chat: str) -> None:
        self._connection.execute(update(place).where(_in_chat(platform, chat)).values(gone_at=None))

    def members(self, group: int) -> Sequence[Member]:
        rows = self._connection.execute(_MEMBERS, {"study_group": group})
        return [Member(row.learner, row.name) for row in rows]

    def weeks(self, group: int, monday: date) -> Sequence[MemberWeek]:
        span = {"study_group": group, "first": monday, "last": monday + timedelta(days=6)}
        studied: dict[int, int] = {row[0]: int(row[1]) for row in self._connection.execute(_STUDIED, span)}
        meant: dict[int, tuple[int, list[Commitment]]] = {}
        for learner, of, since, minutes in self._connection.execute(_MEANT, {"study_group": group}):
            if learner not in meant or meant[learner][0] != of:
                meant[learner] = (of, [])  # the roadmap chosen last is the one that is followed
            meant[learner][1].append(Commitment(since, minutes))
        return [
            MemberWeek(m.name, studied.get(m.learner, 0), Commitments(tuple(meant.get(m.learner, (0, []))[1])))
            for m in self.members(group)
        ]

    def join(self, group: int, learner: int, name: str, now: datetime) -> None:
        back = _mine(group, learner).values(name=name, left_at=None)
        if not self._connection.execute(back).rowcount:
            values = {"study_group": group, "learner": learner, "name": name, "joined_at": now}
            self._connection.execute(insert(membership).values(values))

    def leave(self, group: int, learner: int, now: datetime) -> bool:
        gone = _mine(group, learner).where(membership.c.left_at.is_(None)).values(left_at=now)
        return self._connection.execute(gone).rowcount == 1


def _in_chat(platform: str, chat: str) -> ColumnElement[bool]:
    """A chat and its topics, whose ids begin with the chat's."""
    inside = or_(place.c.external_id == chat, place.c.external_id.startswith(f"{chat}/", autoescape=True))
    return (place.c.platform == platform) & inside


def _group(row: Row[Any]) -> Group:
    return Group(row.id, row.title, ZoneInfo(row.zone), row.locale, row.roadmap, row.start)


def _place(row: Row[Any]) -> Place:
    return Place(row.platform, row.external_id, row.place_title or "")


def _mine(group: int, learner: int) -> Update:
    return update(membership).where(membership.c.study_group == group, membership.c.learner == learner)
