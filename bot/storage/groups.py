"""Study groups, their places and members."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Update, bindparam, insert, or_, select, update

from bot.core.group import (
    Group,
    GroupPlace,
    KnownPlace,
    Member,
    MemberPlace,
    Membership,
    Place,
    Role,
    Shown,
)
from bot.core.ids import GroupId, LearnerId, PlaceId
from bot.core.name import FALLBACK, clean, cut, distinct, folded, member_name
from bot.ports.changes import GroupChanged
from bot.storage.changes import changes_of
from bot.storage.tables import membership, place, question, study_group

_AT = (
    select(study_group)
    .join(place)
    .where(place.c.platform == bindparam("platform"), place.c.external_id == bindparam("external_id"))
)
_PLACE_AND_GROUP = (
    select(place.c.platform, place.c.external_id, place.c.title.label("place_title"), study_group)
    .join(study_group)
    .where(place.c.id == bindparam("of"), place.c.gone_at.is_(None))
)
_PLACES_OF_MEMBER = (
    select(
        place.c.platform,
        place.c.external_id,
        place.c.title.label("place_title"),
        membership.c.name.label("called"),
        study_group,
    )
    .select_from(membership.join(study_group).join(place))
    .where(membership.c.learner == bindparam("whose"), membership.c.left_at.is_(None), membership.c.shown != "hidden")
    .where(place.c.gone_at.is_(None), place.c.unwritable_since.is_(None))
    .order_by(membership.c.id, place.c.id)
)
_MEMBERS = (
    select(membership)
    .where(membership.c.study_group == bindparam("study_group"), membership.c.left_at.is_(None))
    .order_by(membership.c.id)
)
_OF = (
    select(study_group, membership.c.learner, membership.c.name, membership.c.role, membership.c.shown)
    .join(membership)
    .where(membership.c.learner == bindparam("whose"), membership.c.left_at.is_(None))
    .order_by(membership.c.id)
)
_OPEN = (
    select(place).where(place.c.study_group == bindparam("of_group"), place.c.gone_at.is_(None)).order_by(place.c.id)
)


_TITLE = 128
"""Characters of a title that are kept."""


class Groups:
    """See `bot.ports.groups.Groups`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.named: set[GroupId] = set()

    def at(self, place_: Place) -> Group | None:
        """The group of a place; None if it has none."""
        key = {"platform": place_.platform, "external_id": place_.external_id}
        row = self._connection.execute(_AT, key).one_or_none()
        return _group(row) if row else None

    def get_or_create(self, place_: Place, zone: ZoneInfo, now: datetime) -> Group:
        """The group of a place, created if there is none."""
        known = self.at(place_)
        if known:
            return known
        title = _title(place_.title)
        values = {"title": title, "zone": zone.key, "created_at": now}
        group = self._connection.execute(insert(study_group).values(values).returning(study_group.c.id)).scalar_one()
        key = {"platform": place_.platform, "external_id": place_.external_id}
        self._connection.execute(insert(place).values(study_group=group, title=title, **key))
        return Group(group, title, zone)

    def set_roadmap(self, group: GroupId, *, zone: ZoneInfo, locale: str, roadmap: str, start: date) -> None:
        """Set the roadmap that a group follows, its first day, its zone and its language."""
        values = {"zone": zone.key, "locale": locale, "roadmap": roadmap, "start": start}
        self._connection.execute(update(study_group).where(study_group.c.id == group).values(values))
        changes_of(self._connection).add(GroupChanged(group))

    def get_place(self, place_: PlaceId) -> GroupPlace | None:
        """The place with this id and its group; None if the bot has left it."""
        row = self._connection.execute(_PLACE_AND_GROUP, {"of": place_}).one_or_none()
        return GroupPlace(_place(row), _group(row)) if row else None

    def places_of_member(self, learner: LearnerId) -> Sequence[MemberPlace]:
        """The places of the groups in which the learner is visible, without those in which the bot cannot write."""
        rows = self._connection.execute(_PLACES_OF_MEMBER, {"whose": learner})
        return [MemberPlace(_place(row), _group(row), row.called) for row in rows]

    def change_chat_id(self, platform: str, chat: str, to: str) -> None:
        """Record that the platform has given a chat, and its topics with it, the new id `to`."""
        taken = set(self._connection.execute(select(place.c.external_id).where(_in_chat(platform, to))).scalars())
        rows = self._connection.execute(select(place.c.id, place.c.external_id).where(_in_chat(platform, chat)))
        for id_, external_id in rows.all():
            if (new := to + external_id.removeprefix(chat)) not in taken:
                self._connection.execute(update(place).where(place.c.id == id_).values(external_id=new))
        asked = update(question).where(question.c.platform == platform, question.c.place == chat)
        self._connection.execute(asked.values(place=to))

    def mark_left(self, platform: str, chat: str, now: datetime) -> None:
        """Record that the bot was removed from a chat and its topics."""
        self._connection.execute(update(place).where(_in_chat(platform, chat)).values(gone_at=now))

    def mark_returned(self, platform: str, chat: str) -> None:
        """Record that the bot is in a chat again."""
        self._connection.execute(update(place).where(_in_chat(platform, chat)).values(gone_at=None))

    def get(self, group: GroupId) -> Group | None:
        """A group by its id; None if there is none."""
        row = self._connection.execute(select(study_group).where(study_group.c.id == group)).one_or_none()
        return _group(row) if row else None

    def create(self, title: str, zone: ZoneInfo, now: datetime) -> Group:
        """Create a group without a place."""
        values = {"title": _title(title), "zone": zone.key, "created_at": now}
        row = self._connection.execute(insert(study_group).values(values).returning(study_group)).one()
        return _group(row)

    def assign_place(self, place_: Place, group: GroupId) -> PlaceId:
        """Make a place the group's, and return the place's id."""
        key = {"platform": place_.platform, "external_id": place_.external_id}
        same_place = (place.c.platform == place_.platform) & (place.c.external_id == place_.external_id)
        moved = update(place).where(same_place).values(study_group=group, gone_at=None).returning(place.c.id)
        known: PlaceId | None = self._connection.execute(moved).scalar_one_or_none()
        changes_of(self._connection).add(GroupChanged(group))
        if known is not None:
            return known
        new = insert(place).values(study_group=group, title=_title(place_.title), **key).returning(place.c.id)
        id_: PlaceId = self._connection.execute(new).scalar_one()
        return id_

    def places(self, group: GroupId, *, writable: bool = False) -> Sequence[KnownPlace]:
        """The places of a group that the bot is in, oldest first; `writable`: without those that take no messages."""
        statement = _OPEN.where(place.c.unwritable_since.is_(None)) if writable else _OPEN
        rows = self._connection.execute(statement, {"of_group": group})
        return [KnownPlace(row.id, Place(row.platform, row.external_id, _title(row.title or ""))) for row in rows]

    def set_live(self, group: GroupId, *, live: bool) -> None:
        """Set whether the group's places have a live board."""
        self._connection.execute(update(study_group).where(study_group.c.id == group).values(live=int(live)))
        changes_of(self._connection).add(GroupChanged(group))

    def of(self, learner: LearnerId) -> Sequence[Membership]:
        """The memberships of a learner, oldest first."""
        return [Membership(_group(row), member_of(row)) for row in self._connection.execute(_OF, {"whose": learner})]

    def was_removed(self, group: GroupId, learner: LearnerId) -> bool:
        """Whether an organiser has removed this learner from the group."""
        conditions = (
            membership.c.study_group == group,
            membership.c.learner == learner,
            membership.c.role == "removed",
        )
        return self._connection.execute(select(membership.c.id).where(*conditions)).first() is not None

    def member(self, group: GroupId, learner: LearnerId) -> Member | None:
        """A learner as a member of a group; None if they are not in it."""
        self.named.add(group)
        return next((member for joined, member in self.of(learner) if joined.id == group), None)

    def members(self, group: GroupId) -> Sequence[Member]:
        """All members of a group, hidden ones included; nobody but themselves may learn of those."""
        self.named.add(group)
        members = [member_of(row) for row in self._connection.execute(_MEMBERS, {"study_group": group})]
        # Two who looked alike before names were compared as they look.
        names = iter(distinct([member.name for member in members if not member.hidden]))
        return [member if member.hidden else replace(member, name=next(names)) for member in members]

    def join(self, group: GroupId, learner: LearnerId, name: str, shown: Shown, now: datetime) -> None:
        """Add a member, or change an existing member's name and visibility."""
        back = _membership(group, learner).values(name=name[:64], folded=folded(name)[:256], shown=shown, left_at=None)
        if not self._connection.execute(back).rowcount:
            values = {"study_group": group, "learner": learner, "name": name[:64], "folded": folded(name)[:256]}
            values |= {"shown": shown, "joined_at": now}
            self._connection.execute(insert(membership).values(values))
        changes_of(self._connection).add(GroupChanged(group, learner))

    def set_role(self, group: GroupId, learner: LearnerId, role: Role) -> None:
        """Set the role of a member."""
        self._connection.execute(_membership(group, learner).values(role=role))
        changes_of(self._connection).add(GroupChanged(group, learner))

    def leave(self, group: GroupId, learner: LearnerId, now: datetime) -> bool:
        """End a membership; False if there is none."""
        statement = _membership(group, learner).where(membership.c.left_at.is_(None)).values(left_at=now, role="member")
        left = self._connection.execute(statement).rowcount == 1
        if left:
            changes_of(self._connection).add(GroupChanged(group, learner))
        return left

    def lock(self, groups: Iterable[GroupId]) -> None:
        # In the order of ids: two who hold several wait for each other. Who joins refers to the group and waits not.
        """Lock groups until the end of the transaction, so that their members change one transaction after the
        other."""
        rows = select(study_group.c.id).where(study_group.c.id.in_(sorted(set(groups)))).order_by(study_group.c.id)
        self._connection.execute(rows.with_for_update(key_share=True)).all()

    def has_organiser(self, group: GroupId) -> bool:
        """Whether the group has an organiser."""
        return any(member.role == "organiser" for member in self.members(group))

    def ensure_organiser(self, group: GroupId) -> Member | None:
        """If a group has members but no organiser, make the visible member who joined first one, or else the hidden
        member who joined first."""
        members = self.members(group)
        if not members or any(member.role == "organiser" for member in members):
            return None
        first = next((member for member in members if not member.hidden), members[0])
        self.set_role(group, first.learner, "organiser")
        return replace(first, role="organiser")


def _title(words: str) -> str:
    return cut(clean(words), _TITLE, _TITLE) or FALLBACK


def _in_chat(platform: str, chat: str) -> ColumnElement[bool]:
    """A chat and its topics, whose ids begin with the chat's."""
    inside = or_(place.c.external_id == chat, place.c.external_id.startswith(f"{chat}/", autoescape=True))
    return (place.c.platform == platform) & inside


def _group(row: Row[Any]) -> Group:
    return Group(row.id, _title(row.title), ZoneInfo(row.zone), row.locale, row.roadmap, row.start, bool(row.live))


def member_of(row: Row[Any]) -> Member:
    """A member from a row of memberships, with the name as it may be shown."""
    return Member(row.learner, member_name(row.name) or FALLBACK, row.role, row.shown)


def _place(row: Row[Any]) -> Place:
    return Place(row.platform, row.external_id, _title(row.place_title or ""))


def _membership(group: GroupId, learner: LearnerId) -> Update:
    return update(membership).where(membership.c.study_group == group, membership.c.learner == learner)
