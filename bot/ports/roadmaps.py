"""What roadmaps say, version by version; a version once noted never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol


class RoadmapText(NamedTuple):
    """One version of a roadmap, by its id, as the text it was read from."""

    roadmap: str
    version: str
    source: str


class Roadmaps(Protocol):
    """What roadmaps say, version by version; a version once noted never changes."""

    def source(self, roadmap: str, version: str) -> str | None:
        """The text of a version that is or was in use; None for any other."""

    def newest(self, roadmap: str) -> str | None:
        """The version noted last, of those that are in use."""

    def note(self, roadmap: str, version: str, source: str, now: datetime) -> None:
        """Note what a version says, unless it is noted already."""

    def draft(self, group: int, roadmap: str, version: str, source: str, now: datetime) -> int:
        """Keep a file for a group until it says whether to use it, in place of the one before; its id."""

    def drafted(self, draft: int, group: int) -> RoadmapText | None:
        """A group's draft, in use or not."""

    def use(self, draft: int, now: datetime) -> bool:
        """From now on the group's draft is in use; False where it was, or is gone."""

    def of(self, group: int) -> Sequence[str]:
        """The roadmaps a group has brought in use itself, the oldest first."""
