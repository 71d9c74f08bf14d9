"""The texts of roadmaps by version, and groups' drafts that are not in use yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.core.ids import GroupId
from bot.ports.roadmaps import RoadmapText
from bot.storage.inserting import PreparedInsert
from bot.storage.tables import roadmap_version as versions

_OF = versions.c.roadmap == bindparam("of")
_SOURCE = select(versions.c.source).where(_OF, versions.c.version == bindparam("at"), versions.c.used_at.is_not(None))
_NEWEST = select(versions.c.version).where(_OF, versions.c.used_at.is_not(None)).order_by(versions.c.used_at.desc())
_NEWEST = _NEWEST.order_by(versions.c.id.desc()).limit(1)
_NOTE = PreparedInsert(versions, lambda new: new.on_conflict_do_nothing())


class Roadmaps:
    """See `bot.ports.roadmaps.Roadmaps`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def source(self, roadmap: str, version: str) -> str | None:
        """The text of a version that is or was in use; None for any other."""
        return self._connection.execute(_SOURCE, {"of": roadmap, "at": version}).scalar_one_or_none()

    def newest(self, roadmap: str) -> str | None:
        """The version that came into use last; None if there is none."""
        return self._connection.execute(_NEWEST, {"of": roadmap}).scalar_one_or_none()

    def note(self, roadmap: str, version: str, source: str, now: datetime) -> None:
        """Store the text of a version in use, unless it is stored already."""
        values = {"roadmap": roadmap, "version": version, "source": source, "added_at": now, "used_at": now}
        self._connection.execute(_NOTE.on(self._connection), values | {"study_group": None})

    def draft(self, group: GroupId, roadmap: str, version: str, source: str, now: datetime) -> int:
        """Store a group's uploaded file until the group decides whether to use it, replacing an earlier one."""
        self._connection.execute(delete(versions).where(versions.c.study_group == group, versions.c.used_at.is_(None)))
        values = {"roadmap": roadmap, "version": version, "source": source, "added_at": now, "study_group": group}
        id_: int = self._connection.execute(insert(versions).values(values).returning(versions.c.id)).scalar_one()
        return id_

    def drafted(self, draft: int, group: GroupId) -> RoadmapText | None:
        """A group's draft by its id; None if there is none."""
        statement = select(versions).where(versions.c.id == draft, versions.c.study_group == group)
        row = self._connection.execute(statement).one_or_none()
        return RoadmapText(row.roadmap, row.version, row.source) if row else None

    def use(self, draft: int, now: datetime) -> bool:
        """Bring a draft into use; False if it was in use before, or does not exist."""
        waiting = update(versions).where(versions.c.id == draft, versions.c.used_at.is_(None)).values(used_at=now)
        return self._connection.execute(waiting).rowcount == 1

    def of(self, group: GroupId) -> Sequence[str]:
        """The ids of the roadmaps that a group has uploaded and brought into use, oldest first."""
        statement = select(versions.c.roadmap, versions.c.id).where(
            versions.c.study_group == group, versions.c.used_at.is_not(None)
        )
        return list(dict.fromkeys(row.roadmap for row in self._connection.execute(statement.order_by(versions.c.id))))
