"""Study groups, their places and members."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Update, bindparam, insert, select, update

from bot.core.group import Group, Member, Place
from bot.storage.tables import membership, place, study_group

_AT = (
    select(study_group)
    .join(place)
    .where(place.c.platform == bindparam("platform"), place.c.external_id == bindparam("external_id"))
)
_MEMBERS = (
    select(membership.c.learner, membership.c.name)
    .where(membership.c.study_group == bindparam("study_group"), membership.c.left_at.is_(None))
    .order_by(membership.c.id)
)


class Groups:
    """See `bot.core.store.Groups`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, place_: Place) -> Group | None:
        key = {"platform": place_.platform, "external_id": place_.external_id}
        row = self._connection.execute(_AT, key).one_or_none()
        return Group(row.id, row.title, ZoneInfo(row.zone)) if row else None

    def found(self, place_: Place, zone: ZoneInfo, now: datetime) -> Group:
        known = self.at(place_)
        if known:
            return known
        values = {"title": place_.title[:128], "zone": zone.key, "created_at": now}
        group = self._connection.execute(insert(study_group).values(values).returning(study_group.c.id)).scalar_one()
        key = {"platform": place_.platform, "external_id": place_.external_id}
        self._connection.execute(insert(place).values(study_group=group, **key))
        return Group(group, place_.title, zone)

    def members(self, group: int) -> Sequence[Member]:
        rows = self._connection.execute(_MEMBERS, {"study_group": group})
        return [Member(row.learner, row.name) for row in rows]

    def join(self, group: int, learner: int, name: str, now: datetime) -> None:
        back = _mine(group, learner).values(name=name, left_at=None)
        if not self._connection.execute(back).rowcount:
            values = {"study_group": group, "learner": learner, "name": name, "joined_at": now}
            self._connection.execute(insert(membership).values(values))

    def leave(self, group: int, learner: int, now: datetime) -> bool:
        gone = _mine(group, learner).where(membership.c.left_at.is_(None)).values(left_at=now)
        return self._connection.execute(gone).rowcount == 1


def _mine(group: int, learner: int) -> Update:
    return update(membership).where(membership.c.study_group == group, membership.c.learner == learner)
