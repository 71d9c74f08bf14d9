"""The texts of roadmaps, version by version. A stored version never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.core.ids import GroupId


class RoadmapText(NamedTuple):
    """One version of a roadmap, by its id, as the text it was read from."""

    roadmap: str
    version: str
    source: str


class Roadmaps(Protocol):
    """The texts of roadmaps, version by version. A stored version never changes."""

    def source(self, roadmap: str, version: str) -> str | None:
        """The text of a version that is or was in use; None for any other."""

    def newest(self, roadmap: str) -> str | None:
        """The version that came into use last; None if there is none."""

    def note(self, roadmap: str, version: str, source: str, now: datetime) -> None:
        """Store the text of a version in use, unless it is stored already."""

    def draft(self, group: GroupId, roadmap: str, version: str, source: str, now: datetime) -> int:
        """Store a group's uploaded file until the group decides whether to use it, replacing an earlier one; return
        its id."""

    def drafted(self, draft: int, group: GroupId) -> RoadmapText | None:
        """A group's draft by its id; None if there is none."""

    def use(self, draft: int, now: datetime) -> bool:
        """Bring a draft into use; False if it was in use before, or does not exist."""

    def of(self, group: GroupId) -> Sequence[str]:
        """The ids of the roadmaps that a group has uploaded and brought into use, oldest first."""
