"""Calls for help that members make in their groups."""

from datetime import datetime
from typing import Protocol

from bot.core.group import Call
from bot.core.ids import GroupId, LearnerId


class Calls(Protocol):
    """Calls for help that members make in their groups."""

    def create(self, learner: LearnerId, group: GroupId, module: str, note: str | None, now: datetime) -> int:
        """Record that a learner who is stuck in a module asks a group, and return the call's id."""

    def get(self, call: int) -> Call | None:
        """A call by its id; None if there is none."""

    def made_since(self, learner: LearnerId, group: GroupId, since: datetime) -> bool:
        """Whether the learner has called this group after the instant `since`."""
